"""Changes of the provider, of options, and of what a mapping is called."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.changes.canonical import canonical
from generator.changes.change import Class, Found, kind
from generator.changes.words import lasting, quoted, readable
from generator.diagnostics import Span
from generator.model import First

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.changes.pair import Pair
    from generator.model import Entry, Mapping, Section, Step


def _found(pair: Pair, message: str, key: str, told: tuple[str, str]) -> Found:
    """A change of a key of the mapping, or of the file as a whole where neither has the key."""
    old, new = (dict(mapping.places).get(key) for mapping in (pair.before, pair.after))
    if old is new is None:
        old, new = Span.start_of(pair.before.path), Span.start_of(pair.after.path)
    return Found(message, old, new, key.removeprefix("options."), told)


@kind(Class.BREAKING)
def provider_changed(pair: Pair) -> Iterator[Found]:
    """Another provider sends the messages."""
    old, new = pair.before.provider, pair.after.provider
    if old != new:
        titles = pair.old_provider.title, pair.new_provider.title
        told = f"{titles[1]} sends all messages instead of {titles[0]}"
        yield _found(pair, told, "provider", (old, new))


@kind(Class.BEHAVIOUR)
def unmapped_changed(pair: Pair) -> Iterator[Found]:
    """Events without a route have another outcome in Segment."""
    old, new = pair.before.options.unmapped, pair.after.options.unmapped
    if old != new:
        told = {
            "ignore": "Events without a route count as delivered in Segment, no longer as refused",
            "reject": "Events without a route count as refused in Segment, no longer as delivered",
        }[new]
        yield _found(pair, told, "options.unmapped", (old, new))


@kind(Class.BREAKING)
def invalid_rejected(pair: Pair) -> Iterator[Found]:
    """A value that does not fit refuses the message."""
    if (pair.before.options.invalid, pair.after.options.invalid) == ("omit", "reject"):
        told = "Users with one bad value, such as a wrong e-mail address, no longer get the message"
        yield _found(pair, told, "options.invalid", ("omit", "reject"))


@kind(Class.BEHAVIOUR)
def invalid_omitted(pair: Pair) -> Iterator[Found]:
    """A value that does not fit is left out."""
    if (pair.before.options.invalid, pair.after.options.invalid) == ("reject", "omit"):
        told = "Users with one bad value now get the message, without that value"
        yield _found(pair, told, "options.invalid", ("reject", "omit"))


@kind(Class.BREAKING)
def nulls_cleared(pair: Pair) -> Iterator[Found]:
    """A null in an event clears the field of a profile."""
    if (pair.before.options.nulls, pair.after.options.nulls) == ("omit", "clear"):
        told = "A null in an event now clears the field of the user's profile"
        yield _found(pair, told, "options.nulls", ("omit", "clear"))


@kind(Class.BEHAVIOUR)
def nulls_omitted(pair: Pair) -> Iterator[Found]:
    """A null in an event no longer clears the field of a profile."""
    if (pair.before.options.nulls, pair.after.options.nulls) == ("clear", "omit"):
        told = "A null in an event no longer clears the field of the user's profile"
        yield _found(pair, told, "options.nulls", ("clear", "omit"))


@kind(Class.BEHAVIOUR)
def timeout_changed(pair: Pair) -> Iterator[Found]:
    """The function waits longer or shorter for the provider."""
    old, new = pair.before.options.timeout, pair.after.options.timeout
    if old != new:
        was, now = lasting(old), lasting(new)
        told = f"The function waits {now} for the provider before it gives up (was: {was})"
        yield _found(pair, told, "options.timeout", (was, now))


@kind(Class.BEHAVIOUR)
def age_changed(pair: Pair) -> Iterator[Found]:
    """Events of another age are ignored."""
    old, new = pair.before.options.max_event_age, pair.after.options.max_event_age
    if old != new:
        was, now = ("no limit" if age is None else lasting(age) for age in (old, new))
        told = "Events lead to messages however old they are"
        if new is not None:
            told = f"Events older than {now} lead to no message"
        yield _found(pair, f"{told} (was: {was})", "options.max_event_age", (was, now))


@kind(Class.BEHAVIOUR)
def batch_changed(pair: Pair) -> Iterator[Found]:
    """Batches are handled otherwise."""
    old, new = (mapping.options.batch for mapping in (pair.before, pair.after))
    if old != new:
        now = "one by one" if new is None else f"in batches, {new} requests at once"
        was = "one by one" if old is None else f"in batches, {old} requests at once"
        yield _found(pair, f"Events are handled {now} (was: {was})", "options.batch", (was, now))


@kind(Class.BEHAVIOUR)
def option_changed(pair: Pair) -> Iterator[Found]:
    """An option of the provider has another value."""
    old, new = dict(pair.before.options.provider), dict(pair.after.options.provider)
    known = {option.name: option for option in pair.new_provider.options}
    for name in {} if pair.other_provider else {**old, **new}:
        then, now = (each[name].json if name in each else "" for each in (old, new))
        if then != now:
            option = known.get(name)
            caution = option.caution if option is not None and now else None
            risky = caution is not None and option is not None and now != json.dumps(option.default)
            told = f"The option {name} is {readable(now) if now else 'not set'}"
            told += f" (was: {readable(then) if then else 'not set'})"
            if risky and caution is not None:
                told += f": {caution.message}"
            class_ = Class.BREAKING if risky else None
            yield replace(_found(pair, told, f"options.{name}", (then, now)), class_=class_)


@kind(Class.COSMETIC)
def mapping_renamed(pair: Pair) -> Iterator[Found]:
    """The generated file has another name."""
    old, new = pair.before.name, pair.after.name
    if old != new:
        told = f"The generated file is called {new}.js instead of {old}.js"
        yield _found(pair, told, "name", (old, new))


@kind(Class.COSMETIC)
def description_changed(pair: Pair) -> Iterator[Found]:
    """The mapping has another description."""
    old, new = pair.before.description, pair.after.description
    if old != new:
        told = "The mapping is described in other words"
        yield _found(pair, told, "description", (quoted(old), quoted(new)))


@kind(Class.COSMETIC)
def text_changed(pair: Pair) -> Iterator[Found]:
    """The file differs and means the same: comments, order of keys, style."""
    if pair.texts_differ:
        told = "The file is written in another way and means the same"
        yield _found(pair, told, "text", ("", ""))


@kind(Class.BEHAVIOUR)
def other_changed(pair: Pair) -> Iterator[Found]:
    """Something else has another meaning: the net below all other kinds."""
    if essence(pair.before) != essence(pair.after):
        yield _found(pair, "The mapping means something else", "other", ("", ""))


def essence(mapping: Mapping) -> object:
    """What of a mapping decides about requests, whatever the order of its keys.

    Names that lead to nothing are left out: what they take from `"*"` has its own kinds.
    """
    settings = sorted(
        (setting.name, setting.type, setting.required) for setting in mapping.settings
    )
    return (
        mapping.provider,
        tuple(settings),
        tuple(sorted(mapping.renamed)),
        canonical(mapping.options),
        canonical(mapping.when),
        tuple(sorted(map(_section, mapping.sections))),
    )


def _section(section: Section) -> tuple[str, str]:
    running = ((entry.name, _running(entry)) for entry in section.entries)
    entries = ((name, repr(canonical(steps))) for name, steps in running if steps)
    return section.name, repr(sorted(entries))


def _running(entry: Entry) -> tuple[Step, ...]:
    """The steps of a name without the routes that are switched off."""
    kept = (
        First(tuple(route for route in step.routes if route.enabled))
        if isinstance(step, First)
        else step
        for step in entry.steps
    )
    return tuple(step for step in kept if isinstance(step, First) or step.enabled)
