"""Inspects a function: learns what it wants, runs it, and looks at all that happened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import suppressions
from generator.diagnostics import Report
from generator.lint import checks, words
from generator.lint.checks.errors import NO_HANDLER, RUNAWAY
from generator.lint.events import KINDS, Sample
from generator.lint.lab import Lab, Runaway
from generator.lint.learning import learn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.model import Json
    from generator.sandbox.answers import Rule
    from generator.sandbox.runtime import Runtime

DEADLINE = 1.0
"""Seconds that one event may compute."""
SOURCE = "onRequest"


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was found, and how much of the function was seen at work.

    `whole` is false for a source function, and where the function had to be stopped. `silent`
    are the handlers that sent nothing for any event, `places` the places in the code from which
    requests were made, `unavailable` what the function uses and we do not have.
    """

    report: Report
    whole: bool
    handlers: tuple[str, ...]
    silent: tuple[str, ...]
    places: int
    calls: int
    unavailable: tuple[str, ...]


def inspect(  # noqa: PLR0913 - what is known of a function
    runtime: Runtime,
    code: str,
    path: str,
    *,
    settings: Mapping[str, Json] | None = None,
    events: Iterable[str] = (),
    rules: tuple[Rule, ...] = (),
) -> Inspected:
    """Inspect the code of a function; `events` are JSON texts of the user's, `rules` answers."""
    lab = Lab(words.Words(code, path), words.texts(code), words.names(code), runtime)
    lab.given = dict(settings or {})
    report = Report()
    whole = False
    try:
        learn(lab, [_sample(text) for text in events], rules)
        whole = SOURCE not in lab.handlers
        if not lab.handlers:
            _no_handler(lab, report)
        elif whole:
            checks.check(lab, report)
    except Runaway as stopped:
        whole = False
        told = stopped.call.error or ("", "")
        advice = "make sure that each loop comes to an end"
        report.add(RUNAWAY, lab.words.handler(stopped.call.handler), told[1], help=advice)
    suppressions.apply_to_code(code, path, report)
    return _inspected(lab, report, whole=whole)


def _sample(text: str) -> Sample:
    return Sample(json.loads(text)["type"], given=text)


def _no_handler(lab: Lab, report: Report) -> None:
    lab.run([Sample("track").event()], "for a complete event")
    checks.errors.check(lab, report)
    if not report.found:
        span = lab.words.handler(None)
        told = "nothing is declared that Segment calls"
        advice = "declare `async function onTrack(event, settings)`, or another handler"
        report.add(NO_HANDLER, span, told, help=advice)


def _inspected(lab: Lab, report: Report, *, whole: bool) -> Inspected:
    sent = {sample.kind for sample in lab.samples}
    kinds = {f"on{kind.title()}": kind for kind in KINDS}
    tries = {call.handler for call, _ in lab.calls if call.outcome != "unsupported"}
    return Inspected(
        report,
        whole,
        lab.handlers,
        tuple(
            name
            for name in lab.handlers
            if "fetch" in lab.names and name in tries and kinds.get(name) not in {*sent, None}
        ),
        len({request.frames[:1] for call, _ in lab.calls for request in call.requests}),
        lab.made,
        tuple(
            sorted(
                {
                    call.error[1]
                    for call, _ in lab.calls
                    if call.outcome == "unavailable" and call.error is not None
                }
            )
        ),
    )
