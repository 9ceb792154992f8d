"""The door to V8: checks the syntax of code, and runs events through it in a child process.

JSON text goes in and JSON text comes out; a program that hangs or eats memory costs its own
event an outcome, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Literal

from generator.sandbox import secrets
from generator.sandbox.answers import answer as answer_of
from generator.sandbox.child import HEAP, V8_FLAGS
from generator.sandbox.process import Failure, Process

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from py_mini_racer import MiniRacer

    from generator.model import Json
    from generator.sandbox.answers import Rule

HANDLERS = ("onIdentify", "onTrack", "onPage", "onScreen", "onGroup", "onAlias", "onDelete")
_PARAMETERS = (*HANDLERS, "onBatch", "onRequest")
_CHUNK = 500
_CHUNK_BYTES = 4 << 20

Engine = Literal["v8", "node"]
Globals = Literal["documented", "node"]
Kind = Literal["destination", "insert", "source"]
Answerer = Callable[[dict[str, Any]], Mapping[str, Any]]


# --- syntax -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """What V8 cannot read, and the line where it says so."""

    message: str
    line: int | None

    def __str__(self) -> str:
        """Both in one text."""
        return self.message if self.line is None else f"line {self.line}: {self.message}"


def check_syntax(code: str) -> str | None:
    """What V8 has against the code as the body that Segment would load, or None."""
    fault = syntax_fault(code)
    return None if fault is None else str(fault)


def syntax_fault(code: str) -> SyntaxFault | None:
    """The same with its place."""
    from py_mini_racer import JSEvalException, JSParseException  # noqa: PLC0415 - slow

    # No brace in the code can end a `Function`. The script that follows is only for the line
    # of the error: its first statement throws, so nothing of it runs.
    with _context() as context:
        given = json.dumps([*_PARAMETERS, code])
        try:
            context.eval(f"void Reflect.construct(Function, {given})")
        except JSEvalException as refused:
            message = _first_error(str(refused))
        else:
            return None
        try:
            context.eval(f"throw 0; (function ({', '.join(_PARAMETERS)}) {{ {code}\n}})")
        except JSParseException as refused:
            line = str(refused).removeprefix("<anonymous>:").split(":", 1)[0]
            return SyntaxFault(_first_error(str(refused)), int(line) if line.isdigit() else None)
        except JSEvalException:
            pass  # two faults that mend each other, such as `} {`
    return SyntaxFault(message, None)


@contextmanager
def _context() -> Iterator[MiniRacer]:
    """A context of V8 in this process, for parsing only; unclosed it would hang the exit."""
    from py_mini_racer import MiniRacer, init_mini_racer  # noqa: PLC0415 - slow

    init_mini_racer(flags=V8_FLAGS, ignore_duplicate_init=True)
    with MiniRacer() as context:
        yield context


def _first_error(text: str) -> str:
    """V8's message without the code around it."""
    line = next(line for line in text.splitlines() if "Error: " in line)
    return line.split("Error: ", 1)[-1]


