"""What a route reads of an event, and what it makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from generator.model import (
    ORDERS,
    And,
    Call,
    Choices,
    Coalesce,
    Compare,
    Directive,
    Each,
    Filtered,
    If,
    IsTrue,
    ListOf,
    Literal,
    MapOf,
    Merge,
    Not,
    Or,
    Path,
    Template,
)
from generator.plans.plan import ITEM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Span
    from generator.model import Condition, Json, Operand, Route, Value
    from generator.plans.plan import Keys
    from generator.providers import Action
    from generator.types import Type

TEXTUAL = frozenset({"string"})
NUMERIC = frozenset({"number", "integer"})
SCALAR = TEXTUAL | NUMERIC | {"boolean"}
TAKES = {
    **dict.fromkeys(("string", "id"), SCALAR),
    "phone": TEXTUAL | NUMERIC,
    **dict.fromkeys(("email", "url", "locale", "timezone", "enum"), TEXTUAL),
    "boolean": frozenset({"boolean"}),
    "number": NUMERIC,
    "object": frozenset({"object"}),
    "list": frozenset({"array"}),
}
"""The JSON types of which a field's kind takes some; shapes and `any` are not judged."""
FILTERS = {
    **dict.fromkeys(
        ("lowercase", "uppercase", "titlecase", "trim", "snakecase", "kebabcase", "split"), TEXTUAL
    ),
    **dict.fromkeys(("replace", "truncate", "sha256"), TEXTUAL),
    "e164": TEXTUAL,
    "fixed": NUMERIC,
    "join": frozenset({"array"}),
    **dict.fromkeys(("length", "first", "last"), frozenset({"array", "string"})),
    "number": SCALAR,
    "bool": SCALAR,
    **dict.fromkeys(("timestamp", "date"), TEXTUAL | NUMERIC),
    **dict.fromkeys(("pick", "omit"), frozenset({"object"})),
}
"""The JSON types that a filter takes; of others it makes nothing."""


@dataclass(frozen=True, slots=True)
class Use:
    """A place of the event that a route reads.

    `takes` are the JSON types of which something is made (none: all), `needed` says that the
    route does nothing without it, `by` what reads it, for a sentence; `equals` are the values
    that a condition compares it with.
    """

    keys: Keys
    span: Span | None
    takes: frozenset[str] = frozenset()
    needed: bool = False
    by: str = ""
    equals: tuple[Json, ...] = ()


