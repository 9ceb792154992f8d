"""Expressions and templates: `$.a ?? $.b | number`, `Hi {{ traits.name }}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from .filters import FILTERS
from .javascript import MISSING, Json, encode_uri_component, is_nullish, joined, stringify
from .notation import CONSTANTS, NUMBER, NotationError, Path, Reader, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping


class WrittenNull:
    """A null that stands in the mapping; it is sent where a null of the event is not."""


WRITTEN = WrittenNull()


@dataclass(frozen=True)
class Literal:
    value: Json


@dataclass(frozen=True)
class Filtered:
    value: Expression
    name: str
    arguments: tuple[Json, ...]


@dataclass(frozen=True)
class Coalesced:
    terms: tuple[Expression, ...]


@dataclass(frozen=True)
class Template:
    pieces: tuple[str | Expression, ...]


Expression = Union[Path, Literal, Filtered, Coalesced]


def is_expression(text: str, names: Mapping[str, Json]) -> bool:
    """Whether a text begins as a path: `$`, `$event.`, `$settings[` and names of `$as`."""
    for root in ("$", "$event", "$settings", *(f"${name}" for name in names)):
        if text == root or text.startswith((f"{root}.", f"{root}[")):
            return True
    return False


def parse(text: str, names: Mapping[str, Json]) -> Expression:
    """The expression that a whole text is."""
    reader = Reader(text)
    found = _expression(reader, names)
    reader.blanks()
    if reader.at != len(text):
        raise reader.fail("the end")
    return found


def parse_template(text: str, names: Mapping[str, Json]) -> Template:
    """The texts and expressions of a template, in order."""
    pieces: list[str | Expression] = []
    at = 0
    while (start := text.find("{{", at)) >= 0:
        pieces.append(text[at:start])
        reader = Reader(text, start + 2)
        pieces.append(_expression(reader, names))
        reader.blanks()
        reader.expect("}}")
        at = reader.at
    return Template((*pieces, text[at:]))


def _expression(reader: Reader, names: Mapping[str, Json]) -> Expression:
    terms = [_term(reader, names)]
    while _follows(reader, "??"):
        terms.append(_term(reader, names))
    return terms[0] if len(terms) == 1 else Coalesced(tuple(terms))


def _term(reader: Reader, names: Mapping[str, Json]) -> Expression:
    term = _atom(reader, names)
    while _follows(reader, "|"):
        reader.blanks()
        name = reader.name()
        if name not in FILTERS:
            raise reader.fail("a filter")
        term = Filtered(term, name, _arguments(reader))
    return term


def _follows(reader: Reader, token: str) -> bool:
    reader.blanks()
    return reader.accept(token)


def _arguments(reader: Reader) -> tuple[Json, ...]:
    if not _follows(reader, "("):
        return ()
    found = [_literal(reader)]
    while _follows(reader, ","):
        found.append(_literal(reader))
    reader.blanks()
    reader.expect(")")
    return tuple(found)


def _literal(reader: Reader) -> Json:
    reader.blanks()
    if reader.peek() in ("'", '"'):
        return reader.string()
    if NUMBER.match(reader.text, reader.at):
        return reader.number()
    word = reader.name()
    if word not in CONSTANTS:
        raise reader.fail("a literal")
    return CONSTANTS[word]


def _atom(reader: Reader, names: Mapping[str, Json]) -> Expression:
    reader.blanks()
    if reader.peek() in ("'", '"') or NUMBER.match(reader.text, reader.at):
        return Literal(_literal(reader))
    start = reader.at
    path = reader.path(names)
    word = reader.text[start : reader.at]
    return Literal(CONSTANTS[word]) if word in CONSTANTS else path


def compute(expression: Expression, scope: Scope) -> Json:
    """The value of an expression; a null written in it is WRITTEN."""
    match expression:
        case Path():
            return expression.read(scope)
        case Literal(value):
            return WRITTEN if value is None else value
        case Filtered(value, name, arguments):
            return _filtered(compute(value, scope), name, arguments)
        case Coalesced(terms):
            found: Json = MISSING
            for term in terms:
                found = compute(term, scope)
                if not is_nothing(found):
                    return found
            return found


def is_nothing(value: Json) -> bool:
    return is_nullish(value) or value is WRITTEN


def is_empty(value: Json) -> bool:
    return is_nothing(value) or value in ("", [], {})


def _filtered(value: Json, name: str, arguments: tuple[Json, ...]) -> Json:
    if name == "default":
        (instead,) = arguments
        return value if not is_nothing(value) else (WRITTEN if instead is None else instead)
    return MISSING if is_nothing(value) else FILTERS[name](value, *arguments)


def render(template: Template, scope: Scope, *, naming: bool, encode: bool) -> Json:
    """The text of a template; MISSING where a piece of a name is missing, null or empty."""
    texts: list[str] = []
    for piece in template.pieces:
        if isinstance(piece, str):
            texts.append(piece)
            continue
        value = compute(piece, scope)
        if naming and is_empty(value):
            return MISSING
        text = "" if is_nothing(value) else text_of(value)
        texts.append(encode_uri_component(text) if encode else text)
    return joined("".join(texts))


def text_of(value: Json) -> str:
    """A present value inside a text: lists and maps as JSON."""
    return value if isinstance(value, str) else stringify(value)


__all__ = [
    "WRITTEN",
    "NotationError",
    "compute",
    "is_empty",
    "is_expression",
    "is_nothing",
    "parse",
    "parse_template",
    "render",
    "text_of",
]
