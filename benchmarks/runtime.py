"""How fast the embedded V8 runs a function, beside Node.js 20 with the same loop.

    python benchmarks/runtime.py

One run prints, for a generated and for a hand-written function, events per second in one child
and in two, and in Node.js outside `vm` with the same loop and the same stub of `fetch`; then where
the time goes, how long the first result takes, and the memory that 10,000 and 1,000,000 events
need. A machine may be busy: rounds are interleaved, the best counts, and the speed of one child and
of Node.js is compared by the chunks of events that nothing held up.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from generator.compiler import compile_file
from generator.diagnostics import Report
from generator.project import find_project
from generator.sandbox.runner import Target, run_blocks
from generator.sandbox.runtime import Job, _told

PEERS = Path(__file__).parent / "peers"
MAPPING = ROOT / "tests" / "simulation" / "mapping.yaml"
EVENTS = 20_000
CHUNK = 500
ROUNDS = 5
SETTINGS = {"apiKey": "nv-0123456789abcdef"}
NAMES = ("Signed Up", "Order Completed", "Page Left")
AIMS = {1: 45_000, 2: 80_000}
RATIO = 0.8


def event(number, chance):
    """A track call of about 1 KB, as Segment's libraries send it."""
    products = [
        {"product_id": f"p-{chance.randrange(10**6)}", "sku": f"G-{line}", "quantity": line + 1}
        for line in range(3)
    ]
    return {
        "type": "track",
        "event": NAMES[number % len(NAMES)],
        "messageId": f"{chance.getrandbits(128):032x}",
        "userId": f"user-{number}",
        "anonymousId": f"{chance.getrandbits(128):032x}",
        "channel": "client",
        "context": {
            "ip": "192.0.2.1",
            "library": {"name": "analytics.js", "version": "next-1.66.0"},
            "locale": "en-GB",
            "page": {"path": "/checkout", "title": "Checkout", "url": "https://shop.example/a"},
            "userAgent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/128.0",
        },
        "integrations": {},
        "properties": {"order_id": f"o-{number}", "total": number % 250, "products": products},
        "originalTimestamp": "2026-01-01T00:00:00.000Z",
        "receivedAt": "2026-01-01T00:00:01.000Z",
        "sentAt": "2026-01-01T00:00:00.500Z",
        "timestamp": "2026-01-01T00:00:00.400Z",
        "version": 2,
    }


def lines(count):
    chance = random.Random(8)
    return [json.dumps(event(number, chance)).encode() for number in range(count)]


def functions():
    """The jobs by name: a generated function, and one written by hand."""
    output = compile_file(MAPPING, find_project(MAPPING.parent), Report())
    target = Target.of(output)
    secret = target.secrets(SETTINGS)
    shared = {"settings": SETTINGS, "rules": target.answers, "secrets": secret}
    return {
        "generated": Job(code=target.code, routes=target.routes, **shared),
        "hand-written": Job(code=(PEERS / "novu-guide.js").read_text("utf-8"), **shared),
    }


# --- speed ------------------------------------------------------------------


def embedded(job, events, jobs):
    """Events per second of the whole, and of an undisturbed child, once all are warm."""
    done, took = 0, []
    blocks = run_blocks(job, [*events, *events], jobs)
    while done < len(events):
        done += next(blocks).count(b"\n") + 1
    done, began = 0, time.perf_counter()
    for block in blocks:
        took.append(time.perf_counter() - began - sum(took))
        done += block.count(b"\n") + 1
    return [done / sum(took), CHUNK / undisturbed(took) if jobs == 1 else 0]


