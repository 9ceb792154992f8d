"""Segment's mapping-kit directives, as its documentation and measurements describe them.

Inside a directive a missing value is MISSING, also as a member of a map or a list, where
mapping-kit holds `undefined`. Names that every JavaScript object inherits are missing here.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from .javascript import (
    MISSING,
    Json,
    is_index,
    is_nullish,
    is_number,
    is_truthy,
    joined,
    keys,
    native_text,
    parse_json,
    stringify,
    trim,
    units,
)

if TYPE_CHECKING:
    from collections.abc import Callable

# What the directives were given so far, by kind: `@case of null`. Tables are judged by it.
SEEN: Final[Counter[str]] = Counter()

ROOT: Final = "__segment_internal_directive"
LONGEST: Final = 10  # of a pattern and of a replacement


class DirectiveError(ValueError):
    """mapping-kit refuses the mapping, or throws for this event."""


def directive(mapping: Json, event: Json) -> Json:
    """What `transform(mapping, event)` gives; DirectiveError where it throws.

    `undefined` is gone from maps and MISSING in lists.
    """
    data = {} if event is MISSING else event
    if not isinstance(data, dict):
        raise DirectiveError("data must be an object")
    mapping = rooted(mapping)
    validate(mapping)
    return _clean(resolve(mapping, data))


def within(mapping: Json, item: Json) -> Json:
    """A directive that stands in a value, for an event or an item; lists hold null for MISSING."""
    validate(mapping)
    return _holes_as_null(_clean(resolve(mapping, item)))


def rooted(mapping: Json) -> Json:
    """The mapping with its directive at the root, if it has one, around all else."""
    if not isinstance(mapping, dict) or ROOT not in mapping:
        return mapping
    root = mapping[ROOT]
    if not isinstance(root, dict) or len(root) != 1:
        raise DirectiveError("the root mapping must be a single directive")
    ((name, options),) = root.items()
    if not isinstance(options, dict):
        raise DirectiveError("the root directive must be an object")
    rest = {key: value for key, value in mapping.items() if key != ROOT}
    return {name: {**options, "mapping": rest}}


def _clean(value: Json) -> Json:
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items() if each is not MISSING}
    return value


def _holes_as_null(value: Json) -> Json:
    if isinstance(value, list):
        return [None if item is MISSING else _holes_as_null(item) for item in value]
    if isinstance(value, dict):
        return {key: _holes_as_null(each) for key, each in value.items()}
    return value


def _seen(what: str, value: Json) -> Json:
    """The value, noted."""
    SEEN[f"{what} of {_kind(value)}"] += 1
    return value


def _kind(value: Json) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return "text" if value else "an empty text"
        case list():
            return "list"
        case dict():
            return "map"
    if value is MISSING:
        return "missing"
    return "number" if value else "0"


# Reading


def get(value: Json, path: str) -> Json:
    """A value by mapping-kit's own path rule: a falsy parent is the result."""
    if path in ("", "."):
        return value
    pieces = re.split(r"""\[(?=["'0-9])|\.|(?<=["'0-9])\]+""", path)
    for piece in pieces:
        if piece and is_truthy(_seen("a member", value)):
            value = _own(value, re.sub("['\"]", "", piece))
    return value


def _own(value: Json, key: str) -> Json:
    if isinstance(value, dict):
        return value.get(key, MISSING)
    if not isinstance(value, list | str):
        return MISSING
    items = units(value) if isinstance(value, str) else value
    if key == "length":
        return len(items)
    return items[int(key)] if is_index(key) and int(key) < len(items) else MISSING


def _at(value: Json, path: str) -> Json:
    return get(value, path.replace("$.", "", 1))


def resolve(mapping: Json, payload: Json) -> Json:
    """A mapping with its directives run against a payload."""
    if isinstance(mapping, list):
        return [resolve(item, payload) for item in mapping]
    if not isinstance(mapping, dict):
        return mapping
    if _is_directive(mapping):
        name = next(key for key in mapping if key.startswith("@"))
        if name not in DIRECTIVES:
            raise DirectiveError(f"{name} is not a valid directive")
        return DIRECTIVES[name](mapping[name], payload)
    return {key: resolve(value, payload) for key, value in mapping.items()}


