"""The probes of `segfn test --coverage` judged by the interpreter, for random routes."""

from __future__ import annotations

import json
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from generator import providers
from generator.coverage.points import Point, code_of, points_of
from generator.diagnostics import Report, Span
from generator.sandbox.runtime import Job, Runtime

from . import holds, present
from .generators.routes import File, RouteCase, random_file, random_route
from .routes import ECHO, Bench, routed, written

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = 2
ROUTES = 100


def probed(cases: list[RouteCase], file: File, runtime: Runtime) -> Iterator[Any]:
    """The points of each route with what its own event finds there."""
    output = Bench(runtime).compiled(written(cases), file)
    provider = providers.load("echo", ECHO.root, Report(), Span.start_of("x"))
    assert provider is not None
    folders = providers.folders(ECHO.root)
    points = points_of(output.mapping, provider)
    names = {route.identity: route.names[0] for route in output.mapping.routes()}
    code = code_of(output.mapping, provider, folders, points)
    asked = [point for point in points if point.probe is not None]
    events = [json.dumps(routed(case.event, place)) for place, case in enumerate(cases)]
    results = runtime.run(Job(code=code, settings=file.settings), events)
    for place, result in enumerate(results):
        assert result["outcome"] == "delivered", (cases[place], result["error"])
        values = zip(asked, result["requests"][0]["body"], strict=True)
        own = [(point, value) for point, value in values if names.get(point.route) == f"E{place}"]
        yield cases[place], routed(cases[place].event, place), own


@pytest.fixture(scope="module")
def runtime():
    with Runtime() as running:
        yield running


@pytest.mark.parametrize("number", range(FILES))
def test_probes_say_what_the_interpreter_says(runtime, number):
    rng = Random(f"coverage/{number}")
    file = random_file(rng)
    seen: Counter[str] = Counter()
    for case, event, found in probed([random_route(rng) for _ in range(ROUTES)], file, runtime):
        wanted = case.when is None or holds(case.when, event, file.settings)
        needed = [path.removeprefix("$.") for path in case.require]
        lacking = [path for path in needed if not present(path, event, file.settings)]
        for point, value in found:
            assert is_branch(value, point), (case, point)
            if point.kind == "condition" and ": " not in point.words and value is not None:
                seen["condition"] += 1
                assert (value == 0) == holds(point.words, event, file.settings), (case, point)
            if point.kind == "error" and point.words in needed:
                seen["require"] += 1
                first = lacking[:1] == [point.words]
                assert (value == 0) == (wanted and first), (case, point)
            if point.kind == "fallback" and not (wanted and not lacking):
                assert value is None, (case, point)
        seen["fallback"] += sum(point.kind == "fallback" for point, _ in found)
    assert min(seen[kind] for kind in ("condition", "require", "fallback")) > 5, seen


def is_branch(value: Any, point: Point) -> bool:
    if isinstance(value, list):
        return all(is_branch(item, point) for item in value)
    return value is None or value in range(len(point.branches))
