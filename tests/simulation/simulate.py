"""Runs the generated file between a Segment and a Novu that fail in every way they can.

`python -m tests.simulation.simulate 20000` prints the whole table.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import astuple, dataclass, fields
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from novu_server.faults import FAULTS

from generator.compiler import compile_file
from generator.diagnostics import Report
from generator.project import find_project
from generator.sandbox.runtime import Runtime

from .traffic import PERMANENT, events, profiles, wanted
from .world import World, play, shared

HERE = Path(__file__).parent
MODES = (None, 20, 400)
OLD = "reset-after, Novu of 2022"
FREE = "limits of the free plan"
SERVERS = {
    OLD: {"fault": "reset-after", "novu": {"dedupe": "http"}},
    FREE: {"novu": {"tier": "free"}, "pace": 0.005},
}
"""Further rows: a server that refuses a known transactionId, and one that counts requests."""
TROUBLES = (None, *FAULTS, *SERVERS)


@dataclass(frozen=True)
class Row:
    """One run: what was sent and what became of it; `causes` says why events were given up."""

    fault: str
    mode: str
    events: int
    delivered: int
    discarded: int
    undelivered: int
    attempts: int
    notified: int
    doubled: int
    lost: int
    wrong_profiles: int
    causes: str

    @property
    def broken(self):
        """How many promises were broken."""
        return self.undelivered + self.doubled + self.lost + self.wrong_profiles


def code():
    report = Report()
    output = compile_file(HERE / "mapping.yaml", find_project(HERE), report)
    assert output is not None, list(report)
    return output.text


def simulate(runtime, text, cases, count, seed=1):
    """The rows of cases `(trouble, batch)`, all at the same time; in the order they end."""
    sent = list(events(count, seed))
    texts = shared(sent)
    worlds = {}
    for trouble, batch in cases:
        options = SERVERS.get(trouble, {"fault": trouble})
        world = World(texts, batch=batch, seed=f"{seed} {trouble} {batch}", **options)
        worlds[world] = trouble
    for world in play(runtime, text, worlds):
        yield judge(world, worlds.pop(world), sent)


def judge(world, trouble, sent):
    """What became of the events of a world that has ended."""
    report = world.segment.report()
    causes = Counter(cause_of(dropped.reason) for dropped in report.discarded)
    # A route that can never notify excuses itself alone.
    excused = [told.event for told in report.discarded if cause_of(told.reason) in PERMANENT]
    notes = world.novu.notifications
    got = Counter((note.payload["number"], note.workflow, note.subscriber_id) for note in notes)
    everyone = pairs(sent)
    return Row(
        fault=trouble or "none",
        mode=f"batch {world.batch}" if world.batch else "single",
        events=len(sent),
        delivered=len(report.delivered),
        discarded=len(report.discarded),
        undelivered=len(report.undelivered),
        attempts=len(report.attempts),
        notified=len(notes),
        doubled=sum(number - (key in everyone) for key, number in got.items()),
        lost=len(pairs([*report.delivered, *excused]) - got.keys()),
        wrong_profiles=wrong_profiles(world.novu, sent, report.delivered),
        causes=", ".join(f"{number} x {cause}" for cause, number in sorted(causes.items())),
    )


def pairs(some):
    """Every notification that events stand for: (number, workflow, subscriber)."""
    return {
        (event["properties"]["number"], *pair)
        for event in some
        if event["type"] == "track"
        for pair in wanted(event)
    }


def cause_of(reason):
    """The end of a reason, which names no event: `Novu answered 307`."""
    last = reason.rsplit(": ", 1)[-1]
    return last.split(" of track/")[0].split(" to track/")[0]


def wrong_profiles(novu, sent, delivered):
    """How many users are known otherwise than their identifies say, key by key.

    What was delivered must be there. What was given up may be: Novu can have written it without
    an answer in time, before a later try was refused.
    """
    must, may = profiles(delivered), profiles(sent)
    return sum(not is_between(must.get(user), *told, may[user]) for user, told in known(novu, may))


def known(novu, users):
    """The profile and the custom data of users; empty for one who is not known."""
    for user in users:
        found = novu.subscribers.get(user)
        yield user, ({}, {}) if found is None else (found.profile, dict(found.data or {}))


def is_between(least, profile, data, most):
    """Whether a profile has all that it must have, and nothing that it may not."""
    pairs = zip(least or ({}, {}), (profile, data), most, strict=True)
    return all(few.items() <= found.items() <= all_.items() for few, found, all_ in pairs)


HEADINGS = tuple(field.name.replace("_", " ") for field in fields(Row))


def table(rows):
    lines = [HEADINGS, *(tuple(map(str, astuple(row))) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    texts = {0, 1, len(HEADINGS) - 1}
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in texts else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def rows_of(text, cases, count):
    """What one process does; it says on stderr which rows it has."""
    with Runtime() as runtime:
        rows = []
        for row in simulate(runtime, text, cases, count):
            rows.append(row)
            print(f"{row.fault}, {row.mode}: {row.broken} broken", file=sys.stderr, flush=True)
        return rows


def main(count):
    """Print the table; the number of broken promises."""
    cases = [(trouble, batch) for trouble in TROUBLES for batch in MODES]
    workers = os.cpu_count() or 1
    text = code()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        parts = [pool.submit(rows_of, text, cases[part::workers], count) for part in range(workers)]
        rows = [row for part in as_completed(parts) for row in part.result()]
    order = [trouble or "none" for trouble in TROUBLES]
    rows.sort(key=lambda row: (order.index(row.fault), row.mode != "single", len(row.mode)))
    print(table(rows))
    return sum(row.broken for row in rows)


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 200) else 0)
