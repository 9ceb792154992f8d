"""The subscriptions of an Actions destination, in whichever export of Segment they stand.

A subscription is a map with a trigger and a mapping. The Public API calls them `trigger` and
`settings` (`GET /destinations/{id}/subscriptions`, whole or page by page), Segment's code
and the settings of a source `subscribe` and `mapping`; Terraform keeps `settings` as a text of
JSON. Where they stand in an export does not matter: alone, in a list, below `data`,
`subscriptions`, `presets`, `remotePlugins`, ...
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Json

NAMES = {
    "trigger": ("trigger", "subscribe"),
    "mapping": ("mapping", "settings"),
    "action": ("actionSlug", "partnerAction", "action_slug", "actionId", "action_id"),
    "model": ("modelId", "model_id"),
}
"""What the parts of a subscription are called."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subscription; `trigger` and `name` may know their place in the file.

    `mapping` is None where its text is no JSON.
    """

    name: str
    action: str
    trigger: str
    mapping: dict[str, Json] | None
    enabled: bool = True
    model: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """An Actions destination: its slug if it is told, whether it signs, its subscriptions."""

    slug: str
    signs: bool
    subscriptions: tuple[Subscription, ...]


def destination(data: Any) -> Destination:  # noqa: ANN401 - any JSON
    """The destination of an export; without subscriptions where there are none in it."""
    maps = list(_maps(data))
    slugs = [
        told["slug"]
        for found in maps
        for told in (found.get("metadata"), found)
        if isinstance(told, dict) and isinstance(told.get("slug"), str) and told["slug"]
    ]
    return Destination(
        slug=slugs[0] if slugs else "",
        signs=any(found.get("sharedSecret") for found in maps),
        subscriptions=tuple(
            _subscription(found, number)
            for number, found in enumerate(filter(_is_subscription, maps), 1)
        ),
    )


def _maps(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Every map in the data, but none inside a mapping; a text that holds JSON is looked into."""
    if isinstance(data, list):
        for item in data:
            yield from _maps(item)
    elif isinstance(data, dict):
        yield data
        if not _is_subscription(data):
            for key, member in data.items():
                yield from _maps(_decoded(member) if key in {"subscriptions", "values"} else member)


def _is_subscription(found: dict[str, Any]) -> bool:
    if not isinstance(_part(found, "trigger"), str):
        return False
    return isinstance(_mapping(found), dict) or _text(_part(found, "mapping"))[:1] == "{"


def _subscription(found: dict[str, Any], number: int) -> Subscription:
    action, model, mapping = _part(found, "action"), _part(found, "model"), _mapping(found)
    return Subscription(
        name=_text(found.get("name")) or _text(action) or f"subscription {number}",
        action=_text(action),
        trigger=_part(found, "trigger"),
        mapping=mapping if isinstance(mapping, dict) else None,
        enabled=found.get("enabled") is not False,
        model=_text(model),
    )


def _mapping(found: dict[str, Any]) -> Any:  # noqa: ANN401
    return _decoded(_part(found, "mapping"))


def _part(found: dict[str, Any], part: str) -> Any:  # noqa: ANN401
    return next((found[name] for name in NAMES[part] if found.get(name) is not None), None)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _decoded(value: Any) -> Any:  # noqa: ANN401
    """What a text of JSON holds; else the value itself."""
    if not isinstance(value, str) or value[:1] not in {"[", "{"}:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
