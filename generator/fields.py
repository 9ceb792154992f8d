"""Checks what a mapping writes in a field against the field's type.

Values that come with the event are checked by the generated function; here are the
literals, and the members of maps.
"""

from __future__ import annotations

import json
import re
import zoneinfo
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator.diagnostics import did_you_mean, error
from generator.model import Coalesce, Each, If, ListOf, Literal, MapOf, Path, Template, walk
from generator.types import ANY, BLANKS, TEXTS, FieldSpec, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.diagnostics import Report, Span
    from generator.model import Json, Value
    from generator.source import Document, Scalar

UNKNOWN_FIELD = error(
    "M120",
    "unknown-field",
    """An object in a field has no member of this name, or `defaults` names no field.

    `segfn providers novu` lists the fields and their members.

    ```yaml
    workflow:
      name: welcome
      to:
        subscriberId: $.userId
        e-mail: $.properties.email      # wrong: Novu calls it email
    ```

    ```yaml
    workflow:
      name: welcome
      to:
        subscriberId: $.userId
        email: $.properties.email
    ```
    """,
)
MISSING_FIELD = error(
    "M121",
    "missing-field",
    """A field without which the provider cannot act is not written and has no default.

    ```yaml
    workflow:
      payload:
        plan: $.properties.plan    # wrong: which workflow?
    ```

    ```yaml
    workflow:
      name: welcome
      payload:
        plan: $.properties.plan
    ```
    """,
)
WRONG_LITERAL = error(
    "M122",
    "wrong-literal",
    """A value written in the mapping does not fit its field.

    The generated function leaves out what does not fit when it comes with an event; what
    stands in the mapping never fits, so it is an error.

    ```yaml
    subscriber:
      email: ada.example.com       # wrong: no @
    ```

    ```yaml
    subscriber:
      email: $.traits.email
    ```
    """,
)

EITHER_FIELD = error(
    "M123",
    "either-field",
    """Two fields are written of which a route takes one.

    ```yaml
    topic:
      key: news
      subscribe: [$.userId]
      unsubscribe: [$.anonymousId] # wrong: one or the other
    ```

    ```yaml
    - topic:
        key: news
        subscribe: [$.userId]
    - id: leave-news
      topic:
        key: news
        unsubscribe: [$.anonymousId]
    ```
    """,
)

NAMES = {
    "string": "a text",
    "id": "a text that names something",
    "email": "an e-mail address",
    "phone": "a phone number: 5 to 20 digits, blanks, + - . ( )",
    "url": "an address with http(s) and a host",
    "locale": "a locale as en, en-US or en_US",
    "timezone": "an IANA time zone as Europe/Stockholm",
    "boolean": "true or false",
    "number": "a number",
    "object": "a map",
    "list": "a list",
    "shape": "a text or a map",
}
HOST = re.compile(
    r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::(?P<port>[0-9]{1,9}))?(?:[/?]|\Z)", re.IGNORECASE
)
LAST_PORT = 65_535
UNSENDABLE = re.compile("[^\x21-\x7e]")
"""What fetch refuses in an address: its error would look like a lost connection."""
UNTYPED = FieldSpec("", ANY)
FEW = 6
"""The choices of a field that a message names."""
PATTERNS = {
    "email": re.compile(r"(?=.{6,320}\Z)[^@\s]+@[^@\s]+"),
    "phone": re.compile(r"[0-9 +\-.()]{5,20}"),
    "url": re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE),
    "locale": re.compile(r"[a-z]{2}(?:[-_][A-Z]{2})?"),
}


def fit(value: Value, member: FieldSpec, action: str, document: Document, report: Report) -> Value:
    """The value as it is sent in a field; what can never fit is reported."""
    fitter, before = _Fitter(document, report), len(report.found)
    fitted = fitter.member(value, member, f"{action}.{member.name}")
    empty = isinstance(fitted, Literal) and fitted.value in (None, "")
    if (member.required or member.if_written) and empty and len(report.found) == before:
        fitter.refuse(fitted, f"{action}.{member.name} is required and empty", "write a value")
    return fitted


