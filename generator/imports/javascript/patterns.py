"""Names and members that get values: declarations, destructuring, assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.imports.javascript.symbols import (
    Arr,
    Both,
    Choice,
    Const,
    Fallback,
    Filtered,
    Missing,
    Names,
    Obj,
    Ref,
    Unread,
    walk,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from generator.imports.javascript.machine import Machine
    from generator.imports.javascript.script import Script
    from generator.imports.javascript.symbols import Value


def kept(script: Script, node: Node) -> Unread:
    """What a name holds that outlives a call of the handler: an earlier event may have left it."""
    return Unread(node, f"{script.text(node)} may hold what an earlier event has left")


def bind(machine: Machine, node: Node, told: Value, names: Names) -> None:
    """Give new names their values."""
    from generator.imports.javascript import expressions as code  # noqa: PLC0415 - they need each other

    match node.type:
        case "identifier" | "shorthand_property_identifier_pattern":
            names.held[machine.script.text(node)] = told
        case "assignment_pattern" | "object_assignment_pattern":
            default = code.value(machine, code.field(node, "right"), names)
            bind(machine, code.field(node, "left"), _or_default(told, default), names)
        case "object_pattern":
            _bind_members(machine, node, told, names)
        case "array_pattern":
            index = 0
            for child in node.children:  # between two commas may be nothing
                index += child.type == ","
                if child.is_named and child.type != "comment":
                    bind(machine, child, machine.member(told, Const(index), child), names)
        case _:
            machine.unread.append(Unread(node, "this pattern is not read"))


def _or_default(told: Value, default: Value) -> Value:
    """A default stands in for what is missing, not for null; ours does for both."""
    if isinstance(told, Missing):
        return default
    return told if isinstance(told, (Const, Obj, Arr)) else Fallback(told, default, loose=False)


def _bind_members(machine: Machine, node: Node, told: Value, names: Names) -> None:
    from generator.imports.javascript import expressions as code  # noqa: PLC0415

    taken: list[str] = []
    for child in code.inner(node):
        match child.type:
            case "pair_pattern":
                key = code.key_of(machine, code.field(child, "key"), names)
                bind(machine, code.field(child, "value"), machine.member(told, key, child), names)
                taken += [str(key.value)] if isinstance(key, Const) else []
            case "rest_pattern":
                rest = _without(told, taken, child)
                bind(machine, code.inner(child)[0], rest, names)
            case _:
                name = child.child_by_field_name("left") or child
                key = Const(machine.script.text(name))
                taken.append(str(key.value))
                bind(machine, child, machine.member(told, key, child), names)


def _without(told: Value, taken: list[str], node: Node) -> Value:
    """An object without the members that have names of their own."""
    match told:
        case Obj(members):
            return Obj({name: member for name, member in members.items() if name not in taken})
        case Ref() | Fallback():
            return Filtered(told, "omit", tuple(taken)) if taken else told
    return Unread(node, "the rest is not known")


def assign(machine: Machine, node: Node, told: Value, names: Names) -> None:
    """Give a name or a member another value; under a guard it keeps the old one otherwise."""
    from generator.imports.javascript import expressions as code  # noqa: PLC0415

    match node.type:
        case "identifier":
            name = machine.script.text(node)
            home = names.find(name)
            old = kept(machine.script, node) if home is None else home.held[name]
            (home or names).held[name] = _guarded(machine, told, old)
        case "member_expression" | "subscript_expression":
            held = code.value(machine, code.field(node, "object"), names)
            if node.type == "member_expression":
                key: Value = Const(machine.script.text(code.field(node, "property")))
            else:
                key = machine.known(code.value(machine, code.field(node, "index"), names))
            held = machine.change(held)
            if any(part is held for part in walk(told)):
                machine.unread.append(Unread(node, "what holds itself is not read"))
            elif isinstance(held, Obj) and isinstance(key, Const):
                name = str(key.value)
                old = machine.member(held, key, node)
                held.members.pop(name, None)
                held.members[name] = _guarded(machine, told, old)
            else:
                machine.unread.append(Unread(node, "what is changed here is not known"))
        case _:
            machine.unread.append(Unread(node, "this assignment is not read"))


def _guarded(machine: Machine, told: Value, old: Value) -> Value:
    test: Value | None = None
    for guard in machine.guards:
        test = guard if test is None else Both(test, guard)
    return told if test is None else Choice(test, told, old)