# --- jobs -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RouteFunction:
    """A route and the function in the code that runs it; the place goes into the results."""

    function: str
    id: str
    path: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to run and how.

    `rules` answer the requests. `now` is an ISO time, else every event brings its own. With
    `fresh` each event has a context of its own, with `batch` all go to `onBatch` at once, with
    `together` they run at the same time, each with its own clock, and a list of events is a batch.
    `secrets` are texts that no result shows. `globals` is `node` for code that may use what
    Segment does not document. `kind` is the function's; None: source if it has only `onRequest`,
    else destination. `watch` asks for what watch.js sees, under `seen` in a result.
    """

    code: str
    settings: Mapping[str, Json] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    now: str | None = None
    fresh: bool = False
    batch: bool = False
    together: bool = False
    secrets: tuple[str, ...] = ()
    routes: tuple[RouteFunction, ...] = ()
    globals: Globals = "documented"
    kind: Kind | None = None
    watch: Mapping[str, Json] | None = None


def parse_time(text: str) -> datetime | None:
    """An ISO time, UTC where it names no offset; None for any other text."""
    try:
        found = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)


def _told(job: Job, *, ask: bool) -> str:
    """The job as segment.js takes it."""
    now = None if job.now is None else parse_time(job.now)
    return json.dumps(
        {
            "fresh": job.fresh and not job.batch,  # first: the child looks for it there
            "code": job.code,
            "settings": json.dumps(dict(job.settings)),
            "rules": list(job.rules),
            "now": None if now is None else int(now.timestamp() * 1000),
            "batch": job.batch,
            "together": job.together,
            "mask": secrets.pattern(job.secrets),
            "routes": [_route_told(route) for route in job.routes],
            "globals": job.globals,
            "kind": job.kind,
            "ask": ask,
            "watch": job.watch,
        }
    )


def _route_told(route: RouteFunction) -> dict[str, str]:
    shown: dict[str, str | int] = {"id": route.id}
    if route.path is not None:
        shown["path"] = route.path
    if route.line is not None:
        shown["line"] = route.line
    return {"name": route.function, "text": json.dumps(shown)[1:-1]}


# --- running ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Task:
    """A job on its way: `told` is what the child is told."""

    job: Job
    told: str
    answer: Answerer | None


class Runtime:
    """Runs jobs in a child process of its own; to be used with `with`.

    `deadline` is how many seconds an event may compute; virtual time is not counted.
    `engine` is the embedded V8, or the Node.js that is installed (`NoNodeError` if none is).
    """

    def __init__(self, *, deadline: float = 2.0, engine: Engine = "v8") -> None:
        """Nothing is started before it is needed."""
        self._deadline = deadline
        self._engine = engine
        self._process: Process | None = None
        self._loaded: str | None = None
        self._refused: tuple[str, Failure] | None = None
        self._size = _CHUNK

    def __enter__(self) -> Runtime:  # noqa: PYI034 - Self came with 3.11
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the child."""
        self.close()

    def close(self) -> None:
        """End the child, whatever it does."""
        process, self._process, self._loaded = self._process, None, None
        if process is not None:
            process.kill()

    def run(
        self, job: Job, events: Iterable[Json], answer: Answerer | None = None
    ) -> Iterator[dict[str, Any]]:
        """The results of `segfn run` for events, each a value or its JSON text.

        `answer` takes a request (`event`, `at`, `method`, `url`, `headers`, `text`; secrets
        are in it) and returns an answer with the keys of a rule. An event that cannot be
        read gives `{"index", "invalid"}`.
        """
        texts = (event if isinstance(event, str) else json.dumps(event) for event in events)
        for line in self.lines(job, texts, answer):
            if line.startswith(b"!"):
                found = json.loads(line[1:])
                yield {"index": found["index"], "invalid": found["message"]}
            else:
                yield json.loads(line)

    def lines(
        self,
        job: Job,
        events: Iterable[str | bytes],
        answer: Answerer | None = None,
        *,
        first: int = 0,
    ) -> Iterator[bytes]:
        """The same as lines of JSON text, as V8 wrote them; one with `!` is a bad event."""
        for block in self.blocks(job, events, answer, first=first):
            yield from block.split(b"\n")

    def blocks(
        self,
        job: Job,
        events: Iterable[str | bytes],
        answer: Answerer | None = None,
        *,
        first: int = 0,
    ) -> Iterator[bytes]:
        """The same in blocks of several lines; `first` is the index of the first event."""
        task = _Task(job, _told(job, ask=answer is not None), answer)
        index = first
        for chunk in [list(events)] if job.batch else self._chunks(events):
            yield from self._chunk(task, index, [_one_line(event) for event in chunk])
            index += len(chunk)

    def _chunks(self, events: Iterable[str | bytes]) -> Iterator[list[str | bytes]]:
        """Events in pieces that V8 runs at once: few enough for its memory."""
        chunk: list[str | bytes] = []
        size = 0
        for event in events:
            chunk.append(event)
            size += len(event)
            if len(chunk) >= self._size or size > _CHUNK_BYTES:
                yield chunk
                chunk, size = [], 0
        if chunk:
            yield chunk

    def _chunk(self, task: _Task, index: int, events: list[bytes]) -> Iterator[bytes]:
        """The results of some events; if they fail together they are run one by one."""
        replied = self._ask(task, index, events)
        if isinstance(replied, bytes):
            yield replied
        elif task.job.batch or len(events) == 1:
            yield self._culprit(task, replied, index, events[0])
        else:
            yield from self._one_by_one(task, index, events)

    def _one_by_one(self, task: _Task, index: int, events: list[bytes]) -> Iterator[bytes]:
        """Run events alone, so that only those fail that must."""
        failed = False
        for place, event in enumerate(events, index):
            replied = self._ask(task, place, [event])
            if isinstance(replied, Failure):
                failed = True
                replied = self._culprit(task, replied, place, event)
            yield replied
        if not failed:
            self._size = max(1, self._size // 10)  # they were too many at once

    def _ask(self, task: _Task, index: int, events: list[bytes]) -> bytes | Failure:
        """Send events to the child and answer its requests; a child that fails is ended."""
        process = self._ready(task.told)
        if isinstance(process, Failure):
            return process
        deadline = self._deadline + (0.05 if task.job.fresh else 0.002) * len(events)
        kind, payload = b"R", b"%d\n" % index + b"\n".join(events)
        while True:
            replied = process.ask(kind, payload, deadline)
            if isinstance(replied, Failure):
                self.close()
                return replied
            if replied.kind != b"Q" or task.answer is None:
                return replied.payload
            try:
                kind, payload = b"A", _answers(task.answer, replied.payload)
            except BaseException:
                self.close()  # it waits for answers that will not come
                raise

    def _ready(self, told: str) -> Process | Failure:
        """A child that has loaded the job."""
        if self._refused is not None and self._refused[0] == told:
            return self._refused[1]
        if self._process is None:
            self._process = Process(self._engine)
        if self._loaded != told:
            self._loaded = None
            replied = self._process.ask(b"L", told.encode(), self._deadline)
            if isinstance(replied, Failure):
                self._refused = (told, replied)
                self.close()
                return replied
            self._loaded = told
        return self._process

    def _culprit(self, task: _Task, failure: Failure, index: int, event: bytes) -> bytes:
        """The result of an event that stopped the child."""
        outcome, name, message = self._verdict(failure)
        batch = task.job.batch
        result: dict[str, Json] = {
            "index": None if batch else index,
            "handler": "onBatch" if batch else _handler(event),
            "outcome": outcome,
            "error": {"name": name, "message": message},
            "routes": [],
            "requests": [],
            "logs": [],
            "result": None,
            "elapsed_ms": 5000 if outcome == "timeout" else 0,
        }
        return json.dumps(result, separators=(",", ":")).encode()

    def _verdict(self, failure: Failure) -> tuple[str, str, str]:
        """Outcome, name and message of the error."""
        match failure.kind:
            case "hang":
                told = (
                    f"the code computed for {self._deadline:g} s without an end: an endless loop?"
                )
                return "timeout", "Timeout", told
            case "memory":
                told = f"the code used more than {HEAP >> 20} MB of memory"
                return "bad-request", "OutOfMemory", told
            case "broken":
                told = f"the code changed what the embedded runtime stands on ({failure.why})"
                return "bad-request", "Crash", told
        return "bad-request", "Crash", "the code made V8 stop, most likely for want of memory"


def _one_line(event: str | bytes) -> bytes:
    """JSON text without line breaks, which can only stand between its parts."""
    raw = event.encode("utf-8") if isinstance(event, str) else event
    return raw.replace(b"\n", b" ") if b"\n" in raw else raw


def _answers(answer: Answerer, questions: bytes) -> bytes:
    """Let the caller answer requests that wait together."""
    asked: list[dict[str, Any]] = json.loads(questions)
    return json.dumps(
        [{"id": request.pop("id"), "answer": answer_of(answer(request))} for request in asked]
    ).encode()


def _handler(event: bytes) -> str | None:
    """The handler that Segment would call for an event."""
    try:
        kind = json.loads(event).get("type")
    except (ValueError, AttributeError, RecursionError):
        return None
    known = {name[2:].lower(): name for name in HANDLERS}
    return known.get(kind) if isinstance(kind, str) else None