def report_missing(member: FieldSpec, action: str, place: Span, report: Report) -> None:
    """Report a required field that is not written."""
    report.add(
        MISSING_FIELD,
        place,
        f'"{action}" needs "{member.name}"',
        help=f"add `{member.name}:` with {_name(member.type)}",
    )


def report_unknown(key: Scalar, owner: str, known: Sequence[FieldSpec], report: Report) -> None:
    """Report a key that is no field."""
    _report_unknown(key.text, key.span, owner, known, report)


def _report_unknown(
    name: str, place: Span, owner: str, known: Sequence[FieldSpec], report: Report
) -> None:
    names = [spec.name for spec in known]
    report.add(
        UNKNOWN_FIELD,
        place,
        f'"{owner}" has no field "{name}"',
        help=did_you_mean(name, names) or f"use one of {', '.join(names)}",
    )


@dataclass(slots=True)
class _Fitter:
    """Walks a value beside its type."""

    document: Document
    report: Report

    def member(self, value: Value, spec: FieldSpec, label: str) -> Value:
        """A field or a member of a map: its type, and what it must not take from an event."""
        if spec.literal and not _is_written(value):
            self.refuse(value, f"{label} does not stand in the mapping", "write the value itself")
        if spec.fixed_host and (port := _odd_port(value)) is not None:
            self.refuse(value, f"{label} has the port {port}", f"write one from 1 to {LAST_PORT}")
        elif spec.fixed_host and not (_is_setting(value) or _has_fixed_host(value)):
            help_ = "begin with https://, a host and a slash; or write one $settings.name"
            self.refuse(value, f"{label} has no fixed host", help_)
        elif spec.fixed_host and (found := _unsendable(value)) is not None:
            help_ = f"write {quote(found, errors='replace')} instead of it"
            self.refuse(value, f"{label} holds {found!r}, which no address can carry", help_)
            return value
        return self.value(value, spec.type, label)

    def value(self, value: Value, kind: Type, label: str) -> Value:
        """The value with the literals in it made to fit."""
        match value:
            case Literal():
                return self.literal(value, kind, label)
            case Coalesce():
                choices = tuple(self.value(choice, kind, label) for choice in value.choices)
                return replace(value, choices=choices)
            case If():
                return replace(
                    value,
                    then=None if value.then is None else self.value(value.then, kind, label),
                    otherwise=None
                    if value.otherwise is None
                    else self.value(value.otherwise, kind, label),
                )
            case Each() if (items := _items(kind)) is not None:
                return replace(value, item=self.value(value.item, items, f"{label}[]"))
            case ListOf() if (items := _items(kind)) is not None:
                return self.list(value, items, kind, label)
            case MapOf() if kind.kind in ("object", "shape", "any"):
                return self.map(value, kind, label)
        self.other(value, kind, label)
        return value

    def other(self, value: Value, kind: Type, label: str) -> None:
        """Report a value whose form can never fit."""
        match value:
            case Each() | ListOf():
                self.refuse(value, f"{label} is a list", f"write {_name(kind)}")
            case MapOf():
                self.refuse(value, f"{label} is a map", f"write {_name(kind)}")
            case Template() if kind.kind in ("boolean", "number", "object", "list"):
                self.refuse(value, f"{label} is a text", f"write {_name(kind)}")
            case _ if (kind.values is not None and kind.kind == "object") or kind.one_of:
                help_ = "write its keys here; values may come from the event"
                self.refuse(value, f"the keys of {label} do not stand in the mapping", help_)

    def list(self, value: ListOf, items: Type, kind: Type, label: str) -> Value:
        """The items of a list, and how many there are."""
        if kind.maximum is not None and len(value.items) > kind.maximum:
            count = len(value.items)
            self.refuse(value, f"{label} has {count} items", f"keep it to {kind.maximum}")
        fitted = (
            self.value(item, items, f"{label}[{index}]") for index, item in enumerate(value.items)
        )
        return replace(value, items=tuple(fitted))

    def map(self, value: MapOf, kind: Type, label: str) -> Value:
        """The members of a map, where the type knows them."""
        owner = kind if kind.members or kind.items is None else kind.items
        known = owner.members
        if not known:
            self.names(value, kind, label)
            kept = (
                (name, self.value(inner, kind.values or ANY, _inside(label, name, kind)))
                for name, inner in value.entries
            )
            return _with_entries(value, tuple(kept))
        self.complete(value, kind, label)
        by_name = {spec.name: spec for spec in known}
        entries = []
        for name, inner in value.entries:
            spec = by_name.get(name)
            if spec is None and not owner.open:
                place = inner.span or value.span
                if place is not None:
                    _report_unknown(name, place, label, known, self.report)
            entries.append((name, self.member(inner, spec or UNTYPED, f"{label}.{name}")))
        return _with_entries(value, tuple(entries))

    def names(self, value: MapOf, kind: Type, label: str) -> None:
        """Report names of members that cannot be, where all names are the mapping's own."""
        for name, inner in value.entries:
            place = inner.span or value.span
            if kind.values and place and not re.search(kind.pattern, name):
                message = f'"{name}" cannot stand in {label}'
                self.report.add(WRONG_LITERAL, place, message, help="choose another name")

    def complete(self, value: MapOf, kind: Type, label: str) -> None:
        """Report members without which a map means nothing, or that exclude each other."""
        names = {name for name, _ in value.entries}
        place = value.span
        if place is None:
            return
        for spec in kind.members if kind.kind == "object" else ():
            if spec.required and spec.name not in names:
                report_missing(spec, label, place, self.report)
        if kind.one_of and names not in map(set, kind.one_of):
            sets = " or ".join(" with ".join(f'"{name}"' for name in each) for each in kind.one_of)
            self.report.add(
                EITHER_FIELD, place, f'"{label}" takes {sets}', help="write one of these"
            )

    def literal(self, value: Literal, kind: Type, label: str) -> Value:
        """A literal: the text as written in a text field, else checked."""
        held = value.value
        if held is None or kind.kind == "any":
            return value
        if isinstance(held, (list, dict)) and (kind.items or kind.members or kind.values):
            return self.value(_spread(held, value.span), kind, label)
        single = _single(kind)
        if single in ("string", "id", "phone") and isinstance(held, (bool, int, float)):
            held = self.as_written(value, held)
        if single == "id" and isinstance(held, str):
            held = held.strip(BLANKS)
        if not _fits(held, kind):
            self.refuse(value, f"{label} does not fit", f"write {_name(kind)}")
        elif kind.pattern and isinstance(held, str) and not re.search(kind.pattern, held):
            like = kind.like or kind.pattern
            self.refuse(value, f"{label} does not fit", f"write text like {like}")
        return Literal.of(held, value.span)

    def as_written(self, value: Literal, held: Json) -> str:
        """The characters of a number or boolean in the file: `1.10`."""
        span = value.span
        text = "" if span is None else self.document.slice(span)
        return text if _reads_as(text, held) else value.json

    def refuse(self, value: Value, message: str, help_: str) -> None:
        """Report a value that can never fit."""
        if value.span is not None:
            self.report.add(WRONG_LITERAL, value.span, message, help=help_)


