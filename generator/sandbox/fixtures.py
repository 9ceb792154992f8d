"""Fixture files: events, and what a mapping's function must do with them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator import schema, source
from generator.diagnostics import Note, Report, Span, did_you_mean, error, warning
from generator.sandbox.answers import Rule, rule
from generator.sandbox.paths import read_path
from generator.sandbox.runtime import parse_time
from generator.source import Document, ListNode, MapNode, Scalar, to_data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Json, Setting
    from generator.source import Node

SAME_FIXTURE = error(
    "T101",
    "same-fixture",
    """Two fixtures of a file have one name.

    A failed fixture is told by its name, and `segfn test -k` chooses by it.

    ```yaml
    fixtures:
      - name: a new user is welcomed
        event: { type: track, event: User Registered, userId: u1 }
        expect: { outcome: delivered }
      - name: a new user is welcomed        # wrong: the same sentence
        event: { type: track, event: User Registered }
        expect: { outcome: rejected }
    ```

    ```yaml
    fixtures:
      - name: a new user is welcomed
        event: { type: track, event: User Registered, userId: u1 }
        expect: { outcome: delivered }
      - name: without an id nobody is welcomed
        event: { type: track, event: User Registered }
        expect: { outcome: rejected }
    ```
    """,
)
EVENT_OR_BATCH = error(
    "T102",
    "event-or-batch",
    """A fixture has neither an event nor a batch, or both.

    `event` calls the handler of its type, `batch` calls `onBatch` with all its events.

    ```yaml
    - name: nothing happens         # wrong: no event
      expect: { outcome: delivered }
    ```

    ```yaml
    - name: nothing happens
      event: { type: track, event: Internal Heartbeat, userId: u1 }
      expect: { requests: [] }
    ```
    """,
)
BAD_TIME = error(
    "T103",
    "bad-time",
    """A time that is no ISO time.

    ```yaml
    now: 1st of January             # wrong
    ```

    ```yaml
    now: 2026-01-01T00:00:00Z
    ```
    """,
)
BAD_ABSENT = error(
    "T104",
    "bad-absent",
    """A path in `absent` that leads nowhere in a request.

    It begins with `method`, `url`, `headers`, `body` or `body_text`, and goes on with names
    behind dots and places in brackets.

    ```yaml
    absent: [data]                  # wrong: a request has no data
    ```

    ```yaml
    absent: [body.data, "body.to[0].email"]
    ```
    """,
)
UNKNOWN_SETTING = warning(
    "T105",
    "fixture-setting",
    """A fixture sets something that the mapping's function has no setting for.

    ```yaml
    settings:
      api_key: test-key             # wrong: the provider calls it apiKey
    ```

    ```yaml
    settings:
      apiKey: test-key
    ```
    """,
)

REQUEST_KEYS = ("method", "url", "headers", "body", "body_text", "response")


@dataclass(frozen=True, slots=True)
class Fixture:
    """One fixture; `events` are JSON texts, `expect` the place of what is expected, if any.

    `index` is its place in the file.
    """

    name: str
    index: int
    span: Span
    events: tuple[str, ...]
    batch: bool
    settings: dict[str, Json]
    rules: tuple[Rule, ...]
    now: str | None
    expect: Node | None


@dataclass(frozen=True, slots=True)
class FixtureFile:
    """A fixture file that was read: its text as it stands, and the settings at the top."""

    document: Document
    text: str
    settings: dict[str, Json]
    fixtures: tuple[Fixture, ...]


def read(
    raw: bytes | str, path: str, report: Report, settings: Iterable[Setting] | None = None
) -> FixtureFile | None:
    """The fixtures of a file, or None where the report says what is wrong with it.

    `settings` are those of the mapping, where it is known.
    """
    mine = Report()
    document = source.parse(raw, path, mine, begins="`fixtures:`")
    if document is not None:
        schema.check(document, schema.base("fixtures"), mine)
    if document is not None and not mine.failed:
        _check(document, mine)
        if settings is not None:
            _check_settings(document, [setting.name for setting in settings], mine)
    report.extend(mine.found)
    if document is None or mine.failed:
        return None
    return _build(document, raw if isinstance(raw, str) else raw.decode("utf-8", "replace"))


def read_rules(raw: bytes | str, path: str, report: Report) -> tuple[Rule, ...] | None:
    """The rules in a file for `--responses`: a list, in YAML or JSON."""
    mine = Report()
    document = source.parse(raw, path, mine, begins="`- status: 503`")
    if document is not None:
        whole = schema.base("fixtures")
        part = {**whole["definitions"]["responses"], "definitions": whole["definitions"]}
        schema.check(document, part, mine)
    report.extend(mine.found)
    return None if document is None or mine.failed else _rules(document.root)


# --- what the schema cannot say ------------------------------------------------


def _check(document: Document, report: Report) -> None:
    """Report what is wrong in a file of the right shape."""
    root = document.root
    _check_time(_member(root, "now"), report)
    names: dict[str, Span] = {}
    for fixture in _items(_member(root, "fixtures")):
        _check_name(_member(fixture, "name"), names, report)
        _check_events(fixture, report)
        _check_time(_member(fixture, "now"), report)
        _check_absent(_member(fixture, "expect"), report)


def _check_name(node: Node | None, names: dict[str, Span], report: Report) -> None:
    if isinstance(node, Scalar):
        first = names.setdefault(node.text, node.span)
        if first != node.span:
            report.add(
                SAME_FIXTURE,
                node.span,
                f'two fixtures are named "{node.text}"',
                notes=[Note("the first one is here", first)],
                help="say in the name what is different here",
            )


def _check_events(fixture: Node, report: Report) -> None:
    event, batch = _key(fixture, "event"), _key(fixture, "batch")
    if event is None and batch is None:
        place = _member(fixture, "name")
        span = fixture.span if place is None else place.span
        report.add(EVENT_OR_BATCH, span, "this fixture has no event", help='add "event" or "batch"')
    elif event is not None and batch is not None:
        message = "this fixture has an event and a batch"
        report.add(EVENT_OR_BATCH, batch.span, message, help="make two fixtures of it")


def _check_time(node: Node | None, report: Report) -> None:
    if isinstance(node, Scalar) and parse_time(node.text) is None:
        help_ = "write it as 2026-01-01T00:00:00Z"
        report.add(BAD_TIME, node.span, f'"{node.text}" is no time', help=help_)


def _check_absent(expect: Node | None, report: Report) -> None:
    """Report paths in `absent` that no request can have."""
    requests = _items(_member(expect, "requests"))
    for owner in (expect, *requests):
        for node in _items(_member(owner, "absent")):
            text = node.text if isinstance(node, Scalar) else ""
            path = read_path(text)
            if path is None or path[0] not in REQUEST_KEYS:
                help_ = f"begin with one of {', '.join(REQUEST_KEYS[:-1])}: body.data"
                report.add(BAD_ABSENT, node.span, f'"{text}" is no path in a request', help=help_)


def _check_settings(document: Document, known: list[str], report: Report) -> None:
    """Report settings that the mapping's function does not have."""
    owners = [document.root, *_items(_member(document.root, "fixtures"))]
    for settings in (_member(owner, "settings") for owner in owners):
        for key, _ in settings.entries if isinstance(settings, MapNode) else ():
            if key.text not in known:
                help_ = did_you_mean(key.text, known) or f"use one of {', '.join(known)}"
                message = f'the function has no setting "{key.text}"'
                report.add(UNKNOWN_SETTING, key.span, message, help=help_)


