"""The same mapping gives the same bytes, whoever generates where; a change shows where it is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from generator.compiler import compile_text
from generator.diagnostics import Report
from generator.project import Project, version

ROOT = Path(__file__).parents[2]
DIST = sorted((ROOT / "dist").glob("*.js"))
MAPPINGS = sorted(
    path for path in (ROOT / "mappings").glob("*.yaml") if ".fixtures" not in path.name
)
HASH = re.compile(r"\b(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{12,}\b")
MAPPING = """\
version: 1
provider: novu
identify:
  subscriber:
    email: $.traits.email
track:
  User Registered: welcome
  Order Completed:
    first:
      - when: properties.total >= 100
        workflow:
          name: vip-order
          payload:
            tone: grateful
      - order-receipt
  Trial Ended: trial-ended
"""


def generated(text):
    report = Report()
    output = compile_text(text, "mappings/m.yaml", Project.at(ROOT), report)
    assert list(report) == []
    return output.text


# --- dist/ -------------------------------------------------------------------------------


@pytest.mark.parametrize("mapping", MAPPINGS, ids=lambda path: path.stem)
def test_committed_files_are_up_to_date(mapping):
    held = (ROOT / "dist" / f"{mapping.stem}.js").read_bytes()
    report = Report()
    output = compile_text(
        mapping.read_bytes(), f"mappings/{mapping.name}", Project.at(ROOT), report
    )
    assert output.text.encode() == held, "run `segfn generate`"


@pytest.mark.node
def test_committed_files_are_as_prettier_prints_them(run_node):
    texts = [path.read_text("utf-8") for path in DIST]
    formatted = run_node("format.mjs", texts)
    assert [
        path.name for path, *two in zip(DIST, texts, formatted, strict=True) if two[0] != two[1]
    ] == []


# --- the same bytes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    [
        MAPPING.replace("\n", "\r\n"),
        MAPPING.replace("\n", "\r"),
        f"\ufeff{MAPPING}",
        MAPPING.rstrip("\n"),
        f"# Who wrote this, and when\n\n{MAPPING}",
    ],
    ids=["crlf", "cr", "bom", "no end", "comment"],
)
def test_line_ends_and_comments_are_no_difference(changed):
    assert generated(changed.encode()) == generated(MAPPING)


def generate(folder, *, seed, paths=(), cwd=None, path=ROOT):
    """What a new process writes for the example mappings."""
    out = folder / f"out-{seed}"
    subprocess.run(
        [
            sys.executable,
            "-c",
            "from generator.cli import main; main()",
            "generate",
            "--project",
            str(folder),
            "--out",
            str(out),
            *paths,
        ],
        check=True,
        capture_output=True,
        cwd=cwd or folder,
        env={
            **os.environ,
            "PYTHONHASHSEED": str(seed),
            "PYTHONPATH": str(path),
            "TZ": "Asia/Tokyo",
        },
    )
    return {file.name: file.read_bytes() for file in sorted(out.iterdir())}


@pytest.fixture
def project(tmp_path):
    shutil.copytree(ROOT / "mappings", tmp_path / "mappings")
    return tmp_path


def test_hash_seeds_folders_and_order_are_no_difference(project, tmp_path_factory):
    backwards = sorted(
        (str(path) for path in (project / "mappings").glob("*[a-z].yaml")), reverse=True
    )
    committed = {path.name: path.read_bytes() for path in DIST}
    assert generate(project, seed=1) == committed
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert generate(project, seed=2, paths=backwards, cwd=elsewhere) == committed


def test_a_wheel_that_is_installed_elsewhere_is_no_difference(project, tmp_path_factory):
    source, installed = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("installed")
    for name in ("generator", "templates"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(source)]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    (wheel,) = source.glob("*.whl")
    shutil.unpack_archive(wheel, installed, "zip")
    told = generate(project, seed=3, path=installed)
    assert told == {path.name: path.read_bytes() for path in DIST}


# --- a change shows where it is --------------------------------------------------------------


def changed_lines(before, after):
    """The lines of the old file that a change touches, with what stands around them."""
    old, new = before.splitlines(), after.splitlines()
    for tag, first, last, begin, end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            yield range(first, max(last, first + 1)), new[begin:end]


def function_lines(text, name):
    """The lines of a function with its comment."""
    lines = text.splitlines()
    first = next(n for n, line in enumerate(lines) if f"function {name}(" in line)
    return range(first - 1, next(n for n in range(first, len(lines)) if lines[n] == "}") + 1)


@pytest.mark.parametrize(
    ("route", "old", "new"),
    [
        ("trackOrderCompletedVipOrder", "tone: grateful", "tone: humble"),
        ("trackOrderCompletedVipOrder", ">= 100", ">= 200"),
        (
            "trackOrderCompletedVipOrder",
            "tone: grateful",
            "tone: grateful\n            more: [1, 2]",
        ),
        ("identifySubscriber", "$.traits.email", "$.traits.mail"),
    ],
)
def test_a_change_of_a_route_changes_only_its_lines(route, old, new):
    before, after = generated(MAPPING), generated(MAPPING.replace(old, new))
    mine = function_lines(before, route)
    touched = [line for lines, _ in changed_lines(before, after) for line in lines]
    assert touched
    assert set(touched) <= set(mine)


def test_a_new_route_leaves_the_others_as_they_are():
    more = "  Trial Started: trial-started\n  Trial Ended:"
    before, after = generated(MAPPING), generated(MAPPING.replace("  Trial Ended:", more))
    mine = function_lines(after, "trackTrialStartedTrialStarted")
    rest = [line for n, line in enumerate(after.splitlines()) if n not in mine]
    rest.remove('  "Trial Started": Object.freeze([trackTrialStartedTrialStarted]),')
    rest.pop(mine.start - 1)
    assert rest == before.splitlines()


def test_no_version_time_hash_or_path_of_a_machine_is_in_a_file():
    for path in DIST:
        text = path.read_text("utf-8")
        header = text.split("\n\n")[0]
        assert version() not in text
        assert not re.search(r"20\d\d-\d\d|\d\d:\d\d", header)
        mapping = (ROOT / "mappings" / f"{path.stem}.yaml").read_text("utf-8")
        assert [name for name in HASH.findall(text) if name not in mapping] == []
        assert str(ROOT) not in text
        assert not re.search(r"(?:/(?:home|Users|work|root|tmp)/|[A-Z]:\\)", text)
