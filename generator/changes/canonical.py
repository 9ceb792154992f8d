"""A part of the model in the one form that all parts of its meaning share.

The order of keys, and of the operands of `and` and `or`, means nothing: conditions and values
have no effects and always end. A comparison means the same from either side, and a list of values
in any order. Only where a written map may become text its keys stay as they are: in `@json`, and
as an item of `$each`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from generator.model import (
    And,
    Choices,
    Compare,
    Directive,
    Each,
    Filtered,
    IsTrue,
    Literal,
    MapOf,
    Not,
    Or,
    Path,
)

if TYPE_CHECKING:
    from generator.model import Condition, Operand

TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""The operator with which a comparison means the same from its other side."""


def same(before: object, after: object) -> bool:
    """Whether two parts of a model mean the same."""
    return before == after or canonical(before) == canonical(after)


def canonical(part: object) -> object:
    """Nested tuples that are equal if the parts mean the same; they can be hashed."""
    match part:
        case Literal():
            return "literal", json.dumps(part.value, sort_keys=True)
        case MapOf():
            entries = ((name, canonical(value)) for name, value in part.entries)
            return "map", tuple(sorted(entries, key=lambda entry: entry[0]))
        case Directive(name, argument) if name == "json" or '"@json"' in argument.json:
            return part
        case Each(over, item, name) if not isinstance(over, (Path, Filtered)):
            return "each", over, canonical(item), name
        case And() | Or() | Not() | IsTrue() | Compare():
            return _condition(part)
        case tuple():
            return tuple(map(canonical, part))
    return _by_members(part)


def _condition(part: Condition) -> object:
    asked = membership(part)
    if asked is not None:
        values = sorted({value.json for value in asked.values})
        return "among" if asked.among else "not among", canonical(asked.place), tuple(values)
    match part:
        case And(conditions) | Or(conditions):
            parts = sorted((canonical(each) for each in conditions), key=repr)
            return type(part).__name__, tuple(parts)
        case Not(Not(inner)):
            return canonical(inner)
    return _by_members(place_first(part) if isinstance(part, Compare) else part)


def _by_members(part: object) -> object:
    if names := _compared(type(part)):  # type: ignore[arg-type]  # a class can be hashed
        return (type(part).__name__, *(canonical(getattr(part, name)) for name in names))
    return part


@dataclass(frozen=True)
class Membership:
    """That a place in the event holds one of some values, or none of them."""

    place: Operand
    values: tuple[Literal, ...]
    among: bool = True


def membership(found: Condition) -> Membership | None:
    """A condition as a question about one place; None for one that asks something else."""
    match place_first(found) if isinstance(found, Compare) else found:
        case Not(inner):
            asked = membership(inner)
            return None if asked is None else replace(asked, among=not asked.among)
        case IsTrue(place):
            return Membership(place, (Literal("true"),))
        case Compare("=" | "!=" as operator, place, Literal() as value):
            return Membership(place, (value,), operator == "=")
        case Compare("in", place, Choices(items)):
            values = tuple(item for item in items if isinstance(item, Literal))
            return Membership(place, values) if len(values) == len(items) else None
    return None


def place_first(found: Compare) -> Compare:
    """A comparison with what it asks of on its left: `1 < a` becomes `a > 1`."""
    literal, operator = isinstance(found.left, Literal), TURNED.get(found.operator)
    if not literal or operator is None or isinstance(found.right, Literal):
        return found
    return Compare(operator, found.right, found.left, found.span)


@cache
def _compared(kind: type) -> tuple[str, ...]:
    """The members by which a class of the model compares; none of any other class."""
    found = fields(kind) if is_dataclass(kind) else ()
    return tuple(member.name for member in found if member.compare)
