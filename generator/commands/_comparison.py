"""Two versions of mappings, compiled, compared, and run on the same events."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from generator.changes import compare
from generator.changes.evidence import Trial, explain, route_of
from generator.changes.made import chosen, made_events
from generator.changes.pair import Pair
from generator.changes.settings import to_add
from generator.compiler import emit, read_mapping
from generator.project import fixtures_of, shown
from generator.sandbox.fixtures import read as read_fixtures
from generator.sandbox.runner import Target
from generator.sandbox.versions import Occasion, run_both

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from generator.changes import Change
    from generator.changes.made import Made
    from generator.compiler import Compiled, Output
    from generator.diagnostics import Report
    from generator.model import Json, Mapping, Setting
    from generator.project import Project
    from generator.sandbox.fixtures import FixtureFile

MOST_MADE = 3000
RECORDED = "recorded event"
MADE_VALUES: dict[str, Json] = {"boolean": True, "array": [], "text_map": {}}


@dataclass(frozen=True)
class Source:
    """A mapping file of one version: where it is, and how its path is shown."""

    path: Path
    shown: str
    project: Project


@dataclass(frozen=True)
class Version:
    """A mapping file that was compiled."""

    read: Compiled
    output: Output
    raw: bytes
    fixtures: FixtureFile | None


@dataclass(frozen=True)
class Comparison:
    """What changes between two versions of one mapping; None is a version that is not there."""

    before: Version | None
    after: Version | None
    changes: list[Change]
    trials: list[Trial] = field(default_factory=list)
    tried: int = 0
    settings: list[Setting] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The file, as it is shown."""
        version = self.after or self.before
        return "" if version is None else version.output.mapping.path

    def telling(self, most: int) -> list[tuple[str | None, Trial]]:
        """The differences that are worth showing, so many for each route, with the route."""
        counted: Counter[str | None] = Counter()
        found: list[tuple[str | None, Trial]] = []
        for trial in self.trials:
            route = route_of(trial)
            if trial.sends_other and counted[route] < most:
                counted[route] += 1
                found.append((route, trial))
        return found


def load(source: Source, report: Report, *, strict: bool) -> Version | None:
    """Compile a version; the fixtures of the new one are judged too (`strict`)."""
    raw = source.path.read_bytes()
    read = read_mapping(raw, source.shown, source.project, report)
    output = None if read is None else emit(read, source.project, report, str(source.path))
    if read is None or output is None:
        return None
    return Version(read, output, raw, _fixtures(source, read.mapping, report, strict=strict))


def _fixtures(
    source: Source, mapping: Mapping, report: Report, *, strict: bool
) -> FixtureFile | None:
    from generator.diagnostics import Report as Findings  # noqa: PLC0415 - made here

    path = fixtures_of(source.path)
    if path is None:
        return None
    found = report if strict else Findings()
    return read_fixtures(path.read_bytes(), shown(path), found, mapping.settings)


def compare_versions(
    before: Version | None, after: Version | None, recorded: Iterable[bytes]
) -> Comparison:
    """What changes; raises `Contradiction` where execution shows more than the models do."""
    pair = pair_of(before, after)
    changes = compare(pair)
    old, new = (version.output.text if version else "" for version in (before, after))
    if old == new:  # the same code does the same
        return Comparison(before, after, changes)
    occasions = list(_occasions(before, after, recorded, changes))
    old_target = None if before is None else Target.of(before.output)
    new_target = None if after is None else Target.of(after.output)
    trials = [
        Trial(name, then, now, recorded=name.startswith(RECORDED))
        for name, then, now in run_both(old_target, new_target, occasions)
    ]
    different = [trial for trial in trials if trial.differs]
    found = explain(changes, different)
    return Comparison(before, after, found, different, len(occasions), list(to_add(pair)))


def pair_of(before: Version | None, after: Version | None) -> Pair:
    """The models of two versions; an empty one stands for what is not there."""
    known = after or before
    assert known is not None  # noqa: S101 - a comparison has a file
    old, new = before or known, after or known
    return Pair(
        before=old.read.mapping if before else _empty(new.read.mapping),
        after=new.read.mapping if after else _empty(old.read.mapping),
        old_provider=old.read.provider,
        new_provider=new.read.provider,
        texts_differ=old.raw != new.raw,
        gone_whole=after is None,
        new_whole=before is None,
    )


def _empty(mapping: Mapping) -> Mapping:
    return replace(mapping, sections=(), settings=())


# --- events --------------------------------------------------------------------------


def _occasions(
    before: Version | None,
    after: Version | None,
    recorded: Iterable[bytes],
    changes: Sequence[Change],
) -> Iterator[Occasion]:
    """Fixtures, recorded events and made ones; in this order they are named as evidence."""
    versions = [version for version in (after, before) if version is not None]
    settings = _settings(versions)
    names: set[str] = set()
    for version in versions:
        for fixture in version.fixtures.fixtures if version.fixtures else ():
            if fixture.name not in names:
                names.add(fixture.name)
                given = {**settings, **fixture.settings}
                told = f'fixture "{fixture.name}"'
                events, batch = fixture.events, fixture.batch
                yield Occasion(told, events, batch, given, fixture.rules, fixture.now)
    for number, event in enumerate(recorded, 1):
        text = event.decode()
        told = f"{RECORDED} {number}{_called(text)}"
        yield Occasion(told, (text,), batch=False, settings=settings)
    for made in _made(versions, settings, changes):
        yield Occasion(made.name, (made.text,), batch=False, settings=settings)


def _made(
    versions: list[Version], settings: dict[str, Json], changes: Sequence[Change]
) -> list[Made]:
    """Events made from both versions; most of them for the routes that changed."""
    everywhere = any(not change.routes for change in changes)
    changed = None if everywhere else {each for change in changes for each in change.routes}
    streams = (
        stream
        for version in versions
        for stream in made_events(version.read.mapping, version.read.provider, settings, changed)
    )
    return chosen(streams, MOST_MADE)


def _called(text: str) -> str:
    """What an event is called."""
    event = json.loads(text)
    name = event.get("event", event.get("name")) if isinstance(event, dict) else None
    return f": {json.dumps(name, ensure_ascii=False)}" if isinstance(name, str) else ""


def _settings(versions: list[Version]) -> dict[str, Json]:
    """The settings of the fixtures, and something for what is required besides."""
    found: dict[str, Json] = {}
    for version in reversed(versions):
        for setting in version.read.mapping.settings:
            if setting.required:
                made = f"made-{setting.name}"
                if "url" in setting.name.lower():
                    made = "https://example.com/made"
                found.setdefault(setting.name, MADE_VALUES.get(setting.type, made))
    for version in reversed(versions):
        found |= version.fixtures.settings if version.fixtures else {}
    return found
