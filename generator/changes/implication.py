"""Whether one condition implies another one: sound, not complete."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.changes.canonical import membership, place_first, same
from generator.model import And, Compare, Condition, Literal, Not, Operand, Or

if TYPE_CHECKING:
    from generator.model import Json

ORDERS = ("<", "<=", ">", ">=")


@dataclass(frozen=True)
class _Test:
    """A comparison of a place in the event with values that stand in the mapping.

    The operator is `in`, `not in` or one of the four orders, which have one value.
    """

    place: Operand
    operator: str
    values: tuple[Json, ...]

    def takes(self, value: Json) -> bool:
        """Whether it holds where that value stands at the place."""
        if self.operator in ORDERS:
            return _ordered(self.operator, value, self.values[0])
        return any(_equal(value, each) for each in self.values) == (self.operator == "in")


@lru_cache(maxsize=1 << 14)
def implies(one: Condition, other: Condition) -> bool:
    """Whether surely every event that fulfils one condition fulfils the other."""
    if same(one, other):
        return True
    if isinstance(one, Or):
        return all(implies(part, other) for part in one.conditions)
    if isinstance(other, And):
        return all(implies(one, part) for part in other.conditions)
    if isinstance(one, And) and any(implies(part, other) for part in one.conditions):
        return True
    if isinstance(other, Or) and any(implies(one, part) for part in other.conditions):
        return True
    if isinstance(one, Not) and isinstance(other, Not):
        return implies(other.condition, one.condition)
    first, second = _test(one), _test(other)
    return first is not None and second is not None and _within(first, second)


def _within(one: _Test, other: _Test) -> bool:
    """Whether every value that one test takes is taken by the other."""
    if not same(one.place, other.place):
        return False
    if one.operator == "in":
        return all(map(other.takes, one.values))
    if other.operator == "not in":
        return not any(map(one.takes, other.values))
    if one.operator[0] != other.operator[0] or one.operator == "not in":
        return False
    limit, edge = one.values[0], other.values[0]
    beyond = _ordered(one.operator[0], limit, edge)
    return beyond or (_equal(limit, edge) and (other.operator[1:] == "=" or one.operator[1:] == ""))


def _test(found: Condition) -> _Test | None:
    """A condition as a test of one place; None for one that is more, or asks the settings."""
    asked = membership(found)
    if asked is not None:
        values = tuple(value.value for value in asked.values)
        return _Test(asked.place, "in" if asked.among else "not in", values)
    match place_first(found) if isinstance(found, Compare) else found:
        case Compare(operator, place, Literal() as value) if operator in ORDERS:
            return _Test(place, operator, (value.value,))
    return None  # a `!` too: where nothing stands, neither an order holds nor its opposite


def _equal(one: Json, other: Json) -> bool:
    """FQL's `=`, which is strict about types."""
    return _kind(one) == _kind(other) and one == other


def _ordered(operator: str, one: Json, other: Json) -> bool:
    """FQL's order: between two numbers, or between two texts by their UTF-16 units."""
    if _kind(one) != _kind(other):
        return False
    match one, other:
        case str(), str():
            left, right = one.encode("utf-16-be"), other.encode("utf-16-be")
            return _holds(operator, (left > right) - (left < right))
        case (int() | float(), int() | float()) if not isinstance(one, bool):
            return _holds(operator, (one > other) - (one < other))
    return False


def _holds(operator: str, sign: int) -> bool:
    return {"<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}[operator]


def _kind(value: Json) -> type:
    return float if type(value) is int else type(value)
