"""Whether one condition implies another one: sound, not complete."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from generator.changes.canonical import membership, place_first, same
from generator.model import ORDERS, And, Compare, Condition, Literal, Not, Operand, Or


@dataclass(frozen=True)
class _Test:
    """A comparison of a place in the event with values that stand in the mapping.

    The operator is `in`, `not in` or one of the four orders, which have one value.
    """

    place: Operand
    operator: str
    values: tuple[Literal, ...]

    def takes(self, value: Literal) -> bool:
        """Whether it holds where that value stands at the place."""
        if self.operator in ORDERS:
            return _ordered(self.operator, value, self.values[0])
        return (value in self.values) == (self.operator == "in")


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
    return beyond or (limit == edge and (other.operator[1:] == "=" or one.operator[1:] == ""))


def _test(found: Condition) -> _Test | None:
    """A condition as a test of one place; None for one that is more, or asks the settings."""
    asked = membership(found)
    if asked is not None:
        return _Test(asked.place, "in" if asked.among else "not in", asked.values)
    match place_first(found) if isinstance(found, Compare) else found:
        case Compare(operator, place, Literal() as value) if operator in ORDERS:
            return _Test(place, operator, (value,))
    return None  # a `!` too: where nothing stands, neither an order holds nor its opposite


def _ordered(operator: str, one: Literal, other: Literal) -> bool:
    """FQL's order: between two numbers, or between two texts by their UTF-16 units."""
    match one.value, other.value:
        case str() as left, str() as right:
            units, beside = left.encode("utf-16-be"), right.encode("utf-16-be")
            return _holds(operator, (units > beside) - (units < beside))
        case (bool(), _) | (_, bool()):
            return False
        case ((int() | float() as low), (int() | float() as high)):
            return _holds(operator, (low > high) - (low < high))
    return False


def _holds(operator: str, sign: int) -> bool:
    return {"<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}[operator]
