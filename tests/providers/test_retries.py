"""Segment tries again for four hours; nobody is notified twice, and nobody is forgotten."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from segment_model import Clock, Segment, Thrown

from generator.sandbox.answers import milliseconds

from .conftest import EVENT, PROVIDERS, keyed_actions

TROUBLE = 30 * 60.0
"""Seconds for which the provider is in trouble, well within Segment's four hours."""
START = 1_000_000.0
FAULTS = ["refused", "429", "503", "answer-lost", "answer-broken"]
EVENTS = 8


class Vendor:
    """A provider that knows keys by its dedupe rule and fails in one way for a while."""

    def __init__(self, dedupe, fault, clock, seed):
        self.dedupe, self.fault, self.clock = dedupe, fault, clock
        self.random = Random(seed)
        window = milliseconds(dedupe.window) if dedupe.window else None
        self.window = float("inf") if window is None else window / 1000
        self.known = {}
        self.done = Counter()

    def answer(self, request):
        """One answer for one request, or for each record of a bulk request."""
        body = json.loads(request["text"])
        troubled = self.clock() < START + TROUBLE and self.random.random() < 0.5
        fault = self.fault if troubled else None
        if fault == "refused":
            return {"fault": "refused"}
        records = body if isinstance(body, list) else [body]
        statuses = [self.one(record, request["headers"], fault) for record in records]
        if fault == "answer-lost":
            return {"fault": "hang"}
        if fault == "answer-broken":
            return {"status": 202, "fault": "truncated", "text": "{}"}
        if isinstance(body, list):
            told = [{"status": word(each), "status_code": each} for each in statuses]
            return {"status": 207, "json": {"records": told}}
        return {"status": statuses[0], "json": {"data": {"status": "processed"}}}

    def one(self, record, headers, fault):
        """Do what a request asks for, unless its key is known or there is trouble."""
        place = self.dedupe
        key = headers[place.header.lower()] if place.header else record[place.field]
        since, status = self.known.get(key, (float("-inf"), 0))
        if self.clock() - since < self.window:
            return place.repeated or status
        if fault in {"429", "503"}:
            status = int(fault)
            if place.keeps_failures and status >= 500:
                self.known[key] = self.clock(), status
            return status
        self.known[key] = self.clock(), 202
        self.done[key] += 1
        return 202


def word(status):
    return "success" if status < 300 else "error"


def simulate(run, provider, action, fault, batch):
    """What came of some events: the vendor, and Segment's report."""
    clock = Clock(START)
    vendor = Vendor(action.dedupe, fault, clock, seed=7)

    def deliver(events, *, together=False):
        (line,) = run(provider, action, events, vendor.answer, batch=together)
        clock.advance(line["elapsed_ms"] / 1000)
        if line["error"] is not None:
            return Thrown(line["error"]["name"], line["error"]["message"])
        return line["result"]

    segment = Segment(
        deliver=(lambda events: deliver(events, together=True)) if batch else deliver,
        clock=clock,
        batch=batch,
        fallback=deliver,
        repeat=0.2,
        seed=7,
    )
    events = [{**EVENT, "messageId": f"m-{number}"} for number in range(EVENTS)]
    for number, event in enumerate(events):
        segment.send(event, at=START + number)
    return vendor, segment.run()


@keyed_actions
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("batch", [None, 20], ids=["single", "batch"])
def test_every_event_is_done_once(run, provider, action, fault, batch):
    vendor, report = simulate(run, provider, action, fault, batch)
    assert len(report.attempts) > EVENTS, "nothing was ever tried again"
    assert max(vendor.done.values()) == 1, "twice"
    assert report.discarded == []
    if action.dedupe.keeps_failures and fault == "503":
        assert len(vendor.done) < EVENTS, "the documentation says that such messages are lost"
        return
    assert report.undelivered == []
    assert len(vendor.done) == EVENTS, "lost"


def test_a_provider_that_forgets_keys_would_be_noticed(run):
    action = PROVIDERS["knock"].action("workflow")
    forgetful = replace(action, dedupe=replace(action.dedupe, window="0ms"))
    vendor, _ = simulate(run, "knock", forgetful, "answer-lost", None)
    assert max(vendor.done.values()) > 1
