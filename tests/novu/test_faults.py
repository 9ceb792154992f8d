"""Every action under every fault, in the embedded V8 and under Node: the same requests, the same
end as without the fault once Segment has tried again."""

from __future__ import annotations

from itertools import product

import pytest
from novu_server.faults import FAULTS
from novu_server.server import serve

from .conftest import (
    EVENTS,
    SETTINGS,
    compiled,
    is_to_be_tried_again,
    notified,
    novu,
    run,
    run_all,
    state,
)

CASES = list(product(EVENTS, (None, *FAULTS)))
WAITS = {"hang", "hang-after"}
"""Faults that cost all the time there is: half a second, so that the tests need not wait."""


def two_tries(cases, run_some):
    """How each case ends at first, and after a second try where Segment would give it one."""
    slow = [index for index, (_, fault) in enumerate(cases) if fault in WAITS]
    quick = [index for index, (_, fault) in enumerate(cases) if fault not in WAITS]
    first = run_some(compiled("0.5s"), slow) | run_some(compiled(), quick)
    again = [index for index, line in first.items() if is_to_be_tried_again(line)]
    return first, first | run_some(compiled(), again)


def in_v8(runtime, novus, cases):
    """Run cases in the embedded V8."""

    def run_some(code, indexes):
        events = [EVENTS[cases[index][0]] for index in indexes]
        lines = run_all(runtime, code, [novus[index] for index in indexes], events)
        return dict(zip(indexes, lines, strict=True))

    return two_tries(cases, run_some)


def in_node(run_node, novus, cases):
    """Run cases under Node against the imitation over HTTP; those that only wait, all at once."""

    def run_some(code, indexes):
        told = [
            {"code": code, "settings": SETTINGS, "event": EVENTS[cases[index][0]]}
            for index in indexes
        ]
        with serve(*(novus[index] for index in indexes)) as server:
            at_once = 6 if code == compiled() else len(indexes)
            given = {"server": server, "cases": told, "atOnce": at_once}
            lines = run_node("segment.cjs", given)
        for index in indexes:
            novus[index].settle()
        return dict(zip(indexes, lines, strict=True))

    return two_tries(cases, run_some)


@pytest.mark.parametrize("name", EVENTS)
def test_a_retry_after_any_fault_ends_where_no_fault_ends(runtime, code, name):
    calm = novu()
    run(runtime, code, calm, EVENTS[name])
    cases = [(name, fault) for fault in FAULTS]
    novus = [novu(fault) for fault in FAULTS]
    first, last = in_v8(runtime, novus, cases)
    for index, (made, fault) in enumerate(zip(novus, FAULTS, strict=True)):
        if fault == "redirect":
            assert not is_to_be_tried_again(first[index])
            continue
        end = last[index]
        final = [told["status"] for told in end["result"] or ()]
        assert end["outcome"] == "delivered", (fault, end["error"])
        assert set(final) <= {200}, (fault, end["result"])
        assert notified(made) == notified(calm), fault
        assert state(made) == state(calm), fault


@pytest.mark.node
def test_node_sends_the_same_requests_after_every_fault(runtime, run_node):
    unequal = CASES
    for _ in range(3):  # a machine too busy for the deadline of a call gets another chance
        told = different(runtime, run_node, unequal)
        unequal = list(told)
        if not unequal:
            break
    assert not unequal, told


def different(runtime, run_node, cases):
    """What both engines did in cases where that differs."""
    mine, theirs = ([novu(*filter(None, [fault])) for _, fault in cases] for _ in range(2))
    tries = [in_v8(runtime, mine, cases), in_node(run_node, theirs, cases)]
    seen = [
        [
            (ending(first[index]), ending(last[index]), asked(made), notified(made), state(made))
            for index, made in enumerate(novus)
        ]
        for (first, last), novus in zip(tries, (mine, theirs), strict=True)
    ]
    return {
        case: (ours, under_node)
        for case, ours, under_node in zip(cases, *seen, strict=True)
        if ours != under_node
    }


def ending(line):
    return {name: line[name] for name in ("outcome", "error", "result")}


def asked(made):
    """The requests; those of a batch have no order that both engines keep."""
    return sorted(
        (
            told.request.method,
            told.request.url,
            told.request.headers.get("authorization"),
            told.request.headers.get("content-type"),
            told.request.text,
        )
        for told in made.requests
    )
