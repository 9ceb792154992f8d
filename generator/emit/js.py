"""JavaScript that we emit: literals of any JSON value, code as a type, and its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.emit.encode import comment, quoted
from generator.emit.layout import render
from generator.emit.tree import NULL, Expression, Number, Text, Word, array_of, object_of

if TYPE_CHECKING:
    from generator.model import Json

__all__ = ["Js", "comment", "literal", "quoted", "render"]


@dataclass(frozen=True, slots=True)
class Js:
    """Code that may enter a template as it is; anything else becomes a literal there.

    It is no `str`, so that text cannot pass as code by accident.
    """

    code: str

    def __html__(self) -> str:
        """The code: how Jinja's autoescape asks for what needs no escaping."""
        return self.code


def literal(value: Json) -> Expression:
    """The literal of any JSON value."""
    match value:
        case None:
            return NULL
        case bool():
            return Word(str(value).lower())
        case str():
            return Text(value)
        case list():
            return array_of(map(literal, value))
        case dict():
            return object_of((key, literal(item)) for key, item in value.items())
    return Number(value)
