"""Inspects a function: learns what it wants, runs it, and looks at all that happened."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator import suppressions
from generator.diagnostics import Report
from generator.lint import checks, words
from generator.lint.checks.errors import NO_HANDLER, RUNAWAY
from generator.lint.events import KINDS, NAMED, Sample
from generator.lint.lab import COMPLETE, Lab, Runaway
from generator.lint.learning import learn
from generator.sandbox import secrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.diagnostics import Diagnostic
    from generator.lint.calls import Call
    from generator.model import Json
    from generator.sandbox.answers import Rule
    from generator.sandbox.runtime import Runtime

DEADLINE = 1.0
"""Seconds that one event may compute."""
SOURCE = "onRequest"
_ADVICE = {
    "Timeout": "make sure that each loop comes to an end",
    "OutOfMemory": "keep less in memory",
}


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was found, and how much of the function was seen at work.

    `whole` is false for a source function, and where the function had to be stopped. `silent`
    are the handlers that sent nothing for any event, with the reason, `places` counts those in
    the code that make requests, `unavailable` is what it uses and we do not have.
    """

    report: Report
    whole: bool
    handlers: tuple[str, ...]
    silent: tuple[tuple[str, str], ...]
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
        name, told = stopped.call.error or ("", "")
        advice = _ADVICE.get(name, "leave the built-ins of JavaScript as they are")
        report.add(RUNAWAY, lab.words.handler(stopped.call.handler), told, help=advice)
    report.found = [_masked(found, lab.secret()) for found in report.found]
    suppressions.apply_to_code(code, path, report)
    return _inspected(lab, report, whole=whole)


def _masked(found: Diagnostic, hidden: tuple[str, ...]) -> Diagnostic:
    """A finding without the secrets: an error's text may hold one."""
    return replace(found, message=secrets.hide(found.message, hidden))


def _sample(text: str) -> Sample:
    return Sample(json.loads(text)["type"], given=text)


def _no_handler(lab: Lab, report: Report) -> None:
    lab.run([Sample("track").event()], COMPLETE)
    checks.errors.check(lab, report)
    if not report.found:
        span = lab.words.handler(None)
        told = "nothing is declared that Segment calls"
        advice = "declare `async function onTrack(event, settings)`, or another handler"
        report.add(NO_HANDLER, span, told, help=advice)


def _inspected(lab: Lab, report: Report, *, whole: bool) -> Inspected:
    requests = [request for call, _ in lab.calls for request in call.requests]
    outside = {
        call.error[1]
        for call, _ in lab.calls
        if call.outcome == "unavailable" and call.error is not None
    }
    return Inspected(
        report,
        whole,
        lab.handlers,
        tuple(_silent(lab)),
        len({request.frames[:1] for request in requests}),
        lab.made,
        tuple(sorted(outside)),
    )


def _silent(lab: Lab) -> Iterator[tuple[str, str]]:
    """The handlers that seem to send something and did not, and how their calls ended.

    Of a handler that sends some events: the names with which it always fails.
    """
    if "fetch" not in lab.names:
        return
    for kind in KINDS:
        handler = f"on{kind.title()}"
        calls = [call for call, why in lab.calls if call.handler == handler and why == COMPLETE]
        if all(call.outcome == "unsupported" for call in calls):
            continue
        if not any(call.sent for call in calls):
            yield handler, _reason(lab, calls[0])
            continue
        for name in dict.fromkeys(call.event.get(NAMED.get(kind)) for call in calls):
            own = [call for call in calls if call.event.get(NAMED.get(kind)) == name]
            if name in lab.texts and all(_broke(call) for call in own):
                yield f'{handler} with "{name}"', _reason(lab, own[0])


def _broke(call: Call) -> bool:
    """Whether a call ended in an error that nobody meant."""
    return call.outcome == "bad-request" and call.error is not None and call.error[0] != "Error"


def _reason(lab: Lab, call: Call) -> str:
    name, told = call.error or ("", "")
    reason = f"{name}: {told}" if name else "they return before a request"
    return secrets.hide(reason, lab.secret())
