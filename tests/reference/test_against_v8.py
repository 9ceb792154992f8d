"""Generated files judged by the interpreter: whole mappings, run in the embedded V8.

`SEGFN_CASES` sets how many routes (2,000), `SEGFN_SEED` which; of what differs the smallest
case is shown.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from random import Random

import pytest

from generator import directives, values
from generator.expressions import filters
from generator.fql.functions import FUNCTIONS
from generator.fql.parser import OPERATORS
from generator.sandbox.runtime import Runtime

from .generators.routes import FIELDS, File, RouteCase, random_file, random_route
from .routes import Bench, expected

CASES = int(os.environ.get("SEGFN_CASES", "2000"))
SEED = os.environ.get("SEGFN_SEED", "1")
A_FILE = 100  # routes in one mapping
SHOWN = 2


def routes(number: int) -> tuple[File, list[RouteCase]]:
    """One file and its routes; the same for the same seed and number."""
    rng = Random(f"v8/{SEED}/{number}")
    return random_file(rng), [random_route(rng) for _ in range(A_FILE)]


@pytest.fixture(scope="module")
def bench():
    with Runtime() as runtime:
        yield Bench(runtime)


@pytest.mark.parametrize("number", range(CASES // A_FILE))
def test_a_route_sends_what_the_interpreter_says(bench, number):
    file, cases = routes(number)
    differing = bench.differing(cases, file)
    if differing:
        small = [bench.shrunk(case, file) for case, _ in differing[:SHOWN]]
        pytest.fail("\n\n".join(told(bench, case, file) for case in small), pytrace=False)
    assert set(bench.refused) <= {"wrong-literal", "unknown-field"}
    assert bench.refused.total() < bench.judged / 5


def test_what_is_no_map_is_skipped_where_a_text_was_wanted(bench):
    """Nothing is left, which is missing, not wrong: the notification goes out."""
    file = File(settings={}, nulls="omit", invalid="reject", when=None)
    case = RouteCase("save", "phone", {"$merge": ["$.context"]}, {"context": []})
    assert bench.answers([case], file) == [expected(case, file)] == [{}]


def told(bench: Bench, case: RouteCase, file: File) -> str:
    """A case as someone wants to see it."""
    return "\n".join(
        (
            f"SEGFN_SEED={SEED} {file}",
            f"route:    {case.action} {case.field}: {json.dumps(case.value)}",
            f"when:     {case.when}   require: {case.require}",
            f"event:    {json.dumps(case.event)}",
            f"expected: {expected(case, file)!r}",
            f"sent:     {bench.answers([case], file)[0]!r}",
        )
    )


def test_the_routes_touch_all_of_the_language(record_property):
    touched = Counter(
        row for number in range(20) for case in routes(number)[1] for row in case.rows
    )
    language = {
        *(f"| {name}" for name in (*filters.FILTERS, *filters.ALIASES)),
        *(f"{name}()" for name in FUNCTIONS),
        *(f"field {name}" for name in FIELDS),
        *values.FORMS,
        *OPERATORS,
        *directives.CHECKS,
        *("$as", "$else", "??", "template", "in", "and", "or", "!", "bare value", "list", "map"),
    }
    assert language - touched.keys() == set()
    record_property(
        "coverage", f"the mapping language: {len(language)} rows, seed {SEED}, in whole files"
    )
