"""Reads a value or a condition from the nodes of a mapping file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator import directives
from generator.diagnostics import nearest
from generator.expressions import parse_text
from generator.expressions.codes import MISSING_KEY, MIXED_KEYS, UNKNOWN_KEY, WRONG_VALUE
from generator.fql import parse_condition
from generator.fql.codes import NO_CONDITION
from generator.model import Coalesce, Each, If, ListOf, Literal, MapOf, Merge
from generator.source import ListNode, MapNode, Scalar, to_data

if TYPE_CHECKING:
    from generator.diagnostics import Code, Report, Span
    from generator.expressions import Place
    from generator.expressions.scope import Scope
    from generator.model import Condition, Value
    from generator.source import Document, Node

FORMS = {
    "$first": (),
    "$each": ("$map", "$as"),
    "$if": ("$then", "$else"),
    "$merge": (),
    "$literal": (),
}
"""The forms of the language, each with the keys that belong to it."""

PARTS = {part: form for form, parts in FORMS.items() for part in parts}
KEYS = (*FORMS, *PARTS)
NAME = re.compile(r"[^\W\d][\w-]*")
RESERVED = ("event", "settings")


def read_value(node: Node, document: Document, scope: Scope, report: Report) -> Value | None:
    """The value that a node means; None where it has an error, which is in the report then."""
    return _Reader(document, scope, report).value(node)


def read_condition(
    node: Node, document: Document, scope: Scope, report: Report
) -> Condition | None:
    """The condition that a node's text means; None where it has an error, likewise."""
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return parse_condition(node.value, placer(node, document), scope, report)
    help_ = 'write a text, as in properties.plan = "pro"'
    report.add(NO_CONDITION, node.span, "a condition must stand here", help=help_)
    return None