def _is_directive(mapping: dict[str, Json]) -> bool:
    names = [key for key in mapping if key.startswith("@")]
    others = [key for key in mapping if key not in names and key != "_metadata"]
    return bool(names) and not others


def _options(options: Json, *needed: str) -> dict[str, Json]:
    """The options of a directive, those needed being truthy as they are written."""
    if not isinstance(options, dict):
        raise DirectiveError("options must be an object")
    for name in needed:
        if not is_truthy(options.get(name, MISSING)):
            raise DirectiveError(f"{name} is required")
    return options


def _string(value: Json, payload: Json) -> str:
    text = resolve(value, payload)
    if not isinstance(text, str):
        raise DirectiveError("expected string")
    return text


# Directives


def _path(value: Json, payload: Json) -> Json:
    return _at(payload, _string(value, payload))


def _template(value: Json, payload: Json) -> Json:
    text = _string(value, payload)

    def insert(found: re.Match[str]) -> str:
        data = {} if payload is MISSING else payload
        read = _seen("@template", get(data, trim(found[1])))
        return "" if is_nullish(read) else native_text(read)

    text = re.sub(r"\{\{\{([^}]+)\}\}\}", insert, text)
    return joined(re.sub(r"\{\{([^}]+)\}\}", insert, text))


def _if(options: Json, payload: Json) -> Json:
    options = _options(options)
    if not is_truthy(options.get("exists", MISSING)):
        _options(options, "blank")
    if "exists" in options:
        met = not is_nullish(_seen("@if exists", resolve(options["exists"], payload)))
    else:
        met = not _is_blank(_seen("@if blank", resolve(options["blank"], payload)))
    if met:
        return resolve(options["then"], payload) if "then" in options else MISSING
    branch = options.get("else", MISSING)
    return resolve(branch, payload) if is_truthy(branch) else MISSING


def _is_blank(value: Json) -> bool:
    """Null, or loosely equal to an empty text."""
    if is_nullish(value) or value is False:
        return True
    return value == 0 if is_number(value) else native_text(value) == ""


def _case(options: Json, payload: Json) -> Json:
    options = _options(options, "operator")
    if not is_truthy(options.get("value", MISSING)):
        return MISSING
    value = _seen("@case", resolve(options["value"], payload))
    if not isinstance(value, str):
        return value
    if options["operator"] not in ("lower", "upper"):
        raise DirectiveError("operator is lower or upper")
    return value.lower() if options["operator"] == "lower" else value.upper()


def _replace(options: Json, payload: Json) -> Json:
    options = _options(options, "pattern")
    if not is_truthy(options.get("value", MISSING)):
        return MISSING
    value = _seen("@replace", resolve(options["value"], payload))
    if isinstance(value, bool) or is_number(value):
        value = native_text(value)
    if not isinstance(value, str):
        return ""
    flags = {
        "everywhere": _or_default(options, "global", default=True),
        "folded": _or_default(options, "ignorecase", default=False),
    }
    value = _replaced(value, options["pattern"], options.get("replacement", ""), **flags)
    second, instead = options.get("pattern2", MISSING), _or_default(options, "replacement2", "")
    if is_truthy(second) and isinstance(second, str) and isinstance(instead, str):
        value = _replaced(value, second, instead, **flags)
    return value


def _or_default(options: dict[str, Json], name: str, default: Any) -> Any:
    value = options.get(name)
    return default if value is None else value


def _replaced(text: str, pattern: str, replacement: str, *, everywhere: bool, folded: bool) -> str:
    """String.prototype.replace with an escaped pattern and a replacement of its own language."""
    text, pattern, replacement = units(text), units(pattern), units(replacement)
    if len(pattern) > LONGEST or len(replacement) > LONGEST:
        raise DirectiveError("too long")
    fold = _folded if folded else str
    searched, wanted = fold(text), fold(pattern)
    pieces: list[str] = []
    at = 0
    while (found := searched.find(wanted, at)) >= 0:
        pieces += [text[at:found], _expanded(replacement, text, found, found + len(pattern))]
        at = found + len(pattern)
        if not everywhere:
            break
    return joined("".join([*pieces, text[at:]]))


