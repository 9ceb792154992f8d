"""Properties out of a JSON Schema, as all kinds of plans write them (draft-04 to 2020-12)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from generator.plans.plan import ITEM, Property, planned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.plans.plan import Keys

DEEPEST = 24
CALL = frozenset(
    "anonymousId channel context event groupId integrations messageId name originalTimestamp "  # noqa: SIM905 - a table of words
    "previousId properties receivedAt sentAt timestamp traits type userId version".split()
)
"""The fields of a whole call; a schema of nothing else describes one."""
OWN = frozenset({"context", "properties", "traits"})


def of_call(schema: Any, root: str) -> dict[Keys, Property] | None:  # noqa: ANN401 - JSON
    """The properties that a schema plans for a call, by their place in it.

    The schema is that of the whole call, or of its `properties` or `traits`, which `root`
    then names. None where it says nothing of them.
    """
    if not isinstance(schema, dict):
        return None
    members = schema.get("properties")
    reader = _Reader(schema)
    if isinstance(members, dict) and _is_call(members):
        told = [(name, members[name]) for name in sorted(OWN & members.keys())]
        found = [entry for name, part in told for entry in reader.below(part, (name,), need=True)]
        spoken = any("properties" in reader.target(part) for _, part in told)
        return planned(found) if spoken else None
    if not ({"properties", "allOf", "anyOf", "oneOf", "$ref"} & schema.keys()):
        return None
    return planned(reader.below(schema, (root,), need=True))


def _is_call(members: dict[str, Any]) -> bool:
    """Whether the members of a schema are the fields of a whole call."""
    parts = [members[name] for name in OWN & members.keys()]
    return bool(parts) and members.keys() <= CALL and any(map(_is_map, parts))


def _is_map(part: object) -> bool:
    return isinstance(part, dict) and (part.get("type") == "object" or "properties" in part)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Walks a schema; `root` is what a `$ref` starts at."""

    root: dict[str, Any]

    def below(
        self,
        schema: object,
        keys: Keys,
        *,
        need: bool,
        within: tuple[object, ...] = (),
    ) -> Iterator[Property]:
        """The members of an object and the items of a list, and all below them.

        `need` says that the object itself is always there. A schema `within` itself is open there.
        """
        schema = self.target(schema)
        if len(within) > DEEPEST or any(schema is above for above in within):
            return
        within = (*within, schema)
        for part in _list(schema.get("allOf")):
            yield from self.below(part, keys, need=need, within=within)
        for word in ("anyOf", "oneOf"):
            for part in _list(schema.get(word)):
                yield from self.below(part, keys, need=False, within=within)
        required = _list(schema.get("required"))
        members = schema.get("properties")
        for name, part in members.items() if isinstance(members, dict) else ():
            told = need and (name in required or _says_required(part))
            yield from self.value(part, (*keys, name), required=told, within=within)
        items = schema.get("items")
        for part in items if isinstance(items, list) else [items]:
            if isinstance(part, dict):
                yield from self.value(part, (*keys, ITEM), required=False, within=within)

    def value(
        self,
        schema: object,
        keys: Keys,
        *,
        required: bool,
        within: tuple[object, ...],
    ) -> Iterator[Property]:
        """A planned value and all below it."""
        schema = self.target(schema)
        yield replace(self.itself(schema, keys), required=required)
        yield from self.below(schema, keys, need=required, within=within)

    def itself(self, schema: dict[str, Any], keys: Keys) -> Property:
        """The types and choices of a value; what is one of several is any of them."""
        choices = _list(schema.get("enum")) or ([schema["const"]] if "const" in schema else [])
        types = frozenset(map(str, _list(schema.get("type"))))
        for word in ("anyOf", "oneOf"):
            parts = [self.target(part) for part in _list(schema.get(word))]
            if parts and not types and all("type" in part for part in parts):
                types = frozenset(str(kind) for part in parts for kind in _list(part["type"]))
        return Property(keys, types - {"any"}, choices=tuple(choices))

    def target(self, schema: object) -> dict[str, Any]:
        """A schema, or what its local `$ref` names."""
        for _ in range(DEEPEST):
            if not isinstance(schema, dict):
                break
            ref = schema.get("$ref")
            if not isinstance(ref, str) or not ref.startswith("#"):
                return schema
            schema = self.root
            for step in ref[1:].split("/")[1:]:
                name = step.replace("~1", "/").replace("~0", "~")
                schema = schema.get(name) if isinstance(schema, dict) else None
        return {}


def _says_required(part: object) -> bool:
    """`required: true` in the member itself, as draft-03 wrote it."""
    return isinstance(part, dict) and part.get("required") is True


def _list(value: Any) -> list[Any]:  # noqa: ANN401
    if value is None or isinstance(value, bool):
        return []
    return value if isinstance(value, list) else [value]
