"""Conditions: FQL as Segment documents it, read and judged here a second time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Union

from .filters import cased, titlecase, to_bool, to_number, to_text
from .javascript import (
    MISSING,
    Json,
    is_number,
    number,
    stringify,
    units,
    utf8,
    utf16_order,
)
from .notation import CONSTANTS, NUMBER, NotationError, Path, Reader, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class Junction:
    word: str  # and, or
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    part: Condition


@dataclass(frozen=True)
class Comparison:
    operator: str
    left: Value
    right: Value


@dataclass(frozen=True)
class Bare:
    value: Value


@dataclass(frozen=True)
class Constant:
    value: Json


@dataclass(frozen=True)
class Items:
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Call:
    name: str
    arguments: tuple[Value, ...]


Condition = Union[Junction, Not, Comparison, Bare]
Value = Union[Path, Constant, Items, Call]


def parse(text: str, names: Mapping[str, Json]) -> Condition:
    """The condition that a whole text is; NotationError where it is none."""
    reader = _FqlReader(text, names)
    found = reader.junction("or")
    reader.blanks()
    if reader.at != len(text):
        raise reader.fail("the end")
    return found


class _FqlReader(Reader):
    def __init__(self, text: str, names: Mapping[str, Json]) -> None:
        super().__init__(text)
        self.names = names

    def junction(self, word: str) -> Condition:
        parts = [self._part(word)]
        while self._word(word):
            parts.append(self._part(word))
        return parts[0] if len(parts) == 1 else Junction(word, tuple(parts))

    def _part(self, word: str) -> Condition:
        return self.junction("and") if word == "or" else self._not()

    def _word(self, word: str) -> bool:
        self.blanks()
        found = re.compile(rf"{word}(?![\w\-$])").match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found is not None

    def _not(self) -> Condition:
        self.blanks()
        if self.peek() == "!" and self.peek(2) != "!=":
            self.at += 1
            return Not(self._not())
        if self.accept("("):
            found = self.junction("or")
            self.blanks()
            self.expect(")")
            return found
        return self._comparison()

    def _comparison(self) -> Condition:
        left = self._value()
        self.blanks()
        for operator in ("=", "!=", "<=", "<", ">=", ">"):
            if self.accept(operator):
                return Comparison(operator, left, self._value())
        if self._word("in"):
            return Comparison("in", left, self._value())
        return Bare(left)

    def _value(self) -> Value:
        self.blanks()
        if self.peek() in ("'", '"'):
            return Constant(self.string(lenient=True))
        if NUMBER.match(self.text, self.at):
            return Constant(self.number())
        if self.accept("["):
            return Items(self._values("]"))
        return self._named()

    def _named(self) -> Value:
        start = self.at
        path = self.path(self.names)
        word = self.text[start : self.at]
        if word in CONSTANTS:
            return Constant(CONSTANTS[word])
        self.blanks()
        if word in FUNCTIONS and self.accept("("):
            return Call(word, self._values(")"))
        return path

    def _values(self, end: str) -> tuple[Value, ...]:
        self.blanks()
        if self.accept(end):
            return ()
        found = [self._value()]
        self.blanks()
        while self.accept(","):
            found.append(self._value())
            self.blanks()
        self.expect(end)
        return tuple(found)


def judge(condition: Condition, scope: Scope) -> bool:
    """Whether a condition holds."""
    match condition:
        case Junction("and", parts):
            return all(judge(part, scope) for part in parts)
        case Junction(_, parts):
            return any(judge(part, scope) for part in parts)
        case Not(part):
            return not judge(part, scope)
        case Bare(value):
            return _value(value, scope) is True
        case Comparison(operator, left, right):
            return COMPARISONS[operator](_value(left, scope), _value(right, scope))


def _value(value: Value, scope: Scope) -> Json:
    """What a value stands for; missing is null."""
    match value:
        case Constant(constant):
            return constant
        case Items(values):
            return [_value(item, scope) for item in values]
        case Call(name, arguments):
            return _known(FUNCTIONS[name](*(_value(item, scope) for item in arguments)))
        case Path():
            return _known(value.read(scope))


def _known(value: Json) -> Json:
    return None if value is MISSING else value


def equal(one: Json, other: Json) -> bool:
    """Type-strict; lists and maps are equal where their JSON texts are."""
    return stringify(one) == stringify(other)


def _type(value: Json) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "bool"
        case str():
            return "string"
        case list():
            return "list"
        case dict():
            return "object"
    return "number"


def _ordered(judged: Callable[[Any, Any], bool]) -> Callable[[Json, Json], bool]:
    def compare(one: Json, other: Json) -> bool:
        if is_number(one) and is_number(other):
            return judged(number(one), number(other))
        if isinstance(one, str) and isinstance(other, str):
            return judged(utf16_order(one), utf16_order(other))
        return False

    return compare


COMPARISONS: Final[dict[str, Callable[[Json, Json], bool]]] = {
    "=": equal,
    "!=": lambda one, other: not equal(one, other),
    "<": _ordered(lambda one, other: one < other),
    "<=": _ordered(lambda one, other: one <= other),
    ">": _ordered(lambda one, other: one > other),
    ">=": _ordered(lambda one, other: one >= other),
    "in": lambda one, other: isinstance(other, list) and any(equal(one, each) for each in other),
}


def contains(text: Json, part: Json) -> bool:
    return isinstance(text, str) and isinstance(part, str) and units(part) in units(text)


def match(text: Json, glob: Json) -> bool:
    """A glob over the whole text; a broken glob matches nothing."""
    if not isinstance(text, str) or not isinstance(glob, str):
        return False
    pattern = glob_pattern(glob)
    return pattern is not None and re.fullmatch(pattern, text, re.DOTALL) is not None


SET: Final = re.compile(r"\[(\^?)((?:(?:\\.|[^\\\]-])(?:-(?:\\.|[^\\\]-]))?)+)\]", re.DOTALL)
RANGE: Final = re.compile(r"(\\.|[^\\])(?:-(\\.|[^\\]))?", re.DOTALL)


def glob_pattern(glob: str) -> str | None:
    """The regular expression of a glob: `*`, `?`, `[abc]`, `[a-z]`, `[^a]`, `\\x`."""
    pieces: list[str] = []
    at = 0
    while at < len(glob):
        char = glob[at]
        if char == "[":
            found = SET.match(glob, at)
            if found is None:
                return None
            pieces.append(_set_pattern(found[1], found[2]))
            at = found.end()
            continue
        if char == "\\":
            at += 1
            if at == len(glob):
                return None
            pieces.append(re.escape(glob[at]))
        else:
            pieces.append({"*": ".*", "?": "."}.get(char) or re.escape(char))
        at += 1
    return "".join(pieces)


def _set_pattern(negation: str, ranges: str) -> str:
    """A class of characters; a range from high to low holds none."""
    members: list[str] = []
    for low, high in RANGE.findall(ranges):
        first, last = low[-1], (high or low)[-1]
        if first <= last:
            members.append(f"\\U{ord(first):08x}-\\U{ord(last):08x}")
    if not members:
        return "." if negation else "(?!)"
    return f"[{negation}{''.join(members)}]"


def length(value: Json) -> Json:
    """Items of a list, bytes of a text, 0 of null; null of anything else."""
    if value is None:
        return 0
    if isinstance(value, list):
        return len(value)
    return len(utf8(value)) if isinstance(value, str) else None


def _of_text(change: Callable[[str], str]) -> Callable[[Json], Json]:
    return lambda value: change(value) if isinstance(value, str) else None


FUNCTIONS: Final[dict[str, Callable[..., Json]]] = {
    "contains": contains,
    "match": match,
    "length": length,
    "lowercase": _of_text(str.lower),
    "uppercase": _of_text(str.upper),
    "snakecase": _of_text(cased("_")),
    "kebabcase": _of_text(cased("-")),
    "titlecase": _of_text(titlecase),
    "typeof": _type,
    "bool": lambda value: None if value is None else to_bool(value),
    "number": lambda value: None if value is None else to_number(value),
    "string": lambda value: None if value is None else to_text(value),
}

__all__ = ["NotationError", "judge", "parse"]
