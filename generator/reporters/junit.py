"""For CI servers that show test results: JUnit's XML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from generator.diagnostics import Severity
from generator.reporters._shown import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.diagnostics import Diagnostic


def render(
    found: list[Diagnostic],
    sources: Mapping[str, str],  # noqa: ARG001 - places are enough
    *,
    colour: bool,  # noqa: ARG001
    summary: dict[str, int],
) -> str:
    """One test case a finding; errors are failures. Without findings one case passes."""
    failures = sum(entry.severity is Severity.ERROR for entry in found)
    counts = f'tests="{max(len(found), 1)}" failures="{failures}" errors="0"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="segfn" {counts}>',
        f'  <testsuite name="segfn" {counts}>',
        *_properties(summary),
        *([line for entry in found for line in _case(entry)] or [NOTHING]),
        "  </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


NOTHING = '    <testcase classname="segfn" name="no findings" />'


def _properties(summary: dict[str, int]) -> Iterator[str]:
    if summary:
        yield "    <properties>"
        for name, number in summary.items():
            yield f'      <property name={quoteattr(name)} value="{number}" />'
        yield "    </properties>"


def _case(entry: Diagnostic) -> Iterator[str]:
    """A finding as a test case; Jenkins' schema knows no attribute for its file and line."""
    span = entry.span
    name = quoteattr(safe(f"{entry.code} at {span.line}:{span.column}"))
    path = quoteattr(safe(span.path))
    told = escape(safe("\n".join(_told(entry))))
    yield f"    <testcase classname={path} name={name}>"
    if entry.severity is Severity.ERROR:
        message = quoteattr(safe(entry.message).replace("\n", " "))
        kind = quoteattr(entry.code.slug)
        yield f"      <failure type={kind} message={message}>{told}</failure>"
    else:
        yield f"      <system-out>{told}</system-out>"
    yield "    </testcase>"


def _told(entry: Diagnostic) -> Iterator[str]:
    """All that is said about a finding, its place first."""
    span = entry.span
    yield f"{span.path}:{span.line}:{span.column}: {entry.severity.value}: {entry.message}"
    for note in entry.notes:
        place = "" if note.span is None else f"{note.span.path}:{note.span.line}: "
        yield f"{place}note: {note.message}"
    if entry.help is not None:
        yield f"help: {entry.help}"
