"""What the design promises of any request, whatever the provider."""

from __future__ import annotations

import json
import re
from http import HTTPStatus

import pytest

from generator.compiler import compile_text
from generator.diagnostics import Report
from generator.project import find_project

from .conftest import EVENT, KEY, PROVIDERS, ROOT, every_action, keyed_actions

SEGMENTS_OWN = {"EventNotSupported", "InvalidEventPayload", "ValidationError", "RetryError"}
HELD = (404, 409)
"""What a provider's own rules may take for a success: gone already, or known already."""


def expected(statuses, status):
    """The error that the provider's table of statuses wants; None for a success."""
    if 200 <= status <= 299:
        return None
    if status in dict(statuses.settings):
        return "ValidationError"
    broken = status >= 500 and status not in statuses.permanent
    return "RetryError" if broken or status in statuses.retried else "InvalidEventPayload"


def error_of(line):
    return None if line["error"] is None else line["error"]["name"]


def events(count):
    return [{**EVENT, "messageId": f"m-{number}"} for number in range(count)]


NAMED = {status.value for status in HTTPStatus} | {299, 300, 399, 400, 499, 500, 599}


def statuses(provider, action):
    """What HTTP has a name for and each edge; the actions of a provider share the rest."""
    actions = PROVIDERS[provider].actions
    turn, turns = actions.index(action), min(len(actions), 5)
    return [
        status
        for status in range(200, 600)
        if status in NAMED or (turn < turns and status % turns == turn)
    ]


@every_action
def test_every_status_means_what_the_table_says(run, provider, action):
    told = statuses(provider, action)
    event = {**EVENT, "traits": {**EVENT["traits"], "card": "CANARY"}}
    lines = run(
        provider, action, [event] * len(told), lambda asked: {"status": told[asked["event"]]}
    )
    for status, line in zip(told, lines, strict=True):
        wanted = expected(PROVIDERS[provider].statuses, status)
        allowed = {wanted, None} if status in HELD else {wanted}
        assert error_of(line) in allowed, (status, line["error"])
        assert line["requests"], status
        assert "CANARY" not in json.dumps([line["error"], line["logs"]]), status


@pytest.mark.parametrize("provider", PROVIDERS)
def test_no_status_from_200_to_599_is_left_out(provider):
    told = [status for each in PROVIDERS[provider].actions for status in statuses(provider, each)]
    assert set(told) == set(range(200, 600))


@every_action
def test_what_is_no_status_at_all_is_tried_again(run, provider, action):
    told = [-1, 99, 101, 199, 600, 999]
    lines = run(provider, action, events(6), lambda request: {"status": told[request["event"]]})
    assert [line["outcome"] for line in lines] == ["retry"] * 6


@every_action
def test_a_connection_that_fails_is_tried_again_in_time(run, provider, action):
    faults = ["refused", "reset", "dns", "tls", "hang"]
    lines = run(provider, action, events(5), lambda request: {"fault": faults[request["event"]]})
    assert [error_of(line) for line in lines] == ["RetryError"] * 5
    assert max(line["elapsed_ms"] for line in lines) <= 4500


BODIES = [
    {"text": ""},
    {"text": "<html>OK</html>"},
    {"text": "{"},
    {"json": None},
    {"json": []},
    {"text": "x" * 100_000},
    {"fault": "truncated"},
    {"fault": "hang-body"},
    {"json": {"records": [{"status": "error"}], "error": "x", "status": "fail"}},
]
"""The last says that nothing was done, which a provider may know how to say."""


@every_action
@pytest.mark.parametrize("status", [200, 207])
def test_a_success_is_final_whatever_its_body(run, provider, action, status):
    def answer(request):
        """What is read first is not there; every change is a success."""
        if request["method"] == "GET":
            return {"status": 404}
        return {"status": status, **BODIES[request["event"]]}

    lines = run(provider, action, events(len(BODIES)), answer)
    *outcomes, refused = (line["outcome"] for line in lines)
    assert outcomes == ["delivered"] * (len(BODIES) - 1)
    assert refused in {"delivered", "rejected"}, "trying again would do it twice"


@every_action
def test_a_redirect_is_not_followed(run, provider, action):
    elsewhere = {"headers": {"location": "https://elsewhere.example/"}}
    lines = run(
        provider,
        action,
        events(5),
        lambda request: {"status": [301, 302, 303, 307, 308][request["event"]], **elsewhere},
    )
    for line in lines:
        assert error_of(line) == "InvalidEventPayload"
        assert "elsewhere" not in json.dumps(line["requests"])


