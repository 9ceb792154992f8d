"""JavaScript's own functions, and those of Segment's runtime, on values that are not known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.imports.javascript.machine import Request, truth
from generator.imports.javascript.symbols import (
    Answer,
    Arr,
    Asked,
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
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from generator.imports.javascript.machine import Machine
    from generator.imports.javascript.symbols import Value
    from generator.model import Json


FUNCTIONS = {
    "fetch", "String", "Number", "Boolean", "parseFloat", "encodeURIComponent", "encodeURI", "btoa",
    "structuredClone", "await",
}  # fmt: skip
OBJECTS = {"JSON", "Object", "Array", "Promise", "console", "_", "Date", "Math", "crypto", "Map"}
METHODS = {
    "toLowerCase", "toUpperCase", "toLocaleLowerCase", "toLocaleUpperCase", "trim", "toString",
    "split", "join", "replaceAll", "toFixed", "includes", "startsWith", "endsWith", "map",
    "filter", "get", "has", "concat", "flat", "forEach", "push", "find", "some", "text", "json",
    "toISOString", "then", "catch", "finally", "every", "slice",
}  # fmt: skip
ACTING = {"push", "forEach", "then", "catch", "finally"}
"""Methods that change a list, or call what may send."""

SAME = {
    "encodeURIComponent", "encodeURI", "structuredClone", "Object.freeze", "_.cloneDeep", "await",
}  # fmt: skip
"""What changes nothing that a mapping would say; `await (x)` looks like a call."""

FILTERS = {
    "toLowerCase": "lowercase",
    "toUpperCase": "uppercase",
    "toLocaleLowerCase": "lowercase",
    "toLocaleUpperCase": "uppercase",
    "trim": "trim",
    "toString": "string",
}


def is_pure(called: Node) -> bool:
    """Whether a call gives a value and does nothing else."""
    if called.type == "identifier":
        return _text(called) in FUNCTIONS - {"fetch", "await"}
    held = called.child_by_field_name("object")
    name = called.child_by_field_name("property")
    if held is None or name is None:
        return False
    return _text(held) in OBJECTS - {"Promise"} or _text(name) in METHODS - ACTING


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")


def known(name: str, node: Node) -> Value:
    """What a name means that the code does not declare."""
    if name in FUNCTIONS or name in OBJECTS:
        return Func(None, None, own=name)
    return Unread(node, f"{name} is not known")


def method(held: Value, name: str) -> Value | None:
    """A function that belongs to a value; None where the name may be a member."""
    match held:
        case Func(node=None, own=own) if own in OBJECTS:
            return Func(None, None, own=f"{own}.{name}")
        case Obj(members) if name in members:
            return None
        case Ref(root="settings") if name not in METHODS - {"get", "text", "json"}:
            return None
    return Func(None, None, own=f".{name}", this=held) if name in METHODS else None


def call(machine: Machine, name: str, held: Value | None, given: list[Value], node: Node) -> Value:
    """What one of JavaScript's own functions gives."""
    first: Value = given[0] if given else Missing()
    if name == "fetch":
        options = given[1] if len(given) > 1 else Obj()
        machine.requests.append(Request(first, options, node, len(machine.decisions)))
        return Answer()
    if name in SAME:
        return first
    if name.startswith(("console.", "Math.")):
        return Missing() if name.startswith("console.") else Unread(node, f"{name} is not read")
    if name.startswith("."):
        return _of(machine, name[1:], held or Missing(), given, node)
    make = CALLS.get(name)
    return Unread(node, f"{name} is not read") if make is None else make(machine, given, node)


def spread(made: Obj, told: Value) -> None:
    """`...told` in an object; what stands in the code is put in place."""
    match told:
        case Obj(members):
            for key, member in members.items():
                made.members.pop(key, None)
                made.members[key] = member
        case Missing() | Const():
            return
        case _:
            made.members[f"...{len(made.members)}"] = told


