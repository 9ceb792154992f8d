"""Changes of whole routes: who gets which message after which event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.changes.change import Class, Found, kind
from generator.changes.pair import routes_of
from generator.changes.privacy import new_places, values_of
from generator.changes.words import (
    calls,
    gets,
    is_message,
    joined,
    main_of,
    message,
    people,
    quoted,
    sentence,
    who,
)
from generator.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.changes.pair import Pair
    from generator.model import Entry, Mapping, Section


@kind(Class.BEHAVIOUR)
def route_added(pair: Pair) -> Iterator[Found]:
    """A route is new: people get a message that they did not get."""
    for route in pair.new:
        gone = Span.start_of(pair.before.path) if pair.other_provider else None
        yield Found(
            sentence(f"{who(route)} {gets('now', route, pair.new_provider)}"),
            gone,
            route.span,
            route.identity,
            ("", main_of(route, pair.new_provider) or route.action),
            frozenset({route.identity}),
            leaves=new_places(pair, route, values_of(route)),
        )


@kind(Class.BREAKING)
def route_removed(pair: Pair) -> Iterator[Found]:
    """A route is gone: people no longer get a message."""
    for route in pair.gone:
        yield Found(
            sentence(f"{who(route)} {gets('no longer', route, pair.old_provider)}"),
            route.span,
            Span.start_of(pair.after.path) if pair.other_provider else None,
            route.identity,
            (main_of(route, pair.old_provider) or route.action, ""),
            frozenset({route.identity}),
        )


@kind(Class.BREAKING)
def route_renamed(pair: Pair) -> Iterator[Found]:
    """A route has another identity, so the key by which a repeated message is known changes."""
    for two in pair.both:
        old, new = two.before, two.after
        kept = old.names == new.names and old.action == new.action
        if old.identity == new.identity or not kept:
            continue
        if main_of(old, pair.old_provider) != main_of(new, pair.new_provider):
            continue  # another message, which changes the identity by itself
        keyed = is_message(new, pair.new_provider)
        means = "may come twice to users whose call is being retried when you deploy"
        told = f"{message(new, pair.new_provider)} {means if keyed else 'has another identity'}"
        yield Found(
            sentence(told),
            old.span,
            new.span,
            new.identity,
            (old.identity, new.identity),
            two.ids,
            class_=None if keyed else Class.COSMETIC,
        )


@kind(Class.BREAKING)
def event_renamed(pair: Pair) -> Iterator[Found]:
    """A route listens to another event."""
    for two in pair.both:
        lost = [name for name in two.before.names if name not in two.after.names]
        won = [name for name in two.after.names if name not in two.before.names]
        if lost and won:
            section = two.before.section
            lose = gets("no longer", two.before, pair.old_provider)
            win = gets("now", two.after, pair.new_provider)
            then = f"{people(section, tuple(lost))} {lose}"
            now = f"{people(section, tuple(won))} {win}"
            yield Found(
                sentence(f"{then}; {now}"),
                two.before.span,
                two.after.span,
                two.after.identity,
                (joined(lost, "and"), joined(won, "and")),
                two.ids,
                leaves=new_places(pair, two.after, values_of(two.after)),
            )


@kind(Class.BEHAVIOUR)
def event_added(pair: Pair) -> Iterator[Found]:
    """A route listens to one more event."""
    for two in pair.both:
        won = tuple(name for name in two.after.names if name not in two.before.names)
        if won and set(two.before.names) <= set(two.after.names):
            told = gets("now", two.after, pair.new_provider)
            yield Found(
                sentence(f"{people(two.after.section, won)} {told}"),
                two.before.span,
                two.after.span,
                two.after.identity,
                ("", joined(list(won), "and")),
                two.ids,
                leaves=new_places(pair, two.after, values_of(two.after)),
            )


@kind(Class.BREAKING)
def event_removed(pair: Pair) -> Iterator[Found]:
    """A route no longer listens to an event."""
    for two in pair.both:
        lost = tuple(name for name in two.before.names if name not in two.after.names)
        if lost and set(two.after.names) <= set(two.before.names):
            told = gets("no longer", two.before, pair.old_provider)
            yield Found(
                sentence(f"{people(two.before.section, lost)} {told}"),
                two.before.span,
                two.after.span,
                two.after.identity,
                (joined(list(lost), "and"), ""),
                two.ids,
            )


@kind(Class.BREAKING)
def route_switched_off(pair: Pair) -> Iterator[Found]:
    """A route is switched off with `enabled: false`."""
    for two in pair.both:
        if two.before.enabled and not two.after.enabled:
            told = gets("no longer", two.before, pair.old_provider)
            yield Found(
                sentence(f"{who(two.before)} {told}: the route is switched off"),
                two.before.span,
                two.after.span,
                two.after.identity,
                ("on", "off"),
                two.ids,
            )


@kind(Class.BEHAVIOUR)
def route_switched_on(pair: Pair) -> Iterator[Found]:
    """A route that was switched off is on again."""
    for two in pair.both:
        if two.after.enabled and not two.before.enabled:
            told = gets("now", two.after, pair.new_provider)
            yield Found(
                sentence(f"{who(two.after)} {told}: the route is switched on"),
                two.before.span,
                two.after.span,
                two.after.identity,
                ("off", "on"),
                two.ids,
                leaves=new_places(pair, two.after, values_of(two.after)),
            )


# --- what "*" takes, and what is ignored on purpose ------------------------------------


@kind(Class.BREAKING)
def catch_all_narrowed(pair: Pair) -> Iterator[Found]:
    """A name has a key of its own now, so `"*"` no longer takes it."""
    old, new = pair.entries
    for entry, star, section in _taken(new, old):
        if (section, "*") in new:
            told = people(section, (entry.name,))
            yield Found(
                sentence(f"{told} no longer get what {calls(section, '*')} gives"),
                star.span,
                entry.span,
                f"{section}/{entry.name}",
                ("*", entry.name),
                _ids(star) | _ids(entry),
            )


@kind(Class.BEHAVIOUR)
def catch_all_widened(pair: Pair) -> Iterator[Found]:
    """A name has no key of its own any more, so `"*"` takes it."""
    old, new = pair.entries
    for entry, star, section in _taken(old, new):
        if (section, "*") in old:
            told = people(section, (entry.name,))
            yield Found(
                sentence(f"{told} now get what {calls(section, '*')} gives"),
                entry.span,
                star.span,
                f"{section}/{entry.name}",
                (entry.name, "*"),
                _ids(star) | _ids(entry),
            )


def _taken(
    has: dict[tuple[str, str], Entry], lacks: dict[tuple[str, str], Entry]
) -> Iterator[tuple[Entry, Entry, str]]:
    """Names that one version has alone, where `"*"` sends something in the other."""
    for (section, name), entry in has.items():
        star = lacks.get((section, "*"))
        if name not in {"", "*"} and (section, name) not in lacks and star and routes_of(star):
            yield entry, star, section


def _ids(entry: Entry) -> frozenset[str]:
    return frozenset(route.identity for route in routes_of(entry))


@kind(Class.COSMETIC)
def ignored_added(pair: Pair) -> Iterator[Found]:
    """An event is now ignored on purpose."""
    old, new = pair.entries
    for (section, name), entry in new.items():
        if not entry.steps and name and (section, name) not in old:
            told = f"{calls(section, name)} is now ignored on purpose"
            class_ = _class_of_silence(pair.before)
            place = f"{section}/{name}"
            yield Found(sentence(told), None, entry.span, place, ("", "[]"), class_=class_)


@kind(Class.COSMETIC)
def ignored_removed(pair: Pair) -> Iterator[Found]:
    """An event is no longer ignored on purpose."""
    old, new = pair.entries
    for (section, name), entry in old.items():
        if not entry.steps and name and (section, name) not in new:
            told = f"{calls(section, name)} is no longer ignored on purpose"
            class_ = _class_of_silence(pair.after)
            place = f"{section}/{name}"
            yield Found(sentence(told), entry.span, None, place, ("[]", ""), class_=class_)


def _class_of_silence(mapping: Mapping) -> Class | None:
    """Where unmapped events are rejected, an ignored one has another outcome."""
    return Class.BEHAVIOUR if mapping.options.unmapped == "reject" else None


@kind(Class.BEHAVIOUR)
def section_added(pair: Pair) -> Iterator[Found]:
    """Calls of a type are accepted now, and lead to nothing."""
    for section in _sections(pair.after, pair.before):
        told = f"{section.name} calls are now accepted, where Segment called them not supported"
        yield Found(sentence(told), None, section.span, section.name, ("", section.name))


@kind(Class.BEHAVIOUR)
def section_removed(pair: Pair) -> Iterator[Found]:
    """Calls of a type are no longer accepted; they led to nothing."""
    for section in _sections(pair.before, pair.after):
        told = f"{section.name} calls are no longer accepted: Segment calls them not supported"
        yield Found(sentence(told), section.span, None, section.name, (section.name, ""))


def _sections(has: Mapping, lacks: Mapping) -> Iterator[Section]:
    """The sections without any route that one version has alone."""
    known = {section.name for section in lacks.sections}
    for section in has.sections:
        empty = not any(entry.steps for entry in section.entries)
        if empty and section.name not in known:
            yield section


@kind(Class.BREAKING)
def mapping_removed(pair: Pair) -> Iterator[Found]:
    """A mapping is gone, and its function with it."""
    if pair.gone_whole:
        told = f"the mapping {quoted(pair.before.name)} is gone, and all that it sent"
        place = Span.start_of(pair.before.path)
        yield Found(sentence(told), place, None, "", (pair.before.name, ""))


@kind(Class.BEHAVIOUR)
def mapping_added(pair: Pair) -> Iterator[Found]:
    """A mapping is new: a function to create in Segment."""
    if pair.new_whole:
        told = f"the mapping {quoted(pair.after.name)} is new: create its function in Segment"
        place = Span.start_of(pair.after.path)
        yield Found(sentence(told), None, place, "", ("", pair.after.name))