@every_action
def test_a_retry_sends_the_same_bytes(run, provider, action):
    first, again = (
        run(provider, action, events(3), lambda _: {"status": 503}, now=now)
        for now in ("2026-01-01T00:00:00Z", "2026-01-01T03:59:00Z")
    )
    for early, late in zip(first, again, strict=True):
        assert early["requests"]
        for one, other in zip(early["requests"], late["requests"], strict=True):
            assert one == other


def keys(line):
    told = [{name: each[name] for name in ("headers", "body_text")} for each in line["requests"]]
    return set(re.findall(r"segfn-[0-9a-f]{40}", json.dumps(told)))


@keyed_actions
def test_every_event_and_route_has_a_key_of_its_own(run, provider, action):
    bare = {name: value for name, value in EVENT.items() if name != "messageId"}
    told = [EVENT, {**EVENT, "properties": {}}, {**EVENT, "messageId": "m-2"}, bare]
    told += [{**bare, "properties": {}}]
    first, same, other, *without = (keys(line) for line in run(provider, action, told))
    assert len(first) == 1
    assert first == same
    assert not first & other
    assert len(set.union(*without)) == 2, "without a messageId the event itself stands in"


@keyed_actions
def test_the_key_stands_where_the_provider_looks_for_it(run, provider, action):
    (line,) = run(provider, action, [EVENT])
    (request,) = line["requests"]
    (key,) = keys(line)
    if action.dedupe.header:
        assert request["headers"][action.dedupe.header.lower()] == key
    else:
        assert request["body"][action.dedupe.field] == key
    assert len(key) <= 64


STRANGE = [
    None,
    True,
    -1,
    1e308,
    "",
    " ",
    ".",
    "..",
    "\ud800",
    "\u2028",
    "x" * 5000,
    "CANARY\r\nX: y",
    [],
    {},
    [[]],
    [None],
    {"__proto__": {"polluted": 1}},
    {"constructor": None, "toString": 1},
]
PLACES = ["event", "messageId", "userId", "previousId", "groupId", "properties", "traits"]


@every_action
def test_any_event_gives_only_segments_errors(run, provider, action):
    told = [json.dumps({**EVENT, place: value}) for place in PLACES for value in STRANGE]
    for text, line in zip(told, run(provider, action, told), strict=True):
        assert line.get("outcome") in {"delivered", "rejected", "retry"}, (text, line)
        assert error_of(line) is None or error_of(line) in SEGMENTS_OWN
        assert "CANARY\r" not in json.dumps(line["error"])


@pytest.mark.parametrize("name", [name for name, each in PROVIDERS.items() if each.settings])
@pytest.mark.parametrize("key", ["CANARY-1\n", "CANARY-\u20ac", "CANARY 2", "", None])
def test_a_key_that_cannot_be_sent_is_a_matter_of_the_settings(run, name, key):
    action = PROVIDERS[name].actions[0]
    settings = {each.name: key for each in PROVIDERS[name].settings if each.required}
    (line,) = run(name, action, [EVENT], settings=settings)
    assert error_of(line) == "ValidationError"
    assert line["requests"] == []
    assert "CANARY" not in json.dumps(line["error"])
    assert next(iter(settings)) in line["error"]["message"]


@every_action
def test_a_batch_answers_every_event(run, provider, action):
    told = [EVENT, {**EVENT, "event": "Another"}, {"type": "alias"}, {}]
    (line,) = run(provider, action, told, batch=True)
    assert [each["status"] for each in line["result"]] == [200, 200, 400, 400]


@every_action
def test_a_misspelt_field_is_told(provider, action):
    mapping = {"version": 1, "provider": provider, "track": {"A": [{action.name: {"nmae": 1}}]}}
    report = Report()
    assert compile_text(json.dumps(mapping), "mappings/a.yaml", find_project(ROOT), report) is None
    assert any(found.code.slug in {"unknown-key", "unknown-field"} for found in report)


def test_the_key_is_real(run):
    """The tests above would pass if the key were never sent."""
    (line,) = run("suprsend", PROVIDERS["suprsend"].actions[0], [EVENT])
    assert KEY in line["requests"][0]["headers"]["authorization"]
