"""A folder of JSON Schemas, one file an event."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.json_advice import why
from generator.plans.json_schema import of_call
from generator.plans.plan import NAMED, ROOTS, BadPlan, Event, as_list, as_map

if TYPE_CHECKING:
    from pathlib import Path

NAME = "JSON Schemas"
SECTIONS = ("track", "page", "screen", "identify", "group", "alias", "delete")


def is_schema(data: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether the data is that of a JSON Schema."""
    return isinstance(data, dict) and ("$schema" in data or data.get("type") == "object")


def files(folder: Path) -> list[Path]:
    """The JSON files of a folder at any depth; hidden ones are left out."""
    return sorted(
        path
        for path in folder.rglob("*.json")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def read(path: Path, shown: str) -> Event | None:
    """The call of one file; None where it is no schema."""
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise BadPlan(f"{shown} is no JSON: {why(problem)}") from None
    return of_data(data, path.stem, shown) if is_schema(data) else None


def of_data(data: dict[str, Any], stem: str, shown: str) -> Event:
    """The call of a schema.

    It is named by `x-event`, by the only value of its member `event` (`name` for page and
    screen), by `title`, or by the file; its type is that of `x-type` or of its member `type`.
    """
    section = str(data.get("x-type") or _only(data, "type") or "track").casefold()
    if section not in SECTIONS:
        section = "track"
    own = _only(data, "event" if section == "track" else "name")
    name = data.get("x-event") or own or data.get("title") or stem
    gone = data.get("deprecated") is True or data.get("x-deprecated") is True
    properties = of_call(data, ROOTS.get(section, "properties"))
    return Event(section, str(name) if section in NAMED else "", properties, gone, shown, 1)


def _only(data: dict[str, Any], member: str) -> str | None:
    """The one text that a schema allows for a member."""
    told = as_map(data.get("properties")).get(member)
    if not isinstance(told, dict):
        return None
    choices = as_list(told.get("enum", [told.get("const")]))
    return choices[0] if len(choices) == 1 and isinstance(choices[0], str) else None
