"""A short run of the simulation; `make simulate` is the whole of it."""

from __future__ import annotations

import re

import pytest
from novu_server.faults import FAULTS

from generator.sandbox.runtime import Runtime

from .simulate import PERMANENT, code, simulate


@pytest.fixture(scope="module")
def text():
    return code()


@pytest.fixture(scope="module")
def runtime():
    with Runtime() as running:
        yield running


@pytest.mark.parametrize("batch", [None, 100], ids=["single", "batch"])
@pytest.mark.parametrize("fault", [None, *FAULTS])
def test_nothing_is_doubled_lost_or_written_wrongly(runtime, text, fault, batch):
    row = simulate(runtime, text, fault, count=40, batch=batch)
    assert (row.doubled, row.lost, row.undelivered, row.wrong_profiles) == (0, 0, 0, 0), row
    assert (row.discarded == 0) == (fault not in PERMANENT), row


def test_the_simulation_would_see_a_double(runtime, text):
    broken = re.sub(r"transactionId: dedupeKey\(.*\),", "", text)
    assert broken != text
    assert simulate(runtime, broken, "reset-after", count=40).doubled > 0


def test_the_simulation_would_see_a_loss(runtime, text):
    broken = text.replace(
        '"RetryError" : "InvalidEventPayload"', '"InvalidEventPayload" : "RetryError"'
    )
    assert broken != text
    assert simulate(runtime, broken, "503", count=40).discarded > 0


def test_the_simulation_would_see_a_wiped_profile(runtime, text):
    broken = text.replace("if (OPTIONS.merge_data &&", "if (false && OPTIONS.merge_data &&")
    assert broken != text
    assert simulate(runtime, broken, None, count=80).wrong_profiles > 0
