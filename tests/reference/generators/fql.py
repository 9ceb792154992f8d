"""Random conditions that Segment's own readers of FQL judge too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from .cases import ConditionCase
from .events import KEYS, MAPS, PLAIN_TEXTS, ROOTS, UNICODE_TEXTS, Kind, chance, random_event
from .literals import NAME, literal, text_literal
from .values import GLOBS

if TYPE_CHECKING:
    from random import Random

    from reference.javascript import Json

# FQL where both of Segment's readers agree

TRIGGER_KEYS: Final = ("plan", "total", "email", "order_id", "android", "nullable", "n-1", "_x")
TRIGGER_TEXTS: Final = ("vip", "Order Completed", "ann@example.com", "", "5", "true", "null", "a b")


class Triggers:
    """Writes conditions as the mapping interface of Segment Actions does."""

    def __init__(self, rng: Random, rows: set[str]) -> None:
        self.rng = rng
        self.rows = rows

    def condition(self) -> str:
        """One connective a level, one level of parentheses, calls last in them."""
        word = self.rng.choice((" and ", " or "))
        parts = [
            self._group() if chance(self.rng, 0.3) else self._clause()
            for _ in range(self.rng.choice((1, 2, 3)))
        ]
        self.rows.update({word.strip()} if len(parts) > 1 else ())
        return word.join(parts)

    def _group(self) -> str:
        self.rows.add("( )")
        word = self.rng.choice((" and ", " or "))
        parts = [self._comparison() for _ in range(self.rng.choice((1, 2)))]
        if chance(self.rng, 0.3):
            parts.append(self._call())
        return f"({word.join(parts)})"

    def _clause(self) -> str:
        return self._call() if chance(self.rng, 0.3) else self._comparison()

    def _path(self) -> str:
        nested = chance(self.rng, 0.2)
        return ".".join(
            (self.rng.choice(MAPS), *(("name",) if nested else ()), self.rng.choice(TRIGGER_KEYS))
        )

    def _comparison(self) -> str:
        shape = self.rng.choice(("root", "text", "text", "number", "boolean", "null", "order"))
        self.rows.add(shape)
        path = self._path()
        if shape == "root":
            name = self.rng.choice(("type", "event", "name", "userId"))
            value = self.rng.choice((f'"{self.rng.choice(TRIGGER_TEXTS)}"', '"track"'))
            return f"{name} {self._equality()} {value}"
        if shape == "text":
            return f'{path} {self._equality()} "{self.rng.choice(TRIGGER_TEXTS)}"'
        if shape == "null":
            path = self.rng.choice((path, "name", "userId"))
            return f"{path} {self._equality()} null"
        if shape == "boolean":
            return f"{path} = {self.rng.choice(('true', 'false'))}"
        operator = "=" if shape == "number" else self.rng.choice(("<", "<=", ">", ">="))
        return f"{path} {operator} {self.rng.choice(('0', '5', '100', '-1', '1.5'))}"

    def _equality(self) -> str:
        operator = self.rng.choice(("=", "!="))
        self.rows.add(operator)
        return operator

    def _call(self) -> str:
        path = self.rng.choice((self._path(), "event", "userId", "name"))
        text = self.rng.choice(TRIGGER_TEXTS)
        if chance(self.rng, 0.5):
            self.rows.add("contains")
            return f'contains({path}, "{text[:2]}")'
        self.rows.add("match")
        glob = self.rng.choice((f"{text[:3]}*", f"*{text[-3:]}"))
        return f'match({path}, "{glob}")'

    def event(self) -> dict[str, Json]:
        """An event whose parents are maps or missing; its leaves may be anything."""
        found: dict[str, Json] = {}
        for key in ("type", "event", "name", "userId"):
            if chance(self.rng, 0.8):
                found[key] = self.rng.choice((*TRIGGER_TEXTS, "track", "track", None, 5, True))
        for key in MAPS:
            if chance(self.rng, 0.9):
                found[key] = self._leaves()
                if chance(self.rng, 0.7):
                    found[key]["name"] = self._leaves()
        return found

    def _leaves(self) -> dict[str, Json]:
        values = (*TRIGGER_TEXTS, 0, 5, 100, -1, 1.5, True, False, None, [], {}, "👩", "\ud800")
        keys = [key for key in TRIGGER_KEYS if chance(self.rng, 0.7)]
        return {key: self.rng.choice(values) for key in keys}


def random_fql_shared(rng: Random) -> ConditionCase:
    """A condition that Segment's Actions parser and documented FQL read alike."""
    rows: set[str] = set()
    triggers = Triggers(rng, rows)
    return ConditionCase(triggers.condition(), triggers.event(), {}, frozenset(rows))


