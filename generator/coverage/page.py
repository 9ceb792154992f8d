"""Coverage as one self-contained HTML page: the mapping, and under each line what was reached."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING

from generator.coverage.measure import share
from generator.coverage.points import KINDS
from generator.show.document import filled, part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.coverage.measure import Coverage
    from generator.coverage.points import Point

MARKS = {"all": "✓", "some": "◐", "none": "✗"}
SAID = {"all": "all reached", "some": "partly reached", "none": "not reached"}

Branches = list[tuple[str, list[str]]]
"""Each branch of a point with the fixtures that take it."""


def page(found: Sequence[Coverage], texts: Mapping[str, str]) -> str:
    """The page; `texts` are the mappings by path."""
    alone = len(found) == 1
    title = f"Coverage of {found[0].mapping.name if alone else f'{len(found)} mappings'}"
    return filled(
        part("page.html", "generator.coverage"),
        style=part("page.css") + part("page.css", "generator.coverage"),
        title=escape(title),
        head="".join(_head(found)),
        body="".join(
            line
            for place, each in enumerate(found)
            for line in _mapping(each, texts.get(each.mapping.path, ""), place)
        ),
    )


def _head(found: Sequence[Coverage]) -> Iterator[str]:
    """The whole in a sentence, and links where there are several mappings."""
    taken, total = (
        sum(each) for each in zip((0, 0), *(one.counts() for one in found), strict=True)
    )
    yield f'<p class="about">{share(found):.1f} % covered: {taken} of {total} branches</p>'
    if len(found) > 1:
        yield '<nav aria-label="Mappings"><ul>'
        for place, each in enumerate(found):
            told = f'<span class="muted">{share([each]):.0f} %</span>'
            yield f'<li><a href="#m{place}">{escape(each.mapping.name)}</a> {told}</li>'
        yield "</ul></nav>"


def _mapping(coverage: Coverage, text: str, place: int) -> Iterator[str]:
    """A mapping: its counts, what belongs to no line, and its text line by line."""
    mapping = coverage.mapping
    yield f'<section class="mapping" aria-labelledby="m{place}">'
    yield f'<h2 id="m{place}">{escape(mapping.name)} '
    yield f'<span class="muted">{share([coverage]):.1f} %</span></h2>'
    yield f'<p class="about">{escape(mapping.path)}</p>'
    yield '<dl class="counts">'
    for kind in KINDS:
        taken, total = coverage.counts(kind)
        if total:
            label = f"{kind}s: {taken} of {total}"
            meter = f'<meter value="{taken}" max="{total}" aria-label="{label}"></meter>'
            yield f"<div><dt>{kind}s</dt><dd>{meter} {taken} of {total}</dd></div>"
    yield "</dl>"
    by_line = _by_line(coverage)
    yield "<h3>The whole mapping</h3>"
    yield from _points(by_line.pop(0))
    yield "<h3>Line by line</h3>"
    yield '<div class="source">'
    for number, line in enumerate(text.splitlines(), 1):
        yield from _line(number, line, by_line.get(number, []))
    yield "</div></section>"


def _by_line(coverage: Coverage) -> dict[int, list[tuple[Point, Branches]]]:
    """The points of every line; 0 for those without a place."""
    points: dict[int, list[tuple[Point, Branches]]] = defaultdict(list)
    for number, point in enumerate(coverage.points):
        branches = [
            (name, coverage.taken.get((number, place), []))
            for place, name in enumerate(point.branches)
        ]
        points[point.span.line if point.span else 0].append((point, branches))
    return points


def _line(number: int, text: str, points: list[tuple[Point, Branches]]) -> Iterator[str]:
    taken = [bool(fixtures) for _, branches in points for _, fixtures in branches]
    state = "" if not taken else "all" if all(taken) else "some" if any(taken) else "none"
    said = f'<span role="img" aria-label="{SAID[state]}">{MARKS[state]}</span>' if state else ""
    yield f'<div class="line {state}"><span class="number">{number}</span>'
    yield f'<span class="mark">{said}</span><code>{escape(text)}</code></div>'
    if points:
        yield from _points(points)


def _points(points: list[tuple[Point, Branches]]) -> Iterator[str]:
    """Points as a list, each with its branches and the fixtures that take them."""
    done = all(fixtures for _, branches in points for _, fixtures in branches)
    yield f'<ul class="points{" covered" if done else ""}">'
    for point, branches in points:
        covered = " covered" if all(fixtures for _, fixtures in branches) else ""
        yield f'<li class="point{covered}"><span class="muted">{point.kind}</span> '
        yield f'<span class="what" dir="auto">{escape(point.words)}</span><div class="branches">'
        for name, fixtures in branches:
            yield from _branch(name, fixtures)
        yield "</div></li>"
    yield "</ul>"


def _branch(name: str, fixtures: list[str]) -> Iterator[str]:
    told = escape(name)
    if not fixtures:
        yield f'<span class="never">✗ {told}: never</span>'
        return
    count = f"{len(fixtures)} fixture{'' if len(fixtures) == 1 else 's'}"
    yield f'<details class="taken"><summary>✓ {told}: {count}</summary><ul>'
    yield from (f'<li dir="auto">{escape(fixture)}</li>' for fixture in fixtures)
    yield "</ul></details>"
