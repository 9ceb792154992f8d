"""A mapping with every action, an event for each, and a Novu that knows whom they speak of."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from novu_server import Integration, Novu, Workflow

from generator.compiler import compile_text
from generator.diagnostics import Report
from generator.project import find_project
from generator.sandbox.runtime import Job, Runtime

HERE = Path(__file__).parent
MAPPING = (HERE / "mapping.yaml").read_text("utf-8")
SETTINGS = {"apiKey": "nv-key"}
USER = {"userId": "ada", "messageId": "m-1"}
MEMBERS = [f"member-{number}" for number in range(250)]
IDENTIFY = {
    **USER,
    "type": "identify",
    "traits": {"firstName": "Ada", "email": "ada@example.com", "plan": "pro"},
}


def track(name, **properties):
    return {**USER, "type": "track", "event": name, "properties": properties}


EVENTS = {
    "subscriber": IDENTIFY,
    "topic": {**USER, "type": "group", "groupId": "a1", "traits": {"name": "Analytical"}},
    "delete": {**USER, "type": "delete"},
    "trigger": track("Trigger", plan="pro"),
    "inline": track(
        "Trigger Inline", firstName="Ada", email="no address", actor="grace", account="a1"
    ),
    "mixed": track("Trigger Mixed", actor="grace", other="grace"),
    "many": track("Trigger Many", members=[*MEMBERS, *MEMBERS, None, ""]),
    "unsubscribe": track("Unsubscribe"),
    "token added": track("Token Added", token="token-2"),
    "token replaced": track("Token Replaced", token="token-2"),
    "token removed": track("Token Removed"),
    "preference": track("Preference Set"),
    "workflow preference": track("Workflow Preference Set", email_wanted=False),
    "workflow preferences": track("Workflow Preferences Set"),
    "broadcast": track("Announced", plan="pro"),
    "cancel": track("Withdrawn", transaction="t-1"),
    "batch": [
        {**track("Trigger"), "messageId": "m-2"},
        IDENTIFY,
        {**IDENTIFY, "messageId": "m-3", "traits": {"firstName": "Augusta", "plan": None}},
    ],
    "bulk": [
        {**track("Trigger", number=number), "messageId": f"b-{number}"} for number in range(100)
    ],
}


@cache
def compiled(timeout="4s"):
    """The generated file, and one that waits no longer than it is told."""
    report = Report()
    text = MAPPING.replace("provider: novu\n", f"provider: novu\noptions:\n  timeout: {timeout}\n")
    output = compile_text(text, "mapping.yaml", find_project(HERE), report)
    assert output is not None, list(report)
    return output.text


@pytest.fixture(scope="session")
def code():
    return compiled()


@pytest.fixture(scope="session")
def runtime():
    with Runtime() as running:
        yield running


def novu(*faults, **options):
    """A Novu that knows Ada and Grace, two workflows, a topic and a push integration."""
    made = Novu(clock=lambda: 1_000_000.0, tier=None, **options)
    made.add(Workflow("welcome"), Workflow("goodbye"))
    made.environment.integrations.append(Integration("fcm", "fcm-main"))
    for person in ("ada", "grace"):
        body = f'{{"subscriberId": "{person}", "data": {{"old": 1}}}}'
        ask(made, "POST", "/v2/subscribers", body)
    ask(made, "POST", "/v2/topics/account-a1/subscriptions", '{"subscriptions": ["ada", "grace"]}')
    token = '{"providerId": "fcm", "credentials": {"deviceTokens": ["token-1"]}}'
    ask(made, "PUT", "/v1/subscribers/ada/credentials", token)
    made.requests.clear()
    made.break_next(*faults)
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


def run_all(runtime, code, novus, events):
    """The results of events that run at the same time, each at a Novu of its own."""

    def answer(request):
        return novus[request["event"]].answer({**request, "body_text": request["text"] or ""})

    lines = list(runtime.run(Job(code=code, settings=SETTINGS, together=True), events, answer))
    for made in novus:
        made.settle()
    return lines


def run(runtime, code, made, event):
    """The result of one event."""
    (line,) = run_all(runtime, code, [made], [event])
    return line


def is_to_be_tried_again(line):
    """Whether Segment would deliver the event, or all of the batch, once more."""
    statuses = {told["status"] for told in line["result"] or ()}
    return line["outcome"] == "retry" or 500 in statuses


def notified(made):
    return sorted((told.workflow, told.subscriber_id) for told in made.notifications)


def state(made):
    """Who is known with which profile, data and channels, and what everybody wants."""
    people = {
        name: (dict(person.profile), dict(person.data or {}), person.channels)
        for name, person in made.subscribers.items()
    }
    topics = {key: topic.members() for key, topic in made.environment.topics.items()}
    return people, topics, made.environment.preferences
