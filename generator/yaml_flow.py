"""Values in `{ }` and `[ ]`: where a person sees their ends, and the quotes that YAML needs."""

from __future__ import annotations

import re

CLOSING = {"{": "}", "[": "]", "(": ")"}
NEEDY = re.compile(r"^[!*&@`%|>\"']|[\[\]{},]|:(?:\s|$)|\s#")
"""What must not stand in a value without quotes there."""

DEEPEST, LONGEST = 64, 10_000
"""Nobody mends more by hand."""


def quoted(text: str) -> tuple[str, int] | None:
    """A whole `{ }` or `[ ]` with quotes where they are missing, and where the first is missing.

    None for any other text, and where no quotes are missing.
    """
    if text.count("{") + text.count("[") > DEEPEST or len(text) > LONGEST:
        return None
    wrong: list[int] = []
    made = _collection(text, 0, wrong)
    return None if made is None or not wrong else (made, min(wrong))


def quotes(value: str) -> str:
    """A value in the quotes that need the least escaping."""
    if "'" not in value or ('"' in value and "\\" not in value and value.count("'") < 3):  # noqa: PLR2004
        return "'" + value.replace("'", "''") + "'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _collection(text: str, offset: int, wrong: list[int]) -> str | None:
    """A text that is one map or list from its first character to its last."""
    closing = CLOSING.get(text[:1], "")
    if (
        closing not in ("}", "]")
        or text.startswith("{{")
        or _end(text, 1, closing) != len(text) - 1
    ):
        return None
    made, at = text[0], 1
    while at < len(text):
        end = min(_end(text, at, ","), len(text) - 1)
        piece = text[at:end]
        colon = _end(piece, 0, ": ") + 1 if closing == "}" else 0
        colon = 0 if colon > len(piece) else colon
        made += _key(piece[:colon], offset + at, wrong)
        made += _value(piece[colon:], offset + at + colon, wrong) + text[end]
        at = end + 1
    return made


def _end(text: str, at: int, stop: str) -> int:
    """Where a mark stands outside of quotes, calls, indexes and holes; the end if nowhere."""
    opened: list[str] = []
    quote = ""
    for place in range(at, len(text)):
        mark, before = text[place], text[place - 1 : place]
        if quote:
            quote = "" if mark == quote else quote
        elif not opened and text.startswith(stop, place):
            return place
        elif mark in "\"'" and not before.isalnum():
            quote = mark
        elif mark in CLOSING:
            opened.append(CLOSING[mark])
        elif opened and mark == opened[-1]:
            opened.pop()
    return len(text)


def _key(text: str, offset: int, wrong: list[int]) -> str:
    """A key with its colon; those that begin with a mark of YAML's need quotes."""
    name = text.strip().removesuffix(":")
    if not name or not NEEDY.search(name) or _is_quoted(name):
        return text
    wrong.append(offset + text.index(name))
    return text.replace(name, f'"{name}"', 1)


def _value(text: str, offset: int, wrong: list[int]) -> str:
    """A value, with quotes if it needs them."""
    value = text.strip()
    if not value or _is_quoted(value):
        return text
    at = text.index(value)
    made = _collection(value, offset + at, wrong)
    if made is None:
        if not NEEDY.search(value):
            return text
        wrong.append(offset + at)
        made = quotes(value)
    return text[:at] + made + text[at + len(value) :]


def _is_quoted(value: str) -> bool:
    """Whether a value is one text in quotes."""
    return re.fullmatch(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""", value) is not None
