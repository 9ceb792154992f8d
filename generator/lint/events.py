"""Events made for `segfn lint`: three people who share nothing, and what an event can lack."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.model import Json

Path = tuple[str, ...]

PEOPLE = ("ada", "bob", "cyd")
KINDS = ("identify", "track", "page", "screen", "group", "alias", "delete")
NAMED = {"track": "event", "page": "name", "screen": "name"}
"""Which part of a call is its name."""
NAME = "Lint Event Happened"
OTHER_NAME = "Another Event Happened"
PERSONAL = ("email", "phone", "firstName", "lastName", "name", "street", "ip", "birthday")
HOSTILE = "seg/fn?of=lint"
FOREIGN = "\u0141\u00f3d\u017a \u6771\u4eac"  # letters that no header can carry
_ALWAYS_THERE = {("type",), ("messageId",), ("event",), ("name",)}
_IDS = ("userId", "anonymousId")
_ABSENT = object()
_MOST = 40


def made(kind: str, who: str) -> dict[str, Any]:
    """A complete call of a kind by one of three people; the shape is the same for all."""
    number = PEOPLE.index(who) + 1
    event: dict[str, Any] = {
        "type": kind,
        "messageId": f"message-{who}-4{number}17",
        "userId": f"user-{who}-7{number}31",
        "anonymousId": f"anonymous-{who}-8{number}52",
        "timestamp": "2026-03-02T09:29:58.120Z",
        "originalTimestamp": "2026-03-02T09:29:57.900Z",
        "sentAt": "2026-03-02T09:29:58.000Z",
        "receivedAt": "2026-03-02T09:29:58.120Z",
        "channel": "server",
        "version": 2,
        "context": _context(who, number),
        "integrations": {},
    }
    return {**event, **_own(kind, who, number)}


def _context(who: str, number: int) -> dict[str, Json]:
    return {
        "ip": f"192.0.2.{40 + number}",
        "userAgent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)",
        "locale": "en-GB",
        "timezone": "Europe/London",
        "library": {"name": "analytics-node", "version": "2.1.0"},
        "page": {
            "path": f"/shop/{who}",
            "title": f"The shop of {who}",
            "url": f"https://www.example.com/shop/{who}",
            "referrer": "",
            "search": "",
        },
    }


def _own(kind: str, who: str, number: int) -> dict[str, Json]:
    """What only calls of this kind have."""
    match kind:
        case "identify":
            return {"traits": _traits(who, number)}
        case "track":
            return {"event": NAME, "properties": _properties(who, number)}
        case "page" | "screen":
            page = {"path": f"/shop/{who}", "url": f"https://www.example.com/shop/{who}"}
            return {"name": NAME, "properties": {**page, "title": f"The shop of {who}"}}
        case "group":
            return {"groupId": f"group-{who}-6{number}29", "traits": _company(who, number)}
        case "alias":
            return {"previousId": f"previous-{who}-5{number}88"}
    return {"context": None, "integrations": None}


def _traits(who: str, number: int) -> dict[str, Json]:
    return {
        "email": f"{who}.lint@example.com",
        "firstName": f"{who.title()}lina",
        "lastName": f"Lint{who}son",
        "name": f"{who.title()}lina Lint{who}son",
        "phone": f"+1555010{number}417",
        "plan": "pro",
        "age": 30 + number,
        "avatar": f"https://www.example.com/avatar/{who}.png",
        "createdAt": "2026-01-15T08:00:00.000Z",
        "company": {"id": f"company-{who}", "name": f"{who.title()} Works"},
        "address": {"street": f"{number}7 {who.title()} Street", "city": "London"},
    }


def _properties(who: str, number: int) -> dict[str, Json]:
    product: dict[str, Json] = {
        "product_id": f"product-{who}",
        "name": f"Teapot of {who}",
        "price": 19.5,
    }
    return {
        "order_id": f"order-{who}-3{number}64",
        "total": 100.5 + number,
        "revenue": 90.25 + number,
        "currency": "USD",
        "plan": "pro",
        "email": f"{who}.lint@example.com",
        "products": [{**product, "quantity": number}],
    }


def _company(who: str, number: int) -> dict[str, Json]:
    return {
        "name": f"{who.title()} Works",
        "email": f"office.{who}@example.com",
        "industry": "Teapots",
        "employees": 20 + number,
        "plan": "enterprise",
    }


# --- samples ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sample:
    """A call that the function reacts to: of a kind, with parts that were put in.

    `parts` are paths with JSON text, in which `{who}` stands for a person; `given` is the
    JSON text of an event of the user's, else the event is made up.
    """

    kind: str
    parts: tuple[tuple[Path, str], ...] = ()
    given: str | None = None

    def event(self, who: str = PEOPLE[0]) -> dict[str, Any]:
        """The event of a person."""
        event = made(self.kind, who) if self.given is None else _as(json.loads(self.given), who)
        for path, text in self.parts:
            put(event, path, json.loads(text.replace("{who}", who)))
        return event

    def with_part(self, path: Path, value: Json) -> Sample:
        """The same with a value at a path."""
        kept = tuple(part for part in self.parts if part[0] != path)
        return Sample(self.kind, (*kept, (path, json.dumps(value))), self.given)


def _as(event: dict[str, Any], who: str) -> dict[str, Any]:
    """An event of the user's as another person would send it."""
    known = made("identify", who)
    traits = known["traits"]
    personal = {**traits, "street": traits["address"]["street"], "ip": known["context"]["ip"]}

    def changed(value: Json, path: Path) -> Json:
        match value:
            case list():
                return [changed(item, (*path, "")) for item in value]
            case dict():
                return {key: changed(inner, (*path, key)) for key, inner in value.items()}
            case str() if _is_personal(path):
                replaced: Json = personal.get(path[-1], value)
                return replaced
        return value

    found = {key: changed(value, (key,)) for key, value in event.items()}
    own = {key: known[key] for key in _IDS if key in event}
    return {**found, **own, "messageId": known["messageId"]}  # Segment gives one to every event


