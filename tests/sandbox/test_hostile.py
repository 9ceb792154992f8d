"""Programs that run away cost their own event an outcome, and nothing else."""

# ruff: noqa: E501 - a piece of JavaScript reads best on one line

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job, Runtime

ENDLESS = {
    "loop": "while (true);",
    "loop after await": "await null; while (true);",
    "promises": "for (;;) await null;",
    "loop in a timer": "setTimeout(() => { while (true); }, 1); await new Promise(() => {});",
    "loop that catches": "for (;;) { try { while (true); } catch {} }",
    "regular expression": 'return /^(a+)+$/.test("a".repeat(40) + "b");',
    "error's message": "throw { get message() { while (true); } };",
    "blocked thread": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
}
GREEDY = {
    "heap": "const all = []; for (;;) all.push(new Array(1000).fill({}));",
    "heap after await": "await null; const all = []; for (;;) all.push({ n: all.length });",
    "text": "let text = 'x'; for (;;) text += text;",
    "typed arrays": "const all = []; for (;;) all.push(new Uint8Array(2e7).fill(1));",
    "recursion": "(function f() { f(); })();",
    "asynchronous recursion": "const f = async () => { await f(); }; await f();",
}
ODD = {
    "BigInt": ("return 10n", "delivered"),
    "broken text": ("console.log('😀'.slice(0, 1)); return '😀'.slice(0, 1)", "delivered"),
    "broken error": ("throw new Error('😀'.slice(0, 1))", "bad-request"),
    "invalid date": ("return new Date(NaN)", "delivered"),
    "hostile error": ("throw new Proxy({}, { get() { throw 1; } })", "bad-request"),
    "hostile thenable": ("return { get then() { throw new RetryError('x'); } }", "retry"),
    "toJSON": ("Object.prototype.toJSON = () => { throw 1; }; throw new RetryError()", "retry"),
    "other JSON": ("JSON.stringify = JSON.parse = () => 10n;", "delivered"),
    "other then": ("Promise.prototype.then = () => {};", "delivered"),
    "other arrays": ("Array.prototype.push = () => { throw 1; };", "bad-request"),
    "no globals": (
        "for (const name of Object.getOwnPropertyNames(globalThis)) delete globalThis[name];",
        "bad-request",
    ),
    "floating error": ("Promise.reject(new Error('nobody looks'))", "delivered"),
    "error in a timer": (
        "setTimeout(() => { throw new TypeError('x'); }, 1); await new Promise(() => {})",
        "bad-request",
    ),
    "deep body": (
        "await fetch('https://a.b/', { method: 'POST', body: '['.repeat(5000) + ']'.repeat(5000) })",
        "delivered",
    ),
    "requests without end": ("for (;;) await fetch('https://a.b/')", "unavailable"),
    "huge bodies": (
        "for (;;) await fetch('https://a.b/', { method: 'POST', body: 'x'.repeat(4e6) })",
        "unavailable",
    ),
}
TOLD = {
    "BigInt": ("return { type: 'track', total: 10n };", "bad-request"),
    "broken text": ("return { type: 'track', text: '😀'.slice(0, 1) };", "delivered"),
    "toJSON": ("return { type: 'track', toJSON() { for (;;); } };", "timeout"),
    "deep": ("let d = {}; for (let i = 0; i < 9e4; i += 1) d = { d }; return d;", "delivered"),
}
FLOOD = "for (let i = 0; i < 1e5; i += 1) console.log('x'.repeat(100));"
TRACK = {"type": "track"}
BAD = {"type": "track", "bad": True}


def guarded(body):
    """A function that runs a body for bad events only."""
    return f"async function onTrack(event) {{ if (event.bad) {{ {body} }} return event; }}"


def between(body, deadline, **job):
    """Three results: a good event, the one that runs the body, a good event."""
    code = guarded(body)
    at_once = (rule({"latency": "0ms"}),)
    events = [TRACK, BAD, TRACK]
    with Runtime(deadline=deadline) as runtime:
        list(runtime.run(Job(code=""), [{"type": "track"}]))
        began = time.monotonic()
        results = list(runtime.run(Job(code=code, rules=at_once, **job), events))
        return results, time.monotonic() - began


def outcomes(results):
    return [result["outcome"] for result in results]


@pytest.mark.parametrize("body", ENDLESS.values(), ids=ENDLESS.keys())
def test_what_never_ends_times_out(body):
    results, seconds = between(body, 0.3)
    assert outcomes(results) == ["delivered", "timeout", "delivered"]
    assert results[1]["handler"] == "onTrack"
    assert "computed for 0.3 s" in results[1]["error"]["message"]
    assert seconds < 10


