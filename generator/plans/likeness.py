"""The planned name that a person most likely meant."""

from __future__ import annotations

import difflib
import re
import unicodedata
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ALIKE = 0.8
"""How alike names with other letters must be, as difflib counts."""


class Names:
    """Known names, to be asked for the nearest one; quick with thousands of them."""

    def __init__(self, known: Iterable[str]) -> None:
        """Sort the names by the ways in which they may be meant."""
        self.alike: dict[str, str] = {}
        self.words: dict[str, list[str]] = {}
        for name in known:
            self.alike.setdefault(_letters(name), name)
            for word in _words(name):
                self.words.setdefault(word, []).append(name)

    def nearest(self, name: str) -> tuple[str, str] | None:
        """The nearest other name and in what it differs; None where none is near."""
        near = self.alike.get(_letters(name))
        if near is not None and near != name:
            return near, difference(name, near)
        beside = {
            known: None
            for word in _words(name)
            for known in self.words.get(word, ())
            if known != name
        }
        folded = {known.casefold(): known for known in beside}
        found = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=ALIKE)
        return (folded[found[0]], "spelling") if found else None


def difference(one: str, other: str) -> str:
    """In what two names differ that people read alike: `case and blanks`."""
    for size in range(1, len(_WAYS) + 1):
        for chosen in combinations(_WAYS, size):
            if _leveled(one, chosen) == _leveled(other, chosen):
                *first, last = chosen
                return f"{', '.join(first)} and {last}" if first else last
    return "spelling"


_WAYS: dict[str, Callable[[str], str]] = {
    "Unicode form": lambda text: unicodedata.normalize("NFKC", text),
    "case": str.casefold,
    "blanks": lambda text: "".join(text.split()),
    "punctuation": lambda text: re.sub(r"[\W_]+", "", text),
}


def _leveled(name: str, ways: Iterable[str]) -> str:
    """A name without what these ways leave out."""
    for way in ways:
        name = _WAYS[way](name)
    return name


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold()) or name


def _words(name: str) -> set[str]:
    """What near names have in common: a word, or how they begin."""
    parts = re.findall(r"[^\W_]{3,}", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).casefold())
    return {*parts, name.casefold()[:3], name.casefold()[-3:]}