def made(name: str, given: list[Value], node: Node) -> Value:
    """What `new` gives."""
    first: Value = given[0] if given else Arr()
    if name in {"Map", "Set"} and isinstance(first, Arr):
        table = Obj()
        for item in first.items:
            pair = item.items if name == "Map" and isinstance(item, Arr) else [item, Const(True)]
            if len(pair) == 2 and isinstance(pair[0], Const):  # noqa: PLR2004 - key and value
                table.members[str(pair[0].value)] = pair[1]
        return table
    if name == "Date" and given:
        return _filtered(first, "date", ("iso",))
    return Unread(node, f"new {name} is not read")


def _filtered(told: Value, name: str, arguments: tuple[Json, ...] = ()) -> Value:
    """A value that passes a filter; of nothing there is nothing."""
    nothing = isinstance(told, Missing) or told == Const(None)
    return Missing() if nothing else Filtered(told, name, arguments)


def boolean(told: Value) -> Value:
    """`!!told` and `Boolean(told)`, which only tests ask for."""
    found = truth(told)
    return Not(Not(told)) if found is None else Const(found)


def number(told: Value) -> Value:
    """`+told` and `Number(told)`."""
    match told:
        case Const(bool() | None as value):
            return Const(int(bool(value)))
        case Const(int() | float()):
            return told
    return _filtered(told, "number")


def typeof(told: Value) -> Value:
    """`typeof told`."""
    match told:
        case Missing():
            return Const("undefined")
        case Func():
            return Const("function")
        case Obj() | Arr():
            return Const("object")
        case Text() | JsonText() | Const(str()):
            return Const("string")
        case Const(bool()):
            return Const("boolean")
        case Const(int() | float()):
            return Const("number")
        case Const(None):
            return Const("object")
    return Asked("typeof", told)


def among(machine: Machine, told: Value, items: list[Value]) -> Value:
    """Whether a value is one of some that stand in the code."""
    key = machine.known(told)
    if isinstance(key, Const):
        return Const(any(machine.compare("===", key, item) == Const(True) for item in items))
    return Const(False) if machine.is_other(key) else Compare("in", key, Arr(items))


def has(machine: Machine, table: Obj, told: Value, node: Node) -> Value:
    """Whether a table has a member; what was spread into it may have any."""
    if any(name.startswith("...") for name in table.members):
        return Unread(node, "the members of this object are not known")
    key = machine.known(told)
    name = Const(str(key.value)) if isinstance(key, Const) else key
    return among(machine, name, [Const(each) for each in table.members])


# --- methods ------------------------------------------------------------------------------


def _of(machine: Machine, name: str, held: Value, given: list[Value], node: Node) -> Value:
    """A method of a value."""
    if isinstance(held, (Answer, Unread)):
        return held
    first: Value = given[0] if given else Missing()
    if name in FILTERS:
        plain = isinstance(held, Const) and isinstance(held.value, str)
        return (
            machine.known(_filtered(held, FILTERS[name]))
            if plain
            else _filtered(held, FILTERS[name])
        )
    if isinstance(held, Obj) and name in {"get", "has"}:
        if name == "get":
            return machine.member(held, first, node)
        return has(machine, held, first, node)
    if isinstance(held, Arr):
        found = _of_list(machine, name, held, given, node)
        return found if found is not None else Unread(node, f".{name}() is not read")
    return _of_what_comes(machine, name, held, given, node)


