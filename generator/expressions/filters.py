"""The filters of the value language, and which arguments each takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.diagnostics import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.model import Json


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a filter takes: how many arguments, and of which kind.

    `takes` finishes the sentence "takes ...", `fits` judges one argument.
    """

    least: int = 0
    most: int | None = 0
    takes: str = "no arguments"
    fits: Callable[[Json], bool] = lambda _: True

    def problem(self, given: tuple[Json, ...]) -> str | None:
        """What is wrong with the arguments, as the end of a sentence."""
        many = self.most is not None and len(given) > self.most
        if many or len(given) < self.least or not all(map(self.fits, given)):
            return f"takes {self.takes}"
        return None


def _is_text(value: Json) -> bool:
    return isinstance(value, str)


def _is_some_text(value: Json) -> bool:
    return isinstance(value, str) and value != ""


def _is_count(least: int, most: int) -> Callable[[Json], bool]:
    def fits(value: Json) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most

    return fits


NONE = Arguments()
NAMES = Arguments(1, None, 'the names of members, as in ("id", "name")', _is_text)
LONGEST = 1_000_000

FILTERS = {
    **dict.fromkeys(
        "lowercase uppercase titlecase trim snakecase kebabcase string json number bool length "  # noqa: SIM905 - one a line would hide the table
        "first last timestamp sha256 e164 compact nonempty".split(),
        NONE,
    ),
    "join": Arguments(1, 1, 'the text between the items, as in (", ")', _is_text),
    "split": Arguments(1, 1, 'the text between the items, as in (", ")', _is_some_text),
    "replace": Arguments(2, 2, 'what to find and what to write, as in ("-", "")', _is_text),
    "fixed": Arguments(1, 1, "the number of decimals, 0 to 20", _is_count(0, 20)),
    "truncate": Arguments(1, 1, "the number of characters, 1 or more", _is_count(1, LONGEST)),
    "date": Arguments(1, 1, '"iso" or "day"', lambda value: value in ("iso", "day")),
    "pick": NAMES,
    "omit": NAMES,
    "default": Arguments(1, 1, "one text, number, true, false or null"),
}

ALIASES = {"downcase": "lowercase", "upcase": "uppercase"}

ELSEWHERE = {
    "capitalize": "titlecase",
    "count": "length",
    "float": "number",
    "hash": "sha256",
    "int": "number",
    "iso": "date",
    "len": "length",
    "lower": "lowercase",
    "phone": "e164",
    "round": "fixed",
    "size": "length",
    "slice": "truncate",
    "str": "string",
    "strip": "trim",
    "substring": "truncate",
    "title": "titlecase",
    "to_json": "json",
    "tojson": "json",
    "toLowerCase": "lowercase",
    "to_number": "number",
    "toNumber": "number",
    "toString": "string",
    "toUpperCase": "uppercase",
    "unix": "timestamp",
    "upper": "uppercase",
    "without": "omit",
}
"""What other template languages call them."""


def canonical(name: str) -> str | None:
    """The filter's name in the model, or None where there is no such filter."""
    name = ALIASES.get(name, name)
    return name if name in FILTERS else None


def meant(name: str) -> str | None:
    """The filter that someone most likely meant."""
    return ELSEWHERE.get(name) or nearest(name, (*FILTERS, *ALIASES))


def problem(name: str, arguments: tuple[Json, ...]) -> str | None:
    """What is wrong with a filter's arguments, as the end of a sentence."""
    if name == "replace" and arguments[:1] == ("",):
        return "needs something to find"
    return FILTERS[name].problem(arguments)
