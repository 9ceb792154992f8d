"""The shape of a file, judged by its JSON Schema and told in our own words.

The schemas are draft-07, because editors read that; the one for mappings is made from
`schemas/mapping.json` and the providers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Span, did_you_mean, error, nearest
from generator.types import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jsonschema.exceptions import ValidationError

    from generator.borrowed import Borrowed, Lender
    from generator.diagnostics import Report
    from generator.model import Json
    from generator.providers import Action, Provider
    from generator.source import Document
    from generator.types import FieldSpec, Type

UNKNOWN_KEY = error(
    "S101",
    "unknown-key",
    """A key that this place does not have.

    Most often it is a slip of the pen, or the key stands one level too high or too low.

    ```yaml
    track:
      User Registered:
        worklow: welcome      # wrong
    ```

    ```yaml
    track:
      User Registered:
        workflow: welcome
    ```
    """,
)
MISSING_KEY = error(
    "S102",
    "missing-key",
    """A key without which the file means nothing is not there.

    A mapping needs `version` and `provider`, a fixture its `name`.

    ```yaml
    version: 1                # wrong: which provider?
    track:
      User Registered: welcome
    ```

    ```yaml
    version: 1
    provider: novu
    track:
      User Registered: welcome
    ```
    """,
)
WRONG_TYPE = error(
    "S103",
    "wrong-type",
    """A value of another kind than this place takes: a list for a map, a number for a text.

    ```yaml
    track:
      - User Registered       # wrong: track is a map from names to routes
    ```

    ```yaml
    track:
      User Registered: welcome
    ```
    """,
)
WRONG_VALUE = error(
    "S104",
    "wrong-value",
    """A value of the right kind that is not one of those that this place knows.

    ```yaml
    options:
      unmapped: refuse        # wrong: ignore or reject
    ```

    ```yaml
    options:
      unmapped: reject
    ```
    """,
)
EMPTY_VALUE = error(
    "S105",
    "empty-value",
    """Nothing stands after the colon, or a list or map is empty where one entry is needed.

    In YAML an empty value is null, which is hardly ever meant. To ignore an event on
    purpose write `[]`.

    ```yaml
    track:
      User Registered:        # wrong: nothing here
    ```

    ```yaml
    track:
      User Registered: []     # ignored on purpose
    ```
    """,
)


MOST_ADVISED = 100
"""Unknown keys of one map for which a near word is looked up; nobody mends more by hand."""


def check(
    document: Document, schema: dict[str, Any], report: Report, lender: Lender | None = None
) -> None:
    """Report every place where the document does not have the schema's shape.

    A `lender` knows the words of other providers.
    """
    from jsonschema import Draft7Validator  # noqa: PLC0415 - slow to import

    from generator.source import to_data  # noqa: PLC0415

    data = to_data(document.root)
    for found in Draft7Validator(schema).iter_errors(data):
        for problem in _problems(found):
            _tell(problem, document, report, lender)


@dataclass(frozen=True, slots=True)
class _Problem:
    """One error of the validator: `expected` is what its schema wants, `path` the place."""

    validator: str
    expected: Any
    instance: Any
    schema: dict[str, Any]
    path: list[str | int]
    message: str
    is_key: bool


def _problems(found: ValidationError) -> Iterator[_Problem]:
    """The error, or those below it that `if` collects."""
    for below in found.context or ():
        yield from _problems(below)
    if not found.context:
        yield _Problem(
            validator=str(found.validator),
            expected=found.validator_value,
            instance=found.instance,
            schema=found.schema if isinstance(found.schema, dict) else {},
            path=list(found.absolute_path),
            message=found.message,
            is_key="propertyNames" in found.absolute_schema_path,
        )


def _tell(found: _Problem, document: Document, report: Report, lender: Lender | None) -> None:
    """Report one error of the validator."""
    path = found.path
    match found.validator:
        case "additionalProperties":
            _tell_unknown(found, document, report, lender)
        case "pattern":
            _tell_key(found, document, path, report)
        case "required":
            _tell_missing(found, document, path, report)
        case "type":
            _tell_type(found, document, path, report)
        case "minItems" | "minProperties" | "minLength":
            message = f"{_named(path)} is empty"
            report.add(EMPTY_VALUE, _place(document, path), message, help=_advice(found))
        case "not":
            message = f"{_named(path)} is {_kind_of(found.instance)}"
            report.add(WRONG_TYPE, _place(document, path), message, help=_advice(found))
        case _:
            _tell_value(found, document, path, report)


def _tell_unknown(
    found: _Problem, document: Document, report: Report, lender: Lender | None
) -> None:
    """Report each key beside the known ones."""
    path = found.path
    known: dict[str, Any] = found.schema.get("properties", {})
    unknown = [key for key in document.keys_at(path) if key.text not in known]
    beside = [(name, known[name].get("then", {})) for name in found.instance if name in known]
    for number, key in enumerate(unknown):
        message = f'{_named(path)} has no "{key.text}"'
        borrowed = _borrowed(key.text, found, lender)
        if borrowed is not None:
            message = f"{message}, which is {borrowed.owner}"
            report.add(UNKNOWN_KEY, key.span, message, notes=[borrowed.note], help=borrowed.help)
            continue
        near = did_you_mean(key.text, known) if number < MOST_ADVISED else None
        help_ = near or _elsewhere(key.text, beside, list(known))
        report.add(UNKNOWN_KEY, key.span, message, help=help_)


def _borrowed(key: str, found: _Problem, lender: Lender | None) -> Borrowed | None:
    """Whose a key is, where the schema says that actions or options of a provider stand there."""
    match found.schema.get("x-keys"):
        case "actions" if lender is not None:
            return lender.action(key)
        case "options" if lender is not None:
            return lender.option(key)
        case _:
            return None


def _elsewhere(key: str, beside: list[tuple[str, dict[str, Any]]], known: list[str]) -> str:
    """Where a key belongs that is near no known one: often one level deeper."""
    for name, inner in beside:
        if key in inner.get("properties", {}):
            return f'move it into "{name}"'
    if not known:
        return "remove it"
    return f"use one of {_list(known)}" if len(known) > 1 else f'move it into "{known[0]}"'


def _tell_key(
    found: _Problem, document: Document, path: Sequence[str | int], report: Report
) -> None:
    """Report a key or a text that does not match a pattern."""
    if found.is_key:
        place = _key_place(document, [*path, str(found.instance)])
    else:
        place = _place(document, path)
    report.add(
        WRONG_VALUE,
        place,
        f'"{found.instance}" does not fit here',
        help=f"write {shape_of(str(found.expected))}",
    )


def _advice(found: _Problem) -> str:
    """What to do, as the schema itself says it; every place of ours that can fail says it."""
    return str(found.schema.get("x-help") or "write at least one entry")


PATTERNS = {
    "^[a-z0-9][a-z0-9-]*$": "lower-case letters, digits and hyphens",
    "^[a-z0-9-]+$": "lower-case letters, digits and hyphens",
    "^[a-z][a-z0-9-]*$": "lower-case letters, digits and hyphens, a letter first",
    "^[A-Za-z][A-Za-z0-9_]*$": "letters, digits and underscores, a letter first",
    "^[A-Z][A-Z0-9_]*$": "capital letters, digits and underscores, a letter first",
    "^[45][0-9][0-9]$": "a status from 400 to 599",
    "^[0-9]+(\\.[0-9]+)?(ms|s|m|h|d)$": "a number with ms, s, m, h or d, as 4s or 1.5h",
}


def shape_of(pattern: str) -> str:
    """A pattern in words."""
    return PATTERNS.get(pattern) or f"text like {pattern}"


def _tell_missing(
    found: _Problem, document: Document, path: Sequence[str | int], report: Report
) -> None:
    """Report the first required key that is missing; jsonschema gives one error each.

    A key that is there but misspelt is told of as unknown, and that once.
    """
    key = next(name for name in found.expected if f"'{name}' is" in found.message)
    known = found.schema.get("properties", {})
    strange = [name for name in found.instance if name not in known][:MOST_ADVISED]
    closed = found.schema.get("additionalProperties") is False
    if closed and any(nearest(name, known) == key for name in strange):
        return
    place = _place(document, path)
    start = Span(place.path, place.line, place.column, place.line, place.column + 1)
    report.add(
        MISSING_KEY,
        start,
        f'{_named(path)} needs "{key}"',
        help=f"add {_example(key)}",
    )


def _example(key: str) -> str:
    return {"version": "version: 1", "provider": "provider: novu"}.get(key, f'"{key}"')


KINDS = {
    "object": "a map",
    "array": "a list",
    "string": "a text",
    "boolean": "true or false",
    "number": "a number",
    "integer": "a whole number",
    "null": "null",
}


def _tell_type(
    found: _Problem, document: Document, path: Sequence[str | int], report: Report
) -> None:
    """Report a value of another kind; an empty one gets advice of its own."""
    place = _place(document, path)
    wanted = found.expected
    kinds = [wanted] if isinstance(wanted, str) else list(wanted)
    expected = " or ".join(KINDS[kind] for kind in kinds)
    if found.instance is None:
        code, message = EMPTY_VALUE, f"{_named(path)} is empty"
    else:
        code, message = WRONG_TYPE, f"{_named(path)} is {_kind_of(found.instance)}"
    report.add(code, place, message, help=found.schema.get("x-help") or f"write {expected} here")


def _kind_of(value: Json) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return f"{str(value).lower()}"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case _:
            return "a map"


def _tell_value(
    found: _Problem, document: Document, path: Sequence[str | int], report: Report
) -> None:
    """Report a value that is not among the known ones, or out of bounds."""
    place = _place(document, path)
    match found.validator, found.expected:
        case "enum", choices:
            help_ = (
                did_you_mean(str(found.instance), map(str, choices)) or f"write {_list(choices)}"
            )
        case "const", constant:
            help_ = f"write {json.dumps(constant)}"
        case "minimum", least:
            help_ = f"write {least} or more"
        case "maximum", most:
            help_ = f"write {most} or less"
        case "maxLength" | "maxItems", most:
            help_ = f"keep it to {most}"
        case _:
            help_ = f"see the schema: {found.validator} {json.dumps(found.expected)}"
    shown = json.dumps(found.instance, ensure_ascii=False)
    if isinstance(found.instance, (dict, list)):
        shown = _kind_of(found.instance)
    code = EMPTY_VALUE if found.instance is None else WRONG_VALUE
    message = f"{_named(path)} is empty" if found.instance is None else f"{_named(path)} is {shown}"
    report.add(code, place, message, help=help_)


def _named(path: Sequence[str | int]) -> str:
    """The last key of a path as a person would call it."""
    if not path:
        return "the file"
    last = path[-1]
    if isinstance(last, int):
        owners = [f'"{key}"' for key in path if isinstance(key, str)]
        return f"item {last + 1} of {owners[-1] if owners else 'the list'}"
    return f'"{last}"'


def _list(words: Iterable[object]) -> str:
    *rest, last = [str(word) for word in words] or ["nothing"]
    return f"{', '.join(rest)} or {last}" if rest else last


def _place(document: Document, path: Sequence[str | int]) -> Span:
    """The place of a value; that of its key where the value is empty or large."""
    node = document.at(path)
    key = document.key_at(path)
    if key is not None and node.span.line != node.span.end_line:
        return key.span
    return node.span if path else Span.start_of(document.path)


def _key_place(document: Document, path: Sequence[str | int]) -> Span:
    key = document.key_at(path)
    return key.span if key is not None else _place(document, path[:-1])


# --- the schemas ------------------------------------------------------------


@cache
def base(name: str) -> dict[str, Any]:
    """A schema file of the package: mapping, fixtures or provider."""
    text = files("generator.schemas").joinpath(f"{name}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    if name == "provider":  # it answers as the rules of fixtures do
        known = base("fixtures")["definitions"]
        schema["definitions"] |= {part: known[part] for part in ("response", "duration")}
    return schema


def mapping_schema(providers: Sequence[Provider]) -> dict[str, Any]:
    """The published schema of a mapping for these providers."""
    schema: dict[str, Any] = json.loads(json.dumps(base("mapping")))
    parts = schema["definitions"]
    route, options = parts.pop("route"), parts.pop("options")
    also = parts.pop("also")
    if providers:
        schema["properties"]["provider"]["enum"] = [provider.name for provider in providers]
    schema["allOf"] = []
    for provider in providers:
        parts.update(_definitions(provider, route, also))
        chosen = {"required": ["provider"], "properties": {"provider": {"const": provider.name}}}
        rest = _chosen(provider, options)
        schema["allOf"].append({"if": chosen, "then": {"properties": rest}})
    return schema


def _chosen(provider: Provider, options: dict[str, Any]) -> dict[str, Any]:
    """The sections, options and defaults of a mapping for one provider."""
    own = {
        option.name: {
            "description": option.description,
            **_option_type(option.type, option.choices),
        }
        for option in provider.options
    }
    actions = {
        action.name: {
            "type": "object",
            "description": action.summary,
            "properties": {spec.name: _field(spec, _root(action)) for spec in action.fields},
        }
        for action in provider.actions
    }
    settings = {
        setting.name: {"description": setting.description or setting.label}
        for setting in provider.settings
    }
    plain = {"$ref": f"#/definitions/{provider.name}-routes"}
    named = {"$ref": f"#/definitions/{provider.name}-names"}
    return {
        "settings": {"properties": settings},
        "options": {**_closed("options"), "properties": {**options, **own}},
        "defaults": {**_closed("actions"), "properties": actions},
        **dict.fromkeys(("identify", "group", "alias", "delete"), plain),
        **dict.fromkeys(("track", "page", "screen"), named),
    }


def _closed(keys: str) -> dict[str, Any]:
    """No other keys; those of other providers are known by what stands here."""
    return {"additionalProperties": False, "x-keys": keys}


def _option_type(kind: str, choices: tuple[str, ...]) -> dict[str, Any]:
    if choices:
        return {"enum": list(choices)}
    if kind == "list":
        return {"type": "array", "items": {"type": "string"}}
    return {"type": kind}


def _definitions(provider: Provider, route: dict[str, Any], also: dict[str, Any]) -> dict[str, Any]:
    """The routes of one provider: alone, in lists, and by name."""
    name = provider.name
    main = provider.default_action
    one = f"a {main}'s name, a route or a list of routes" if main else "a route or a list of routes"
    actions = {action.name: _action(action) for action in provider.actions}
    keys = {**route, **actions}
    plain, event = f"{name}-route", f"{name}-event"
    first = {
        "type": "array",
        "minItems": 1,
        "description": "Routes of which only the first runs whose condition holds.",
        "x-help": "write the routes as a list",
    }
    names = ", ".join(actions)
    return {
        plain: {
            "type": "object",
            "x-help": f"write a route with one of {names}",
            **_closed("actions"),
            "properties": keys,
        },
        event: {
            "if": {"type": "object"},
            "then": {**_closed("actions"), "properties": {**keys, "also": also}},
            "else": {
                "type": "string",
                "minLength": 1,
                "x-help": f"write {one}, or [] to ignore it",
                **({"examples": ["welcome"]} if main else {}),
            },
        },
        f"{name}-routes": _routes(plain, first),
        f"{name}-names": {
            "type": "object",
            "minProperties": 1,
            "x-help": "write names and their routes",
            "additionalProperties": _routes(event, first),
        },
    }


def _routes(route: str, first: dict[str, Any]) -> dict[str, Any]:
    """One route, a list of routes, or `first` with a list."""
    one = {"$ref": f"#/definitions/{route}"}
    many = {**first, "items": one}
    ordered = {"additionalProperties": False, "properties": {"first": many}}
    return {
        "if": {"type": "array"},
        "then": {"items": one},
        "else": {
            "if": {"type": "object", "required": ["first"]},
            "then": ordered,
            "else": one,
        },
    }


def _action(action: Action) -> dict[str, Any]:
    """An action: a map of fields, or short for its main field."""
    short = {"minProperties": 1, "propertyNames": {"pattern": "^[$@]"}}
    return {
        "description": action.summary,
        "if": {"type": "object", "not": short},
        "then": {
            "additionalProperties": False,
            "properties": {spec.name: _field(spec, _root(action)) for spec in action.fields},
        },
        "else": {"not": {"type": "array"}, "x-help": "write a map of fields, or one value"},
    }


DEEPEST = 4
"""How far members of members are suggested."""


def _root(action: Action) -> str:
    """Where in an event the values of an action's fields mostly are."""
    return "traits" if action.profile else "properties"