def _of_list(  # noqa: C901, PLR0912 - one case a method
    machine: Machine, name: str, held: Arr, given: list[Value], node: Node
) -> Value | None:
    """A method of a list that stands in the code."""
    first: Value = given[0] if given else Missing()
    match name:
        case "includes":
            if all(isinstance(item, Const) for item in held.items):
                return among(machine, first, held.items)
        case "map" | "forEach":
            items = [
                _applied(machine, first, item, node, Const(at))
                for at, item in enumerate(held.items)
            ]
            return Arr(items) if name == "map" else Missing()
        case "filter":
            if isinstance(first, Func) and first.own == "Boolean":
                return Arr([item for item in held.items if truth(item) is not False])
            tests = [truth(_applied(machine, first, item, node)) for item in held.items]
            if None in tests:
                return None
            pairs = zip(held.items, tests, strict=True)
            return Arr([item for item, kept in pairs if kept])
        case "push":
            lost = Unread(node, "what holds itself is not read")
            held.items += [
                lost if any(part is held for part in walk(each)) else each for each in given
            ]
            return Missing()
        case "concat":
            return Arr([*held.items, *_flat(given)])
        case "slice" if not given:
            return Arr(list(held.items))
        case "flat" if not given:
            return Arr(_flat(held.items))
        case "join" if isinstance(first, Const):
            parts: list[Value] = []
            for item in held.items:
                parts += [first, item] if parts else [item]
            return Text(tuple(parts))
        case "find" | "some":
            for item in held.items:
                test = _applied(machine, first, item, node)
                if machine.decide(test, node):
                    return item if name == "find" else Const(True)
            return Missing() if name == "find" else Const(False)
    return None


def _flat(items: list[Value]) -> list[Value]:
    return [part for each in items for part in (each.items if isinstance(each, Arr) else [each])]


def _applied(
    machine: Machine, function: Value, item: Value, node: Node, at: Value | None = None
) -> Value:
    """What a function gives for an item of a list; `at` is its place, where that is known."""
    from generator.imports.javascript import expressions  # noqa: PLC0415 - they need each other

    given = [item, at or Unread(node, "the place of an item is not known")]
    own = isinstance(function, Func) and function.node is not None
    return expressions.call(machine, function, given if own else given[:1], node)


def _of_what_comes(  # noqa: C901 - one case a method
    machine: Machine, name: str, held: Value, given: list[Value], node: Node
) -> Value:
    """A method of a value that comes with the event."""
    first: Value = given[0] if given else Missing()
    text = first.value if isinstance(first, Const) and isinstance(first.value, str) else None
    match name:
        case "map":
            before, ref = len(machine.requests), machine.item()
            item = _applied(machine, first, ref, node)
            if len(machine.requests) > before:
                del machine.requests[before:]
                return Unread(node, "a request for each item of a list is not read")
            return Each(held, item, ref)
        case "filter" if isinstance(first, Func) and first.own == "Boolean":
            return _filtered(held, "compact")
        case "join" | "split" if text is not None:
            return _filtered(held, name, (text,))
        case "replaceAll" if text is not None and isinstance(given[-1], Const):
            return _filtered(held, "replace", (text, given[-1].value))
        case "toFixed" if isinstance(first, Const):
            return _filtered(held, "fixed", (first.value,))
        case "includes" if text is not None:
            return Asked("contains", held, text)
        case "startsWith" if text is not None:
            return Asked("match", held, f"{_glob(text)}*")
        case "endsWith" if text is not None:
            return Asked("match", held, f"*{_glob(text)}")
        case "toISOString" if isinstance(held, Filtered):
            return held
    return Unread(node, f".{name}() is not read")


def _glob(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "*?[]\\" else sign for sign in text)


# --- functions ----------------------------------------------------------------------------


def _entries(machine: Machine, given: list[Value], node: Node) -> Value:  # noqa: ARG001
    told = given[0] if given else Missing()
    if isinstance(told, Obj) and not any(key.startswith("...") for key in told.members):
        return Arr([Arr([Const(key), member]) for key, member in told.members.items()])
    return Unread(node, "the members of this object are not known")


def _parts(index: int) -> Callable[[Machine, list[Value], Node], Value]:
    def make(machine: Machine, given: list[Value], node: Node) -> Value:
        found = _entries(machine, given, node)
        if not isinstance(found, Arr):
            return found
        return Arr([pair.items[index] for pair in found.items if isinstance(pair, Arr)])

    return make


