"""Pictures as Markdown, with Mermaid's flowcharts, which GitHub and GitLab draw."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.reporters import plain, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.show.picture import Picture, Row, Step

MOST = 40
"""Routes in one flowchart: Mermaid draws no more than 500, and people see less."""
LONGEST = 40_000
"""Signs in one flowchart; Mermaid reads no more than 50,000."""
WIDE = 200
"""Signs in one label; the table has the whole text."""
PLAIN = frozenset(" !%'()+,-./0123456789=?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def markdown(pictures: Sequence[Picture]) -> str:
    """All pictures, each with its flowcharts and a table."""
    return "\n".join(line for picture in pictures for line in _picture(picture)) + "\n"


def _picture(picture: Picture) -> Iterator[str]:
    yield f"## {plain(picture.name)}"
    yield ""
    about = f"{plain(picture.description)} " if picture.description else ""
    yield f"{about}({plain(picture.provider)}, {plain(picture.path)})"
    if picture.when:
        yield from ("", f"Only where {plain(picture.when)}")
    yield from _flowcharts([part for row in picture.rows for part in _parts(row)], picture)
    yield ""
    yield from (
        "| call | name | when | action | target | recipients | channels |",
        "|---" * 7 + "|",
    )
    for row in picture.rows:
        for step in row.steps or (None,):
            yield _cells(row, step)
    yield ""


def _parts(row: Row) -> Iterator[Row]:
    """A row, in several where it has more routes than a flowchart."""
    for start in range(0, max(len(row.steps), 1), MOST):
        yield replace(row, steps=row.steps[start : start + MOST])


def _flowcharts(rows: Sequence[Row], picture: Picture) -> Iterator[str]:
    """One flowchart, or two halves where it becomes too large."""
    lines = list(_flowchart(rows, picture))
    routes = sum(max(len(row.steps), 1) for row in rows)
    if len(rows) > 1 and (routes > MOST or sum(map(len, lines)) > LONGEST):
        middle = len(rows) // 2
        yield from _flowcharts(rows[:middle], picture)
        yield from _flowcharts(rows[middle:], picture)
    else:
        yield from ("", *lines)


def _flowchart(rows: Sequence[Row], picture: Picture) -> Iterator[str]:
    yield from ("```mermaid", "flowchart LR")
    numbers: dict[tuple[str, str], int] = {}
    for place, row in enumerate(rows):
        kind = f" ({row.section})" if row.section in ("page", "screen") and row.name != "*" else ""
        yield f'  e{place}(["{_label(row.title + kind)}"])'
        if not row.steps:
            yield f'  e{place} -.- i{place}["ignored on purpose"]'
        for step in row.steps:
            target = f"{picture.provider} {step.action} {step.target}".strip()
            key = (target, step.recipients)
            if key not in numbers:
                numbers[key] = len(numbers)
                who = f"<br/>to {_label(step.recipients)}" if step.recipients else ""
                yield f'  a{numbers[key]}["{_label(target)}{who}"]'
            said = _label(condition(step))
            line = f'-- "{said}" -->' if said else "-->"
            if not step.enabled:
                line = '-. "switched off" .->'
            yield f"  e{place} {line} a{numbers[key]}"
    yield "```"


def condition(step: Step) -> str:
    """What must hold for a route, in few words."""
    parts = [step.lead, step.when]
    if step.require:
        parts.append(f"needs {', '.join(step.require)}")
    return " ".join(part for part in parts if part)


def _cells(row: Row, step: Step | None) -> str:
    name = plain(row.name or "-")
    if step is None:
        return f"| {row.section} | {name} | | ignored on purpose | | | |"
    when = condition(step) if step.enabled else f"switched off {condition(step)}"
    cells = (when, step.action, step.target, step.recipients, ", ".join(step.channels))
    return f"| {row.section} | {name} | {' | '.join(map(plain, cells))} |"


def _label(text: str) -> str:
    """A text inside a label of Mermaid: everything but plain letters by its number."""
    told = safe(text)
    told = told if len(told) <= WIDE else f"{told[: WIDE - 1]}\N{HORIZONTAL ELLIPSIS}"
    return "".join(
        sign if sign in PLAIN or (ord(sign) > 127 and sign.isalnum()) else f"#{ord(sign)};"  # noqa: PLR2004 - ASCII
        for sign in told
    )