def _is_personal(path: Path) -> bool:
    """Whether a part is about a person, by its name; only that of a user is a person's."""
    return path[-1] in PERSONAL and (path[-1] != "name" or path == ("traits", "name"))


# --- parts of events ------------------------------------------------------------------


def part(event: Any, path: Path) -> Any:  # noqa: ANN401 - JSON
    """The value at a path, None where there is none."""
    for step in path:
        if _has_item(event, step):
            event = event[int(step)]
        elif isinstance(event, dict):
            event = event.get(step)
        else:
            return None
    return event


def put(event: dict[str, Any], path: Path, value: Json) -> None:
    """Put a value at a path, with maps where there are none; a list keeps its other items."""
    inner: Any = event
    for step, following in pairwise(path):
        if isinstance(inner, list):
            inner = inner[int(step)]
            continue
        there = inner.get(step)
        if not isinstance(there, dict) and not _has_item(there, following):
            inner[step] = {}
        inner = inner[step]
    if isinstance(inner, list):
        inner[int(path[-1])] = value
    else:
        inner[path[-1]] = value


def _has_item(value: Any, step: str) -> bool:  # noqa: ANN401 - JSON
    """Whether a list has such an item."""
    return isinstance(value, list) and step.isdigit() and int(step) < len(value)


def shown(path: Path) -> str:
    """A path as JavaScript reads it."""
    return ".".join(path)


def texts(value: Json, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text in a value, with its path."""
    match value:
        case str():
            yield path, value
        case list():
            for number, item in enumerate(value):
                yield from texts(item, (*path, str(number)))
        case dict():
            for key, item in value.items():
                yield from texts(item, (*path, key))


def own_texts(sample: Sample, who: str) -> dict[str, str]:
    """The texts that only this person's event has, with their paths."""
    others = {text for other in PEOPLE if other != who for _, text in texts(sample.event(other))}
    return {
        text: shown(path) for path, text in texts(sample.event(who)) if text not in others and text
    }


def personal_texts(sample: Sample) -> set[str]:
    """The texts about a person, in the events of all people."""
    found = set()
    put_in = {path for path, _ in sample.parts if path[0] == "traits"}
    for who in PEOPLE:
        own = own_texts(sample, who)
        for path, text in texts(sample.event(who)):
            named = _is_personal(path) and sample.kind != "group"
            if text in own and (named or path in put_in):
                found.add(text)
    return found


# --- what an event can lack -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Oddity:
    """An event that is not as complete as it could be: how, at which path."""

    way: str
    path: Path
    event: dict[str, Any]

    def __str__(self) -> str:
        """As it stands behind `for`: an event without `userId`."""
        name = shown(self.path)
        match self.way:
            case "absent":
                return f"an event without `{name}`"
            case "null":
                return f"an event whose `{name}` is null"
        value = json.dumps(part(self.event, self.path), ensure_ascii=False)
        return f"an event whose `{name}` is {value}"


def oddities(event: dict[str, Any], read: Iterable[Path]) -> Iterator[Oddity]:
    """An event without each of the parts that the function reads, or with a strange one."""
    wanted = {("userId",), ("traits",), ("properties",), ("context",), *read}
    paths = [path for path in sorted(wanted) if part(event, path) is not None]
    for path in paths[:_MOST]:
        if path not in _ALWAYS_THERE:
            yield Oddity("absent", path, _changed(event, path, _ABSENT))
            yield Oddity("null", path, _changed(event, path, None))
        if isinstance(value := part(event, path), str) and path not in {("type",), ("messageId",)}:
            yield Oddity("hostile", path, _changed(event, path, f"{value}-{HOSTILE}"))
            yield Oddity("foreign", path, _changed(event, path, FOREIGN))


def _changed(event: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """A copy with another value at a path that is there."""
    copied = copy.deepcopy(event)
    parent = part(copied, path[:-1])
    if isinstance(parent, list):
        parent[int(path[-1])] = None if value is _ABSENT else value
    elif value is _ABSENT:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    return copied
