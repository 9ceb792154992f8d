"""Code on one line: what Prettier prints where a line is long enough.

Most of what we emit fits on its line; only what does not is laid out, which costs ten
times as much. None stands for code that takes several lines however long they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.emit.encode import is_identifier, number, property_key, quoted
from generator.emit.tree import (
    ArrayOf,
    Arrow,
    Binary,
    Call,
    Conditional,
    Const,
    Do,
    If,
    Member,
    Name,
    Node,
    Number,
    ObjectOf,
    Property,
    Regex,
    Return,
    Text,
    Unary,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from generator.emit.layout import At


def flat(at: At) -> str | None:
    """The code of a node on one line, without the parentheses that it may need."""
    return _KINDS[type(at.node)](at, at.node)


def is_table(items: tuple[Node, ...]) -> bool:
    """Whether the items are all lists, or all objects, of two or more: they break."""
    if len(items) < 2:  # noqa: PLR2004
        return False
    lists = all(isinstance(item, ArrayOf) and len(item.items) > 1 for item in items)
    return lists or all(isinstance(item, ObjectOf) and len(item.members) > 1 for item in items)


def is_composition(arguments: tuple[Node, ...]) -> bool:
    """Whether functions are combined, which breaks a call (isFunctionCompositionArgs)."""
    if len(arguments) == 1:
        return False
    inner = [node.arguments for node in arguments if isinstance(node, Call)]
    functions = [node for node in arguments if isinstance(node, Arrow)]
    return len(functions) > 1 or any(isinstance(node, Arrow) for call in inner for node in call)


def begins_with_object(node: Node) -> bool:
    """Whether the first character of the code is the brace of an object."""
    match node:
        case ObjectOf():
            return True
        case Conditional(first):
            return begins_with_object(first)
        case Binary(_, operands):
            return begins_with_object(operands[0])
    return False


def _list(at: At, key: str, nodes: tuple[Node, ...]) -> str | None:
    texts = [place.flat() for place in at.children(key, nodes)]
    found = [text for text in texts if text is not None]
    return ", ".join(found) if len(found) == len(texts) else None


def _after(before: str, at: At, key: str, node: Node, after: str = "") -> str | None:
    text = at.child(key, node).flat()
    return None if text is None else f"{before}{text}{after}"


def _unary(at: At, node: Unary) -> str | None:
    blank = " " if node.operator.isalpha() else ""
    return _after(node.operator + blank, at, "argument", node.operand)


def _member(at: At, node: Member) -> str | None:
    dot = "?." if node.optional else ""
    if is_identifier(node.key):
        return _after("", at, "object", node.object, f"{dot or '.'}{node.key}")
    return _after("", at, "object", node.object, f"{dot}[{quoted(node.key)}]")


def _call(at: At, node: Call) -> str | None:
    if is_composition(node.arguments):
        return None
    arguments = _list(at, "arguments", node.arguments)
    return None if arguments is None else _after("", at, "callee", node.callee, f"({arguments})")


def _array(at: At, node: ArrayOf) -> str | None:
    if is_table(node.items):
        return None
    items = _list(at, "elements", node.items)
    return None if items is None else f"[{items}]"


def _object(_: At, node: ObjectOf) -> str | None:
    return None if node.members else "{}"


def _property(at: At, node: Property) -> str | None:
    if node.short:
        return node.key
    return _after(f"{property_key(node.key)}: ", at, "value", node.value)


def _arrow(at: At, node: Arrow) -> str | None:
    signature = f"({', '.join(node.parameters)}) => "
    if isinstance(node.body, Conditional) and not begins_with_object(node.body):
        return _after(f"{signature}(", at, "body", node.body, ")")
    return _after(signature, at, "body", node.body)


def _binary(at: At, node: Binary) -> str | None:
    places = [at.child("left", node.operands[0]), *at.children("right", node.operands[1:])]
    texts = [place.flat() for place in places]
    found = [text for text in texts if text is not None]
    return f" {node.operator} ".join(found) if len(found) == len(texts) else None


def _conditional(at: At, node: Conditional) -> str | None:
    test = at.child("test", node.test).flat()
    then = at.child("then", node.then).flat()
    if test is None or then is None:
        return None
    then = f"({then})" if isinstance(node.then, Conditional) else then
    return _after(f"{test} ? {then} : ", at, "otherwise", node.otherwise)


def _if(at: At, node: If) -> str | None:
    test = at.child("test", node.test).flat()
    return None if test is None else _after(f"if ({test}) ", at, "then", node.then)


_KINDS: dict[type[Node], Callable[[At, Any], str | None]] = {
    Name: lambda _, node: node.name,
    Word: lambda _, node: node.word,
    Text: lambda _, node: quoted(node.value),
    Number: lambda _, node: number(node.value),
    Regex: lambda _, node: f"/{node.pattern}/{node.flags}",
    Unary: _unary,
    Member: _member,
    Call: _call,
    ArrayOf: _array,
    ObjectOf: _object,
    Property: _property,
    Arrow: _arrow,
    Binary: _binary,
    Conditional: _conditional,
    Const: lambda at, node: _after(f"const {node.name} = ", at, "value", node.value, ";"),
    Do: lambda at, node: _after("", at, "expression", node.expression, ";"),
    Return: lambda at, node: _after("return ", at, "argument", node.value, ";"),
    If: _if,
}
