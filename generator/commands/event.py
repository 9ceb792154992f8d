"""Print a fixture's event, for the test of Segment's editor."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from generator.commands._session import Session, paths_argument
from generator.diagnostics import Report, did_you_mean
from generator.project import Unusable, find_mappings, fixtures_of, shown

if TYPE_CHECKING:
    from pathlib import Path

    from generator.sandbox.fixtures import Fixture


@click.command()
@click.argument("name", metavar="FIXTURE")
@paths_argument
@click.pass_obj
def command(session: Session, name: str, paths: tuple[str, ...]) -> Report:
    """Print the event of a fixture as JSON, a batch as an array.

    FIXTURE is its name, or a part that no other name has. Paste it into the editor of
    Segment's function, in the manual mode of its test; the settings to enter there are told.
    """
    report = Report()
    found = _fixtures(session, paths, report)
    if report.failed:
        session.show(report, err=True)
        return report
    fixture = _chosen(name, found)
    events = [json.loads(event) for event in fixture.events]
    given = events if fixture.batch else events[0]
    session.out(json.dumps(given, indent=2, ensure_ascii=False) + "\n")
    for setting, value in fixture.settings.items():
        session.say(f"setting {setting}: {json.dumps(value, ensure_ascii=False)}")
    return report


def _fixtures(session: Session, paths: tuple[str, ...], report: Report) -> list[Fixture]:
    """The fixtures of the mappings at the paths."""
    from generator.sandbox.fixtures import read  # noqa: PLC0415 - slow to import

    found: list[Fixture] = []
    for mapping in find_mappings(session.project, paths):
        path: Path | None = fixtures_of(mapping)
        file = None if path is None else read(path.read_bytes(), shown(path), report)
        found += file.fixtures if file is not None else ()
    return found


def _chosen(name: str, fixtures: list[Fixture]) -> Fixture:
    """The fixture of that name, or the only one with it as a part."""
    whole = [fixture for fixture in fixtures if fixture.name == name]
    found = whole or [fixture for fixture in fixtures if name.lower() in fixture.name.lower()]
    if len(found) == 1:
        return found[0]
    if not found:
        advice = did_you_mean(name, [fixture.name for fixture in fixtures])
        raise Unusable(f'no fixture is named "{name}"', advice or "see `segfn test`")
    names = ", ".join(f'"{fixture.name}" ({fixture.span.path})' for fixture in found[:5])
    raise Unusable(f"{len(found)} fixtures fit: {names}", "name more of it, or its mapping")
