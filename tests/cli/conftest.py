"""The command line as a person has it: a folder, words, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

import pytest
from click.testing import CliRunner

from generator.cli import main

WELCOME = """\
version: 1
provider: novu
track:
  User Registered: welcome
"""
BROKEN = """\
version: 1
provider: novu
track:
  User Registered:
    worklow: welcome
"""


@dataclass
class Answer:
    code: int
    out: str
    err: str


class Folder:
    """A project in a temporary folder, which is the current one."""

    def __init__(self, root):
        self.root = root

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        return path

    def read(self, name):
        return (self.root / name).read_text("utf-8")

    def names(self, folder="."):
        return sorted(path.name for path in (self.root / folder).iterdir())


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder; nothing of the machine's environment is seen in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)
    return Folder(tmp_path)


@pytest.fixture
def project(folder):
    """A project with one valid mapping."""
    folder.write("mappings/novu.yaml", WELCOME)
    return folder


@pytest.fixture
def broken(folder):
    """A project with one mapping, whose fifth line has a slip of the pen."""
    folder.write("mappings/novu.yaml", BROKEN)
    return folder


@pytest.fixture
def segfn():
    """Run segfn: `segfn("validate", "mappings")`."""

    def run(*args, stdin=None):
        ran = CliRunner().invoke(main, list(args), input=stdin)
        assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
        return Answer(ran.exit_code, ran.stdout, ran.stderr)

    return run
