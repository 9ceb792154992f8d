"""Events that were seen, as NDJSON, a JSON array or one object: a plan made from a sample."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from generator.plans.plan import ITEM, NAMED, ROOTS, BadPlan, Event, Property
from generator.sandbox.events import BadEvents, Events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.plans.plan import Keys

NAME = "events"
TYPES = ("track", "page", "screen", "identify", "group", "alias", "delete")
DEEPEST = 12
MOST = 2000
"""Places in one kind of event; of more nothing is said, for maps with ids as keys have no end."""


@dataclass(slots=True)
class _Seen:
    """What was seen of one call."""

    line: int
    times: int = 0
    types: dict[Keys, set[str]] = field(default_factory=dict)
    counts: Counter[Keys] = field(default_factory=Counter)


def read(stream: IO[bytes]) -> tuple[Event, ...]:
    """The calls of a stream; a value is required that every call of a name carried.

    Raises `BadPlan` where a line is no event.
    """
    seen: dict[tuple[str, str], _Seen] = {}
    events = Events(stream)
    try:
        for index, text in enumerate(events):
            _see(text, index, events, seen)
    except BadEvents as problem:
        raise BadPlan(str(problem)) from None
    return tuple(_event(section, name, found) for (section, name), found in seen.items())


def _see(text: bytes, index: int, events: Events, seen: dict[tuple[str, str], _Seen]) -> None:
    """Remember one event."""
    line = events.line(index)
    try:
        event = json.loads(text)
    except (ValueError, RecursionError):
        raise BadPlan(f"line {line or 1} is no JSON") from None
    kind = event.get("type") if isinstance(event, dict) else None
    if kind not in TYPES:
        raise BadPlan(f'{f"line {line}" if line else "it"} is no event: it has no known "type"')
    name = event.get("event" if kind == "track" else "name") if kind in NAMED else ""
    if kind == "track" and not isinstance(name, str):
        return
    found = seen.setdefault((kind, name if isinstance(name, str) else ""), _Seen(line or 0))
    found.times += 1
    if len(found.types) > MOST:
        return
    own = ROOTS.get(kind, "properties")
    places = {own: event.get(own), "context": event.get("context")}
    told = list(_places(places, ()))
    for keys, type_ in told:
        found.types.setdefault(keys, set()).add(type_)
    found.counts.update({keys for keys, _ in told})


def _places(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:  # noqa: ANN401 - JSON
    """Every place below a value, and the type of what stands there."""
    if len(keys) > DEEPEST:
        return
    if len(keys) > 1:
        yield keys, _type(value)
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _places(member, (*keys, name))
    elif isinstance(value, list):
        for item in value:
            yield from _places(item, (*keys, ITEM))


def _type(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
    return "object"


def _event(section: str, name: str, found: _Seen) -> Event:
    if len(found.types) > MOST:
        return Event(section, name, None, line=found.line)
    properties = {
        keys: Property(
            keys,
            frozenset(types),
            required=found.counts[keys] == found.times and "null" not in types,
        )
        for keys, types in found.types.items()
    }
    return Event(section, name, properties, line=found.line)
