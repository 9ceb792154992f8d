"""The notation that values and conditions share: paths, texts, numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from .javascript import MISSING, Json, is_index, joined, parse_json

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
BLANK: Final = " \t\r\n"
CONSTANTS: Final = {"true": True, "false": False, "null": None}


class NotationError(ValueError):
    """A text that the language does not have; the generator must refuse it."""


@dataclass(frozen=True)
class Scope:
    """What paths start from: `$` is the item inside `$each`, else the event."""

    event: Json
    settings: Json = field(default_factory=dict)
    item: Json = MISSING
    names: Mapping[str, Json] = field(default_factory=dict)
    in_each: bool = False

    def root(self, name: str) -> Json:
        """What `$`, `$event`, `$settings` or a name of `$as` stands for."""
        if name == "":
            return self.item if self.in_each else self.event
        if name == "event":
            return self.event
        if name == "settings":
            return self.settings
        return self.names.get(name, MISSING)

    def at(self, item: Json, name: str | None) -> Scope:
        """The scope of one item of a list."""
        names = {**self.names, name: item} if name else self.names
        return replace(self, item=item, names=names, in_each=True)


@dataclass(frozen=True)
class Path:
    root: str  # "" for $
    keys: tuple[str, ...]

    def read(self, scope: Scope) -> Json:
        value = scope.root(self.root)
        for key in self.keys:
            value = member(value, key)
        return value


def member(value: Json, key: str) -> Json:
    """An own member of an object or a list, as JavaScript has them."""
    if isinstance(value, dict):
        return value.get(key, MISSING)
    if isinstance(value, list):
        if key == "length":
            return len(value)
        if is_index(key) and int(key) < len(value):
            return value[int(key)]
    return MISSING


def is_name_char(char: str) -> bool:
    return char in "_-$" or unicodedata.category(char)[0] == "L" or char.isdecimal()


class Reader:
    """Reads tokens of a text from the left; `fail` says where it could not."""

    def __init__(self, text: str, at: int = 0) -> None:
        self.text = text
        self.at = at

    def fail(self, wanted: str) -> NotationError:
        return NotationError(f"{wanted} expected at {self.at} of {self.text!r}")

    def blanks(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in BLANK:
            self.at += 1

    def peek(self, length: int = 1) -> str:
        return self.text[self.at : self.at + length]

    def accept(self, token: str) -> bool:
        found = self.text.startswith(token, self.at)
        self.at += len(token) if found else 0
        return found

    def expect(self, token: str) -> None:
        if not self.accept(token):
            raise self.fail(token)

    def name(self) -> str:
        start = self.at
        while self.at < len(self.text) and is_name_char(self.text[self.at]):
            self.at += 1
        if start == self.at:
            raise self.fail("a name")
        return self.text[start : self.at]

    def number(self) -> int | float:
        found = NUMBER.match(self.text, self.at)
        if found is None:
            raise self.fail("a number")
        self.at = found.end()
        value: int | float = parse_json(found[0])
        return value

    def string(self, *, lenient: bool = False) -> str:
        r"""JSON's escapes and \'; lenient: any other escape stands for itself, as \* in a glob."""
        quote = self.peek()
        self.at += 1
        pieces: list[str] = []
        while not self.accept(quote):
            if self.at >= len(self.text):
                raise self.fail(f"a closing {quote}")
            pieces.append(self._escape(lenient=lenient) if self.peek() == "\\" else self.peek())
            self.at += 1
        return joined("".join(pieces))

    def _escape(self, *, lenient: bool) -> str:
        self.at += 1
        char = self.peek()
        plain = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
        if char and char in "\"'\\/":
            return char
        if char in plain:
            return plain[char]
        digits = self.text[self.at + 1 : self.at + 5]
        if char == "u" and re.fullmatch("[0-9a-fA-F]{4}", digits):
            self.at += 4
            return chr(int(digits, 16))
        if lenient and char:
            return f"\\{char}"
        raise self.fail("an escape")

    def path(self, names: Mapping[str, Json]) -> Path:
        """A path; a bare first word is a field of `$`, `settings` the settings."""
        keys: list[str] = []
        if self.accept("$"):
            root = self.name() if is_name_char(self.peek() or ".") else ""
            if root not in {"", "event", "settings", *names}:
                raise self.fail("a root")
        else:
            word = self.name()
            root = "settings" if word == "settings" else ""
            keys = [] if root else [word]
        return Path(root, (*keys, *self._steps()))

    def _steps(self) -> list[str]:
        steps: list[str] = []
        while True:
            if self.accept("."):
                steps.append(self.name())
            elif self.accept("["):
                steps.append(self._bracketed())
            else:
                return steps

    def _bracketed(self) -> str:
        if self.peek() in ("'", '"'):
            key = self.string()
        else:
            found = re.compile("[0-9]+").match(self.text, self.at)
            if found is None:
                raise self.fail("an index")
            self.at, key = found.end(), str(int(found[0]))
        self.expect("]")
        return key
