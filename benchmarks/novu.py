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

from generator.sandbox.runtime import Runtime
from tests.simulation.simulate import World, code, events, profiles, wanted

PEERS = Path(__file__).parent / "peers"
FAULTS = (None, "reset-after", "hang-after", "500-after", "endless", "refused", "429", "503")


def run(runtime, text, count, *, batch=None, latency=50, fault=None):
    """One world after all its events."""
    world = World(runtime, text, fault, batch, seed=1, share=0.2)
    world.latency = latency
    world.segment.alone = world.segment.repeat = 0.0
    sent = list(events(count, 1))
    for number, event in enumerate(sent):
        world.segment.send(event, at=world.clock() + number * 0.005)
    report = world.segment.run()
    world.novu.settle()
    return world, report, sent


def cost(runtime, functions):
    """Requests, rate-limit tokens and seconds of waiting for 1,000 events."""
    yield ("function", "events at once", "latency", "requests", "tokens", "seconds")
    for name, text in functions.items():
        batches = (None, 20, 100, 400) if name == "segfn" else (None,)
        for batch, latency in product(batches, (50, 300)):
            world, _, _ = run(runtime, text, 1000, batch=batch, latency=latency)
            tokens = sum(world.novu.environment.tokens.values())
            requests = len(world.novu.requests)
            yield (name, batch or 1, f"{latency} ms", requests, tokens, round(world.elapsed))


def damage(runtime, functions):
    """What became of 300 events of which a fifth of the requests met a fault."""
    yield ("function", "fault", "doubled", "lost", "profiles wrong", "attempts")
    for fault in FAULTS:
        for name, text in functions.items():
            world, report, sent = run(runtime, text, 300, fault=fault)
            known = {"Signed Up", "Order Completed", "Team Invited"}
            tracked = [event for event in sent if event.get("event") in known]
            pairs = Counter(pair for event in tracked for pair in wanted(event))
            if name != "segfn":  # the samples know one workflow an event
                pairs = Counter({pair: n for pair, n in pairs.items() if pair[0] != "vip-order"})
            got = Counter((told.workflow, told.subscriber_id) for told in world.novu.notifications)
            yield (
                name,
                fault or "none",
                sum((got - pairs).values()),
                sum((pairs - got).values()),
                wrong(world.novu, sent) if name != "blog" else "-",
                len(report.attempts),
            )


def wrong(novu, sent):
    """Subscribers whose profile is not what all identifies say."""
    count = 0
    for user, (profile, data) in profiles(sent).items():
        known = novu.subscribers.get(user)
        mine = {} if known is None else {key: known.profile.get(key) for key in profile}
        count += known is None or mine != profile or dict(known.data or {}) != data
    return count


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
    """Print both tables."""
    functions = {"segfn": code()}
    for name in ("guide", "blog"):
        functions[name] = (PEERS / f"novu-{name}.js").read_text("utf-8")
    with Runtime() as runtime:
        show(cost(runtime, functions))
        show(damage(runtime, functions))


if __name__ == "__main__":
    main()
