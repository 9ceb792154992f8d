"""For programs: `{"version": 1, "diagnostics": [...]}`, a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.reporters._shown import json_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.diagnostics import Diagnostic, Note


def render(
    found: list[Diagnostic],
    sources: Mapping[str, str],  # noqa: ARG001 - places are enough
    *,
    colour: bool,  # noqa: ARG001
    summary: dict[str, Any],
) -> str:
    """One JSON document in ASCII, which no terminal and no encoding can spoil."""
    document: dict[str, Any] = {"version": 1, "diagnostics": [_finding(entry) for entry in found]}
    if summary:
        document["summary"] = summary
    return json_text(document)


def _finding(entry: Diagnostic) -> dict[str, Any]:
    return {
        "path": entry.span.path,
        "line": entry.span.line,
        "column": entry.span.column,
        "end_line": entry.span.end_line,
        "end_column": entry.span.end_column,
        "severity": entry.severity.value,
        "code": entry.code.code,
        "slug": entry.code.slug,
        "message": entry.message,
        "notes": [_note(note) for note in entry.notes],
        "help": entry.help,
    }


def _note(note: Note) -> dict[str, Any]:
    span = note.span
    return {
        "message": note.message,
        "path": None if span is None else span.path,
        "line": None if span is None else span.line,
        "column": None if span is None else span.column,
    }
