"""Streams of events: NDJSON, a JSON array, or one JSON object, gzipped or not."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import chain
from typing import IO, TYPE_CHECKING

from generator.json_advice import why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_BLANK = b" \t\r\n"
_LOOK = 1000  # lines to look for the second that is not blank
_NO_TEXT = b"no UTF-8"  # stands for a line that is none; V8 then says so


class BadEvents(Exception):  # noqa: N818 - the input's, not the program's
    """The input is neither NDJSON nor JSON, or its compression is broken."""


@dataclass(slots=True)
class Events:
    """Events as JSON texts, read as they are asked for; memory does not grow with NDJSON.

    `line(index)` says afterwards where an event stood, None where there are no lines.
    """

    stream: IO[bytes]
    lined: bool = True
    _blank: list[int] = field(default_factory=list)

    def __iter__(self) -> Iterator[bytes]:
        """The events; raises `BadEvents` where the whole is no JSON."""
        try:
            yield from self._read()
        except (EOFError, zlib.error, gzip.BadGzipFile) as problem:
            raise BadEvents(f"it is no gzip: {problem}") from problem

    def _read(self) -> Iterator[bytes]:
        lines = iter(_unpacked(self.stream))
        head = [next(lines, b"").removeprefix(_BOM)]
        while len(head) < _LOOK and sum(bool(line.strip(_BLANK)) for line in head) < 2:  # noqa: PLR2004
            line = next(lines, None)
            if line is None:
                break
            head.append(line)
        self.lined = _are_lines([text for line in head if (text := line.strip(_BLANK))])
        if not self.lined:
            yield from _from_json(b"".join(chain(head, lines)))
            return
        for number, line in enumerate(chain(head, lines), 1):
            if text := line.strip(_BLANK):
                yield _checked(text)
            else:
                self._blank.append(number)

    def line(self, index: int) -> int | None:
        """The line of an event that was read."""
        if not self.lined:
            return None
        number = index + 1
        while (passed := bisect_right(self._blank, number)) + index + 1 != number:
            number = passed + index + 1
        return number


def _are_lines(texts: list[bytes]) -> bool:
    """Whether a stream that begins with these lines is NDJSON.

    A line alone may be broken there; a map over several lines has no map as its second.
    """
    if not texts or texts[0].startswith(b"["):
        return not texts
    return any(text.startswith(b"{") and _is_json(text) for text in texts)


def _unpacked(stream: IO[bytes]) -> Iterable[bytes]:
    """The lines of a stream, without its compression."""
    if not isinstance(stream, io.BufferedReader):
        stream = io.BufferedReader(io.BytesIO(stream.read()))
    if stream.peek(2)[:2] != _GZIP:
        return stream
    return gzip.GzipFile(fileobj=stream)


def _is_json(text: bytes) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _checked(line: bytes) -> bytes:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return _NO_TEXT
    return line


def _from_json(text: bytes) -> Iterator[bytes]:
    """The events of a JSON array, or a JSON object over several lines."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise BadEvents(f"it is no JSON: {why(problem)}") from problem
    for event in found if isinstance(found, list) else [found]:
        yield json.dumps(event).encode()
