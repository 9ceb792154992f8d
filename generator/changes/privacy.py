"""What of an event leaves Segment, and what of it did not before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.model import (
    Coalesce,
    Directive,
    Each,
    Filtered,
    If,
    ListOf,
    MapOf,
    Merge,
    Path,
    Template,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.changes.pair import Pair
    from generator.model import Mapping, Route

Place = tuple[str, ...]
NAMED = ("properties",)
"""Members of an event that are of its name alone: `properties.total` is another one elsewhere."""

_IN_DIRECTIVE = re.compile(r"\$\.?((?:[\w-]+\.)*[\w-]+)|\{\{\{?\s*([\w.$-]+)")


@dataclass(frozen=True)
class Scope:
    """Where `$` and the names that `$as` gave stand in the event."""

    item: Place = ()
    names: tuple[tuple[str, Place], ...] = ()

    def place(self, path: Path) -> Place | None:
        """The place of a path; None for a setting."""
        roots: dict[str, Place] = {"event": (), "item": self.item, **dict(self.names)}
        base = roots.get(path.root)
        return None if base is None else (*base, *map(str, path.keys))


def new_places(
    pair: Pair, route: Route, values: Iterable[Value], scope: Scope = Scope()
) -> tuple[str, ...]:
    """The places in the event that these values of a route send, and nothing sent before.

    A place inside of another one that is new too is not named again.
    """
    new = {
        keys: None
        for value in values
        for keys in leaving(value, scope)
        if not any(_covered(place, pair.known) for place in _places(route, keys))
    }
    return tuple(_shown(keys) for keys in new if not _covered(keys[:-1], set(new)))


def values_of(route: Route) -> tuple[Value, ...]:
    """The values of a route's fields."""
    return tuple(field.value for field in route.fields)


def sent(mapping: Mapping) -> set[Place]:
    """All that a mapping sends."""
    return {
        place
        for route in mapping.routes()
        if route.enabled
        for field in route.fields
        for keys in leaving(field.value)
        for place in _places(route, keys)
    }


def _places(route: Route, keys: Place) -> Iterator[Place]:
    """The place for each name of a route, or for all names where that is the same."""
    if keys[:1] != NAMED and keys:
        yield keys
        return
    for name in route.names or ("",):
        yield (route.section, name, *keys)


def _covered(place: Place, known: set[Place]) -> bool:
    """Whether the place itself, or something around it, is sent already."""
    return any(place[:size] in known for size in range(1, len(place) + 1))


def _shown(keys: Place) -> str:
    return Path("event", tuple(keys)).text


def leaving(value: Value, scope: Scope = Scope()) -> Iterator[Place]:
    """The places in the event whose values a value sends; conditions send nothing."""
    match value:
        case Path():
            place = scope.place(value)
            if place is not None:
                yield place
        case Each(over, item, name):
            for around in leaving(over, scope):
                names = (*scope.names, (name, around)) if name else scope.names
                yield from leaving(item, Scope(around, names))
        case Directive(_, argument):
            for found in _IN_DIRECTIVE.finditer(argument.json):
                yield tuple((found[1] or found[2]).removeprefix("$.").split("."))
        case _:
            for part in parts_of(value):
                yield from leaving(part, scope)


def parts_of(value: Value) -> tuple[Value, ...]:
    """The values inside of a value."""
    match value:
        case Coalesce(parts) | Template(parts) | ListOf(parts) | Merge(parts):
            return parts
        case Filtered(inner):
            return (inner,)
        case MapOf(entries):
            return tuple(part for _, part in entries)
        case If(_, then, otherwise):
            return tuple(branch for branch in (then, otherwise) if branch is not None)
    return ()
