"""One way through a function: what is decided on it, and what it sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.imports.javascript.symbols import (
    Answer,
    Arr,
    Both,
    Choice,
    Compare,
    Const,
    Each,
    Fallback,
    Filtered,
    Func,
    JsonText,
    Missing,
    Not,
    Obj,
    Ref,
    Text,
    Unread,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from generator.imports.javascript.script import Script
    from generator.imports.javascript.symbols import Value

OTHER = "\0"
"""Stands for a name that the code does not know."""
CHANGES: dict[str, Callable[[str], str]] = {
    "lowercase": str.lower,
    "uppercase": str.upper,
    "trim": str.strip,
}
LONGEST = 20_000
DEEPEST = 40


class Returned(Exception):  # noqa: N818 - the way on, not an error
    """A function returned."""

    def __init__(self, value: Value) -> None:
        """`value` is what it returned."""
        self.value = value


class Thrown(Exception):  # noqa: N818
    """A function threw; `name` is that of the error's class."""

    def __init__(self, name: str, node: Node) -> None:
        """`node` is the statement."""
        self.name, self.node = name, node


class Left(Exception):  # noqa: N818
    """A loop or a `switch` was left; `again` by `continue`."""

    def __init__(self, *, again: bool) -> None:
        """`again` says that a loop goes on."""
        self.again = again


class Endless(Exception):  # noqa: N818
    """The way does not end, or is too long to be followed."""


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """A test whose outcome depends on the event, and the way that was taken."""

    test: Value
    taken: bool
    node: Node


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """A call of `fetch`, after so many decisions."""

    url: Value
    options: Value
    node: Node
    after: int


@dataclass(slots=True)
class Machine:
    """Goes one way; `ahead` says how the first tests turn out, all later ones are true.

    `section` is the kind of the call, `name` what it is called: a name, OTHER, or nothing.
    """

    script: Script
    section: str = ""
    name: str = ""
    ahead: tuple[bool, ...] = ()
    decisions: list[Decision] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    guards: list[Value] = field(default_factory=list)
    changed: dict[Ref, Obj] = field(default_factory=dict)
    steps: int = 0
    depth: int = 0
    items: int = 0

    def step(self) -> None:
        """Count a step."""
        self.steps += 1
        if self.steps > LONGEST or self.depth > DEEPEST:
            raise Endless

    def item(self) -> Ref:
        """What stands for an item of a list that is gone through; no other list has the same."""
        self.items += 1
        return Ref(f"item {self.items}")

    def decide(self, test: Value, node: Node) -> bool:
        """How a test turns out."""
        known = truth(test)
        if known is not None:
            return known
        index = len(self.decisions)
        taken = self.ahead[index] if index < len(self.ahead) else True
        self.decisions.append(Decision(test, taken, node))
        return taken

    def now(self, value: Value) -> Value:
        """A part of the event, with what the code has changed in it."""
        return self.changed.get(value, value) if isinstance(value, Ref) else value

    def change(self, value: Value) -> Value:
        """What stands for a part of the event once the code changes it."""
        if isinstance(value, Ref) and value.keys:
            return self.changed.setdefault(value, Obj({"...0": value}))
        return value

    def known(self, value: Value) -> Value:
        """A value as far as it is known on this way: the name and the type of the call."""
        match value:
            case Ref("event", ("type",)) if self.section:
                return Const(self.section)
            case Ref("event", (field_,)) if self.name and field_ == self.asked:
                return Const(self.name) if self.name != OTHER else value
            case Filtered(inner, "lowercase" | "uppercase" | "trim" as name):
                found = self.known(inner)
                if isinstance(found, Const) and isinstance(found.value, str):
                    return Const(CHANGES[name](found.value))
        return value

    @property
    def asked(self) -> str:
        """The field that names a call."""
        return {"track": "event", "page": "name", "screen": "name"}.get(self.section, "")

    def is_other(self, value: Value) -> bool:
        """Whether a value is the name of a call that the code does not know."""
        return self.name == OTHER and value == Ref("event", (self.asked,))

    def compare(self, operator: str, left: Value, right: Value) -> Value:
        """A comparison, decided where both sides are known."""
        one, other = self.known(left), self.known(right)
        negated = operator in {"!=", "!=="}
        if operator in {"==", "===", "!=", "!=="}:
            if self.is_other(one) and isinstance(other, Const) and isinstance(other.value, str):
                return Const(negated)
            if self.is_other(other) and isinstance(one, Const) and isinstance(one.value, str):
                return Const(negated)
            same = _same(one, other, loose=len(operator) == 2)  # noqa: PLR2004 - == and !=
            if same is not None:
                return Const(same != negated)
        return Compare(operator, one, other)

    def member(self, value: Value, key: Value, node: Node) -> Value:  # noqa: C901 - a kind a case
        """A member of a value."""
        asked = self.known(key)
        match value:
            case Unread() | Answer():
                return value
            case Missing() | Const(None):
                return Missing()
            case Ref(root, keys) if isinstance(asked, Const):
                return self.now(Ref(root, (*keys, _text(asked))))
            case Obj() if isinstance(asked, Const):
                return _of(value, _text(asked), self, node)
            case Obj() if self.is_other(asked):
                return Missing() if not _spreads(value) else Unread(node, "any of these")
            case Obj() if not _spreads(value):
                return self._chosen(value, asked)
            case Arr(items) if isinstance(asked, Const):
                found = _text(asked)
                if found == "length":
                    return Const(len(items))
                return (
                    items[int(found)] if found.isdigit() and int(found) < len(items) else Missing()
                )
            case Fallback(first, second, loose):
                one, other = self.member(first, key, node), self.member(second, key, node)
                return one if isinstance(other, Missing) else Fallback(one, other, loose)
            case Both(first, second):
                return Both(first, self.member(second, key, node))
            case Choice(test, then, otherwise):
                inner = self.member(then, key, node), self.member(otherwise, key, node)
                return inner[0] if inner[0] == inner[1] else Choice(test, *inner)
        return Unread(node, "this member is not known")

    def _chosen(self, table: Obj, key: Value) -> Value:
        """A member of a table by a value that comes with the event."""
        found: Value = Missing()
        for name, member in reversed(table.members.items()):
            found = Choice(Compare("===", key, Const(name)), member, found)
        return found


