"""Conditions: FQL as one JavaScript expression that is true or false."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.emit.globs import match
from generator.emit.js import literal
from generator.emit.paths import path
from generator.emit.tree import (
    FALSE,
    NULL,
    TRUE,
    Text,
    array_of,
    call,
    chain,
    compare,
    method,
    negated,
)
from generator.model import And, Call, Choices, Compare, IsTrue, Literal, Not, Or, Path

if TYPE_CHECKING:
    from generator.emit.paths import Context
    from generator.emit.tree import Expression
    from generator.model import Condition, Json, Operand

FUNCTIONS = {
    "lowercase": "lowercase",
    "uppercase": "uppercase",
    "titlecase": "titlecase",
    "snakecase": "snakecase",
    "kebabcase": "kebabcase",
    "string": "stringOf",
    "number": "numberOf",
    "bool": "boolOf",
    "length": "lengthOf",
    "typeof": "typeOf",
}
"""FQL's functions that give a value, and our helpers for them."""

_NUMBERS = ("number", "length")
_TESTS = ("contains", "match")
_ORDERS = {"<": "isLess", "<=": "isAtMost", ">": "isMore", ">=": "isAtLeast"}


def condition(condition: Condition, context: Context) -> Expression:
    """The expression for a condition."""
    match condition:
        case And(conditions):
            return chain("&&", [_inner(each, context) for each in conditions])
        case Or(conditions):
            return chain("||", [_inner(each, context) for each in conditions])
        case Not(inner):
            return negated(_inner(inner, context))
        case IsTrue(value):
            return _is_true(value, context)
        case Compare("in", left, right):
            return _is_in(left, right, context)
        case Compare("=", left, right):
            return _is_equal(left, right, context)
        case Compare("!=", left, right):
            return negated(_is_equal(left, right, context))
        case Compare(operator, left, right):
            return _is_ordered(operator, left, right, context)


_inner = condition


def _is_true(value: Operand, context: Context) -> Expression:
    if isinstance(value, Literal):
        return TRUE if value.value is True else FALSE
    if isinstance(value, Choices):
        return FALSE
    made = _operand(value, context)
    return made if _kind(value) == "test" else compare(made, "===", TRUE)


def _operand(operand: Operand, context: Context) -> Expression:
    match operand:
        case Literal():
            return literal(operand.value)
        case Path():
            return path(operand, context)
        case Choices(items):
            return array_of(_operand(item, context) for item in items)
        case Call():
            return _call(operand, context)


def _call(function: Call, context: Context) -> Expression:
    arguments = function.arguments
    if function.function == "match":
        return _match(arguments[0], arguments[1], context)
    made = [_operand(each, context) for each in arguments]
    if function.function == "contains":
        return call("contains", *made)
    if function.function == "length" and not isinstance(arguments[0], Choices):
        made = [_or_empty(arguments[0], made[0])]  # the length of null is 0
    return call(FUNCTIONS[function.function], *made)


def _or_empty(operand: Operand, made: Expression) -> Expression:
    """An empty text where an operand may be null."""
    if isinstance(operand, Literal):
        return Text("") if operand.value is None else made
    return chain("??", [made, Text("")])


def _kind(operand: Operand) -> str:
    """What an operand gives if it gives anything: text, number, test, other or any."""
    match operand:
        case Literal():
            return _kind_of_literal(operand.value)
        case Path():
            return "any"
        case Choices():
            return "other"
        case Call(function):
            if function in _TESTS:
                return "test"
            numeric = "number" if function in _NUMBERS else "text"
            return "other" if function == "bool" else numeric


def _kind_of_literal(value: Json) -> str:
    match value:
        case str():
            return "text"
        case bool():
            return "other"
        case int() | float():
            return "number"
    return "other"


# --- comparisons ------------------------------------------------------------


def _is_equal(left: Operand, right: Operand, context: Context) -> Expression:
    """Type-strict equality; missing equals null, lists are compared by content."""
    if isinstance(left, Literal):
        if isinstance(right, Literal):
            return TRUE if left == right else FALSE
        left, right = right, left
    made = _operand(left, context)
    if isinstance(right, Literal):
        return compare(made, "==", NULL) if right.value is None else _same(made, right)
    return call("isEqual", made, _operand(right, context))


def _same(made: Expression, value: Literal) -> Expression:
    if isinstance(value.value, (list, dict)):
        return call("isEqual", made, literal(value.value))
    return compare(made, "===", literal(value.value))


def _is_ordered(operator: str, left: Operand, right: Operand, context: Context) -> Expression:
    """An order between two numbers or two texts; everything else has none."""
    kinds = {_kind(left), _kind(right)}
    made = _operand(left, context), _operand(right, context)
    if kinds & {"other", "test"} or kinds == {"text", "number"}:
        return FALSE
    if "any" in kinds:
        return call(_ORDERS[operator], *made)
    return compare(made[0], operator, made[1])


def _is_in(left: Operand, right: Operand, context: Context) -> Expression:
    """Whether a value is an item of a list."""
    made = _operand(left, context)
    if not isinstance(right, Choices):
        return call("isIn", made, _operand(right, context))
    if not right.items:
        return FALSE
    values = [item.value for item in right.items if isinstance(item, Literal)]
    simple = len(values) == len(right.items) and not any(
        isinstance(value, (list, dict)) for value in values
    )
    if not simple:
        return call("isIn", made, _operand(right, context))
    if len(values) == 1:
        return _is_equal(left, right.items[0], context)
    given = chain("??", [made, NULL]) if None in values else made
    return method(array_of(map(literal, values)), "includes", given)


def _match(value: Operand, pattern: Operand, context: Context) -> Expression:
    """A glob over the whole text; a pattern that is written becomes a regular expression."""
    made = _operand(value, context)
    if isinstance(pattern, Literal):
        return match(made, pattern.value) if isinstance(pattern.value, str) else FALSE
    return call("glob", made, _operand(pattern, context))
