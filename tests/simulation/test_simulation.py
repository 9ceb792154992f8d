"""A short run of the simulation; `make simulate` is the whole of it."""

from __future__ import annotations

import re

import pytest

from generator.sandbox.runtime import Runtime

from .simulate import TROUBLES, code, simulate
from .traffic import PERMANENT

COUNT = 80
FORESEEN = {
    "redirect": {"Novu answered 307"},
    # What Novu has against a request is not known where its answer breaks off.
    "truncated": {"Novu answered 422"},
    "endless": {"Novu answered 422"},
}


@pytest.fixture(scope="module")
def text():
    return code()


@pytest.fixture(scope="module")
def runtime():
    with Runtime() as running:
        yield running


@pytest.mark.parametrize("batch", [None, 400], ids=["single", "batch"])
def test_nothing_is_doubled_lost_or_written_wrongly(runtime, text, batch):
    cases = [(trouble, batch) for trouble in TROUBLES]
    rows = {row.fault: row for row in simulate(runtime, text, cases, COUNT)}
    assert len(rows) == len(TROUBLES)
    assert [row for row in rows.values() if row.broken] == []
    for fault, row in rows.items():
        assert row.delivered + row.discarded == COUNT < row.notified
        causes = set(re.findall(r"\d+ x ([^,]*)", row.causes))
        assert causes <= {*PERMANENT} | FORESEEN.get(fault, set()), row


def first_row(runtime, text, trouble, batch=None, count=COUNT):
    (row,) = simulate(runtime, text, [(trouble, batch)], count)
    return row


def test_the_simulation_would_see_a_double(runtime, text):
    broken = re.sub(r"transactionId: dedupeKey\(.*\),", "", text)
    assert broken != text
    assert first_row(runtime, broken, "reset-after").doubled > 0


def test_the_simulation_would_see_a_loss(runtime, text):
    broken = text.replace(
        '"RetryError" : "InvalidEventPayload"', '"InvalidEventPayload" : "RetryError"'
    )
    assert broken != text
    row = first_row(runtime, broken, "503")
    assert row.notified < first_row(runtime, text, "503").notified


def test_the_simulation_would_see_a_route_that_is_skipped(runtime, text):
    broken = text.replace(
        "recipients) => () => {", "recipients, part) => () => {\n if (part) return;"
    )
    assert broken != text
    assert first_row(runtime, broken, None).lost > 0


def test_the_simulation_would_see_a_wiped_profile(runtime, text):
    broken = text.replace("if (OPTIONS.merge_data &&", "if (false && OPTIONS.merge_data &&")
    assert broken != text
    assert first_row(runtime, broken, None, count=200).wrong_profiles > 0