def _with_entries(value: MapOf, entries: tuple[tuple[str, Value], ...]) -> MapOf:
    """The map itself where nothing in it was made to fit."""
    before = zip(value.entries, entries, strict=True)
    same = all(old is new for (_, old), (_, new) in before)
    return value if same else replace(value, entries=entries)


def _spread(held: list[Json] | dict[str, Json], span: Span | None) -> ListOf | MapOf:
    """A literal list or map with its parts as literals of their own."""
    if isinstance(held, list):
        return ListOf(tuple(Literal.of(item, span) for item in held), span)
    return MapOf(tuple((name, Literal.of(member, span)) for name, member in held.items()), span)


def _reads_as(text: str, held: Json) -> bool:
    """Whether a text is that of this number or boolean."""
    try:
        return bool(json.loads(text) == held)
    except ValueError:
        return False


def _inside(label: str, name: str, kind: Type) -> str:
    return f"{label}.{name}" if kind.values else label


def _is_written(value: Value) -> bool:
    """Whether all of a value stands in the mapping."""
    return all(isinstance(part, (Literal, ListOf, MapOf)) for part in walk(value))


def _is_setting(value: Value) -> bool:
    return isinstance(value, Path) and value.root == "settings" and len(value.keys) == 1


def _has_fixed_host(value: Value | None) -> bool:
    """Whether an address begins with https and a whole host, whatever the event is."""
    starts = _starts(value)
    return bool(starts) and all(start is not None and HOST.match(start) for start in starts)