def _spreads(value: Obj) -> list[str]:
    return [name for name in value.members if name.startswith("...")]


def _of(value: Obj, name: str, machine: Machine, node: Node) -> Value:
    """A member by name; what was spread later may hold it too."""
    found: Value = Missing()
    for key, member in value.members.items():
        if key == name:
            found = member
        elif key.startswith("..."):
            inner = machine.member(member, Const(name), node)
            found = inner if isinstance(found, Missing) else Fallback(inner, found, loose=False)
    return found


def _text(key: Const) -> str:
    return key.value if isinstance(key.value, str) else str(key.value)


def truth(value: Value) -> bool | None:
    """Whether JavaScript takes a value for true; None where the event decides."""
    match value:
        case Const(known):
            return bool(known)
        case Missing():
            return False
        case Obj() | Arr() | Func() | JsonText() | Each():
            return True
        case Text(parts):
            return True if any(isinstance(part, Const) and part.value for part in parts) else None
        case Not(inner):
            found = truth(inner)
            return None if found is None else not found
        case Both(first, second):
            one, other = truth(first), truth(second)
            return False if False in (one, other) else one if one == other else None
        case Fallback(first, second, loose=True):
            one, other = truth(first), truth(second)
            return True if True in (one, other) else one if one == other else None
        case Choice(_, then, otherwise):
            one, other = truth(then), truth(otherwise)
            return one if one == other else None
    return None


def _same(one: Value, other: Value, *, loose: bool) -> bool | None:
    """Whether two values are equal; None where the event decides."""
    nothing = [isinstance(value, Missing) or value == Const(None) for value in (one, other)]
    if all(nothing):
        return loose or type(one) is type(other)
    if any(nothing):
        rest = other if nothing[0] else one
        present = isinstance(rest, (Obj, Arr, Func, Text, JsonText)) or (
            isinstance(rest, Const) and rest.value is not None
        )
        return False if present else None
    if isinstance(one, Const) and isinstance(other, Const):
        return type(one.value) is type(other.value) and one.value == other.value
    return None
