"""`segfn import function`: the mapping sends what the function sends, both run in V8."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.compiler import compile_text
from generator.diagnostics import Report
from generator.project import Project
from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job, Runtime

HOME = Path(__file__).parent / "functions"
PEERS = Path(__file__).parents[2] / "benchmarks" / "peers"
FUNCTIONS = [*sorted(HOME.glob("*.js")), PEERS / "novu-guide.js", PEERS / "novu-blog.js"]
SETTINGS = {
    "apiKey": "test-key",
    "novuKey": "test-key",
    "novuApiKey": "test-key",
    "environment": "production",
    "baseUrl": "https://novu.example.com",
    "novuEndpoint": "https://api.novu.co/v1/events/trigger",
}
PROPERTIES = [
    {
        "order_id": "o-1",
        "total": 120,
        "currency": "EUR",
        "email": "ada@example.com",
        "name": "Ada",
        "members": ["grace", "linus"],
        "plan": "enterprise",
        "environment": "production",
        "locale": "sv-SE",
        "seats": "12",
        "items": [{"sku": "a"}, {"sku": "b", "count": 3}],
        "user": {"subscriberId": "grace", "email": "grace@example.com"},
    },
    {
        "total": 20,
        "vip": False,
        "name": "abandoned-cart",
        "plan": "pro",
        "environment": "test",
        "items": [],
    },
    {
        "total": 100,
        "currency": "SEK",
        "plan": "free",
        "members": ["ada"],
        "seats": 3,
        "vip": True,
        "items": [],
    },
    {"name": "welcome-back", "environment": "production", "user": {"subscriberId": "u-9"}},
]
CREATED = ("subscriber", False, {"subscriberId": "u-1"})
"""Before it subscribes somebody to a topic, segfn makes sure that Novu knows them."""
TRAITS = [
    {
        "firstName": "Ada",
        "lastName": "Lovelace",
        "email": "Ada@Example.com",
        "phone": "+46701234567",
    },
    {"first_name": "Grace", "last_name": "Hopper", "plan": "pro", "data": {"team": "navy"}},
]


LODASH = r"""
var _ = {
  omit: (value, names) =>
    Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => !names.includes(key))),
  get: (value, path, other) =>
    path.split(/[.[\]]+/).reduce((held, key) => held?.[key], value) ?? other,
  pick: (value, names) =>
    Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => names.includes(key))),
  has: (value, key) => Object.hasOwn(value, key),
  isNil: (value) => value == null,
  isEmpty: (value) => value == null || Object.keys(Object(value)).length === 0,
};
"""
"""Segment has it, the embedded runtime has not."""


def events():
    """Calls of every kind, with and without what functions look for."""
    names = re.compile(r'"([A-Z][a-z]+(?: [A-Z][a-z]+)?)"')
    found = {name for path in FUNCTIONS for name in names.findall(path.read_text("utf-8"))}
    context = {"page": {"url": "https://example.com/pricing"}}
    for name in [*sorted(found), "Upgraded", "Nobody Knows", "constructor"]:
        for properties in PROPERTIES:
            for user in ("u-1", None):
                base = {"messageId": f"m-{name}", "context": context, "properties": properties}
                base |= {"userId": user, "anonymousId": "a-1", "timestamp": "2026-01-01T00:00:00Z"}
                yield {"type": "track", "event": name, **base}
                yield {"type": "page", "name": name, **base}
    for traits in TRAITS:
        yield {"type": "identify", "userId": "u-1", "messageId": "m-i", "traits": traits}
    for traits in ({}, *PROPERTIES):
        base = {"userId": "u-1", "messageId": "m-g", "timestamp": "2026-01-01T00:00:00Z"}
        yield {"type": "group", "groupId": "g-1", "traits": traits, **base}
    yield {"type": "delete", "userId": "u-1", "messageId": "m-d"}


@pytest.fixture(scope="module")
def runtime():
    with Runtime() as running:
        yield running


def imported(path, *words):
    """What `segfn import function` writes, and what it says."""
    ran = CliRunner().invoke(main, ["import", "function", str(path), *words])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran.stdout, ran.stderr


def compiled(text):
    report = Report()
    output = compile_text(text, "mapping.yaml", Project.at(HOME), report)
    assert output is not None, list(report)
    return output


def sent(runtime, code, rules):
    """What a function asks of Novu, for each event."""

    job = Job(code=code, settings=SETTINGS, rules=rules)
    return [
        [asked(request) for request in line["requests"] if request["method"] != "GET"]
        for line in runtime.run(job, list(events()))
    ]


def asked(request):
    """A request as what it is to the people: which workflow, for whom, with what."""
    path = re.sub(r"^https://[^/]+/v\d/|\?.*", "", request["url"])
    body = request["body"] if isinstance(request["body"], dict) else {}
    body = {key: value for key, value in body.items() if key != "transactionId"}
    if path.startswith("subscribers"):
        return (
            "subscriber",
            request["method"] == "DELETE",
            {
                **({"subscriberId": path.split("/")[1]} if "/" in path else {}),
                **present(body),
            },
        )
    body = present(body)
    name = body.get("name", "")
    body["name"] = name.strip() if isinstance(name, str) else json.dumps(name)  # as segfn does
    if isinstance(body.get("to"), list) and len(body["to"]) == 1:
        body["to"] = body["to"][0]  # the same to Novu
    if isinstance(body.get("to"), (int, float)):
        body["to"] = json.dumps(body["to"])  # an id is a text in a mapping
    return path, body


def present(value):
    """A value without nulls, which are left out of lists too, and without what is empty."""
    if isinstance(value, dict):
        kept = {key: present(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if part not in (None, {}, [])}
    if isinstance(value, list):
        return [present(part) for part in value if part is not None]
    return value


@pytest.mark.parametrize("path", FUNCTIONS, ids=lambda path: path.stem)
def test_the_mapping_sends_what_the_function_sends(path, runtime):
    text, said = imported(path)
    assert "error[" not in said
    output = compiled(text)
    rules = tuple(rule(told) for told in output.responses)
    code = path.read_text("utf-8")
    theirs = sent(runtime, code + LODASH if "_." in code else code, rules)
    ours = sent(runtime, output.text, rules)
    different = [
        (event, theirs_, ours_)
        for event, theirs_, ours_ in zip(events(), theirs, ours, strict=True)
        if nothing_lost(theirs_) != [request for request in ours_ if request != CREATED]
    ]
    assert different[:2] == []
    assert sum(map(len, ours)) > 5


def nothing_lost(requests):
    """The requests that Novu takes: those that name a workflow, and somebody."""
    return [
        request
        for request in requests
        if request[0] != "events/trigger" or (request[1].get("name") and whom(request[1].get("to")))
        if request != ("subscriber", False, {})
        if not request[0].endswith("/subscriptions") or "subscriptions" in request[1]
    ]


def whom(to):
    found = to.get("subscriberId") if isinstance(to, dict) else to
    return found if isinstance(found, (str, list)) else None
