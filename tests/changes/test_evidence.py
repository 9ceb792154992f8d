"""What running both versions shows, where it is hard to see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.changes.solving import OF_NAMES
from generator.cli import main
from generator.commands import _comparison

HEAD = "version: 1\nname: shop\nprovider: novu\ntrack:\n"
FIXTURES = """\
settings:
  apiKey: test-key
fixtures:
  - name: a key is needed
    settings:
      apiKey: ""
    event:
      type: track
      event: Trial Ended
      userId: ada
    expect:
      outcome: rejected
"""


@pytest.fixture
def changes(tmp_path, monkeypatch):
    """The changes between two mappings, the fixtures beside the new one."""
    monkeypatch.chdir(tmp_path)

    def compare(before, after, fixtures=""):
        for name, text in (("old", before), ("new", after)):
            Path(f"{name}.yaml").write_text(HEAD + text, "utf-8")
        if fixtures:
            Path("new.fixtures.yaml").write_text(fixtures, "utf-8")
        ran = CliRunner().invoke(main, ["diff", "old.yaml", "new.yaml", "--format", "json"])
        assert ran.exit_code == 0, ran.output
        return json.loads(ran.stdout)["changes"]

    return compare


def test_each_route_that_changed_is_reached_in_a_large_mapping(changes, monkeypatch):
    monkeypatch.setattr(_comparison, "MOST_MADE", 12)  # as if there were hundreds of routes
    text = "".join(
        f"  Event {number}:\n    when: properties.total > 100\n    workflow: w-{number}\n"
        for number in range(6)
    )
    last = text.replace("> 100\n    workflow: w-4", ">= 200\n    workflow: w-4")
    (change,) = changes(text, last)
    assert (change["class"], change["after"]["line"]) == ("breaking", 18)
    assert change["evidence"].startswith('made: track "Event 4" where')
    for change in changes(text, text.replace("> 100", "> 200")):
        assert change["class"] == "breaking", change["message"]


def test_what_is_made_for_one_mapping_does_not_change_the_next(changes):
    text = "  Order Completed: receipt\n"
    whole = [changes(text, "  Order Completed: thanks\n")]
    inner = "    workflow:\n      name: receipt\n      payload:\n        all: $.properties\n"
    changes(f"  A:\n{inner}", f"  A:\n{inner}        part: $.properties.total.deep\n")
    whole.append(changes(text, "  Order Completed: thanks\n"))
    assert whole[0] == whole[1]
    assert OF_NAMES["properties"] == {"plan": "pro", "total": 120}


def test_a_call_that_was_refused_before_any_route_is_explained(changes):
    text = "  User Registered: welcome\n"
    found = changes(text + "  Trial Ended: trial-ended\n", text, FIXTURES)
    assert [change["kind"] for change in found] == ["route-removed"]
