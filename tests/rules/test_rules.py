"""Every code on mistakes that people make: `tests/rules/<slug>/<mistake>.yaml`, see marks.py.

A case is one mapping, or a folder with several files. A folder may hold a file `command` with
what is run there, one command a line; the last is judged. Else it is `validate`.
"""

from __future__ import annotations

import shlex

import pytest
from click.testing import CliRunner
from marks import HOME, printed, read

from generator.catalogue import all_codes
from generator.cli import main

FOLDERS = sorted(path for path in HOME.iterdir() if path.is_dir() and path.name[0] != "_")
CASES = [case for folder in FOLDERS for case in sorted(folder.iterdir())]
LEAST, MOST = 2, 6
VERBS = (
    "add begin check choose close compare double give indent leave list make mend move name put "
    "quote remove rename run save say send split use write"
)


def files(case):
    """The files of a case by their names in the project."""
    if case.is_file():
        return {f"mappings/{case.name}": case}
    return {
        path.relative_to(case).as_posix(): path
        for path in sorted(case.rglob("*"))
        if path.is_file() or path.is_symlink()
    }


def lay_out(case, root):
    """Write a case into a folder; what is expected of it, and the commands."""
    expected, commands = [], ["validate --format json"]
    for name, path in files(case).items():
        copy = root / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            copy.symlink_to(path.readlink())
            continue
        text, marked = read(path.read_bytes(), name)
        expected += marked
        if name == "command":
            commands = text.decode("utf-8").splitlines()
        else:
            copy.write_bytes(text)
    return expected, commands


def run(commands):
    """The findings of the last command."""
    for line in commands:
        ran = CliRunner().invoke(main, shlex.split(line))
        assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return printed(ran.stdout, ran.stderr)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.relative_to(HOME).as_posix())
def test_a_mistake_is_found_where_it_is_and_nothing_else(case, tmp_path, monkeypatch, request):
    monkeypatch.chdir(tmp_path)
    expected, commands = lay_out(case, tmp_path)
    if "--compare" in commands[-1]:
        request.getfixturevalue("node")
    surplus, missing = run(commands), []
    for wanted in expected:
        found = next((finding for finding in surplus if finding.meets(wanted)), None)
        if found is None:
            missing.append(wanted)
            continue
        surplus.remove(found)
        assert found.help is None or found.help.split()[0] in VERBS.split()
    told = [f"missing: {each}" for each in missing] + [f"surplus: {each}" for each in surplus]
    assert told == []
    assert case.parent.name in {finding.code.split()[1] for finding in expected}


def test_every_code_has_its_cases():
    codes = {code.slug: code for code in all_codes() if code.code[0] != "F"}  # tests/lint
    told = {folder.name: len(list(folder.iterdir())) for folder in FOLDERS}
    assert told.keys() - codes.keys() == set(), "no such code"
    wrong = {
        str(code): told.get(slug, 0)
        for slug, code in codes.items()
        if not LEAST <= told.get(slug, 0) <= MOST
    }
    assert wrong == {}, f"every code has {LEAST} to {MOST} cases in tests/rules/<slug>/"
