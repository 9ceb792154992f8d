"""Routes through the whole of segfn: a mapping file, the generated file, the embedded V8."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from generator.compiler import compile_text
from generator.diagnostics import Report, Severity
from generator.project import Project
from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job

from . import MISSING, DirectiveError, InvalidValue, NotationError, evaluate, holds, present, same
from .expressions import is_empty
from .generators import SETTINGS, as_yaml
from .generators.routes import FIELDS, File, RouteCase
from .shrinking import shrunk, smaller, smaller_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.compiler import Output
    from generator.sandbox.runtime import Runtime

ECHO: Final = Project.at(Path(__file__).parent / "echo")
NOTHING: Final = "nothing was sent"
REJECTED: Final = "InvalidEventPayload"
ACCEPTED: Final = rule({"status": 200})


def expected(case: RouteCase, file: File, place: int = 0) -> Any:
    """The body that the interpreter has the route send, NOTHING or REJECTED."""
    event, settings = routed(case.event, place), file.settings
    for condition in (file.when, case.when):
        if condition is not None and not holds(condition, event, settings):
            return NOTHING
    if not all(present(path, event, settings) for path in case.require):
        return REJECTED
    try:
        sent = evaluate(
            case.value,
            event,
            settings,
            type=FIELDS[case.field],
            profile=case.action == "save",
            nulls=file.nulls,
            invalid=file.invalid,
            encode=case.field == "address",
        )
    except (DirectiveError, InvalidValue):
        return REJECTED
    if case.field == "needed" and is_empty(sent):
        return REJECTED
    return {} if sent is MISSING else {case.field: sent}


def routed(event: Any, place: int) -> Any:
    """The event as a track call of the route at that place."""
    return {**event, "type": "track", "event": f"E{place}"}


@dataclass
class Bench:
    """Compiles routes and runs them; `refused` counts what segfn does not take, by code."""

    runtime: Runtime
    judged: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def differing(self, cases: list[RouteCase], file: File) -> list[tuple[RouteCase, Any]]:
        """The cases whose route does something else than expected, with what it does."""
        found = self.answers(cases, file)
        self.judged += len(cases)
        return [
            (case, answer)
            for place, (case, answer) in enumerate(zip(cases, found, strict=True))
            if answer is not None and not same(answer, expected(case, file, place))
        ]

    def shrunk(self, case: RouteCase, file: File) -> RouteCase:
        """The smallest case that still differs."""

        def failing(cases: list[RouteCase]) -> list[bool]:
            differing = self.differing([case for case in cases if _is_valid(case, file)], file)
            return [any(case is each for each, _ in differing) for case in cases]

        return shrunk(case, _simpler, failing)

    def answers(self, cases: list[RouteCase], file: File) -> list[Any]:
        """What each route does with its event; None where segfn refuses the route."""
        lines = written(cases)
        code = self.compiled(lines, file).text
        job = Job(code=code, settings=file.settings, rules=(ACCEPTED,))
        events = [json.dumps(routed(case.event, place)) for place, case in enumerate(cases)]
        results = enumerate(self.runtime.run(job, events))
        return [_told(result) if f"E{place}" in lines else None for place, result in results]

    def compiled(self, lines: dict[str, str], file: File) -> Output:
        """What these routes are compiled to; those that are refused are taken out of `lines`."""
        while True:
            head = _head(file)
            text = head + "".join(f"  {name}: {line}\n" for name, line in lines.items())
            report = Report()
            output = compile_text(text, "routes.yaml", ECHO, report)
            if output is not None:
                return output
            errors = [each for each in report.found if each.severity is Severity.ERROR]
            names, first = list(lines), head.count("\n") + 1
            wrong = {each.span.line - first: each.code.slug for each in errors}
            assert min(wrong) >= 0, errors
            for place, slug in wrong.items():
                self.refused[slug] += 1
                del lines[names[place]]


def _is_valid(case: RouteCase, file: File) -> bool:
    try:
        expected(case, file)
    except (NotationError, KeyError, TypeError, ValueError, IndexError):
        return False
    return isinstance(case.event, dict)


def _head(file: File) -> str:
    when = "" if file.when is None else f"when: {as_yaml(file.when)}\n"
    return (
        f"version: 1\nname: routes\nprovider: echo\nsettings: {as_yaml(SETTINGS)}\n{when}"
        f"options: {{nulls: {file.nulls}, invalid: {file.invalid}}}\ntrack:\n"
        "  Kept: []\n"
    )


def written(cases: list[RouteCase]) -> dict[str, str]:
    """Each route on one line of YAML, by the name of its event."""
    return {f"E{place}": _written(case) for place, case in enumerate(cases)}


def _written(case: RouteCase) -> str:
    """The route on one line of YAML."""
    parts: dict[str, Any] = {} if case.when is None else {"when": case.when}
    parts |= {"require": list(case.require)} if case.require else {}
    return as_yaml({**parts, case.action: {case.field: case.value}})


def _told(result: dict[str, Any]) -> Any:
    if result["outcome"] == "delivered":
        return result["requests"][0]["body"] if result["requests"] else NOTHING
    return result["error"]["name"] if result["outcome"] == "rejected" else result["outcome"]


def _simpler(case: RouteCase) -> Iterator[RouteCase]:
    """The case one step simpler."""
    if case.when is not None:
        yield replace(case, when=None)
    if case.require:
        yield replace(case, require=())
    yield from (replace(case, value=each) for each in smaller(case.value))
    yield from (replace(case, event=each) for each in smaller(case.event, top=False))
    for text in smaller_text(case.when or ""):
        yield replace(case, when=text)
