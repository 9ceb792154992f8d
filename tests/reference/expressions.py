"""Expressions and templates: `$.a ?? $.b | number`, `Hi {{ traits.name }}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Union

from .filters import FILTERS
from .javascript import MISSING, Json, encode_uri_component, is_nullish, joined, stringify, trim
from .notation import BLANK, CONSTANTS, NUMBER, NotationError, Path, Reader, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


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
        rest = text.removeprefix(root)
        follows = rest.lstrip(BLANK)
        if rest != text and (
            not follows or rest[0] in ".[" or follows[0] == "|" or follows[:2] == "??"
        ):
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
    """The texts and expressions of a template, in order; a literal but null is text."""
    pieces: list[str | Expression] = []
    at = 0
    while (start := text.find("{{", at)) >= 0:
        pieces.append(text[at:start])
        reader = Reader(text, start + 2)
        found = _expression(reader, names)
        is_text = isinstance(found, Literal) and found.value is not None
        pieces.append(text_of(found.value) if is_text else found)
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


def compute(expression: Expression, scope: Scope, *, clears: bool = False) -> Json:
    """The value of an expression; a null written in it is WRITTEN.

    Where nulls clear, a null among the candidates of `??` is kept if all are nothing.
    """
    match expression:
        case Path():
            return expression.read(scope)
        case Literal(value):
            return WRITTEN if value is None else value
        case Filtered(value, "default", (instead,)):
            return compute(Coalesced((value, Literal(instead))), scope, clears=clears)
        case Filtered(value, name, arguments):
            return _filtered(compute(value, scope), name, arguments)
        case Coalesced(terms):
            return first(terms, lambda term: compute(term, scope), clears=clears)


def first(candidates: Iterable[Any], read: Callable[[Any], Json], *, clears: bool) -> Json:
    """The first that is neither missing nor null, else the last; a null instead if it clears."""
    found: list[Json] = []
    for candidate in candidates:
        found.append(read(candidate))
        if not is_nothing(found[-1]):
            return found[-1]
    nulls = [value for value in found if value is not MISSING]
    return nulls[0] if nulls and clears else found[-1]


def is_nothing(value: Json) -> bool:
    return is_nullish(value) or value is WRITTEN


def is_empty(value: Json) -> bool:
    return is_nothing(value) or value in ("", [], {})


def _filtered(value: Json, name: str, arguments: tuple[Json, ...]) -> Json:
    return MISSING if is_nothing(value) else FILTERS[name](value, *arguments)


def render(template: Template, scope: Scope, *, naming: bool, encode: bool) -> Json:
    """The text of a template; MISSING where a piece of a name is missing, null or empty."""
    texts: list[str] = []
    for piece in template.pieces:
        if isinstance(piece, str):
            texts.append(piece)
            continue
        value = compute(piece, scope)
        text = "" if is_nothing(value) else text_of(value)
        if naming and (is_empty(value) or not trim(text) or (encode and trim(text) in (".", ".."))):
            return MISSING
        texts.append(encode_uri_component(text) if encode else text)
    whole = joined("".join(texts))
    return trim(whole) if naming else whole


def text_of(value: Json) -> str:
    """A present value inside a text: lists and maps as JSON."""
    return value if isinstance(value, str) else stringify(value)


__all__ = [
    "WRITTEN",
    "NotationError",
    "compute",
    "first",
    "is_empty",
    "is_expression",
    "is_nothing",
    "parse",
    "parse_template",
    "render",
    "text_of",
]
