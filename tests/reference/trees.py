"""Conditions as tsub takes them: `["and", ["=", "event", {"value": "x"}]]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .conditions import Bare, Call, Comparison, Constant, Items, Junction, Not, parse
from .notation import Path

if TYPE_CHECKING:
    from .conditions import Condition, Value
    from .javascript import Json


def tree_of(fql: str) -> Json:
    """The tree of a condition."""
    return _condition(parse(fql, {}))


def _condition(condition: Condition) -> Json:
    match condition:
        case Junction(word, parts):
            return [word, *map(_condition, parts)]
        case Not(part):
            return ["!", _condition(part)]
        case Bare(value):
            return _value(value)
        case Comparison("in", left, Items(values)):
            return ["in", _value(left), [_value(item) for item in values]]
        case Comparison(operator, left, right):
            return [operator, _value(left), _value(right)]


def _value(value: Value) -> Json:
    match value:
        case Path(_, keys):
            return ".".join(keys)
        case Constant(constant):
            return {"value": constant}
        case Items(values):
            return {"value": [item.value for item in values if isinstance(item, Constant)]}
        case Call(name, arguments):
            return [name, *map(_value, arguments)]
