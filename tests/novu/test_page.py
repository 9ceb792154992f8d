"""docs/novu.md: every action has an example, and every example runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from novu_server import Workflow

from generator.compiler import compile_text
from generator.diagnostics import Report
from generator.project import find_project

from .conftest import novu, run_all

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "novu.md").read_text("utf-8")
MAPPINGS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
EVENT = {
    "userId": "ada",
    "groupId": "a1",
    "traits": {"firstName": "Ada", "email": "ada@example.com", "name": "Analytical", "plan": "pro"},
    "context": {"locale": "en-GB", "timezone": "Europe/London", "device": {"token": "token-2"}},
    "properties": {
        "order_id": "o-1",
        "sellerId": "grace",
        "accountId": "a1",
        "documentId": "d1",
        "ownerId": "grace",
        "ownerEmail": "grace@example.com",
        "ownerDevice": "token-3",
        "enabled": True,
        "from": "noon",
        "transactionId": "t-1",
    },
}


def events(output):
    """One event for every name in the mapping."""
    names = {(route.section, *route.names[:1]) for route in output.mapping.routes()}
    for number, (section, *name) in enumerate(sorted(names)):
        yield {
            **EVENT,
            "type": section,
            "messageId": f"m-{number}",
            **({"event": name[0]} if name else {}),
        }


@pytest.mark.parametrize("text", MAPPINGS, ids=lambda text: text.split("\n")[1].strip())
def test_every_mapping_of_the_page_runs(runtime, text):
    head = "" if text.startswith("version") else "version: 1\nprovider: novu\n"
    output = compile_text(head + text, "mappings/page.yaml", find_project(ROOT), Report())
    told = list(events(output))
    made = [novu() for _ in told]
    workflows = ["welcome", *re.findall(r"\b(?:name|workflowId): ([a-z-]+)", text)]
    for each in made:
        each.add(*map(Workflow, workflows))
    for line in run_all(runtime, output.text, made, told):
        assert line["outcome"] == "delivered", line["error"]
        assert line["requests"], line["handler"]
    assert all(each.losses == [] or "topic" in each.losses[0].reason for each in made)


def test_every_action_has_an_example():
    written = "\n".join(MAPPINGS)
    actions = (
        "subscriber",
        "workflow",
        "topic",
        "credentials",
        "preferences",
        "delete-subscriber",
        "broadcast",
        "cancel",
    )
    for action in actions:
        assert re.search(rf"^ +{action}:", written, re.MULTILINE), action
