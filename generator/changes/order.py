"""Changes of the order of routes, and of which exclude each other."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from generator.changes.change import Class, Found, kind
from generator.changes.words import calls, people, sentence
from generator.model import First

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.changes.pair import Pair
    from generator.model import Entry

_Pairs = set[frozenset[str]]


def _common(pair: Pair) -> Iterator[tuple[str, Entry, Entry]]:
    """What happens for each name that both versions have."""
    old, new = pair.entries
    for (section, name), entry in new.items():
        if (section, name) in old:
            yield section, old[section, name], entry


def _routes(entry: Entry) -> list[str]:
    return [
        route.identity
        for step in entry.steps
        for route in (step.routes if isinstance(step, First) else (step,))
    ]


def _exclusive(entry: Entry) -> set[frozenset[str]]:
    """The pairs of routes of which at most one runs."""
    return {
        frozenset(two)
        for step in entry.steps
        if isinstance(step, First)
        for two in combinations([route.identity for route in step.routes], 2)
    }


def _renamed(pair: Pair) -> dict[str, str]:
    """The new identity of each old route that is still there."""
    return {two.before.identity: two.after.identity for two in pair.both}


@kind(Class.BEHAVIOUR)
def order_changed(pair: Pair) -> Iterator[Found]:
    """Routes of one event run in another order."""
    names = _renamed(pair)
    for section, old, new in _common(pair):
        now = [identity for identity in _routes(new) if identity in names.values()]
        then = [names[identity] for identity in _routes(old) if names.get(identity) in now]
        now = [identity for identity in now if identity in then]
        if then != now:
            told = calls(section, new.name)
            yield Found(
                sentence(f"what follows {told} happens in another order"),
                old.span,
                new.span,
                f"{section}/{new.name}",
                (", ".join(then), ", ".join(now)),
                frozenset({*_routes(old), *_routes(new)}),
            )


def _regrouped(
    pair: Pair,
) -> Iterator[tuple[str, Entry, Entry, set[frozenset[str]], set[frozenset[str]]]]:
    """The pairs of routes, by their new identities, that exclude each other in one version."""
    names = _renamed(pair)
    for section, old, new in _common(pair):
        here = {names[identity] for identity in _routes(old) if identity in names}
        both = here & set(_routes(new))
        then = {
            frozenset(names.get(identity, identity) for identity in two) for two in _exclusive(old)
        }
        now = _exclusive(new)
        yield section, old, new, {p for p in then if p <= both}, {p for p in now if p <= both}


@kind(Class.BEHAVIOUR)
def first_added(pair: Pair) -> Iterator[Found]:
    """Of several routes only the first runs now."""
    for section, old, new, then, now in _regrouped(pair):
        if now - then:
            told = f"{people(section, (new.name,))} now get only the first message that applies"
            yield _grouped(told, section, old, new, ("all", "first"))


@kind(Class.BREAKING)
def first_removed(pair: Pair) -> Iterator[Found]:
    """Of several routes no longer only the first runs: people may get more messages."""
    for section, old, new, then, now in _regrouped(pair):
        if then - now:
            told = f"{people(section, (new.name,))} now get every message that applies"
            yield _grouped(told, section, old, new, ("first", "all"))


def _grouped(text: str, section: str, old: Entry, new: Entry, told: tuple[str, str]) -> Found:
    routes = frozenset({*_routes(old), *_routes(new)})
    return Found(sentence(text), old.span, new.span, f"{section}/{new.name}", told, routes)
