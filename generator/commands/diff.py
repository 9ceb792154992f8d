"""Say what changes for the people who receive messages."""

from __future__ import annotations

import json
import re
import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands._inputs import open_input
from generator.commands._layout import several
from generator.commands._session import Session, Verdict
from generator.diagnostics import Diagnostic, Note, Report, Span, did_you_mean
from generator.json_advice import fault
from generator.project import Project, Unusable, find_mappings, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.changes import Change
    from generator.commands._comparison import Comparison, Source

FORMATS = ("text", "github", "json", "junit", "markdown", "sarif")
APPROVALS = "approved-changes.txt"
APPROVALS_HEAD = """\
# Changes that a reviewer has approved, by fingerprint: `segfn diff --fail-on` lets them pass.
# Written by `segfn diff --approve FINGERPRINT`. A line whose change is merged can go.
"""
_LINE = re.compile(r"([0-9a-f]{12})(?:\s.*)?")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[OLD NEW]")
@click.option("--against", metavar="GITREF", help="Compare with what a commit or branch holds.")
@click.option("--events", metavar="FILE", help="Recorded events to run too: NDJSON or JSON.")
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(["breaking", "behaviour", "cosmetic", "privacy"]),
    help="Fail for changes of this class or worse, or for what newly leaves Segment.",
)
@click.option("--approve", multiple=True, metavar="FINGERPRINT", help="Write an approval.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    help="How to print; `segfn schema diff` describes json.",
)
@click.pass_obj
def command(  # noqa: PLR0913 - one parameter an option
    session: Session,
    paths: tuple[str, ...],
    *,
    against: str | None,
    events: str | None,
    fail_on: tuple[str, ...],
    approve: tuple[str, ...],
    format_: str,
) -> Verdict | Report:
    """Compare two versions of mappings: files, folders, or this folder and a commit.

    Both versions are generated and run, on the fixtures, on recorded events, and on events
    made from the mappings. With --against, the paths are the mappings to compare, by default
    the project's.
    """
    report = Report()
    with ExitStack() as stack:
        pairs = _pairs(session, paths, against, stack)
        comparisons = _compare(session, pairs, events, report)
    if comparisons is None:
        return _tell_invalid(session, report, format_)
    view = View(comparisons, _approved(session.project), against, format_)
    if approve:
        view = _approve(session, view, approve)
    _show(session, view)
    return Verdict.FINDINGS if view.fails(fail_on) else Verdict.CLEAN


@dataclass(frozen=True)
class View:
    """All that is said: the comparisons, and which fingerprints are approved."""

    comparisons: list[Comparison]
    approved: dict[str, str]
    against: str | None
    format: str

    @property
    def changes(self) -> list[Change]:
        """The changes of all mappings, the worst first."""
        found = [change for each in self.comparisons for change in each.changes]
        return sorted(found, key=lambda change: -change.class_)

    @property
    def stale(self) -> list[str]:
        """Approvals of changes that are not there."""
        known = {change.fingerprint for change in self.changes}
        return [mark for mark in self.approved if mark not in known]

    def is_approved(self, change: Change) -> bool:
        """Whether a reviewer has approved a change."""
        return change.fingerprint in self.approved

    def fails(self, classes: Iterable[str]) -> bool:
        """Whether a change that nobody approved is as bad as asked for, or worse."""
        from generator.changes import Class  # noqa: PLC0415 - slow to import

        wanted = set(classes)
        levels = [Class[name.upper()] for name in wanted - {"privacy"}]
        return any(
            (levels and change.class_ >= min(levels)) or ("privacy" in wanted and change.leaves)
            for change in self.changes
            if not self.is_approved(change)
        )


# --- the two versions -----------------------------------------------------------------


_Two = tuple["Source | None", "Source | None"]


