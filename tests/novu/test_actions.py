"""Each action: what Novu then knows, and that its SDK would send the same."""

from __future__ import annotations

import pytest

from .conftest import EVENTS, MEMBERS, novu, run


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
