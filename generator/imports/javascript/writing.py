"""Values of a function as values of a mapping."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.imports.javascript.conditions import OUTER, NotSaid, condition, implies
from generator.imports.javascript.symbols import (
    Answer,
    Arr,
    Asked,
    Both,
    Choice,
    Compare,
    Const,
    Each,
    Fallback,
    Filtered,
    Func,
    JsonText,
    Missing,
    Not,
    Obj,
    Ref,
    Text,
    Unread,
    is_empty,
    is_item,
    within,
)
from generator.imports.sugar import escaped, literal, path

if TYPE_CHECKING:
    from generator.imports.javascript.symbols import Value
    from generator.yaml_text import Written


@dataclass(frozen=True, slots=True)
class Absent:
    """Nothing is sent."""


ABSENT = Absent()


def written(told: Value) -> Written | Absent:  # noqa: C901, PLR0912 - one case a kind of value
    """A value as a mapping writes it; raises NotSaid."""
    match told:
        case Missing():
            return ABSENT
        case Const(value):
            return literal(value) if isinstance(value, str) else value
        case Ref() | Filtered() | Fallback() | Both():
            return _expression(told)
        case Obj():
            return _map(told)
        case Arr(items):
            made = [written(item) for item in items]  # a hole in a list is sent as null
            return [None if isinstance(item, Absent) else item for item in made]
        case Text(parts):
            return _template(parts)
        case Choice():
            return _choice(told)
        case Each(over, item, ref):
            inside = written(within(item, ref))
            return {"$each": _inline(over), "$map": None if isinstance(inside, Absent) else inside}
        case JsonText(value):
            return f"{_inline(value)} | json"
        case Compare() | Not() | Asked(name="contains" | "match"):
            return {"$if": condition(told).text, "$then": True, "$else": False}
        case Answer():
            raise NotSaid("what a server answers cannot be sent on")
        case Unread(node, why):
            raise NotSaid(why, node)
        case Func():
            raise NotSaid("a function cannot be sent")
    raise NotSaid("this cannot be said")


def _expression(told: Value) -> Written | Absent:
    """A path, a filter, a fallback."""
    if isinstance(told, Both):
        return _choice(Choice(told.first, told.second, Missing()))
    if not isinstance(told, Fallback):
        return _inline(told)
    choices = [choice for choice in _choices(told) if not _is_nothing(choice)]
    if len(choices) == 1:
        return written(choices[0])
    try:
        return " ?? ".join(map(_inline, choices))
    except NotSaid:
        made = [written(choice) for choice in choices]
        return {"$first": [choice for choice in made if not isinstance(choice, Absent)]}


def _choices(told: Value) -> list[Value]:
    match told:
        case Fallback(first, second):
            return [*_choices(first), *_choices(second)]
    return [told]


def _is_nothing(told: Value) -> bool:
    """Whether a fallback adds nothing: `?? undefined`, `|| null`, `|| {}`."""
    return isinstance(told, Missing) or told == Const(None) or is_empty(told)


def _inline(told: Value) -> str:
    """A value as a part of an expression."""
    match told:
        case Ref("event" | "item", keys):
            return path(keys) if keys else "$"
        case Ref("$event", keys):
            return "$event" + (path(keys).removeprefix("$") if keys else "")
        case Ref("settings", keys) if keys:
            return "$settings" + path(keys).removeprefix("$")
        case Const(value):
            return json.dumps(value, ensure_ascii=False)
        case Filtered(inner, name, arguments) if not isinstance(inner, (Const, Fallback)):
            given = ", ".join(json.dumps(part, ensure_ascii=False) for part in arguments)
            return f"{_inline(inner)} | {name}{f'({given})' if arguments else ''}"
        case Fallback():
            kept = [choice for choice in _choices(told) if not _is_nothing(choice)]
            return " ?? ".join(map(_inline, kept))
        case Unread(node, why):
            raise NotSaid(why, node)
        case Ref(root) if is_item(root):
            raise NotSaid(OUTER)
    raise NotSaid("this cannot be a part of an expression")


def _template(parts: tuple[Value, ...]) -> str:
    """A text with holes."""
    made = ""
    for part in parts:
        if isinstance(part, Const):
            made += str(part.value).replace("{{", '{{ "{{" }}')
        else:
            inside = _inline(part)
            bare = isinstance(part, Ref) and part.root in {"event", "item"} and part.keys
            hole = path(part.keys, bare=True, item=part.root == "item") if bare else inside  # type: ignore[union-attr] # a Ref
            made += f"{{{{ {hole} }}}}"
    return made


def _map(told: Obj) -> Written:
    """A map; what was spread is merged with what stands around it."""
    pieces: list[Written] = []
    plain: dict[str, Written] = {}
    for key, member in told.members.items():
        if key.startswith("..."):
            spread = written(member)
            if plain:
                pieces.append(plain)
                plain = {}
            if not isinstance(spread, Absent):
                pieces.append(spread)
            continue
        value = written(member)
        if not isinstance(value, Absent):
            plain[escaped(key)] = value
    if not pieces:
        return plain
    pieces += [plain] if plain else []
    return pieces[0] if len(pieces) == 1 else {"$merge": pieces}


def _choice(told: Choice) -> Written | Absent:
    """`$if`; a value that is asked whether it is there is there or missing anyway."""
    none = isinstance(told.otherwise, Missing) or _reads(told.then, told.otherwise)
    if none and _asks_for(told.test, told.then):
        return written(told.then)
    if _asks_for(told.test, told.then):
        return written(Fallback(told.then, told.otherwise, loose=True))
    then, otherwise = written(told.then), written(told.otherwise)
    made: dict[str, Written] = {"$if": condition(told.test).text}
    if not isinstance(then, Absent):
        made["$then"] = then
    if not isinstance(otherwise, Absent):
        made["$else"] = otherwise
    return made if len(made) > 1 else ABSENT


def _asks_for(test: Value, told: Value) -> bool:
    """Whether a test asks for just that value: `x`, `a && a.x`, `x !== undefined`, `x && f(x)`."""
    match test:
        case Both(first, second):
            return implies(second, first) and _asks_for(second, told)
        case Compare("!==" | "!=", left, right) if _is_nothing(right):
            return _reads(told, left)
        case Not(Not(inner)):
            return _asks_for(inner, told)
    return isinstance(test, Ref) and _reads(told, test)


def _reads(told: Value, asked: Value) -> bool:
    """Whether a value is missing where another is: it is that value, filtered or a part of it."""
    while isinstance(told, Filtered) and told.name != "string":
        told = told.value
    if not isinstance(told, Ref) or not isinstance(asked, Ref):
        return told == asked
    return told.root == asked.root and told.keys[: len(asked.keys)] == asked.keys
