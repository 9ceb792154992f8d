"""Draws the source lines of a span with the place marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.diagnostics import masked
from generator.reporters._shown import cells, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Span
    from generator.reporters._lines import Lines

DOTS = "..."
MOST_LINES = 5
LONGEST_SECRET = 1000  # characters that are looked at on both sides of what is shown


@dataclass(frozen=True, slots=True)
class Row:
    """One drawn line: its number (or none, or dots), the mark before the text, the text."""

    number: str
    mark: str
    text: str = ""


def snippet(lines: Lines, span: Span, columns: int) -> Iterator[Row]:
    """The rows for a span; none where the source is unknown or the span is a whole file."""
    line = lines.line(span.path, span.line)
    whole_file = (span.line, span.column, span.end_line, span.end_column) == (1, 1, 1, 1)
    if line is None or whole_file:
        return
    yield Row("", "")
    last = span.end_line - (span.end_column == 1)
    if last <= span.line:
        end = span.end_column if span.end_line == span.line else len(line) + 1
        yield from _underlined(line, span.line, span.column - 1, end - 1, columns)
    else:
        yield from _bracketed(lines, span, last, columns)


def _underlined(line: str, number: int, start: int, end: int, columns: int) -> Iterator[Row]:
    """One line, clipped around the place, and the underline."""
    start = min(start, len(line))
    end = max(start, min(end, len(line)))
    lead, before, inside, after, trail = _clip(line, start, end, columns)
    yield Row(str(number), "", lead + before + inside + after + trail)
    indent = width(lead) + width(before)
    yield Row("", " " * indent + "^" * max(1, width(inside)))


def _clip(line: str, start: int, end: int, columns: int) -> tuple[str, str, str, str, str]:
    """Dots, the text before, in and after the place, and dots; together in the columns.

    What stands before the place gives way first down to a third, then what stands after.
    """
    # No more than this can be shown: a line may have millions of characters.
    first, last = max(0, start - columns), min(len(line), start + 2 * columns)
    around = max(0, first - LONGEST_SECRET)
    text = masked(line[around : last + LONGEST_SECRET])
    shown = cells(text[first - around : last - around])
    here, there = start - first, min(end, last) - first
    if first == 0 and last == len(line) and width("".join(shown)) <= columns:
        low, high = 0, len(shown)
    else:
        low, high = _window(list(map(width, shown)), here, there, columns - 2 * len(DOTS))
    lead = DOTS if first + low > 0 else ""
    trail = DOTS if first + high < len(line) else ""
    parts = (
        shown[low:here],
        shown[here : min(there, high)],
        shown[max(here, min(there, high)) : high],
    )
    before, inside, after = map("".join, parts)
    return lead, before, inside, after, trail


def _window(widths: list[int], start: int, end: int, columns: int) -> tuple[int, int]:
    """Which cells are shown: the place first, then what stands around it."""
    low = high = start
    used = 0
    limit = columns // 3
    while low > 0 and used + widths[low - 1] <= limit:
        low -= 1
        used += widths[low]
    while high < len(widths) and used + widths[high] <= columns:
        used += widths[high]
        high += 1
    while low > 0 and used + widths[low - 1] <= columns:
        low -= 1
        used += widths[low]
    return low, max(high, min(end, high))


def _bracketed(lines: Lines, span: Span, last: int, columns: int) -> Iterator[Row]:
    """Several lines with a bracket at their left; the middle of many is left out."""
    numbers = range(span.line, last + 1)
    many = len(numbers) > MOST_LINES
    for number in [*numbers[: MOST_LINES - 2], None, last] if many else numbers:
        if number is None:
            yield Row(DOTS, "|")
            continue
        text = lines.line(span.path, number) or ""
        _, before, inside, after, trail = _clip(text, 0, 0, columns - 2)
        mark = "/ " if number == span.line else "| "
        yield Row(str(number), mark, before + inside + after + trail)
    end = lines.line(span.path, last) or ""
    marked = end[: span.end_column - 1] if last == span.end_line else end
    length = min(width("".join(cells(marked[:columns]))), columns - 2)
    yield Row("", "|" + "_" * max(1, length) + "^")
