"""The interpreter judged by Segment's own libraries, on random cases.

`SEGFN_CASES` sets how many (2,000), `SEGFN_SEED` which; a failure prints the seed of its case.
"""

from __future__ import annotations

import os
from collections import Counter
from random import Random
from typing import Any

import pytest

from reference import MISSING, DirectiveError, directive, holds, same
from reference.generators import (
    random_fql_documented,
    random_fql_shared,
    random_mapping_kit,
)
from reference.mapping_kit import DIRECTIVES

pytestmark = pytest.mark.node

CASES = int(os.environ.get("SEGFN_CASES", "2000"))
SEED = os.environ.get("SEGFN_SEED", "1")
ALIKE = 20  # failures shown


def cases(make: Any, what: str) -> dict[str, Any]:
    """Cases by the seed that makes each."""
    seeds = [f"{what}/{SEED}/{index}" for index in range(CASES)]
    return {seed: make(Random(seed)) for seed in seeds}


def rows(made: dict[str, Any]) -> Counter[str]:
    return Counter(row for case in made.values() for row in case.rows)


def told(value: Any) -> Any:
    """A value as `answer.js` tells it."""
    if isinstance(value, list):
        return [told(item) for item in value]
    if isinstance(value, dict):
        return {key: told(member) for key, member in value.items()}
    return MISSING if value == "\0undefined" else value


def ours(mapping: Any, event: Any) -> Any:
    try:
        return directive(mapping, event)
    except DirectiveError:
        return DirectiveError


def test_directives_give_what_actions_core_gives(ask_peers):
    made = cases(random_mapping_kit, "mapping-kit")
    answers = ask_peers(
        [
            {"peer": "transform", "mapping": case.mapping, "event": case.event}
            for case in made.values()
        ]
    )
    classes: Counter[str] = Counter()
    failures = []
    for (seed, case), answer in zip(made.items(), answers, strict=True):
        mine = ours(case.mapping, case.event)
        theirs = DirectiveError if "error" in answer else told(answer["value"])
        equal = mine is theirs if DirectiveError in (mine, theirs) else same(mine, theirs)
        classes["both refuse" if theirs is DirectiveError else "equal"] += equal
        if not equal:
            failures.append((seed, case.mapping, case.event, mine, answer))
    assert failures[:ALIKE] == []
    assert classes["equal"] > CASES / 2
    assert classes["both refuse"] > CASES / 20
    assert set(DIRECTIVES) - {"@liquid"} <= set(rows(made))
    assert CASES < 2000 or min(rows(made).values()) > 1


def test_conditions_hold_where_segment_actions_trigger(ask_peers):
    made = cases(random_fql_shared, "shared")
    judged(ask_peers, made, lambda case: {"peer": "validate", "fql": case.fql})


def test_conditions_hold_where_destination_filters_do(ask_peers):
    made = cases(random_fql_documented, "documented")
    judged(ask_peers, made, lambda case: {"peer": "tsub", "ir": case.ir})


def judged(ask_peers: Any, made: dict[str, Any], job: Any) -> None:
    answers = ask_peers([{**job(case), "event": case.event} for case in made.values()])
    failures = []
    verdicts: Counter[bool] = Counter()
    for (seed, case), answer in zip(made.items(), answers, strict=True):
        mine = holds(case.fql, case.event)
        verdicts[mine] += 1
        if answer != {"value": mine}:
            failures.append((seed, case.fql, case.event, mine, answer))
    assert failures[:ALIKE] == []
    assert min(verdicts.values()) > CASES / 5
    assert CASES < 2000 or min(rows(made).values()) > 1
