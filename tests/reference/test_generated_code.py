"""Generated JavaScript judged by the interpreter and by Segment's libraries, on random cases.

`SEGFN_CASES` sets how many (1,000), `SEGFN_SEED` which; a failure prints the seed of its case.
Events are frozen and come from another realm, as at Segment.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from generator import source
from generator.diagnostics import Report
from generator.emit import directives, expressions
from generator.emit.conditions import condition
from generator.emit.js import render
from generator.emit.tree import Return
from generator.expressions.scope import Scope
from generator.types import SCALARS, Type
from generator.values import read_condition, read_value
from reference import MISSING, DirectiveError, InvalidValue, directive, evaluate, holds, same
from reference.generators import (
    as_yaml,
    random_condition,
    random_fql_documented,
    random_fql_shared,
    random_mapping_kit,
    random_value,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.emit.tree import Expression

pytestmark = pytest.mark.node

CASES = int(os.environ.get("SEGFN_CASES", "1000"))
SEED = os.environ.get("SEGFN_SEED", "1")
ALIKE = 10  # failures shown
HELPERS = Path(__file__).parents[2] / "templates" / "helpers"
SCOPE = Scope("track", settings=frozenset({"environment", "beta", "regions", "labels"}))
TYPED = [kind for kind in SCALARS if kind != "id"]  # an id is trimmed, which no table shows
REFUSED = "refused"


@dataclass(frozen=True)
class Compiled:
    """Code to run for an event, and what it must give."""

    seed: str
    written: Any
    body: str
    event: Any
    settings: Any
    expected: Any


def seeds(what: str) -> Iterator[tuple[str, Random]]:
    for index in range(CASES):
        seed = f"{what}/{SEED}/{index}"
        yield seed, Random(seed)


def read(written: Any, reader: Callable[..., Any]) -> Any:
    """What our reader makes of a value in YAML; None where it refuses."""
    report = Report()
    document = source.parse(as_yaml(written), "case.yaml", report)
    return None if document is None else reader(document.root, document, SCOPE, report)


def body(made: Expression, hoisted: expressions.Hoisted) -> str:
    return "\n".join(render(each) for each in (*hoisted.statements, Return(made)))


def differences(compiled: list[Compiled], run_node: Any) -> list[Any]:
    """The cases whose code gives something else than expected."""
    files = sorted(HELPERS.glob("*.js"))
    answers = run_node(
        "evaluate.mjs",
        {
            "helpers": "\n".join(file.read_text("utf-8") for file in files),
            "cases": [
                {"body": case.body, "event": case.event, "settings": case.settings}
                for case in compiled
            ],
        },
    )
    return [
        (case.seed, case.written, case.body, case.event, case.expected, answer)
        for case, answer in zip(compiled, answers, strict=True)
        if not agrees(case.expected, answer)
    ]


def agrees(expected: Any, answer: dict[str, str]) -> bool:
    if "thrown" in answer:
        return expected == REFUSED and answer["thrown"].startswith("InvalidEventPayload: ")
    if expected is MISSING or "json" not in answer:
        return expected is MISSING and "json" not in answer
    return expected != REFUSED and same(expected, json.loads(answer["json"]))


def test_values_give_what_the_interpreter_says(run_node):
    compiled = []
    for seed, rng in seeds("value"):
        case = random_value(rng)
        value = read(case.value, read_value)
        if value is not None:
            hoisted = expressions.hoist([value])
            context = expressions.Context(hoisted=hoisted.names)
            code = body(expressions.value(value, Type("any"), context), hoisted)
            expected = outcome(evaluate, case.value, case.event, case.settings)
            compiled.append(Compiled(seed, case.value, code, case.event, case.settings, expected))
    assert differences(compiled, run_node)[:ALIKE] == []
    assert len(compiled) > CASES * 0.8


def test_typed_fields_take_what_the_interpreter_says(run_node):
    compiled = []
    for seed, rng in seeds("typed"):
        case, kind = random_value(rng, depth=0), rng.choice(TYPED)
        invalid = rng.choice(["omit", "reject"])
        value = read(case.value, read_value)
        if value is None or not list(expressions.paths_in(value)):
            continue  # literals are judged when generating
        hoisted = expressions.hoist([value])
        context = expressions.Context(hoisted=hoisted.names, invalid=invalid, label="field")
        code = body(expressions.value(value, Type(kind), context), hoisted)
        told = {"type": kind, "invalid": invalid}
        expected = outcome(evaluate, case.value, case.event, case.settings, **told)
        expected = MISSING if expected is None and "null" not in code else expected
        compiled.append(Compiled(seed, case.value, code, case.event, case.settings, expected))
    assert differences(compiled, run_node)[:ALIKE] == []
    assert len(compiled) > CASES * 0.4


def outcome(judge: Callable[..., Any], *args: Any, **told: Any) -> Any:
    try:
        return judge(*args, **told)
    except (DirectiveError, InvalidValue):
        return REFUSED


def test_conditions_hold_where_the_interpreter_says(run_node):
    compiled = []
    for seed, rng in seeds("condition"):
        case = random_condition(rng)
        expected = holds(case.fql, case.event, case.settings)
        compiled += compiled_condition(seed, case.fql, case.event, case.settings, expected)
    assert differences(compiled, run_node)[:ALIKE] == []
    verdicts = Counter(case.expected for case in compiled)
    assert min(verdicts[True], verdicts[False]) > CASES / 10


@pytest.mark.parametrize(
    ("make", "job"),
    [
        (random_fql_shared, lambda case: {"peer": "validate", "fql": case.fql}),
        (random_fql_documented, lambda case: {"peer": "tsub", "ir": case.ir}),
    ],
    ids=["destination-subscriptions", "tsub"],
)
def test_conditions_hold_where_segments_libraries_say(make, job, run_node, ask_peers):
    cases = [(seed, make(rng)) for seed, rng in seeds(make.__name__)]
    answers = ask_peers([{**job(case), "event": case.event} for _, case in cases])
    compiled = [
        made
        for (seed, case), answer in zip(cases, answers, strict=True)
        for made in compiled_condition(seed, case.fql, case.event, {}, answer["value"])
    ]
    assert differences(compiled, run_node)[:ALIKE] == []
    assert len(compiled) > CASES / 3


def compiled_condition(
    seed: str, fql: str, event: Any, settings: Any, expected: Any
) -> Iterator[Compiled]:
    """The condition as code, if our reader takes it."""
    found = read(fql, read_condition)
    if found is not None:
        hoisted = expressions.hoist([found])
        code = body(condition(found, expressions.Context(hoisted=hoisted.names)), hoisted)
        yield Compiled(seed, fql, code, event, settings, expected)


def test_directives_give_what_actions_core_gives(run_node, ask_peers):
    cases = [(seed, random_mapping_kit(rng)) for seed, rng in seeds("mapping-kit")]
    asked = [(seed, case) for seed, case in cases if is_accepted(case.mapping, case.event)]
    jobs = [{"peer": "transform", "mapping": c.mapping, "event": c.event} for _, c in asked]
    compiled = []
    for (seed, case), answer in zip(asked, ask_peers(jobs), strict=True):
        mapping = directives.rooted(case.mapping)
        made = directives.resolved(mapping, expressions.Context())
        code = body(made, expressions.Hoisted())
        expected = with_holes(answer["value"]) if "value" in answer else REFUSED
        compiled.append(Compiled(seed, case.mapping, code, case.event, {}, expected))
    assert differences(compiled, run_node)[:ALIKE] == []
    assert len(compiled) > CASES / 2


def is_accepted(mapping: Any, event: Any) -> bool:
    """Whether the mapping is valid, and runs for the event."""
    try:
        directive(mapping, event)
    except DirectiveError:
        return False
    return '"title"' not in json.dumps(mapping)  # of @case; refused when a mapping is read


def with_holes(value: Any) -> Any:
    """What `answer.js` tells, as JSON holds it: an undefined item is null."""
    if isinstance(value, list):
        return [None if item == "\0undefined" else with_holes(item) for item in value]
    if isinstance(value, dict):
        return {key: with_holes(member) for key, member in value.items()}
    return value
