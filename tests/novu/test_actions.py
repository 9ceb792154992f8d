"""Each action: what Novu then knows, and that its SDK would send the same."""

from __future__ import annotations

import pytest

from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job

from .conftest import EVENTS, MEMBERS, SETTINGS, ask, novu, run


def answered(runtime, code, event, *rules):
    """The result of an event where Novu answers by rules."""
    job = Job(code=code, settings=SETTINGS, rules=tuple(map(rule, rules)))
    (line,) = runtime.run(job, [event])
    return line


@pytest.mark.parametrize("name", EVENTS)
def test_an_action_is_accepted_as_novus_own_sdk_would_send_it(runtime, code, name):
    line = run(runtime, code, novu(), EVENTS[name])
    assert line["outcome"] == "delivered", line["error"]
    assert {told["status"] for told in line["result"] or ()} <= {200}


def test_a_profile_is_merged(runtime, code):
    made = novu()
    run(runtime, code, made, EVENTS["subscriber"])
    ada = made.subscribers["ada"]
    assert ada.profile["firstName"] == "Ada"
    assert ada.data == {"old": 1, "plan": "pro"}


def test_what_is_new_wins_over_what_novu_knows(runtime, code):
    made = novu()
    ask(made, "PATCH", "/v2/subscribers/ada", '{"data": {"plan": "free", "old": 1}}')
    run(runtime, code, made, EVENTS["subscriber"])
    assert made.subscribers["ada"].data == {"plan": "pro", "old": 1}


def test_a_topic_is_no_user_of_its_name(runtime, code):
    members = [{"type": "Topic", "topicKey": "ada"}, "ada"]
    event = {**EVENTS["many"], "properties": {"members": members}}
    line = run(runtime, code, novu(), event)
    assert [request["body"]["to"] for request in line["requests"]] == [members]


def test_a_refusal_names_fields_and_no_value(runtime, code):
    errors = {"payload.plan": {"messages": ["x"]}, "CANARY is no plan": {"messages": ["CANARY"]}}
    said = {"message": "CANARY", "errors": errors}
    line = answered(runtime, code, EVENTS["trigger"], {"status": 422, "json": said})
    assert line["error"]["message"].endswith(": see payload.plan")
    assert "CANARY" not in line["error"]["message"]


def test_a_key_that_an_old_novu_has_seen_is_a_success(runtime, code):
    said = {"message": "transactionId property is not unique, please make sure"}
    line = answered(runtime, code, EVENTS["trigger"], {"status": 400, "json": said})
    assert line["outcome"] == "delivered"


@pytest.mark.parametrize(
    ("name", "answer", "outcome"),
    [
        ("topic", {"status": 201, "json": {"data": [], "meta": {"failed": 1}}}, "rejected"),
        ("unsubscribe", {"status": 404}, "delivered"),
        ("unsubscribe", {"status": 400, "json": {"errors": [{}]}}, "delivered"),
        ("unsubscribe", {"status": 400, "json": {"message": "no"}}, "rejected"),
    ],
)
def test_what_novu_says_of_a_topic(runtime, code, name, answer, outcome):
    rules = ({"url": "*/subscriptions", **answer}, {"status": 201, "json": {}})
    assert answered(runtime, code, EVENTS[name], *rules)["outcome"] == outcome


def test_invalid_inline_values_do_not_lose_the_notification(runtime, code):
    made = novu()
    run(runtime, code, made, EVENTS["inline"])
    assert [told.subscriber_id for told in made.notifications] == ["ada"]
    assert made.losses == []


def test_a_mixed_list_reaches_everybody_once(runtime, code):
    made = novu()
    run(runtime, code, made, EVENTS["mixed"])
    assert {told.subscriber_id for told in made.notifications} == {"ada", "grace"}


def test_many_recipients_are_notified_once_in_chunks(runtime, code):
    made = novu()
    line = run(runtime, code, made, EVENTS["many"])
    assert sorted(told.subscriber_id for told in made.notifications) == sorted(MEMBERS)
    keys = [request["body"]["transactionId"] for request in line["requests"]]
    assert len(set(keys)) == len(keys) == 3


def test_a_topic_takes_a_user_whom_novu_does_not_know(runtime, code):
    made = novu()
    line = run(runtime, code, made, {**EVENTS["topic"], "userId": "new"})
    assert line["outcome"] == "delivered"
    assert "new" in made.subscribers


@pytest.mark.parametrize("operation", ["added", "replaced", "removed"])
def test_device_tokens(runtime, code, operation):
    made = novu()
    run(runtime, code, made, EVENTS[f"token {operation}"])
    tokens = [
        token
        for channel in made.subscribers["ada"].channels.values()
        for token in channel.get("deviceTokens", [])
    ]
    expected = {"added": ["token-1", "token-2"], "replaced": ["token-2"], "removed": []}
    assert sorted(tokens) == expected[operation]
