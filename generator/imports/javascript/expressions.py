"""Expressions of JavaScript to values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from generator.imports.javascript import library, patterns
from generator.imports.javascript.machine import Returned, truth
from generator.imports.javascript.script import unescaped
from generator.imports.javascript.symbols import (
    Answer,
    Arr,
    Both,
    Choice,
    Const,
    Counter,
    Fallback,
    Filtered,
    Func,
    JsonText,
    Missing,
    Names,
    Not,
    Obj,
    Text,
    Unread,
    is_answer,
    unread,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from generator.imports.javascript.machine import Machine
    from generator.imports.javascript.symbols import Value

TEXTS = {"lowercase", "uppercase", "trim", "string", "join", "replace", "fixed", "iso"}
"""Filters that give texts."""
COMPARED = {"===", "!==", "==", "!=", "<", "<=", ">", ">="}


def value(machine: Machine, node: Node, names: Names) -> Value:
    """What an expression gives."""
    machine.step()
    make = MAKERS.get(node.type)
    if make is None:
        return Unread(node, f"segfn does not read {node.type.replace('_', ' ')}")
    return make(machine, node, names)


def field(node: Node, name: str) -> Node:
    """A part of a node that its grammar demands."""
    return cast("Node", node.child_by_field_name(name))


def inner(node: Node) -> list[Node]:
    """The parts of a node, without comments."""
    return [child for child in node.named_children if child.type != "comment"]


# --- literals -------------------------------------------------------------------------


def _string(machine: Machine, node: Node, names: Names) -> Value:  # noqa: ARG001
    return Const(unescaped(machine.script.text(node)[1:-1]))


def _number(machine: Machine, node: Node, names: Names) -> Value:  # noqa: ARG001
    text = machine.script.text(node).replace("_", "")
    try:
        return Const(int(text, 0) if text[:2].lower() in {"0x", "0b", "0o"} else json.loads(text))
    except ValueError:
        return Unread(node, "this number is not read")


def _template(machine: Machine, node: Node, names: Names) -> Value:
    """A template string; the pieces between its holes stand between its children."""
    parts: list[Value] = []
    at = node.start_byte + 1
    for hole in [child for child in node.named_children if child.type == "template_substitution"]:
        parts.append(Const(_piece(machine, at, hole.start_byte)))
        parts.append(value(machine, inner(hole)[0], names))
        at = hole.end_byte
    parts.append(Const(_piece(machine, at, node.end_byte - 1)))
    return text_of(parts)


def _piece(machine: Machine, start: int, end: int) -> str:
    return unescaped(machine.script.raw[start:end].decode("utf-8", "replace"))


def text_of(parts: list[Value]) -> Value:
    """Parts as one text; those that stand in the code are joined."""
    flat: list[Value] = []
    for part in parts:
        for piece in part.parts if isinstance(part, Text) else (part,):
            before = flat[-1] if flat else None
            if isinstance(piece, Const) and isinstance(before, Const):
                flat[-1] = Const(f"{before.value}{_shown(piece)}")
            elif isinstance(piece, Const):
                flat.append(Const(_shown(piece)))
            else:
                flat.append(piece)
    kept = [piece for piece in flat if piece != Const("")]
    if not kept:
        return Const("")
    return kept[0] if len(kept) == 1 and isinstance(kept[0], Const) else Text(tuple(kept))


def _shown(piece: Const) -> str:
    return piece.value if isinstance(piece.value, str) else json.dumps(piece.value)


def _object(machine: Machine, node: Node, names: Names) -> Value:
    made = Obj()
    for child in inner(node):
        match child.type:
            case "pair":
                key = key_of(machine, field(child, "key"), names)
                told = value(machine, field(child, "value"), names)
                if not isinstance(key, Const):
                    return Unread(child, "the name of this member is not known")
                made.members.pop(str(key.value), None)
                made.members[str(key.value)] = told
            case "shorthand_property_identifier":
                made.members[machine.script.text(child)] = value(machine, child, names)
            case "spread_element":
                library.spread(made, value(machine, inner(child)[0], names))
            case _:
                name = key_of(machine, field(child, "name"), names)
                if not isinstance(name, Const):
                    return Unread(child, "the name of this member is not known")
                made.members[str(name.value)] = Func(child, names, this=made)
    return made


def key_of(machine: Machine, node: Node, names: Names) -> Value:
    """The name of a member."""
    match node.type:
        case "property_identifier" | "private_property_identifier":
            return Const(machine.script.text(node))
        case "computed_property_name":
            return machine.known(value(machine, inner(node)[0], names))
        case "number":
            return Const(machine.script.text(node))
    return value(machine, node, names)


def _array(machine: Machine, node: Node, names: Names) -> Value:
    items: list[Value] = []
    before = "["
    for child in node.children:
        if child.type == "," and before in {"[", ","}:
            items.append(Missing())
        before = child.type
        if not child.is_named or child.type == "comment":
            continue
        if child.type != "spread_element":
            items.append(value(machine, child, names))
            continue
        told = value(machine, inner(child)[0], names)
        if not isinstance(told, Arr):
            return told if len(inner(node)) == 1 else Unread(child, "this list is not known")
        items += told.items
    return Arr(items)


# --- names, members, calls --------------------------------------------------------------


def _identifier(machine: Machine, node: Node, names: Names) -> Value:
    name = machine.script.text(node)
    home = names.find(name)
    if home is not None:
        return machine.now(home.held[name])
    return Missing() if name == "undefined" else library.known(name, node)


def _this(machine: Machine, node: Node, names: Names) -> Value:  # noqa: ARG001
    home = names.find("this")
    return home.held["this"] if home is not None else Unread(node, "this is not known")


def _member(machine: Machine, node: Node, names: Names) -> Value:
    held = value(machine, field(node, "object"), names)
    name = machine.script.text(field(node, "property"))
    method = library.method(held, name)
    return method if method is not None else _at(machine, held, Const(name), node)


def _subscript(machine: Machine, node: Node, names: Names) -> Value:
    held = value(machine, field(node, "object"), names)
    key = value(machine, field(node, "index"), names)
    if isinstance(key, Counter):
        return Unread(node, "what a loop counts through is not read")
    return unread(key) or _at(machine, held, key, node)


def _at(machine: Machine, held: Value, key: Value, node: Node) -> Value:
    """A member; of `undefined` there is none, and JavaScript ends there."""
    optional = any(child.type == "optional_chain" for child in node.children)
    if not optional and (isinstance(held, Missing) or held == Const(None)):
        return Unread(node, "this is read of undefined")
    return machine.member(held, key, node)


def _call(machine: Machine, node: Node, names: Names) -> Value:
    called = value(machine, field(node, "function"), names)
    arguments = field(node, "arguments")
    if arguments.type == "template_string":
        return Unread(node, "a tagged template is not read")
    given: list[Value] = []
    for child in inner(arguments):
        if child.type == "spread_element":
            told = value(machine, inner(child)[0], names)
            unknown = Unread(child, "this list is not known")
            given += told.items if isinstance(told, Arr) else [unread(told) or unknown]
        else:
            given.append(value(machine, child, names))
    return call(machine, called, given, node)


def call(machine: Machine, called: Value, given: list[Value], node: Node) -> Value:
    """What a function gives for arguments."""
    match called:
        case Func(node=None, own=own):
            return library.call(machine, own, called.this, given, node)
        case Func(node=body) if body is not None:
            return _entered(machine, called, body, given)
        case Answer():
            return called
        case Unread(why=why):
            return Unread(node, why)
        case Choice(test, then, otherwise):
            return call(machine, then if machine.decide(test, node) else otherwise, given, node)
        case Fallback(likely) | Both(_, likely):
            return call(machine, likely, given, node)
    return Unread(node, "what is called here is not known")


def _entered(machine: Machine, called: Func, body: Node, given: list[Value]) -> Value:
    """Go through a function of the code."""
    from generator.imports.javascript import statements  # noqa: PLC0415 - they need each other

    inside = Names(called.names)
    if called.this is not None:
        inside.held["this"] = called.this
    single = body.child_by_field_name("parameter")
    parameters = [single] if single is not None else inner(field(body, "parameters"))
    for index, parameter in enumerate(parameters):
        if parameter.type == "rest_pattern":
            patterns.bind(machine, inner(parameter)[0], Arr(given[index:]), inside)
        else:
            told = given[index] if index < len(given) else Missing()
            patterns.bind(machine, parameter, told, inside)
    machine.depth += 1
    machine.step()
    try:
        block = field(body, "body")
        if block.type != "statement_block":
            return value(machine, block, inside)
        statements.run(machine, block, inside)
    except Returned as ended:
        return ended.value
    finally:
        machine.depth -= 1
    return Missing()


def _new(machine: Machine, node: Node, names: Names) -> Value:
    name = machine.script.text(field(node, "constructor"))
    arguments = node.child_by_field_name("arguments")
    given = [value(machine, child, names) for child in inner(arguments)] if arguments else []
    return library.made(name, given, node)


def _function(machine: Machine, node: Node, names: Names) -> Value:  # noqa: ARG001
    return Func(node, names)


# --- operators ----------------------------------------------------------------------------


def _unary(machine: Machine, node: Node, names: Names) -> Value:
    told = value(machine, field(node, "argument"), names)
    match machine.script.text(field(node, "operator")), told:
        case "delete", _:
            return Unread(node, "a member that is deleted is not read")
        case "!", Not(inner_):
            return library.boolean(inner_)
        case "!", _:
            known = truth(told)
            return Not(told) if known is None else Const(not known)
        case "typeof", _:
            return library.typeof(told)
        case "-", Const(value=int() | float() as number):
            return Const(-number)
        case "+", _:
            return library.number(told)
        case "void", _:
            return Missing()
    return Unread(node, "this operator is not read")


def _binary(machine: Machine, node: Node, names: Names) -> Value:
    operator = machine.script.text(field(node, "operator"))
    left = value(machine, field(node, "left"), names)
    right_node = field(node, "right")
    if operator in {"&&", "||", "??"}:
        return _lazy(machine, operator, left, right_node, names)
    right = value(machine, right_node, names)
    if operator in COMPARED:
        return machine.compare(operator, left, right)
    match operator, machine.known(left), right:
        case "+", one, other:
            return _sum(one, other, [left, right], node)
        case "in", key, Obj() as table:
            return library.has(machine, table, key, node)
    return unread(left) or unread(right) or Unread(node, f"{operator} is not read")


def _sum(one: Value, other: Value, sides: list[Value], node: Node) -> Value:
    """`a + b`: of two that come with the event nobody knows whether they are numbers."""
    if isinstance(one, Const) and isinstance(other, Const):
        both = (one.value, other.value)
        if all(isinstance(part, (int, float)) for part in both):
            return Const(both[0] + both[1])  # type: ignore[operator] # both are numbers
    if not any(map(_is_text, (one, other))):
        return unread(one) or unread(other) or Unread(node, "this may be a sum of numbers")
    return text_of(sides)


def _is_text(told: Value) -> bool:
    match told:
        case Const(str()) | Text() | JsonText():
            return True
        case Filtered(_, name):
            return name in TEXTS
    return False


def _lazy(machine: Machine, operator: str, left: Value, right_node: Node, names: Names) -> Value:
    """`&&`, `||`, `??`: the right side is gone through only where it is reached."""
    known = truth(left)
    if operator == "??":
        nothing = isinstance(left, Missing) or left == Const(None)
        if nothing or isinstance(left, (Const, Obj, Arr, Text)):
            return value(machine, right_node, names) if nothing else left
    elif known is not None:
        reached = known is (operator == "&&")
        return value(machine, right_node, names) if reached else left
    if is_answer(left):
        return left
    if acts(right_node):
        met = machine.decide(left, right_node)
        return value(machine, right_node, names) if met is (operator == "&&") else left
    right = value(machine, right_node, names)
    if operator == "&&":
        return Both(left, right)
    return _fallback(left, right, loose=operator == "||")


def _fallback(left: Value, right: Value, *, loose: bool) -> Value:
    """`left || right`; into a choice of texts of the code it goes where these are missing."""
    match left:
        case Choice(test, then, otherwise) if truth(then) is True:
            return Choice(test, then, _fallback(otherwise, right, loose=loose))
        case Choice(test, then, otherwise) if loose and truth(then) is False:
            return Choice(test, right, _fallback(otherwise, right, loose=loose))
        case Missing():
            return right
    known = isinstance(right, Missing) or truth(left) is True
    return left if known else Fallback(left, right, loose)


def _ternary(machine: Machine, node: Node, names: Names) -> Value:
    test = value(machine, field(node, "condition"), names)
    then, otherwise = field(node, "consequence"), field(node, "alternative")
    known = truth(test)
    if known is None and not is_answer(test) and not acts(then) and not acts(otherwise):
        one, other = value(machine, then, names), value(machine, otherwise, names)
        return one if one == other else Choice(test, one, other)
    taken = known if known is not None else is_answer(test) or machine.decide(test, node)
    return value(machine, then if taken else otherwise, names)


def acts(node: Node, *, sets: bool = False) -> bool:
    """Whether code may send or end something; with `sets` it may still set values."""
    if node.type in ENDS or (node.type == "assignment_expression" and not sets):
        return True
    if node.type == "call_expression" and not library.is_pure(field(node, "function")):
        return True
    return node.type not in FUNCTIONS and any(acts(child, sets=sets) for child in node.children)


def _assignment(machine: Machine, node: Node, names: Names) -> Value:
    told = value(machine, field(node, "right"), names)
    patterns.assign(machine, field(node, "left"), told, names)
    return told


def _augmented(machine: Machine, node: Node, names: Names) -> Value:
    """`a += b`, `a ||= b`, `a ??= b`, `a &&= b`."""
    left = value(machine, field(node, "left"), names)
    operator, right = machine.script.text(field(node, "operator")), field(node, "right")
    made: Value = Unread(node, "this operator is not read")
    if operator == "+=":
        told = value(machine, right, names)
        made = _sum(left, told, [left, told], node)
    elif operator in {"||=", "??=", "&&="}:
        made = _lazy(machine, operator.removesuffix("="), left, right, names)
    patterns.assign(machine, field(node, "left"), made, names)
    return made


def _through(machine: Machine, node: Node, names: Names) -> Value:
    """What stands in parentheses, behind `await`, or last behind a comma."""
    told: Value = Missing()
    for child in inner(node):
        told = value(machine, child, names)
    return told


def _constant(told: Value) -> Callable[[Machine, Node, Names], Value]:
    def make(machine: Machine, node: Node, names: Names) -> Value:  # noqa: ARG001
        return told

    return make


ASSIGNED = {
    "assignment_expression": "left",
    "augmented_assignment_expression": "left",
    "update_expression": "argument",
}
"""Code that gives a value, and the part of it that gets one."""
ENDS = {
    "await_expression",
    "throw_statement",
    "return_statement",
    "continue_statement",
    "break_statement",
}
FUNCTIONS = {
    "arrow_function",
    "function_expression",
    "function_declaration",
    "generator_function",
    "method_definition",
}
MAKERS: dict[str, Callable[[Machine, Node, Names], Value]] = {
    "string": _string,
    "number": _number,
    "template_string": _template,
    "true": _constant(Const(True)),
    "false": _constant(Const(False)),
    "null": _constant(Const(None)),
    "undefined": _constant(Missing()),
    "object": _object,
    "array": _array,
    "identifier": _identifier,
    "shorthand_property_identifier": _identifier,
    "this": _this,
    "member_expression": _member,
    "subscript_expression": _subscript,
    "call_expression": _call,
    "new_expression": _new,
    "arrow_function": _function,
    "function_expression": _function,
    "unary_expression": _unary,
    "binary_expression": _binary,
    "ternary_expression": _ternary,
    "assignment_expression": _assignment,
    "augmented_assignment_expression": _augmented,
    "parenthesized_expression": _through,
    "await_expression": _through,
    "sequence_expression": _through,
}
"""What is read, by the names of tree-sitter's grammar."""
