"""What changes between two versions of a mapping: one function is one kind of change.

It sees models and providers only. `evidence.py` then compares what both versions did with the
same events: that can only raise a class.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.changes import conditions, fields, options, order, routes, settings
from generator.changes.change import KINDS, Change, Class

if TYPE_CHECKING:
    from generator.changes.pair import Pair

__all__ = ["FINDERS", "KINDS", "Change", "Class", "compare"]

FINDERS = (routes, conditions, order, fields, settings, options)
"""The modules whose functions are the kinds."""

LAST = ("other-changed", "text-changed")
"""Kinds that are looked for where nothing else says that something changed."""


def compare(pair: Pair) -> list[Change]:
    """Every change, the worst first; within a class in the order of the new file."""
    on = {
        route.identity
        for mapping in (pair.before, pair.after)
        for route in mapping.routes()
        if route.enabled
    }
    found = [
        _if_off(change, on)
        for name, kind in KINDS.items()
        if name not in LAST
        for change in kind.changes(pair)
    ]
    if all(change.class_ is Class.COSMETIC for change in found):
        found += KINDS["other-changed"].changes(pair)
    if not found:
        found += KINDS["text-changed"].changes(pair)
    return sorted(dict.fromkeys(found), key=_order)


def _if_off(change: Change, on: set[str]) -> Change:
    """The change; one of routes that are switched off in both versions changes nothing."""
    if not change.routes or change.routes & on:
        return change
    message = f"{change.message} (the route is switched off)"
    return replace(change, class_=Class.COSMETIC, message=message, leaves=())


def _order(change: Change) -> tuple[int, str, int, str, str]:
    place = change.after or change.before
    line = place.line if place is not None else 0
    return -change.class_, change.mapping, line, change.kind, change.message
