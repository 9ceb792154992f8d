"""Triggers taken apart: routes that run for exactly the events of the trigger."""

from __future__ import annotations

import os
from random import Random

import pytest
from reference import holds
from reference.generators import random_event
from reference.generators.triggers import random_trigger, random_unreadable

from generator.diagnostics import Report, Span
from generator.expressions.scope import CARRIED
from generator.imports import triggers

CASES = int(os.environ.get("SEGFN_CASES", "500"))
SEED = os.environ.get("SEGFN_SEED", "1")
NAMES = ("vip", "Order Completed", "Home", "a b")


def read(text):
    """The condition of a trigger, and the slugs of what is said about it."""
    report = Report()
    condition = triggers.read(text, lambda start, end: Span("x", 1, start, 1, end), report)
    return condition, {entry.code.slug for entry in report}


def runs(stands, event):
    """Whether one of the routes would run for an event."""
    name = event.get("event", event.get("name"))
    return any(
        stand.section == event["type"]
        and (
            not stand.names
            or name in stand.names
            or ("*" in stand.names and name not in stand.told)
        )
        and (stand.when is None or holds(stand.when, event))
        for stand in stands
    )


def calls(rng):
    """Calls of every type that carry what Segment's spec gives them, and a name."""
    for section, carried in CARRIED.items():
        event = {key: value for key, value in random_event(rng).items() if key in carried}
        event["type"] = section
        for named in {"event", "name"} & carried:
            event[named] = rng.choice(NAMES)
        yield event


def test_routes_run_for_the_events_of_their_trigger():
    different, met = [], 0
    for index in range(CASES):
        rng = Random(f"stands/{SEED}/{index}")
        text = random_trigger(rng).fql
        if rng.random() < 0.7:
            text = f'type = "{rng.choice(tuple(CARRIED))}" and ({text})'
        condition, _ = read(text)
        if condition is None:
            continue
        stands = list(triggers.stands(condition))
        for event in calls(rng):
            wanted = holds(text, event) and (event["type"] != "delete" or "type" in text)
            met += wanted
            if runs(stands, event) != wanted:
                different.append((text, event, stands))
    assert different[:2] == []
    assert met > CASES / 2


@pytest.mark.node
def test_what_segment_cannot_read_is_told(ask_peers):
    cases = [
        make(Random(f"{make.__name__}/{SEED}/{index}"))
        for make in (random_trigger, random_unreadable)
        for index in range(CASES // 2)
    ]
    answers = ask_peers([{"peer": "trigger", "fql": c.fql, "event": c.event} for c in cases])
    silent = []
    for case, answer in zip(cases, answers, strict=True):
        condition, told = read(case.fql)
        if "value" in answer and answer["value"] is None and condition is not None and not told:
            silent.append(case.fql)
    assert silent[:5] == []
