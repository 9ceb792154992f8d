"""Show mappings as a picture and a table."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands._layout import Painter, several
from generator.commands._session import Session, paths_argument
from generator.diagnostics import Report
from generator.project import STDIN, find_mappings, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.compiler import Compiled
    from generator.show.picture import Picture, Step

FORMATS = ("text", "html", "markdown", "json")
ENDINGS = {".html": "html", ".htm": "html", ".md": "markdown", ".json": "json", ".txt": "text"}


@click.command()
@paths_argument
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="How to show; by default as the ending of --out says, else text.",
)
@click.option("--out", metavar="FILE", type=click.Path(), help="Write to a file.")
@click.pass_obj
def command(
    session: Session, paths: tuple[str, ...], format_: str | None, out: str | None
) -> Report:
    """Show what becomes of every call: condition, action, recipients, channels.

    `--out mappings.html` writes one page that needs nothing else: to look at, to search, to
    print. PATHS are mappings or folders of mappings, by default the project's; `-` is
    standard input.
    """
    report = Report()
    pictures = _draw(session, paths, report)
    if report.failed:
        session.show(report, "json" if format_ == "json" else "text")
        return report
    ending = ENDINGS.get(Path(out or "").suffix.lower(), "text")
    text = _shown(session, pictures, format_ or ending, to_file=out not in (None, "-"))
    if out in (None, "-"):
        session.out(text)
    else:
        from generator.dist import write_text  # noqa: PLC0415 - only where it is asked for

        write_text(Path(str(out)), text)
        session.say(f"{shown(str(out))}: {several(len(pictures), 'mapping')}")
    return report


def _draw(session: Session, paths: tuple[str, ...], report: Report) -> list[Picture]:
    """The pictures of all mappings; warnings are the business of `validate`."""
    from generator.compiler import read_mapping  # noqa: PLC0415 - slow to import
    from generator.diagnostics import Severity  # noqa: PLC0415
    from generator.show.picture import draw  # noqa: PLC0415

    mine = Report()
    read: list[Compiled | None]
    if paths == ("-",):
        read = [read_mapping(session.read_stdin(STDIN), STDIN, session.project, mine)]
    else:
        found = session.progress(find_mappings(session.project, paths), "mappings")
        read = [
            read_mapping(path.read_bytes(), shown(path), session.project, mine) for path in found
        ]
    report.extend(entry for entry in mine if entry.severity is Severity.ERROR)
    return [draw(entry.mapping, entry.provider) for entry in read if entry is not None]


def _shown(session: Session, pictures: list[Picture], format_: str, *, to_file: bool) -> str:
    """The pictures in one of the formats."""
    match format_:
        case "html":
            from generator.show.document import page  # noqa: PLC0415 - only what is asked for

            return page(pictures)
        case "markdown":
            from generator.show.diagram import markdown  # noqa: PLC0415

            return markdown(pictures)
        case "json":
            from generator.reporters import json_text  # noqa: PLC0415

            return json_text({"version": 1, "mappings": [asdict(each) for each in pictures]})
    paint = Painter(colour=session.colour(sys.stdout) and not to_file)
    return "".join(f"{line}\n" for picture in pictures for line in _text(picture, paint))


# --- text -------------------------------------------------------------------------------


def _text(picture: Picture, paint: Painter) -> Iterator[str]:
    """One mapping: each call, and below it its routes."""
    from generator.reporters import safe  # noqa: PLC0415

    about = f": {safe(picture.description)}" if picture.description else ""
    yield f"{paint('bold', safe(picture.name))}{about} ({picture.provider}, {safe(picture.path)})"
    if picture.when:
        yield f"only where {safe(picture.when)}"
    section = ""
    for row in picture.rows:
        if row.section != section:
            section = row.section
            yield from ("", paint("head", section))
        steps = [safe(_route(step)) for step in row.steps] or ["ignored on purpose"]
        name = f"{paint('code', safe(row.title))} " if row.title != section else ""
        if len(steps) == 1:
            yield f"  {name}-> {steps[0]}"
        else:
            if name:
                yield f"  {name}".rstrip()
            yield from (f"    -> {step}" for step in steps)
    yield ""


def _route(step: Step) -> str:
    """A route in one line: `receipt (workflow) to userId by email where total > 1`."""
    parts = [f"{step.lead} {step.when}".strip() + ":"] if step.lead else []
    parts.append(step.target or step.action)
    if step.target:
        parts.append(f"({step.action})")
    if step.recipients:
        parts.append(f"to {step.recipients}" if step.target else step.recipients)
    if step.channels:
        parts.append(f"{'by' if step.target else 'with'} {', '.join(step.channels)}")
    if step.when and not step.lead:
        parts.append(f"where {step.when}")
    if step.require:
        parts.append(f"needs {', '.join(step.require)}")
    if not step.enabled:
        parts.append("[switched off]")
    return " ".join(parts)
