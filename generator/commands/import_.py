"""Make a mapping from an Actions destination or from a hand-written function."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.commands._inputs import read_input
from generator.commands._layout import several
from generator.commands._session import Verdict, complete_provider, format_option, write
from generator.diagnostics import Report, Severity, Span
from generator.json_advice import why
from generator.project import Unusable, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.commands._session import Session
    from generator.imports.draft import Mapping
    from generator.providers import Provider

STDOUT = "stdout"


@click.group(invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> Verdict | None:
    """Make a mapping from what exists already.

    It is a first version to read, to test and to make your own: what cannot be known or read is
    told, in findings and in comments.
    """
    if ctx.invoked_subcommand is None:
        write(sys.stderr, ctx.get_help() + "\n")
        return Verdict.UNUSABLE
    return None


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--out`, `--force` and `--format`."""
    for option in (
        click.option("--force", is_flag=True, help="Overwrite a file that is there already."),
        click.option(
            "-o",
            "--out",
            metavar="FILE",
            type=click.Path(),
            default="-",
            help="Write to a file of the project; by default, and for `-`, standard output.",
        ),
    ):
        command = option(command)
    return format_option(command)


@command.command()
@click.argument("file", type=click.Path(), metavar="FILE.json")
@click.option(
    "--provider",
    "provider_name",
    metavar="NAME",
    shell_complete=complete_provider,
    help="Who sends the messages; by default http for Segment's Webhook, else novu.",
)
@click.option("--verbatim", is_flag=True, help="Keep every directive as it is.")
@_options
@click.pass_obj
def actions(  # noqa: PLR0913 - one parameter an option
    session: Session,
    file: str,
    provider_name: str | None,
    out: str,
    *,
    verbatim: bool,
    force: bool,
    format_: str,
) -> Report | Verdict:
    """Turn an exported Actions destination into a mapping.

    FILE.json is what Segment's Public API gives for the subscriptions of a destination, or any
    other JSON in which they stand; `-` is standard input.
    """
    from generator.imports import actions as made  # noqa: PLC0415 - slow to import
    from generator.imports import placed, subscriptions  # noqa: PLC0415

    report = Report()
    raw, path = read_input(session, file, "name the file to import")
    try:
        told = placed.File.read(raw, path)
    except ValueError as problem:
        raise Unusable(f"{path} is no JSON: {why(problem)}", "name an export of Segment") from None
    destination = subscriptions.destination(told.data)
    if not destination.subscriptions:
        help_ = "export GET /destinations/{id}/subscriptions of Segment's Public API"
        raise Unusable(f"{path} holds no subscription of an Actions destination", help_)
    provider = _provider(session, provider_name or made.likely_provider(destination))
    name = _name(out, file)
    mapping = made.mapping(destination, told, provider, name, report, verbatim=verbatim)
    return _write(session, mapping, out, report, force=force, format_=format_)


@command.command()
@click.argument("file", type=click.Path(), metavar="FILE.js")
@_options
@click.pass_obj
def function(
    session: Session, file: str, out: str, *, force: bool, format_: str
) -> Report | Verdict:
    """Turn a hand-written function for Novu into a mapping.

    The function is read, not run: which workflow follows which event, which trait becomes which
    field, under which condition. What cannot be read is told with its place; a route of which a
    part is missing is switched off. FILE.js may be `-` for standard input.
    """
    from generator.imports import function as made  # noqa: PLC0415 - slow to import
    from generator.imports.javascript.script import NoParser, Script  # noqa: PLC0415

    report = Report()
    raw, path = read_input(session, file, "name the file to import")
    try:
        script = Script.read(raw, path, report)
        if script is None:
            session.show(report, format_, err=out == "-")
            return report
        mapping = made.mapping(script, _provider(session, "novu"), _name(out, file), report)
    except NoParser:
        help_ = 'install it: pip install "segfn[import]"'
        raise Unusable("the parser of JavaScript is not installed", help_) from None
    except RecursionError:
        raise Unusable(f"{path} is nested too deep", "write it flatter") from None
    if mapping is None:
        help_ = f"name a function with one of {', '.join(made.HANDLERS)}"
        raise Unusable(f"{path} has no handler of Segment", help_)
    return _write(session, mapping, out, report, force=force, format_=format_)


def _provider(session: Session, name: str) -> Provider:
    from generator import providers  # noqa: PLC0415 - slow to import

    report = Report()
    found = providers.load(name, session.project.root, report, Span.start_of("--provider"))
    if found is None:
        problem = next(iter(report))
        raise Unusable(problem.message, problem.help)
    return found


def _name(out: str, file: str) -> str:
    """The name of the mapping: that of the file which is written, or read."""
    from generator.imports.draft import slug  # noqa: PLC0415 - slow to import

    return slug(Path(file if out == "-" else out).stem) or "imported"


def _write(  # noqa: PLR0913 - one parameter an option
    session: Session, mapping: Mapping, out: str, report: Report, *, force: bool, format_: str
) -> Report | Verdict:
    """Write the mapping where it shall go, and say what is to be known about it."""
    from generator.dist import write_all  # noqa: PLC0415 - slow to import

    if not mapping.routes:
        session.show(report, format_, err=out == "-")
        session.say("nothing to write: no route was made")
        return Verdict.FINDINGS
    text = mapping.text()
    path = STDOUT if out == "-" else shown(out)
    session.texts[path] = text
    refused = Report()
    if out == "-":
        session.out(text)
    elif write_all({Path(out): text}, session.project.root, refused, force=force) is None:
        session.show(refused, format_)
        return Verdict.UNUSABLE
    else:
        session.say(f"{path}: {several(len(mapping.routes), 'route')}")
    _check(session, text, path, report)
    session.show(report, format_, err=out == "-")
    return report


def _check(session: Session, text: str, path: str, report: Report) -> None:
    """Report what `segfn validate` will say; what was told about triggers is not told again."""
    from generator.compiler import read_mapping  # noqa: PLC0415 - slow to import
    from generator.fql.codes import ACTIONS_DIFFER  # noqa: PLC0415

    mine = Report()
    read_mapping(text, path, session.project, mine)
    report.extend(
        entry
        for entry in mine
        if entry.code is not ACTIONS_DIFFER or entry.severity is Severity.ERROR
    )
