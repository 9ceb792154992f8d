"""`segfn check --watch`: check again what has changed, as soon as it is saved.

The lines that begin and end a round are a contract: editors know by them when the findings are
complete, see docs/editors.md.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from generator.commands import check, test
from generator.commands._layout import several
from generator.commands.generate import compare
from generator.diagnostics import Report
from generator.project import Unusable, check_names, find_mappings, fixtures_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.commands._session import Session
    from generator.compiler import Output
    from generator.diagnostics import Diagnostic
    from generator.project import Project

ENDINGS = (".yaml", ".yml", ".js", ".j2", ".toml")
TOGETHER = 60
"""Milliseconds in which changes are one change: an editor writes more than one file."""
IDLE = 200
"""Milliseconds after which the watch looks up without a change."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a mapping came to, and of which bytes."""

    texts: tuple[bytes, ...]
    output: Output | None
    found: tuple[Diagnostic, ...]
    counts: dict[str, int]


@dataclass(slots=True)
class _Round:
    """Checks a project again and again; a mapping whose files are the same is not run again."""

    paths: tuple[str, ...]
    known: dict[Path, _Known] = field(default_factory=dict)
    templates: tuple[tuple[str, int], ...] = ()

    def check(self, session: Session, report: Report) -> tuple[int, dict[str, int]]:
        """Check everything once: how many mappings there are, and how the fixtures ended."""
        project = session.project
        templates = tuple(_stamps(project.root / "templates"))
        if templates != self.templates:
            self.known.clear()
        self.templates = templates
        found = find_mappings(project, self.paths)
        self.known = {path: self.mapping(path, session) for path in found}
        outputs = [entry.output for entry in self.known.values() if entry.output is not None]
        counts: Counter[str] = Counter(passed=0, failed=0)
        for entry in self.known.values():
            report.extend(entry.found)
            counts.update(entry.counts)
        check_names([output.mapping for output in outputs], report)
        compare(outputs, project.out, report, orphans=not self.paths)
        return len(found), dict(counts)

    def mapping(self, path: Path, session: Session) -> _Known:
        """One mapping with its fixtures, from memory where nothing changed."""
        beside = fixtures_of(path)
        texts = tuple(file.read_bytes() for file in (path, beside) if file is not None)
        known = self.known.get(path)
        if known is not None and known.texts == texts:
            return known
        from generator.compiler import compile_file  # noqa: PLC0415 - slow to import

        report = Report()
        output = compile_file(path, session.project, report)
        suites = test.gather([(path, output)], None, report)
        test.run(session, suites)
        for suite in suites:
            for tried in suite.tried:
                report.extend(tried.differences)
        return _Known(texts, output, tuple(report), test.count(suites))


def _stamps(folder: Path) -> Iterator[tuple[str, int]]:
    """The project's own templates and when they changed."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file():
            yield str(path), path.stat().st_mtime_ns


def watch(session: Session, paths: tuple[str, ...], format_: str) -> NoReturn:
    """Check, and again after every change, until somebody interrupts.

    Raises `Unusable` where watchfiles is not installed, or the first round cannot begin.
    """
    try:
        from watchfiles import watch as changes  # noqa: PLC0415 - an extra
    except ImportError:
        help_ = 'install it: pip install "segfn[watch]"'
        raise Unusable("--watch needs watchfiles, which is not installed", help_) from None
    if paths == ("-",):
        raise Unusable("standard input cannot be watched", "name a mapping or a folder")
    find_mappings(session.project, paths)
    rounds = _Round(paths)
    places = _places(session.project, paths)
    first = True
    while True:
        due = True
        # A round begins when the watch stands, so that no save falls between them.
        for changed in changes(
            *places,
            watch_filter=_counts,
            debounce=TOGETHER,
            step=TOGETHER // 3,
            rust_timeout=IDLE,
            yield_on_timeout=True,
        ):
            if changed or due:
                session.__dict__.pop("project", None)  # the configuration may have changed
                _check(rounds, session, format_, first=first)
                first = due = False
            now = _places_now(session, paths, places)
            if now != places:  # a folder has come, such as the first dist/
                places = now
                break
        else:
            sys.exit(0)


def _check(rounds: _Round, session: Session, format_: str, *, first: bool = False) -> None:
    """One round, between the lines that begin and end it; later ones outlive any mistake."""
    begin = time.monotonic()
    session.say("segfn: checking")
    report = Report()
    try:
        mappings, counts = rounds.check(session, report)
        check.tell(session, mappings, counts, report, format_)
    except (Unusable, OSError) as problem:
        if first:
            raise
        told = problem.message if isinstance(problem, Unusable) else str(problem)
        session.say(f"error: {told}")
        session.show(getattr(problem, "report", None) or (), format_)
    took = time.monotonic() - begin
    found = several(len(list(report)), "finding")
    session.say(f"segfn: {found} in {took:.1f} s, watching for changes")


def _places_now(session: Session, paths: tuple[str, ...], before: list[Path]) -> list[Path]:
    """What is to be watched now; the same as before while the configuration cannot be used."""
    try:
        return _places(session.project, paths)
    except Unusable:
        return before


def _places(project: Project, paths: tuple[str, ...]) -> list[Path]:
    """What is watched: the folders of mappings, generated files and own templates."""
    asked = [Path(path) for path in paths] or [project.mappings]
    folders = [path if path.is_dir() else path.parent for path in asked]
    beside = [project.out, project.root / "templates"]
    config = [project.config] if project.config else []
    places = [*folders, *(path for path in beside if path.is_dir()), *config]
    return list(dict.fromkeys(path.absolute() for path in places))


def _counts(_: object, path: str) -> bool:
    """Whether a change of a file matters."""
    return path.lower().endswith(ENDINGS)
