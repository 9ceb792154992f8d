"""Avo's export of a tracking plan.

https://www.avo.app/docs/reference/public-api/export-tracking-plan
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.plans.json_schema import of_call
from generator.plans.plan import Event, as_list, merged

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "Avo"


def read(data: Any) -> tuple[Event, ...] | None:  # noqa: ANN401 - JSON
    """The calls of a plan; None where the data is none of this kind."""
    events = data.get("events") if isinstance(data, dict) else None
    if not isinstance(events, list) or not all(map(_is_event, events)):
        return None
    return merged(event for told in events for event in _calls(told))


def _is_event(told: object) -> bool:
    return isinstance(told, dict) and isinstance(told.get("name"), str) and "rules" in told


def _calls(told: dict[str, Any]) -> Iterator[Event]:
    """The calls that an event makes: a page view need not be logged as an event too."""
    actions = as_list(told.get("actions"))
    schema = _sent(told["rules"])
    name = _mapped(told) or told["name"]
    if "skipLogEvent" not in actions:
        yield Event("track", name, of_call(schema, "properties"))
    if "page" in actions:
        yield Event("page", name, of_call(schema, "properties"))


def _sent(rules: Any) -> Any:  # noqa: ANN401
    """The schema with the names that properties are sent under."""
    inner = rules.get("properties", {}) if isinstance(rules, dict) else {}
    schema = inner.get("properties") if isinstance(inner, dict) else None
    if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict):
        return rules
    names = {name: _mapped(part) or name for name, part in schema["properties"].items()}
    return {
        **schema,
        "properties": {names[name]: part for name, part in schema["properties"].items()},
        "required": [names.get(name, name) for name in map(str, as_list(schema.get("required")))],
    }


def _mapped(told: Any) -> str | None:  # noqa: ANN401
    """The name for every destination, where it is not the name in the plan."""
    places = [told, told.get("rules")] if isinstance(told, dict) else []
    for place in places:
        mapping = place.get("nameMapping") if isinstance(place, dict) else None
        for entry in mapping if isinstance(mapping, list) else ():
            if isinstance(entry, dict) and entry.get("destinationId") == "all":
                return str(entry.get("name"))
    return None
