"""Hand-written functions of every style: the embedded V8 beside Node.js with node-fetch 2.6.0.

Both run every event of `tests/data/events.ndjson` under every fault and must agree in all that
`segfn run` tells: outcome, error, requests, logs, result and time. By default each function
meets every event and a few of the faults; `make corpus` takes them all.
"""

from __future__ import annotations

import json
import os
from itertools import islice
from pathlib import Path

import pytest

from generator.sandbox.answers import FAULTS, rule
from generator.sandbox.runtime import Job, Runtime

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FILES = [
    *sorted((HERE / "corpus").glob("*.js")),
    *sorted((ROOT / "benchmarks" / "peers").glob("novu-*.js")),
    ROOT / "dist" / "novu-guide.js",
]
LINES = (ROOT / "tests" / "data" / "events.ndjson").read_text("utf-8").splitlines()
SETTINGS = {"apiKey": "key-0123456789", "user": "ann", "password": "pass word"}
JOBS = {
    "insert-enrich": {"kind": "insert"},
    "node-globals": {"globals": "node"},
}
ELSEWHERE = {"location": "https://other.example.org/new?moved=1"}
ANSWERS = {
    "200": [{"json": {"id": "x-1", "message": "fine", "access_token": "t-1"}}],
    "200 empty": [{"status": 200}],
    "200 HTML": [{"text": "<html>hello", "headers": {"content-type": "text/html"}}],
    "201": [{"status": 201, "json": {"data": {"status": "processed", "acknowledged": True}}}],
    "204": [{"status": 204}],
    "302": [{"url": "*example.com*", "status": 302, "headers": ELSEWHERE}, {"json": {}}],
    "303": [{"url": "*example.com*", "status": 303, "headers": {"location": "/see"}, "times": 1}],
    "307": [{"url": "*example.com*", "status": 307, "headers": ELSEWHERE}, {"status": 202}],
    "304": [{"status": 304}],
    "400": [{"status": 400, "json": {"message": "no, 'é' 😀"}}],
    "401": [{"status": 401, "text": "who?"}],
    "404": [{"status": 404, "json": {}}],
    "409": [{"status": 409, "json": []}],
    "429": [{"status": 429, "headers": {"Retry-After": "30"}, "json": {"message": "slow down"}}],
    "500": [{"status": 500, "text": "oops\n"}],
    "501": [{"status": 501}],
    "503 then 200": [{"status": 503, "text": "<html>down", "times": 1}, {"json": {"ok": 1}}],
    "599": [{"status": 599, "json": None}],
    "late": [{"latency": "4900ms", "json": {}}],
    "too late": [{"latency": "6s", "json": {}}],
    **{fault: [{"fault": fault}] for fault in FAULTS},
    "reset then 200": [{"fault": "reset", "times": 1}, {"json": {"message": "again"}}],
}
SHARE = 3  # so many faults of all are met by each function where not all are asked for


@pytest.fixture(scope="module")
def engines(node_modules):
    """The embedded V8, and Node.js in the folder that has node-fetch."""
    here = Path.cwd()
    with Runtime() as ours, Runtime(engine="node") as theirs:
        os.chdir(node_modules.parent)
        try:
            told = "function onTrack() { console.log(String(fetch).includes('fetch.Promise')) }"
            (result,) = theirs.run(Job(code=told), [{"type": "track"}])
        finally:
            os.chdir(here)
        assert result["logs"][0]["text"] == "true", "it is not node-fetch that answers"
        yield ours, theirs


def chosen(place):
    """The faults that a function meets."""
    names = list(ANSWERS)
    if os.environ.get("SEGFN_CORPUS") == "all":
        return names
    return list(islice([*names, *names], place * SHARE % len(names), None))[:SHARE]


def results(engine, job, lines=LINES):
    return [json.loads(line) for line in engine.lines(job, lines)]


@pytest.mark.node
@pytest.mark.parametrize("place", range(len(FILES)), ids=[path.stem for path in FILES])
def test_v8_and_node_agree(place, engines):
    path = FILES[place]
    code = path.read_text("utf-8")
    for name in chosen(place):
        rules = tuple(rule(told) for told in ANSWERS[name])
        job = Job(code=code, settings=SETTINGS, rules=rules, **JOBS.get(path.stem, {}))
        mine, theirs = (results(engine, job) for engine in engines)
        for one, other, line in zip(mine, theirs, LINES, strict=True):
            assert plain(one) == plain(other), (name, line)


def plain(result):
    """A result without the words in which the engines say that a package is missing."""
    if result["outcome"] == "unavailable":
        return {**result, "error": None}
    return result
