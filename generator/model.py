"""The typed model of a mapping: what the builder makes, and all that later stages see.

Everything is frozen. Spans take no part in equality, so `before == after` on two
models asks whether they mean the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache, lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from generator.diagnostics import Span

Json = Union[None, bool, int, float, str, list["Json"], dict[str, "Json"]]

SECTIONS = ("identify", "track", "page", "screen", "group", "alias", "delete")
NAMED_SECTIONS = ("track", "page", "screen")


# --- values -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that stands in the mapping, kept as canonical JSON text.

    As text `1` and `true` differ, which they do not as Python values.
    """

    json: str
    span: Span | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, value: Json, span: Span | None = None) -> Literal:
        """The literal for any JSON value; `1.0` is `1`, as in JavaScript."""
        if isinstance(value, str):
            return cls(encode_basestring(value), span)
        text = json.dumps(_canonical(value), ensure_ascii=False, separators=(",", ":"))
        return cls(text, span)

    @property
    def value(self) -> Json:
        """The value itself, a fresh copy."""
        if self.json[0] not in "[{":
            return _scalar(self.json)
        decoded: Json = json.loads(self.json)
        return decoded


@lru_cache(maxsize=1 << 14)
def _scalar(text: str) -> Json:
    """A scalar of JSON; most are asked for many times, and none can be changed."""
    decoded: Json = json.loads(text)
    return decoded


def _canonical(value: Json) -> Json:
    match value:
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_canonical(item) for item in value]
        case dict():
            return {key: _canonical(item) for key, item in value.items()}
    return value


@dataclass(frozen=True, slots=True)
class Path:
    """A place in the event, the settings, or an item of a list.

    `root` is `event`, `settings`, `item` (`$` inside `$each`), or the name
    that `$as` gave; `keys` are member names and list indexes; `written` is the text
    in the mapping.
    """

    root: str
    keys: tuple[str | int, ...]
    written: str = field(default="", compare=False)
    span: Span | None = field(default=None, compare=False, repr=False)

    @property
    def text(self) -> str:
        """The path in the one form that stands for all: `$.traits['first name']`."""
        roots = {"event": "$", "item": "$", "settings": "$settings"}
        return roots.get(self.root, f"${self.root}") + "".join(map(_step, self.keys))


def _step(key: str | int) -> str:
    if isinstance(key, int):
        return f"[{key}]"
    plain = key.replace("_", "a").replace("-", "a").replace("$", "a").isalnum()
    quoted = json.dumps(key, ensure_ascii=False) if "'" in key or "\\" in key else f"'{key}'"
    return f".{key}" if plain else f"[{quoted}]"