# --- reading --------------------------------------------------------------------


def _build(document: Document, text: str) -> FixtureFile:
    root = document.root
    settings = _data(root, "settings", {})
    rules = _rules(_member(root, "responses"))
    now = _data(root, "now", None)
    fixtures = tuple(
        _fixture(node, index, settings, rules, now)
        for index, node in enumerate(_items(_member(root, "fixtures")))
    )
    return FixtureFile(document, text, settings, fixtures)


def _fixture(
    node: Node, index: int, settings: dict[str, Json], rules: tuple[Rule, ...], now: str | None
) -> Fixture:
    """One fixture; what stands in it wins over the top of the file."""
    batch = _member(node, "batch")
    events = _items(batch) if batch is not None else [_member(node, "event")]
    name = _member(node, "name")
    return Fixture(
        name=str(_data(node, "name", "")),
        index=index,
        span=node.span if name is None else name.span,
        events=tuple(json.dumps(to_data(event)) for event in events if event is not None),
        batch=batch is not None,
        settings={**settings, **_data(node, "settings", {})},
        rules=(*_rules(_member(node, "responses")), *rules),
        now=_data(node, "now", now),
        expect=_member(node, "expect"),
    )


def _rules(node: Node | None) -> tuple[Rule, ...]:
    return tuple(rule(told) for item in _items(node) if isinstance(told := to_data(item), dict))


def _member(node: Node | None, key: str) -> Node | None:
    return node.get(key) if isinstance(node, MapNode) else None


def _key(node: Node, key: str) -> Scalar | None:
    return node.key(key) if isinstance(node, MapNode) else None


def _items(node: Node | None) -> tuple[Node, ...]:
    return tuple(node.items) if isinstance(node, ListNode) else ()


def _data(node: Node, key: str, default: Any) -> Any:  # noqa: ANN401 - what stands in the file
    found = _member(node, key)
    return default if found is None else to_data(found)
