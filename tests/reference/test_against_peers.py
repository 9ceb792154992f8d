"""The interpreter and the generated code, judged by Segment's own libraries on random cases.

`SEGFN_CASES` sets how many of each (5,000), `SEGFN_SEED` which. Of what differs the smallest
case is shown.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from . import MISSING, DirectiveError, directive, holds, same
from .compiled import THROWN, condition_code, run_all, value_code
from .generators import random_fql_documented, random_fql_shared, random_mapping_kit
from .generators.shorthand import random_shorthand
from .generators.triggers import random_trigger, random_unreadable
from .mapping_kit import SEEN, rooted
from .shrinking import shrunk, smaller, smaller_text
from .tables import DIRECTIVES, PATHS, TRIGGERS
from .trees import tree_of

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.node

CASES = int(os.environ.get("SEGFN_CASES", "5000"))
SEED = os.environ.get("SEGFN_SEED", "1")
SHOWN = 2
REFUSED = "refused"


def cases(make: Callable[[Random], Any], count: int = CASES) -> list[Any]:
    """Cases that are the same for the same seed."""
    return [make(Random(f"{make.__name__}/{SEED}/{index}")) for index in range(count)]


def rows(made: list[Any]) -> Counter[str]:
    return Counter(row for case in made for row in case.rows)


def check(made: list[Any], judge: Callable[[list[Any]], list[Any]], steps: Any) -> Counter[str]:
    """Fail with small cases where a judge tells a difference; else its verdicts, counted.

    A verdict is a word, or a tuple of what the two sides said.
    """
    verdicts = judge(made)
    wrong = [case for case, said in zip(made, verdicts, strict=True) if isinstance(said, tuple)]
    if wrong:

        def failing(candidates: list[Any]) -> list[bool]:
            return [isinstance(said, tuple) for said in judge(candidates)]

        simplest = sorted(wrong, key=lambda case: len(repr(case)))[:SHOWN]
        small = [shrunk(case, steps, failing) for case in simplest]
        told = [f"{case}\n{said}" for case, said in zip(small, judge(small), strict=True)]
        pytest.fail(f"SEGFN_SEED={SEED}, {len(wrong)} differ\n\n" + "\n\n".join(told), False)
    return Counter(verdicts)


def told(answer: dict[str, Any]) -> Any:
    """A peer's answer; REFUSED for an error, MISSING for undefined in a list."""
    return REFUSED if "error" in answer else _with_holes(answer["value"])


def _with_holes(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_holes(item) for item in value]
    if isinstance(value, dict):
        return {key: _with_holes(member) for key, member in value.items()}
    return MISSING if value == "\0undefined" else value


def as_sent(value: Any) -> Any:
    """A value as JSON holds it: what is missing in a list is null."""
    if isinstance(value, list):
        return [None if item is MISSING else as_sent(item) for item in value]
    if isinstance(value, dict):
        return {key: as_sent(member) for key, member in value.items()}
    return value


def simpler_mapping(case: Any) -> Any:
    yield from (replace(case, mapping=each) for each in smaller(case.mapping, top=False))
    yield from (replace(case, event=each) for each in smaller(case.event, top=False))


def simpler_condition(case: Any) -> Any:
    yield from (replace(case, fql=each) for each in smaller_text(case.fql))
    yield from (replace(case, event=each) for each in smaller(case.event, top=False))


# --- directives ---------------------------------------------------------------


def test_directives_give_what_actions_core_gives(run_node, ask_peers, record_property):
    def judge(made: list[Any]) -> list[Any]:
        jobs = [{"peer": "transform", "mapping": c.mapping, "event": c.event} for c in made]
        theirs = [told(answer) for answer in ask_peers(jobs)]
        ours = transformed(run_node, made)
        return [
            _verdict(interpreted(case), mine, peer)
            for case, mine, peer in zip(made, ours, theirs, strict=True)
        ]

    made = cases(random_mapping_kit)
    SEEN.clear()
    verdicts = check(made, judge, simpler_mapping)
    assert verdicts["equal"] > CASES / 2
    assert verdicts["both refuse"] > CASES / 20
    assert verdicts["refused early"] < CASES / 5
    touched = rows(made) + SEEN
    complete(record_property, "mapping-kit's paths", PATHS, touched)
    complete(record_property, f"mapping-kit's directives ({dict(verdicts)})", DIRECTIVES, touched)


def transformed(run_node: Any, made: list[Any]) -> list[Any]:
    """What the code of each mapping gives for its event; REFUSED where segfn refuses it."""
    # Inside @literal everything means what it means in mapping-kit.
    codes = [value_code({"@literal": _rooted(case.mapping)}) for case in made]
    asked = [(code, case.event) for code, case in zip(codes, made, strict=True) if code]
    answers = iter(run_all(run_node, asked))
    return [REFUSED if code is None else next(answers) for code in codes]


def _rooted(mapping: Any) -> Any:
    try:
        return rooted(mapping)
    except DirectiveError:
        return {"@refused": mapping}


def interpreted(case: Any) -> Any:
    try:
        return directive(case.mapping, case.event)
    except DirectiveError:
        return REFUSED