@dataclass(frozen=True, slots=True)
class Coalesce:
    """`a ?? b`: the first that is neither missing nor null."""

    choices: tuple[Value, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Filtered:
    """`value | name(arguments)`."""

    value: Value
    name: str
    arguments: tuple[Literal, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Template:
    """Text with holes; the parts are `Literal` texts and values."""

    parts: tuple[Value, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list written in the mapping; missing items are dropped."""

    items: tuple[Value, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class MapOf:
    """A map written in the mapping; missing members are left out."""

    entries: tuple[tuple[str, Value], ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Each:
    """`{ $each: over, $map: item, $as: name }`."""

    over: Value
    item: Value
    name: str | None = None
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class If:
    """`{ $if: condition, $then: then, $else: otherwise }`; None is an absent branch."""

    condition: Condition
    then: Value | None
    otherwise: Value | None
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Merge:
    """`{ $merge: [maps] }`: shallow, the later wins."""

    values: tuple[Value, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive of Segment's mapping-kit, with exactly its semantics inside.

    `name` is without the `@`; `argument` is the directive's argument as plain JSON,
    checked when it was read.
    """

    name: str
    argument: Literal
    span: Span | None = field(default=None, compare=False, repr=False)


Value = Union[
    Literal, Path, Coalesce, Filtered, Template, ListOf, MapOf, Each, If, Merge, Directive
]


# --- conditions: FQL --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Call:
    """A function of FQL applied to operands."""

    function: str
    arguments: tuple[Operand, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Choices:
    """A list written in a condition."""

    items: tuple[Operand, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


Operand = Union[Literal, Path, Call, Choices]


ORDERS = ("<", "<=", ">", ">=")
"""The operators of a comparison that put two numbers or two texts in order."""


@dataclass(frozen=True, slots=True)
class Compare:
    """`left operator right`; the operator is one of `= != < <= > >= in`."""

    operator: str
    left: Operand
    right: Operand
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class IsTrue:
    """A bare value: it holds only if the value is literally true."""

    value: Operand
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """`!condition`."""

    condition: Condition
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class And:
    """All conditions hold."""

    conditions: tuple[Condition, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one condition holds."""

    conditions: tuple[Condition, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


Condition = Union[Compare, IsTrue, Not, And, Or]


# --- the mapping ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Setting:
    """A function setting that a user creates in Segment's editor."""

    name: str
    type: str = "string"
    label: str = ""
    description: str = ""
    required: bool = False
    sensitive: bool = False
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an action as it will be sent; `written` is false for a default."""

    name: str
    value: Value
    written: bool = field(default=True, compare=False)
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Route:
    """One call of the provider: when, what is required, and the fields of the action.

    `names` are the event names in track, page and screen, the own name first; it is
    empty in the other sections. `span` is the place of the route, `action_span` that
    of the action's key.
    """

    identity: str
    section: str
    names: tuple[str, ...]
    action: str
    fields: tuple[Field, ...]
    when: Condition | None = None
    require: tuple[Path, ...] = ()
    enabled: bool = True
    span: Span | None = field(default=None, compare=False, repr=False)
    action_span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class First:
    """Routes of which only the first runs whose condition holds."""

    routes: tuple[Route, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


Step = Union[Route, First]


@dataclass(frozen=True, slots=True)
class Entry:
    """What happens for one name (`"*"` for any other) of a section, or for a section.

    `name` is empty in identify, group, alias and delete. No steps: ignored on purpose.
    """

    name: str
    steps: tuple[Step, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the mapping; its entries are in the mapping's order.

    Entries that exist only because a route names them in `also` come last.
    """

    name: str
    entries: tuple[Entry, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a mapping; times are milliseconds.

    `batch` is how many requests of a batch run at once; None emits no onBatch.
    """

    unmapped: str = "ignore"
    invalid: str = "omit"
    nulls: str = "omit"
    timeout: int = 4000
    max_event_age: int | None = None
    batch: int | None = 10
    provider: tuple[tuple[str, Literal], ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping file. `path` is where it was read, as shown in messages.

    `settings` are all function settings, the provider's first; `renamed` maps the
    provider's name of each of its settings to the name that the mapping gives it. `places`
    are where its keys are written, and those of its options: `options.timeout`.
    """

    name: str
    path: str = field(compare=False)
    provider: str
    description: str
    settings: tuple[Setting, ...]
    renamed: tuple[tuple[str, str], ...]
    options: Options
    when: Condition | None
    sections: tuple[Section, ...]
    places: tuple[tuple[str, Span], ...] = field(default=(), compare=False, repr=False)

    def routes(self) -> tuple[Route, ...]:
        """Every route once, in the mapping's order, disabled ones too."""
        found: dict[str, Route] = {}
        for section in self.sections:
            for entry in section.entries:
                for step in entry.steps:
                    for route in step.routes if isinstance(step, First) else (step,):
                        found.setdefault(route.identity, route)
        return tuple(sorted(found.values(), key=_place))


def _place(route: Route) -> tuple[int, int]:
    return (0, 0) if route.span is None else (route.span.line, route.span.column)


def walk(part: object) -> Iterator[object]:
    """Every value, condition and operand in a part of the model, the outer first."""
    waiting: list[object] = [part]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting.extend(reversed(part))
        elif (names := _members(type(part))) is not None:  # type: ignore[arg-type] # it is hashable
            yield part
            waiting.extend([getattr(part, name) for name in names])


@cache
def _members(kind: Hashable) -> tuple[str, ...] | None:
    """The names of what a part of the model holds, the last first; None for a plain value."""
    if not (isinstance(kind, type) and is_dataclass(kind)):
        return None
    names = [member.name for member in fields(kind) if member.type not in _PLAIN]
    return tuple(reversed(names))


_PLAIN = (
    *("str", "bool", "int", "str | None", "int | None", "Span | None"),
    *("tuple[str, ...]", "tuple[str | int, ...]"),
)
