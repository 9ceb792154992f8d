"""Two versions of a mapping, and which routes of theirs belong together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.changes.canonical import canonical
from generator.changes.privacy import sent
from generator.changes.words import main_of
from generator.model import First

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generator.changes.privacy import Place
    from generator.model import Entry, Mapping, Route
    from generator.providers import Provider


@dataclass(frozen=True)
class Two:
    """A route in both versions."""

    before: Route
    after: Route

    @property
    def ids(self) -> frozenset[str]:
        """Its identities."""
        return frozenset({self.before.identity, self.after.identity})


@dataclass(frozen=True)
class Pair:
    """Two versions of a mapping with the provider of each.

    `texts_differ` says whether the files do. Where a mapping is new or gone as a whole, an
    empty one stands for what is not there.
    """

    before: Mapping
    after: Mapping
    old_provider: Provider
    new_provider: Provider
    texts_differ: bool = False
    gone_whole: bool = False
    new_whole: bool = False

    @property
    def name(self) -> str:
        """What the mapping is called in fingerprints."""
        return self.after.name

    @property
    def other_provider(self) -> bool:
        """Whether the versions speak to different providers: then no field compares."""
        return self.before.provider != self.after.provider

    @cached_property
    def matched(self) -> tuple[tuple[Two, ...], tuple[Route, ...], tuple[Route, ...]]:
        """The routes in both versions, those that are gone, and those that are new."""
        gone = {route.identity: route for route in self.before.routes()}
        new = {route.identity: route for route in self.after.routes()}
        if self.other_provider:
            return (), tuple(gone.values()), tuple(new.values())
        found: list[Two] = []
        for key in (_identity, _message, _content, _place):
            _take(key, gone, new, found)
        order = {route.identity: number for number, route in enumerate(self.after.routes())}
        found.sort(key=lambda two: order[two.after.identity])
        return tuple(found), tuple(gone.values()), tuple(new.values())

    @cached_property
    def known(self) -> set[Place]:
        """The places in the event that the old version sends."""
        return set() if self.other_provider else sent(self.before)

    @property
    def both(self) -> tuple[Two, ...]:
        """The routes in both versions."""
        return self.matched[0]

    @property
    def gone(self) -> tuple[Route, ...]:
        """The routes of the old version alone."""
        return self.matched[1]

    @property
    def new(self) -> tuple[Route, ...]:
        """The routes of the new version alone."""
        return self.matched[2]

    @cached_property
    def entries(self) -> tuple[dict[tuple[str, str], Entry], dict[tuple[str, str], Entry]]:
        """What happens for each name of each section, in both versions."""
        return _entries(self.before), _entries(self.after)


def _entries(mapping: Mapping) -> dict[tuple[str, str], Entry]:
    return {
        (section.name, entry.name): entry
        for section in mapping.sections
        for entry in section.entries
    }


def routes_of(entry: Entry) -> tuple[Route, ...]:
    """The routes of a name that are switched on."""
    steps = (step.routes if isinstance(step, First) else (step,) for step in entry.steps)
    return tuple(route for routes in steps for route in routes if route.enabled)


# --- who belongs to whom -------------------------------------------------------------


def _identity(route: Route) -> object:
    return route.identity


def _message(route: Route) -> object:
    """The same message for the same action, after another event."""
    main = main_of(route)
    return None if main is None else (route.section, route.action, canonical(route.fields))


def _content(route: Route) -> object:
    """The same content under another id."""
    return (route.section, route.names, route.action, canonical(route.fields))


def _place(route: Route) -> object:
    """The same action for the same event: another message."""
    return (route.section, route.names, route.action)


def _take(
    key: Callable[[Route], object],
    gone: dict[str, Route],
    new: dict[str, Route],
    found: list[Two],
) -> None:
    """Match routes whose keys are equal, in the order of the file."""
    waiting = _by(key, new.values())
    for identity, route in list(gone.items()):
        there = waiting[key(route)] if key(route) is not None else []
        if there:
            twin = there.pop(0)
            found.append(Two(route, twin))
            del gone[identity], new[twin.identity]


def _by(key: Callable[[Route], object], routes: Iterable[Route]) -> dict[object, list[Route]]:
    found: dict[object, list[Route]] = defaultdict(list)
    for route in routes:
        found[key(route)].append(route)
    return found