def undisturbed(took):
    """The seconds of a chunk that nothing else held up: the tenth that is fastest bounds them."""
    return sorted(took)[len(took) // 10]


def in_node(job, events, folder, *options):
    """What the peer says: the seconds for all events, or a profile."""
    node = shutil.which("node") or sys.exit("Node.js is not installed")
    files = folder / "job.json", folder / "events.ndjson"
    files[0].write_text(_told(job, ask=False), "utf-8")
    files[1].write_bytes(b"\n".join(events))
    words = [node, "--max-old-space-size=128", PEERS / "loop.cjs", *files, *options]
    return json.loads(subprocess.run(words, check=True, capture_output=True).stdout)


def speed(jobs, events, folder):
    """Rows: events per second here and there."""
    yield ("function", "runs in", "events/s", "undisturbed", "beside Node", "aim")
    for name, job in jobs.items():
        rounds = []
        for _ in range(ROUNDS):
            took = in_node(job, events, folder)
            node = [len(took) * CHUNK / sum(took), CHUNK / undisturbed(took)]
            rounds.append([node, *(embedded(job, events, count) for count in AIMS)])
        node, *ours = [
            [max(column) for column in zip(*measured, strict=True)]
            for measured in zip(*rounds, strict=True)
        ]
        yield (name, "Node.js outside vm", f"{node[0]:,.0f}", f"{node[1]:,.0f}", "1.00", "")
        for (count, aim), (whole, alone) in zip(AIMS.items(), ours, strict=True):
            where = f"V8, {count} {'child' if count == 1 else 'children'}"
            told = f"{aim:,}/s, {RATIO} of Node" if count == 1 else f"{aim:,}/s"
            ratio = alone / node[1] if alone else whole / node[0]
            shown = f"{alone:,.0f}" if alone else ""
            yield (name, where, f"{whole:,.0f}", shown, f"{ratio:.2f}", told)


PARTS = {
    "fetch.js": "fetch",
    "crypto.js": "hashing",
    "buffer.js": "hashing",
    "url.js": "fetch",
    "function.js": "the function itself",
}
PARSING = {"readEvent", "run"}
RECORDING = {
    *("line", "quote", "masked", "mapText", "requestText", "bodyText", "responseText", "logText"),
    *("routesText", "errorText", "resultText", "isTooDeep", "verdict", "finish", "describe"),
}


def part(url, function):
    """Which part of the work a function of the profile does."""
    if url == "segment.js" and function in PARSING:
        return "parsing"
    if url == "segment.js" and function in RECORDING:
        return "recording"
    if function in ("(garbage collector)", "(program)", "(idle)"):
        return function.strip("()")
    return PARTS.get(url, "the loop")


def split(jobs, events, folder):
    """Rows: where the time goes, by a sampled profile of the same loop."""
    yield ("part", *jobs)
    shares = {}
    for name, job in jobs.items():
        spent = Counter()
        for url, function, time_ in in_node(job, events, folder, "--profile"):
            spent[part(url, function)] += time_
        total = sum(spent.values())
        shares[name] = {key: value / total for key, value in spent.items()}
    order = sorted(set().union(*shares.values()), key=lambda key: -shares["generated"].get(key, 0))
    for key in order:
        yield (key, *(f"{100 * shares[name].get(key, 0):.0f} %" for name in jobs))


# --- start and memory -------------------------------------------------------

ONE = """
import sys, time
from generator.sandbox.runtime import Job, Runtime
with Runtime() as runtime:
    began = time.perf_counter()
    next(runtime.run(Job(code="async function onTrack() {}"), ['{"type":"track"}']))
    print(time.perf_counter() - began)
"""


def first_result():
    """Seconds from an idle Python to the first result."""
    words = [sys.executable, "-c", ONE]
    return min(
        float(subprocess.run(words, cwd=ROOT, check=True, capture_output=True).stdout)
        for _ in range(ROUNDS)
    )


def peak(events, count, folder):
    """Megabytes that `segfn run` and its child used at most, and the seconds it took."""
    code = folder / "function.js"
    code.write_text((PEERS / "novu-guide.js").read_text("utf-8"), "utf-8")
    segfn = Path(sys.executable).with_name("segfn")
    words = [segfn, "run", code, "--events", "-", "--format", "ndjson", "--set", "apiKey=secret-1"]
    block = b"\n".join(events) + b"\n"
    began = time.perf_counter()
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as running:
        highest = Counter()
        for _ in range(count // len(events)):
            running.stdin.write(block)
            for process in (running.pid, *children(running.pid)):
                highest[process] = max(highest[process], high_water(process))
        running.stdin.close()
        running.wait()
    own = highest.pop(running.pid)
    return own, sum(highest.values()), time.perf_counter() - began


def children(process):
    """The processes that a process has started (Linux)."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return [int(word) for each in lists for word in each.read_text("utf-8").split()]


def high_water(process):
    """Megabytes that a process used at most so far (Linux)."""
    try:
        status = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return 0
    told = dict(line.split(":", 1) for line in status.splitlines())
    return int(told["VmHWM"].split()[0]) / 1024 if "VmHWM" in told else 0


def memory(events, folder):
    """Rows: memory for few and for many events."""
    yield ("events", "segfn", "its child", "seconds")
    for count in (10_000, 1_000_000):
        own, child, seconds = peak(events[:5_000], count, folder)
        yield (f"{count:,}", f"{own:.0f} MB", f"{child:.0f} MB", f"{seconds:.1f}")


def show(rows):
    """Rows as aligned columns."""
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
    print()


def main():
    events = lines(EVENTS)
    print(f"{EVENTS:,} events of {sum(map(len, events)) // len(events)} bytes, best of {ROUNDS}\n")
    jobs = functions()
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        show(speed(jobs, events, folder))
        show(split(jobs, events, folder))
        print(f"first result after {first_result():.2f} s\n")
        if sys.platform == "linux":
            show(memory(events, folder))


if __name__ == "__main__":
    main()
