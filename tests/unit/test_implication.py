"""Which condition implies which, judged on every small event by the independent reference."""

from __future__ import annotations

import random
from itertools import product

import pytest
from marked import place
from reference.conditions import judge
from reference.conditions import parse as parse_reference
from reference.notation import Scope as ReferenceScope

from generator.changes.conditions import shift
from generator.changes.implication import implies
from generator.diagnostics import Report
from generator.expressions.scope import Scope
from generator.fql import parse_condition

MISSING = object()
VALUES = (MISSING, None, True, False, 1, 2, 3, 1.5, "1", "a", "b", "\U00010000", "\uffff", [1])
SCOPES = [
    ReferenceScope({"properties": {k: v for k, v in (("a", a), ("b", b)) if v is not MISSING}})
    for a, b in product(VALUES, (MISSING, None, True, 1, 2, "a"))
]


def read(text):
    report = Report()
    found = parse_condition(text, place, Scope("track"), report)
    assert found is not None, [entry.message for entry in report]
    return found


class Conditions:
    """Random conditions, the same for the same seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def condition(self, depth):
        pick = self.random.random()
        if depth == 0 or pick < 0.3:
            return self.comparison()
        if pick < 0.45:
            return f"!({self.condition(depth - 1)})"
        word = self.random.choice([" and ", " or "])
        count = self.random.choice([2, 2, 3])
        return f"({word.join(self.condition(depth - 1) for _ in range(count))})"

    def comparison(self):
        place = self.random.choice(["properties.a", "properties.a", "properties.b"])
        operator = self.random.choice(["=", "=", "!=", "<", "<=", ">", ">=", "in", "in", ""])
        if operator == "in":
            items = self.random.choices(CONSTANTS, k=self.random.randrange(4))
            return f"{place} in [{', '.join(items)}]"
        if not operator:
            return place
        sides = [place, self.random.choice([*CONSTANTS, *CONSTANTS, "properties.b"])]
        self.random.shuffle(sides)
        return f" {operator} ".join(sides)


CONSTANTS = ("null", "true", "false", "1", "2", "3", '"1"', '"a"', '"b"', '"\U00010000"')


def test_what_is_implied_holds_for_every_event():
    texts = sorted({Conditions(seed).condition(seed % 3) for seed in range(150)})
    known = []
    for text in texts:
        judged = parse_reference(text, {})
        holds = {at for at, event in enumerate(SCOPES) if judge(judged, event)}
        known.append((text, read(text), holds))
    implied = missed = 0
    for (one, first, narrow), (other, second, wide) in product(known, known):
        if implies(first, second):
            implied += 1
            assert narrow <= wide, f"{one}  does not imply  {other}"
        elif narrow <= wide and narrow and len(wide) < len(SCOPES):
            missed += 1
    assert implied > 2 * missed, (implied, missed)  # it is sound, not complete


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("properties.a > 1", "properties.a >= 1", "widened"),
        ("properties.a > 1", "properties.a > 2", "narrowed"),
        ("properties.a > 1", "properties.a > 2 or properties.b", "changed"),
        ("properties.a > 1", "1 < properties.a", None),
        ("properties.a > 1", "properties.a < 1", "changed"),
        ('properties.a in ["a", "b"]', 'properties.a = "b"', "narrowed"),
        ('properties.a in ["a", "b"]', 'properties.a in ["b", "a"]', None),
        ('properties.a != "a"', '!(properties.a in ["a", "b"])', "narrowed"),
        ('properties.a != "a"', 'properties.a = "b"', "narrowed"),
        ("properties.a = 1", 'properties.a = "1"', "changed"),
        ("properties.a", "properties.a = true", None),
        ("properties.a", "properties.a = true and properties.b", "narrowed"),
        ("!(properties.a >= 2)", "properties.a < 2", "changed"),
        ("!(properties.a >= 2)", "!(properties.a > 2)", "widened"),
        ("length(properties.a) > 1", "length(properties.a) > 3", "narrowed"),
        ("properties.a > properties.b", "properties.a >= properties.b", "changed"),
        ("1 = 2", "2 = 1", "changed"),
        ('properties.a = "a"', 'properties.a in ["a"]', None),
        ('properties.a != "a"', '!("a" = properties.a)', None),
        ("!(!(properties.a > 1))", "properties.a > 1", None),
        ('properties.a in ["a", properties.b]', 'properties.a in [properties.b, "a"]', "changed"),
    ],
)
def test_how_a_condition_shifts(before, after, expected):
    assert shift(read(before), read(after)) == expected
