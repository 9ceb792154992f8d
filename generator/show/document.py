"""Pictures as one self-contained HTML page.

The page asks for nothing outside itself, and its policy forbids it to: styles and script are
allowed by their hash. All text of users passes `escape`.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.show.picture import Picture, Row, Step

SECTIONS = {
    "identify": "Traits of a user",
    "track": "Events",
    "page": "Page views",
    "screen": "Screen views",
    "group": "Traits of a group",
    "alias": "A new id",
    "delete": "To be forgotten",
}


def page(pictures: Sequence[Picture]) -> str:
    """The page."""
    alone = len(pictures) == 1
    title = pictures[0].name if alone else f"{len(pictures)} mappings"
    head = _about(pictures[0]) if alone else _contents(pictures)
    body = "".join(
        part for place, picture in enumerate(pictures) for part in _mapping(picture, place, alone)
    )
    return filled(
        part("page.html"),
        style=part("page.css"),
        script=part("page.js"),
        title=escape(title),
        head="".join(head),
        count=_entries(sum(len(picture.rows) for picture in pictures)),
        body=body,
    )


def filled(text: str, *, style: str, script: str = "", **parts: str) -> str:
    """A page whose `<!-- name -->` are replaced; only this style and script may act in it."""
    allowed = [f"style-src '{_hash(style)}'"] + [f"script-src '{_hash(script)}'"] * bool(script)
    policy = "; ".join(["default-src 'none'", *allowed])
    known = {**parts, "policy": policy, "style": style, "script": script}
    before, *places = text.split("<!--")
    for place in places:
        name, _, after = place.partition("-->")
        before += known[name.strip()] + after
    return before


def part(name: str, package: str = "generator.show") -> str:
    """A file of a page."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _entries(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"


def _contents(pictures: Sequence[Picture]) -> Iterator[str]:
    """The list of mappings, at the head of a page of several."""
    yield '<nav aria-label="Mappings"><ul>'
    for place, picture in enumerate(pictures):
        count = f'<span class="muted">{_entries(len(picture.rows))}</span>'
        yield f'<li><a href="#m{place}">{escape(picture.name)}</a> {count}</li>'
    yield "</ul></nav>"


def _about(picture: Picture) -> Iterator[str]:
    if picture.description:
        yield f'<p class="about">{escape(picture.description)}</p>'
    yield f'<p class="about">{escape(picture.provider)}, {escape(picture.path)}</p>'
    if picture.when:
        yield f'<p class="about">Only where <code>{escape(picture.when)}</code></p>'


def _mapping(picture: Picture, place: int, alone: bool) -> Iterator[str]:  # noqa: FBT001 - of two kinds
    """A mapping; alone on its page, the head of the page is its own."""
    name = "title" if alone else f"m{place}"
    yield f'<section class="mapping" aria-labelledby="{name}">'
    if not alone:
        yield f'<h2 id="{name}">{escape(picture.name)}</h2>'
        yield from _about(picture)
    yield '<div class="picture">'
    level = "h2" if alone else "h3"
    for section, head in SECTIONS.items():
        rows = [row for row in picture.rows if row.section == section]
        if rows:
            count = f'<span class="muted">{section}, {len(rows)}</span>'
            yield f'<{level} class="section">{head} {count}</{level}>'
            yield "<ul>"
            yield from (part for row in rows for part in _flow(row, picture))
            yield "</ul>"
    yield "</div>"
    yield from _table(picture, place)
    yield "</section>"


# --- the picture --------------------------------------------------------------------


def _flow(row: Row, picture: Picture) -> Iterator[str]:
    """An entry: a box for the call, and from it a line to each of its routes."""
    yield f'<li class="entry" data-text="{escape(_text(row))}">'
    ignored = "" if row.steps else " ignored"
    yield f'<div class="box event{ignored}">{escape(row.title)}</div>'
    if not row.steps:
        yield '<div class="routes"><div class="route none">ignored on purpose</div></div>'
    else:
        yield '<div class="routes">'
        yield from (part for step in row.steps for part in _route(step, picture))
        yield "</div>"
    yield "</li>"


def _route(step: Step, picture: Picture) -> Iterator[str]:
    off = "" if step.enabled else " off"
    yield f'<div class="route{off}"><div class="when">{_said(step)}</div>'
    target = f'<b dir="auto">{escape(step.target)}</b>' if step.target else ""
    muted = f'<span class="muted">{escape(picture.provider)} {escape(step.action)}</span>'
    yield f'<div class="box action">{muted} {target}</div>'
    who = f'<span class="who">{escape(step.recipients)}</span>' if step.recipients else ""
    how = "".join(f'<span class="channel">{escape(name)}</span>' for name in step.channels)
    yield f'<div class="to">{who}{how}</div></div>'


def _said(step: Step) -> str:
    """What stands on the line to a route."""
    told = _when(step)
    return f"<span>{told}</span>" if told else '<span class="always">always</span>'


def _when(step: Step) -> str:
    """What must hold; empty where nothing must."""
    parts = []
    if not step.enabled:
        parts.append("<b>switched off</b>")
    if step.lead:
        parts.append(step.lead)
    if step.when:
        parts.append(f"<code>{escape(step.when)}</code>")
    if step.require:
        needed = escape(", ".join(step.require))
        parts.append(f'<span class="needs">needs <code>{needed}</code></span>')
    return " ".join(parts)


# --- the table ------------------------------------------------------------------------


def _table(picture: Picture, place: int) -> Iterator[str]:
    label = f'tabindex="0" role="region" aria-label="Table of {escape(picture.name)}"'
    yield f'<div class="table" id="t{place}" {label}><table><thead><tr>'
    for head in ("Call", "Name", "When", "Action", "Target", "Recipients", "Channels", "Line"):
        yield f'<th scope="col">{head}</th>'
    yield "</tr></thead><tbody>"
    for row in picture.rows:
        for step in row.steps or (None,):
            yield from _cells(row, step)
    yield "</tbody></table></div>"


def _cells(row: Row, step: Step | None) -> Iterator[str]:
    yield f'<tr class="entry" data-text="{escape(_text(row))}"><td>{row.section}</td>'
    yield f'<th scope="row" dir="auto">{escape(row.name or "-")}</th>'
    if step is None:
        yield f'<td colspan="5" class="muted">ignored on purpose</td><td>{row.line}</td></tr>'
        return
    yield f"<td>{_when(step) or 'always'}</td><td>{escape(step.action)}</td>"
    yield f"<td>{escape(step.target)}</td><td>{escape(step.recipients)}</td>"
    yield f"<td>{escape(', '.join(step.channels))}</td><td>{step.line}</td></tr>"


def _text(row: Row) -> str:
    """What a search looks in."""
    parts = [row.section, row.title]
    for step in row.steps:
        parts += [step.action, step.target, step.recipients, step.when, *step.channels]
    return " ".join(parts)
