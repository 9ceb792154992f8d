"""For GitHub Actions: annotations on the lines of a pull request.

Format and escapes: `toCommandValue` and `command.ts` of actions/toolkit. GitHub shows ten
errors, ten warnings and ten notices of a step and drops the rest in silence.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from generator.reporters._shown import place, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.diagnostics import Diagnostic, Note

SHOWN = 10
COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(
    found: list[Diagnostic],
    sources: Mapping[str, str],  # noqa: ARG001 - GitHub shows the lines
    *,
    colour: bool,  # noqa: ARG001
    summary: dict[str, int],
) -> str:
    """The first findings of each severity as annotations, the others as lines of the log."""
    by_severity: dict[str, list[Diagnostic]] = defaultdict(list)
    for entry in found:
        by_severity[entry.severity.value].append(entry)
    lines: list[str] = []
    for entries in by_severity.values():
        lines += [_annotation(entry) for entry in entries[:SHOWN]]
    for severity, entries in by_severity.items():
        lines += _rest(severity, entries[SHOWN:])
    if summary:
        lines.append("segfn: " + ", ".join(f"{number} {name}" for name, number in summary.items()))
    return "".join(f"{line}\n" for line in lines)


def _annotation(entry: Diagnostic) -> str:
    span = entry.span
    places = {"file": span.path, "line": str(span.line), "endLine": str(span.end_line)}
    if span.line == span.end_line:  # GitHub refuses columns over several lines
        places |= {"col": str(span.column), "endColumn": str(span.end_column)}
    places["title"] = str(entry.code)
    properties = ",".join(f"{name}={_property(value)}" for name, value in places.items())
    told = _value("\n".join(_told(entry)))
    return f"::{COMMANDS[entry.severity.value]} {properties}::{told}"


def _told(entry: Diagnostic) -> Iterator[str]:
    """The message with all that belongs to it."""
    yield entry.message
    yield from map(_note, entry.notes)
    if entry.help is not None:
        yield f"help: {entry.help}"


def _note(note: Note) -> str:
    if note.span is None:
        return f"note: {note.message}"
    return f"note: {note.message} ({note.span.path}:{note.span.line}:{note.span.column})"


def _rest(severity: str, entries: list[Diagnostic]) -> Iterator[str]:
    """What is too much for annotations; no line begins with text of a user."""
    if entries:
        yield f"segfn: {len(entries)} more of severity {severity}:"
    for entry in entries:
        where = f"{place(entry.span.path)}:{entry.span.line}:{entry.span.column}"
        message = safe(entry.message).replace("\n", " ")
        yield f"segfn: {where}: {severity}[{entry.code}]: {message}"


def _value(text: str) -> str:
    """Text as the value of a command: one line."""
    return safe(text.replace("\r", "")).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    """Text as a property of a command."""
    return _value(text).replace(":", "%3A").replace(",", "%2C")
