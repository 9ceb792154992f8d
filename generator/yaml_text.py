"""Data to the text of a YAML document as people write it: one member a line, few quotes."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WIDEST = 100
"""Columns; a longer text of words is folded."""

# Texts that YAML 1.1, YAML 1.2 and our reader all take for a text.
_PLAIN = re.compile(r"(?:[^\W\d]|[$/])(?:.*[^\s:])?")
_CUT = re.compile(r": |\s#|\s\s|[\t\n\r]")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_FOLDED = re.compile(r"\S+(?: \S+)+")


@dataclass(frozen=True, slots=True)
class Remark:
    """A value with lines of comment above it."""

    value: Written
    lines: tuple[str, ...]


Written = Union[None, bool, int, float, str, "Sequence[Written]", "Mapping[str, Written]", Remark]
"""What can be written: JSON, with remarks."""


def document(head: Sequence[str], members: Mapping[str, Written]) -> str:
    """A whole document: lines of comment, then a map whose larger members stand apart."""
    blocks = [list(_comments(head))]
    apart = False
    for key, member in members.items():
        block = [*_member(key, member)]
        if len(block) > 1 or apart or not blocks:
            blocks.append(block)
        else:
            blocks[-1] += block
        apart = len(block) > 1
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def lines(value: Written) -> Iterator[str]:
    """A value as lines, one member a line."""
    match value:
        case Remark(inner, told):
            yield from _comments(told)
            yield from lines(inner)
        case dict() if value:
            for key, member in value.items():
                yield from _member(key, member)
        case list() if value:
            for item in value:
                inner = item
                if isinstance(item, Remark):
                    yield from _comments(item.lines)
                    inner = item.value
                first, *rest = lines(inner)
                yield f"- {first}"
                yield from (f"  {line}" for line in rest)
        case _:
            yield scalar(value)


def _member(key: str, member: Written) -> Iterator[str]:
    """A key and its value, below it where that has members."""
    if isinstance(member, Remark):
        yield from _comments(member.lines)
        member = member.value
    head = f"{scalar(key)}:"
    if isinstance(member, (dict, list)) and member:
        yield head
        yield from (f"  {line}" for line in lines(member))
        return
    line = f"{head} {scalar(member)}"
    if isinstance(member, str) and len(line) > WIDEST and _FOLDED.fullmatch(member):
        yield f"{head} >-"
        yield from (f"  {part}" for part in _folded(member))
    else:
        yield line


def _folded(text: str) -> list[str]:
    """The lines of a text of words that a reader joins by blanks."""
    return textwrap.wrap(
        text, WIDEST - 20, break_long_words=False, break_on_hyphens=False, expand_tabs=False
    )


def _comments(told: Sequence[str]) -> Iterator[str]:
    """Lines of comment; what could end a line, or hide in one, is shown."""
    for text in told:
        shown = "".join(sign if sign.isprintable() else f"\\u{{{ord(sign):x}}}" for sign in text)
        for line in textwrap.wrap(shown, WIDEST - 12) or [""]:
            yield f"# {line}".rstrip()


def scalar(value: object) -> str:
    """A value on one line."""
    if not isinstance(value, str):
        return re.sub(r"^(-?\d+)(?=e)", r"\1.0", json.dumps(value))  # as YAML 1.1 has floats
    if _PLAIN.fullmatch(value) and not _CUT.search(value) and value.lower() not in _WORDS:
        return value if value.isprintable() else _escaped(value)
    if value.isprintable() and ('"' in value or "\\" in value):
        return "'" + value.replace("'", "''") + "'"
    return _escaped(value)


def _escaped(text: str) -> str:
    """A text in double quotes; half a surrogate pair is no text, and becomes U+FFFD."""
    return '"' + "".join(map(_sign, text)) + '"'


def _sign(sign: str) -> str:
    code = ord(sign)
    if sign in ESCAPES:
        return ESCAPES[sign]
    if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - the surrogates
        return "\\uFFFD"
    if sign.isprintable():
        return sign
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"  # noqa: PLR2004
