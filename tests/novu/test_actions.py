"""Each action: what Novu then knows, that its SDK would send the same, under every fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from novu_server import Integration, Novu, Workflow
from novu_server.faults import FAULTS
from novu_server.server import serve

from generator.compiler import compile_file
from generator.diagnostics import Report
from generator.project import find_project
from generator.sandbox.runtime import Job, Runtime

HERE = Path(__file__).parent
USER = {"userId": "ada", "messageId": "m-1"}
MEMBERS = [f"member-{number}" for number in range(250)]
EVENTS = {
    "subscriber": {
        **USER,
        "type": "identify",
        "traits": {"firstName": "Ada", "email": "ada@example.com", "plan": "pro"},
    },
    "topic": {**USER, "type": "group", "groupId": "a1", "traits": {"name": "Analytical"}},
    "delete": {**USER, "type": "delete"},
    **{
        name: {**USER, "type": "track", "event": name, "properties": properties}
        for name, properties in {
            "Trigger": {"plan": "pro"},
            "Trigger Inline": {
                "firstName": "Ada",
                "email": "no address",
                "actor": "grace",
                "account": "a1",
            },
            "Trigger Mixed": {"actor": "grace", "other": "grace"},
            "Trigger Many": {"members": [*MEMBERS, *MEMBERS, None, ""]},
            "Unsubscribe": {},
            "Token Added": {"token": "token-2"},
            "Token Replaced": {"token": "token-2"},
            "Token Removed": {},
            "Preference Set": {},
            "Workflow Preference Set": {"email_wanted": False},
            "Workflow Preferences Set": {},
            "Announced": {"plan": "pro"},
            "Withdrawn": {"transaction": "t-1"},
        }.items()
    },
}
TRANSIENT = set(FAULTS) - {"redirect", "truncated", "endless", "500-item"}


@pytest.fixture(scope="module")
def code():
    report = Report()
    output = compile_file(HERE / "mapping.yaml", find_project(HERE), report)
    assert output is not None, list(report)
    return output.text


@pytest.fixture(scope="module")
def runtime():
    with Runtime() as running:
        yield running


def novu():
    """A Novu that knows Ada and Grace, two workflows and a push integration."""
    made = Novu(clock=lambda: 1_000_000.0, tier=None)
    made.add(Workflow("welcome"), Workflow("goodbye"))
    made.environment.integrations.append(Integration("fcm", "fcm-main"))
    for person in ("ada", "grace"):
        ask(
            made, "POST", "/v2/subscribers", f'{{"subscriberId": "{person}", "data": {{"old": 1}}}}'
        )
    ask(made, "POST", "/v2/topics/account-a1/subscriptions", '{"subscriptions": ["ada", "grace"]}')
    token = '{"providerId": "fcm", "credentials": {"deviceTokens": ["token-1"]}}'
    ask(made, "PUT", "/v1/subscribers/ada/credentials", token)
    made.requests.clear()
    return made


def ask(made, method, path, body):
    answer = made.answer(
        {
            "method": method,
            "url": f"https://api.novu.co{path}",
            "headers": {"authorization": "ApiKey nv-key", "content-type": "application/json"},
            "body_text": body,
        }
    )
    assert answer["status"] < 300, answer


def run(runtime, code, made, event):
    """The result of an event, and what Novu was asked."""

    def answer(request):
        return made.answer({**request, "body_text": request["text"] or ""})

    job = Job(code=code, settings={"apiKey": "nv-key"})
    (line,) = runtime.run(job, [event], answer)
    made.settle()
    return line


@pytest.mark.parametrize("name", EVENTS)
def test_an_action_is_accepted_as_novus_own_sdk_would_send_it(runtime, code, name):
    line = run(runtime, code, novu(), EVENTS[name])
    assert line["outcome"] == "delivered", line["error"]


def test_a_profile_is_merged(runtime, code):
    made = novu()
    run(runtime, code, made, EVENTS["subscriber"])
    ada = made.subscribers["ada"]
    assert ada.profile["firstName"] == "Ada"
    assert ada.data == {"old": 1, "plan": "pro"}


def test_invalid_inline_values_do_not_lose_the_notification(runtime, code):
    made = novu()
    run(runtime, code, made, EVENTS["Trigger Inline"])
    assert [told.subscriber_id for told in made.notifications] == ["ada"]
    assert made.losses == []


def test_a_mixed_list_reaches_everybody_once(runtime, code):
    made = novu()
    run(runtime, code, made, EVENTS["Trigger Mixed"])
    assert {told.subscriber_id for told in made.notifications} == {"ada", "grace"}


def test_many_recipients_are_notified_once_in_chunks(runtime, code):
    made = novu()
    line = run(runtime, code, made, EVENTS["Trigger Many"])
    assert sorted(told.subscriber_id for told in made.notifications) == sorted(MEMBERS)
    keys = [request["body"]["transactionId"] for request in line["requests"]]
    assert len(set(keys)) == len(keys) == 3


def test_a_topic_takes_a_user_whom_novu_does_not_know(runtime, code):
    made = novu()
    line = run(runtime, code, made, {**EVENTS["topic"], "userId": "new"})
    assert line["outcome"] == "delivered"
    assert "new" in made.subscribers


@pytest.mark.parametrize("operation", ["Added", "Replaced", "Removed"])
def test_device_tokens(runtime, code, operation):
    made = novu()
    run(runtime, code, made, EVENTS[f"Token {operation}"])
    tokens = [
        token
        for channel in made.subscribers["ada"].channels.values()
        for token in channel.get("deviceTokens", [])
    ]
    expected = {"Added": ["token-1", "token-2"], "Replaced": ["token-2"], "Removed": []}
    assert sorted(tokens) == expected[operation]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", EVENTS)
def test_a_retry_after_any_fault_ends_where_no_fault_ends(runtime, code, name, fault):
    calm, broken = novu(), novu()
    run(runtime, code, calm, EVENTS[name])
    broken.break_next(fault)
    first = run(runtime, code, broken, EVENTS[name])
    if first["outcome"] == "retry":
        again = run(runtime, code, broken, EVENTS[name])
        assert again["outcome"] == "delivered", again["error"]
    assert (first["outcome"] == "rejected") == (fault == "redirect"), first["error"]
    if fault != "redirect":
        assert notified(broken) == notified(calm)
        assert state(broken) == state(calm)


def notified(made):
    return sorted((told.workflow, told.subscriber_id) for told in made.notifications)


def state(made):
    """Who is known with which profile and data."""
    return {
        name: (dict(person.profile), dict(person.data or {}), person.channels)
        for name, person in made.subscribers.items()
    }


@pytest.mark.node
@pytest.mark.parametrize(
    "fault", [None, "reset", "reset-after", "truncated", "500-after", "redirect"]
)
def test_node_sends_the_same_requests(runtime, code, run_node, fault):
    for name, event in EVENTS.items():
        mine, theirs = novu(), novu()
        for made in (mine, theirs):
            made.break_next(*([fault] if fault else []))
        line = run(runtime, code, mine, event)
        with serve(theirs) as base_url:
            (told,) = run_node(
                "segment.cjs",
                {
                    "code": code,
                    "settings": {"apiKey": "nv-key"},
                    "events": [event],
                    "server": base_url,
                },
            )
        assert told == {"outcome": line["outcome"], "error": line["error"]}, name
        assert asked(theirs) == asked(mine), name


def asked(made):
    return [(told.request.method, told.request.path, told.request.text) for told in made.requests]
