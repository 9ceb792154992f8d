"""JavaScript as a tree: the expressions and statements that we emit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Name:
    """An identifier of ours: a variable, a function, `undefined`."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """A string literal."""

    value: str


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A number literal; equal to one that is written alike, as 0 is not to -0."""

    value: float

    def __eq__(self, other: object) -> bool:
        """Whether the other is the same literal."""
        return isinstance(other, Number) and repr(self.value) == repr(other.value)

    def __hash__(self) -> int:
        """The hash of the literal."""
        return hash(repr(self.value))


@dataclass(frozen=True, slots=True)
class Word:
    """`true`, `false` or `null`."""

    word: str


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression literal; the pattern holds no bare slash and no line end."""

    pattern: str
    flags: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """`object.key`, or `object?.key`; a key that is no identifier stands in brackets."""

    object: Target
    key: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """`callee(arguments)`."""

    callee: Name | Member
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class ArrayOf:
    """`[items]`."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """`key: value`, or `key` alone where the value is a variable of that name."""

    key: str
    value: Expression

    @property
    def short(self) -> bool:
        """Whether the key alone says it."""
        return self.value == Name(self.key)


@dataclass(frozen=True, slots=True)
class ObjectOf:
    """`{ members }`, one a line."""

    members: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """`(parameters) => body`."""

    parameters: tuple[str, ...]
    body: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """Two or more operands with one operator between them, from the left: `a ?? b ?? c`."""

    operator: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Unary:
    """`!operand`, `typeof operand` or `void operand`."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Conditional:
    """`test ? then : otherwise`."""

    test: Expression
    then: Expression
    otherwise: Expression


Target = Union[Name, Member, Call, ArrayOf]
Expression = Union[
    Name,
    Text,
    Number,
    Word,
    Regex,
    Member,
    Call,
    ArrayOf,
    ObjectOf,
    Arrow,
    Binary,
    Unary,
    Conditional,
]


@dataclass(frozen=True, slots=True)
class Const:
    """`const name = value;`."""

    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Return:
    """`return value;`."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Do:
    """`expression;`."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class If:
    """`if (test) return value;`."""

    test: Expression
    then: Return


Statement = Union[Const, Return, Do, If]
Node = Union[Expression, Statement, Property]

UNDEFINED = Name("undefined")
NULL = Word("null")
TRUE = Word("true")
FALSE = Word("false")


def call(callee: str, *arguments: Expression) -> Call:
    """A call of a function by name: `asId`, `Object.freeze`."""
    name, *keys = callee.split(".")
    function: Name | Member = Name(name)
    for key in keys:
        function = Member(function, key)
    return Call(function, arguments)


def method(target: Target, name: str, *arguments: Expression) -> Call:
    """`target.name(arguments)`."""
    return Call(Member(target, name), arguments)


def object_of(entries: Mapping[str, Expression] | Iterable[tuple[str, Expression]]) -> ObjectOf:
    """An object of names and values."""
    pairs = dict(entries).items()
    return ObjectOf(tuple(Property(key, value) for key, value in pairs))


def array_of(items: Iterable[Expression]) -> ArrayOf:
    """A list."""
    return ArrayOf(tuple(items))


def chain(operator: str, operands: Iterable[Expression]) -> Expression:
    """The operands joined by an operator; there is at least one.

    A chain within a chain of `??`, `&&` or `||` becomes part of it, as in Prettier; of
    other operators only the first operand.
    """
    flat: list[Expression] = []
    for operand in operands:
        same = isinstance(operand, Binary) and operand.operator == operator
        merges = operator in {"??", "&&", "||"} or (operator == "+" and not flat)
        if same and merges and isinstance(operand, Binary):
            flat += operand.operands
        else:
            flat.append(operand)
    return flat[0] if len(flat) == 1 else Binary(operator, tuple(flat))


def compare(left: Expression, operator: str, right: Expression) -> Binary:
    """`left operator right`."""
    return Binary(operator, (left, right))


def negated(test: Expression) -> Expression:
    """`!test`, or what says the same without the `!`."""
    opposite = {"===": "!==", "!==": "===", "==": "!=", "!=": "=="}
    match test:
        case Unary("!", operand):
            return operand
        case Binary(operator, operands) if operator in opposite:
            return Binary(opposite[operator], operands)
        case Word("true"):
            return FALSE
        case Word("false"):
            return TRUE
    return Unary("!", test)
