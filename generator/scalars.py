"""Where each character of a scalar stands in the file, by scanning its source again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
LENGTHS = {"x": 2, "u": 4, "U": 8}
HEADER = re.compile(r"[|>](?:([1-9])?[+-]?|[+-]([1-9])?)")


@dataclass(slots=True)
class _Scan:
    """Characters and the 0-based (line, column) of each, with the place behind the last."""

    characters: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)

    def add(self, character: str, line: int, column: int) -> None:
        """One character that stands there."""
        self.characters.append(character)
        self.places.append((line, column))


Box = tuple[int, int, int, int]


def places(lines: list[str], style: str, box: Box, text: str) -> list[tuple[int, int]] | None:
    """The place of each character of a scalar's text, and of what follows the last.

    `box` is 0-based: line and column of the start, line and column of the end. None where
    the scan does not give the text, so that the caller can point at the whole scalar.
    """
    scan = _block(lines, style, box) if style in ("literal", "folded") else _flow(lines, style, box)
    found = "".join(scan.characters)
    if style in ("literal", "folded"):
        found, text = found.rstrip("\n"), text.rstrip("\n")
    if found != text:
        return None
    end = scan.places[len(text) - 1] if text else (box[0], box[1])
    return [*scan.places[: len(text)], (end[0], end[1] + 1)]


def _flow(lines: list[str], style: str, box: Box) -> _Scan:
    """A plain or quoted scalar: line breaks are folded, quoted ones have escapes."""
    first, start, last, end = box
    quote = 0 if style == "plain" else 1
    scan = _Scan()
    blank, joined = 0, True
    for number in range(first, last + 1):
        line = lines[number]
        left = start + quote if number == first else _indent_of(line)
        right = end - quote if number == last else len(line.rstrip(" \t"))
        if number > first and left >= right and number < last:
            blank += 1
            continue
        if number > first:
            for _ in range(blank or (1 if joined else 0)):
                scan.add("\n" if blank else " ", number, left)
        blank = 0
        joined = _characters(scan, line, style, number, (left, right))
    return scan


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _characters(scan: _Scan, line: str, style: str, number: int, part: tuple[int, int]) -> bool:
    """Scan one line; false if an escaped line break joins it to the next without a blank."""
    column, right = part
    while column < right:
        character = line[column]
        if style == "single" and line.startswith("''", column):
            scan.add("'", number, column)
            column += 2
        elif style == "double" and character == "\\":
            if column + 1 >= right:
                return False
            length = LENGTHS.get(line[column + 1], 0)
            code = line[column + 2 : column + 2 + length]
            known = ESCAPES.get(line[column + 1], "")
            scan.add(chr(int(code, 16)) if length else known, number, column)
            column += 2 + length
        else:
            scan.add(character, number, column)
            column += 1
    return True


def _block(lines: list[str], style: str, box: Box) -> _Scan:
    """A literal or folded block scalar."""
    first, start, last, end = box
    header = HEADER.match(lines[first], start)
    rows = list(range(first + 1, last + (1 if end else 0)))
    filled = [number for number in rows if number < len(lines) and lines[number].strip(" ")]
    scan = _Scan()
    if header is None or not filled:
        return scan
    told = header[1] or header[2]
    indent = _indent_of_block(lines, first, filled, int(told) if told else None)
    rows = [number for number in rows if number <= filled[-1]]
    before: str | None = None
    blank = 0
    for number in rows:
        content = lines[number][indent:]
        if content == "" and number != filled[0]:
            blank += 1
            continue
        _join(scan, style, (before, content), blank, (number, indent))
        blank = 0
        for offset, character in enumerate(content):
            scan.add(character, number, indent + offset)
        before = content
    return scan


def _indent_of_block(lines: list[str], first: int, filled: list[int], told: int | None) -> int:
    """How far a block is indented: that of its first line, unless the header says it."""
    found = len(lines[filled[0]]) - len(lines[filled[0]].lstrip(" "))
    if told is None:
        return found
    parent = len(lines[first]) - len(lines[first].lstrip(" "))
    return parent + told


def _join(
    scan: _Scan, style: str, around: tuple[str | None, str], blank: int, at: tuple[int, int]
) -> None:
    """What stands between two lines of a block: line ends, or a blank where it is folded."""
    before, after = around
    if before is None:
        breaks = blank
    elif (
        style == "folded"
        and not before.startswith((" ", "\t"))
        and not after.startswith((" ", "\t"))
    ):
        if blank == 0:
            scan.add(" ", *at)
        breaks = blank
    else:
        breaks = blank + 1
    for _ in range(breaks):
        scan.add("\n", *at)
