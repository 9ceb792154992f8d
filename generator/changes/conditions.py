"""Changes of conditions: which of the people get a message."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from generator.changes.canonical import same
from generator.changes.change import Class, Found, kind
from generator.changes.implication import implies
from generator.changes.words import condition, message, sentence
from generator.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.changes.pair import Pair, Two
    from generator.model import Condition


@lru_cache(maxsize=4096)
def shift(before: Condition | None, after: Condition | None) -> str | None:
    """How a condition changed: added, removed, narrowed, widened or changed; None if it did not."""
    match before, after:
        case None, None:
            return None
        case None, _:
            return "added"
        case _, None:
            return "removed"
    if same(before, after):
        return None
    match implies(after, before), implies(before, after):
        case True, False:
            return "narrowed"
        case False, True:
            return "widened"
    return "changed"


# --- the condition of a route ------------------------------------------------------------


def _routes(pair: Pair, wanted: str, told: str) -> Iterator[Found]:
    """Routes whose condition changed so; `told` is what follows the message's name."""
    for two in pair.both:
        if shift(two.before.when, two.after.when) == wanted:
            yield _found(pair, two, told)


def _found(pair: Pair, two: Two, told: str) -> Found:
    old, new = two.before.when, two.after.when
    then = "" if old is None else condition(old)
    now = "" if new is None else condition(new)
    return Found(
        sentence(f"{message(two.after, pair.new_provider)} {told.format(then=then, now=now)}"),
        two.before.span if old is None else old.span,
        two.after.span if new is None else new.span,
        two.after.identity,
        (then, now),
        two.ids,
    )


@kind(Class.BEHAVIOUR)
def condition_added(pair: Pair) -> Iterator[Found]:
    """A route has a condition now."""
    yield from _routes(pair, "added", "reaches only users where {now}")


@kind(Class.BREAKING)
def condition_removed(pair: Pair) -> Iterator[Found]:
    """A route has no condition any more: more people get the message."""
    yield from _routes(pair, "removed", "reaches everybody, no longer only users where {then}")


@kind(Class.BEHAVIOUR)
def condition_narrowed(pair: Pair) -> Iterator[Found]:
    """A route's condition asks for more."""
    yield from _routes(pair, "narrowed", "reaches fewer: only users where {now} (was: {then})")


@kind(Class.BREAKING)
def condition_widened(pair: Pair) -> Iterator[Found]:
    """A route's condition asks for less: more people get the message."""
    yield from _routes(pair, "widened", "reaches more: all users where {now} (was: {then})")


@kind(Class.BEHAVIOUR)
def condition_changed(pair: Pair) -> Iterator[Found]:
    """A route has another condition."""
    yield from _routes(pair, "changed", "reaches users where {now} (was: {then})")


# --- the condition of the mapping ----------------------------------------------------------


def _whole(pair: Pair, wanted: str, told: str) -> Iterator[Found]:
    old, new = pair.before.when, pair.after.when
    if shift(old, new) == wanted:
        then = "" if old is None else condition(old)
        now = "" if new is None else condition(new)
        yield Found(
            f"Track, page and screen calls count {told.format(then=then, now=now)}",
            Span.start_of(pair.before.path) if old is None else old.span,
            Span.start_of(pair.after.path) if new is None else new.span,
            "when",
            (then, now),
        )


@kind(Class.BEHAVIOUR)
def filter_added(pair: Pair) -> Iterator[Found]:
    """The mapping has a condition now."""
    yield from _whole(pair, "added", "only where {now}")


@kind(Class.BREAKING)
def filter_removed(pair: Pair) -> Iterator[Found]:
    """The mapping has no condition any more."""
    yield from _whole(pair, "removed", "always, no longer only where {then}")


@kind(Class.BEHAVIOUR)
def filter_narrowed(pair: Pair) -> Iterator[Found]:
    """The mapping's condition asks for more."""
    yield from _whole(pair, "narrowed", "less often: only where {now} (was: {then})")


@kind(Class.BREAKING)
def filter_widened(pair: Pair) -> Iterator[Found]:
    """The mapping's condition asks for less."""
    yield from _whole(pair, "widened", "more often: where {now} (was: {then})")


@kind(Class.BEHAVIOUR)
def filter_changed(pair: Pair) -> Iterator[Found]:
    """The mapping has another condition."""
    yield from _whole(pair, "changed", "where {now} (was: {then})")


# --- what is required -------------------------------------------------------------------------


@kind(Class.BEHAVIOUR)
def requirement_added(pair: Pair) -> Iterator[Found]:
    """A route asks for something in the event, and rejects events without it."""
    for two in pair.both:
        for place in two.after.require:
            if place not in two.before.require:
                told = message(two.after, pair.new_provider)
                yield Found(
                    sentence(f"{told} is refused to users whose event has no {place.text}"),
                    two.before.span,
                    place.span or two.after.span,
                    two.after.identity,
                    ("", place.text),
                    two.ids,
                )


@kind(Class.BEHAVIOUR)
def requirement_removed(pair: Pair) -> Iterator[Found]:
    """A route no longer asks for something in the event."""
    for two in pair.both:
        for place in two.before.require:
            if place not in two.after.require:
                told = message(two.after, pair.new_provider)
                yield Found(
                    sentence(f"{told} also goes to users whose event has no {place.text}"),
                    place.span or two.before.span,
                    two.after.span,
                    two.after.identity,
                    (place.text, ""),
                    two.ids,
                )
