"""Which kind of plan a file is, seen from what is in it."""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from generator import source
from generator.json_advice import why
from generator.plans import (
    avo,
    events,
    names,
    protocols,
    protocols_csv,
    rudderstack,
    schema_folder,
)
from generator.plans.plan import BadPlan, Event, Plan, merged
from generator.project import shown

if TYPE_CHECKING:
    from pathlib import Path

GZIP = b"\x1f\x8b"
YAML = rudderstack.SUFFIXES
TABLES = (".csv", ".tsv")
_NAMES = re.compile(r'"(?:key|name)"\s*:\s*("(?:[^"\\]|\\.)*")|^\s*("(?:[^"\\]|\\.)*"),?$')


def read(path: Path) -> Plan:
    """Read a plan from a file or a folder; raises `BadPlan` where it is none."""
    if path.is_dir():
        return _folder(path)
    if path.suffix.lower() in YAML:
        return _yaml(path)
    found = read_bytes(path.read_bytes(), shown(path), path.stem)
    if found.format == names.NAME and path.suffix.lower() in TABLES:
        raise BadPlan('its first line names no column of events, such as "Event Name"')
    return found


def read_bytes(raw: bytes, path: str, stem: str = "") -> Plan:
    """Read a plan that is one file; `path` is how it is shown."""
    try:
        text = (gzip.decompress(raw) if raw[:2] == GZIP else raw).decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadPlan(f"it is no text in UTF-8: {problem}") from None
    except (OSError, EOFError, zlib.error) as problem:
        raise BadPlan(f"it is no gzip: {problem}") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.lstrip()[:1] in {"{", "["}:
        found = _json(text, path, stem)
    elif (calls := protocols_csv.read(text)) is not None:
        found = Plan(path, protocols_csv.NAME, calls)
    else:
        found = Plan(path, names.NAME, names.read_text(text))
    return _placed(found)


def _json(text: str, path: str, stem: str) -> Plan:
    """Read JSON or NDJSON."""
    try:
        data: Any = json.loads(text)
    except RecursionError as problem:
        raise BadPlan(why(problem)) from None
    except ValueError as problem:
        if "\n{" not in text.strip():
            raise BadPlan(f"it is no JSON: {why(problem)}") from None
        data = None
    for kind in (protocols, avo, names):
        calls = kind.read(data)
        if calls is not None:
            return Plan(path, kind.NAME, _with_lines(calls, text))
    if schema_folder.is_schema(data):
        return Plan(path, schema_folder.NAME, (schema_folder.of_data(data, stem, path),))
    seen = events.read(io.BytesIO(text.encode()))
    return Plan(path, events.NAME, seen, sampled=True)


def _with_lines(calls: tuple[Event, ...], text: str) -> tuple[Event, ...]:
    """The calls with the line on which each name stands; JSON itself gives no places."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        for found in _NAMES.finditer(line):
            lines.setdefault(found[1] or found[2], number)
    return tuple(
        replace(call, line=lines.get(json.dumps(call.name), 0) or lines.get(_plain(call.name), 0))
        for call in calls
    )


def _plain(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _yaml(path: Path) -> Plan:
    """Read one of RudderStack's files with the others of its folder, or a list of names."""
    document = rudderstack.parse(path.read_bytes(), shown(path))
    data = source.to_data(document.root)
    listed = names.read(data)
    if listed is not None:
        return _placed(Plan(document.path, names.NAME, listed))
    if not rudderstack.is_plan(data):
        raise BadPlan("it is neither one of RudderStack's files nor a list of names")
    others = [other for other in rudderstack.project(path.parent, path) if other != path]
    documents = [document, *_readable(others)]
    return _placed(Plan(document.path, rudderstack.NAME, rudderstack.read(documents, document)))


def _readable(paths: list[Path]) -> list[source.Document]:
    """The files that are RudderStack's; what else lies in the folder is not our business."""
    found = []
    for path in paths:
        raw = path.read_bytes()
        if b"kind" in raw and b"spec" in raw:
            found.append(rudderstack.parse(raw, shown(path)))
    return [entry for entry in found if rudderstack.is_plan(source.to_data(entry.root))]


def _folder(folder: Path) -> Plan:
    """Read a folder of JSON Schemas, or of RudderStack's files."""
    documents = _readable(rudderstack.project(folder, None))
    if documents:
        return Plan(shown(folder), rudderstack.NAME, rudderstack.read(documents, None))
    calls = [schema_folder.read(path, shown(path)) for path in schema_folder.files(folder)]
    found = merged(call for call in calls if call is not None)
    if not found:
        raise BadPlan("the folder holds neither JSON Schemas nor RudderStack's files")
    return Plan(shown(folder), schema_folder.NAME, found)


def _placed(plan: Plan) -> Plan:
    """The plan with its path at each call; raises `BadPlan` where it plans nothing."""
    if not plan.events:
        raise BadPlan("it plans no event")
    return replace(
        plan, events=tuple(replace(call, path=call.path or plan.path) for call in plan.events)
    )
