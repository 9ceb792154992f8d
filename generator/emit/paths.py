"""Paths into the event as JavaScript, and the names that a route's code reads them by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from generator.emit.tree import (
    Arrow,
    Const,
    Member,
    Name,
    Number,
    Text,
    call,
)
from generator.model import Path, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.emit.tree import Expression, Target

_OF_OBJECTS = """
__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__ constructor
hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf
"""
_OF_OTHERS = """
anchor at big blink bold charAt charCodeAt codePointAt concat copyWithin endsWith entries every
fill filter find findIndex findLast findLastIndex fixed flat flatMap fontcolor fontsize forEach
includes indexOf isWellFormed italics join keys lastIndexOf length link localeCompare map match
matchAll normalize padEnd padStart pop push reduce reduceRight repeat replace replaceAll reverse
search shift slice small some sort splice split startsWith strike sub substr substring sup
toExponential toFixed toLocaleLowerCase toLocaleUpperCase toLowerCase toPrecision toReversed
toSorted toSpliced toUpperCase toWellFormed trim trimEnd trimLeft trimRight trimStart unshift
values with
"""

OF_OBJECTS = frozenset(_OF_OBJECTS.split())
"""Names that every object inherits: reading one plainly finds a function of the engine."""

INHERITED = OF_OBJECTS | frozenset(_OF_OTHERS.split())
"""Names that objects, lists, texts, numbers or booleans have without being given them."""

HOISTED = ("context", "integrations", "properties", "traits")
"""Parts of the event that get a name of their own where a route reads them often."""

OFTEN = 3

_TAKEN = """
JSON Object Array
arguments async await break call case catch class const context continue crypto debugger
default delete do else enum eval event export extends false fetch fields finally for
function if implements import in instanceof integrations interface let new null package
private properties protected public return route settings static super switch this throw
traits true try typeof undefined var void while with yield
"""


@dataclass(frozen=True, slots=True)
class Context:
    """Where a value stands, and by which names its code reads what it needs.

    `items` are the items of the surrounding `$each`, the innermost last, as pairs of the
    name from `$as` (empty where there is none) and the variable. `hoisted` are the
    parts of the event that have a variable. `nulls` and `invalid` are the mapping's
    options; `profile` says that nulls read from the event are subject to `nulls`;
    `encoded` that the holes of a template are percent-encoded; `label` names the field in
    messages: `workflow.to`.
    """

    nulls: str = "omit"
    invalid: str = "omit"
    hoisted: frozenset[str] = frozenset()
    profile: bool = False
    encoded: bool = False
    label: str = ""
    items: tuple[tuple[str, str], ...] = ()

    def within(self, label: str, *, profile: bool | None = None, encoded: bool = False) -> Context:
        """The same place inside a field or member."""
        inherited = self.profile if profile is None else profile
        return Context(
            self.nulls, self.invalid, self.hoisted, inherited, encoded, label, self.items
        )

    def of_scalar(self) -> Context:
        """The same place where no map can be: there a null is left out by its type."""
        return replace(self, nulls="kept") if self.drops_nulls else self

    def each(self, name: str | None, needed: frozenset[str] = frozenset()) -> Context:
        """The inside of a `$each`; its variable hides no name that the code may need."""
        wanted = name if name is not None and name.isascii() and name.isidentifier() else "item"
        taken = {*_TAKEN.split(), *_helpers(), *needed, *(variable for _, variable in self.items)}
        variable, count = wanted, 2
        while variable in taken:
            variable, count = f"{wanted}{count}", count + 1
        return replace(self, items=(*self.items, (name or "", variable)))

    @property
    def drops_nulls(self) -> bool:
        """Whether a null read from the event is left out."""
        return self.profile and self.nulls == "omit"

    @property
    def sends_nulls(self) -> bool:
        """Whether a null read from the event clears the field."""
        return self.profile and self.nulls == "clear"


@cache
def _helpers() -> frozenset[str]:
    """The names of our helper functions."""
    folder = files("generator.templates").joinpath("helpers")
    return frozenset(file.name.removesuffix(".js") for file in folder.iterdir())


def function_of_item(inner: Context, body: Expression) -> Arrow:
    """The function that makes the body of the innermost item."""
    return Arrow((inner.items[-1][1],), body)


def path(path: Path, context: Context) -> Target:
    """The code that reads a path; what is not there is undefined, nothing ever throws."""
    found, keys, given = _root(path, context)
    for key in keys:
        found = _read(found, key, given=given)
        given = False
    return found


def _root(path: Path, context: Context) -> tuple[Target, tuple[str | int, ...], bool]:
    """Where a path starts, what remains of it, and whether an object is surely there."""
    if path.root == "event" and path.keys and path.keys[0] in context.hoisted:
        return Name(str(path.keys[0])), path.keys[1:], False
    if path.root in {"event", "settings"}:
        return Name(path.root), path.keys, True
    return Name(_variable(path.root, context)), path.keys, False


def _variable(root: str, context: Context) -> str:
    for name, variable in reversed(context.items):
        if root in {"item", name}:
            return variable
    raise ValueError(f"no $each names {root}")


def _read(target: Target, key: str | int, *, given: bool) -> Target:
    if isinstance(key, int):
        return call("own", target, Number(key))
    inherited = OF_OBJECTS if given else INHERITED
    if key in inherited or (key.isdigit() and not given):
        return call("own", target, Text(key))
    return Member(target, key, optional=not given)


def paths_in(part: object) -> Iterator[Path]:
    """Every path in values and conditions, in their order."""
    return (found for found in walk(part) if isinstance(found, Path))


@dataclass(frozen=True, slots=True)
class Hoisted:
    """The parts of the event that get a variable, and the statements that declare them."""

    names: frozenset[str] = frozenset()
    statements: tuple[Const, ...] = ()


def hoist(parts: Iterable[object]) -> Hoisted:
    """Decide which parts of the event a route reads so often that they get a name."""
    read = Counter(
        path.keys[0]
        for path in paths_in(tuple(parts))
        if path.root == "event" and path.keys and path.keys[0] in HOISTED
    )
    often = [str(name) for name, count in read.items() if count >= OFTEN]
    event = Name("event")
    return Hoisted(frozenset(often), tuple(Const(name, Member(event, name)) for name in often))