def _folded(text: str) -> str:
    """Canonicalize of regular expressions with the flag i and without u."""
    return "".join(map(_canonical, text))


def _canonical(unit: str) -> str:
    upper = unit.upper()
    if len(units(upper)) != 1 or (ord(unit) >= 128 > ord(upper)):
        return unit
    return upper


def _expanded(replacement: str, text: str, start: int, end: int) -> str:
    parts = {"$$": "$", "$&": text[start:end], "$`": text[:start], "$'": text[end:]}
    return re.sub(r"\$[$&`']", lambda found: parts[found[0]], replacement)


def _array_path(value: Json, payload: Json) -> Json:
    if not isinstance(value, list):
        raise DirectiveError("expected array")
    path, shape = (*value, MISSING, MISSING)[:2]
    root = _at(payload, path) if isinstance(path, str) else resolve(path, payload)
    _seen("@arrayPath", root)
    if isinstance(root, dict | list) and isinstance(shape, dict) and shape:
        items = root if isinstance(root, list) else [root]
        return [resolve(shape, _seen("@arrayPath item", item)) for item in items]
    return root


def _literal(value: Json, payload: Json) -> Json:
    return resolve(value, payload)


def _json(options: Json, payload: Json) -> Json:
    options = _options(options, "mode", "value")
    value = _seen(f"@json {options['mode']}", resolve(options["value"], payload))
    if options["mode"] == "encode":
        return MISSING if value is MISSING else stringify(value)
    if options["mode"] != "decode":
        return MISSING
    if not isinstance(value, str):
        return value
    try:
        return parse_json(value)
    except ValueError:
        return _seen("@json decode of no JSON", value)


def _flatten(options: Json, payload: Json) -> Json:
    options = _options(options, "separator")
    separator = _string(options["separator"], payload)
    value = _seen("@flatten", resolve(options.get("value", MISSING), payload))
    flat: dict[str, Json] = {}
    _flatten_into(flat, value, "", separator, lists=not is_truthy(options.get("omitArrays")))
    return flat


def _flatten_into(
    flat: dict[str, Json], value: Json, prefix: str, separator: str, *, lists: bool
) -> None:
    if isinstance(value, dict):
        members = [(key, value[key]) for key in keys(value)]
    elif isinstance(value, list) and lists:
        members = [(str(index), item) for index, item in enumerate(value)]
    else:
        flat[prefix] = value
        return
    for key, member in members:
        name = f"{prefix}{separator}{key}" if prefix else key
        _flatten_into(flat, member, name, separator, lists=lists)


def _merge(options: Json, payload: Json) -> Json:
    options = _options(options, "direction", "objects")
    direction = resolve(options["direction"], payload)
    if not isinstance(options["objects"], list):
        raise DirectiveError("expected array")
    objects = [resolve(each, payload) for each in options["objects"]]
    merged: dict[str, Json] = {}
    for each in reversed(objects) if direction == "left" else objects:
        merged |= _spread(_seen("@merge", each))
    return merged


def _spread(value: Json) -> dict[str, Json]:
    """What Object.assign copies: members of a map, indexes of a list or text."""
    if isinstance(value, dict):
        return {key: _seen("@merge member", value[key]) for key in keys(value)}
    if isinstance(value, list):
        return {str(index): item for index, item in enumerate(value)}
    if isinstance(value, str):
        return {str(index): unit for index, unit in enumerate(units(value))}
    return {}


def _transform(options: Json, payload: Json) -> Json:
    options = _options(options, "mapping", "apply")
    return resolve(options["mapping"], directive(options["apply"], payload))


def _exclude_when_null(value: Json, payload: Json) -> Json:
    resolved = _seen("@excludeWhenNull", resolve(value, payload))
    return MISSING if resolved is None else _without_nulls(resolved)


def _without_nulls(value: Json) -> Json:
    if not isinstance(value, dict):
        return value
    found = {key: _seen("@excludeWhenNull member", each) for key, each in value.items()}
    return {key: MISSING if each is None else _without_nulls(each) for key, each in found.items()}


def _liquid(_value: Json, _payload: Json) -> Json:
    raise DirectiveError("@liquid is refused")


