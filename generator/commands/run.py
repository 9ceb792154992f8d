"""Run events through a mapping or a function and show what it would send."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from generator.commands._inputs import (
    must_exist,
    open_input,
    read_rules,
    read_settings,
    single_settings,
)
from generator.commands._session import Session, Verdict, give_up
from generator.diagnostics import Note, Report, Span, error
from generator.project import Unusable, fixtures_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.lint.glance import Glance
    from generator.model import Json
    from generator.sandbox.runner import Target
    from generator.sandbox.runtime import Job

BROKEN_FUNCTION = error(
    "T120",
    "broken-function",
    """A function cannot be read as JavaScript, as Segment reads it.

    Segment takes the file as the body of a function whose parameters are the handlers. So
    handlers are declarations; `const onTrack = ...` is an error there, and so are `import`
    and `export`.

    ```js
    const onTrack = async (event) => {};      // wrong
    ```

    ```js
    async function onTrack(event, settings) {}
    ```
    """,
)
BAD_EVENT = error(
    "T121",
    "bad-event",
    """A line of the events is no event: no JSON, or no JSON object.

    The other lines are run all the same.

    ```json
    {"type": "track", "event": "User Registered"
    ```

    ```json
    {"type": "track", "event": "User Registered"}
    ```
    """,
)

ENGINES_DIFFER = error(
    "T122",
    "engines-differ",
    """The embedded V8 and Node.js give different results for an event.

    Segment runs Node.js 20. What differs is most likely a built-in or a syntax that one of
    the two does not have; write it in a way that both understand.

    ```js
    const byPlan = Object.groupBy(users, (user) => user.plan);      // wrong: newer than Node.js 20
    ```

    ```js
    const byPlan = {};
    for (const user of users) (byPlan[user.plan] ??= []).push(user);
    ```
    """,
)


@click.command()
@click.argument("target", type=click.Path())
@click.option("--events", required=True, metavar="FILE|-", help="NDJSON or JSON, also gzipped.")
@click.option("--settings", metavar="FILE", help="The function's settings, a JSON object.")
@click.option("--set", "sets", multiple=True, metavar="KEY=VALUE", help="One setting.")
@click.option("--responses", metavar="FILE", help="Rules that answer the requests.")
@click.option("--now", metavar="TIME", help="The time, instead of the time of each event.")
@click.option("--secret", "secret_names", multiple=True, metavar="NAME", help="Hide a setting.")
@click.option(
    "--kind",
    type=click.Choice(["destination", "insert", "source"]),
    help="What the function is; by default source if it has only onRequest.",
)
@click.option(
    "--globals",
    "globals_",
    type=click.Choice(["documented", "node"]),
    default="documented",
    help="What it finds: what Segment documents, or what Node.js has too.",
)
@click.option("--batch", is_flag=True, help="Give all events to onBatch at once.")
@click.option("--fresh", is_flag=True, help="Give each event a function that has seen nothing.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="How many processes run.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "ndjson"]),
    default="text",
    help="For people, or one JSON object an event.",
)
@click.option("--engine", type=click.Choice(["v8", "node"]), default="v8", help="What runs it.")
@click.option("--compare", is_flag=True, help="Run it in both engines and compare.")
@click.pass_obj
def command(session: Session, /, target: str, events: str, **options: Any) -> Verdict | Report:  # noqa: ANN401 - click's
    """Run events through a mapping, or any Segment function (.js), and show what it sends.

    Nothing is sent: rules answer the requests, where none matches the provider's example
    does. The time is that of each event.
    """
    if options["engine"] == "node" or options["compare"]:
        _check_node(session)
    from generator.lint.glance import Glance  # noqa: PLC0415 - slow to import

    report = Report()
    made = load_target(session, target, report)
    session.show(report, err=True)
    if made is None:
        return report
    job = _job(session, made, Path(target), options)
    glance = None if made.routes or job.kind == "source" else Glance(shown(target))
    with open_input(session, events, "name a file of events, or - for stdin") as (stream, place):
        found = _run(session, job, stream, place, options, glance)
    session.show(found, err=True)
    if any(entry.code is BAD_EVENT for entry in found):
        return Verdict.UNUSABLE
    report.extend(found)
    return report


def _check_node(session: Session) -> None:
    """Say what is wrong with the Node.js of this machine."""
    from generator.sandbox.process import (  # noqa: PLC0415 - `--help` needs no V8
        installed_version,
        node_version,
    )

    version = node_version()
    if version is None:
        raise Unusable("Node.js is not installed", "install Node.js 20, which Segment runs")
    if not version.startswith("20."):
        session.say(f"note: this is Node.js {version}, Segment runs Node.js 20")
    fetch = installed_version("node-fetch", Path.cwd())
    if fetch is None or not fetch.startswith("2."):
        told = "is not installed here" if fetch is None else f"is {fetch} here"
        session.say(f"note: node-fetch {told}, so segfn imitates it: npm install node-fetch@2.6.0")
    elif fetch != "2.6.0":
        session.say(f"note: this is node-fetch {fetch}, Segment has 2.6.0")


# --- the target -----------------------------------------------------------------


def load_target(
    session: Session, path: str, report: Report, advice: str = "name a mapping or a .js file"
) -> Target | None:
    """The function at a path: a `.js` file as it is, a mapping compiled."""
    from generator.sandbox.runner import Target  # noqa: PLC0415 - `--help` needs no V8

    must_exist(path, advice)
    if path.lower().endswith((".js", ".cjs", ".mjs")):
        return _load_code(path, report)
    from generator.compiler import compile_file  # noqa: PLC0415

    output = compile_file(Path(path), session.project, report)
    return None if output is None else Target.of(output)


def _load_code(path: str, report: Report) -> Target | None:
    """A hand-written function, if V8 can read it."""
    from generator.sandbox.runner import Target  # noqa: PLC0415
    from generator.sandbox.runtime import syntax_fault  # noqa: PLC0415

    code = Path(path).read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    fault = syntax_fault(code)
    if fault is None:
        return Target(code)
    line = fault.line or 1
    report.add(BROKEN_FUNCTION, Span(shown(path), line, 1, line, 1), fault.message)
    return None


# --- the job --------------------------------------------------------------------


def _job(session: Session, target: Target, path: Path, options: dict[str, Any]) -> Job:
    from generator.sandbox.runtime import Job, parse_time  # noqa: PLC0415

    now = options["now"]
    if now is not None and parse_time(now) is None:
        raise Unusable(f"{now} is no time", "write it as 2026-01-01T00:00:00Z")
    settings = _settings(session, path, options["settings"], options["sets"])
    rules = () if options["responses"] is None else read_rules(session, options["responses"])
    return Job(
        code=target.code,
        settings=settings,
        rules=(*rules, *target.answers),
        now=now,
        fresh=options["fresh"],
        batch=options["batch"],
        secrets=target.secrets(settings, options["secret_names"]),
        routes=target.routes,
        globals=options["globals_"],
        kind=options["kind"],
    )


def _settings(
    session: Session, target: Path, file: str | None, sets: Iterable[str]
) -> dict[str, Json]:
    """The settings of a file, else those of the fixtures, and then the single ones."""
    settings = _fixture_settings(target) if file is None else read_settings(session, file)
    return {**settings, **single_settings(sets)}


def _fixture_settings(target: Path) -> dict[str, Json]:
    """The settings at the top of the fixture file beside a mapping."""
    from generator.sandbox.fixtures import read  # noqa: PLC0415

    path = fixtures_of(target)
    if path is None:
        return {}
    report = Report()
    file = read(path.read_bytes(), shown(path), report)
    if file is None:
        raise Unusable(f"the settings in {shown(path)} cannot be read", report=report)
    return dict(file.settings)


# --- running --------------------------------------------------------------------


def _run(  # noqa: PLR0913, PLR0917 - what is run, and how
    session: Session,
    job: Job,
    stream: IO[bytes],
    place: str,
    options: dict[str, Any],
    glance: Glance | None,
) -> Report:
    """Run all events and print their results; the report names those that are none."""
    from generator.commands._result import Printer, Progress  # noqa: PLC0415
    from generator.sandbox.events import BadEvents, Events  # noqa: PLC0415

    report = Report()
    events = Events(stream)
    printer = None
    if options["format_"] == "text":
        printer = Printer(colour=session.colour(sys.stdout), mapped=bool(job.routes))
    watched = events if printer is None else printer.watch(events)
    progress = Progress(stream)
    try:
        for block, other in _blocks(job, progress.count(watched), options):
            good = b"\n".join(_without_bad(block, events, place, report))
            if glance is not None:
                glance.look(good)
            if good and printer is None:
                _write(good + b"\n")
            elif good and printer is not None:
                session.out(printer.lines(good.split(b"\n")))
            if other is not None:
                _compare(block, other, events, place, report)
    except BadEvents as problem:
        raise Unusable(f"{place} holds no events: {problem}", "give NDJSON or JSON") from None
    finally:
        progress.end()
    report.extend([] if glance is None else glance.found())
    if printer is not None:
        session.say(printer.summary())
        if printer.counted["unavailable"] and options["engine"] == "v8" and not options["compare"]:
            session.say("help: `--engine node` runs it with the packages that are installed here")
    return report


def _blocks(
    job: Job, events: Iterable[bytes], options: dict[str, Any]
) -> Iterator[tuple[bytes, bytes | None]]:
    """Blocks of results, with those of the other engine if they are to be compared."""
    from generator.sandbox.runner import compare_engines, run_blocks  # noqa: PLC0415

    if options["compare"]:
        yield from compare_engines(job, events)
    else:
        for block in run_blocks(job, events, options["jobs"], options["engine"]):
            yield block, None


def _compare(block: bytes, other: bytes, events: Any, place: str, report: Report) -> None:  # noqa: ANN401
    """Report every event for which the engines differ."""
    for ours, theirs in zip(block.split(b"\n"), other.split(b"\n"), strict=True):
        if ours == theirs or ours.startswith(b"!"):
            continue
        mine, found = json.loads(ours), json.loads(theirs)
        keys = [key for key in mine if mine[key] != found[key]]
        if not keys:
            continue  # the same, written in another order
        notes = [
            Note(f"{engine}: {json.dumps(told[key], ensure_ascii=False)[:1000]}")
            for key in keys
            for engine, told in (("V8", mine), ("Node.js", found))
        ]
        number = (mine["index"] is not None and events.line(mine["index"])) or 1
        message = f"the engines differ in {', '.join(keys)}"
        report.add(ENGINES_DIFFER, Span(place, number, 1, number, 1), message, notes=notes)


def _without_bad(block: bytes, events: Any, place: str, report: Report) -> Iterator[bytes]:  # noqa: ANN401
    """The lines of a block; events that are none go to the report."""
    if not block.startswith(b"!") and b"\n!" not in block:
        yield block
        return
    for line in block.split(b"\n"):
        if not line.startswith(b"!"):
            yield line
            continue
        told = json.loads(line[1:])
        number = events.line(told["index"])
        span = Span(place, number or 1, 1, number or 1, 1)
        where = "" if number else f"event {told['index'] + 1}: "
        report.add(BAD_EVENT, span, f"{where}{told['message']}")


def _write(data: bytes) -> None:
    """Write bytes as they are: they are UTF-8 already, and there may be many."""
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as problem:
        give_up(sys.stdout, problem)
        raise BrokenPipeError from None  # nobody reads any more: run nothing more