def placer(node: Scalar, document: Document) -> Place:
    """From offsets in a scalar's text to places in the file."""

    def place(start: int, end: int) -> Span:
        return document.inside(node, start, end)

    return place


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads values of one document in one scope."""

    document: Document
    scope: Scope
    report: Report

    def value(self, node: Node) -> Value | None:
        """Any value."""
        match node:
            case Scalar():
                return self.scalar(node)
            case ListNode():
                items = self.items(node)
                return None if items is None else ListOf(items, node.span)
            case MapNode():
                return self.map(node)

    def scalar(self, node: Scalar) -> Value | None:
        """A literal, an expression or a template."""
        if not isinstance(node.value, str):
            return Literal.of(node.value, node.span)
        place = placer(node, self.document)
        value = parse_text(node.value, place, self.scope, self.report)
        return replace(value, span=node.span) if isinstance(value, Literal) else value

    def items(self, node: ListNode) -> tuple[Value, ...] | None:
        """The values of a list; all are read, so that all findings are reported."""
        items = [self.value(item) for item in node.items]
        found = tuple(item for item in items if item is not None)
        return found if len(found) == len(items) else None

    def map(self, node: MapNode) -> Value | None:
        """A map, a form of the language, or a directive."""
        ours = [key for key, _ in node.entries if _begins(key.text, "$")]
        theirs = [key for key, _ in node.entries if _begins(key.text, "@")]
        if theirs and not ours:
            return directives.read_directive(node, self.document, self.scope, self.report)
        if ours:
            return self.form(node, ours)
        entries = [(_unescaped(key.text), self.value(value)) for key, value in node.entries]
        found = tuple((name, value) for name, value in entries if value is not None)
        return MapOf(found, node.span) if len(found) == len(entries) else None

    # --- forms ---

    def form(self, node: MapNode, ours: list[Scalar]) -> Value | None:
        """A form of the language, if its keys are right."""
        main = next((key for key in ours if key.text in FORMS), None)
        if main is None:
            for key in [key for key in ours if key.text not in PARTS] or ours[:1]:
                self.refuse_part(key)
            return None
        allowed = (main.text, *FORMS[main.text])
        wrong = [key for key, _ in node.entries if key.text not in allowed]
        for key in wrong:
            self.refuse_beside(key, main)
        if wrong:
            return None
        given = {key.text: value for key, value in node.entries}
        match main.text:
            case "$first":
                return self.first(given["$first"], node)
            case "$each":
                return self.each(given, main, node)
            case "$if":
                return self.condition(given, main, node)
            case "$merge":
                return self.merge(given["$merge"], node)
        return Literal.of(to_data(given["$literal"]), node.span)

    def refuse_part(self, key: Scalar) -> None:
        """Report a `$` key in a map that is no form."""
        if key.text in PARTS:
            form = PARTS[key.text]
            self.add(MISSING_KEY, key, f"{key.text} belongs to {form}", f"add {form} beside it")
            return
        near = nearest(key.text[1:], [known[1:] for known in KEYS])
        help_ = f'write "${near}"' if near else f"use one of {', '.join(FORMS)}"
        help_ += f"; ${key.text} sends the key itself"
        self.add(UNKNOWN_KEY, key, f"{key.text} is no key of the language", help_)

    def refuse_beside(self, key: Scalar, main: Scalar) -> None:
        """Report a key that does not belong to the form beside it."""
        if _begins(key.text, "$") and key.text not in KEYS:
            self.refuse_part(key)
            return
        help_ = f"remove it, or put both into $merge: a map with {main.text} is that form alone"
        self.add(MIXED_KEYS, key, f"{key.text} cannot stand beside {main.text}", help_)

    def first(self, node: Node, form: MapNode) -> Value | None:
        """`$first`: as `??`."""
        choices = self.written_list("$first", node)
        if choices is None:
            return None
        flat: list[Value] = []
        for choice in choices:
            flat.extend(choice.choices if isinstance(choice, Coalesce) else (choice,))
        return flat[0] if len(flat) == 1 else Coalesce(tuple(flat), form.span)

    def merge(self, node: Node, form: MapNode) -> Value | None:
        """`$merge`: maps, the later wins."""
        values = self.written_list("$merge", node)
        if values is None:
            return None
        return Merge(values, form.span)

    def written_list(self, key: str, node: Node) -> tuple[Value, ...] | None:
        """The values of a list that must stand in the mapping and not be empty."""
        if isinstance(node, ListNode) and node.items:
            return self.items(node)
        help_ = "write one value a line, each after a hyphen"
        self.report.add(WRONG_VALUE, node.span, f"{key} takes a list of values", help=help_)
        return None

    def each(self, given: dict[str, Node], main: Scalar, form: MapNode) -> Value | None:
        """`$each`: a list, and what to make of each item."""
        over = self.value(given["$each"])
        name = self.name(given["$as"]) if "$as" in given else None
        if "$map" not in given:
            self.add(MISSING_KEY, main, "$each needs $map", "add $map with the value of an item")
            return None
        names = self.scope.names if name is None else (*self.scope.names, name)
        item = self.inside(names).value(given["$map"])
        if isinstance(over, (Literal, MapOf)):
            message = "$each goes through a list, and this is none"
            help_ = "write the path of a list, as in $.properties.products"
            self.report.add(WRONG_VALUE, given["$each"].span, message, help=help_)
            return None
        if over is None or item is None or (name is None and "$as" in given):
            return None
        return Each(over, item, name, form.span)

    def inside(self, names: tuple[str, ...]) -> _Reader:
        """The reader of what stands inside `$each`."""
        return replace(self, scope=replace(self.scope, item=True, names=names))

    def name(self, node: Node) -> str | None:
        """The name that `$as` gives."""
        name = node.value if isinstance(node, Scalar) else None
        message = "$as takes a name of letters, digits, _ and -"
        if isinstance(name, str) and NAME.fullmatch(name):
            if name not in RESERVED:
                return name
            message = f"${name} means something else"
        help_ = "write another name, as in line"
        self.report.add(WRONG_VALUE, node.span, message, help=help_)
        return None

    def condition(self, given: dict[str, Node], main: Scalar, form: MapNode) -> Value | None:
        """`$if`: a condition, and a value for either outcome."""
        condition = read_condition(given["$if"], self.document, self.scope, self.report)
        branches = {key: self.value(node) for key, node in given.items() if key != "$if"}
        if not branches:
            self.add(MISSING_KEY, main, "$if needs $then or $else", "add $then with a value")
            return None
        if condition is None or None in branches.values():
            return None
        return If(condition, branches.get("$then"), branches.get("$else"), form.span)

    def add(self, code: Code, key: Scalar, message: str, help_: str) -> None:
        """Report a finding about a key."""
        self.report.add(code, key.span, message, help=help_)


def _begins(key: str, sign: str) -> bool:
    """Whether a key begins with a sign that is not doubled."""
    return key.startswith(sign) and not key.startswith(sign * 2)


def _unescaped(key: str) -> str:
    return key[1:] if key.startswith(("$$", "@@")) else key
