"""Check mappings and fixtures, and say everything that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.commands._layout import several
from generator.commands._session import Session, format_option, paths_argument
from generator.diagnostics import Report
from generator.project import STDIN, check_names, find_mappings, fixtures_of, shown

if TYPE_CHECKING:
    from pathlib import Path

    from generator.compiler import Compiled


@click.command()
@paths_argument
@format_option
@click.pass_obj
def command(session: Session, paths: tuple[str, ...], format_: str) -> Report:
    """Check mappings and their fixtures; everything that is wrong in one run.

    PATHS are mappings or folders of mappings, by default the project's; `-` is standard
    input.
    """
    report = Report()
    read = read_all(session, paths, report)
    check_names([compiled.mapping for compiled in read if compiled is not None], report)
    session.show(report, format_)
    if not report.failed:
        session.say(f"{several(len(read), 'mapping')} valid")
    return report


def read_all(session: Session, paths: tuple[str, ...], report: Report) -> list[Compiled | None]:
    """Read every mapping with its fixtures; None for a mapping that has an error."""
    from generator.compiler import read_mapping  # noqa: PLC0415 - slow to import

    project = session.project
    if paths == ("-",):
        return [read_mapping(session.read_stdin(STDIN), STDIN, project, report)]
    found: list[Compiled | None] = []
    for path in session.progress(find_mappings(project, paths), "mappings"):
        compiled = read_mapping(path.read_bytes(), shown(path), project, report)
        found.append(compiled)
        _read_fixtures(path, compiled, report)
    return found


def _read_fixtures(path: Path, compiled: Compiled | None, report: Report) -> None:
    """Read the fixture file beside a mapping, if there is one."""
    beside = fixtures_of(path)
    if beside is not None:
        from generator.sandbox import fixtures  # noqa: PLC0415 - slow to import

        settings = None if compiled is None else compiled.mapping.settings
        fixtures.read(beside.read_bytes(), shown(beside), report, settings)
