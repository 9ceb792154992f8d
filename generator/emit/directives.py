"""Directives of Segment's mapping-kit as JavaScript, with exactly their semantics.

Measured with @segment/actions-core 3.170.0, whose habits are kept: a falsy parent of a path
is what the path gives, `else: false` is dropped, `blank` takes 0 for blank. The one
difference is on purpose: names that every object inherits are missing. What mapping-kit
refuses when it validates has been refused when the mapping was read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.emit.encode import pattern_text
from generator.emit.js import literal
from generator.emit.paths import INHERITED, OF_OBJECTS, function_of_item
from generator.emit.tree import (
    NULL,
    TRUE,
    UNDEFINED,
    Conditional,
    Expression,
    Member,
    Name,
    Regex,
    Text,
    Unary,
    array_of,
    call,
    chain,
    compare,
    object_of,
)
from generator.types import BLANKS

if TYPE_CHECKING:
    from generator.emit.paths import Context
    from generator.emit.tree import Target
    from generator.model import Json

_ROOT = "__segment_internal_directive"
_STEP = re.compile(r"""\[(?=["'0-9])|\.|(?<=["'0-9])\]+""")
_HOLE = re.compile(r"\{\{([^}]+)\}\}")
_TRIPLE = re.compile(r"\{\{\{([^}]+)\}\}\}")
_ALL = re.compile(r"\{\{\s*\.?\s*\}\}")


def directive(name: str, argument: Json, context: Context) -> Expression:
    """The expression for one directive, its name without the `@`."""
    return _DIRECTIVES[name](argument, context)


def resolved(mapping: Json, context: Context) -> Expression:
    """The expression for any part of a mapping-kit mapping: its directives run."""
    match mapping:
        case dict() if _is_directive(mapping):
            name = next(key for key in mapping if key.startswith("@"))
            return directive(name[1:], mapping[name], context)
        case dict():
            return object_of((key, resolved(value, context)) for key, value in mapping.items())
        case list():
            return array_of(resolved(value, context) for value in mapping)
    return literal(mapping)


def _is_directive(mapping: dict[str, Json]) -> bool:
    signed = [key for key in mapping if key.startswith("@")]
    return bool(signed) and all(key in signed or key == "_metadata" for key in mapping)


def _options(argument: Json) -> dict[str, Json]:
    if not isinstance(argument, dict):
        raise TypeError(f"a directive needs a map of options, not {argument!r}")
    return argument


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a directive needs a text, not {value!r}")
    return value


def _is_given(options: dict[str, Json], name: str) -> bool:
    """Whether JavaScript takes an option, as it is written, for true."""
    return options.get(name) not in (None, False, 0, "")


# --- reading ----------------------------------------------------------------


def _payload(context: Context) -> Name:
    """What paths start at: the item of the nearest list, or the event."""
    return Name(context.items[-1][1] if context.items else "event")


def _get(path: str, context: Context) -> Expression:
    """A value by mapping-kit's path rule: `a && a.b && a.b.c`."""
    found: Target = _payload(context)
    keys = [] if path == "." else [re.sub("['\"]", "", key) for key in _STEP.split(path) if key]
    guards: list[Expression] = []
    given = found == Name("event")
    if given and keys and keys[0] in context.hoisted:
        found, keys, given = Name(keys[0]), keys[1:], False
    for key in keys:
        guards += [] if given else [found]
        found = _member(found, key, OF_OBJECTS if given else INHERITED - {"length"})
        given = False
    return chain("&&", [*guards, found])


def _member(target: Target, key: str, inherited: frozenset[str]) -> Target:
    return call("own", target, Text(key)) if key in inherited else Member(target, key)


def _path(argument: Json, context: Context) -> Expression:
    if isinstance(argument, str):
        return _get(argument.replace("$.", "", 1), context)
    return call("readPath", _payload(context), resolved(argument, context))


def _template(argument: Json, context: Context) -> Expression:
    """Texts and holes; what only shows at run time is left to a helper.

    Three braces are replaced first and what they give is searched again; a hole without a
    path holds all, unless there is nothing.
    """
    if not isinstance(argument, str) or _TRIPLE.search(argument) or _ALL.search(argument):
        return call("rendered", _payload(context), resolved(argument, context))
    pieces: list[Expression] = []
    for place, part in enumerate(_HOLE.split(argument)):
        if place % 2:
            pieces.append(call("plainText", _get(part.strip(BLANKS), context)))
        elif part:
            pieces.append(Text(part))
    return chain("+", pieces or [Text("")])


# --- directives -------------------------------------------------------------


def _if(argument: Json, context: Context) -> Expression:
    options = _options(argument)
    otherwise = resolved(options["else"], context) if _is_given(options, "else") else UNDEFINED
    then = resolved(options["then"], context) if "then" in options else UNDEFINED
    if "exists" not in options:
        blank = call("isBlank", resolved(options["blank"], context))
        return Conditional(blank, otherwise, then)
    asked = resolved(options["exists"], context)
    if asked == then:  # the first of two, which nearly every @if is
        return chain("??", [asked, otherwise])
    return Conditional(compare(asked, "!=", NULL), then, otherwise)


def _case(argument: Json, context: Context) -> Expression:
    options = _options(argument)
    if not _is_given(options, "value"):
        return UNDEFINED
    changed = {"lower": "lowerText", "upper": "upperText"}[_text(options["operator"])]
    return call(changed, resolved(options["value"], context))


def _replace(argument: Json, context: Context) -> Expression:
    options = _options(argument)
    if not _is_given(options, "value"):
        return UNDEFINED
    flags = (
        f"{'' if options.get('global') is False else 'g'}{'i' * bool(options.get('ignorecase'))}"
    )
    told: list[Expression] = []
    for number in ("", "2"):
        if _is_given(options, f"pattern{number}"):
            pattern = pattern_text(_text(options[f"pattern{number}"]))
            told += [Regex(pattern, flags), Text(_text(options.get(f"replacement{number}") or ""))]
    return call("replacedText", resolved(options["value"], context), *told)


def _array_path(argument: Json, context: Context) -> Expression:
    if not isinstance(argument, list):
        raise TypeError(f"@arrayPath needs a list, not {argument!r}")
    path, shape = (*argument, None, None)[:2]
    root = _path(path, context) if isinstance(path, str) else resolved(path, context)
    if not isinstance(shape, dict) or not shape:
        return root
    inner = context.each(None)
    return call("shapedItems", root, function_of_item(inner, resolved(shape, inner)))


def _json(argument: Json, context: Context) -> Expression:
    options = _options(argument)
    value = resolved(options["value"], context)
    match options["mode"]:
        case "encode":
            return call("JSON.stringify", value)
        case "decode":
            return call("decodedJson", value)
    return Unary("void", value)  # ENCODE gives nothing, but its value may still be refused


def _flatten(argument: Json, context: Context) -> Expression:
    options = _options(argument)
    told: list[Expression] = [Text(_text(options["separator"]))]
    told += [TRUE] if _is_given(options, "omitArrays") else []
    return call("flattened", resolved(options["value"], context), *told)


def _merge(argument: Json, context: Context) -> Expression:
    options = _options(argument)
    objects = options["objects"]
    if not isinstance(objects, list):
        raise TypeError(f"@merge needs a list of objects, not {objects!r}")
    ordered = objects[::-1] if options["direction"] == "left" else objects
    return call("assigned", *(resolved(each, context) for each in ordered))


def _transform(argument: Json, context: Context) -> Expression:
    """The mapping of what another mapping gives; the event is out of reach inside."""
    options = _options(argument)
    apply, mapping = rooted(options["apply"]), options["mapping"]
    given, applied = context.each("given"), context.each("applied")
    return call(
        "transformed",
        _payload(context),
        function_of_item(given, resolved(apply, given)),
        function_of_item(applied, resolved(mapping, applied)),
    )


def rooted(mapping: Json) -> Json:
    """A mapping whose directive at the root takes all other keys as its `mapping`."""
    if not isinstance(mapping, dict) or _ROOT not in mapping:
        return mapping
    rest = {key: value for key, value in mapping.items() if key != _ROOT}
    return {
        name: {**_options(options), "mapping": rest}
        for name, options in _options(mapping[_ROOT]).items()
    }


def _exclude_when_null(argument: Json, context: Context) -> Expression:
    return call("nullsExcluded", resolved(argument, context))


_DIRECTIVES = {
    "path": _path,
    "template": _template,
    "literal": resolved,
    "if": _if,
    "case": _case,
    "replace": _replace,
    "arrayPath": _array_path,
    "json": _json,
    "flatten": _flatten,
    "merge": _merge,
    "transform": _transform,
    "excludeWhenNull": _exclude_when_null,
}
