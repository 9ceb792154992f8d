"""Where a function is run: with which settings, against which answers, on which events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Union

from generator.diagnostics import Note
from generator.lint.calls import Call
from generator.lint.events import Oddity
from generator.sandbox import secrets
from generator.sandbox.runtime import Job

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.diagnostics import Span
    from generator.lint.calls import Frames
    from generator.lint.events import Sample
    from generator.lint.words import Words
    from generator.model import Json
    from generator.sandbox.answers import Rule
    from generator.sandbox.runtime import Runtime

NOW = "2026-03-02T09:30:00Z"
COMPLETE = "a complete event"
LATER = "2026-03-02T10:41:07Z"


Why = Union[str, Oddity]


class Runaway(Exception):  # noqa: N818 - the function's, not the program's
    """The function does not come to an end, or eats memory: `call` says what it was given."""

    def __init__(self, call: Call) -> None:
        """The call that did it."""
        super().__init__(call.error)
        self.call = call


@dataclass(frozen=True, slots=True)
class Bench:
    """What surrounds a run of several events.

    `others` are the settings, `answers` the answers (`from` a request on, `once` or for all
    that follow, `answer`) of single events by their place; `kept` the texts that no
    variable should keep, `assigned` the globals whose first assignment is looked for.
    """

    settings: Mapping[str, Json] = field(default_factory=dict)
    others: Mapping[int, Mapping[str, Json]] = field(default_factory=dict)
    answers: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    now: str = NOW
    batch: bool = False
    reads: bool = False
    kept: tuple[str, ...] = ()
    assigned: tuple[str, ...] = ()


@dataclass(slots=True)
class Lab:
    """A function, its runtime, and what was learned about it.

    `samples` are events that make it send something; `quiet` are others that take ways of
    their own. `calls` are all that were made, with the circumstance. `remembers` says that a call
    leaves something behind, so that every run needs a context that has seen nothing.
    """

    words: Words
    texts: list[str]
    names: list[str]
    runtime: Runtime
    bench: Bench = field(default_factory=Bench)
    given: dict[str, Json] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    quiet: list[Sample] = field(default_factory=list)
    handlers: tuple[str, ...] = ()
    calls: list[tuple[Call, Why]] = field(default_factory=list)
    made: int = 0
    remembers: bool = False

    def place(self, call: Call, frames: Frames) -> Span:
        """The innermost of the places, else the handler that was called."""
        if frames:
            return self.words.at(frames[0].line, frames[0].column)
        return self.words.handler(call.handler)

    def made_here(self, frames: Frames) -> Iterator[Note]:
        """A note for the place of a request, where a handler's line led to another function."""
        if len(frames) > 1:
            yield Note("the request is made here", self.words.at(*frames[0][:2]))

    def secret(self) -> tuple[str, ...]:
        """The secrets among the settings."""
        settings = dict(self.bench.settings)
        return secrets.secrets_of(settings, secrets.likely_secrets(settings))

    def run(
        self,
        events: Sequence[Json],
        why: Why | Sequence[Why] = "",
        *,
        fresh: bool = False,
        **changes: Any,  # noqa: ANN401 - the fields of Bench
    ) -> list[Call]:
        """Run events at the bench, changed so; `why` is the circumstance, of all or of each.

        Calls without a circumstance are not kept. With `fresh` the function has seen nothing;
        else that is made sure of only where it `remembers`. Raises `Runaway`.
        """
        if not events:
            return []
        bench = replace(self.bench, **changes)
        watch: dict[str, Any] = {
            "run": self.made if fresh or self.remembers else 0,
            "reads": bench.reads,
            "settings": {str(place): dict(own) for place, own in bench.others.items()},
            "answers": {str(place): dict(told) for place, told in bench.answers.items()},
            "names": self.names,
            "kept": list(bench.kept),
            "assigned": list(bench.assigned),
        }
        job = Job(
            code=self.words.code,
            settings=bench.settings,
            rules=bench.rules,
            now=bench.now,
            batch=bench.batch,
            watch=watch,
        )
        calls = []
        for place, result in enumerate(self.runtime.run(job, events)):
            call = Call.of(list(events) if bench.batch else events[place], result)
            if not call.seen:
                raise Runaway(call)
            calls.append(call)
        self.made += len(calls)
        if why:
            reasons = [why] * len(calls) if isinstance(why, str | Oddity) else why
            self.calls.extend(zip(calls, reasons, strict=True))
        return calls
