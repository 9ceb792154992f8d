"""For people: the place, the line with the place underlined, and what to do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from generator.reporters._lines import Lines
from generator.reporters._shown import place, safe
from generator.reporters._snippet import DOTS, snippet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.diagnostics import Diagnostic, Note, Span

STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "help": "1;32",
    "gutter": "1;34",
    "bold": "1",
    "+": "32",
    "-": "31",
    "@": "36",
}
NARROWEST, WIDEST = 40, 140


def render(
    found: list[Diagnostic], sources: Mapping[str, str], *, colour: bool, summary: dict[str, int]
) -> str:
    """Every finding with a blank line behind it, then one line that counts them."""
    columns = min(max(get_terminal_size((100, 24)).columns, NARROWEST), WIDEST)
    page = _Page(Lines(sources), colour, columns)
    spans = [None, *(entry.span for entry in found)]
    blocks = [
        "\n".join(page.finding(entry, again=entry.span == before)) + "\n"
        for entry, before in zip(found, spans, strict=False)
    ]
    count = _count(found, summary)
    return "\n".join([*blocks, *([page.paint("bold", count) + "\n"] if count else [])])


def _count(found: list[Diagnostic], summary: dict[str, int]) -> str:
    """`2 errors, 1 warning in 3 files`."""
    by_severity = Counter(entry.severity.value for entry in found)
    counts = [_several(by_severity[name], name) for name in ("error", "warning", "note")]
    told = ", ".join(count for count in counts if count)
    files = len({entry.span.path for entry in found})
    parts = [", ".join(f"{number} {name}" for name, number in summary.items())] if summary else []
    return "; ".join([*parts, *([f"{told} in {_several(files, 'file')}"] if told else [])])


def _several(number: int, word: str) -> str:
    if not number:
        return ""
    return f"{number} {word}" + ("" if number == 1 else "s")


@dataclass(frozen=True, slots=True)
class _Page:
    """Draws findings."""

    lines: Lines
    colour: bool
    columns: int

    def paint(self, style: str, text: str) -> str:
        """The text in a style, where colour is wanted."""
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self.colour and text else text

    def finding(self, entry: Diagnostic, *, again: bool = False) -> Iterator[str]:
        """The lines of one finding; its source is not drawn again below another of its place."""
        gutter = max(len(str(span.end_line)) for span in _spans(entry))
        label = f"{entry.severity.value}[{entry.code}]"
        yield from self.head(entry.span, entry.severity.value, label, entry.message)
        if not again:
            yield from self.drawn(entry.span, entry.severity.value, gutter)
        for note in entry.notes:
            yield from self.note(note, gutter)
        if entry.help is not None:
            yield from self.remark("help", entry.help, gutter)

    def head(self, span: Span, style: str, label: str, message: str) -> Iterator[str]:
        """`path:line:column: error[M102 duplicate-route]: message`."""
        first, *rest = safe(message).split("\n")
        where = self.paint("bold", place(f"{span.path}:{span.line}:{span.column}:"))
        yield f"{where} {self.paint(style, label)}: {self.paint('bold', first)}"
        yield from (f"    {line}" for line in rest)

    def drawn(self, span: Span, style: str, gutter: int) -> Iterator[str]:
        """The source lines of a span, where there are any to show."""
        for row in snippet(self.lines, span, self.columns - gutter - 3):
            edge = row.number if row.number == DOTS else f"{row.number:>{gutter}} |"
            yield f"{self.paint('gutter', edge)} {self.paint(style, row.mark)}{row.text}".rstrip()

    def note(self, note: Note, gutter: int) -> Iterator[str]:
        """A note: with its own place, or as a remark."""
        if note.span is None:
            yield from self.remark("note", note.message, gutter)
        else:
            yield from self.head(note.span, "note", "note", note.message)
            yield from self.drawn(note.span, "note", gutter)

    def remark(self, label: str, message: str, gutter: int) -> Iterator[str]:
        """`   = help: write "welcome"`, further lines below it."""
        first, *rest = safe(message).split("\n")
        edge = self.paint("gutter", " " * gutter + " =")
        yield f"{edge} {self.paint(label, label)}: {first}"
        changes = any(line.startswith("@@ ") for line in rest)
        for line in rest:
            style = line[:1] if changes and line[:1] in {"+", "-", "@"} else None
            yield " " * (gutter + 5) + (self.paint(style, line) if style else line)


def _spans(entry: Diagnostic) -> list[Span]:
    return [entry.span, *(note.span for note in entry.notes if note.span is not None)]
