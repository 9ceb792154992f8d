"""Hold a tracking plan against the mappings: mapped, ignored, forgotten."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands._session import Session, Verdict, paths_argument
from generator.diagnostics import Report
from generator.project import STDIN, Unusable, shown

if TYPE_CHECKING:
    from generator.plans.coverage import Read
    from generator.plans.plan import Plan

FORMATS = ("text", "json", "markdown")
# As in `plans.coverage.KINDS`, which is slow to import; a test compares them.
KINDS = ("forgotten", "unplanned", "deprecated", "property", "type", "optional")


@click.command()
@click.argument("file", type=click.Path(), metavar="FILE")
@paths_argument
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="text", help="How to print."
)
@click.option(
    "--fail-on",
    "fail_on",
    multiple=True,
    type=click.Choice((*KINDS, "any")),
    help="End with 1 where this is found; may be repeated. Without it the result is 0.",
)
@click.pass_obj
def command(
    session: Session, file: str, paths: tuple[str, ...], format_: str, fail_on: tuple[str, ...]
) -> Report | Verdict:
    """Hold a tracking plan against the mappings.

    FILE is a plan of Segment Protocols (JSON or CSV), RudderStack (YAML) or Avo, a folder of
    JSON Schemas, a list of names, or events as NDJSON; `-` is standard input. PATHS are
    mappings or folders of mappings, by default the project's. What can be found:

    \b
    forgotten   planned, but neither mapped nor ignored
    unplanned   mapped, but not in the plan
    deprecated  mapped, but deprecated in the plan
    property    read, but not planned
    type        planned with a type or values of which nothing is made
    optional    needed by the mapping, but optional in the plan
    """  # noqa: D301 - click's mark for lines that stay as they are
    plan = _read_plan(session, file)
    report = Report()
    mappings = _read_mappings(session, paths, report)
    if report.failed:
        session.show(report, "json" if format_ == "json" else "text")
        return report
    from generator.commands import _plan  # noqa: PLC0415 - slow to import
    from generator.commands._layout import Painter  # noqa: PLC0415
    from generator.plans.coverage import cover  # noqa: PLC0415

    coverage = cover(plan, mappings)
    match format_:
        case "json":
            session.out(_plan.as_json(coverage))
        case "markdown":
            session.out(_plan.as_markdown(coverage))
        case _:
            session.out(_plan.as_text(coverage, Painter(colour=session.colour(sys.stdout))))
    found = {finding.kind for finding in coverage.findings}
    failed = found & set(fail_on) or (found and "any" in fail_on)
    return Verdict.FINDINGS if failed else Verdict.CLEAN


def _read_plan(session: Session, file: str) -> Plan:
    """The plan; one that cannot be read ends the command with 2."""
    from generator.plans import formats  # noqa: PLC0415 - slow to import
    from generator.plans.plan import BadPlan  # noqa: PLC0415

    path = Path(file)
    try:
        if file == "-":
            return formats.read_bytes(session.read_stdin(STDIN), STDIN)
        if not path.exists():
            raise Unusable(f"there is no file or folder {shown(path)}", "name the tracking plan")
        return formats.read(path)
    except BadPlan as problem:
        name = STDIN if file == "-" else shown(path)
        help_ = "see `segfn plan --help` for the kinds of plans"
        raise Unusable(f"{name} is no tracking plan: {problem}", help_) from None


def _read_mappings(session: Session, paths: tuple[str, ...], report: Report) -> list[Read]:
    """The mappings; warnings about them are the business of `validate`."""
    from generator.compiler import read_mapping  # noqa: PLC0415 - slow to import
    from generator.project import find_mappings  # noqa: PLC0415

    if paths == ("-",):
        texts = [(session.read_stdin(STDIN), STDIN)]
    else:
        paths_ = session.progress(find_mappings(session.project, paths), "mappings")
        texts = [(path.read_bytes(), shown(path)) for path in paths_]
    read = [read_mapping(raw, name, session.project, report) for raw, name in texts]
    return [(each.mapping, each.provider) for each in read if each is not None]
