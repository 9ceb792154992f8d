"""The path that a person most probably meant who began one with an unknown word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.expressions.scope import FIELDS, OBJECTS, near_field
from generator.model import Path

if TYPE_CHECKING:
    from generator.expressions.scope import Scope

Keys = tuple[str | int, ...]

ALIKE = {
    **dict.fromkeys(("data", "params", "payload", "prop", "property", "props"), "properties"),
    **dict.fromkeys(("customer", "person", "profile", "trait", "user"), "traits"),
    "ctx": "context",
}
"""What other tools and languages call the objects of a Segment call."""

FOLDED = {field.casefold(): field for field in FIELDS}


def meant(keys: Keys, scope: Scope) -> str:
    """The path without its `$`: `properties.plan` for `plan`, `userId` for `user.id`."""
    first, *rest = map(str, keys)
    if rest and (field := FOLDED.get(f"{first}{rest[0]}".casefold())) is not None:
        return written((field, *keys[2:]))
    if rest and (root := ALIKE.get(first.casefold())) is not None:
        roots = (root,) if scope.carries(root) else ("context", root)
        return written((*roots, *keys[1:]))
    near = near_field(first)
    if near is not None and (not rest or near in OBJECTS):
        return written((near, *keys[1:]))
    return scope.example(written(keys))


def written(keys: Keys) -> str:
    """Keys as a path is written."""
    return Path("event", keys).text.removeprefix("$.")
