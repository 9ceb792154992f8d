"""A tracking plan held against mappings, as text, JSON and Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.commands._layout import Painter, several, table
from generator.reporters import safe

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
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


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
    yield f"**Tracking plan** {_plain(plan.path)} ({plan.format}): {_plain(summary(coverage))}"
    if coverage.findings:
        yield from ("", "| | finding | place |", "|---|---|---|")
    for finding in coverage.findings:
        message = f"{_plain(finding.message)}<br>{_plain(finding.help)}"
        yield f"| {finding.kind} | {message} | {_plain(_place(finding.path, finding.line))} |"
    yield from ("", "<details><summary>All planned calls</summary>", "")
    yield from ("| call | name | becomes | place |", "|---|---|---|---|")
    for covered in coverage.events:
        event = covered.event
        places = ", ".join(_place(taken.path, taken.line) for taken in covered.taken)
        status = STATUSES[covered.status] + (", deprecated" if event.deprecated else "")
        yield f"| {event.section} | {_plain(event.name)} | {_plain(status)} | {_plain(places)} |"
    yield from ("", "</details>")


def _plain(text: str) -> str:
    """Text of users that can do nothing in Markdown."""
    return "".join(f"&#{ord(sign)};" if sign in HIDDEN else sign for sign in safe(text))


HIDDEN = frozenset("\\`*_[]<>#|~@&$")
"""What makes more than text in GitHub's Markdown: also mentions, and formulas."""
