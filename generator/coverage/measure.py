"""Measures which points of a mapping its fixtures reach."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from generator.coverage import points as named
from generator.coverage.points import KINDS, Point, code_of, points_of
from generator.model import NAMED_SECTIONS
from generator.sandbox.runtime import Job

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.resources.abc import Traversable

    from generator.model import Json, Mapping
    from generator.providers import Provider
    from generator.sandbox.runner import Tried
    from generator.sandbox.runtime import Runtime

_OK = range(200, 300)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The points of a mapping; `taken` has the fixtures by point and branch."""

    mapping: Mapping
    points: tuple[Point, ...]
    taken: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    def branches(self, kind: str | None = None) -> Iterator[tuple[Point, str, list[str]]]:
        """Every branch with the names of the fixtures that take it."""
        for number, point in enumerate(self.points):
            if kind in (None, point.kind):
                for place, name in enumerate(point.branches):
                    yield point, name, self.taken.get((number, place), [])

    def gaps(self) -> Iterator[tuple[Point, str]]:
        """What no fixture does, in sentences, with the point.

        Of a route that never runs only what fixtures reach is told, such as its condition.
        """
        idle = {
            point.route for point, name, found in self.branches("route") if _is_idle(name, found)
        }
        for number, point in enumerate(self.points):
            missed = [
                name
                for place, name in enumerate(point.branches)
                if not self.taken.get((number, place))
            ]
            unreached = point.kind != "route" and len(missed) == len(point.branches)
            if not (unreached and point.route in idle):
                yield from ((point, gap) for gap in point.gaps(missed))

    def counts(self, kind: str | None = None) -> tuple[int, int]:
        """How many branches are taken, and how many there are."""
        found = [bool(fixtures) for _, _, fixtures in self.branches(kind)]
        return sum(found), len(found)

    def told(self) -> dict[str, Json]:
        """The same for programs."""
        return {
            "path": self.mapping.path,
            **{kind: _counted(*self.counts(kind)) for kind in KINDS},
            "points": [self._point(number) for number in range(len(self.points))],
        }

    def _point(self, number: int) -> dict[str, Json]:
        point = self.points[number]
        return {
            "kind": point.kind,
            "route": point.route or None,
            "what": point.words,
            "line": point.span.line if point.span else None,
            "column": point.span.column if point.span else None,
            "branches": [
                {"name": name, "fixtures": [*self.taken.get((number, place), [])]}
                for place, name in enumerate(point.branches)
            ],
        }


def _is_idle(branch: str, fixtures: list[str]) -> bool:
    return branch == "runs" and not fixtures


def share(found: Sequence[Coverage]) -> float:
    """How much of all is covered, in percent."""
    counts = [each.counts() for each in found]
    total = sum(all_ for _, all_ in counts)
    return 100 * sum(taken for taken, _ in counts) / total if total else 100.0


def told(found: Sequence[Coverage]) -> dict[str, Json]:
    """All coverages for programs."""
    return {"percent": round(share(found), 1), "mappings": [each.told() for each in found]}


def _counted(taken: int, total: int) -> dict[str, Json]:
    return {"covered": taken, "total": total}


# --- measuring --------------------------------------------------------------------------


def measure(
    runtime: Runtime,
    mapping: Mapping,
    provider: Provider,
    folders: list[Traversable],
    tried: Sequence[Tried],
) -> Coverage:
    """What the fixtures that were run have reached."""
    points = points_of(mapping, provider)
    code = code_of(mapping, provider, folders, points)
    taken: dict[tuple[int, int], list[str]] = defaultdict(list)
    sections = {route.identity: route.section for route in mapping.routes()}
    for each, found in zip(tried, _probed(runtime, code, tried), strict=True):
        probed = _probes(points, each, found, sections)
        for branch in sorted({*probed, *_results(points, each, mapping)}):
            taken[branch].append(each.fixture.name)
    return Coverage(mapping, points, dict(taken))


def _probed(
    runtime: Runtime, code: str, tried: Sequence[Tried]
) -> list[list[tuple[str, list[Json]]]]:
    """For each fixture its events, and what the probes find in each."""
    answers: list[list[tuple[str, list[Json]]]] = [[] for _ in tried]
    together: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, each in enumerate(tried):
        settings = json.dumps(each.fixture.settings)
        together[settings] += [(place, event) for event in each.fixture.events]
    for settings, events in together.items():
        job = Job(code=code, settings=json.loads(settings))
        results = runtime.run(job, [event for _, event in events])
        for (place, event), result in zip(events, results, strict=True):
            answers[place].append((event, _answer(result)))
    return answers


def _answer(result: dict[str, Any]) -> list[Json]:
    """What the probes sent; nothing for an event that no handler takes."""
    if result["outcome"] == "unsupported":
        return []
    if result["outcome"] != "delivered":
        raise RuntimeError(f"the probes of the coverage fail: {result['error']}")
    found: list[Json] = result["requests"][0]["body"]
    return found


def _probes(
    points: tuple[Point, ...],
    tried: Tried,
    found: list[tuple[str, list[Json]]],
    sections: dict[str, str],
) -> Iterator[tuple[int, int]]:
    """The branches that the events take, of routes that were tried."""
    asked = {route["id"]: sections.get(route["id"]) for route in tried.result["routes"]}
    probed = [number for number, point in enumerate(points) if point.probe is not None]
    for event, values in found:
        kind = json.loads(event).get("type")
        for number, value in zip(probed, values, strict=False):
            route = points[number].route
            if asked.get(route, "") == kind if route else kind in NAMED_SECTIONS:
                yield from ((number, branch) for branch in _numbers(value))


def _numbers(value: Json) -> Iterator[int]:
    match value:
        case int():
            yield value
        case list():
            for item in value:
                yield from _numbers(item)


# --- what results tell ------------------------------------------------------------------


def _results(
    points: tuple[Point, ...], tried: Tried, mapping: Mapping
) -> Iterator[tuple[int, int]]:
    """The branches that show in the result of a fixture."""
    ran = {route["id"]: route["ran"] for route in tried.result["routes"]}
    failed = set(_failures(tried.result, mapping))
    for number, point in enumerate(points):
        if point.kind == "route" and point.route in ran:
            yield number, 0 if ran[point.route] else 1
        elif point.probe is None and point.words in failed:
            yield number, 0


def _failures(result: dict[str, Any], mapping: Mapping) -> Iterator[str]:
    """The error paths of the whole mapping that a result shows."""
    answers = [request["response"] or {} for request in result["requests"]]
    refused = any(answer.get("status", 200) not in _OK for answer in answers)
    for name in _error_names(result):
        match name:
            case "RetryError" if answers:
                yield named.RETRIED
            case "InvalidEventPayload" if refused:
                yield named.REFUSED
            case "ValidationError":
                yield named.CREDENTIAL if refused else named.SETTING
            case "EventNotSupported" if mapping.options.unmapped == "reject":
                yield named.UNMAPPED


def _error_names(result: dict[str, Any]) -> Iterator[str]:
    """The errors of an event, or of all events of a batch."""
    if result["error"] is not None:
        yield result["error"]["name"]
    for status in result["result"] or ():
        yield str(status.get("errormessage", "")).split(":", 1)[0]
