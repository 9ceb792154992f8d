"""Conditions of which a part is known: what is left of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Union

from generator.expressions.scope import CARRIED
from generator.model import ORDERS, And, Call, Choices, Compare, IsTrue, Literal, Not, Or, Path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Condition, Operand

Left = Union["Condition", bool]
"""A condition, or what it always is."""

Known = dict[str, "str | None"]
"""Fields of the event; with `type`, fields that calls of that type do not have are null."""


def given(condition: Left, known: Known) -> Left:
    """What is left of a condition where some fields are known."""
    match condition:
        case And(conditions=parts):
            return _all(given(part, known) for part in parts)
        case Or(conditions=parts):
            return _any(given(part, known) for part in parts)
        case Not(condition=inner):
            return _not(given(inner, known))
        case Compare():
            return _compared(condition, known)
        case IsTrue(value=Call(arguments=(Path() as path, *_))) if _is_absent(path, known):
            return False
        case IsTrue(value=Path() as path) if _is_absent(path, known):
            return False
    return condition


def field_of(operand: Operand) -> str:
    """The field of the event that an operand is, or an empty text."""
    match operand:
        case Path(root="event", keys=(str(name),)):
            return name
    return ""


def _all(parts: Iterable[Left]) -> Left:
    left: list[Condition] = []
    for part in parts:
        if part is False:
            return False
        if not isinstance(part, bool):
            left += part.conditions if isinstance(part, And) else (part,)
    return And(tuple(left)) if len(left) > 1 else left[0] if left else True


def _any(parts: Iterable[Left]) -> Left:
    left: list[Condition] = []
    for part in parts:
        if part is True:
            return True
        if not isinstance(part, bool):
            left += part.conditions if isinstance(part, Or) else (part,)
    return Or(tuple(left)) if len(left) > 1 else left[0] if left else False


def _not(condition: Left) -> Left:
    match condition:
        case bool():
            return not condition
        case Not(condition=inner):
            return inner
    return Not(condition)


def _is_absent(path: Path, known: Known) -> bool:
    """Whether a path begins with a field that calls of the known type do not have."""
    carried = CARRIED.get(known.get("type") or "")
    return (
        path.root == "event"
        and carried is not None
        and path.keys[:1] != ()
        and (str(path.keys[0]) not in carried)
    )


def _compared(told: Compare, known: Known) -> Left:
    """A comparison, decided where one side is known and the other stands in the condition."""
    sides = [(told.left, told.right)]
    if told.operator in {"=", "!="}:
        sides.append((told.right, told.left))
    for asked, other in sides:
        field = field_of(asked)
        absent = isinstance(asked, Path) and _is_absent(asked, known)
        if field in known or absent:
            held = _held(told.operator, known.get(field), other)
            if held is not None:
                return held
    return told


def _held(operator: str, value: str | None, other: Operand) -> bool | None:
    """Whether a comparison with literals holds; None where that is not known."""
    items = other.items if isinstance(other, Choices) else (other,)
    literals = [item.value for item in items if isinstance(item, Literal)]
    if operator in {"=", "!=", "in"} and len(literals) == len(items):
        return (value in literals) != (operator == "!=")
    return False if value is None and operator in ORDERS else None