def _verdict(interpreter: Any, ours: Any, theirs: Any) -> Any:
    """A word where all agree, else the differences; segfn may refuse what never runs."""
    if not _agree(interpreter, theirs):
        return ("the interpreter", interpreter, "actions-core", theirs)
    if ours is REFUSED:
        return "both refuse" if theirs is REFUSED else "refused early"
    if theirs is REFUSED:
        return "both refuse" if ours == THROWN else ("segfn", ours, "actions-core", theirs)
    agree = _agree(ours, as_sent(theirs))
    return "equal" if agree else ("segfn", ours, "actions-core", theirs)


def _agree(one: Any, other: Any) -> bool:
    return one is other if REFUSED in (one, other) else same(one, other)


def test_shorthand_gives_what_its_directives_give(run_node, ask_peers):
    def judge(made: list[Any]) -> list[Any]:
        jobs = [{"peer": "transform", "mapping": c.mapping, "event": c.event} for c in made]
        theirs = [told(answer) for answer in ask_peers(jobs)]
        codes = [value_code(case.value) for case in made]
        assert None not in codes
        ours = run_all(run_node, [(code, c.event) for code, c in zip(codes, made, strict=True)])
        return [
            "equal" if same(mine, as_sent(peer)) else ("segfn", mine, "actions-core", peer)
            for mine, peer in zip(ours, theirs, strict=True)
        ]

    made = cases(random_shorthand, CASES // 2)
    assert check(made, judge, lambda _: ()) == {"equal": len(made)}
    assert min(rows(made).values()) > 1


# --- conditions ---------------------------------------------------------------


def conditions_agree(run_node: Any, made: list[Any], ask: Callable[[list[Any]], list[Any]]) -> None:
    def judge(made: list[Any]) -> list[Any]:
        codes = [condition_code(case.fql) for case in made]
        asked = [each for each, code in zip(made, codes, strict=True) if code]
        pairs = [(code, each.event) for code, each in zip(filter(None, codes), asked, strict=True)]
        found = zip(asked, run_all(run_node, pairs), ask(asked), strict=True)
        verdicts = iter(
            mine if holds(each.fql, each.event) is mine is peer else (mine, peer)
            for each, mine, peer in found
        )
        return [REFUSED if code is None else next(verdicts) for code in codes]

    verdicts = check(made, judge, simpler_condition)
    assert verdicts[REFUSED] == 0
    assert min(verdicts[True], verdicts[False]) > CASES / 5


def test_conditions_hold_where_segment_actions_trigger(run_node, ask_peers):
    def ask(made: list[Any]) -> list[Any]:
        answers = ask_peers([{"peer": "validate", "fql": c.fql, "event": c.event} for c in made])
        return [answer.get("value") for answer in answers]

    conditions_agree(run_node, cases(random_fql_shared), ask)


def test_conditions_hold_where_destination_filters_do(run_node, ask_peers):
    def ask(made: list[Any]) -> list[Any]:
        jobs = [{"peer": "tsub", "ir": tree_of(c.fql), "event": c.event} for c in made]
        return [answer.get("value") for answer in ask_peers(jobs)]

    made = cases(random_fql_documented)
    assert [case.fql for case in made[:500] if tree_of(case.fql) != case.ir] == []
    conditions_agree(run_node, made, ask)
    assert CASES < 2000 or min(rows(made).values()) > 1


def test_a_condition_without_a_warning_means_the_same_in_a_trigger(ask_peers, record_property):
    def judge(made: list[Any]) -> list[Any]:
        answers = ask_peers([{"peer": "trigger", "fql": c.fql, "event": c.event} for c in made])
        return [
            _trigger_verdict(case, answer.get("value"))
            for case, answer in zip(made, answers, strict=True)
        ]

    made = cases(random_trigger)
    verdicts = check(made, judge, simpler_condition)
    assert verdicts["same"] > CASES / 10
    dead = cases(random_unreadable, max(CASES // 5, 200))
    answers = ask_peers([{"peer": "trigger", "fql": c.fql, "event": c.event} for c in dead])
    fired = [case for case, answer in zip(dead, answers, strict=True) if answer.get("value")]
    assert [case for case in fired if not holds(case.fql, case.event)] == []
    complete(record_property, "triggers that read FQL otherwise", TRIGGERS, rows([*made, *dead]))


def _trigger_verdict(case: Any, theirs: Any) -> Any:
    """Whether both agree where nothing was said."""
    if theirs is None:
        return "not readable there"
    code = condition_code(case.fql)
    if code is None:
        return "not readable here"
    if code.warnings & {"actions-differ", "text-order"}:
        return "told"
    mine = holds(case.fql, case.event)
    return "same" if mine is theirs else (mine, theirs)


# --- coverage -----------------------------------------------------------------


def complete(
    record: Any, what: str, table: dict[str, tuple[str, ...]], touched: Counter[str]
) -> None:
    """Every row of a table was touched; printed at the end of the run."""
    missed = {row: [name for name in names if not touched[name]] for row, names in table.items()}
    assert not any(missed.values()) or CASES < 5000, missed
    forms = sum(map(len, table.values()))
    met = forms - sum(map(len, missed.values()))
    rows_met = f"{len(table)} rows, {met} of {forms} forms"
    record("coverage", f"{what}: {rows_met}, {CASES:,} cases, seed {SEED}")
