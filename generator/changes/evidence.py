"""What both versions did with the same events, and what that says about the changes.

Execution can only raise a class. A difference that nothing but cosmetic changes could explain
is a bug of ours.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from generator.changes.change import Change, Class

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

READING = ("GET", "HEAD")
WHO = (
    *("route-", "event-", "catch-", "condition-", "filter-", "requirement-", "first-"),
    *("mapping-", "section-", "ignored-", "unmapped-", "age-", "provider-", "setting-"),
)
"""How the kinds begin that decide whether a route runs."""
FILTERS = ("filter-", "age-")
"""Those that decide it for all routes."""


class Contradiction(Exception):  # noqa: N818 - it names what it is
    """An event is treated otherwise although no change says so: a bug of segfn."""


@dataclass(frozen=True)
class Trial:
    """An event's name, and the results that both versions gave, as `segfn run` gives them.

    A `recorded` event is a person's: it is not shown where others read.
    """

    event: str
    before: dict[str, Any]
    after: dict[str, Any]
    recorded: bool = False

    @property
    def differs(self) -> bool:
        """Whether something else is sent, or the call ends otherwise."""
        ends = (self.before["outcome"], _statuses(self.before))
        return ends != (self.after["outcome"], _statuses(self.after)) or self.sends_other

    @property
    def sends_other(self) -> bool:
        """Whether the requests differ."""
        before, after = self.before["requests"], self.after["requests"]
        pairs = zip(before, after, strict=False)
        return len(before) != len(after) or not all(_alike(*two) for two in pairs)

    @property
    def ran(self) -> frozenset[str]:
        """The routes that ran in either version, or were asked and declined."""
        routes = (*self.before["routes"], *self.after["routes"])
        return frozenset(route["id"] for route in routes)

    @property
    def turned(self) -> frozenset[str]:
        """The routes that ran in one version only."""
        return _ran(self.before) ^ _ran(self.after)

    @property
    def refused(self) -> bool:
        """Whether a version refused the call before it asked any route."""
        sides = (self.before, self.after)
        return any(side["outcome"] != "delivered" and not side["routes"] for side in sides)

    @property
    def batched(self) -> bool:
        """Whether several events were given at once."""
        return isinstance(self.before["result"], list) or isinstance(self.after["result"], list)

    def stops(self, routes: frozenset[str]) -> bool:
        """Whether a route that ran and sent something runs no longer, under any of its names."""
        sent = bool(_messages(self.before))
        return sent and bool(routes & _ran(self.before)) and not routes & _ran(self.after)


def _ran(result: dict[str, Any]) -> frozenset[str]:
    return frozenset(route["id"] for route in result["routes"] if route["ran"])


def _statuses(result: dict[str, Any]) -> list[int]:
    """The statuses of a batch."""
    told = result["result"]
    if not isinstance(told, list):
        return []
    return [entry.get("status", 0) for entry in told if isinstance(entry, dict)]


def _alike(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether two requests say the same, whatever the order of keys and parameters."""
    if (old["method"], _address(old["url"])) != (new["method"], _address(new["url"])):
        return False
    if json.dumps(old["body"], sort_keys=True) != json.dumps(new["body"], sort_keys=True):
        return False  # not `==`, to which true is 1
    # Where only the order of the body's keys differs, a header with its signature follows.
    headers_matter = old["body_text"] == new["body_text"]
    return not headers_matter or old["headers"] == new["headers"]


def _address(url: str) -> tuple[str, list[str]]:
    """An address without the order of its parameters."""
    base, _, query = url.partition("?")
    return base, sorted(query.split("&"))


# --- what is worse than it looked ------------------------------------------------------


def observed(trial: Trial) -> Class:
    """How bad a difference is that was seen."""
    before, after = (_messages(result) for result in (trial.before, trial.after))
    if len(after) < len(before) or _failed(trial):
        return Class.BREAKING
    pairs = zip(before, after, strict=False)
    if len(before) == len(after) and any(_lost(old["body"], new["body"]) for old, new in pairs):
        return Class.BREAKING
    return Class.BEHAVIOUR


def _failed(trial: Trial) -> bool:
    """Whether a call that was delivered is so no longer, and had sent something."""
    delivered = trial.before["outcome"] == "delivered" != trial.after["outcome"]
    return delivered and bool(_messages(trial.before))


def _messages(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [request for request in result["requests"] if request["method"] not in READING]


def _lost(old: Any, new: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether a member of a body is gone, or has another type."""
    if isinstance(old, dict) and isinstance(new, dict):
        return any(name not in new or _lost(value, new[name]) for name, value in old.items())
    return type(old) is not type(new) and not {type(old), type(new)} <= {int, float}


def explain(changes: Sequence[Change], trials: Iterable[Trial]) -> list[Change]:
    """The changes, raised where an event shows that they are worse than they look.

    Raises `Contradiction` for a difference that no change explains.
    """
    found = {change: change for change in changes}
    suspects = _Suspects(changes)
    for trial in trials:
        if not trial.differs:
            continue
        guilty = suspects.of(trial)
        if not guilty:
            raise Contradiction(f"the requests of an event differ without a change: {trial.event}")
        if trial.batched and len(guilty) > 1:
            continue  # nobody can say which change did what
        known = max(found[change].class_ for change in guilty)
        for change in guilty:
            stopped = trial.stops(change.routes)
            # What is as bad already explains it; the others are not worse for standing beside.
            worse = stopped or known < observed(trial)
            seen = Class.BREAKING if stopped else observed(trial)
            if worse and found[change].class_ < seen:
                found[change] = replace(change, class_=seen, evidence=trial.event)
    return sorted(found.values(), key=lambda change: -change.class_)


class _Suspects:
    """The changes that can make a difference, by the routes that they are about."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.all = [change for change in changes if change.class_ is not Class.COSMETIC]
        self.everywhere = [change for change in self.all if not change.routes]
        self.by_route: dict[str, list[Change]] = defaultdict(list)
        for change in self.all:
            for route in change.routes:
                self.by_route[route].append(change)

    def of(self, trial: Trial) -> list[Change]:
        """The changes that may have made a difference, the likeliest alone."""
        turned = trial.turned
        about = [change for route in sorted(trial.ran) for change in self.by_route.get(route, [])]
        near = [*dict.fromkeys(about), *self.everywhere]
        who = [change for change in near if change.kind.startswith(WHO)]
        what = [change for change in near if not change.kind.startswith(WHO)]
        choices = (
            [change for change in who if change.routes & turned],
            [change for change in who if turned and change.kind.startswith(FILTERS)],
            [change for change in who if turned and not change.routes],
            [change for change in what if change.routes],
            [change for change in what if not change.routes],
        )
        found = next((found for found in choices if found), near)
        # A call that is refused for its settings names no route that it would have come to.
        return found or (self.all if trial.refused else [])


def route_of(trial: Trial) -> str | None:
    """The route that a trial is about: one that ran in one version only, else that ran at all."""
    ids = trial.turned or _ran(trial.before) | _ran(trial.after)
    return min(ids) if ids else None