def _from_entries(machine: Machine, given: list[Value], node: Node) -> Value:  # noqa: ARG001
    told = given[0] if given else Missing()
    if not isinstance(told, Arr):
        return told if isinstance(told, Unread) else Unread(node, "these members are not known")
    table = Obj()
    for pair in told.items:
        if not isinstance(pair, Arr) or not isinstance(pair.items[0], Const):
            return Unread(node, "these members are not known")
        table.members[str(pair.items[0].value)] = pair.items[1]
    return table


def _assign(machine: Machine, given: list[Value], node: Node) -> Value:  # noqa: ARG001
    changed = machine.change(given[0]) if given else Missing()
    made_ = changed if isinstance(changed, Obj) else Obj()
    for told in given[1:] if made_ is changed else given:
        spread(made_, told)
    return made_


def _has_own(machine: Machine, given: list[Value], node: Node) -> Value:
    return _of(machine, "has", given[0], given[1:], node) if len(given) > 1 else Missing()


def _get(machine: Machine, given: list[Value], node: Node) -> Value:
    """`_.get(value, "a.b", default)`."""
    told = given[0] if given else Missing()
    if len(given) < 2 or not isinstance(given[1], Const):  # noqa: PLR2004 - value and path
        return Unread(node, "this path is not known")
    for key in str(given[1].value).replace("[", ".").replace("]", "").split("."):
        told = machine.member(told, Const(key), node)
    return Fallback(told, given[2], loose=False) if len(given) > 2 else told  # noqa: PLR2004


def _chosen(name: str) -> Callable[[Machine, list[Value], Node], Value]:
    """`_.pick` and `_.omit`."""

    def make(machine: Machine, given: list[Value], node: Node) -> Value:  # noqa: ARG001
        told = given[0] if given else Missing()
        listed = _flat(given[1:])
        keys = tuple(part.value for part in listed if isinstance(part, Const))
        if len(keys) < len(listed):
            return Unread(node, "these names are not known")
        return _filtered(told, name, keys)

    return make


def _is_empty(machine: Machine, given: list[Value], node: Node) -> Value:  # noqa: ARG001
    told = given[0] if given else Missing()
    return Not(_filtered(told, "nonempty"))


def _all(machine: Machine, given: list[Value], node: Node) -> Value:  # noqa: ARG001
    """`Promise.all`: what was called has been gone through already."""
    told = given[0] if given else Missing()
    return told if isinstance(told, Unread) else Answer()


def _first(machine: Machine, given: list[Value], node: Node) -> Value:  # noqa: ARG001
    return given[0] if given else Missing()


CALLS: dict[str, Callable[[Machine, list[Value], Node], Value]] = {
    "JSON.stringify": lambda _, given, __: JsonText(given[0] if given else Missing()),
    "JSON.parse": lambda _, given, node: (
        given[0].value if given and isinstance(given[0], JsonText) else Unread(node, "not known")
    ),
    "String": lambda _, given, __: (
        Const(str(given[0].value))
        if given and isinstance(given[0], Const) and isinstance(given[0].value, str)
        else _filtered(given[0] if given else Missing(), "string")
    ),
    "Number": lambda _, given, __: number(given[0] if given else Const(0)),
    "parseFloat": lambda _, given, __: number(given[0] if given else Missing()),
    "Boolean": lambda _, given, __: boolean(given[0] if given else Missing()),
    "Object.entries": _entries,
    "Object.keys": _parts(0),
    "Object.values": _parts(1),
    "Object.fromEntries": _from_entries,
    "Object.assign": _assign,
    "Object.hasOwn": _has_own,
    "_.get": _get,
    "_.has": _has_own,
    "_.pick": _chosen("pick"),
    "_.omit": _chosen("omit"),
    "_.isEmpty": _is_empty,
    "_.isNil": lambda _, given, __: Compare("==", given[0] if given else Missing(), Const(None)),
    "Promise.all": _all,
    "Promise.allSettled": _all,
    "Promise.resolve": _first,
}
"""Functions by their names."""
