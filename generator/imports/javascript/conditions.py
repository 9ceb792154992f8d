"""Tests of JavaScript as conditions in FQL."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.imports.javascript.machine import truth
from generator.imports.javascript.symbols import (
    Arr,
    Asked,
    Both,
    Choice,
    Compare,
    Const,
    Fallback,
    Filtered,
    Missing,
    Not,
    Ref,
    is_item,
    unread,
)
from generator.imports.sugar import path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from generator.imports.javascript.symbols import Value
    from generator.model import Json

OPERATORS = {"===": "=", "==": "=", "!==": "!=", "!=": "!="}
OUTER = "what is asked of an item outside of its list is not read"
FALSY = '[null, false, 0, ""]'
TEXTS = re.compile(
    "email|name|url|path|title|phone|text|message|subject|domain|locale|language|referrer|agent",
    re.IGNORECASE,
)
"""What names of fields that hold a text have in them."""
FUNCTIONS = {"lowercase", "uppercase", "string", "number", "length", "titlecase"}


class NotSaid(Exception):  # noqa: N818 - what our language cannot say
    """A value or a test that cannot be said; `node` is where, if that is known."""

    def __init__(self, why: str, node: Node | None = None) -> None:
        """`why` is a part of a sentence."""
        super().__init__(why)
        self.why, self.node = why, node


@dataclass(frozen=True, slots=True)
class Said:
    """A condition as text; `loose` is the loosest word in it: or, and, or none."""

    text: str
    loose: str = ""


def condition(test: Value, *, met: bool = True) -> Said:  # noqa: C901 - one case a kind of test
    """The condition that a test turns out so; raises NotSaid."""
    known = truth(test)
    if known is not None:
        return ALWAYS if known is met else NEVER
    match test:
        case Not(inner):
            return condition(inner, met=not met)
        case Both(first, second):
            if met and implies(second, first):
                return condition(second)
            parts = [condition(first, met=met), condition(second, met=met)]
            return joined("and" if met else "or", parts)
        case Fallback(first, second, loose=False) if truth(second) is not False:
            there = Compare("!=", first, Const(None))
            return condition(Choice(there, first, second), met=met)
        case Fallback(first, second):
            parts = [condition(first, met=met), condition(second, met=met)]
            return joined("or" if met else "and", parts)
        case Choice(asked, then, otherwise):
            one = joined("and", [condition(asked), condition(then, met=met)])
            other = joined("and", [condition(asked, met=False), condition(otherwise, met=met)])
            return joined("or", [one, other])
        case Compare():
            return _compared(test, met=met)
        case Asked(name="contains" | "match"):
            return _asked(test, met=met)
        case Filtered(inner, "nonempty"):
            told = operand(inner)
            if met:
                return Said(f"{told} != null and length({told}) != 0", "and")
            return Said(f"{told} = null or length({told}) = 0", "or")
    said = f"{operand(test)} in {FALSY}"
    return Said(f"!({said})" if met else said)


def _asked(test: Asked, *, met: bool) -> Said:
    """What is asked of a text; `.includes` maybe of a list too."""
    of, text = operand(test.value), json.dumps(test.argument, ensure_ascii=False)
    said = Said(f"{test.name}({of}, {text})" if met else f"!{test.name}({of}, {text})")
    if test.name == "match" or not _may_be_list(test.value):
        return said
    listed = Said(f"{text} in {of}" if met else f"!({text} in {of})")
    return joined("or" if met else "and", [said, listed])


def _may_be_list(told: Value) -> bool:
    """Whether `.includes` may be asked of a list: of a field that does not sound like a text."""
    if not isinstance(told, Ref) or told.root != "event":
        return False
    return len(told.keys) > 1 and not TEXTS.search(told.keys[-1])


def implies(second: Value, first: Value) -> bool:
    """Whether a test that reads below a path says already that the path is there."""
    if isinstance(first, Both):
        return implies(second, first.first) and implies(second, first.second)
    read = second
    while isinstance(read, (Compare, Filtered, Asked, Not)):
        if isinstance(read, Not) or (isinstance(read, Compare) and read.operator.startswith("!")):
            return False
        read = read.left if isinstance(read, Compare) else read.value
    return (
        isinstance(first, Ref)
        and isinstance(read, Ref)
        and first.root == read.root
        and read.keys[: len(first.keys)] == first.keys
        and len(read.keys) > len(first.keys)
    )


def _compared(test: Compare, *, met: bool) -> Said:
    operator = OPERATORS.get(test.operator, test.operator)
    if operator in {"=", "!="}:
        operator = operator if met else {"=": "!=", "!=": "="}[operator]
        return Said(f"{operand(test.left)} {operator} {operand(test.right)}")
    for side in (test.left, test.right):
        if isinstance(side, Missing) or (isinstance(side, Const) and not _is_ordered(side.value)):
            raise NotSaid("a comparison with what is no number is not read")
    said = f"{operand(test.left)} {operator} {operand(test.right)}"
    return Said(said if met else f"!({said})")


def _is_ordered(value: Json) -> bool:
    """Whether FQL orders a value as JavaScript does: a number, or a text that is none."""
    if isinstance(value, str):
        return not re.fullmatch(r"\s*([+-]?[0-9.]+)?\s*", value)
    return isinstance(value, (int, float)) and not isinstance(value, bool)


ALWAYS = Said("true = true")
NEVER = Said("true = false")


def joined(word: str, parts: Iterable[Said]) -> Said:
    """Conditions with a word between them, each once."""
    idle, decisive = (ALWAYS, NEVER) if word == "and" else (NEVER, ALWAYS)
    kept = [part for part in dict.fromkeys(parts) if part != idle]
    if decisive in kept:
        return decisive
    if len(kept) == 1:
        return kept[0]
    texts = [
        f"({part.text})" if word == "and" and part.loose == "or" else part.text for part in kept
    ]
    return Said(f" {word} ".join(texts), word)


def operand(told: Value) -> str:  # noqa: C901 - one case a kind of value
    """One side of a comparison; raises NotSaid."""
    match told:
        case Const(value):
            return json.dumps(value, ensure_ascii=False)
        case Missing():
            return "null"
        case Ref(root, keys) if keys and root in {"event", "item"}:
            return path(keys, bare=True, item=root == "item")
        case Ref("settings" | "$event" as root, keys) if keys:
            return root + path(keys).removeprefix("$")
        case Ref("item", ()):
            return "$"
        case Ref(root) if is_item(root):
            raise NotSaid(OUTER)
        case Arr(items):
            return f"[{', '.join(map(operand, items))}]"
        case Filtered(inner, name, ()) if name in FUNCTIONS:
            return f"{name}({operand(inner)})"
        case Asked("typeof", inner):
            return f"typeof({operand(inner)})"
        case Fallback(inner, second) if _is_nothing(second):
            return operand(inner)
    lost = unread(told)
    if lost is not None:
        raise NotSaid(lost.why, lost.node)
    raise NotSaid("this cannot stand in a condition")


def _is_nothing(told: Value) -> bool:
    return isinstance(told, Missing) or told == Const(None) or told == Const("")
