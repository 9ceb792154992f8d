"""The schemas as an editor with the YAML language server likes them.

They accept the same files. What is added shows in the editor: our advice in place of the server's
messages, and kinds, by which it completes a key with its colon and the next line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator import schema
from generator.model import NAMED_SECTIONS, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.providers import Provider


def mapping(providers: Sequence[Provider]) -> dict[str, Any]:
    """The published schema of a mapping for these providers."""
    made: dict[str, Any] = _told(schema.mapping_schema(providers))
    made["properties"]["provider"]["enumDescriptions"] = [each.summary for each in providers]
    for provider in providers:
        _share(provider, made["definitions"])
    sections = {name: _section(name, made["properties"][name]) for name in SECTIONS}
    made["properties"].update(sections)
    for chosen in made["allOf"]:
        own = chosen["then"]["properties"]
        own.update({name: {**own[name], **sections[name]} for name in SECTIONS})
    return made


def other(name: str) -> dict[str, Any]:
    """The published schema of another kind of file: fixtures, provider or diff."""
    made: dict[str, Any] = _told(schema.base(name))
    return made


def _share(provider: Provider, parts: dict[str, Any]) -> None:
    """Say each action once, for routes with and without a name: a third less to read."""
    plain = parts[f"{provider.name}-route"]["properties"]
    event = parts[f"{provider.name}-event"]["then"]["properties"]
    for action in provider.actions:
        name = f"{provider.name}-action-{action.name}"
        parts[name] = plain[action.name]
        plain[action.name] = event[action.name] = {"$ref": f"#/definitions/{name}"}


def _section(name: str, plain: dict[str, Any]) -> dict[str, Any]:
    """A section with its kind, where the mapping and where a provider speaks of it."""
    if name in NAMED_SECTIONS:
        return {**plain, "type": "object", "errorMessage": "Write names and their routes"}
    told = "Write a route or a list of routes"
    return {**plain, "type": ["object", "array"], "errorMessage": told}


def _told(part: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """A part of a schema with our advice as its message, but where keys are refused by name."""
    if isinstance(part, list):
        return [_told(each) for each in part]
    if not isinstance(part, dict):
        return part
    # A condition complains to nobody.
    told = {key: value if key == "if" else _told(value) for key, value in part.items()}
    told.pop("x-help", None)
    told.pop("x-keys", None)
    advice, pattern = part.get("x-help"), part.get("pattern")
    if advice is None and isinstance(pattern, str):
        advice = f"write {schema.shape_of(pattern)}"
    if isinstance(advice, str) and part.get("additionalProperties") is not False:
        told["errorMessage"] = advice[:1].upper() + advice[1:]
    return told
