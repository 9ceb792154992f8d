"""Runs the generated file between a Segment and a Novu that fail in every way they can.

`python -m tests.simulation.simulate 20000` prints the whole table.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from novu_server import Novu, Workflow
from novu_server.faults import FAULTS
from segment_model import Clock, Segment, Thrown

from generator.compiler import compile_file
from generator.diagnostics import Report
from generator.project import find_project
from generator.sandbox.runtime import Job, Runtime

HERE = Path(__file__).parent
WORKFLOWS = ("welcome", "order-receipt", "vip-order", "invitation")
FIELDS = ("firstName", "lastName", "email")
START = 1_000_000.0
TROUBLE = 60 * 60.0
"""Seconds for which requests meet faults; Segment tries again for four hours."""
PERMANENT = {"redirect"}
"""Faults that are answers no retry could mend."""


@dataclass(frozen=True)
class Row:
    """One run: what was sent and what became of it."""

    fault: str
    mode: str
    events: int
    delivered: int
    discarded: int
    undelivered: int
    attempts: int
    doubled: int
    lost: int
    wrong_profiles: int


def code():
    report = Report()
    output = compile_file(HERE / "mapping.yaml", find_project(HERE), report)
    assert output is not None, list(report)
    return output.text


def events(count, seed):
    """Events of a few users; no two identifies of a user name the same field."""
    random = Random(seed)
    users = [f"user-{number}" for number in range(max(3, count // 20))]
    told = Counter()
    for number in range(count):
        user = random.choice(users)
        event = {"messageId": f"m-{number}", "userId": user}
        if random.random() < 0.4:
            turn = told[user]
            told[user] += 1
            if turn < len(FIELDS):
                name = FIELDS[turn]
                value = f"{user}@example.com" if name == "email" else f"{name} of {user}"
                traits = {name: value}
            else:
                traits = {"data": {f"key{turn}": turn}}
            yield {**event, "type": "identify", "traits": traits}
        else:
            name = random.choice(["Signed Up", "Order Completed", "Team Invited", "Ignored"])
            members = random.sample(users, min(len(users), random.choice([1, 2, 150])))
            properties = {"total": random.randrange(200), "members": members}
            yield {**event, "type": "track", "event": name, "properties": properties}


def wanted(event):
    """The notifications that an event stands for: (workflow, subscriber)."""
    if event["type"] == "identify":
        return []
    user, properties = event["userId"], event["properties"]
    match event["event"]:
        case "Signed Up":
            return [("welcome", user)]
        case "Order Completed":
            vip = [("vip-order", user)] if properties["total"] >= 100 else []
            return [("order-receipt", user), *vip]
        case "Team Invited":
            return [("invitation", member) for member in properties["members"]]
    return []


def profiles(sent):
    """What the profiles must be when every one of these identifies has arrived."""
    found = {}
    for event in sent:
        if event["type"] == "identify":
            profile, data = found.setdefault(event["userId"], ({}, {}))
            traits = dict(event["traits"])
            data |= traits.pop("data", {})
            profile |= traits
    return found


class World:
    """A Segment, a Novu with one fault, and the function between them."""

    def __init__(self, runtime, text, fault, batch, seed, share=0.3):
        random = Random(seed)
        self.runtime, self.text, self.offset = runtime, text, 0.0
        self.latency, self.elapsed = 300, 0.0
        self.clock = Clock(START)
        self.novu = Novu(
            clock=lambda: self.clock() + self.offset,
            tier=None,
            faults=lambda _: fault if self.troubled() and random.random() < share else None,
        )
        self.novu.add(*(Workflow(name) for name in WORKFLOWS))
        self.segment = Segment(
            self.deliver, self.clock, batch=batch, fallback=self.deliver_one, seed=seed
        )
        if batch is None:
            self.segment.deliver = self.deliver_one

    def troubled(self):
        """Whether the trouble goes on; it ends while Segment still tries again."""
        return self.clock() < START + TROUBLE

    def job(self, *, batch):
        return Job(code=self.text, settings={"apiKey": "nv-key"}, batch=batch)

    def answer(self, request):
        self.offset = request["at"] / 1000
        told = self.novu.answer(
            {
                "method": request["method"],
                "url": request["url"],
                "headers": request["headers"],
                "body_text": request["text"] or "",
            }
        )
        self.offset = 0.0
        return {**told, "latency": self.latency}

    def run(self, group, *, batch):
        (line,) = self.runtime.run(self.job(batch=batch), group, self.answer)
        self.clock.advance(line["elapsed_ms"] / 1000)
        self.elapsed += line["elapsed_ms"] / 1000
        return line

    def deliver_one(self, group):
        line = self.run(group, batch=False)
        error = line["error"]
        if line["outcome"] == "timeout":
            return Thrown("Timeout")
        return None if error is None else Thrown(error["name"], error["message"])

    def deliver(self, group):
        line = self.run(group, batch=True)
        if line["error"] is not None:
            return Thrown(line["error"]["name"], line["error"]["message"])
        return line["result"]


def simulate(runtime, text, fault, count, batch=None, seed=1):
    """One run; the row says what was doubled, lost or written wrongly."""
    world = World(runtime, text, fault, batch, seed)
    sent = list(events(count, seed))
    for number, event in enumerate(sent):
        world.segment.send(event, at=world.clock() + number * 0.05)
    report = world.segment.run()
    world.novu.settle()
    got = Counter((told.workflow, told.subscriber_id) for told in world.novu.notifications)
    everyone = Counter(pair for event in sent for pair in wanted(event))
    arrived = Counter(pair for event in report.delivered for pair in wanted(event))
    complete = not report.discarded and not report.undelivered
    return Row(
        fault=fault or "none",
        mode=f"batch {batch}" if batch else "single",
        events=count,
        delivered=len(report.delivered),
        discarded=len(report.discarded),
        undelivered=len(report.undelivered),
        attempts=len(report.attempts),
        doubled=sum((got - everyone).values()),
        lost=sum((arrived - got).values()),
        wrong_profiles=wrong_profiles(world.novu, sent) if complete else 0,
    )


def wrong_profiles(novu, sent):
    """How many subscribers differ from what all identifies say."""
    expected = profiles(sent)
    wrong = 0
    for user, (profile, data) in expected.items():
        known = novu.subscribers.get(user)
        mine = {} if known is None else {name: known.profile.get(name) for name in profile}
        wrong += known is None or mine != profile or dict(known.data or {}) != data
    return wrong


HEADINGS = ("fault", "mode", "events", "delivered", "discarded", "undelivered", "attempts",
            "doubled", "lost", "wrong profiles")  # fmt: skip


def table(rows):
    lines = [
        HEADINGS,
        *(tuple(str(getattr(row, name)) for name in Row.__annotations__) for row in rows),
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def main(count):
    text = code()
    rows = []
    with Runtime() as runtime:
        for fault in (None, *FAULTS):
            for batch in (None, 20, 400):
                rows.append(simulate(runtime, text, fault, count, batch))
                print(table(rows).splitlines()[-1], file=sys.stderr, flush=True)
    print(table(rows))
    return sum(row.doubled + row.lost + row.undelivered + row.wrong_profiles for row in rows)


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 200) else 0)
