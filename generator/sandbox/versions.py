"""Runs two versions of a function on the same events, both at once."""

from __future__ import annotations

import json
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.sandbox.runtime import Job, RouteFunction, Runtime

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.model import Json
    from generator.sandbox.answers import Rule
    from generator.sandbox.runner import Target

_FEW = 500  # events for which a second child would not have started in time
NOTHING: dict[str, Any] = {
    "outcome": "unsupported",
    "routes": [],
    "requests": [],
    "result": None,
}
"""What comes of an event where there is no function."""


@dataclass(frozen=True)
class Occasion:
    """Events that are given together, and what is around them."""

    name: str
    events: tuple[str, ...]
    batch: bool
    settings: Mapping[str, Json]
    rules: tuple[Rule, ...] = ()
    now: str | None = None

    def around(self) -> str:
        """What is the same for occasions that can run in one job."""
        return repr((self.batch and self.name, self.settings, self.rules, self.now))


def run_both(
    before: Target | None, after: Target | None, occasions: Sequence[Occasion]
) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """The occasions of which the versions made something else, with both results.

    A version that is None has no function.
    """
    jobs = 1 if len(occasions) < _FEW else 2
    with ExitStack() as stack:
        one = stack.enter_context(Runtime())
        two = one if jobs == 1 else stack.enter_context(Runtime())
        pool = stack.enter_context(ThreadPoolExecutor(jobs))
        old = pool.submit(run_one, one, before, occasions)
        new = pool.submit(run_one, two, after, occasions)
        yield from different(occasions, old.result(), new.result())


def different(
    occasions: Sequence[Occasion], old: list[bytes], new: list[bytes]
) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """The name and both results of each occasion whose results are not the same bytes."""
    for occasion, then, now in zip(occasions, old, new, strict=True):
        if then != now:
            yield occasion.name, json.loads(then), json.loads(now)


def run_one(runtime: Runtime, target: Target | None, occasions: Sequence[Occasion]) -> list[bytes]:
    """The result of each occasion as JSON text, in their order; no result holds a place."""
    if target is None:
        return [json.dumps(NOTHING).encode()] * len(occasions)
    groups: dict[str, list[int]] = defaultdict(list)
    for index, occasion in enumerate(occasions):
        groups[occasion.around()].append(index)
    found: dict[int, bytes] = {}
    for indexes in groups.values():
        first = occasions[indexes[0]]
        events = [event for index in indexes for event in occasions[index].events]
        results = runtime.lines(_job(target, first), events)
        if first.batch:
            found[indexes[0]] = next(results)
        else:
            found.update(zip(indexes, results, strict=True))
    return [found[index] for index in range(len(occasions))]


def _job(target: Target, occasion: Occasion) -> Job:
    settings = dict(occasion.settings)
    return Job(
        code=target.code,
        settings=settings,
        rules=(*occasion.rules, *target.answers),
        now=occasion.now,
        batch=occasion.batch,
        secrets=target.secrets(settings),
        routes=tuple(RouteFunction(route.function, route.id) for route in target.routes),
    )
