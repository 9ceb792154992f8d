"""Mutants: small changes that break a promise, and the tests that notice each.

    make mutants                    every mutant
    make mutants NAMES="key body"   those whose names contain a word

Each YAML file here lists changes of one area: the text before and after, why it matters, and
the tests that are asked first; only a mutant that survives these meets all tests. What only
compares generated text with committed text is not asked, for it would notice anything.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

HOME = Path(__file__).parent
ROOT = HOME.parents[1]
ALL = ("tests",)
TEXT_ONLY = (
    "tests/cases/test_goldens.py::test_what_is_generated",
    "tests/cases/test_same_bytes.py",
    "tests/cli/test_docs.py",
    "tests/cli/test_readme.py",
    "tests/mutants",
    "tests/test_house_rules.py",
)
# What every run imports is imported once; of the project itself nothing is.
SHARED = ["pytest", "hypothesis", "jinja2", "jsonschema", "click", "py_mini_racer", "yaml"]


@dataclass(frozen=True)
class Mutant:
    name: str
    why: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]

    def changed(self, text):
        """The text of the file with the mistake in it; its place must be clear."""
        found = text.count(self.before)
        if found != 1:
            raise ValueError(f"{self.name}: {self.file} holds {found} times {self.before!r}")
        return text.replace(self.before, self.after)


def load():
    """Every mutant of the YAML files."""
    return [
        Mutant(
            told["name"],
            told["why"],
            os.path.normpath(f"{area['folder']}/{told['file']}"),
            told["before"],
            told["after"],
            tuple(told["tests"]),
        )
        for path in sorted(HOME.glob("*.yaml"))
        for area in [yaml.safe_load(path.read_text("utf-8"))]
        for told in area["mutants"]
    ]


# --- in a process of its own -----------------------------------------------------------------

_free = []
"""The queue of copies in which nobody works."""


class _First:
    """Keeps the name of the first test that fails."""

    failed = None

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.failed = self.failed or report.nodeid

    pytest_collectreport = pytest_runtest_logreport


def _copy(folder):
    """A copy of the project, whose tests judge its own code."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in told.stdout.decode().split("\0"):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    (folder / "generator" / "templates").symlink_to("../templates")


def _failing(tests):
    """The first test that fails in the current folder, or None if all pass."""
    first = _First()
    skipped = [f"--deselect={test}" for test in TEXT_ONLY]
    marks = ["-m", "not node and not chromium"]
    ended = pytest.main(["-x", "-p", "no:cacheprovider", *marks, *skipped, *tests], plugins=[first])
    if first.failed is None and ended != pytest.ExitCode.OK:
        raise RuntimeError(f"pytest cannot run the tests of a mutant: {ended!r}")
    return first.failed


def _start(folders):
    """Give a new process the copies that nobody works in, and silence but for errors."""
    _free.append(folders)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _judge(task):
    """The test that notices a mutant in a copy; without mutant, any test that fails there."""
    number, mutant, tests = task
    folder = Path(_free[0].get())
    os.chdir(folder)
    os.environ["PYTHONPATH"] = str(folder)
    sys.path.insert(0, str(folder))
    path = folder / (mutant.file if mutant else "pyproject.toml")
    whole, then = path.read_text("utf-8"), path.stat().st_mtime
    try:
        if mutant is not None:
            path.write_text(mutant.changed(whole), encoding="utf-8")
            os.utime(path, (then - number, then - number))  # no compiled file is taken for it
        return _failing(tests)
    finally:
        path.write_text(whole, encoding="utf-8")
        os.utime(path, (then, then))
        _free[0].put(str(folder))


# --- all of them -----------------------------------------------------------------------------


def judge(mutants, jobs):
    """Each mutant with its killer, as soon as it is known; nothing may fail without a mutant."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(SHARED)
    folders = context.SimpleQueue()
    with tempfile.TemporaryDirectory() as home:
        for number in range(jobs):
            _copy(Path(home, str(number)))
            folders.put(str(Path(home, str(number))))
        with context.Pool(jobs, _start, (folders,), maxtasksperchild=1) as pool:
            asked = sorted({test for mutant in mutants for test in mutant.tests})
            (failed,) = pool.map(_judge, [(0, None, asked)])
            if failed is not None:
                raise RuntimeError(f"{failed} fails without any mutant")
            tasks = [(number, each, each.tests) for number, each in enumerate(mutants, start=1)]
            for (number, mutant, _), killer in zip(tasks, pool.imap(_judge, tasks), strict=True):
                more = killer or pool.map(_judge, [(number, mutant, ALL)])[0]
                yield mutant, more


def main():
    words = sys.argv[1:]
    mutants = [each for each in load() if not words or any(word in each.name for word in words)]
    began, survivors = time.monotonic(), 0
    for mutant, killer in judge(mutants, os.cpu_count() or 1):
        told = f"killed by {killer}" if killer else f"SURVIVES: {mutant.why}"
        print(f"{mutant.file}: {mutant.name}\n    {told}", flush=True)
        survivors += killer is None
    killed = len(mutants) - survivors
    print(f"{killed} of {len(mutants)} mutants killed in {time.monotonic() - began:.0f} s")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
