"""Generate the JavaScript files, or check that they are up to date."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import dist
from generator.commands._layout import several, size, table
from generator.commands._session import Session, Verdict, format_option, is_terminal, paths_argument
from generator.diagnostics import Report
from generator.project import STDIN, Unusable, check_names, find_mappings, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.compiler import Output
    from generator.model import Setting


@click.command()
@paths_argument
@click.option(
    "--out",
    metavar="DIR",
    help="Where to write, inside the project; by default dist/ or what the project configures. "
    "`-` is standard output.",
)
@click.option("--check", is_flag=True, help="Write nothing; fail where a file is not up to date.")
@click.option("--stdout", is_flag=True, help="Write the file of one mapping to standard output.")
@click.option("--copy", is_flag=True, help="Copy the file of one mapping to the clipboard too.")
@click.option("--force", is_flag=True, help="Overwrite files that segfn did not make.")
@click.option(
    "--steps/--no-steps",
    default=None,
    help="Say how the files get into Segment; by default on a terminal, for changed files.",
)
@format_option
@click.pass_obj
def command(  # noqa: PLR0913 - one parameter an option
    session: Session,
    paths: tuple[str, ...],
    *,
    out: str | None,
    check: bool,
    stdout: bool,
    copy: bool,
    force: bool,
    steps: bool | None,
    format_: str,
) -> Report | Verdict:
    """Turn mappings into JavaScript files, all of them or none.

    PATHS are mappings or folders of mappings, by default the project's; `-` is standard
    input, whose file goes to standard output if no --out is given.
    """
    to_stdout = stdout or out == "-" or (paths == ("-",) and out is None and not check)
    if copy and check:
        raise click.UsageError("--copy does not go with --check")
    if to_stdout and (check or (stdout and out not in {None, "-"})):
        raise click.UsageError("--stdout goes with neither --check nor --out")
    report = Report()
    made = compile_paths(session, paths, report)
    if (to_stdout or copy) and len(made) > 1:
        aim = "to write to standard output" if to_stdout else "to copy"
        raise Unusable(f"there are {len(made)} mappings", f"name one {aim}")
    outputs = valid(made)
    folder = session.project.out if out in {None, "-"} else Path(str(out))
    wrote = True
    if to_stdout:
        _print(session, outputs, report)
    elif check:
        compare(outputs, folder, report, orphans=not paths)
        if not report.failed:
            session.say(f"{several(len(outputs), 'file')} up to date")
    elif not report.failed:
        wrote = _write(session, outputs, folder, report, force=force, steps=steps)
    if copy and wrote and not report.failed:
        _copy(session, outputs)
    session.show(report, format_, err=to_stdout)
    return report if wrote else Verdict.UNUSABLE


def compile_paths(
    session: Session, paths: tuple[str, ...], report: Report, *, fixtures: bool = False
) -> list[tuple[Path, Output | None]]:
    """Compile the mappings at the paths; None for one that has an error.

    `fixtures` says that theirs are needed, which stand beside a file only.
    """
    from generator.compiler import compile_file, compile_text  # noqa: PLC0415 - slow to import

    project = session.project
    made: list[tuple[Path, Output | None]]
    if fixtures and paths == ("-",):
        raise Unusable("standard input has no fixtures beside it", "name a mapping or a folder")
    if paths == ("-",):
        made = [(Path(STDIN), compile_text(session.read_stdin(STDIN), STDIN, project, report))]
    else:
        found = session.progress(find_mappings(project, paths), "mappings")
        made = [(path, compile_file(path, project, report)) for path in found]
    check_names([output.mapping for output in valid(made)], report)
    return made


def valid(made: list[tuple[Path, Output | None]]) -> list[Output]:
    """What was compiled without an error."""
    return [output for _, output in made if output is not None]


def compare(outputs: list[Output], folder: Path, report: Report, *, orphans: bool) -> None:
    """Report files that are stale, missing, or (where all mappings are known) orphans."""
    files = {folder / f"{output.name}.js": output for output in outputs}
    found = dist.compare(
        {path: output.text for path, output in files.items()},
        folder if orphans and not report.failed else None,
    )
    dist.tell(found, {path: output.mapping.path for path, output in files.items()}, report)


def _print(session: Session, outputs: list[Output], report: Report) -> None:
    """Write the file of one mapping to standard output."""
    if outputs and not report.failed:
        session.out(outputs[0].text)


def _copy(session: Session, outputs: list[Output]) -> None:
    """Copy the file of one mapping to the clipboard."""
    from generator.commands._clipboard import copy  # noqa: PLC0415 - rarely needed

    session.say(f"{outputs[0].name}.js copied by {copy(outputs[0].text)}")


def _write(  # noqa: PLR0913 - one parameter an option
    session: Session,
    outputs: list[Output],
    folder: Path,
    report: Report,
    *,
    force: bool,
    steps: bool | None,
) -> bool:
    """Write the files, say what was written, and where it is asked for what to do next."""
    files = {folder / f"{output.name}.js": output.text for output in outputs}
    written = dist.write_all(files, session.project.root, report, force=force)
    if written is None:
        return False
    rows = [
        (shown(file.path), several(len(output.functions), "route"), size(file.size), file.state)
        for file, output in zip(written, outputs, strict=True)
    ]
    for line in table(rows):
        session.say(line)
    changed = [
        (shown(file.path), output)
        for file, output in zip(written, outputs, strict=True)
        if file.state != "unchanged" or steps
    ]
    if changed and (is_terminal(sys.stderr) if steps is None else steps):
        for line in _next_steps(changed):
            session.say(line)
    return True


def _next_steps(changed: list[tuple[str, Output]]) -> Iterator[str]:
    """How a file gets into Segment.

    https://segment.com/docs/connections/functions/destination-functions/
    """
    yield ""
    yield "Next, in Segment under Connections > Catalog > Functions:"
    yield "  1. Open the function, or choose New Function, Destination and Build."
    yield "  2. Paste the file into the editor, in place of all that stands there."
    yield "  3. Create in the function's settings what is not there yet:"
    for path, output in changed:
        yield f"     {path}"
        rows = [
            (setting.name, _told(setting), setting.label) for setting in output.mapping.settings
        ]
        yield from table(rows, indent=7) if rows else ("       no settings",)
    yield "  4. Save it, and give the settings their values where the function is connected."


def _told(setting: Setting) -> str:
    """The type of a setting and what else is ticked in the editor."""
    ticks = (("required", setting.required), ("sensitive", setting.sensitive))
    return ", ".join([setting.type, *(word for word, ticked in ticks if ticked)])
