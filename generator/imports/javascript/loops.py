"""Loops over a list that comes with the event: those that make a list of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.imports.javascript import patterns
from generator.imports.javascript.expressions import ASSIGNED, FUNCTIONS, acts, field, inner, value
from generator.imports.javascript.symbols import (
    Arr,
    Choice,
    Const,
    Counter,
    Each,
    Fallback,
    Filtered,
    Missing,
    Names,
    Ref,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from generator.imports.javascript.machine import Machine
    from generator.imports.javascript.symbols import Unread, Value


CHANGING = {
    *("push", "unshift", "splice", "set", "add"),
    *("pop", "shift", "reverse", "sort", "fill", "delete", "clear"),
}


@dataclass(frozen=True, slots=True)
class _Push:
    """`if (test) list.push(item)`, where the test may be missing."""

    test: Node | None
    list: Node
    item: Node


def collect(machine: Machine, node: Node, over: Value, names: Names) -> bool:
    """Make a list of a list, where a loop does just that; else nothing has happened."""
    push = _push(machine, field(node, "body"))
    if push is None or not isinstance(over, (Ref, Fallback, Filtered, Each)):
        return False
    name = machine.script.text(push.list)
    home = names.find(name)
    made = None if home is None else home.held[name]
    if home is None or not isinstance(made, Arr) or made.items or _is_shared(made, name, names):
        return False
    if any(_names(machine, asked, name) for asked in (push.item, push.test) if asked is not None):
        return False
    ref, inside = machine.item(), Names(names)
    patterns.bind(machine, field(node, "left"), ref, inside)
    item = value(machine, push.item, inside)
    if push.test is not None:
        item = Choice(value(machine, push.test, inside), item, Missing())
    home.held[name] = Each(over, item, ref)
    return True


def count(node: Node, machine: Machine, names: Names) -> None:
    """Mark the numbers that a loop changes: it is gone through once, for the first of them."""
    for held in _changed(node):
        name = machine.script.text(held)
        home = names.find(name)
        number = None if home is None else home.held[name]
        if (
            home is not None
            and isinstance(number, Const)
            and isinstance(number.value, (int, float))
        ):
            home.held[name] = Counter(number.value)


def forget(machine: Machine, node: Node, lost: Unread, names: Names) -> None:
    """What a loop that is not read may change is not known from there on."""
    for held in _changed(node):
        name = machine.script.text(held)
        home = names.find(name)
        if home is None:
            continue
        if isinstance(made := home.held[name], Arr):
            made.items.append(lost)  # it may be known by another name
        home.held[name] = lost


def _names(machine: Machine, node: Node, name: str) -> bool:
    """Whether code names something: what is collected has other items in each round."""
    if node.type in {"identifier", "shorthand_property_identifier"}:
        return machine.script.text(node) == name
    return any(_names(machine, child, name) for child in node.children)


def ends_the_call(node: Node) -> bool:
    """Whether a loop may decide that nothing behind it happens."""
    if node.type in {"return_statement", "throw_statement"}:
        return True
    return node.type not in FUNCTIONS and any(map(ends_the_call, node.children))


def _changed(node: Node) -> Iterator[Node]:
    """The names that code gives values, or whose lists and objects it changes."""
    target = node.child_by_field_name(ASSIGNED.get(node.type, ""))
    if node.type == "unary_expression" and field(node, "operator").type == "delete":
        target = field(node, "argument")
    if node.type == "call_expression" and field(node, "function").type == "member_expression":
        target = field(node, "function")
        if (field(target, "property").text or b"").decode() not in CHANGING:
            target = None
    while target is not None and target.type in {"member_expression", "subscript_expression"}:
        target = field(target, "object")
    if target is not None and target.type == "identifier":
        yield target
    for child in node.children:
        yield from _changed(child)


def _push(machine: Machine, body: Node) -> _Push | None:
    """The one statement of a body, if all it does is to push one value."""
    told = _only(body)
    test = None
    if told is not None and told.type == "if_statement":
        if told.child_by_field_name("alternative") is not None:
            return None
        test, told = field(told, "condition"), _only(field(told, "consequence"))
    call = inner(told)[0] if told is not None and told.type == "expression_statement" else None
    if call is None or call.type != "call_expression" or (test is not None and acts(test)):
        return None
    function, arguments = field(call, "function"), inner(field(call, "arguments"))
    if function.type != "member_expression" or len(arguments) != 1:
        return None
    list_, item = field(function, "object"), arguments[0]
    pushes = machine.script.text(field(function, "property")) == "push"
    plain = list_.type == "identifier" and item.type != "spread_element" and not acts(item)
    return _Push(test, list_, item) if pushes and plain else None


def _only(body: Node) -> Node | None:
    """The one statement of a block, or the statement that stands in its place."""
    if body.type != "statement_block":
        return body
    statements = inner(body)
    return statements[0] if len(statements) == 1 else None


def _is_shared(made: Arr, name: str, names: Names) -> bool:
    """Whether a list is known by another name too, or is a part of something."""
    here: Names | None = names
    while here is not None:
        for other, held in here.held.items():
            if other != name and any(part is made for part in walk(held)):
                return True
        here = here.outer
    return False
