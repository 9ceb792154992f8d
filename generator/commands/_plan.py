"""A tracking plan held against mappings, as text, JSON and Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.commands._layout import Painter, several, table
from generator.reporters import json_text, plain, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.plans.coverage import Coverage, Covered, Finding

STATUSES = {
    "mapped": "mapped",
    "other": 'taken by "*"',
    "ignored": "ignored on purpose",
    "retired": "deprecated and not mapped",
    "forgotten": "forgotten",
}
WIDE = 44
ROOM = 29_000
"""Characters of a table in Markdown: GitHub takes comments of 65,536, and there are two."""
HEADS = {
    "unplanned": "Not in the plan",
    "deprecated": "Deprecated in the plan",
    "property": "Read, but not planned",
    "type": "Of another type or value",
    "optional": "Needed, but optional in the plan",
}


# --- JSON ---------------------------------------------------------------------------


def as_json(coverage: Coverage) -> str:
    """The whole of it, version 1; docs/plan.md tells the shape."""
    plan = coverage.plan
    told = {
        "version": 1,
        "plan": {"path": plan.path, "format": plan.format, "events": len(plan.events)},
        "summary": {status: coverage.count(status) for status in STATUSES},
        "events": [_event(covered) for covered in coverage.events],
        "findings": [_finding(finding) for finding in coverage.findings],
    }
    return json_text(told)


def _event(covered: Covered) -> dict[str, object]:
    event = covered.event
    return {
        "section": event.section,
        "name": event.name or None,
        "status": covered.status,
        "deprecated": event.deprecated,
        "path": event.path,
        "line": event.line or None,
        "mappings": [
            {"path": taken.path, "line": taken.line, "routes": list(taken.routes)}
            for taken in covered.taken
        ],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "kind": finding.kind,
        "section": finding.section,
        "name": finding.name or None,
        "message": finding.message,
        "help": finding.help,
        "path": finding.path,
        "line": finding.line or None,
        "column": finding.column if finding.line else None,
    }


# --- text ---------------------------------------------------------------------------


def as_text(coverage: Coverage, paint: Painter) -> str:
    """For a person: the planned events by what becomes of them, then what is wrong."""
    return "".join(f"{line}\n" for line in _text(coverage, paint))


def _text(coverage: Coverage, paint: Painter) -> Iterator[str]:
    plan = coverage.plan
    calls = several(len(plan.events), "planned call")
    yield f"{paint('bold', safe(plan.path))}: {plan.format}, {calls}"
    for status, head in STATUSES.items():
        rows = [_row(covered) for covered in coverage.events if covered.status == status]
        if rows:
            yield from ("", paint("head", f"{head[:1].upper()}{head[1:]} ({len(rows)})"))
            yield from _columns(rows, paint)
    for kind, head in HEADS.items():
        found = [finding for finding in coverage.findings if finding.kind == kind]
        if found:
            yield from ("", paint("head", f"{head} ({len(found)})"))
        for finding in found:
            yield f"  {paint('code', _place(finding.path, finding.line, finding.column))}"
            yield from table([("", safe(finding.message))], 2)
            yield from table([("", f"help: {safe(finding.help)}")], 2)
    yield from ("", summary(coverage))


def _columns(rows: list[tuple[str, str, str]], paint: Painter) -> Iterator[str]:
    """Names with their sections and places; behind a long name they stand on the next line."""
    width = min(max(len(name) for name, _, _ in rows), WIDE)
    for name, section, place in rows:
        behind = f"  {section:<8}  {place}".rstrip()
        if len(name) > width:
            yield f"  {paint('code', name)}"
            name = ""  # noqa: PLW2901 - it was shown
        yield f"  {paint('code', name.ljust(width))}{behind}".rstrip()


def summary(coverage: Coverage) -> str:
    """The counts in one line."""
    parts = [
        f"{coverage.count(status)} {head}"
        for status, head in STATUSES.items()
        if coverage.count(status) or status in ("mapped", "forgotten")
    ]
    others = sum(finding.kind != "forgotten" for finding in coverage.findings)
    return f"{', '.join(parts)}; {several(others, 'finding')} about what is mapped"


def _row(covered: Covered) -> tuple[str, str, str]:
    event = covered.event
    name = safe(event.name) or "(any)" if event.section in ("page", "screen") else safe(event.name)
    where = ", ".join(dict.fromkeys(_place(taken.path, taken.line) for taken in covered.taken))
    if covered.status == "forgotten":
        where = _place(event.path, event.line)
    told = f"{where} (deprecated)" if event.deprecated else where
    return name or event.section, event.section if name else "", told


def _place(path: str, line: int, column: int = 0) -> str:
    parts = [safe(path), *(str(number) for number in (line, column) if number)]
    return ":".join(parts if line else parts[:1])


# --- Markdown -------------------------------------------------------------------------


def as_markdown(coverage: Coverage) -> str:
    """For a pull request: what is wrong first, the rest folded away."""
    return "\n".join(_markdown(coverage)) + "\n"


def _markdown(coverage: Coverage) -> Iterator[str]:
    plan = coverage.plan
    yield f"**Tracking plan** {plain(plan.path)} ({plan.format}): {plain(summary(coverage))}"
    if coverage.findings:
        yield from ("", "| | finding | place |", "|---|---|---|")
        # What is forgotten may be much, and then the rest of it can be left out.
        ordered = sorted(coverage.findings, key=lambda finding: finding.kind == "forgotten")
        yield from _fitting([_found(finding) for finding in ordered])
    yield from ("", "<details><summary>All planned calls</summary>", "")
    yield from ("| call | name | becomes | place |", "|---|---|---|---|")
    yield from _fitting([_planned(covered) for covered in coverage.events])
    yield from ("", "</details>")


def _found(finding: Finding) -> str:
    message = f"{plain(finding.message)}<br>{plain(finding.help)}"
    return f"| {finding.kind} | {message} | {plain(_place(finding.path, finding.line))} |"


def _planned(covered: Covered) -> str:
    event = covered.event
    places = ", ".join(_place(taken.path, taken.line) for taken in covered.taken)
    status = STATUSES[covered.status] + (", deprecated" if event.deprecated else "")
    return f"| {event.section} | {plain(event.name)} | {plain(status)} | {plain(places)} |"


def _fitting(rows: list[str]) -> Iterator[str]:
    """The rows of a table as far as there is room for them, and how many more there are."""
    room = ROOM
    for number, row in enumerate(rows):
        room -= len(row) + 1
        if room < 0:
            yield from ("", f"And {len(rows) - number} more, which `segfn plan` shows.")
            return
        yield row