def _pairs(
    session: Session, paths: tuple[str, ...], against: str | None, stack: ExitStack
) -> list[_Two]:
    """The files of both versions that belong together."""
    from generator.commands._comparison import Source  # noqa: PLC0415 - slow to import

    project = session.project
    if against is not None:
        return _against(project, paths, against, stack)
    if len(paths) != 2:  # noqa: PLR2004 - OLD and NEW
        if len(paths) == 1 and not Path(paths[0]).exists():
            advice = f"write `segfn diff --against {paths[0]}` to compare with a commit or branch"
            raise Unusable(f"there is no file or folder {paths[0]}", advice)
        raise click.UsageError("name OLD and NEW, or give --against GITREF")
    old, new = (Path(path) for path in paths)
    if old.is_dir() != new.is_dir() and old.exists() and new.exists():
        raise Unusable("one is a file, the other a folder", "name two files or two folders")
    sides = [find_mappings(project, [path]) for path in (old, new)]
    if not old.is_dir():
        return [
            (
                Source(sides[0][0], shown(sides[0][0]), project),
                Source(sides[1][0], shown(sides[1][0]), project),
            )
        ]
    homes = (old.absolute(), new.absolute())
    found = [
        {path.relative_to(home): Source(path, shown(path), project) for path in side}
        for home, side in zip(homes, sides, strict=True)
    ]
    return _matched(found[0], found[1])


def _against(project: Project, paths: tuple[str, ...], ref: str, stack: ExitStack) -> list[_Two]:
    """The mappings of the project, and those of a commit."""
    from generator.commands._comparison import Source  # noqa: PLC0415 - slow to import
    from generator.commands._git import checked_out  # noqa: PLC0415

    asked = [Path(path).absolute() for path in paths] or [project.mappings]
    for path in asked:
        if not path.is_relative_to(project.root):
            raise Unusable(f"{shown(path)} is outside the project", "name a mapping of the project")
    templates = project.root / "templates"
    there = stack.enter_context(
        checked_out(project.root, ref, [*asked, templates, *_beside(asked)])
    )
    old_project = Project(there, there / "dist", there / project.mappings.relative_to(project.root))
    old = {
        path.relative_to(there): Source(
            path, shown(project.root / path.relative_to(there)), old_project
        )
        for place in asked
        for path in _found(old_project, there / place.relative_to(project.root))
    }
    new = {
        path.relative_to(project.root): Source(path, shown(path), project)
        for place in asked
        for path in _found(project, place)
    }
    if not old and not new:
        find_mappings(project, paths)  # says that there is none
    return _matched(old, new)


def _beside(paths: Iterable[Path]) -> Iterator[Path]:
    """The fixture files of mappings that are named one by one."""
    for path in paths:
        if path.suffix:
            yield path.with_name(f"{path.stem}.fixtures.yaml")
            yield path.with_name(f"{path.stem}.fixtures.yml")


def _found(project: Project, place: Path) -> list[Path]:
    """The mappings at a place of one version, where there may be none."""
    try:
        return find_mappings(project, [place]) if place.exists() else []
    except Unusable:
        return []


def _matched(old: dict[Path, Source], new: dict[Path, Source]) -> list[_Two]:
    """Files of one path belong together; what moved is one that is gone and one that is new."""
    return [(old.get(path), new.get(path)) for path in sorted({*old, *new})]


def _compare(
    session: Session, pairs: Sequence[_Two], events: str | None, report: Report
) -> list[Comparison] | None:
    """Every pair compared; None where a mapping is not valid."""
    from generator.commands._comparison import compare_versions, load  # noqa: PLC0415

    recorded = [] if events is None else _recorded(session, events)
    loaded = []
    for before, after in session.progress(pairs, "mappings"):
        if before and after and _same(before, after):
            continue
        old = None if before is None else load(before, report, strict=False)
        new = None if after is None else load(after, report, strict=True)
        loaded.append((old, new))
    if report.failed:
        return None
    return [
        compare_versions(old, new, recorded) for old, new in session.progress(loaded, "mappings")
    ]


def _same(before: Source, after: Source) -> bool:
    """Whether two files say the same and mean it: the project has no templates of its own."""
    own = any((side.project.root / "templates").is_dir() for side in (before, after))
    one_project = before.project is after.project
    return (one_project or not own) and before.path.read_bytes() == after.path.read_bytes()


