"""Events made from a mapping, so that every route is reached, and every condition both ways."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

from generator.changes.solving import Wish, samples, wishes
from generator.changes.words import calls, condition
from generator.model import Coalesce, Condition, If, Path, Value, walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from collections.abc import Mapping as Dictionary

    from generator.model import Json, Mapping, Route
    from generator.providers import Provider

OTHER = "Something Else"
"""The name of an event that only `"*"` takes."""
FEW = 1
"""The events of a route that did not change."""


@dataclass(frozen=True)
class Made:
    """An event as JSON text, and what it is called in the evidence."""

    name: str
    text: str
    route: str = field(default="", compare=False)


def made_events(
    mapping: Mapping,
    provider: Provider,
    settings: Dictionary[str, Json],
    changed: Collection[str] | None = None,
) -> Iterator[Iterator[Made]]:
    """Events for every route of a mapping, one after another, the most telling first.

    `settings` are the values that will be given. Routes that are not among the `changed` (None:
    all are) get a few.
    """
    maker = _Maker(mapping, provider, settings)
    for route in mapping.routes():
        few = changed is not None and route.identity not in changed
        for name in route.names or ("",):
            yield islice(maker.events(route, name), FEW if few else None)
    for section in mapping.sections:
        for entry in section.entries:
            if not entry.steps and entry.name:
                yield iter([maker.made(section.name, entry.name, {}, "", "")])


def chosen(streams: Iterable[Iterator[Made]], most: int) -> list[Made]:
    """So many different events, of each stream in turn; in the order of the streams."""
    found: dict[str, tuple[int, int, Made]] = {}
    for turn, made in enumerate(zip_longest(*streams)):
        for place, each in enumerate(made):
            if each is not None and len(found) < most:
                found.setdefault(each.text, (place, turn, each))
        if len(found) >= most:
            break
    return [made for _, _, made in sorted(found.values(), key=lambda entry: entry[:2])]


@dataclass(frozen=True)
class _Maker:
    mapping: Mapping
    provider: Provider
    settings: Dictionary[str, Json]

    def events(self, route: Route, name: str) -> Iterator[Made]:
        """The events for a route under one of its names."""
        told = "" if route.when is None else f"where {condition(route.when)}"
        good = [*self.wished(self.mapping.when), *self.wished(route.when), *_required(route)]
        full = self.full(route)
        yield self.event(route, name, full, good, told)
        for variant, wish in self.variants(route):
            yield self.event(route, name, full, [*good, *wish], variant)
        yield self.event(route, name, {}, good, f"{told}, and with nothing else".lstrip(", "))
        anonymous = self.event(route, name, full, good, f"{told}, without a user id".lstrip(", "))
        yield Made(anonymous.name, _without(anonymous.text, "userId"), route.identity)
        for variant, wish in self.variants(route):
            yield self.event(route, name, {}, [*good, *wish], f"{variant}, and with little else")

    def variants(self, route: Route) -> Iterator[tuple[str, list[Wish]]]:
        """Every condition fulfilled and broken part by part, and every first choice missing."""
        for when in (self.mapping.when, route.when, *_inner(route)):
            if when is not None:
                for told, wish in wishes(when, self.settings):
                    yield f"where {told}", wish
        for choice in _firsts(route):
            yield "without a first choice", [Wish(choice, None, missing=True)]

    def wished(self, when: Condition | None) -> list[Wish]:
        """What fulfils a condition."""
        return [] if when is None else next(wishes(when, self.settings))[1]

    def full(self, route: Route) -> dict[str, Any]:
        """An event with a value wherever the route looks for one."""
        event: dict[str, Any] = {}
        action = self.provider.action(route.action)
        for each in route.fields:
            spec = None if action is None else action.field(each.name)
            for wish in samples(each.value, None if spec is None else spec.type):
                wish.put(event)
        return event

    def event(
        self, route: Route, name: str, base: dict[str, Any], wanted: list[Wish], told: str
    ) -> Made:
        """One event."""
        content = copy.deepcopy(base)
        for wish in wanted:
            wish.put(content)
        return self.made(route.section, name, content, told, route.identity)

    def made(self, section: str, name: str, content: dict[str, Any], told: str, route: str) -> Made:
        """The content as a call of a section; what the content says comes first."""
        event: dict[str, Any] = {
            "type": section,
            "messageId": "made-1",
            "userId": "user-1",
            "timestamp": "2026-01-01T00:00:00.000Z",
            "receivedAt": "2026-01-01T00:00:00.000Z",
        }
        if section in {"group", "alias"}:
            event["groupId" if section == "group" else "previousId"] = "other-1"
        called = self.other(section) if name == "*" else name
        if name:
            event["event" if section == "track" else "name"] = called
        kept = {key: value for key, value in content.items() if key not in {"type", "event"}}
        title = " ".join(part for part in ("made:", section, _title(section, name), told) if part)
        return Made(title, json.dumps({**event, **kept}), route)

    def other(self, section: str) -> str:
        """A name that has no key of its own."""
        known = {
            entry.name
            for each in self.mapping.sections
            if each.name == section
            for entry in each.entries
        }
        name = OTHER
        while name in known:
            name += " Still"
        return name


def _title(section: str, name: str) -> str:
    return calls(section, name).removeprefix(f"the {section} ") if name else ""


def _without(text: str, key: str) -> str:
    """A JSON object without one member."""
    event = json.loads(text)
    event.pop(key, None)
    return json.dumps({**event, "anonymousId": "anonymous-1"})


def _required(route: Route) -> list[Wish]:
    """What `require` asks for."""
    return [Wish(tuple(place.keys), "given") for place in route.require if place.root == "event"]


def _inner(route: Route) -> list[Condition]:
    """The conditions inside of values."""
    return [part.condition for part in walk(route.fields) if isinstance(part, If)]


def _firsts(route: Route) -> Iterator[tuple[str | int, ...]]:
    """The places that `??` looks at before another."""
    for part in walk(route.fields):
        if isinstance(part, Coalesce):
            for choice in part.choices[:-1]:
                found: Value = choice
                if isinstance(found, Path) and found.root == "event":
                    yield found.keys
