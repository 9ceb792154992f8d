"""What must stand in an event so that a condition holds, or does not."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.changes.privacy import parts_of
from generator.changes.words import condition
from generator.model import (
    And,
    Call,
    Choices,
    Compare,
    Condition,
    Each,
    Filtered,
    IsTrue,
    ListOf,
    Literal,
    MapOf,
    Not,
    Operand,
    Or,
    Path,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Dictionary

    from generator.model import Json
    from generator.types import Type

Keys = tuple["str | int", ...]
MOST_ITEMS = 50
MOST_LETTERS = 8

SAMPLES: dict[str, Json] = {
    "email": "ada@example.com",
    "phone": "+46701234567",
    "url": "https://example.com/page",
    "locale": "en-US",
    "timezone": "Europe/Stockholm",
    "boolean": True,
    "number": 42,
    "object": {"one": 1, "two": "2"},
}
"""A value that fits, for each type that not every text fits."""
OF_FILTERS: dict[str, Json] = {
    "number": "42.5",
    "fixed": 42.5,
    "bool": "true",
    "timestamp": "2026-01-01T00:00:00Z",
    "date": "2026-01-01T00:00:00Z",
    "e164": "0046 70 123 45 67",
    "join": ["a", "b"],
    "first": ["a", "b"],
    "last": ["a", "b"],
    "compact": ["a", None, "b"],
    "pick": {"one": 1, "two": "2"},
    "omit": {"one": 1, "two": "2"},
}
OF_NAMES: dict[str, Json] = {
    "userId": "user-1",
    "groupId": "group-1",
    "previousId": "other-1",
    "anonymousId": "anonymous-1",
    "messageId": "made-1",
    "properties": {"plan": "pro", "total": 120},
    "traits": {"plan": "pro", "email": "ada@example.com"},
    "context": {"locale": "en-US"},
    "products": [{"sku": "a-1", "quantity": 2}],
}


@dataclass(frozen=True)
class Wish:
    """A place in an event and the value that shall stand there, or that none shall."""

    keys: Keys
    value: Json
    missing: bool = False

    def put(self, event: dict[str, Any]) -> None:
        """Let the event be so; what stands in the way gives way."""
        at: Any = event
        for key, following in zip(self.keys, (*self.keys[1:], None), strict=True):
            if following is None:
                # A copy: a later wish may stand inside of it.
                _set(at, key, copy.deepcopy(self.value), missing=self.missing)
                return
            at = _inside(at, key, [] if isinstance(following, int) else {})


def _inside(at: Any, key: str | int, fresh: Any) -> Any:  # noqa: ANN401 - JSON
    """The list or map below a key, made where it is not there."""
    held = None
    if isinstance(at, list) and isinstance(key, int) and key < len(at):
        held = at[key]
    elif isinstance(at, dict):
        held = at.get(key)
    if not isinstance(held, type(fresh)):
        held = fresh
        _set(at, key, held, missing=False)
    return held


def _set(at: Any, key: str | int, value: Json, *, missing: bool) -> None:  # noqa: ANN401 - JSON
    if isinstance(at, list) and isinstance(key, int) and key < MOST_ITEMS:
        at.extend([None] * (key + 1 - len(at)))
        at[key] = value
    elif isinstance(at, dict) and missing:
        at.pop(str(key), None)
    elif isinstance(at, dict):
        at[str(key)] = value


# --- conditions ------------------------------------------------------------------------


def wishes(when: Condition, settings: Dictionary[str, Json]) -> Iterator[tuple[str, list[Wish]]]:
    """What to wish for, and how it is called: first that the condition holds.

    Then that it does not, then each comparison in it both ways, at its edge and beside it.
    """
    solver = _Solver(settings)
    yield condition(when), solver.solve(when, holds=True)
    yield f"not ({condition(when)})", solver.solve(when, holds=False)
    for leaf in _leaves(when):
        for told, wish in solver.around(leaf):
            yield told, [*solver.solve(when, holds=True), wish]


def _leaves(when: Condition) -> Iterator[Compare | IsTrue]:
    match when:
        case Not(inner):
            yield from _leaves(inner)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case _:
            yield when


@dataclass(frozen=True)
class _Solver:
    """Finds wishes; `settings` are known beforehand."""

    settings: Dictionary[str, Json]

    def solve(self, when: Condition, *, holds: bool) -> list[Wish]:
        """Wishes that make a condition hold or not, for conditions that are not too odd."""
        match when:
            case Not(inner):
                return self.solve(inner, holds=not holds)
            case And(parts) | Or(parts):
                if holds == isinstance(when, And):
                    return [wish for part in parts for wish in self.solve(part, holds=holds)]
                return self.solve(parts[0], holds=holds)
            case IsTrue(Call(name, (Path() as place, Literal() as given))) if place.root == "event":
                return [Wish(place.keys, _of_call(name, given.value, holds=holds))]
            case IsTrue(Path() as place) if place.root == "event":
                return [Wish(place.keys, holds)]
            case Compare():
                return self.compared(when, holds=holds)
        return []

    def compared(self, found: Compare, *, holds: bool) -> list[Wish]:
        """Wishes for a comparison."""
        for here, there, turned in (
            (found.left, found.right, False),
            (found.right, found.left, True),
        ):
            place, shape = _place(here)
            if place is not None:
                known = self.known(there)
                value = _beside(found.operator, known, holds=holds, turned=turned)
                return [Wish(place, shape(value))]
        return []

    def known(self, found: Operand) -> Json:
        """The value of an operand that does not come from the event."""
        match found:
            case Literal():
                return found.value
            case Path("settings", keys) if len(keys) == 1:
                return self.settings.get(str(keys[0]))
            case Choices(items):
                return [self.known(item) for item in items]
        return None

    def around(self, leaf: Compare | IsTrue) -> Iterator[tuple[str, Wish]]:
        """Wishes at the edge of a comparison and beside it, and the place empty."""
        sides: tuple[tuple[Operand, Operand], ...]
        match leaf:
            case Compare(_, left, right):
                sides = ((left, right), (right, left))
            case IsTrue(Call("match", (left, Literal() as glob))):
                texts = {_matching(str(glob.value), pick) for pick in range(MOST_LETTERS)}
                sides = ((left, Choices(tuple(map(Literal.of, sorted(texts))))),)
            case IsTrue(Call(_, (left, *_))) | IsTrue(left):
                sides = ((left, Literal("true")),)
        for here, there in sides:
            place, shape = _place(here)
            if place is None:
                continue
            for value in _near(self.known(there)):
                told = condition(Compare("=", Path("event", place), Literal.of(value)))
                yield told, Wish(place, shape(value))
            yield condition(Compare("=", Path("event", place), Literal("null"))), Wish(place, None)


def _near(known: Json) -> list[Json]:
    """A value, and values beside it."""
    match known:
        case bool():
            return [True, False]
        case int() | float():
            return [known - 1, known, known + 1, str(known)]
        case str():
            return [known, f"{known}x", known.upper(), [known]]
        case list():
            return [*known[:MOST_ITEMS], "none of these"]
    return ["something"]


def _place(found: Operand) -> tuple[Keys | None, Any]:
    """The place in the event that an operand reads, and what its function makes undone."""
    match found:
        case Path("event", keys) if keys:
            return keys, _as_it_is
        case Call("length", (Path("event", keys), *_)) if keys:
            return keys, _of_length
        case Call("typeof", (Path("event", keys), *_)) if keys:
            return keys, _of_type
        case Call(_, (Path("event", keys), *_)) if keys:
            return keys, _as_it_is
    return None, _as_it_is


def _as_it_is(value: Json) -> Json:
    return value


def _of_length(value: Json) -> Json:
    size = int(value) if isinstance(value, (int, float)) else 1
    return "x" * max(0, min(size, MOST_ITEMS))


def _of_type(value: Json) -> Json:
    kinds: dict[str, Json] = {"number": 1, "bool": True, "list": [1], "null": None}
    return kinds.get(str(value), "text")


def _of_call(name: str, given: Json, *, holds: bool) -> Json:
    """A text that `contains` or `match` takes, or does not."""
    text = str(given)
    if not holds:
        return "" if text else "x"
    return text if name != "match" else _matching(text)


def _matching(glob: str, pick: int = 0) -> str:
    """A text that a glob takes; `pick` says which letter of each `[...]`."""
    made, at = "", 0
    while at < len(glob):
        letter = glob[at]
        if letter == "\\" and at + 1 < len(glob):
            made, at = made + glob[at + 1], at + 1
        elif letter == "[" and "]" in glob[at + 2 :]:
            end = glob.index("]", at + 2)
            letters = glob[at + 1 : end]
            made, at = made + letters[pick % len(letters)], end
        elif letter != "*":
            made += "a" if letter == "?" else letter
        at += 1
    return made


def _beside(operator: str, known: Json, *, holds: bool, turned: bool) -> Json:
    """A value for which `value operator known` holds or not; `turned` exchanges the sides."""
    if operator == "in":
        return _member(known, holds=holds, turned=turned)
    if operator in {"=", "!="}:
        return known if holds == (operator == "=") else _other(known)
    above = (operator in {">", ">="}) == holds
    if turned:
        above = not above
    if isinstance(known, (int, float)) and not isinstance(known, bool):
        equal = holds == (operator in {"<=", ">="})
        return known if equal else known + (1 if above else -1)
    return f"{known}z" if above else ""


def _member(known: Json, *, holds: bool, turned: bool) -> Json:
    if turned:
        return [known] if holds else []
    items = known if isinstance(known, list) else []
    return items[0] if holds and items else "none of these"


def _other(known: Json) -> Json:
    match known:
        case bool():
            return not known
        case int() | float():
            return known + 1
        case str():
            return f"{known} other"
    return "something"


# --- values ----------------------------------------------------------------------------


def samples(value: Value, wanted: Type | None) -> Iterator[Wish]:
    """A value for each place in the event that a value reads; the longer places last."""
    found = list(_samples(value, wanted, ()))
    yield from sorted(found, key=lambda wish: len(wish.keys))


def _samples(value: Value, wanted: Type | None, item: Keys) -> Iterator[Wish]:
    """The same in the order of the value; `item` is where the items of a list stand."""
    match value:
        case Path("event", keys) if keys:
            yield Wish(keys, _sample(wanted, keys))
        case Path("item", keys) if item:
            yield Wish((*item, *keys), _sample(wanted, (*item, *keys)))
        case Filtered(inner, name):
            for wish in _samples(inner, wanted, item):
                yield Wish(wish.keys, OF_FILTERS.get(name, wish.value))
        case Each(over, each, _):
            for wish in _samples(over, None, item):
                yield Wish(wish.keys, [{}])
                yield from _samples(each, None, (*wish.keys, 0))
        case MapOf(entries):
            for name, part in entries:
                yield from _samples(part, _member_type(wanted, name), item)
        case _:
            inner_type = wanted.items if isinstance(value, ListOf) and wanted else wanted
            for part in parts_of(value):
                yield from _samples(part, inner_type, item)


def _member_type(wanted: Type | None, name: str) -> Type | None:
    if wanted is None:
        return None
    spec = next((member for member in wanted.members if member.name == name), None)
    return wanted.values if spec is None else spec.type


def _sample(wanted: Type | None, keys: Keys) -> Json:
    """A value that fits a type, or sounds like its name."""
    last = str(keys[-1])
    if wanted is not None and wanted.kind in SAMPLES and last not in OF_NAMES:
        return SAMPLES[wanted.kind]
    if wanted is not None and wanted.kind == "enum" and wanted.choices:
        return wanted.choices[0]
    if last in OF_NAMES:
        return OF_NAMES[last]
    kinds = [kind for kind in SAMPLES if kind in last.lower()]
    return SAMPLES[kinds[0]] if kinds and kinds[0] != "object" else f"{last} value"
