"""A folder is a case: `before.yaml`, `after.yaml`, and in `expected.txt` what is said.

Where a folder holds `text.txt`, that is what a terminal shows. A case is written anew with
`SEGFN_UPDATE=1 pytest tests/changes/test_cases.py`; read the difference then.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.changes import KINDS
from generator.cli import main

HOME = Path(__file__).parent
CASES = sorted(path.parent.name for path in HOME.glob("*/before.yaml"))


def said(name):
    """What `segfn diff` says of a case, one line a change."""
    folder = HOME / name
    words = ["diff", str(folder / "before.yaml"), str(folder / "after.yaml"), "--format", "json"]
    ran = CliRunner().invoke(main, words)
    assert ran.exit_code == 0, ran.output
    for change in json.loads(ran.stdout)["changes"]:
        lines = ["-" if change[side] is None else str(change[side]["line"]) for side in SIDES]
        yield f"{change['class']} {change['kind']} {' -> '.join(lines)}"
        yield f"  {change['message']}"
        if change["privacy"]:
            yield f"  newly leaves Segment: {', '.join(change['leaves'])}"
        if change["evidence"]:
            yield f"  seen with {change['evidence']}"


SIDES = ("before", "after")


@pytest.mark.parametrize("name", CASES)
def test_case(name, monkeypatch):
    monkeypatch.chdir(HOME)
    text = "".join(f"{line}\n" for line in said(name))
    expected = HOME / name / "expected.txt"
    if os.environ.get("SEGFN_UPDATE"):
        expected.write_text(text, "utf-8")
    assert text == expected.read_text("utf-8")


@pytest.mark.parametrize("name", sorted(path.parent.name for path in HOME.glob("*/text.txt")))
def test_a_terminal_shows(name, monkeypatch):
    monkeypatch.chdir(HOME)
    ran = CliRunner().invoke(main, ["diff", f"{name}/before.yaml", f"{name}/after.yaml"])
    expected = HOME / name / "text.txt"
    if os.environ.get("SEGFN_UPDATE"):
        expected.write_text(ran.stdout, "utf-8")
    assert ran.stdout == expected.read_text("utf-8")


def test_there_are_enough():
    assert len(CASES) >= 40


def test_every_kind_is_shown_by_a_case():
    texts = "".join((HOME / name / "expected.txt").read_text("utf-8") for name in CASES)
    missing = {name for name in KINDS if f" {name} " not in texts}
    assert missing <= NOT_IN_ONE_FILE


# Kinds that no pair of files shows: of folders; of providers that mend a setting; the net.
NOT_IN_ONE_FILE = {"mapping-added", "mapping-removed", "other-changed", "setting-described"}
