"""Directives of Segment's mapping-kit as the values of our language that mean the same.

A directive whose meaning ours does not have stays as it is. What is rewritten gives the same
for events that hold what the mapping expects: maps where it looks into maps, lists where it goes
through lists, no map or list in a template's hole. Where they do not, mapping-kit has habits that
nobody wants: it looks into texts, sends an empty or false parent in place of what it should hold,
and `{}` for a map of which nothing is there.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.directives import HOLE, QUOTES, STEP, TRIPLE
from generator.expressions import is_expression, likeness
from generator.expressions.lexer import is_name_character
from generator.expressions.scope import FIELDS, Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.model import Json

# Members of texts and lists, and what every object of JavaScript inherits: read only there.
_OTHERWISE = re.compile(
    r"length|__\w+__|constructor|hasOwnProperty|isPrototypeOf|valueOf|to[A-Z].*"
)
RESERVED = {"settings", "true", "false", "null", "and", "or", "in"}
"""Words that mean something else where a bare path stands."""


def sugared(raw: Json) -> Json:
    """A value of an Actions mapping as ours."""
    return _Sugar().value(raw)


def literal(text: str) -> Json:
    """A text that is meant as it stands."""
    scope = Scope(None)
    special = is_expression(text, scope) or "{{" in text or likeness.of_a_text(text) is not None
    return {"$literal": text} if special else text


def escaped(key: str) -> str:
    """A key that is sent as it stands."""
    return key[0] + key if key[:1] in {"$", "@"} else key


def path(keys: tuple[str, ...], *, bare: bool = False, item: bool = False) -> str:
    """Keys as a path of our language; a bare one may stand in conditions and templates."""
    first, rest = keys[0], keys[1:]
    known = first in FIELDS or (item and first not in RESERVED and first[:1] != "$")
    if bare and known and _is_name(first):
        start = first
    else:
        start = f"$.{first}" if _is_name(first) and not bare else f"$[{_quoted(first)}]"
    return start + "".join(map(_step, rest))


def _step(key: str) -> str:
    if re.fullmatch("0|[1-9][0-9]*", key):
        return f"[{key}]"
    return f".{key}" if _is_name(key) else f"[{_quoted(key)}]"


def _is_name(key: str) -> bool:
    return all(map(is_name_character, key))


def _quoted(key: str) -> str:
    return (
        "'"
        + json.dumps(key, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'")
        + "'"
    )


def keys_of(text: str) -> tuple[str, ...] | None:
    """The keys of a path of mapping-kit; None where only mapping-kit reads it so."""
    pieces = tuple(QUOTES.sub("", piece) for piece in STEP.split(text) if piece)
    keys = tuple(filter(None, pieces))
    strange = any(_OTHERWISE.fullmatch(key) or not key.isprintable() for key in keys)
    return None if strange or keys[:1] == ("$",) or len(keys) < len(pieces) else keys


@dataclass(frozen=True, slots=True)
class _Sugar:
    """Rewrites values; `item` says that paths start at an item of a list."""

    item: bool = False

    def value(self, raw: Json) -> Json:
        """Any value."""
        match raw:
            case dict() if (found := _directive(raw)) is not None:
                name, argument = found
                make = MAKERS.get(name)
                made = None if make is None else make(self, argument)
                return {name: argument} if made is None else made[0]
            case dict() if any(key.startswith("@") for key in raw):
                return raw
            case dict():
                return {escaped(key): self.value(member) for key, member in raw.items()}
            case list() if not all(map(_certain, raw)):
                return {"@literal": raw}
            case list():
                return [self.value(item) for item in raw]
            case str():
                return literal(raw)
        return raw

    def expression(self, raw: Json) -> str | None:
        """A value as a part of `a ?? b`; None where it cannot stand there."""
        if isinstance(raw, dict) or raw is None:
            made = self.value(raw)
            plain = isinstance(made, str) and is_expression(made, Scope(None, item=self.item))
            return made if plain and isinstance(made, str) else None
        return None if isinstance(raw, list) else json.dumps(raw, ensure_ascii=False)

    # --- the directives; a result stands in a tuple, None keeps the directive ---

    def path(self, argument: Json) -> tuple[Json] | None:
        """`@path`."""
        text = argument.replace("$.", "", 1) if isinstance(argument, str) else None
        if text is None:
            return None
        if text in {"", "."}:
            return ("$",)
        keys = keys_of(text)
        return (path(keys),) if keys else None

    def template(self, argument: Json) -> tuple[Json] | None:
        """`@template`."""
        if not isinstance(argument, str) or TRIPLE.search(argument):
            return None
        made, at = "", 0
        for hole in HOLE.finditer(argument):
            keys = None if "$." in hole[1] else keys_of(hole[1].strip())
            text = argument[at : hole.start()]
            if not keys or "{{" in text:
                return None
            made += f"{text}{{{{ {path(keys, bare=True, item=self.item)} }}}}"
            at = hole.end()
        rest = argument[at:]
        if "{{" in rest:
            return None
        starts = is_expression(made + rest, Scope(None, item=self.item))
        return (literal(rest) if at == 0 else made + rest,) if at == 0 or not starts else None

    def literal(self, argument: Json) -> tuple[Json] | None:
        """`@literal`, in which directives do run."""
        return (self.value(argument),)

    def condition(self, argument: Json) -> tuple[Json] | None:
        """`@if` with `exists`."""
        if not isinstance(argument, dict) or not argument.keys() <= {"exists", "then", "else"}:
            return None
        asked = argument.get("exists")
        branches = {key: argument[key] for key in ("then", "else") if key in argument}
        if not _is_directive(asked) or not branches or _is_dropped(argument):
            return None
        if "then" in branches and "else" in branches and _same(asked, branches["then"]):
            return (self.first(asked, branches["else"]),)
        keys = self.exists(asked)
        if keys is None:
            return None
        test = f"{path(keys, bare=True, item=self.item)} != null"
        told = {f"${key}": self.value(branch) for key, branch in branches.items()}
        return ({"$if": test, **told},)

    def exists(self, asked: Json) -> tuple[str, ...] | None:
        """The keys of a plain `@path`."""
        found = _directive(asked)
        if found is None or found[0] != "@path" or not isinstance(found[1], str):
            return None
        return keys_of(found[1].replace("$.", "", 1)) or None

    def first(self, one: Json, other: Json) -> Json:
        """`one ?? other`."""
        left, right = self.expression(one), self.expression(other)
        if left is not None and right is not None:
            return f"{left} ?? {right}"
        last = self.value(other)
        more = last["$first"] if isinstance(last, dict) and "$first" in last else [last]
        return {"$first": [self.value(one), *(more if isinstance(more, list) else [more])]}

    def each(self, argument: Json) -> tuple[Json] | None:
        """`@arrayPath`."""
        match argument:
            case [start]:
                shape: Json = None
            case [start, shape]:
                pass
            case _:
                return None
        over: Json = start if isinstance(start, dict) else {"@path": start}
        if not shape:
            return (self.value(over),)
        if self.expression(over) is None or not (_certain(shape) or _is_map(shape)):
            return None
        inside = replace(self, item=True).value(shape)
        return ({"$each": self.value(over), "$map": inside},)

    def merge(self, argument: Json) -> tuple[Json] | None:
        """`@merge` of whole maps: a member that is missing would wipe what stands before it."""
        objects = argument.get("objects") if isinstance(argument, dict) else None
        direction = argument.get("direction") if isinstance(argument, dict) else None
        if not isinstance(objects, list) or not objects or direction not in {"left", "right"}:
            return None
        if not all(self.exists(entry) or _is_fixed(entry) for entry in objects):
            return None
        ordered = objects if direction == "right" else objects[::-1]
        return ({"$merge": [self.value(entry) for entry in ordered]},)


def _directive(raw: Json) -> tuple[str, Json] | None:
    """The name and the argument of a directive; `_metadata` beside it means nothing."""
    if not isinstance(raw, dict):
        return None
    members = [(key, member) for key, member in raw.items() if key != "_metadata"]
    return members[0] if len(members) == 1 and members[0][0].startswith("@") else None


def _is_directive(raw: Json) -> bool:
    return _directive(raw) is not None


def _is_map(raw: Json) -> bool:
    return isinstance(raw, dict) and not any(key.startswith("@") for key in raw)


def _is_fixed(raw: Json) -> bool:
    """Whether a value is a map in which nothing runs."""
    return _is_map(raw) and "@" not in json.dumps(raw)


def _is_dropped(argument: dict[str, Json]) -> bool:
    """Whether mapping-kit drops an `else`, being false, zero, empty or null."""
    return (
        "else" in argument
        and not isinstance(argument["else"], (dict, list))
        and (not argument["else"])
    )


def _same(one: Json, other: Json) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _certain(raw: Json) -> bool:
    """Whether a value is there for every event."""
    found = _directive(raw)
    if found is None:
        return not isinstance(raw, dict) or not raw or any(map(_certain, raw.values()))
    name, argument = found
    match name:
        case "@template":
            return isinstance(argument, str)
        case "@literal":
            return _certain(argument)
        case "@if" if isinstance(argument, dict):
            branches = [argument.get(key, {"@path": "$.x"}) for key in ("then", "else")]
            same = _same(argument.get("exists"), branches[0])
            return _certain(branches[1]) and (same or _certain(branches[0]))
    return False


MAKERS: dict[str, Callable[[_Sugar, Json], tuple[Json] | None]] = {
    "@path": _Sugar.path,
    "@template": _Sugar.template,
    "@literal": _Sugar.literal,
    "@if": _Sugar.condition,
    "@arrayPath": _Sugar.each,
    "@merge": _Sugar.merge,
}
"""The directives that our language has, in most of their forms."""
