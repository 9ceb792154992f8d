"""What a run shows by itself of the findings of `segfn lint`; nothing more is run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Diagnostic, Note, Span
from generator.lint.calls import Call
from generator.lint.checks.answers import (
    FAILURE_HIDDEN,
    PERMANENT_RETRIED,
    SUCCESS_RETRIED,
    TRANSIENT_LOST,
)
from generator.lint.checks.errors import NEWER_BUILT_IN, UNDECLARED_NAME, finding
from generator.lint.checks.requests import OBJECT_AS_BODY, UNDEFINED_IN_REQUEST, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Code

# What stands in a result of which more could be said; the rest is not read.
_SIGNS = (
    b"undefined",
    b"[object Object]",
    b'"status":4',
    b'"status":5',
    b'{"fault":',
    b'"outcome":"retry"',
    b"ReferenceError",
    b"is not a function",
)
_MOST_BYTES = 16 << 20  # of results, some 10,000 events: more would cost what the run costs
_MOST_READ = 2000
_PERMANENT = {400, 401, 403, 404, 422}
_BUSY = 429
_BROKEN = 500
_NEVER = (501, 505)  # no retry helps
_LOST = {"bad-request", "rejected", "unsupported", "dropped"}


class Glance:
    """Looks at results as they pass, until it has seen enough of them."""

    def __init__(self, path: str) -> None:
        """`path` is the function's."""
        self._span = Span.start_of(path)
        self._left = _MOST_BYTES
        self._read = 0
        self._found: dict[Code, Diagnostic] = {}

    def look(self, block: bytes) -> None:
        """Look at lines of results."""
        if self._left <= 0:
            return
        self._left -= len(block)
        if not any(sign in block for sign in _SIGNS):
            return
        for line in block.split(b"\n"):
            if self._read < _MOST_READ and any(sign in line for sign in _SIGNS):
                self._read += 1
                self._note(json.loads(line))

    def _note(self, result: dict[str, Any]) -> None:
        """Keep the first finding of each kind."""
        call = Call.of(None, result)
        index = result["index"]
        event = "the batch" if index is None else f"event {index + 1}"
        for code, told in _findings(call):
            if code not in self._found:
                notes = (Note(f"{event}: {call.outcome}"),)
                advice = f"run `segfn lint {self._span.path}`: it finds the place"
                self._found[code] = Diagnostic(code, told, self._span, notes, advice, mild=True)

    def found(self) -> list[Diagnostic]:
        """The findings, all of them warnings."""
        return list(self._found.values())


def _findings(call: Call) -> Iterator[tuple[Code, str]]:
    """What is wrong with one call, so far as its result shows."""
    for request in call.requests:
        if request.text == "[object Object]":
            yield OBJECT_AS_BODY, "the body is an object, which is sent as [object Object]"
            continue
        for where, word in words_of(request):
            if word != "null":
                yield UNDEFINED_IN_REQUEST, f'{where} says "{word}"'
    meant = finding(call, "")
    if meant is not None and meant[0] in {UNDECLARED_NAME, NEWER_BUILT_IN}:
        yield meant[0], meant[1]
    yield from _of_answer(call)


def _of_answer(call: Call) -> Iterator[tuple[Code, str]]:
    """What became of the event after its last answer."""
    if not call.requests or not call.requests[-1].answered or not call.requests[-1].writes:
        return
    status = call.requests[-1].status
    answer = "a lost connection" if status is None else f"an answer of {status}"
    transient = status is None or status == _BUSY or (status >= _BROKEN and status not in _NEVER)
    if transient and (call.outcome == "delivered" or call.outcome in _LOST):
        became = "it counts as delivered" if call.outcome == "delivered" else "it is discarded"
        yield TRANSIENT_LOST, f"after {answer} the event is lost: {became}"
    elif status in _PERMANENT and call.outcome == "delivered":
        yield FAILURE_HIDDEN, f"after {answer} the event counts as delivered"
    elif status in _PERMANENT and call.outcome == "retry":
        yield PERMANENT_RETRIED, f"after {answer} the event is tried again, in vain"
    elif status in range(200, 300) and call.outcome == "retry":
        yield SUCCESS_RETRIED, f"after {answer} the request was accepted, and is sent again"
