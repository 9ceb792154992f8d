"""Talk and documentation laid out for a terminal."""

from __future__ import annotations

import re
import textwrap
from shutil import get_terminal_size
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDEST = 100
STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "code": "36", "head": "1;34"}


def columns() -> int:
    """How wide text may be."""
    return min(get_terminal_size((80, 24)).columns, WIDEST)


def several(number: int, word: str) -> str:
    """`1 route`, `2 routes`."""
    return f"{number} {word}" + ("" if number == 1 else "s")


def size(number: int) -> str:
    """A number of bytes for a person."""
    return f"{number} B" if number < 1000 else f"{number / 1000:.1f} kB"  # noqa: PLR2004


class Painter:
    """Colours text, or leaves it alone."""

    def __init__(self, *, colour: bool) -> None:
        """`colour` is whether colours are wanted."""
        self.colour = colour

    def __call__(self, style: str, text: str) -> str:
        """The text in a style."""
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self.colour and text else text


def table(
    rows: Sequence[Sequence[str]], indent: int = 0, paint: Painter | None = None
) -> Iterator[str]:
    """Rows with aligned columns, the first painted; the last is wrapped to the terminal."""
    widths = [max(map(len, column)) for column in zip(*(row[:-1] for row in rows), strict=True)]
    start = indent + sum(widths) + 2 * len(widths)
    for *cells, last in rows:
        padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]
        if paint is not None and padded:
            padded[0] = paint("code", padded[0])
        yield from hanging(" " * indent + "".join(f"{cell}  " for cell in padded), last, start)


def hanging(head: str, text: str, start: int) -> Iterator[str]:
    """A text behind a head; its further lines begin at column `start`."""
    room = max(columns() - start, 30)
    first, *rest = textwrap.wrap(text, room, break_on_hyphens=False) or [""]
    yield f"{head}{first}".rstrip()
    yield from (" " * start + line for line in rest)


def markdown(text: str, paint: Painter) -> Iterator[str]:
    """Markdown as it reads best in a terminal: paragraphs, lists, code in fences."""
    paragraph: list[str] = []
    inside = False
    for line in text.splitlines():
        fence = line.startswith("```")
        if inside and not fence:
            yield "    " + _code(line, paint)
        elif fence or not line.strip() or line.startswith(("- ", "#")):
            yield from _paragraph(paragraph, paint)
            paragraph = [line] if line.startswith("- ") else []
            inside = inside != fence
            if line.startswith("#"):
                yield paint("bold", line.lstrip("# "))
            elif not line.strip():
                yield ""
        else:
            paragraph.append(line.strip())
    yield from _paragraph(paragraph, paint)


def _paragraph(lines: Iterable[str], paint: Painter) -> Iterator[str]:
    for line in textwrap.wrap(" ".join(lines), columns(), break_on_hyphens=False):
        yield re.sub(r"`([^`]+)`", lambda found: paint("code", found[0]), line)


def _code(line: str, paint: Painter) -> str:
    """A line of an example; what it says about itself stands out."""
    code, mark, comment = line.partition(" #")
    if not mark:
        return line
    style = "red" if comment.strip().startswith("wrong") else "dim"
    return code + paint(style, mark + comment)
