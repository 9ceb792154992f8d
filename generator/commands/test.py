"""Run the fixtures of mappings in the embedded V8."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.commands._layout import Painter, several
from generator.commands._session import Session, format_option, paths_argument
from generator.commands.generate import compile_paths
from generator.diagnostics import Report, Span, did_you_mean, error, warning
from generator.project import Unusable, fixtures_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.compiler import Output
    from generator.coverage.measure import Coverage
    from generator.sandbox.fixtures import Fixture, FixtureFile
    from generator.sandbox.runner import Tried

NO_FIXTURES = warning(
    "T112",
    "no-fixtures",
    """A mapping has no fixtures, so nothing shows what it does.

    They stand beside the mapping, in a file of the same name that ends in `.fixtures.yaml`.

    ```text
    mappings/novu.yaml                  # wrong: alone
    ```

    ```text
    mappings/novu.yaml
    mappings/novu.fixtures.yaml
    ```
    """,
)
UNCOVERED_ROUTE = warning(
    "T113",
    "uncovered-route",
    """A route that no fixture runs, or whose condition always holds in the fixtures.

    A route with `when` needs two fixtures: one where it holds and one where it does not.

    ```yaml
    track:
      Order Completed:
        when: properties.total >= 100   # wrong: every fixture has a total of 120
        workflow: vip-order
    ```

    ```yaml
    fixtures:
      - name: a large order is praised
        event: { type: track, event: Order Completed, userId: u1, properties: { total: 120 } }
        expect: { outcome: delivered }
      - name: a small order is not
        event: { type: track, event: Order Completed, userId: u1, properties: { total: 20 } }
        expect: { requests: [] }
    ```
    """,
)
LOW_COVERAGE = error(
    "T114",
    "low-coverage",
    """The fixtures reach less of the mappings than `--fail-under` asks for.

    ```console
    $ segfn test --fail-under 100
    mappings/novu.yaml:1:1: error[T114 low-coverage]: the fixtures cover 50.0 % of ...
    ```

    ```console
    $ segfn test --coverage           # names what no fixture reaches
    ```
    """,
)


WORDS = {"runs": "run", "does not apply": "decline"}


@dataclass(slots=True)
class _Suite:
    """A mapping with its fixtures, those that were chosen, and how they went."""

    output: Output
    file: FixtureFile
    path: Path
    chosen: list[Fixture]
    tried: list[Tried] = field(default_factory=list)
    written: dict[int, Tried] = field(default_factory=dict)


@click.command()
@paths_argument
@click.option("-k", "part", metavar="TEXT", help="Only fixtures with this text in their name.")
@click.option("--update", is_flag=True, help="Write what happened into fixtures that fail.")
@click.option("--coverage", is_flag=True, help="Tell what of the mappings no fixture reaches.")
@click.option("--out", metavar="FILE", type=click.Path(), help="Write the coverage as a page.")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="N",
    help="Fail if less than N % of the mappings are covered.",
)
@format_option
@click.pass_obj
def command(  # noqa: PLR0913 - one parameter an option
    session: Session,
    paths: tuple[str, ...],
    *,
    part: str | None,
    update: bool,
    coverage: bool,
    out: str | None,
    fail_under: float | None,
    format_: str,
) -> Report:
    """Run fixtures: events, and what the generated function must do with them.

    PATHS are mappings, their fixture files or folders, by default the project's.
    """
    report = Report()
    began = time.monotonic()
    compiled = compile_paths(session, paths, report, fixtures=True)
    suites = gather(compiled, part, report)
    invalid = report.failed
    run(session, suites)
    if update:
        _update([] if invalid else suites, report)
    report.extend(each for suite in suites for tried in suite.tried for each in tried.differences)
    found: list[Coverage] = []
    if coverage or out is not None or fail_under is not None:
        outputs = [output for _, output in compiled if output is not None]
        found = _measure(session, outputs, suites)
        coverage |= _check_coverage(found, fail_under, report)
    counts: dict[str, Any] = dict(count(suites))
    if format_ == "text":
        _say_fixtures(session, suites)
    elif format_ == "json" and found:
        from generator.coverage.measure import told  # noqa: PLC0415 - only where it is asked for

        counts["coverage"] = told(found)
    piped = out == "-"  # then the page is the data, and all else is talk
    session.show(report, format_, summary=None if format_ == "text" else counts, err=piped)
    if format_ == "text":
        if coverage and not piped:
            session.out("".join(f"{line}\n" for each in found for line in _coverage_lines(each)))
        _say_counts(session, suites, count(suites), time.monotonic() - began)
    _say_written(session, [tried for suite in suites for tried in suite.written.values()])
    if invalid:
        _say_unwritten(session, asked=update or out is not None)
    elif out is not None:
        _write_page(session, found, out)
    return report


def gather(
    found: list[tuple[Path, Output | None]], part: str | None, report: Report
) -> list[_Suite]:
    """The fixtures of compiled mappings."""
    read = [(output, _file(path, output, report)) for path, output in found]
    suites = [
        _Suite(output, file, fixtures, _chosen(file, part))
        for output, (file, fixtures) in read
        if output is not None and file is not None and fixtures is not None
    ]
    if part is not None and suites and not any(suite.chosen for suite in suites):
        names = [fixture.name for suite in suites for fixture in suite.file.fixtures]
        advice = did_you_mean(part, names) or "leave out -k to run all fixtures"
        raise Unusable(f'no fixture has "{part}" in its name', advice)
    return suites


def _file(
    mapping: Path, output: Output | None, report: Report
) -> tuple[FixtureFile | None, Path | None]:
    """The fixtures of a mapping; a warning where there are none."""
    from generator.sandbox.fixtures import read  # noqa: PLC0415

    path = fixtures_of(mapping)
    if path is None:
        advice = f"add {shown(mapping.with_name(f'{mapping.stem}.fixtures.yaml'))}"
        place = Span.start_of(shown(mapping))
        report.add(NO_FIXTURES, place, "this mapping has no fixtures", help=advice)
        return None, None
    settings = None if output is None else output.mapping.settings
    return read(path.read_bytes(), shown(path), report, settings), path


def _chosen(file: FixtureFile, part: str | None) -> list[Fixture]:
    wanted = "" if part is None else part.casefold()
    return [fixture for fixture in file.fixtures if wanted in fixture.name.casefold()]


def run(session: Session, suites: Iterable[_Suite]) -> None:
    """Run what was chosen."""
    from generator.sandbox.lacking import merged  # noqa: PLC0415
    from generator.sandbox.runner import Target, try_all  # noqa: PLC0415 - `--help` needs no V8

    suites = list(suites)
    targets = [(suite, Target.of(suite.output)) for suite in suites]
    pairs = [(target, fixture) for suite, target in targets for fixture in suite.chosen]
    results = iter(list(session.progress(try_all(pairs), "fixtures", len(pairs))))
    for suite in suites:
        tried = list(islice(results, len(suite.chosen)))
        suite.tried = merged(suite.file, suite.output.mapping.settings, tried)


def count(suites: Iterable[_Suite]) -> dict[str, int]:
    """How many fixtures passed and failed."""
    passed = [tried.passed for suite in suites for tried in suite.tried]
    return {"passed": sum(passed), "failed": len(passed) - sum(passed)}


def _update(suites: Iterable[_Suite], report: Report) -> None:
    """Write what happened into the files, for fixtures that fail; then they pass.

    One that lacks a setting is left alone: what it shows is not what the mapping does. What was
    said of a file is said again, for its lines have moved.
    """
    from dataclasses import replace  # noqa: PLC0415

    from generator.dist import write_text  # noqa: PLC0415
    from generator.sandbox.fixtures import read  # noqa: PLC0415
    from generator.sandbox.rewrite import rewrite  # noqa: PLC0415

    for suite in suites:
        suite.written = {each.fixture.index: each for each in suite.tried if _differs(each)}
        if suite.written:
            results = {index: each.result for index, each in suite.written.items()}
            write_text(suite.path, rewrite(suite.file, results))
            suite.tried = [
                replace(each, differences=[]) if each.fixture.index in suite.written else each
                for each in suite.tried
            ]
            path = shown(suite.path)
            report.found = [entry for entry in report.found if entry.span.path != path]
            read(suite.path.read_bytes(), path, report, suite.output.mapping.settings)


def _differs(tried: Tried) -> bool:
    """Whether a fixture fails in a way that can be written down."""
    from generator.sandbox.lacking import LACKS_SETTING  # noqa: PLC0415 - it ran before

    return any(each.code is not LACKS_SETTING for each in tried.differences)


# --- coverage -------------------------------------------------------------------


def _measure(
    session: Session, outputs: Iterable[Output], suites: Iterable[_Suite]
) -> list[Coverage]:
    """What the fixtures have reached, mapping by mapping; nothing where there are none."""
    from generator import providers  # noqa: PLC0415 - only where it is asked for
    from generator.coverage.measure import measure  # noqa: PLC0415
    from generator.sandbox.runtime import Runtime  # noqa: PLC0415

    root = session.project.root
    tried = {suite.output.mapping.path: suite.tried for suite in suites}
    found = []
    with Runtime() as runtime:
        for output in outputs:
            mapping = output.mapping
            start = Span.start_of(mapping.path)
            provider = providers.load(mapping.provider, root, Report(), start)
            if provider is not None:
                folders = providers.folders(root)
                seen = tried.get(mapping.path, [])
                found.append(measure(runtime, mapping, provider, folders, seen))
    return found


def _check_coverage(found: Sequence[Coverage], least: float | None, report: Report) -> bool:
    """Report routes that the fixtures miss; whether too little is covered, which is reported."""
    from generator.coverage.measure import share  # noqa: PLC0415

    for coverage in found:
        missing: dict[str, list[str]] = {}
        for point, branch, fixtures in coverage.branches("route"):
            if not fixtures:
                missing.setdefault(point.route, []).append(WORDS[branch])
        for point in coverage.points:
            if point.kind == "route" and point.route in missing:
                span = point.span or Span.start_of(coverage.mapping.path)
                message = f"in no fixture does {point.route} {' or '.join(missing[point.route])}"
                report.add(UNCOVERED_ROUTE, span, message, help="add a fixture in which it does")
    if least is None or share(found) >= least:
        return False
    place = Span.start_of(found[0].mapping.path)
    message = f"the fixtures cover {share(found):.1f} % of the mappings, less than {least:g} %"
    report.add(LOW_COVERAGE, place, message, help="add fixtures for what is listed below")
    return True


def _coverage_lines(coverage: Coverage) -> Iterator[str]:
    """The counts of a mapping, and what is missing, by place."""
    from generator.coverage.points import KINDS  # noqa: PLC0415
    from generator.reporters import safe  # noqa: PLC0415

    taken, total = coverage.counts()
    parts = [
        f"{kind}s {covered} of {all_}"
        for kind in KINDS
        for covered, all_ in [coverage.counts(kind)]
        if all_
    ]
    path = safe(coverage.mapping.path)
    yield f"{path}: {100 * taken / max(total, 1):.1f} % covered ({', '.join(parts)})"
    for point, gap in coverage.gaps():
        line = f":{point.span.line}" if point.span else ""
        yield f"  {path}{line}  {safe(gap)}"
    yield ""


def _write_page(session: Session, found: list[Coverage], out: str) -> None:
    from generator.coverage.page import page  # noqa: PLC0415
    from generator.dist import write_text  # noqa: PLC0415

    texts = {
        each.mapping.path: Path(each.mapping.path).read_bytes().decode("utf-8", "replace")
        for each in found
    }
    if out == "-":
        session.out(page(found, texts))
        return
    write_text(Path(out), page(found, texts))
    session.say(f"{shown(out)}: the coverage of {several(len(found), 'mapping')}")


# --- what is said ---------------------------------------------------------------


def _say_fixtures(session: Session, suites: Iterable[_Suite]) -> None:
    """Every fixture by its name, below its mapping; below a fixture what was written of it."""
    from generator.commands._updated import changes  # noqa: PLC0415 - slow to import

    paint = Painter(colour=session.colour(sys.stderr))
    for suite in suites:
        session.say(shown(suite.path))
        for tried in suite.tried:
            mark = paint("green", "✓") if tried.passed else paint("red", "✗")
            was = suite.written.get(tried.fixture.index)
            session.say(f"  {mark if was is None else paint('code', '✎')} {tried.fixture.name}")
            for line in () if was is None else changes(was, paint):
                session.say(f"      {line}")
        session.say()


def _say_counts(
    session: Session, suites: list[_Suite], counts: dict[str, int], seconds: float
) -> None:
    """How it went, in one line."""
    paint = Painter(colour=session.colour(sys.stderr))
    written = sum(len(suite.written) for suite in suites)
    passed = counts["passed"] - written
    parts = [paint("green", f"{passed} passed")] if passed else []
    if written:
        parts.append(paint("code", f"{written} written"))
    if counts["failed"]:
        parts.append(paint("red", f"{counts['failed']} failed"))
    where = f"in {several(len(suites), 'file')}, {seconds:.1f} s"
    session.say(f"{', '.join(parts)} {where}" if parts else "no fixtures ran")
    if any(_differs(tried) for suite in suites for tried in suite.tried):
        session.say("Where what happens is right, `segfn test --update` writes it down.")


def _say_unwritten(session: Session, *, asked: bool) -> None:
    """That one invalid mapping keeps all files as they are."""
    if asked:
        session.say("nothing is written: mend what is invalid first")


def _say_written(session: Session, written: list[Tried]) -> None:
    """What to do with what was written, above all where less is sent; in every format."""
    from generator.commands._updated import lost  # noqa: PLC0415

    paint = Painter(colour=session.colour(sys.stderr))
    if less := sum(lost(tried) for tried in written):
        told = f"{several(less, 'fixture')} expected requests that are no longer sent"
        session.say(paint("red", f"{told}: make sure that nobody waits for them"))
    if written:
        session.say("Read the difference, then commit it.")