@pytest.mark.parametrize("body", GREEDY.values(), ids=GREEDY.keys())
def test_what_wants_too_much_fails_alone(body):
    if sys.platform != "linux" and "Uint8Array" in body:
        pytest.skip("typed arrays are bounded on Linux only")
    results, _ = between(body, 20)
    assert outcomes(results) == ["delivered", "bad-request", "delivered"]
    assert results[1]["error"]["name"] in {"OutOfMemory", "RangeError", "Crash"}


@pytest.mark.parametrize(("body", "outcome"), ODD.values(), ids=ODD.keys())
def test_what_is_odd_gives_a_clear_outcome(body, outcome):
    results, _ = between(body, 5)
    assert outcomes(results) == ["delivered", outcome, "delivered"]


@pytest.mark.parametrize(("body", "outcome"), TOLD.values(), ids=TOLD.keys())
def test_what_an_insert_function_returns_may_be_odd(body, outcome):
    results, _ = between(body, 0.5, kind="insert")
    assert outcomes(results) == ["delivered", outcome, "delivered"]


def test_logs_without_end_are_cut():
    results, _ = between(FLOOD, 10)
    texts = [log["text"] for log in results[1]["logs"]]
    assert sum(map(len, texts)) < 300_000
    assert texts[-1] == "further logs are left out"


def test_code_that_hangs_while_it_loads_hangs_once():
    with Runtime(deadline=0.3) as runtime:
        began = time.monotonic()
        results = list(runtime.run(Job(code="while (true);"), [{"type": "track"}] * 50))
    assert outcomes(results) == ["timeout"] * 50
    assert time.monotonic() - began < 10


def test_several_runaways_in_one_chunk_are_told_apart():
    code = "function onTrack(event) { if (event.bad) while (true); }"
    events = [{"type": "track", "bad": place in {3, 7}} for place in range(12)]
    with Runtime(deadline=0.3) as runtime:
        results = list(runtime.run(Job(code=code), events))
    assert [place for place, one in enumerate(outcomes(results)) if one == "timeout"] == [3, 7]
    assert outcomes(results).count("delivered") == 10


def test_slow_events_are_not_called_endless():
    code = "function onTrack() { let n = 0; for (let i = 0; i < 1e7; i += 1) n ^= i; return n }"
    with Runtime(deadline=0.25) as runtime:
        results = list(runtime.run(Job(code=code), [{"type": "track"}] * 40))
    assert outcomes(results) == ["delivered"] * 40


def test_a_batch_that_hangs_is_one_result():
    with Runtime(deadline=0.3) as runtime:
        job = Job(code="function onBatch() { while (true); }", batch=True)
        (result,) = runtime.run(job, [{"type": "track"}] * 3)
    assert (result["index"], result["handler"], result["outcome"]) == (None, "onBatch", "timeout")


def children(parent=None):
    """The ids of the child processes of a process, by default of this one."""
    listed = subprocess.run(
        ["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    own = str(os.getpid() if parent is None else parent)
    return {pid for pid, above, args in rows if above == own and "child.py" in args}


def is_alive(pid):
    return subprocess.run(["ps", "-p", pid], capture_output=True, check=False).returncode == 0


def soon(holds):
    """Whether something comes true within ten seconds."""
    for _ in range(100):
        if holds():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="ps")
def test_no_process_is_left_behind():
    before = children()
    with Runtime(deadline=0.2) as runtime:
        list(runtime.run(Job(code="function onTrack() { while (true); }"), [{"type": "track"}]))
        list(runtime.run(Job(code=""), [{"type": "track"}]))
        assert len(children() - before) == 1
    assert children() == before


LOOPS = """
from generator.sandbox.runtime import Job, Runtime
job = Job(code="function onTrack() { while (true); }")
list(Runtime(deadline=60).run(job, ['{"type":"track"}']))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="ps")
def test_a_child_ends_with_its_parent_even_while_it_loops():
    with subprocess.Popen([sys.executable, "-c", LOOPS]) as parent:
        assert soon(lambda: children(parent.pid))
        time.sleep(0.5)
        (child,) = children(parent.pid)
        parent.kill()
    assert soon(lambda: not is_alive(child))


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_the_child_has_no_environment(monkeypatch):
    monkeypatch.setenv("CI_TOKEN", "secret")
    before = children()
    with Runtime() as runtime:
        list(runtime.run(Job(code=""), [{"type": "track"}]))
        (child,) = children() - before
        assert Path(f"/proc/{child}/environ").read_bytes() == b"TZ=UTC\0"
