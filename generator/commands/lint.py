"""Run a hand-written function against all that can go wrong, and say what does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from generator.commands._inputs import open_input, read_rules, read_settings, single_settings
from generator.commands._layout import several
from generator.commands._session import Session, format_option
from generator.commands.run import load_target
from generator.diagnostics import Report
from generator.project import Unusable, shown

if TYPE_CHECKING:
    from generator.lint.inspection import Inspected
    from generator.model import Json
    from generator.sandbox.answers import Rule

MOST_EVENTS = 50  # each is run some 50 times


@click.command()
@click.argument("functions", nargs=-1, required=True, type=click.Path(), metavar="FUNCTION.js...")
@click.option("--events", metavar="FILE", help="Events of yours to run too, NDJSON or JSON.")
@click.option("--settings", metavar="FILE", help="The function's settings, a JSON object.")
@click.option("--set", "sets", multiple=True, metavar="KEY=VALUE", help="One setting.")
@click.option("--responses", metavar="FILE", help="Rules that answer when nothing is wrong.")
@format_option
@click.pass_obj
def command(  # noqa: PLR0913, PLR0917 - click's
    session: Session,
    functions: tuple[str, ...],
    events: str | None,
    settings: str | None,
    sets: tuple[str, ...],
    responses: str | None,
    format_: str,
) -> Report:
    """Run hand-written functions against all that can go wrong, and say what does.

    Nothing is sent. Events, settings and answers are made up from what a function reads;
    `--events`, `--settings` and `--responses` give real ones.
    """
    from generator.lint.inspection import DEADLINE, inspect  # noqa: PLC0415 - `--help` needs no V8
    from generator.sandbox.runtime import Runtime  # noqa: PLC0415

    read = {} if settings is None else read_settings(session, settings)
    given = {**read, **single_settings(sets)}
    samples = [] if events is None else _read_events(session, events)
    rules = (*(() if responses is None else read_rules(session, responses)), *_examples(session))
    report = Report()
    inspected: dict[str, Inspected] = {}
    with Runtime(deadline=DEADLINE) as runtime:
        for path in session.progress(functions, "functions"):
            _must_be_code(path)
            target = load_target(session, path, report, "name a .js file")
            if target is not None:
                found = inspect(
                    runtime, target.code, shown(path), settings=given, events=samples, rules=rules
                )
                report.extend(found.report)
                inspected[shown(path)] = found
    session.show(report, format_)
    for name, found in inspected.items():
        _tell(session, name, found)
    return report


def _must_be_code(path: str) -> None:
    """Mappings are judged by `segfn validate`."""
    if not path.lower().endswith((".js", ".cjs", ".mjs")):
        raise Unusable(f"{shown(path)} is no .js file", "check mappings with `segfn validate`")


def _read_events(session: Session, file: str) -> list[str]:
    """The events of a file, as JSON texts; those that are no events are told at once."""
    from generator.lint.events import KINDS  # noqa: PLC0415
    from generator.sandbox.events import BadEvents, Events  # noqa: PLC0415

    found = []
    with open_input(session, file, "name a file of events") as (stream, place):
        events = Events(stream)
        try:
            for index, line in enumerate(events):
                event = _event(line)
                if event is None or event.get("type") not in KINDS:
                    where = events.line(index) or 1
                    raise Unusable(
                        f"{place}:{where}: this is no event", "give it a `type` of Segment's"
                    )
                found.append(json.dumps(event))
        except BadEvents as problem:
            raise Unusable(f"{place} holds no events: {problem}", "give NDJSON") from None
    if not found:
        raise Unusable(f"{place} holds no events", "give NDJSON, or leave the option out")
    return found[:MOST_EVENTS]


def _event(line: bytes) -> dict[str, Json] | None:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) else None


def _examples(session: Session) -> tuple[Rule, ...]:
    """What the providers that we know answer; everybody else says 200 and `{}`."""
    from generator.providers import load_all  # noqa: PLC0415 - slow to import
    from generator.sandbox.answers import rule  # noqa: PLC0415

    known = load_all(session.project.root, Report())
    return tuple(rule(told) for provider in known for told in provider.responses)


def _tell(session: Session, path: str, found: Inspected) -> None:
    """Say how much of a function was seen at work: what does not run is not judged."""
    from generator.lint.inspection import SOURCE  # noqa: PLC0415

    if SOURCE in found.handlers:
        session.say(f"note: {path} is a source function, which is not looked at")
    if not found.whole or not found.handlers:
        return
    session.say(
        f"{path}: {', '.join(found.handlers)}; {several(found.calls, 'call')}, requests from "
        f"{several(found.places, 'place')} in the code"
    )
    for handler, reason in found.silent:
        session.say(f"note: calls of {handler} send nothing: {reason}")
    if found.silent:
        session.say("help: give events (--events), settings (--set) and answers (--responses)")
    for name in found.unavailable:
        session.say(f"note: {name}, so what uses it was not judged")