def uses(route: Route, action: Action | None) -> list[Use]:
    """Everything that a route reads; what its `when` reads is not needed besides."""
    reader = _Reader()
    found = [] if route.when is None else list(reader.condition(route.when))
    guarded = {use.keys for use in found}
    for path in route.require:
        found += reader.read(path, by="`require`", needed=path.keys not in guarded)
    for field in route.fields:
        spec = action.field(field.name) if action else None
        by = f"{route.action}.{field.name}"
        needed = spec is not None and (spec.required or spec.if_written)
        found += reader.value(field.value, spec.type if spec else None, by, needed=needed)
    return [replace(use, needed=use.needed and use.keys not in guarded) for use in found]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads values; `item` is where the items of the nearest list stand, `names` the `$as`."""

    item: Keys | None = None
    names: tuple[tuple[str, Keys], ...] = ()

    def read(self, path: Path, **told: Any) -> Iterator[Use]:  # noqa: ANN401 - of a Use
        """A path, if it leads into the event."""
        keys = self.keys(path)
        if keys:
            yield Use(keys, path.span, **told)

    def keys(self, path: Path) -> Keys | None:
        """The place of a path in the event; None where it is elsewhere."""
        after = tuple(ITEM if isinstance(key, int) else key for key in path.keys)
        if path.root == "event":
            return after
        start = self.item if path.root == "item" else dict(self.names).get(path.root)
        return None if start is None else (*start, *after)

    def value(  # noqa: C901, PLR0912 - one case a kind of value
        self, value: Value | None, kind: Type | None, by: str, *, needed: bool = False
    ) -> Iterator[Use]:
        """The places that a value reads, which becomes a field of this type."""
        match value:
            case Path():
                takes = TAKES.get(kind.kind, frozenset()) if kind else frozenset()
                yield from self.read(value, takes=takes, by=by, needed=needed)
            case Coalesce(choices=choices):
                for choice in choices:
                    yield from self.value(choice, kind, by)
            case Filtered(value=inner, name=name):
                takes = FILTERS.get(name, frozenset())
                yield from self.taken(inner, takes, f"the filter {name}", needed=needed)
            case Template(parts=parts):
                whole = needed and kind is not None and kind.kind in ("id", "url")
                for part in parts:
                    yield from self.value(part, None, by, needed=whole)
            case ListOf(items=items):
                for item in items:
                    yield from self.value(item, kind.items if kind else None, by)
            case MapOf(entries=entries):
                yield from self.members(entries, kind, by)
            case Each():
                yield from self.each(value, kind, by)
            case If(condition=condition, then=then, otherwise=otherwise):
                yield from self.condition(condition)
                yield from self.value(then, kind, by)
                yield from self.value(otherwise, kind, by)
            case Merge(values=values):
                for one in values:
                    yield from self.taken(one, frozenset({"object"}), "$merge")
            case Directive(name=name, argument=argument):
                yield from self.directive({f"@{name}": argument.value}, value.span)

    def taken(
        self, value: Value, takes: frozenset[str], by: str, *, needed: bool = False
    ) -> Iterator[Use]:
        """The places of a value that is taken by something other than a field."""
        if isinstance(value, Path):
            yield from self.read(value, takes=takes, by=by, needed=needed)
        else:
            yield from self.value(value, None, by, needed=needed)

    def members(
        self, entries: tuple[tuple[str, Value], ...], kind: Type | None, by: str
    ) -> Iterator[Use]:
        """The places that a map reads, whose members may be known fields."""
        known = {spec.name: spec.type for spec in kind.members} if kind else {}
        for name, value in entries:
            inner = known.get(name, kind.values if kind else None)
            yield from self.value(value, inner, f"{by}.{name}")

    def each(self, value: Each, kind: Type | None, by: str) -> Iterator[Use]:
        """The places that a list reads, and those of its items."""
        yield from self.taken(value.over, frozenset({"array"}), "$each")
        start = self.keys(value.over) if isinstance(value.over, Path) else None
        item = None if start is None else (*start, ITEM)
        names = self.names
        if value.name and item is not None:
            names = (*names, (value.name, item))
        inner = _Reader(item, names)
        yield from inner.value(value.item, kind.items if kind else None, by)

    def directive(self, told: Json, span: Span | None) -> Iterator[Use]:
        """The places that a directive of mapping-kit reads outside lists."""
        match told:
            case {"@path": str(path)}:
                yield from _written(path, span)
            case {"@template": str(text)}:
                for hole in re.findall(r"\{\{\{?\s*([^{}]+?)\s*\}", text):
                    yield from _written(hole, span)
            case {"@arrayPath": [first, *_]}:
                yield from (
                    _written(first, span) if isinstance(first, str) else self.directive(first, span)
                )
            case {"@literal": _}:
                return
            case dict():
                for inner in told.values():
                    yield from self.directive(inner, span)
            case list():
                for inner in told:
                    yield from self.directive(inner, span)

    # --- conditions ---

    def condition(self, condition: Condition) -> Iterator[Use]:
        """The places that a condition reads."""
        match condition:
            case And(conditions=parts) | Or(conditions=parts):
                for part in parts:
                    yield from self.condition(part)
            case Not(condition=inner):
                yield from self.condition(inner)
            case IsTrue(value=value):
                yield from self.operand(value, frozenset({"boolean"}), "a condition")
            case Compare():
                yield from self.compare(condition)

    def compare(self, told: Compare) -> Iterator[Use]:
        """Both sides; what a path is compared with says which types can ever hold."""
        for one, other in ((told.left, told.right), (told.right, told.left)):
            if isinstance(one, Path):
                equals = _compared(told.operator, one is told.left, other)
                takes = frozenset(kind for value in equals for kind in _types(value))
                if told.operator in ORDERS and not equals:
                    takes = NUMERIC | TEXTUAL
                exact = equals if told.operator in ("=", "!=", "in") else ()
                yield from self.read(one, takes=takes, by="a condition", equals=exact)
            else:
                yield from self.operand(one, frozenset(), "a condition")

    def operand(self, operand: Operand, takes: frozenset[str], by: str) -> Iterator[Use]:
        """The places that a side of a condition reads."""
        match operand:
            case Path():
                yield from self.read(operand, takes=takes, by=by)
            case Call(function=name, arguments=arguments):
                wants = TEXTUAL if name in ("contains", "match") else frozenset[str]()
                for argument in arguments:
                    yield from self.operand(argument, wants, name)
            case Choices(items=items):
                for item in items:
                    yield from self.operand(item, frozenset(), by)


def _compared(operator: str, left: bool, other: Operand) -> tuple[Json, ...]:  # noqa: FBT001
    """The values that a path is compared with, without null, which is what is missing."""
    match other:
        case Literal():
            values: list[Json] = [other.value]
        case Choices(items=items) if operator == "in" and left:
            values = [item.value for item in items if isinstance(item, Literal)]
            if len(values) < len(items):
                return ()
        case _:
            return ()
    if operator == "in" and not left:
        return ()
    return () if None in values else tuple(values)


def _types(value: Json) -> frozenset[str]:
    match value:
        case bool():
            return frozenset({"boolean"})
        case int() | float():
            return NUMERIC
    return TEXTUAL


def _written(path: str, span: Span | None) -> Iterator[Use]:
    """A path of mapping-kit: names and indexes, with or without `$.`."""
    steps = re.findall(r"[^.\[\]'\"]+", path.removeprefix("$"))
    keys: Keys = tuple(ITEM if step.isdigit() else step for step in steps)
    if keys:
        yield Use(keys, span)
