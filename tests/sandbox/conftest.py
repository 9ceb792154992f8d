"""Functions as a few words of JavaScript, run in the embedded V8."""

from __future__ import annotations

import json

import pytest

from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job, Runtime

TRACK = {"type": "track", "event": "E", "userId": "u"}


@pytest.fixture(scope="session")
def runtime():
    with Runtime() as running:
        yield running


@pytest.fixture
def run(runtime):
    """Run events, by default one track call, through code; the results of `segfn run`."""

    def run_code(code, *events, rules=(), **job):
        made = Job(code=code, rules=tuple(rule(told) for told in rules), **job)
        return list(runtime.run(made, events or [TRACK]))

    return run_code


@pytest.fixture
def track(run):
    """The result of one track call, from the body of `onTrack`."""

    def run_body(body, event=None, **job):
        code = f"async function onTrack(event, settings) {{ {body} }}"
        (result,) = run(code, event or TRACK, **job)
        return result

    return run_body


@pytest.fixture
def value(track):
    """What a function body returns, through JSON: `value("return 1 + 1")`."""

    def run_expression(body, **job):
        code = f"console.log(JSON.stringify(await (async () => {{ {body} }})() ?? null))"
        result = track(code, **job)
        assert result["outcome"] == "delivered", result["error"]
        return json.loads(result["logs"][0]["text"])

    return run_expression