def _field(spec: FieldSpec, root: str, depth: int = 0) -> dict[str, Any]:
    """A field: what it is for, and what may stand in it.

    It refuses nothing: the expression parser judges the value, which may be a path.
    """
    told: dict[str, Any] = {"description": _described(spec)}
    examples = _examples(spec, root)
    if examples:
        told["examples"] = examples
    return {**told, **_suggested(spec.type, root, depth)}


def _examples(spec: FieldSpec, root: str) -> list[Json]:
    """What might stand in a field: what the provider says, its defaults, or a path."""
    if spec.example is not None:
        return [spec.example]
    defaults = list(
        {_shown(value): value for value in spec.defaults.values() if value != {}}.values()
    )
    if defaults or spec.literal or spec.type.kind in ("enum", "boolean"):
        return defaults
    return [PLACES.get(spec.type.kind) or f"$.{root}.{spec.name}"]


PLACES = {"locale": "$.context.locale", "timezone": "$.context.timezone"}
"""Where Segment's own libraries put what fields of a type take."""


def _described(spec: FieldSpec) -> str:
    """What a field is for, whether it is required, and its default."""
    said = [sentence(spec.description or _type_name(spec.type))]
    if spec.required and not spec.instead_of and not spec.defaults:
        said.append("Required.")
    if spec.if_written:
        said.append("Needed where it is written.")
    if spec.instead_of:
        said.append(f"Instead of {spec.instead_of}.")
    shown: dict[str, list[str]] = {}
    for section, value in spec.defaults.items():
        shown.setdefault(_shown(value), []).append(section)
    if len(shown) == 1:
        said.append(f"Default: {next(iter(shown))}.")
    elif shown:
        parts = (f"{value} {_where(sections)}" for value, sections in shown.items())
        said.append(f"Default: {'; '.join(parts)}.")
    return " ".join(said)


def _shown(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _where(sections: list[str]) -> str:
    return "elsewhere" if sections == ["*"] else f"in {', '.join(sections)}"


def _suggested(kind: Type, root: str, depth: int) -> dict[str, Any]:
    """What an editor offers inside a field; an empty schema beside it lets all else pass."""
    if depth >= DEEPEST:
        return {}
    if kind.kind in ("enum", "boolean"):
        choices = list(kind.choices) if kind.kind == "enum" else [True, False]
        return {"anyOf": [{"enum": choices}, {}]}
    members = {spec.name: _field(spec, root, depth + 1) for spec in kind.members}
    found: dict[str, Any] = {"properties": members} if members else {}
    if kind.items is not None:
        inside = _suggested(kind.items, root, depth + 1)
        found.update({"items": inside} if inside else {})
        if kind.kind == "shape" and "properties" in inside:
            found["properties"] = inside["properties"]
    return found


def _type_name(kind: Type) -> str:
    return f"list of {_type_name(kind.items)}" if kind.items else kind.kind
