"""Runs fixtures and streams of events through a function, be it generated or hand-written."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from generator.sandbox import secrets
from generator.sandbox.answers import rule
from generator.sandbox.expect import compare
from generator.sandbox.runtime import Engine, Job, RouteFunction, Runtime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from generator.compiler import Output
    from generator.diagnostics import Diagnostic
    from generator.model import Json
    from generator.sandbox.answers import Rule
    from generator.sandbox.fixtures import Fixture

_FEW = 20  # fixtures for which a second child would not have started in time
_BLOCK = 500  # events that one of several children runs at a time


@dataclass(frozen=True, slots=True)
class Target:
    """A function that can be run.

    `sensitive` are the names of its sensitive settings; None where only their sound tells.
    `answers` is what the provider says where no rule does.
    """

    code: str
    routes: tuple[RouteFunction, ...] = ()
    sensitive: tuple[str, ...] | None = None
    answers: tuple[Rule, ...] = ()

    @classmethod
    def of(cls, output: Output) -> Target:
        """The target that a mapping was compiled to."""
        places = {route.identity: route.span for route in output.mapping.routes()}
        lines = {identity: place.line if place else None for identity, place in places.items()}
        return cls(
            code=output.text,
            routes=tuple(
                RouteFunction(function, identity, output.mapping.path, lines.get(identity))
                for identity, function in output.functions.items()
            ),
            sensitive=tuple(each.name for each in output.mapping.settings if each.sensitive),
            answers=tuple(rule(told) for told in output.responses),
        )

    def secrets(self, settings: dict[str, Json], names: Iterable[str] = ()) -> tuple[str, ...]:
        """The texts that no output may show; `names` are further sensitive settings."""
        known = secrets.likely_secrets(settings) if self.sensitive is None else self.sensitive
        return secrets.secrets_of(settings, [*known, *names])


# --- fixtures -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tried:
    """A fixture that was run: its result, and how that differs from what is expected."""

    fixture: Fixture
    result: dict[str, Any]
    differences: list[Diagnostic]

    @property
    def passed(self) -> bool:
        """Whether all happened as expected."""
        return not self.differences


def try_all(pairs: Sequence[tuple[Target, Fixture]]) -> Iterator[Tried]:
    """Run fixtures in their order; many are shared among several children."""
    if not pairs:
        return
    jobs = 1 if len(pairs) < _FEW else min(os.cpu_count() or 1, 4)
    with _children(jobs) as (idle, pool):

        def run(pair: tuple[Target, Fixture]) -> Tried:
            with _borrowed(idle) as runtime:
                return try_fixture(runtime, *pair)

        yield from pool.map(run, pairs)


def try_fixture(runtime: Runtime, target: Target, fixture: Fixture) -> Tried:
    """Run one fixture in a context that has seen nothing."""
    hidden = target.secrets(fixture.settings)
    job = Job(
        code=target.code,
        settings=fixture.settings,
        rules=(*fixture.rules, *target.answers),
        now=fixture.now,
        fresh=True,
        batch=fixture.batch,
        secrets=hidden,
        routes=target.routes,
    )
    result = next(runtime.run(job, fixture.events))
    return Tried(fixture, result, compare(fixture, result, hidden))


# --- streams of events ----------------------------------------------------------


def run_blocks(
    job: Job, events: Iterable[bytes], jobs: int = 1, engine: Engine = "v8"
) -> Iterator[bytes]:
    """Results in blocks of lines, in the order of the events, with so many children.

    With several children each block of consecutive events has its own state.
    """
    if jobs == 1 or job.batch:
        with Runtime(engine=engine) as runtime:
            yield from runtime.blocks(job, events)
        return
    with _children(jobs, engine) as (idle, pool):
        running: deque[Future[bytes]] = deque()
        for first, block in _numbered(events):
            running.append(pool.submit(_run_block, idle, job, first, block))
            if len(running) > 2 * jobs:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


def compare_engines(job: Job, events: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Blocks of results of the embedded V8, and of Node.js for the same events."""
    with Runtime() as ours, Runtime(engine="node") as theirs:
        for first, block in [(0, list(events))] if job.batch else _numbered(events):
            yield (
                b"\n".join(ours.blocks(job, block, first=first)),
                b"\n".join(theirs.blocks(job, block, first=first)),
            )


def _numbered(events: Iterable[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """Consecutive events with the index of their first."""
    stream = iter(events)
    first = 0
    while block := list(islice(stream, _BLOCK)):
        yield first, block
        first += len(block)


def _run_block(idle: SimpleQueue[Runtime], job: Job, first: int, block: Sequence[bytes]) -> bytes:
    """Run a block in the next child that is free."""
    with _borrowed(idle) as runtime:
        return b"\n".join(runtime.blocks(job, block, first=first))


@contextmanager
def _children(
    jobs: int, engine: Engine = "v8"
) -> Iterator[tuple[SimpleQueue[Runtime], ThreadPoolExecutor]]:
    """So many children, and as many threads that wait for them."""
    with ExitStack() as stack:
        idle: SimpleQueue[Runtime] = SimpleQueue()
        for _ in range(jobs):
            idle.put(stack.enter_context(Runtime(engine=engine)))
        yield idle, stack.enter_context(ThreadPoolExecutor(jobs))


@contextmanager
def _borrowed(idle: SimpleQueue[Runtime]) -> Iterator[Runtime]:
    """A child that is free, until the block ends."""
    runtime = idle.get()
    try:
        yield runtime
    finally:
        idle.put(runtime)
