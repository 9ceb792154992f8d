"""See `honesty.py`; `make honesty` checks 2,000 cases."""

from __future__ import annotations

import pytest
from honesty import main


@pytest.mark.parametrize("part", range(4))
def test_no_difference_goes_unsaid(part):
    counted = main(50, part * 100_000)
    # The cases do differ, and in all classes, or they would prove nothing.
    assert counted["with differences"] > 10
    assert min(counted["breaking"], counted["behaviour"], counted["cosmetic"]) > 0
