"""Segment Protocols as JSON: what the Public API gives, and what the Config API gave.

https://docs.segmentapis.com/tag/Tracking-Plans
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from generator.plans.json_schema import of_call
from generator.plans.plan import ROOTS, BadPlan, Event, as_map, merged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.plans.plan import Keys, Property

NAME = "Segment Protocols"
SECTIONS = ("track", "identify", "group", "page", "screen", "alias")
NEVER = "0001-01-01"
"""How the Public API writes the date of what has not happened."""
CALLS = {"Page Viewed": "page", "Screen Viewed": "screen"}
"""Events as which Protocols plans page and screen calls: https://segment.com/docs/protocols/faq/"""


def read(data: Any) -> tuple[Event, ...] | None:  # noqa: ANN401 - JSON
    """The calls of a plan; None where the data is none of this kind."""
    rules = _rules(data)
    if rules is None:
        return None
    told = list(_public(rules) if isinstance(rules, list) else _config(rules))
    common = [event for event in told if event.section == "common"]
    return merged(_with_common(event, common) for event in told if event.section != "common")


def _rules(data: Any) -> Any:  # noqa: ANN401
    """The rules, bare or inside what an endpoint answers, once or in a list of all its pages."""
    if isinstance(data, list) and data and all(map(_is_rule, data)):
        return data
    answers = [_answer(page) for page in (data if isinstance(data, list) else [data])]
    found: list[Any] = [answer.get("rules") for answer in answers]
    if found and all(isinstance(rules, list) and all(map(_is_rule, rules)) for rules in found):
        _complete([as_map(answer.get("pagination")) for answer in answers])
        return [rule for rules in found for rule in rules]
    config = as_map(found[0]) if len(found) == 1 else {}
    return config if isinstance(config.get("events"), list) else None


def _answer(data: Any) -> dict[str, Any]:  # noqa: ANN401
    """A plan, without what an endpoint puts around it."""
    told = as_map(data)
    for name in ("data", "trackingPlan", "tracking_plan"):
        told = as_map(told.get(name)) or told
    return told


def _complete(pages: list[dict[str, Any]]) -> None:
    """Raise `BadPlan` where a page names a next one that is not there."""
    known = {str(page.get("current")) for page in pages}
    if any(page.get("next") and str(page["next"]) not in known for page in pages):
        raise BadPlan("more pages follow: put what the API answers for each into one JSON list")


def _is_rule(rule: object) -> bool:
    return isinstance(rule, dict) and "type" in rule and bool({"key", "jsonSchema"} & rule.keys())


def _public(rules: list[dict[str, Any]]) -> Iterator[Event]:
    """The rules of the Public API: a type, a key, a schema."""
    for rule in rules:
        section = str(rule["type"]).lower()
        if section in SECTIONS or section == "common":
            gone = rule.get("deprecatedAt")
            yield _event(section, rule.get("key"), rule.get("jsonSchema"), gone=gone)


def _config(rules: dict[str, Any]) -> Iterator[Event]:
    """The rules of the Config API: events by name, and one schema for other calls."""
    for rule in rules["events"]:
        if isinstance(rule, dict):
            yield _event("track", rule.get("name"), rule.get("rules"))
    for name, section in (("global", "common"), ("identify", "identify"), ("group", "group")):
        schema = rules.get(name)
        if isinstance(schema, dict) and schema:
            yield _event(section, None, schema)


def _event(section: str, name: object, schema: object, gone: object = None) -> Event:
    root = ROOTS.get(section, "properties")
    deprecated = isinstance(gone, str) and gone != "" and not gone.startswith(NEVER)
    text = name if isinstance(name, str) and section in ("track", "page", "screen") else ""
    calls = CALLS.get(text, "") if section == "track" else ""
    return Event(section, text, of_call(schema, root), deprecated, calls=calls)


def _with_common(event: Event, common: list[Event]) -> Event:
    """A call with what the plan's common schema adds to every call."""
    own = ROOTS.get(event.section, "properties")
    added: dict[Keys, Property] = {
        keys: entry
        for other in common
        for keys, entry in (other.properties or {}).items()
        if keys[0] in {own, "context"}
    }
    if not added:
        return event
    return replace(event, properties={**added, **(event.properties or {})})
