"""JSON whose texts know their place in the file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined] # it is there, untold
from json.scanner import py_make_scanner  # type: ignore[attr-defined] # the typed one cannot tell
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Span
from generator.source import split_lines

if TYPE_CHECKING:
    from generator.model import Json

_ESCAPE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]", re.DOTALL)


class Text(str):
    """A text in JSON; `start` is the offset of its first character in the file."""

    __slots__ = ("start",)
    start: int


class _Decoder(json.JSONDecoder):
    """Decodes as usual, and keeps the places of texts."""

    def __init__(self) -> None:
        super().__init__(parse_constant=_refuse)
        self.parse_string = _read_text
        self.scan_once = py_make_scanner(self)


def _refuse(name: str) -> Json:
    raise ValueError(f"{name} is no JSON")


def _read_text(source: str, start: int, strict: bool) -> tuple[Text, int]:  # noqa: FBT001 - json's
    decoded, end = scanstring(source, start, strict)
    text = Text(decoded)
    text.start = start
    return text, end


@dataclass(frozen=True)
class File:
    """A file of JSON: how it is shown, its text, and its data."""

    path: str
    text: str
    data: Any

    @classmethod
    def read(cls, raw: bytes, path: str) -> File:
        """Read a file; raises ValueError for what is no JSON in UTF-8."""
        text = raw.decode("utf-8-sig")
        try:
            return cls(path, text, _Decoder().decode(text))
        except RecursionError:
            raise ValueError("it is nested too deep") from None

    def place(self, text: object, start: int = 0, end: int | None = None) -> Span:
        """The place of a part of a text in the data; else the begin of the file."""
        if not isinstance(text, Text):
            return Span.start_of(self.path)
        offset, offsets = text.start, [text.start]
        for _ in text:
            found = _ESCAPE.match(self.text, offset)
            offset = offset + 1 if found is None else found.end()
            offsets.append(offset)
        last = len(text) if end is None else end
        return Span(
            self.path, *self._line_and_column(offsets[start]), *self._line_and_column(offsets[last])
        )

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        before = split_lines(self.text[:offset])
        return len(before), len(before[-1]) + 1
