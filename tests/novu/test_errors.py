"""What a person reads when Novu refuses: the reason and what to look at, never a value."""

from __future__ import annotations

import json

import pytest
from novu_server import Novu, Workflow

from generator.sandbox.runtime import Job

from .conftest import EVENTS, USER, novu, run, track

SECRET = "CANARY-7"


def told(line):
    assert SECRET not in json.dumps([line["error"], line["result"], line["logs"]])
    return f"{line['error']['name']}: {line['error']['message']}"


def strange(**options):
    """A Novu where every workflow has something."""
    made = novu(**options)
    schema = {
        "type": "object",
        "required": ["total"],
        "properties": {"plan": {"enum": ["pro"]}},
    }
    made.add(Workflow("welcome", schema=schema))
    return made


def test_a_key_of_another_region(runtime, code):
    made = Novu(clock=lambda: 1_000_000.0, base_url="https://eu.api.novu.co")
    assert told(run(runtime, code, made, EVENTS["trigger"])) == (
        "ValidationError: Novu answered 401: check the setting apiKey "
        "(is it the key of this region and this environment?)"
    )


@pytest.mark.parametrize("name", ["subscriber", "topic", "delete", "trigger", "cancel"])
def test_an_address_that_is_none(runtime, code, name):
    made = novu()
    settings = {"apiKey": "nv-key", "baseUrl": "https://api.novu.co/v1"}
    job = Job(code=code, settings=settings)
    (line,) = runtime.run(
        job, [EVENTS[name]], lambda asked: made.answer({**asked, "body_text": asked["text"] or ""})
    )
    assert told(line) == (
        "ValidationError: Novu answered 404: check the setting baseUrl (there is no such address)"
    )


def test_an_unknown_workflow(runtime, code):
    made = novu()
    made.environment.workflows.clear()
    reason = "it does not know the workflow of track/Trigger/workflow/welcome"
    line = run(runtime, code, made, EVENTS["trigger"])
    assert told(line) == f"InvalidEventPayload: Novu answered 422: {reason}"
    line = run(runtime, code, made, EVENTS["bulk"])
    assert line["result"][0] == {
        "status": 400,
        "errormessage": f"InvalidEventPayload: Novu refused one: {reason}",
    }


def test_a_payload_against_the_schema_of_its_workflow(runtime, code):
    line = run(runtime, code, strange(), track("Trigger", plan=SECRET, total=1))
    assert told(line) == (
        "InvalidEventPayload: Novu answered 400 to track/Trigger/workflow/welcome: see plan"
    )
    line = run(runtime, code, strange(), EVENTS["bulk"])
    assert line["result"][0]["errormessage"] == (
        "InvalidEventPayload: Novu did not trigger track/Trigger/workflow/welcome: "
        "its schema refuses the payload"
    )


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("trigger_not_active", "the workflow is not active"),
        ("no_workflow_active_steps_defined", "the workflow has no active step"),
        ("no_workflow_steps_defined", "the workflow has no steps"),
    ],
)
@pytest.mark.parametrize("name", ["trigger", "broadcast", "bulk"])
def test_a_workflow_that_sends_nothing(runtime, code, name, status, reason):
    made = novu()
    made.add(Workflow("welcome", status=status))
    line = run(runtime, code, made, EVENTS[name])
    text = line["result"][0]["errormessage"] if name == "bulk" else told(line)
    route = {"broadcast": "track/Announced/broadcast/welcome"}
    expected = route.get(name, "track/Trigger/workflow/welcome")
    assert text == f"InvalidEventPayload: Novu did not trigger {expected}: {reason}"


def test_credentials_without_an_integration_or_a_subscriber(runtime, code):
    made = novu()
    line = run(runtime, code, made, {**EVENTS["token added"], "userId": SECRET})
    answered = "InvalidEventPayload: Novu answered 400 to the credentials: "
    assert told(line) == answered + "it does not know the subscriber"
    made.environment.integrations.clear()
    line = run(runtime, code, made, EVENTS["token added"])
    assert told(line) == answered + "the provider has no integration"


def test_preferences_of_somebody_or_something_unknown(runtime, code):
    made = novu()
    answered = "InvalidEventPayload: Novu answered 404 to the preferences: "
    line = run(runtime, code, made, {**EVENTS["preference"], "userId": SECRET})
    assert told(line) == answered + "it does not know the subscriber"
    made.environment.workflows.clear()
    line = run(runtime, code, made, EVENTS["workflow preferences"])
    assert told(line) == answered + "it does not know the workflow"


def test_a_topic_that_novu_refuses(runtime, code):
    made = novu()
    event = {**USER, "type": "group", "groupId": f"{SECRET}/x", "traits": {"name": "A"}}
    line = run(runtime, code, made, event)
    assert told(line) == "InvalidEventPayload: Novu answered 422 to the topic: see key"
    topic = made.environment.topics["account-a1"]
    topic.subscriptions |= {f"another-{number}": "grace" for number in range(10)}
    line = run(runtime, code, made, {**EVENTS["topic"], "userId": "grace"})
    assert line["outcome"] == "delivered", "who is subscribed already stays so"
    del topic.subscriptions["tk_account-a1:si_grace"]
    line = run(runtime, code, made, {**EVENTS["topic"], "userId": "grace"})
    assert told(line) == (
        "InvalidEventPayload: Novu answered 400 to the topic: see SUBSCRIPTION_LIMIT_EXCEEDED"
    )