# Documented FQL, as text and as tsub's tree


# tsub counts UTF-16 units, where a glob counts characters.
BASIC: Final = Kind(texts=(*PLAIN_TEXTS, *UNICODE_TEXTS), keys=KEYS, wrong=0.2)
BASIC_FULL: Final = Kind(texts=BASIC.texts, keys=KEYS, nulls=False, wrong=0.2)


class _Documented:
    """Writes a condition twice, and keeps away from what tsub is known to read otherwise.

    Known: missing `= null`, names of `typeof`, `length` of missing and of what is not ASCII,
    members of a text, `in` with a path, arguments that are calls.
    """

    def __init__(self, rng: Random, rows: set[str], event: dict[str, Json]) -> None:
        self.rng = rng
        self.rows = rows
        self.event = event
        self.nulls = _holds_null(event)

    def condition(self, depth: int) -> tuple[str, Json, int]:
        """Text, tree, and how tightly the text binds: 1 or, 2 and, 3 all else."""
        shape = self.rng.random()
        if depth > 0 and shape > 0.5:
            return self._junction(depth)
        if depth > 0 and shape > 0.35:
            self.rows.add("!")
            text, ir, _ = self.condition(depth - 1)
            return f"!({text})", ["!", ir], 3
        text, ir = self._clause()
        return text, ir, 3

    def _junction(self, depth: int) -> tuple[str, Json, int]:
        word, binds = self.rng.choice((("or", 1), ("and", 2)))
        self.rows.add(word)
        parts = [self.condition(depth - 1) for _ in range(self.rng.choice((2, 2, 3)))]
        texts = [self._grouped(text, inner, binds) for text, _, inner in parts]
        return f" {word} ".join(texts), [word, *(ir for _, ir, _ in parts)], binds

    def _grouped(self, text: str, inner: int, outer: int) -> str:
        if inner <= outer and inner < 3:
            self.rows.add("( )")
            return f"({text})"
        if inner == 2:
            self.rows.add("and within or")
        return f"(({text}))" if chance(self.rng, 0.1) else text

    def _clause(self) -> tuple[str, Json]:
        makers = (self._equality, self._equality, self._order, self._in, self._contains)
        makers = (*makers, self._match, self._match, self._bare, self._typeof, self._length)
        return self.rng.choice(makers)()

    def path(self) -> tuple[str, Json]:
        while True:
            keys = [self.rng.choice((*ROOTS, *MAPS))]
            if keys[0] in MAPS:
                keys += [self.rng.choice(KEYS) for _ in range(self.rng.choice((1, 1, 2)))]
            if not self._below_text(keys):
                return self._noted(keys), ".".join(keys)

    def _below_text(self, keys: list[str]) -> bool:
        value: Json = self.event
        for key in keys:
            if isinstance(value, str):
                return True
            value = _child(value, key)
        return False

    def _noted(self, keys: list[str]) -> str:
        text = self.rng.choice(("", "", "$.")) + keys[0]
        for key in keys[1:]:
            if NAME.fullmatch(key):
                text += f".{key}"
            else:
                text += f"[{key}]" if key.isdecimal() else f"[{text_literal(self.rng, key)}]"
        return text

    def literal(self) -> tuple[str, Json]:
        text, value = literal(self.rng)
        return self.literal() if value is None else (text, {"value": value})

    def _text(self) -> tuple[str, Json]:
        value = self.rng.choice(PLAIN_TEXTS)
        return text_literal(self.rng, value), {"value": value}

    def _operand(self) -> tuple[str, Json]:
        if chance(self.rng, 0.25):
            self.rows.add("lowercase")
            text, ir = self.path()
            return f"lowercase({text})", ["lowercase", ir]
        return self.path()

    def _equality(self) -> tuple[str, Json]:
        operator = self.rng.choice(("=", "!="))
        self.rows.add(operator)
        left = self._operand()
        right = self.literal()
        if not self.nulls and not isinstance(left[1], list) and chance(self.rng, 0.2):
            self.rows.add("path = path")
            right = self.path()
        elif chance(self.rng, 0.1):
            self.rows.add("list literal")
            items = [self.literal() for _ in range(self.rng.randrange(3))]
            right = self._listed(items), {"value": [item["value"] for _, item in items]}
        return f"{left[0]} {operator} {right[0]}", [operator, left[1], right[1]]

    def _listed(self, items: list[tuple[str, Json]]) -> str:
        return f"[{', '.join(text for text, _ in items)}]"

    def _order(self) -> tuple[str, Json]:
        operator = self.rng.choice(("<", "<=", ">", ">="))
        self.rows.add(operator)
        left = self.path()
        value = self.rng.choice((0, 5, 100, -1, 1.5))
        right = json.dumps(value), {"value": value}
        if chance(self.rng, 0.3):
            left, right = right, left
        return f"{left[0]} {operator} {right[0]}", [operator, left[1], right[1]]

    def _in(self) -> tuple[str, Json]:
        self.rows.add("in")
        left = self.path() if chance(self.rng, 0.8) else self.literal()
        items = [self.literal() for _ in range(self.rng.randrange(4))]
        return f"{left[0]} in {self._listed(items)}", ["in", left[1], [ir for _, ir in items]]

    def _contains(self) -> tuple[str, Json]:
        self.rows.add("contains")
        left, right = self.path(), self.path() if chance(self.rng, 0.1) else self._text()
        return f"contains({left[0]}, {right[0]})", ["contains", left[1], right[1]]

    def _match(self) -> tuple[str, Json]:
        self.rows.add("match")
        left, right = self.path(), self.path()
        if chance(self.rng, 0.9):
            glob = self.rng.choice(GLOBS)
            self.rows.update({"match set"} if "[" in glob else ())
            right = text_literal(self.rng, glob), {"value": glob}
        return f"match({left[0]}, {right[0]})", ["match", left[1], right[1]]

    def _bare(self) -> tuple[str, Json]:
        self.rows.add("bare value")
        return self.path() if chance(self.rng, 0.8) else self.literal()

    def _typeof(self) -> tuple[str, Json]:
        self.rows.add("typeof")
        text, ir = self.path()
        operator, name = self.rng.choice(("=", "!=")), self.rng.choice(("string", "number"))
        right = text_literal(self.rng, name)
        return f"typeof({text}) {operator} {right}", [operator, ["typeof", ir], {"value": name}]

    def _length(self) -> tuple[str, Json]:
        self.rows.add("length")
        for _ in range(8):
            text, ir = self.path()
            found = self._read(ir)
            if isinstance(found, list) or (isinstance(found, str) and found.isascii()):
                operator, size = self.rng.choice(("=", ">", "<=")), self.rng.choice((0, 1, 3))
                return f"length({text}) {operator} {size}", [
                    operator,
                    ["length", ir],
                    {"value": size},
                ]
        return self._bare()

    def _read(self, path: str) -> Json:
        value: Json = self.event
        for key in path.split("."):
            value = _child(value, key)
        return value


def _child(value: Json, key: str) -> Json:
    if isinstance(value, dict):
        return value.get(key)
    found = isinstance(value, list) and key.isdecimal() and int(key) < len(value)
    return value[int(key)] if found else None


def _holds_null(value: Json) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_null, value.values()))
    return any(map(_holds_null, value)) if isinstance(value, list) else value is None


def random_fql_documented(rng: Random, depth: int = 2) -> ConditionCase:
    """A condition of documented FQL with tsub's tree of it."""
    rows: set[str] = set()
    event = random_event(rng, rng.choice((BASIC, BASIC_FULL)))
    fql, ir, _ = _Documented(rng, rows, event).condition(depth)
    return ConditionCase(fql, event, {}, frozenset(rows), ir)
