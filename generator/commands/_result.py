"""A result of `segfn run` as a person reads it."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from stat import S_ISREG
from typing import IO, TYPE_CHECKING, Any

from generator.commands._layout import Painter, several
from generator.commands._session import CLEAR, PATIENCE, is_terminal, write
from generator.reporters import safe
from generator.sandbox.expect import UNTRIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.model import Json

_BAR = 30  # signs of the bar
_BODY = 40  # lines of a body that are shown
_STYLES = {"delivered": "green", "unsupported": "dim", "dropped": "dim"}
_ORDER = (
    *("delivered", "unsupported", "dropped", "rejected", "bad-request"),
    *("retry", "timeout", "unavailable"),
)
# Headers that say nothing about what the function does.
_USUAL = {"content-type": "application/json", "accept": "application/json"}


class Progress:
    """A bar on a terminal while the results go elsewhere; of a pipe, only how many events."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Silent where nobody looks, or where the results themselves scroll by."""
        looked_at = is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"
        self._wanted = looked_at and not is_terminal(sys.stdout)
        self._stream = stream
        self._size = _size(stream) if self._wanted else 0
        self._said = time.monotonic()
        self._shown = False

    def count(self, events: Iterable[bytes]) -> Iterator[bytes]:
        """The events, counted twice a second."""
        for number, event in enumerate(events):
            if self._wanted and number % 100 == 0 and time.monotonic() - self._said > PATIENCE:
                self._said, self._shown = time.monotonic(), True
                write(sys.stderr, f"{CLEAR}{self._bar()}{number:,} events")
            yield event

    def _bar(self) -> str:
        """How much of the file is read, gzipped or not."""
        if not self._size:
            return ""
        share = min(self._stream.tell() / self._size, 1.0)
        done = round(share * _BAR)
        return f"[{'#' * done}{'-' * (_BAR - done)}] {share:4.0%}  "

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            write(sys.stderr, CLEAR)


def _size(stream: IO[bytes]) -> int:
    """How long a file is; 0 for a pipe."""
    try:
        found = os.fstat(stream.fileno())
    except OSError:
        return 0
    return found.st_size if S_ISREG(found.st_mode) else 0


class Printer:
    """Prints results one by one and counts their outcomes."""

    def __init__(self, *, colour: bool, mapped: bool = False) -> None:
        """`colour` is whether colours are wanted, `mapped` whether a mapping is run."""
        self.mapped = mapped
        self.paint = Painter(colour=colour)
        self.counted: Counter[str] = Counter()
        self.requests = 0
        self._events: dict[int, bytes] = {}

    def watch(self, events: Iterable[bytes]) -> Iterator[bytes]:
        """The events, remembered until their results are printed."""
        for index, event in enumerate(events):
            self._events[index] = event
            yield event

    def lines(self, results: Iterable[bytes]) -> str:
        """Results as text."""
        return "".join(f"{line}\n" for text in results for line in self._result(json.loads(text)))

    def summary(self) -> str:
        """How the events ended."""
        total = sum(self.counted.values())
        parts = [f"{self.counted[name]} {name}" for name in _ORDER if self.counted[name]]
        told = f": {', '.join(parts)}" if parts else ""
        return f"{several(total, 'call')}{told}; {several(self.requests, 'request')}"

    def _result(self, result: dict[str, Any]) -> Iterator[str]:
        outcome = result["outcome"]
        self.counted[outcome] += 1
        self.requests += len(result["requests"])
        told = self.paint(_STYLES.get(outcome, "red"), outcome)
        made = isinstance(result["result"], dict)
        idle = outcome == "delivered" and not result["requests"] and not made
        spent = f" after {result['elapsed_ms']} ms" if result["elapsed_ms"] else ""
        spent += ", nothing sent" if idle else ""
        yield f"{self.paint('bold', self._name(result))} {told}{spent}"
        if result["error"] is not None:
            yield f"  {safe(result['error']['name'])}: {safe(result['error']['message'])}"
        for route in result["routes"]:
            yield self._route(route)
        if self.mapped and idle and not result["routes"] and result["index"] is not None:
            yield self.paint("dim", f"  {UNTRIED}")
        for request in result["requests"]:
            yield from self._request(request)
        for log in result["logs"]:
            yield f"  {log['level']}: {safe(log['text'])}"
        yield from self._told(result)
        if result["requests"]:
            yield ""

    def _name(self, result: dict[str, Any]) -> str:
        """The number of an event, its type and what it is called."""
        if result["index"] is None:
            return "batch"
        event = _read(self._events.pop(result["index"], b"{}"))
        called = "request" if result["handler"] == "onRequest" else _called(event)
        return f"#{result['index'] + 1} {called}"

    def _told(self, result: dict[str, Any]) -> Iterator[str]:
        """What Segment takes from the call, by the kind of function."""
        told = result["result"]
        if told is None:
            return
        if result["handler"] == "onRequest":
            for event in told["events"]:
                yield f"  makes {_called(event)}"
                yield from _lines(event)
            for entry in told["objects"]:
                yield f"  sets {safe(str(entry['collection']))} {safe(str(entry['id']))}"
                yield from _lines(entry.get("properties"))
        elif isinstance(told, list):
            for place, entry in enumerate(told, 1):
                yield f"  event {place}: {_entry(entry)}".rstrip()
        else:
            yield "  passes on"
            yield from _lines(told)

    def _route(self, route: dict[str, Any]) -> str:
        place = f" ({route['path']}:{route['line']})" if "path" in route else ""
        ran = "ran" if route["ran"] else "did not apply"
        return self.paint("dim", f"  {safe(route['id'])} {ran}{safe(place)}")

    def _request(self, request: dict[str, Any]) -> Iterator[str]:
        answer = request["response"] or {"fault": "no answer"}
        told = answer.get("status", answer.get("fault"))
        line = f"{request['method']} {safe(request['url'])}"
        yield f"  {self.paint('code', line)} {self.paint('dim', f'-> {told}')}"
        for name, value in request["headers"].items():
            if _USUAL.get(name) != value:
                yield f"    {safe(name)}: {safe(value)}"
        yield from _lines(request["body"])


def _lines(value: Json) -> Iterator[str]:
    """A body or an event, cut where it is long."""
    if value is None:
        return
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
    lines = text.split("\n")
    for line in lines[:_BODY]:
        yield f"    {safe(line)}"
    if len(lines) > _BODY:
        yield f"    ... {len(lines) - _BODY} more lines"


def _entry(entry: Any) -> str:  # noqa: ANN401 - JSON
    """What a batch says about one event: a status, or the event that goes on."""
    if entry is None:
        return "dropped"
    if "status" in entry:
        return f"{entry['status']} {safe(entry.get('errormessage', ''))}"
    return f"passes on {_called(entry)}"


def _called(event: dict[str, Any]) -> str:
    """The type of an event and what it is called."""
    kind, name = event.get("type"), event.get("event", event.get("name"))
    called = f' "{safe(name)}"' if isinstance(name, str) and kind != "identify" else ""
    told = safe(kind) if isinstance(kind, str) else "an event without a type"
    return f"{told}{called}"


def _read(event: bytes) -> dict[str, Any]:
    """An event that V8 could read; what Python cannot has no name here."""
    try:
        found: dict[str, Any] = json.loads(event)
    except (ValueError, RecursionError):
        return {}
    return found
