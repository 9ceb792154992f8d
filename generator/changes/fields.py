"""Changes of what is sent, field by field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.changes.canonical import same
from generator.changes.change import Class, Found, kind
from generator.changes.privacy import Place, Scope, leaving, new_places
from generator.changes.words import is_message, message, quoted, sentence, value, who
from generator.model import Coalesce, Each, Filtered, Literal, MapOf, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.changes.pair import Pair, Two
    from generator.diagnostics import Span
    from generator.model import Field, Route
    from generator.providers import Provider

RECIPIENTS = ("to", "recipients", "recipient", "users", "subscribe", "unsubscribe")
"""Fields that say who gets a message."""
IDS = ("subscriberId", "topicKey", "distinct_id", "user_id", "exclude", "audience_id", "list_id")
"""Members, at any depth, that name a person or a group."""
ENDPOINT = ("url", "auth", "method")
"""Fields of an action that say where a request goes, and as whom."""


@dataclass(frozen=True)
class Delta:
    """One value that differs; None where a version does not have it.

    `item` is where `$` stands in the event, inside of a list.
    """

    two: Two
    path: tuple[str, ...]
    before: Value | None
    after: Value | None
    places: tuple[Span | None, Span | None]
    item: Place = ()

    @property
    def name(self) -> str:
        """Where the value stands: `payload.items[].sku`."""
        return ".".join(self.path).replace(".[]", "[]")


def deltas(pair: Pair) -> Iterator[Delta]:
    """Every value that differs in routes that both versions have."""
    for two in pair.both:
        old = {field.name: field for field in two.before.fields}
        new = {field.name: field for field in two.after.fields}
        for name in {**old, **new}:
            here, there = old.get(name), new.get(name)
            places = (_place(here, two.before), _place(there, two.after))
            before = None if here is None else here.value
            after = None if there is None else there.value
            yield from _below(Delta(two, (name,), before, after, places))


def _place(field: Field | None, route: Route) -> Span | None:
    """Where a field stands; a default stands where its route does."""
    return None if field is None else field.span or field.value.span or route.span


def _below(delta: Delta) -> Iterator[Delta]:
    """The smallest values that differ."""
    before, after = delta.before, delta.after
    if before is not None and after is not None and same(before, after):
        return
    match before, after:
        case Each(over, one), Each(other, two) if over == other and before.name == after.name:
            around = next(leaving(other, Scope(delta.item)), delta.item)
            yield from _below(replace(_deeper(delta, "[]", one, two), item=around))
            return
    old, new = _members(before), _members(after)
    if not old or not new:
        yield delta
        return
    for name in {**old, **new}:
        yield from _below(_deeper(delta, name, old.get(name), new.get(name)))


def _deeper(delta: Delta, name: str, before: Value | None, after: Value | None) -> Delta:
    """A member of a value that differs."""
    then, now = delta.places
    places = (
        None if before is None else before.span or then,
        None if after is None else after.span or now,
    )
    return Delta(delta.two, (*delta.path, name), before, after, places, delta.item)


def _members(found: Value | None) -> dict[str, Value]:
    """The members of a map that stands in the mapping."""
    match found:
        case MapOf(entries):
            return dict(entries)
        case Literal():
            held = found.value
            if isinstance(held, dict):
                return {name: Literal.of(member, found.span) for name, member in held.items()}
    return {}


# --- which kind a difference is ------------------------------------------------------------


def sort_of(delta: Delta, provider: Provider) -> str:
    """The kind of change that a difference is; every difference is of exactly one."""
    top, last = delta.path[0], delta.path[-1]
    action = provider.action(delta.two.after.action)
    if top in ENDPOINT and action is not None and any(spec.fixed_host for spec in action.fields):
        return "endpoint"
    if action is not None and delta.path == (action.main,):
        return "message" if is_message(delta.two.after, provider) else "recipient"
    if last in IDS or (top in RECIPIENTS and (len(delta.path) == 1 or last == "id")):
        return "recipient"
    if delta.before is None or delta.after is None:
        return "added" if delta.before is None else "removed"
    return _sort_of_values(delta.before, delta.after)


def _sort_of_values(before: Value, after: Value) -> str:
    match before, after:
        case Literal(), Literal() if type(before.value) is not type(after.value):
            return "type"
        case (Coalesce(), _) | (_, Coalesce()) if same(_first(before), _first(after)):
            return "fallback"
        case (Filtered(), _) | (_, Filtered()) if same(_bare(before), _bare(after)):
            return "transform"
    return "changed"


def _first(found: Value) -> Value:
    """The choice that is looked at first."""
    return found.choices[0] if isinstance(found, Coalesce) else found


def _bare(found: Value) -> Value:
    """A value without its filters."""
    while isinstance(found, Filtered):
        found = found.value
    return found


# --- the kinds -------------------------------------------------------------------------------


def _found(pair: Pair, wanted: str, told: str) -> Iterator[Found]:
    """The differences of one sort; `told` knows message, name, then and now."""
    for delta in deltas(pair):
        if sort_of(delta, pair.new_provider) != wanted:
            continue
        then = "" if delta.before is None else value(delta.before)
        now = "" if delta.after is None else value(delta.after)
        words = {"message": message(delta.two.after, pair.new_provider), "name": delta.name}
        words |= {"then": then or "not set", "now": now or "not set"}
        words |= {"old": message(delta.two.before, pair.old_provider)}
        yield Found(
            sentence(told.format(**words)),
            delta.places[0],
            delta.places[1],
            f"{delta.two.after.identity} {delta.name}",
            (then, now),
            delta.two.ids,
            leaves=_leaves(pair, delta),
        )


def _leaves(pair: Pair, delta: Delta) -> tuple[str, ...]:
    """What newly leaves Segment by a difference."""
    if delta.after is None:
        return ()
    return new_places(pair, delta.two.after, [delta.after], Scope(delta.item))


@kind(Class.BEHAVIOUR)
def field_added(pair: Pair) -> Iterator[Found]:
    """A request carries a field that it did not."""
    yield from _found(pair, "added", "{message} now carries {name}: {now}")


@kind(Class.BREAKING)
def field_removed(pair: Pair) -> Iterator[Found]:
    """A request no longer carries a field, which a text at the provider may need."""
    yield from _found(pair, "removed", "{message} no longer carries {name} (was: {then})")


@kind(Class.BEHAVIOUR)
def field_changed(pair: Pair) -> Iterator[Found]:
    """A field has another value."""
    yield from _found(pair, "changed", "{message} carries another {name}: {now} (was: {then})")


@kind(Class.BREAKING)
def type_changed(pair: Pair) -> Iterator[Found]:
    """A field has a value of another type."""
    told = "{message} carries {name} of another type: {now} (was: {then})"
    yield from _found(pair, "type", told)


@kind(Class.BEHAVIOUR)
def fallback_changed(pair: Pair) -> Iterator[Found]:
    """A field falls back to another value."""
    told = "{message} has another fallback for {name}: {now} (was: {then})"
    yield from _found(pair, "fallback", told)


@kind(Class.BEHAVIOUR)
def transform_changed(pair: Pair) -> Iterator[Found]:
    """A field is written in another way."""
    told = "{message} carries {name} in another form: {now} (was: {then})"
    yield from _found(pair, "transform", told)


@kind(Class.BREAKING)
def recipient_changed(pair: Pair) -> Iterator[Found]:
    """Somebody else gets the message."""
    told = "{message} goes to somebody else: {name} is {now} (was: {then})"
    yield from _found(pair, "recipient", told)


@kind(Class.BREAKING)
def message_changed(pair: Pair) -> Iterator[Found]:
    """People get another message."""
    for delta in deltas(pair):
        if sort_of(delta, pair.new_provider) != "message":
            continue
        then = "nothing" if delta.before is None else value(delta.before)
        now = "nothing" if delta.after is None else value(delta.after)
        yield Found(
            sentence(f"{who(delta.two.after)} get {now} instead of {then}"),
            delta.places[0],
            delta.places[1],
            f"{delta.two.after.section}/{quoted('/'.join(delta.two.after.names))}",
            (then, now),
            delta.two.ids,
        )


@kind(Class.BREAKING)
def endpoint_changed(pair: Pair) -> Iterator[Found]:
    """The request goes elsewhere, or is made as somebody else."""
    told = "{old} is sent elsewhere or otherwise: {name} is {now} (was: {then})"
    yield from _found(pair, "endpoint", told)
