"""All that CI asks: validate, test, and generate --check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.commands import test
from generator.commands._layout import several
from generator.commands._session import Session, format_option, paths_argument
from generator.commands.generate import compare, compile_paths, valid
from generator.diagnostics import Report

if TYPE_CHECKING:
    from pathlib import Path

    from generator.compiler import Output


@click.command()
@paths_argument
@format_option
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@click.pass_obj
def command(session: Session, paths: tuple[str, ...], format_: str, *, watch: bool) -> Report:
    """Check mappings and fixtures, run the fixtures, and see that no file is stale.

    Nothing is written. PATHS are mappings or folders of mappings, by default the project's.
    """
    if watch:
        from generator.commands import _watch  # noqa: PLC0415 - an extra

        _watch.watch(session, paths, format_)
    report = Report()
    made = compile_paths(session, paths, report, fixtures=True)
    compare(valid(made), session.project.out, report, orphans=not paths)
    tell(session, len(made), _try(session, made, report), report, format_)
    return report


def tell(
    session: Session, mappings: int, counts: dict[str, int], report: Report, format_: str
) -> None:
    """Say what was found, or that nothing was."""
    quiet = format_ == "text" and not report.failed
    session.show(report, format_, summary=None if quiet else counts)
    if not report.failed:
        read, fixtures = several(mappings, "mapping"), several(counts["passed"], "fixture")
        session.say(f"{read} valid, {fixtures} passed, all files up to date")


def _try(
    session: Session, made: list[tuple[Path, Output | None]], report: Report
) -> dict[str, int]:
    """Run the fixtures of all mappings that compile."""
    suites = test.gather(made, None, report)
    test.run(session, suites)
    for suite in suites:
        for tried in suite.tried:
            report.extend(tried.differences)
    return test.count(suites)