def _odd_port(value: Value | None) -> str | None:
    """The port of an address that no connection can have."""
    ports = [found["port"] for start in _starts(value) if start and (found := HOST.match(start))]
    odd = (port for port in ports if port and not 0 < int(port) <= LAST_PORT)
    return next(odd, None)


def _starts(value: Value | None) -> tuple[str | None, ...]:
    """What an address begins with in the mapping, in each of its ways; None where it does not."""
    match value:
        case Literal() if isinstance(value.value, str):
            return (value.value,)
        case Template((Literal() as first, *_)) if isinstance(first.value, str):
            return (f"{first.value}{{",)
        case If(_, then, otherwise):
            return (*_starts(then), *_starts(otherwise))
    return (None,)


def _unsendable(value: Value | None) -> str | None:
    """The first character written in an address that must be percent-encoded."""
    match value:
        case Literal():
            found = UNSENDABLE.search(str(value.value))
            return None if found is None else found[0]
        case Template(parts):
            return next(filter(None, map(_unsendable, parts)), None)
        case If(_, then, otherwise):
            return _unsendable(then) or _unsendable(otherwise)
    return None


def _items(kind: Type) -> Type | None:
    """The type of a list's items, where a list may stand."""
    if kind.kind == "any":
        return ANY
    return kind.items if kind.kind in ("list", "shape") else None


def _single(kind: Type) -> str:
    """The kind of one value: of a shape that of an item, or of its main member."""
    main = (spec.type for spec in kind.members if spec.name == kind.main)
    inner = kind.items or next(main, None)
    return kind.kind if kind.kind != "shape" or inner is None else _single(inner)


def _name(kind: Type) -> str:
    if kind.kind == "enum":
        shown = [f'"{choice}"' for choice in kind.choices[:FEW]]
        more = len(kind.choices) - FEW
        return " or ".join([*shown, f"one of {more} others"] if more > 0 else shown)
    return NAMES.get(kind.kind, "a value")


def _fits(held: Json, kind: Type) -> bool:
    """Whether a literal that is not null fits a type."""
    match kind.kind:
        case "boolean":
            return isinstance(held, bool)
        case "number":
            return isinstance(held, (int, float)) and not isinstance(held, bool)
        case "object":
            return isinstance(held, dict)
        case "list":
            return isinstance(held, list)
        case "enum":
            return held in kind.choices
        case "shape":
            return not isinstance(held, (bool, int, float)) and held != ""
        case _ if kind.kind in TEXTS or kind.kind == "phone":
            return isinstance(held, str) and _matches(held, kind.kind)
    return True


def _matches(text: str, kind: str) -> bool:
    match kind:
        case "id":
            return text != ""
        case "timezone":
            return text in _zones() or not _zones()
    pattern = PATTERNS.get(kind)
    return pattern is None or pattern.fullmatch(text) is not None


@cache
def _zones() -> frozenset[str]:
    """The IANA names; empty on a machine without them."""
    return frozenset(zoneinfo.available_timezones())
