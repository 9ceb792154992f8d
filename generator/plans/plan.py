"""A tracking plan as all formats tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Json

Keys = tuple["str | int", ...]
"""Where a value is in an event: names of members; 0 stands for every item of a list."""

ITEM = 0
NAMED = ("track", "page", "screen")
ROOTS = {"identify": "traits", "group": "traits"}
"""Where the own data of a call is; that of the other calls is in `properties`."""


class BadPlan(Exception):  # noqa: N818 - the input's, not the program's
    """A file that is no tracking plan, with what is wrong as its text."""


@dataclass(frozen=True, slots=True)
class Property:
    """A planned value: the JSON types it may have (none: any), and its only values (none: all)."""

    keys: Keys
    types: frozenset[str] = frozenset()
    required: bool = False
    choices: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A planned call.

    `section` is that of a mapping, `name` empty where calls have none or any. `properties` is
    None where the plan does not say what the call carries. `line` is its place in the file
    `path`, 0 where it is not known. `calls` names the section whose calls an event stands for.
    """

    section: str
    name: str
    properties: dict[Keys, Property] | None
    deprecated: bool = False
    path: str = ""
    line: int = 0
    calls: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan; `format` is how a person calls the kind of file it came from.

    `sampled` says that it was made from events that were seen, not written by people.
    """

    path: str
    format: str
    events: tuple[Event, ...]
    sampled: bool = False


def as_map(value: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON of users
    """The value if it is a map, else an empty one: plans are read as far as they make sense."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:  # noqa: ANN401 - JSON of users
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def planned(properties: Iterable[Property]) -> dict[Keys, Property]:
    """Properties by their place; what is told twice is what both allow."""
    found: dict[Keys, Property] = {}
    for entry in properties:
        known = found.get(entry.keys)
        found[entry.keys] = entry if known is None else _either(known, entry)
    return found


def _either(one: Property, other: Property) -> Property:
    """What is planned in two ways: either type, required only where both ways require it."""
    types = one.types | other.types if one.types and other.types else frozenset()
    choices = (
        tuple(dict.fromkeys(map(_Told, (*one.choices, *other.choices))))
        if one.choices and other.choices
        else ()
    )
    told = tuple(choice.value for choice in choices)
    return Property(one.keys, types, one.required and other.required, told)


class _Told:
    """A JSON value that can be compared with others; `1` and `true` differ."""

    def __init__(self, value: Json) -> None:
        self.value = value
        self.text = repr(value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Told) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)


def merged(events: Iterable[Event]) -> tuple[Event, ...]:
    """Each call once: versions of an event allow what any of them does.

    A call is deprecated only if every version of it is.
    """
    found: dict[tuple[str, str], Event] = {}
    for event in events:
        key = (event.section, event.name)
        known = found.get(key)
        found[key] = event if known is None else _both(known, event)
    return tuple(found.values())


def _both(one: Event, other: Event) -> Event:
    live = [event for event in (one, other) if not event.deprecated] or [one, other]
    if len(live) == 1:
        return live[0]
    if one.properties is None or other.properties is None:
        return replace(one, properties=None)
    everywhere = one.properties.keys() & other.properties.keys()
    together = planned((*one.properties.values(), *other.properties.values()))
    return replace(
        one,
        properties={
            keys: entry if keys in everywhere else replace(entry, required=False)
            for keys, entry in together.items()
        },
    )


def written(keys: Keys) -> str:
    """Keys as a path of the mapping language: `properties['workspace id'].plan`."""
    text = ""
    for key in keys:
        if isinstance(key, int):
            text += "[]"
        elif re.fullmatch(r"[\w$-]+", key):
            text += f".{key}" if text else key
        else:
            text += "['" + key.replace("\\", "\\\\").replace("'", "\\'") + "']"
    return text
