r"""Patterns of `match` as regular expressions: `*`, `?`, `[abc]`, `[a-z]` and `\x`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from generator.emit.encode import pattern_text
from generator.emit.tree import FALSE, Regex, Text, Unary, call, compare

if TYPE_CHECKING:
    from generator.emit.tree import Expression


@dataclass(frozen=True, slots=True)
class Letter:
    """Exactly this character."""

    letter: str

    def pattern(self) -> str:
        """The regular expression for it."""
        return pattern_text(self.letter)


@dataclass(frozen=True, slots=True)
class Class:
    """One character of these ranges, or of no range if `negated`; no ranges: any."""

    ranges: tuple[tuple[str, str], ...]
    negated: bool = False

    def pattern(self) -> str:
        """The regular expression for it; a range that runs backwards holds nothing."""
        if self == ANY:
            return "."
        ranges = [_range(low, high) for low, high in self.ranges if low <= high]
        return f"[{'^' if self.negated else ''}{''.join(ranges)}]"


@dataclass(frozen=True, slots=True)
class Star:
    """Any characters, perhaps none."""


ANY = Class((), negated=True)
Token = Union[Letter, Class, Star]


def match(value: Expression, pattern: str) -> Expression:
    """The test whether a value is a text that matches a pattern as a whole."""
    tokens = _tokens(pattern)
    if tokens is None:
        return FALSE  # as Segment does: a broken pattern matches nothing
    opens, closes = Star() in tokens[:1], Star() in tokens[-1:]
    inner = tokens[opens : len(tokens) - closes if len(tokens) > 1 else None]
    if tokens == [Star()]:
        return compare(Unary("typeof", value), "===", Text("string"))
    text = "".join(token.letter for token in inner if isinstance(token, Letter))
    if len(text) == len(inner) and not (opens ^ closes):
        return call("contains", value, Text(text)) if opens else compare(value, "===", Text(text))
    stars = inner.count(Star())
    if stars > 1 or (stars == 1 and opens):
        return call("glob", value, Text(pattern))  # a regular expression could be slow
    code = "".join(".*" if isinstance(token, Star) else token.pattern() for token in inner)
    flags = "su" if Star() in inner or ANY in inner else "u"
    return call(
        "matches", value, Regex(f"{'' if opens else '^'}{code}{'' if closes else '$'}", flags)
    )


def _tokens(pattern: str) -> list[Token] | None:
    """The pattern in pieces, stars in a row as one; None where it is broken."""
    letters = list(reversed(pattern))
    tokens: list[Token] = []
    while letters:
        token = _token(letters)
        if token is None:
            return None
        if not (token == Star() and tokens[-1:] == [token]):
            tokens.append(token)
    return tokens


def _token(letters: list[str]) -> Token | None:
    match letters.pop():
        case "*":
            return Star()
        case "?":
            return ANY
        case "[":
            return _class(letters)
        case "\\":
            return Letter(letters.pop()) if letters else None
        case letter:
            return Letter(letter)


def _class(letters: list[str]) -> Class | None:
    negated = letters[-1:] == ["^"]
    if negated:
        letters.pop()
    ranges: list[tuple[str, str]] = []
    while letters[-1:] != ["]"] or not ranges:
        low = _end_of_range(letters)
        high = low
        if letters[-1:] == ["-"]:
            letters.pop()
            high = _end_of_range(letters)
        if low is None or high is None:
            return None
        ranges.append((low, high))
    letters.pop()
    return Class(tuple(ranges), negated)


def _end_of_range(letters: list[str]) -> str | None:
    if not letters or letters[-1] in "-]":
        return None
    letter = letters.pop()
    if letter == "\\":
        return letters.pop() if letters else None
    return letter


def _range(low: str, high: str) -> str:
    first = pattern_text(low, in_class=True)
    return first if low == high else f"{first}-{pattern_text(high, in_class=True)}"
