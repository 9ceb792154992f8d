"""A Segment, a Novu with one fault, and the generated file between them."""

from __future__ import annotations

import json
import re
from collections import deque
from random import Random

from novu_server import Novu
from segment_model import Clock, Segment, Thrown

from generator.sandbox.runtime import Job

from .traffic import WORKFLOWS

START = 1_000_000.0
AT_ONCE = 12
USER = re.compile(r'"userId": "([^"]*)"')
TROUBLE = 60 * 60.0
"""Seconds for which requests meet faults; Segment tries again for four hours."""


class World:
    """One run: `events` come every `pace` seconds, `share` of the requests meets the `fault`.

    `calls` are the deliveries on their way. Those of one user take turns, as Segment's mostly
    do: what two calls that change one profile at the same moment do to each other is not tried.
    """

    def __init__(self, events, fault=None, batch=None, *, seed=1, share=0.3, pace=0.05, **options):
        self.fault, self.batch = fault, batch
        self.share, self.latency = share, options.pop("latency", 300)
        self.at = START
        self.elapsed = 0.0
        self.random = Random(seed)
        # What was asked is not kept: many worlds run at once.
        told = {"tier": None, "requests": deque(maxlen=0), **options.pop("novu", {})}
        self.novu = Novu(clock=lambda: self.at, faults=self.meets, **told)
        self.novu.add(*WORKFLOWS)
        self.segment = Segment(None, Clock(START), batch=batch, seed=seed, **options)
        for number, event in enumerate(events):
            self.segment.send(event, at=START + number * pace)
        self.held = None
        self.calls = self.due()

    def due(self):
        """The next deliveries, up to one that must wait for another of its user."""
        calls, users = [], set()
        while len(calls) < AT_ONCE and (delivery := self.held or self.segment.take()):
            self.held = delivery
            mine = set(map(user_of, delivery.texts))
            if calls and (delivery.together or users & mine):
                break
            self.held = None
            calls.append(delivery)
            users |= mine
            if delivery.together:
                break
        return calls

    def meets(self, _):
        """The fault of a request; the trouble ends while Segment still tries again."""
        troubled = self.fault is not None and self.at < START + TROUBLE
        return self.fault if troubled and self.random.random() < self.share else None

    def answer(self, call, request):
        """Novu's answer to a request of a call."""
        self.at = call.at + request["at"] / 1000
        told = self.novu.answer({**request, "body_text": request["text"] or ""})
        return {**told, "latency": self.latency}

    def settle(self, call, line):
        """Tell Segment how a call ended."""
        seconds = line["elapsed_ms"] / 1000
        self.elapsed += seconds
        self.segment.settle(call, ending(line), seconds)


def ending(line):
    """The end of a handler as Segment sees it."""
    if line["outcome"] == "timeout":
        return Thrown("Timeout")
    if line["error"] is not None:
        return Thrown(line["error"]["name"], line["error"]["message"])
    return line["result"]


def play(runtime, text, worlds):
    """Run worlds to their ends side by side; yields each when Segment and Novu are done."""
    job = Job(code=text, settings={"apiKey": "nv-key"}, together=True)
    going = list(worlds)
    while going:
        calls = [(world, call) for world in going for call in world.calls]
        for (world, call), line in zip(calls, run(runtime, job, calls), strict=True):
            world.settle(call, line)
        for world in going:
            world.calls = world.due()
            if not world.calls:
                world.novu.settle()
                yield world
        going = [world for world in going if world.calls]


def run(runtime, job, calls):
    """The results of calls that run at the same time."""

    def answer(request):
        world, call = calls[request["event"]]
        return world.answer(call, request)

    return list(runtime.run(job, map(argument, (call for _, call in calls)), answer))


def argument(call):
    """What the handler gets, as JSON text: an event, or the list of a batch."""
    return f"[{','.join(call.texts)}]" if call.together else call.texts[0]


def user_of(text):
    """Whom an event is about; a search is quicker than reading it."""
    return USER.search(text)[1]


def shared(events):
    """Events as JSON texts, which many worlds can share."""
    return [json.dumps(event) for event in events]
