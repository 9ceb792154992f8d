"""What a value of a function is, in terms of the event and the settings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from generator.model import Json


OUTER = "outer"
"""The root of what is read of an item of a list around the innermost one."""


@dataclass(frozen=True, slots=True)
class Const:
    """A value that stands in the code."""

    value: Json


@dataclass(frozen=True, slots=True)
class Counter(Const):
    """A number that a loop counts: here as it is in the first round."""


@dataclass(frozen=True, slots=True)
class Missing:
    """`undefined`."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A place in the event, the settings, or an item of a list that is gone through."""

    root: str
    keys: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Obj:
    """An object that the code makes; a spread stands under a key that begins with `...`."""

    members: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Arr:
    """A list that the code makes."""

    items: list[Value] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Fallback:
    """`first || second` (where `loose`) or `first ?? second`."""

    first: Value
    second: Value
    loose: bool


@dataclass(frozen=True, slots=True, eq=False)
class Both:
    """`first && second`."""

    first: Value
    second: Value


@dataclass(frozen=True, slots=True, eq=False)
class Not:
    """`!value`."""

    value: Value


@dataclass(frozen=True, slots=True, eq=False)
class Compare:
    """A comparison with an operator of JavaScript, or `in` with a list."""

    operator: str
    left: Value
    right: Value


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """`test ? then : otherwise`."""

    test: Value
    then: Value
    otherwise: Value


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A text made of parts."""

    parts: tuple[Value, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Filtered:
    """A value that passed a filter of our language."""

    value: Value
    name: str
    arguments: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A function of FQL of a value: `contains`, `match`, `typeof`."""

    name: str
    value: Value
    argument: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Each:
    """A list made of a list; `ref` is what stands for an item of it."""

    over: Value
    item: Value
    ref: Ref


@dataclass(frozen=True, slots=True, eq=False)
class JsonText:
    """`JSON.stringify(value)`."""

    value: Value


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a server answered, or what was made of that."""


@dataclass(frozen=True, slots=True, eq=False)
class Func:
    """A function: its node and the names that it sees; `own` is a name of JavaScript's library."""

    node: Node | None
    names: Names | None
    own: str = ""
    this: Value | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Unread:
    """What could not be read, and where."""

    node: Node
    why: str


@dataclass(slots=True, eq=False)
class Names:
    """The names of a block; the outer ones are seen too."""

    outer: Names | None = None
    held: dict[str, Value] = field(default_factory=dict)

    def find(self, name: str) -> Names | None:
        """The block that holds a name."""
        here: Names | None = self
        while here is not None and name not in here.held:
            here = here.outer
        return here


Value = Union[
    Const,
    Missing,
    Ref,
    Obj,
    Arr,
    Fallback,
    Both,
    Not,
    Compare,
    Choice,
    Text,
    Filtered,
    Asked,
    Each,
    JsonText,
    Answer,
    Func,
    Unread,
]


def is_item(root: str) -> bool:
    """Whether a root is an item of a list that is not the innermost where it is asked for."""
    return root == OUTER or root.startswith("item ")


def within(value: Value, ref: Ref) -> Value:  # noqa: C901 - one case a kind of value
    """What is made of an item, for the place where `$` is the item and `$event` the event."""
    match value:
        case Ref(ref.root, keys):
            return Ref("item", keys)
        case Ref("event", keys):
            return Ref("$event", keys)
        case Ref("item", keys):
            return Ref(OUTER, keys)
        case Obj(members):
            return Obj({name: within(member, ref) for name, member in members.items()})
        case Arr(items):
            return Arr([within(item, ref) for item in items])
        case Text(parts):
            return Text(tuple(within(part, ref) for part in parts))
        case Fallback(first, second):
            return replace(value, first=within(first, ref), second=within(second, ref))
        case Both(first, second):
            return Both(within(first, ref), within(second, ref))
        case Each(over, item, inner):
            return Each(within(over, ref), within(item, ref), inner)
        case Compare(operator, left, right):
            return Compare(operator, within(left, ref), within(right, ref))
        case Choice(test, then, otherwise):
            return Choice(within(test, ref), within(then, ref), within(otherwise, ref))
        case Not(inside) | Filtered(inside) | Asked(_, inside) | JsonText(inside):
            return replace(value, value=within(inside, ref))
    return value


def is_empty(value: Value) -> bool:
    """Whether a value is an object or list without anything in it."""
    return (isinstance(value, Obj) and not value.members) or (
        isinstance(value, Arr) and not value.items
    )


def walk(value: Value) -> Iterator[Value]:
    """A value and all that it is made of."""
    yield value
    for part in _parts(value):
        yield from walk(part)


def _parts(value: Value) -> Iterable[Value]:
    match value:
        case Fallback(first, second) | Both(first, second) | Each(first, second, _):
            return (first, second)
        case Compare(_, left, right):
            return (left, right)
        case Not(inner) | Filtered(inner) | Asked(_, inner) | JsonText(inner):
            return (inner,)
        case Choice(test, then, otherwise):
            return (test, then, otherwise)
        case Text(parts):
            return parts
        case Obj(members):
            return members.values()
        case Arr(items):
            return items
    return ()


def is_answer(value: Value) -> bool:
    """Whether a value depends on what a server answered."""
    made = isinstance(value, (Obj, Arr, Each))
    return not made and any(isinstance(part, Answer) for part in walk(value))


def unread(value: Value) -> Unread | None:
    """The first part of a value that could not be read."""
    return next((part for part in walk(value) if isinstance(part, Unread)), None)
