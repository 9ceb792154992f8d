"""What a subscription of Actions becomes at a provider: the action, and the fields by name.

Of an action of another destination nobody knows what it is at this provider. So: who identifies
keeps a profile, who tracks triggers a message; a key goes into the field that is called the
same, all others together into the field for data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.imports.sugar import escaped, sugared

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.model import Json
    from generator.providers import Action, Provider
    from generator.types import FieldSpec
    from generator.yaml_text import Written

PEOPLE = frozenset(
    "to recipient recipients id userid userids externalid externaluserid distinctid subscriberid "  # noqa: SIM905
    "profileid recipientid customerid contactid uid".split()
)
"""What destinations call the person that a call is about, in small letters."""

FRAMEWORK = re.compile(
    r"enable_?batching|batch_(size|keys|bytes)|__segment_internal_\w+", re.IGNORECASE
)
"""Fields of Segment's framework; no destination sends them."""

ROOT = "__segment_internal_directive"
DATA = ("payload", "data", "properties", "profile", "body")
WEBHOOK = {"url", "method", "headers", "data"}
"""The fields of the action `send` of Segment's Webhook (Actions)."""


@dataclass(frozen=True, slots=True)
class Target:
    """An action with its fields; `homeless` found no field, `left_out` are Segment's own."""

    action: str
    fields: dict[str, Written]
    homeless: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def target(
    provider: Provider, section: str, mapping: dict[str, Json], name: str, *, verbatim: bool
) -> Target:
    """The action of a section with the values of a mapping; `name` stands for its main field."""
    as_ours: Callable[[Json], Json] = _kept if verbatim else sugared
    dropped = tuple(key for key in mapping if FRAMEWORK.fullmatch(key) and key != ROOT)
    told = {key: value for key, value in mapping.items() if key not in dropped}
    if provider.name == "http" and is_webhook(told):
        return _request(told, as_ours, dropped)
    action = _action(provider, section)
    bag = _bag(action, section)
    named = {} if ROOT in told else _by_field(action, told)
    if bag is not None and len(named) < len(told):
        named.pop(bag.name, None)  # it goes in beside the others, under its own name
    taken = set(named.values())
    rest = {key: value for key, value in told.items() if key not in taken}
    fields = {name_: as_ours(told[key]) for name_, key in named.items()}
    made: dict[str, Written] = dict(fields)
    if bag is not None and rest:
        rooted = _rooted(rest)
        inside = {escaped(key): as_ours(value) for key, value in rest.items()}
        made[bag.name] = inside if rooted is None else as_ours(rooted)
    _fill(action, section, made, name)
    lost = () if bag is not None else tuple(rest)
    return Target(action.name, _ordered(action, made), lost, dropped)


def _by_field(action: Action, told: dict[str, Json]) -> dict[str, str]:
    """The key for each field that one names."""
    found: dict[str, str] = {}
    for key in told:
        spec = _field(action, key)
        if spec is not None and not spec.literal:
            found.setdefault(spec.name, key)
    return found


def is_webhook(mapping: dict[str, Json]) -> bool:
    """Whether a mapping is one of Segment's Webhook (Actions)."""
    known = all(key in WEBHOOK or FRAMEWORK.fullmatch(key) for key in mapping)
    return known and {"url", "data"} <= mapping.keys()


def _kept(raw: Json) -> Json:
    """A value with all its directives as they are."""
    if isinstance(raw, dict) and any(key.startswith("@") for key in raw):
        return raw
    return {"@literal": raw} if isinstance(raw, (dict, list)) and raw else sugared(raw)


def _request(
    told: dict[str, Json], as_ours: Callable[[Json], Json], dropped: tuple[str, ...]
) -> Target:
    """A request of Segment's Webhook, field by field."""
    fields: dict[str, Written] = {"url": as_ours(told["url"])}
    if told.get("method") not in (None, "POST"):
        fields["method"] = as_ours(told["method"])
    if told.get("headers"):
        fields["headers"] = as_ours(told["headers"])
    fields["body"] = as_ours(told["data"])
    return Target("request", fields, (), dropped)


def _rooted(rest: dict[str, Json]) -> Json:
    """The directive at the root of a mapping with all else inside it; None without one."""
    root = rest.get(ROOT)
    if not isinstance(root, dict) or len(root) != 1:
        return None
    ((name, options),) = root.items()
    inner: Json = {key: value for key, value in rest.items() if key != ROOT}
    return {name: {**options, "mapping": inner}} if isinstance(options, dict) else None


def _action(provider: Provider, section: str) -> Action:
    """The action that a section's calls most likely mean."""
    actions = provider.actions
    first = next(
        (action for action in actions if action.name == provider.default_action), actions[0]
    )
    match section:
        case "identify":
            return next((action for action in actions if action.profile), first)
        case "group":
            return next(
                (action for action in actions if _main_default(action) == "$.groupId"), first
            )
        case "alias":
            return next((action for action in actions if action.name.startswith("merge")), first)
        case "delete":
            return next((action for action in actions if action.name.startswith("delete")), first)
    return first


def _main_default(action: Action) -> Json:
    spec = action.field(action.main) if action.main else None
    found = spec.default("group") if spec is not None else None
    return found[0] if found else None


def _field(action: Action, key: str) -> FieldSpec | None:
    """The field that a key names, in whatever spelling; a person is whoever is meant by default."""
    folded = _folded(key)
    same = next((spec for spec in action.fields if _folded(spec.name) == folded), None)
    if same is None and folded in PEOPLE:
        return next((spec for spec in action.fields if spec.default("*") == ("$.userId",)), None)
    return same


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _bag(action: Action, section: str) -> FieldSpec | None:
    """The field for data of any kind."""
    open_ = [
        spec
        for spec in action.fields
        if spec.type.kind in {"object", "any"} and not spec.type.members
    ]
    whole = [spec for spec in open_ if spec.default(section) is not None]
    named = [spec for name in DATA for spec in open_ if spec.name == name]
    return next(iter((*(spec for spec in named if spec in whole), *named, *whole)), None)


def _fill(action: Action, section: str, fields: dict[str, Written], name: str) -> None:
    """Leave out what is the default anyway; name what must be named."""
    for spec in action.fields:
        default = spec.default(section)
        if default is not None and spec.name in fields and fields[spec.name] == default[0]:
            del fields[spec.name]
        elif spec.required and default is None and not spec.instead_of:
            fields.setdefault(spec.name, spec.example if spec.fixed_host else name)


def _ordered(action: Action, fields: dict[str, Written]) -> dict[str, Written]:
    """The fields in the provider's order."""
    order = [spec.name for spec in action.fields]
    return dict(sorted(fields.items(), key=lambda entry: order.index(entry[0])))
