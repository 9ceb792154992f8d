"""What 1,000 events cost at Novu, and what faults do to them: segfn beside Novu's own samples.

`python benchmarks/novu.py` prints both tables; every number is of one run in virtual time.
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from novu_server.faults import ELSEWHERE, FAULTS

from generator.sandbox.runtime import Runtime
from tests.simulation.simulate import code, wrong_profiles
from tests.simulation.traffic import events, wanted
from tests.simulation.world import World, play, shared

PEERS = Path(__file__).parent / "peers"
# node-fetch 2.6.0 closes its connections: each call pays TCP, TLS 1.3 and the request itself.
ROUND_TRIPS = 3
KNOWN = ("Signed Up", "Order Completed", "Team Invited")
"""The events that every one of the functions knows, each with one workflow."""


def world(sent, **options):
    """A Segment and a Novu that remembers its requests, whoever would send them."""
    quiet = {"alone": 0.0, "repeat": 0.0, "novu": {"requests": [], "judged": False}}
    return World(shared(sent), pace=0.005, **quiet, **options)


def cost(runtime, functions):
    """Requests, rate-limit tokens and the time that handlers take for 1,000 events."""
    sent = list(events(1000, 1))
    yield (
        *("function", "events a call", "round trip", "calls", "requests", "tokens"),
        *("seconds in all", "seconds a call"),
    )
    for name, text in functions.items():
        batches = (None, 20, 100, 400) if name == "segfn" else (None,)
        runs = {
            world(sent, batch=batch, latency=latency * ROUND_TRIPS): (batch or 1, latency)
            for batch, latency in product(batches, (50, 300))
        }
        ended = {runs[run]: run for run in play(runtime, text, list(runs))}
        for (size, latency), run in sorted(ended.items()):
            attempts = run.segment.attempts
            calls = round(sum(1 / attempt.together for attempt in attempts))
            requests, tokens = len(run.novu.requests), run.novu.environment.tokens.total()
            seconds = f"{run.elapsed:.0f}", f"{run.elapsed / calls:.2f}"
            yield (name, size, f"{latency} ms", calls, requests, tokens, *seconds)


def damage(runtime, functions):
    """What became of 300 events of which a fifth of the requests met a fault."""
    sent = list(events(300, 1))
    yield ("fault", *functions)
    columns = []
    for name, text in functions.items():
        runs = {world(sent, fault=fault, share=0.2): fault for fault in (None, *FAULTS)}
        found = {runs[run]: harm(name, run, sent) for run in play(runtime, text, list(runs))}
        columns.append(found)
    for fault in (None, *FAULTS):
        yield (fault or "none", *(found[fault] for found in columns))


def harm(name, run, sent):
    """What was doubled, what never came, whose profile is wrong, how often the key left."""
    pairs = Counter(
        (event["properties"]["number"], *pair)
        for event in sent
        if event.get("event") in KNOWN
        for pair in wanted(event)
        if pair[0] != "vip-order"
    )
    got = Counter(note_of(note) for note in run.novu.notifications)
    got = Counter({key: number for key, number in got.items() if key in pairs})
    delivered = run.segment.report().delivered
    numbers = {
        "doubled": sum((got - pairs).values()),
        "lost": sum((pairs - got).values()),
        # The blog's function writes no profiles.
        "wiped": 0 if name == "blog" else wrong_profiles(run.novu, sent, delivered),
        "x the key to another host": sum(
            told.request.url.startswith(ELSEWHERE) for told in run.novu.requests
        ),
    }
    return ", ".join(f"{number} {what}" for what, number in numbers.items() if number) or "nothing"


def note_of(note):
    """Which notification it is; the blog's function sends the properties one level deeper."""
    properties = note.payload.get("payload", note.payload)
    return (properties["number"], note.workflow, note.subscriber_id)


def is_number(cell):
    """Whether a cell stands to the right: 42, 0.21, 50 ms."""
    return cell.removesuffix(" ms").replace(".", "").isdigit()


def show(title, rows):
    """Rows as aligned columns."""
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    numeric = [all(map(is_number, column[1:])) for column in zip(*rows, strict=True)]
    print(f"{title}\n")
    for row in rows:
        cells = [
            cell.rjust(width) if column and numeric[column] else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
    print()


def main():
    """Print both tables."""
    functions = {"segfn": code()}
    for name in ("guide", "blog"):
        functions[name] = (PEERS / f"novu-{name}.js").read_text("utf-8")
    with Runtime() as runtime:
        show("1,000 events; a call to Novu takes three round trips", cost(runtime, functions))
        show(
            "300 events, a fifth of the requests meets a fault: what goes wrong",
            damage(runtime, functions),
        )


if __name__ == "__main__":
    main()
