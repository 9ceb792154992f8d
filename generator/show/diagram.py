"""Pictures as Markdown, with Mermaid's flowcharts, which GitHub and GitLab draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.reporters import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.show.picture import Picture, Row, Step

MOST = 40
"""Entries in one flowchart; Mermaid draws no more than 500 lines, and people see less."""
PLAIN = frozenset(" !%'()+,-./0123456789:=?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
HIDDEN = frozenset("\\`*_[]<>#|~@&$")


def markdown(pictures: Sequence[Picture]) -> str:
    """All pictures, each with its flowcharts and a table."""
    return "\n".join(line for picture in pictures for line in _picture(picture)) + "\n"


def _picture(picture: Picture) -> Iterator[str]:
    yield f"## {_plain(picture.name)}"
    yield ""
    about = f"{_plain(picture.description)} " if picture.description else ""
    yield f"{about}({_plain(picture.provider)}, {_plain(picture.path)})"
    if picture.when:
        yield from ("", f"Only where {_plain(picture.when)}")
    for start in range(0, len(picture.rows), MOST):
        yield ""
        yield from _flowchart(picture.rows[start : start + MOST], picture)
    yield ""
    yield from (
        "| call | name | when | action | target | recipients | channels |",
        "|---" * 7 + "|",
    )
    for row in picture.rows:
        for step in row.steps or (None,):
            yield _cells(row, step)
    yield ""


def _flowchart(rows: Sequence[Row], picture: Picture) -> Iterator[str]:
    yield from ("```mermaid", "flowchart LR")
    numbers: dict[tuple[str, str], int] = {}
    for place, row in enumerate(rows):
        yield f'  e{place}(["{_label(row.title)}"])'
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
    parts = []
    if step.first:
        parts.append("first where" if step.when and step.first == 1 else "else")
    parts.append(step.when)
    if step.require:
        parts.append(f"needs {', '.join(step.require)}")
    return " ".join(part for part in parts if part)


def _cells(row: Row, step: Step | None) -> str:
    name = _plain(row.name or "-")
    if step is None:
        return f"| {row.section} | {name} | | ignored on purpose | | | |"
    when = condition(step) if step.enabled else f"switched off {condition(step)}"
    cells = (when, step.action, step.target, step.recipients, ", ".join(step.channels))
    return f"| {row.section} | {name} | {' | '.join(map(_plain, cells))} |"


def _label(text: str) -> str:
    """A text inside a label of Mermaid: everything but plain letters by its number."""
    return "".join(
        sign if sign in PLAIN or (ord(sign) > 127 and sign.isalnum()) else f"#{ord(sign)};"  # noqa: PLR2004 - ASCII
        for sign in safe(text)
    )


def _plain(text: str) -> str:
    """Text of users that can do nothing in Markdown."""
    return "".join(f"&#{ord(sign)};" if sign in HIDDEN else sign for sign in safe(text))