DIRECTIVES: Final[dict[str, Callable[[Json, Json], Json]]] = {
    "@path": _path,
    "@template": _template,
    "@literal": _literal,
    "@if": _if,
    "@case": _case,
    "@replace": _replace,
    "@arrayPath": _array_path,
    "@json": _json,
    "@flatten": _flatten,
    "@merge": _merge,
    "@transform": _transform,
    "@excludeWhenNull": _exclude_when_null,
    "@liquid": _liquid,
}

# Validation: eager, but blind inside lists


def validate(mapping: Json) -> None:
    """Refuse what mapping-kit refuses before it looks at an event."""
    if isinstance(mapping, dict):
        if any(key.startswith("@") for key in mapping):
            _validate_directive(mapping)
        else:
            for value in mapping.values():
                validate(value)


def _validate_directive(mapping: dict[str, Json]) -> None:
    (name, *more) = [key for key in mapping if key != "_metadata"]
    if more or name not in VALIDATORS:
        raise DirectiveError(f"{sorted(mapping)} is not a single directive")
    VALIDATORS[name](mapping[name])


def _want(met: bool, wanted: str) -> None:  # noqa: FBT001
    if not met:
        raise DirectiveError(f"{wanted} expected")


def _is_directive_map(value: Json) -> bool:
    return isinstance(value, dict) and any(key.startswith("@") for key in value)


def _raw(value: Json) -> None:
    """A directive or any JSON value; what lies inside plain JSON is not looked at."""
    if _is_directive_map(value):
        validate(value)


def _text_or_directive(value: Json) -> None:
    _want(isinstance(value, str) or _is_directive_map(value), "a string or directive")
    validate(value)


def _map_or_directive(value: Json) -> None:
    _want(isinstance(value, dict), "an object or directive")
    validate(value)


def _text(shortest: int, longest: int | None = None) -> Callable[[Json], None]:
    def check(value: Json) -> None:
        _want(isinstance(value, str), "a string")
        size = len(units(value))
        _want(shortest <= size and (longest is None or size <= longest), "another length")

    return check


def _word(*allowed: str) -> Callable[[Json], None]:
    return lambda value: _want(isinstance(value, str) and value.lower() in allowed, "a word")


def _flag(value: Json) -> None:
    _want(isinstance(value, bool), "a boolean")


def _array(value: Json) -> None:
    _want(isinstance(value, list), "an array")


def _fields(
    required: dict[str, Callable[[Json], None]], optional: dict[str, Callable[[Json], None]]
) -> Callable[[Json], None]:
    """Options that are a plain map; every member is validated, named or not."""

    def check(options: Json) -> None:
        _want(isinstance(options, dict) and not _is_directive_map(options), "an object")
        validate(options)
        for name, judge in {**required, **optional}.items():
            _want(name in options or name in optional, name)
            if name in options:
                judge(options[name])

    return check


def _validate_array_path(value: Json) -> None:
    _array(value)
    _text_or_directive(value[0] if value else MISSING)
    validate(value[1] if len(value) > 1 else MISSING)


def _validate_merge(options: Json) -> None:
    _fields({"objects": _array}, {"direction": _word("left", "right")})(options)
    for each in options["objects"]:
        _map_or_directive(each)


VALIDATORS: Final[dict[str, Callable[[Json], None]]] = {
    "@path": _text_or_directive,
    "@template": _text_or_directive,
    "@literal": _raw,
    "@if": _fields({}, {"exists": _raw, "then": _raw, "else": _raw}),
    "@case": _fields({}, {"operator": _text(0), "value": _text_or_directive}),
    "@replace": _fields(
        {"pattern": _text(1, LONGEST), "value": _text_or_directive},
        {"replacement": _text(0, LONGEST), "ignorecase": _flag, "global": _flag},
    ),
    "@arrayPath": _validate_array_path,
    "@json": _fields({"value": _raw, "mode": _word("encode", "decode")}, {}),
    "@flatten": _fields({"value": _raw}, {"separator": _text(0)}),
    "@merge": _validate_merge,
    "@transform": _fields({"apply": _map_or_directive, "mapping": _map_or_directive}, {}),
    "@excludeWhenNull": _raw,
    "@liquid": _text(0),
}
