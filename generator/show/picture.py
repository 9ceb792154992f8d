"""What a mapping does, route by route: event, condition, action, recipients and channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.model import NAMED_SECTIONS, Each, First, ListOf, Literal, MapOf
from generator.show import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Entry, Field, Mapping, Route, Value
    from generator.providers import Action, Provider

PEOPLE = (
    *("to", "recipients", "recipient", "subscribe", "unsubscribe"),
    *("subscriberId", "distinct_id", "user_id"),
)
"""Fields that say whom a call is about, the plainest first."""
ADDRESSES = {"email": "email", "phone": "phone", "phone_number": "phone"}
CHANNELS = ("channels", "channel_data", "overrides", "providers", "channel_types")


@dataclass(frozen=True, slots=True)
class Step:
    """One route of an entry. `first` numbers the routes of which only the first runs, from 1."""

    route: str
    when: str
    require: tuple[str, ...]
    action: str
    target: str
    recipients: str
    channels: tuple[str, ...]
    enabled: bool
    first: int
    line: int

    @property
    def lead(self) -> str:
        """What stands before the condition where only the first route runs."""
        if self.first > 1:
            return "else if" if self.when else "else"
        return "if" if self.first and self.when else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A call of Segment and its routes; none: it is ignored on purpose."""

    section: str
    name: str
    steps: tuple[Step, ...]
    line: int

    @property
    def title(self) -> str:
        """The name as a person reads it."""
        if self.name == "*":
            return f"any other {'event' if self.section == 'track' else self.section}"
        return self.name or self.section


@dataclass(frozen=True, slots=True)
class Picture:
    """A mapping as rows; `when` is the condition on every track, page and screen call."""

    name: str
    path: str
    provider: str
    description: str
    when: str
    rows: tuple[Row, ...]


def draw(mapping: Mapping, provider: Provider) -> Picture:
    """The picture of a mapping."""
    rows = (
        Row(section.name, entry.name, tuple(_steps(entry, provider)), _line(entry, section.name))
        for section in mapping.sections
        for entry in section.entries
    )
    when = "" if mapping.when is None else words.condition(mapping.when)
    name = provider.title
    return Picture(mapping.name, mapping.path, name, mapping.description, when, tuple(rows))


def _line(entry: Entry, section: str) -> int:
    if entry.span is None or section not in NAMED_SECTIONS:
        steps = [step.span for step in entry.steps if step.span]
        return entry.span.line if entry.span else steps[0].line if steps else 0
    return entry.span.line


def _steps(entry: Entry, provider: Provider) -> Iterator[Step]:
    for step in entry.steps:
        if isinstance(step, First):
            for number, route in enumerate(step.routes, 1):
                yield _step(route, provider.action(route.action), number)
        else:
            yield _step(step, provider.action(step.action), 0)


def _step(route: Route, action: Action | None, first: int) -> Step:
    fields = {field.name: field for field in route.fields}
    main = action.main if action else None
    people = _people(route, fields, main)
    target = fields.get(main or "")
    return Step(
        route.identity,
        "" if route.when is None else words.condition(route.when),
        tuple(words.path(path) for path in route.require),
        route.action,
        "" if target is None or target.name == people else _target(target, fields.get("method")),
        _recipients(route, fields, people),
        tuple(dict.fromkeys(_channels(route))),
        route.enabled,
        first,
        route.span.line if route.span else 0,
    )


def _target(target: Field, method: Field | None) -> str:
    """What an action is about: a workflow's name, or the address of a request."""
    told = words.value(target.value)
    return f"{words.value(method.value)} {told}" if method else told


def _people(route: Route, fields: dict[str, Field], main: str | None) -> str:
    """The name of the field that says whom a call is about; empty where none does."""
    found = next((name for name in PEOPLE if name in fields), "")
    own = "id" in fields and route.action in ("user", "preferences", "delete-user")
    return "id" if own and main == "id" and not found else found


def _recipients(route: Route, fields: dict[str, Field], people: str) -> str:
    if not people:
        return "everybody" if route.action == "broadcast" else ""
    return _person(fields[people].value)


def _person(told: Value) -> str:
    """A recipient: of a map the id alone, of a topic its key, of a list made of one each."""
    match told:
        case ListOf(items=items):
            return ", ".join(_person(item) for item in items)
        case MapOf(entries=entries):
            members = dict(entries)
            if "topicKey" in members:
                return f"topic {words.value(members['topicKey'])}"
            ids = ("subscriberId", "id", "distinct_id", "user_id", "list_id", "email")
            known = next((members[name] for name in ids if name in members), told)
            return words.value(known)
        case Each(over=over, item=item):
            return f"each of {words.value(over)}: {_person(item)}"
    return words.value(told)


def _channels(route: Route) -> Iterator[str]:
    """The channels that a route itself speaks of; the others are the workflow's business."""
    for field in route.fields:
        if field.name in ADDRESSES:
            yield ADDRESSES[field.name]
        elif field.name == "providerId":
            yield words.value(field.value)
        elif field.name in CHANNELS:
            yield from _names(field.value)
        elif field.name == "routing" and isinstance(field.value, MapOf):
            yield from _names(dict(field.value.entries).get("channels"))


def _names(told: Value | None) -> Iterator[str]:
    match told:
        case MapOf(entries=entries):
            yield from (name for name, _ in entries)
        case ListOf(items=items):
            yield from (words.value(item) for item in items if isinstance(item, Literal))
        case Literal():
            found = told.value
            if isinstance(found, (dict, list)):
                yield from (entry for entry in found if isinstance(entry, str))