def _recorded(session: Session, file: str) -> list[bytes]:
    """The events of a file; raises `Unusable` where it cannot be read."""
    from generator.sandbox.events import BadEvents, Events  # noqa: PLC0415

    found: list[bytes] = []
    with open_input(session, file, "name a file of events") as (stream, place):
        try:
            for event in Events(stream):
                json.loads(event)
                found.append(event)
        except BadEvents as problem:
            message = f"{place} holds no events: {problem}"
            raise Unusable(message, "give NDJSON or JSON") from None
        except ValueError as problem:  # no JSON, or no UTF-8
            message = f"event {len(found) + 1} in {place} cannot be read: {fault(problem)}"
            raise Unusable(message, "mend or remove it; `segfn run` names all such") from None
    return found


# --- approvals --------------------------------------------------------------------------


def _approved(project: Project) -> dict[str, str]:
    """The fingerprints that stand in the file of approvals, with their lines."""
    path = project.root / APPROVALS
    found: dict[str, str] = {}
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            mark = _LINE.fullmatch(line.strip())
            if mark is None:
                message = f"{shown(path)}:{number} begins with no fingerprint"
                raise Unusable(message, "write twelve hexadecimal digits, then anything")
            found[mark[1]] = line
    return found


def _approve(session: Session, view: View, marks: Iterable[str]) -> View:
    """Write approvals into their file; it is reviewed like code."""
    from generator import dist  # noqa: PLC0415 - slow to import
    from generator.reporters import safe  # noqa: PLC0415

    path = session.project.root / APPROVALS
    known = {change.fingerprint: change for change in view.changes}
    new: dict[str, str] = {}
    for mark in marks:
        if mark not in known:
            advice = did_you_mean(mark, known) or "take one that `segfn diff` shows"
            raise Unusable(f"no change has the fingerprint {mark}", advice)
        if mark not in view.approved:
            words = " ".join(safe(known[mark].message).split())
            new[mark] = f"{mark}  {words}"
    if new:
        text = path.read_text("utf-8") if path.is_file() else APPROVALS_HEAD
        if not text.endswith("\n"):
            text += "\n"
        dist.write_text(path, text + "".join(f"{line}\n" for line in new.values()))
        session.say(f"{several(len(new), 'approval')} written to {shown(path)}: commit it")
    else:
        session.say(f"nothing written: {shown(path)} holds it already")
    return replace(view, approved={**view.approved, **new})


# --- saying it ---------------------------------------------------------------------------


def _tell_invalid(session: Session, report: Report, format_: str) -> Report:
    """Say that a mapping is not valid, so that nothing can be compared."""
    if format_ == "markdown":
        from generator.commands._diff_markdown import invalid  # noqa: PLC0415

        session.out(invalid(report))
    comment = format_ == "markdown"
    session.show(report, "text" if comment else format_, err=comment)
    return report


def _show(session: Session, view: View) -> None:
    """Print everything in the format that is asked for."""
    if view.format == "json":
        from generator.commands._diff_json import render  # noqa: PLC0415

        session.out(render(view))
    elif view.format == "markdown":
        from generator.commands._diff_markdown import render as markdown  # noqa: PLC0415

        session.out(markdown(view))
    elif view.format == "text":
        from generator.commands._diff_text import render as text  # noqa: PLC0415

        session.out(text(view, colour=session.colour(sys.stdout)))
    else:
        found = [_diagnostic(change, view) for change in view.changes]
        session.show(found, view.format)
    for mark in view.stale:
        session.say(f"note: the approval {mark} is of no change that is here; remove its line")


def _diagnostic(change: Change, view: View) -> Diagnostic:
    """A change as a finding in the new file, where annotations can stand."""
    from generator.changes.change import APPROVED  # noqa: PLC0415

    approved = view.is_approved(change)
    paths = {each.path for each in view.comparisons if change in each.changes}
    place = change.after or Span.start_of(min(paths, default="."))
    notes = [Note(f"{change.class_}: {change.kind}, fingerprint {change.fingerprint}")]
    if change.before is not None:
        version = "the old version" if view.against is None else view.against
        notes.append(Note(f"in {version}: {change.before.path}:{change.before.line}"))
    if change.evidence:
        notes.append(Note(f"seen with {change.evidence}"))
    if change.leaves:
        notes.append(Note(f"newly leaves Segment: {', '.join(change.leaves)}"))
    help_ = None if approved else f"approve it with `segfn diff --approve {change.fingerprint}`"
    return Diagnostic(
        APPROVED if approved else change.code, change.message, place, tuple(notes), help_
    )
