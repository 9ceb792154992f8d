"""Segment Protocols as CSV, as its user interface downloads it: one row a property.

https://segment.com/docs/protocols/tracking-plan/create/ names the columns; how they are called
has changed, so they are known by what they mean.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.plans.plan import ITEM, ROOTS, BadPlan, Event, Property, merged, planned
from generator.plans.protocols import CALLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.plans.plan import Keys

NAME = "Segment Protocols CSV"
SECTIONS = ("track", "page", "screen", "identify", "group", "alias")
HEADS = {
    "event": ("event name", "event", "event key", "rule name", "key"),
    "section": ("event type", "rule type", "call type", "call"),
    "property": ("property name", "property", "property key", "trait name", "trait"),
    "type": ("property data type", "data type", "property type", "trait type"),
    "status": ("property status", "status", "property required", "required", "is required"),
    "choices": (
        "permitted values",
        "allowed property values",
        "property permitted values",
        "regex",
    ),
    "enum": ("enum values", "enum"),
    "gone": ("deprecated", "event deprecated", "deprecated at"),
    "name": ("name",),
}
"""How a column may be called; `name` holds events and properties, told apart by the type."""
TYPES = {"date time": "string", "datetime": "string", "date": "string", "list": "array"}
WORDS = re.compile(r"[\w -]+(\|[\w -]+)*")
"""Permitted values that are plain words, and not any regular expression."""


@dataclass(slots=True)
class _Call:
    """A call whose rows are being read."""

    section: str
    name: str
    line: int
    deprecated: bool = False
    properties: list[Property] = field(default_factory=list)


def read(text: str) -> tuple[Event, ...] | None:
    """The calls of a plan; None where the first line is not that of such a file."""
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = _columns(next(rows, []))
        if columns is None:
            return None
        calls = list(_calls(rows, columns))
    except csv.Error as problem:
        raise BadPlan(f"line {rows.line_num}: {problem}") from None
    return merged(
        Event(
            call.section,
            call.name,
            planned(call.properties),
            call.deprecated,
            line=call.line,
            calls=CALLS.get(call.name, "") if call.section == "track" else "",
        )
        for call in calls
    )


def _columns(head: list[str]) -> dict[str, int] | None:
    """The places of the columns by what they mean; None where events or properties have none."""
    words = [re.sub(r"[\s_]+", " ", cell).strip(" \ufeff").casefold() for cell in head]
    found = {
        meaning: words.index(name)
        for meaning, names in HEADS.items()
        for name in [next((name for name in names if name in words), None)]
        if name is not None
    }
    if "event" in found or ("name" in found and "type" in found):
        return found
    return None


def _calls(rows: Iterator[list[str]], columns: dict[str, int]) -> Iterator[_Call]:
    """The calls of a file: a row that names a call begins it, or says more of it."""
    call: _Call | None = None
    before = 1
    for row in rows:
        line, before = before + 1, _line(rows, before)
        cells = {
            meaning: row[place].strip() if place < len(row) else ""
            for meaning, place in columns.items()
        }
        cells.setdefault("event", "" if cells.get("type") else cells.get("name", ""))
        cells.setdefault("property", cells.get("name", "") if cells.get("type") else "")
        named = _begun(cells, line)
        if named and (call is None or (call.section, call.name) != (named.section, named.name)):
            if call is not None:
                yield call
            call = named
        if call is not None and cells["property"]:
            call.properties.append(_property(cells, call))
    if call is not None:
        yield call


def _line(rows: Iterator[list[str]], default: int) -> int:
    return int(getattr(rows, "line_num", default))


def _begun(cells: dict[str, str], line: int) -> _Call | None:
    """The call that a row names: by an event's name, or by the type of a call without one."""
    section = cells.get("section", "").casefold() or "track"
    name = cells["event"]
    if section not in SECTIONS or not (name or cells.get("section")):
        return None
    gone = cells.get("gone", "").casefold() not in {"", "false", "no", "0"}
    return _Call(section, name if section not in {*ROOTS, "alias"} else "", line, gone)


def _property(cells: dict[str, str], call: _Call) -> Property:
    """The property of a row; `a.b` is `b` in a planned object `a`, `a[].b` in a list."""
    root = ROOTS.get(call.section, "properties")
    kind = cells.get("type", "").casefold()
    types = {TYPES.get(word, word) for word in re.split(r"\s*[,|/]\s*", kind) if word}
    return Property(
        _keys(cells["property"], root, {entry.keys for entry in call.properties}),
        frozenset(types - {"any"}),
        cells.get("status", "").casefold() in {"required", "true", "yes", "1"},
        _choices(cells) if types == {"string"} else (),
    )


def _choices(cells: dict[str, str]) -> tuple[str, ...]:
    """The only values of a text: a list of them, or words between bars."""
    if listed := cells.get("enum", ""):
        return tuple(word for part in re.split(r"[,|]", listed) if (word := part.strip(" \"'[]")))
    allowed = cells.get("choices", "")
    return tuple(allowed.split("|")) if WORDS.fullmatch(allowed) else ()


def _keys(name: str, root: str, known: set[Keys]) -> Keys:
    """Where a property is. A name may hold dots itself, so an object must be planned first."""
    steps = re.split(r"\.", re.sub(r"\[\]|\.\$(?=\.|$)|\[\d+\]", ".[]", name))
    keys: Keys = (root, *(ITEM if step == "[]" else step for step in steps))
    above = keys[:-1]
    while above and above[-1] == ITEM:
        above = above[:-1]
    return keys if len(steps) > 1 and above in known else (root, name)
