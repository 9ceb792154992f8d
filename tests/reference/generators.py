"""Random mappings, conditions and events: valid, small, and never kind.

Everything is drawn from one `random.Random`, so a seed tells the whole case, and names are
few, so that paths hit. Each case carries the rows of our tables that it touched.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from random import Random

    from .javascript import Json

KEYS: Final = ("plan", "total", "email", "tags", "items", "sku", "name", "first name", "id", "0")
# Own members of a text or a list in JavaScript, or inherited by every object.
INHERITED: Final = ("constructor", "__proto__", "toString", "hasOwnProperty", "valueOf")
HOSTILE_KEYS: Final = ("length", "été", "$x", "@x", "a.b", 'q"', "back\\slash", *INHERITED)
ROOTS: Final = ("event", "userId", "traits", "properties", "context", "type", "timestamp")
MAPS: Final = ("traits", "properties", "context")

# Settings as a mapping declares them; none is sensitive.
SETTINGS: Final = {
    "environment": {"type": "string"},
    "beta": {"type": "boolean"},
    "regions": {"type": "array"},
    "labels": {"type": "text_map"},
}

PLAIN_TEXTS: Final = (
    *("", " ", "vip", "VIP", "pro plan", "Ann", "ann@example.com", "a@b", "5", "1.50", "-0"),
    *("0x1F", "1e3", " 7 ", "true", "false", "null", "u1", "+46 70 123 45 67", "0046701234567"),
    *("2025-10-06T07:43:18.248Z", "2024-02-29", "2024-02-30", "2025-10-06T23:30:00-05:30"),
    *("https://example.com/a?b=c", "ftp://x", "en-US", "en_us", "Europe/Paris", "a,b", "a  b\tc"),
    *("$5", "$&", "$.traits.plan", "{{ traits.plan }}", "</script>", "it's", 'say "hi"', "a\\b"),
    *("constructor", "__proto__", "%20&=+", "${x}", "`", "*", "[a", "line\nline"),
)
UNICODE_TEXTS: Final = (
    *("été", "ΟΔΟΣ", "straße", "İ", "\u00a0x\ufeff", "\u2028", "ア", "ﬁ", "\x00"),
)
ASTRAL_TEXTS: Final = ("😀x", "a😀", "\U0001d4b3", "👩‍👧")
LONE_TEXTS: Final = ("\ud800", "x\udc00", "\ude00y", "a\ud83d")
NUMBERS: Final = (
    *(0, 1, 2, 5, 7, -1, 100, -0.0, 0.1, 1.5, -2.5, 1.005, 123456.789, 1e21, 1e-7, 2**53),
    *(1696570000, 1696570000.5, 1696570000123, 99999999999, 100000000000, 1e16, -62167219201),
)


@dataclass(frozen=True)
class ValueCase:
    """A value of a mapping, an event to evaluate it for, and the rows touched."""

    value: Json
    event: Json
    settings: Json
    rows: frozenset[str]


@dataclass(frozen=True)
class MappingCase:
    """A mapping-kit mapping and an event."""

    mapping: Json
    event: Json
    rows: frozenset[str]


@dataclass(frozen=True)
class ConditionCase:
    """A condition, an event, and tsub's tree of the condition where it has one."""

    fql: str
    event: Json
    settings: Json
    rows: frozenset[str]
    ir: Json = None


# Events


@dataclass(frozen=True)
class Kind:
    """How hostile the values of an event are."""

    texts: tuple[str, ...] = (*PLAIN_TEXTS, *UNICODE_TEXTS, *ASTRAL_TEXTS, *LONE_TEXTS)
    keys: tuple[str, ...] = (*KEYS, *KEYS, *KEYS, *HOSTILE_KEYS)
    nulls: bool = True
    wrong: float = 0.15  # how often a part of Segment's spec has another type


HOSTILE: Final = Kind()
# What mapping-kit and tsub are asked about: nothing that JavaScript objects inherit.
OWN: Final = Kind(keys=(*KEYS, *KEYS, "length", "été", "a b"))


def random_json(rng: Random, depth: int, kind: Kind = HOSTILE) -> Json:
    """Any JSON value, mostly texts and numbers."""
    shape = rng.random()
    if depth > 0 and shape < 0.2:
        size = rng.choice((0, 1, 2, 3))
        return {rng.choice(kind.keys): random_json(rng, depth - 1, kind) for _ in range(size)}
    if depth > 0 and shape < 0.35:
        return [random_json(rng, depth - 1, kind) for _ in range(rng.choice((0, 1, 2, 3)))]
    if shape < 0.45:
        return rng.choice((True, False, None) if kind.nulls else (True, False))
    return rng.choice(kind.texts) if shape < 0.75 else rng.choice(NUMBERS)


def _members(rng: Random, kind: Kind) -> dict[str, Json]:
    """Traits or properties: the usual names with the usual types, more often than not."""
    usual: dict[str, Any] = {
        "plan": lambda: rng.choice(("vip", "VIP", "pro plan", "")),
        "total": lambda: rng.choice((0, 5, 100, 1.5, "5", "1.50")),
        "email": lambda: rng.choice(("ann@example.com", "Ann@Example.com", "nobody")),
        "tags": lambda: [rng.choice(("vip", "a,b", 5)) for _ in range(rng.randrange(4))],
        "items": lambda: [_item(rng, kind) for _ in range(rng.randrange(4))],
        "name": lambda: {"first name": rng.choice(kind.texts), "0": 1},
    }
    found: dict[str, Json] = {}
    for key, make in usual.items():
        if rng.random() < 0.6:
            found[key] = make() if rng.random() >= kind.wrong else random_json(rng, 2, kind)
    if rng.random() < 0.5:
        found[rng.choice(kind.keys)] = random_json(rng, 2, kind)
    return found


def _item(rng: Random, kind: Kind) -> Json:
    if rng.random() < kind.wrong:
        return random_json(rng, 1, kind)
    return {key: random_json(rng, 1, kind) for key in ("sku", "plan", "0") if rng.random() < 0.7}


def random_event(rng: Random, kind: Kind = HOSTILE) -> dict[str, Json]:
    """An event of Segment's spec in which anything may be missing or of another type."""
    usual: dict[str, Any] = {
        "type": lambda: rng.choice(("track", "identify", "page")),
        "event": lambda: rng.choice(("Order Completed", "vip", "Ann")),
        "userId": lambda: rng.choice(("u1", "5", " u1 ")),
        "timestamp": lambda: rng.choice(("2025-10-06T07:43:18.248Z", 1696570000)),
        "traits": lambda: _members(rng, kind),
        "properties": lambda: _members(rng, kind),
        "context": lambda: {"traits": _members(rng, kind), **_members(rng, kind)},
    }
    found: dict[str, Json] = {}
    for key, make in usual.items():
        if rng.random() < 0.9:
            found[key] = make() if rng.random() >= kind.wrong else random_json(rng, 1, kind)
    if rng.random() < 0.2:
        found[rng.choice(kind.keys)] = random_json(rng, 2, kind)
    return found


def random_settings(rng: Random) -> dict[str, Json]:
    """Values of `SETTINGS`, each of its type, some missing."""
    usual = {
        "environment": rng.choice(("vip", "production", "")),
        "beta": rng.random() < 0.5,
        "regions": [rng.choice(("vip", "eu")) for _ in range(rng.randrange(3))],
        "labels": {rng.choice(KEYS): rng.choice(("vip", ""))},
    }
    return {key: value for key, value in usual.items() if rng.random() < 0.8}


# Our own language


NAME: Final = re.compile(r"[^\W\d][\w$-]*", re.ASCII)
TEXTS: Final = (*PLAIN_TEXTS, *UNICODE_TEXTS, *ASTRAL_TEXTS)  # YAML holds no lone surrogate
FILTERS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("lowercase", "downcase", "uppercase", "upcase", "titlecase", "trim"), ("",)),
    **dict.fromkeys(("snakecase", "kebabcase", "string", "json", "number", "bool"), ("",)),
    **dict.fromkeys(("length", "first", "last", "timestamp", "sha256", "e164"), ("",)),
    **dict.fromkeys(("compact", "nonempty"), ("",)),
    "join": ('(", ")', "('')", '("😀")'),
    "split": ('(",")', "(' ')", '("ab")'),
    "replace": ('("a", "b")', "(' ', '')", '("i", "$&")', "('.', '$1')"),
    "fixed": ("(0)", "(2)", "( 5 )"),
    "truncate": ("(1)", "(3)", "(100)"),
    "date": ('("iso")', "('day')"),
    "pick": ('("plan")', "('sku', 'first name')", '("__proto__")'),
    "omit": ('("plan")', "('total','0')", '("nope")'),
    "default": ('("n/a")', "(0)", "(false)", "(null)", "('')"),
}
OUTPUT_KEYS: Final = ("plan", "a", "b c", "0", "10", "constructor", "__proto__", "$$x", "@@if")


def text_literal(rng: Random, text: str) -> str:
    """A text of the languages, in one of the two kinds of quotes."""
    body = json.dumps(text, ensure_ascii=rng.random() < 0.3)[1:-1]
    if rng.random() < 0.5:
        return f'"{body}"'
    return "'" + body.replace('\\"', '"').replace("'", "\\'") + "'"


def literal(rng: Random) -> tuple[str, Json]:
    """A literal of the languages, as text and as value."""
    value: Json = rng.choice((True, False, None, 0, 5, -1, 1.5, 100))
    if rng.random() < 0.6:
        value = rng.choice(TEXTS)
        return text_literal(rng, value), value
    return json.dumps(value), value


@dataclass
class Composer:
    """Writes values of our language; knows what is in scope and which rows it touched."""

    rng: Random
    names: tuple[str, ...] = ()
    in_each: bool = False
    rows: set[str] = field(default_factory=set)

    def touch(self, row: str) -> None:
        self.rows.add(row)

    # Paths

    def steps(self, root: str) -> tuple[str, ...]:
        """Keys to read below `$`, `$event` or a name."""
        event = root == "$event" or (root == "$" and not self.in_each)
        first = (self.rng.choice((*ROOTS, *MAPS, *MAPS)),) if event else ()
        keys = (*KEYS, *KEYS, *KEYS, *HOSTILE_KEYS)
        more = 0 if first and first[0] not in MAPS else self.rng.choice((1, 1, 1, 2, 2, 3))
        return first + tuple(self.rng.choice(keys) for _ in range(more))

    def path(self, *, bare: bool, steps: bool = False) -> str:
        """A path; bare ones where the leading `$.` may be left out."""
        root = self.rng.choice(
            ("$", "$", "$", "$", "$", "$event", "$settings", *(f"${name}" for name in self.names))
        )
        self.touch("$name" if root[1:] in self.names else root)
        if root == "$settings":
            keys: tuple[str, ...] = (self.rng.choice(tuple(SETTINGS)), *self._setting_steps())
        else:
            whole = not steps and root != "$event" and (self.in_each or self.rng.random() < 0.02)
            keys = () if whole and self.rng.random() < 0.3 else self.steps(root)
        return self._noted(root, keys, bare=bare)

    def _setting_steps(self) -> tuple[str, ...]:
        return self.rng.choice(((), (), ("0",), ("plan",)))

    def _noted(self, root: str, keys: tuple[str, ...], *, bare: bool) -> str:
        rest = "".join(map(self._step, keys))
        shortens = bare and root in ("$", "$settings") and self.rng.random() < 0.5
        if shortens and root == "$settings":
            self.touch("bare settings")
            return f"settings{rest}"
        if shortens and keys and rest.startswith(".") and self._may_be_bare(keys[0]):
            self.touch("bare path")
            return rest[1:]
        return root + rest

    def _may_be_bare(self, key: str) -> bool:
        return NAME.fullmatch(key) is not None and (self.in_each or key in ROOTS)

    def _step(self, key: str) -> str:
        if key.isdecimal() and self.rng.random() < 0.7:
            self.touch("[index]")
            return f"[{key}]"
        if re.fullmatch(r"[\w$-]+", key) and self.rng.random() < 0.85:
            return f".{key}"
        self.touch("['key']")
        return f"[{text_literal(self.rng, key)}]"

    # Expressions and templates

    def expression(self) -> str:
        """A text that is an expression: it begins with a path that has a step."""
        if self.rng.random() < 0.06 and self.in_each:
            self.touch("whole item")
            return self.rng.choice(("$", *(f"${name}" for name in self.names)))
        text = self._filtered(self.path(bare=False, steps=True))
        return self._chained(text, bare=False)

    def _chained(self, text: str, *, bare: bool) -> str:
        while self.rng.random() < 0.3:
            self.touch("??")
            term = literal(self.rng)[0] if self.rng.random() < 0.4 else self.path(bare=bare)
            text += self.rng.choice((" ?? ", "??", "  ??\t")) + self._filtered(term)
        return text

    def _filtered(self, term: str) -> str:
        while self.rng.random() < 0.3:
            name = self.rng.choice(tuple(FILTERS))
            self.touch(f"| {name}")
            term += self.rng.choice((" | ", "|")) + name + self.rng.choice(FILTERS[name])
        return term

    def template(self) -> str:
        pieces: list[str] = []
        for _ in range(self.rng.choice((1, 1, 2, 3))):
            pieces.append(self.rng.choice(("", "Hi ", "#", "}} ", "$", "it's ", "😀")))
            atom = literal(self.rng)[0] if self.rng.random() < 0.15 else self.path(bare=True)
            inner = self._chained(self._filtered(atom), bare=True)
            blank = self.rng.choice((" ", "", "  "))
            # `{{{` would begin with a brace, which no expression does.
            pieces.append("{{" + blank + inner + blank + "}}")
        self.touch("template")
        return "".join(pieces) + self.rng.choice(("", "!", " }"))

    # Values

    def value(self, depth: int) -> Json:
        """A value as YAML gives it."""
        leaves = (self._scalar, self.expression, self.expression, self.expression, self.template)
        if depth <= 0:
            return self.rng.choice(leaves)()
        shapes = (
            *(self._map, self._map, self._list, self._each, self._each, self._if, self._first),
            *(self._merge, self._literal, self._directive),
        )
        if self.rng.random() < 0.35:
            return self.rng.choice(leaves)()
        return self.rng.choice(shapes)(depth - 1)

    def _scalar(self) -> Json:
        self.touch("literal")
        if self.rng.random() < 0.5:
            return self.rng.choice((True, False, None, 0, 42, -1.5, 1e21, 0.1))
        return self.rng.choice(tuple(text for text in TEXTS if not self._is_code(text)))

    def _is_code(self, text: str) -> bool:
        return text.startswith("$.") or "{{" in text

    def _map(self, depth: int) -> Json:
        self.touch("map")
        size = self.rng.choice((0, 1, 2, 3))
        return {self.rng.choice(OUTPUT_KEYS): self.value(depth) for _ in range(size)}

    def _list(self, depth: int) -> Json:
        self.touch("list")
        return [self.value(depth) for _ in range(self.rng.choice((0, 1, 2, 3)))]

    def _each(self, depth: int) -> Json:
        self.touch("$each")
        source = self.rng.choice((self._list_path, self._list_path, self.expression))
        items = source() if self.rng.random() < 0.85 else self._list(0)
        name = self.rng.choice((None, None, "line", "item_2"))
        names = tuple({*self.names, name} - {None}) if name else self.names
        inner = Composer(self.rng, names, in_each=True, rows=self.rows)
        named = {"$as": name} if name else {}
        self.rows |= {"$as"} if name else set()
        return {"$each": items, **named, "$map": inner.value(depth)}

    def _list_path(self) -> str:
        root = "$event" if self.in_each and self.rng.random() < 0.7 else "$"
        if root == "$" and self.in_each:
            return f"$.{self.rng.choice(('tags', 'items'))}"
        return f"{root}.{self.rng.choice(MAPS)}.{self.rng.choice(('tags', 'items', 'items'))}"

    def _if(self, depth: int) -> Json:
        self.touch("$if")
        conditions = Conditions(self)
        found = {"$if": conditions.condition(1), "$then": self.value(depth)}
        if self.rng.random() < 0.6:
            self.touch("$else")
            found["$else"] = self.value(depth)
        return found

    def _first(self, depth: int) -> Json:
        self.touch("$first")
        return {"$first": [self.value(depth) for _ in range(self.rng.choice((1, 2, 3)))]}

    def _merge(self, depth: int) -> Json:
        self.touch("$merge")
        choices = (lambda: self._map(depth), self._map_path, self.expression)
        operands = [self.rng.choice(choices)() for _ in range(self.rng.choice((1, 2, 3)))]
        return {"$merge": operands}

    def _map_path(self) -> str:
        return f"$event.{self.rng.choice(MAPS)}" if self.in_each else f"$.{self.rng.choice(MAPS)}"

    def _literal(self, _depth: int) -> Json:
        self.touch("$literal")
        return {
            "$literal": self.rng.choice(
                ("$.traits.plan", "{{ x }}", {"$if": 1, "@path": None}, [None, {}], None, {"a": {}})
            )
        }

    def _directive(self, depth: int) -> Json:
        self.touch("directive")
        return _Kit(self.rng, self.rows, safe=True).directive(min(depth, 1))


@dataclass
class Conditions:
    """Writes conditions, for `when`, `$if` and tsub."""

    composer: Composer
    fql_paths: bool = True

    @property
    def rng(self) -> Random:
        return self.composer.rng

    def condition(self, depth: int) -> str:
        """A condition in which everything the language has may stand."""
        shape = self.rng.random()
        if depth > 0 and shape < 0.45:
            word = self.rng.choice(("and", "or"))
            self.composer.touch(word)
            parts = [self.condition(depth - 1) for _ in range(self.rng.choice((2, 2, 3)))]
            return f" {word} ".join(map(self._grouped, parts))
        if shape < 0.6:
            self.composer.touch("!")
            return f"!{self.rng.choice(('', ' '))}({self.condition(max(depth - 1, 0))})"
        return self._comparison()

    def _grouped(self, part: str) -> str:
        """Parentheses now and then; without them `and` binds tighter than `or`."""
        return f"({part})" if self.rng.random() < 0.5 else part

    def _comparison(self) -> str:
        operator = self.rng.choice(("=", "=", "!=", "<", "<=", ">", ">=", "in", ""))
        self.composer.touch(operator or "bare value")
        left = self.value()
        if operator == "":
            return left
        if operator == "in":
            return f"{left} in {self._items()}"
        blank = self.rng.choice((" ", " ", ""))
        return f"{left}{blank}{operator}{blank}{self.value()}"

    def _items(self) -> str:
        if self.rng.random() < 0.4:
            return self.composer.path(bare=True, steps=True)
        values = [self.value(calls=False) for _ in range(self.rng.randrange(4))]
        return f"[{', '.join(values)}]"

    def value(self, *, calls: bool = True) -> str:
        shape = self.rng.random()
        if shape < 0.45:
            return self.composer.path(bare=True, steps=True)
        if shape < 0.7 or not calls:
            return literal(self.rng)[0]
        if shape < 0.75:
            self.composer.touch("list")
            return f"[{', '.join(self.value(calls=False) for _ in range(2))}]"
        name = self.rng.choice(tuple(CALLS))
        self.composer.touch(f"{name}()")
        if name == "match" and self.rng.random() < 0.8:
            return f"match({self.value(calls=False)}, {text_literal(self.rng, self._glob())})"
        arguments = [self.value(calls=self.rng.random() < 0.3) for _ in range(CALLS[name])]
        return f"{name}({', '.join(arguments)})"

    def _glob(self) -> str:
        return self.rng.choice(GLOBS)


CALLS: Final = {
    **dict.fromkeys(("contains", "match"), 2),
    **dict.fromkeys(("length", "lowercase", "uppercase", "snakecase", "kebabcase"), 1),
    **dict.fromkeys(("titlecase", "typeof", "bool", "string", "number"), 1),
}
GLOBS: Final = (
    *(
        "*",
        "v*",
        "*p",
        "v*p",
        "v?p",
        "??",
        "[vV]ip",
        "[a-z]*",
        "[^a]*",
        "*[0-9]",
        "a\\*",
        "",
        "vip",
    ),
    *("vip", "**i**", "[a", "[]a]", "[a-]", "a\\", "*@example.com", "[z-a]*", "*a*b*", "Order *"),
)


def random_value(rng: Random, depth: int = 3) -> ValueCase:
    """A valid value of our language with an event and settings."""
    composer = Composer(rng)
    value = composer.value(depth)
    return ValueCase(value, random_event(rng), random_settings(rng), frozenset(composer.rows))


def random_condition(rng: Random, depth: int = 2) -> ConditionCase:
    """A valid condition of our language with an event and settings."""
    composer = Composer(rng)
    fql = Conditions(composer).condition(depth)
    return ConditionCase(fql, random_event(rng), random_settings(rng), frozenset(composer.rows))


SCALAR_TYPES: Final = (
    *("string", "id", "email", "phone", "url", "locale", "timezone", "boolean", "number"),
    *("object", "any"),
)


def random_type(rng: Random) -> Json:
    """A type of a provider's field."""
    shape = rng.random()
    if shape < 0.1:
        return {"list": rng.choice(SCALAR_TYPES)}
    if shape < 0.2:
        return {"enum": ["vip", "pro plan"]}
    return rng.choice(SCALAR_TYPES)


# mapping-kit


class _Kit:
    """Writes mappings of mapping-kit, row by row of the tables of its behaviour.

    `safe` keeps to what a generator may accept: nothing that throws, whatever the event.
    """

    def __init__(self, rng: Random, rows: set[str], *, safe: bool = False) -> None:
        self.rng = rng
        self.rows = rows
        self.safe = safe

    def pick(self, **rows: Any) -> Any:
        """One of the named forms, its name noted."""
        row = self.rng.choice(tuple(rows))
        self.rows.add(row)
        made = rows[row]
        return made() if callable(made) else made

    def path(self) -> str:
        root, key = self.rng.choice(MAPS), self.rng.choice(KEYS)
        return self.pick(
            path_dollar=f"$.{root}.{key}",
            path_plain=f"{root}.{key}",
            path_root=f"$.{self.rng.choice(ROOTS)}",
            path_double_dot=f"{root}..{key}",
            path_trailing_dot=f"{root}.{key}.",
            path_inner_dollar=f"{root}.$.{key}",
            path_whole=lambda: self.rng.choice(("", ".", "$.")),
            path_only_dollar="$",
            path_index=lambda: self.rng.choice(
                (f"$.{root}.tags[0]", f"$.{root}.items[1].sku", f"{root}.items.0.sku")
            ),
            path_quoted=lambda: self.rng.choice(
                (f"$.{root}['first name']", f'{root}["{key}"].plan', f"{root}[\"name\"]['0']")
            ),
            path_blank_in_key=f"{root}.first name",
            path_bracketed_root=f'$["{root}"].{key}',
            path_no_jsonpath=lambda: self.rng.choice(
                (f"$.{root}.tags[-1]", f"$.{root}.tags[*]", f"$..{key}", f"{root}.tags[?(@.a)]")
            ),
            path_below_scalar=f"$.{root}.{key}.{self.rng.choice(('sku', 'length', '0', 'id'))}",
            path_length=lambda: self.rng.choice((f"$.{root}.tags.length", "$.event.length")),
            path_of_item=lambda: self.rng.choice(("sku", "$.plan", "0")),
        )

    def operand(self, depth: int) -> Json:
        """What stands where mapping-kit wants a string or a directive."""
        if depth > 0 and self.rng.random() < 0.4:
            return self.directive(depth - 1)
        return {"@path": self.path()}

    def anything(self, depth: int) -> Json:
        return self.raw(depth) if self.rng.random() < 0.3 else self.operand(depth)

    def raw(self, depth: int) -> Json:
        if depth <= 0 or self.rng.random() < 0.6:
            texts = (*PLAIN_TEXTS, *UNICODE_TEXTS, *ASTRAL_TEXTS)
            return self.rng.choice((*texts[:12], "é", "😀", 0, 1, -1.5, True, False, None, [], {}))
        return self.pick(
            raw_map=lambda: {key: self.anything(depth - 1) for key in self._keys()},
            raw_list=lambda: [self.anything(depth - 1) for _ in range(self.rng.randrange(4))],
        )

    def _keys(self) -> list[str]:
        return self.rng.sample(("a", "b", "plan", "10", "2", "x y"), self.rng.randrange(4))

    def truthy(self, depth: int) -> Json:
        """What is not refused for being falsy as it is written."""
        return self.anything(depth) or "vip"

    def directive(self, depth: int) -> Json:
        makers = (
            *(self._path, self._path, self._template, self._literal, self._if, self._if),
            *(self._case, self._replace, self._array_path, self._json, self._flatten),
            *(self._merge, self._transform, self._exclude),
        )
        made: dict[str, Json] = self.rng.choice(makers)(depth)
        self.rows.update(key for key in made if key.startswith("@"))
        if self.rng.random() < 0.05:
            self.rows.add("_metadata")
            made["_metadata"] = {"label": 1}
        return made

    def _path(self, depth: int) -> Json:
        if self.safe or self.rng.random() < 0.95:
            return {"@path": self.path()}
        self.rows.add("@path dynamic")
        return {"@path": self.operand(depth)}

    def _template(self, depth: int) -> Json:
        if not self.safe and self.rng.random() < 0.05:
            self.rows.add("@template dynamic")
            return {"@template": self.operand(depth)}
        pieces = [self._placeholder() for _ in range(self.rng.choice((1, 2, 3)))]
        return {"@template": self.rng.choice(("", "Hi ", "{ ")).join(pieces)}

    def _placeholder(self) -> str:
        path = self.path()
        return self.pick(
            template_double="{{" + path + "}}",
            template_triple="{{{" + path + "}}}",
            template_blanks="{{ " + path + " }}",
            template_empty="{{}}",
            template_whole="{{ }}",
            template_dollar="{{$.traits.plan}}",
            template_filter="{{ traits.plan | upcase }}",
            template_rescanned="{{{properties.plan}}}",
            template_text="plain } {",
        )

    def _literal(self, depth: int) -> Json:
        return self.pick(
            literal_raw=lambda: {"@literal": self.raw(depth)},
            literal_directive=lambda: {"@literal": self.operand(depth)},
        )

    def _if(self, depth: int) -> Json:
        options: dict[str, Json] = {}
        test = self.rng.choice(("exists", "exists", "blank", "both"))
        self.rows.add(f"if_{test}")
        for name in ("exists", "blank") if test == "both" else (test,):
            options[name] = self.truthy(depth) if self.safe else self._tested(depth)
        if self.rng.random() < 0.85:
            options["then"] = self.anything(depth)
        if self.rng.random() < 0.7:
            options["else"] = self.pick(
                if_else=lambda: self.anything(depth),
                if_else_falsy=lambda: self.rng.choice((False, 0, "", None)),
            )
        return {"@if": options}

    def _tested(self, depth: int) -> Json:
        return self.pick(
            if_tests_value=lambda: self.operand(depth),
            if_tests_path=lambda: {"@path": self.path()},
            if_tests_literal=lambda: self.rng.choice(("vip", 0, "", False, [], [[]], {}, " ")),
        )

    def _case(self, depth: int) -> Json:
        operator = self.pick(case_lower="lower", case_upper="upper", case_bad="title")
        if operator == "title" and self.safe:
            operator = "lower"
        value = self.pick(
            case_value=lambda: self.operand(depth),
            case_literal=lambda: self.rng.choice(("VIP é", "ΟΔΟΣ", "")),
            case_number=lambda: "VIP" if self.safe else 5,
        )
        return {"@case": {"operator": operator, "value": value}}

    def _replace(self, depth: int) -> Json:
        options: dict[str, Json] = {
            "pattern": self.rng.choice(("a", " ", "i", ".", "vip", "$", "\\", "é", "[", "P", "😀")),
            "value": self.pick(
                replace_value=lambda: self.operand(depth),
                replace_literal=lambda: self.rng.choice(("a.b.a.b", "", "VIP vip", "$1")),
            ),
        }
        if self.rng.random() < 0.8:
            options["replacement"] = self.pick(
                replace_plain=lambda: self.rng.choice(("", "-", "xyz")),
                replace_dollar=lambda: self.rng.choice(("$&", "$$", "$1", "$`", "$'", "<$&>", "$")),
            )
        for name in ("global", "ignorecase"):
            if self.rng.random() < 0.3:
                self.rows.add(f"replace_{name}")
                options[name] = self.rng.random() < 0.5
        if self.rng.random() < 0.25:
            self.rows.add("replace_pattern2")
            options["pattern2"] = self.rng.choice(("b", "-"))
            if self.rng.random() < 0.7:
                options["replacement2"] = self.rng.choice(("", "+"))
        if not self.safe and self.rng.random() < 0.06:
            self.rows.add("replace_too_long")
            options[self.rng.choice(("pattern", "replacement", "pattern2"))] = "x" * 11
        return {"@replace": options}

    def _array_path(self, depth: int) -> Json:
        shape = self.pick(
            array_path_bare=list,
            array_path_empty_shape=lambda: [{}],
            array_path_shape=lambda: [{"s": {"@path": "$.sku"}, "r": self.anything(depth)}],
            array_path_directive_shape=lambda: [
                {"@path": "$.sku"} if self.safe else self.operand(depth)
            ],
        )
        source = self.pick(
            array_path_text=self.path,
            array_path_items=f"$.{self.rng.choice(MAPS)}.items",
            array_path_from_directive=lambda: self.operand(depth),
        )
        return {"@arrayPath": [source, *shape]}

    def _json(self, depth: int) -> Json:
        mode = self.pick(json_encode="encode", json_decode="decode", json_upper="ENCODE")
        value = self.pick(
            json_value=lambda: self.operand(depth),
            json_text=lambda: self.rng.choice(('{"a":[1,null]}', "{bad", '"x"', " 1e3 ", "NaN")),
            json_falsy=lambda: "x" if self.safe else self.rng.choice((0, "", False, None)),
        )
        return {"@json": {"mode": mode, "value": value}}

    def _flatten(self, depth: int) -> Json:
        options: dict[str, Json] = {
            "separator": self.pick(
                flatten_separator=lambda: self.rng.choice((".", "_", ", ")),
                flatten_no_separator="." if self.safe else "",
            ),
            "value": self.anything(depth),
        }
        if self.rng.random() < 0.4:
            self.rows.add("flatten_omit_arrays")
            options["omitArrays"] = self.rng.choice((True, False, 1))
        return {"@flatten": options}

    def _merge(self, depth: int) -> Json:
        objects = [self._merged(depth) for _ in range(self.rng.randrange(4))]
        options = {
            "objects": objects,
            "direction": self.pick(merge_right="right", merge_left="left", merge_upper="LEFT"),
        }
        if not self.safe and self.rng.random() < 0.05:
            self.rows.add("merge_no_direction")
            del options["direction"]
        return {"@merge": options}

    def _merged(self, depth: int) -> Json:
        return self.pick(
            merge_path=lambda: {"@path": f"$.{self.rng.choice(ROOTS)}"},
            merge_map=lambda: {key: self.anything(depth - 1) for key in self._keys()},
            merge_directive=lambda: self.operand(depth),
        )

    def _transform(self, depth: int) -> Json:
        if self.safe:  # a directive may give what is no object, and then it throws within a list
            depth = 0
        apply = self.pick(
            transform_map=lambda: {"traits": self.operand(depth), "plan": {"@path": "$.event"}},
            transform_directive=lambda: {"@path": f"$.{self.rng.choice(ROOTS)}"},
            transform_root=lambda: {
                "sku": 1,
                "__segment_internal_directive": {"@transform": {"apply": {"sku": "x"}}},
            },
        )
        mapping = self.pick(
            transform_to_map=lambda: {"a": self.operand(depth), "p": {"@path": "$.plan"}},
            transform_to_directive=lambda: self.operand(depth),
        )
        return {"@transform": {"apply": apply, "mapping": mapping}}

    def _exclude(self, depth: int) -> Json:
        return {"@excludeWhenNull": self.anything(depth)}

    def invalid(self, depth: int) -> Json:
        """What validation refuses, or overlooks inside a list."""
        return self.pick(
            invalid_two_directives={"@path": "$.a", "@case": {}},
            invalid_other_key={"@path": "$.userId", "x": 1},
            invalid_unknown={"@nope": 1},
            invalid_option=lambda: {"@if": {"exists": {"@path": 5}, "then": 1}},
            invalid_branch=lambda: {"@if": {"exists": "x", "then": {"@case": {"value": 5}}}},
            invalid_array=lambda: {"@merge": {"direction": "right", "objects": ["x"]}},
            invalid_in_list=lambda: [{"@path": "$.userId", "x": self.operand(depth)}],
            invalid_unknown_in_list=lambda: [{"@nope": 1}],
            invalid_root=lambda: {"@flatten": [self.operand(depth)]},
        )


def random_mapping_kit(rng: Random, depth: int = 2) -> MappingCase:
    """A mapping for mapping-kit, now and then one that it refuses, and an event.

    Nothing in it reads a name that JavaScript objects inherit, and it has no `@liquid`.
    """
    rows: set[str] = set()
    kit = _Kit(rng, rows)
    mapping = {"x": kit.directive(depth)}
    if rng.random() < 0.3:
        mapping["y"] = kit.raw(depth)
    if rng.random() < 0.06:
        mapping["z"] = kit.invalid(depth)
    return MappingCase(mapping, random_event(rng, OWN), frozenset(rows))


# FQL where both of Segment's readers agree

TRIGGER_KEYS: Final = ("plan", "total", "email", "order_id", "android", "nullable", "n-1", "_x")
TRIGGER_TEXTS: Final = ("vip", "Order Completed", "ann@example.com", "", "5", "true", "null", "a b")


class _Triggers:
    """Writes conditions as the mapping interface of Segment Actions does."""

    def __init__(self, rng: Random, rows: set[str]) -> None:
        self.rng = rng
        self.rows = rows

    def condition(self) -> str:
        """One connective a level, one level of parentheses, calls last in them."""
        word = self.rng.choice((" and ", " or "))
        parts = [
            self._group() if self.rng.random() < 0.3 else self._clause()
            for _ in range(self.rng.choice((1, 2, 3)))
        ]
        self.rows.update({word.strip()} if len(parts) > 1 else ())
        return word.join(parts)

    def _group(self) -> str:
        self.rows.add("( )")
        word = self.rng.choice((" and ", " or "))
        parts = [self._comparison() for _ in range(self.rng.choice((1, 2)))]
        if self.rng.random() < 0.3:
            parts.append(self._call())
        return f"({word.join(parts)})"

    def _clause(self) -> str:
        return self._call() if self.rng.random() < 0.3 else self._comparison()

    def _path(self) -> str:
        nested = self.rng.random() < 0.2
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
        if self.rng.random() < 0.5:
            self.rows.add("contains")
            return f'contains({path}, "{text[:2]}")'
        self.rows.add("match")
        glob = self.rng.choice((f"{text[:3]}*", f"*{text[-3:]}"))
        return f'match({path}, "{glob}")'

    def event(self) -> dict[str, Json]:
        """An event whose parents are maps or missing; its leaves may be anything."""
        found: dict[str, Json] = {}
        for key in ("type", "event", "name", "userId"):
            if self.rng.random() < 0.8:
                found[key] = self.rng.choice((*TRIGGER_TEXTS, "track", "track", None, 5, True))
        for key in MAPS:
            if self.rng.random() < 0.9:
                found[key] = self._leaves()
                if self.rng.random() < 0.7:
                    found[key]["name"] = self._leaves()
        return found

    def _leaves(self) -> dict[str, Json]:
        values = (*TRIGGER_TEXTS, 0, 5, 100, -1, 1.5, True, False, None, [], {}, "👩", "\ud800")
        keys = [key for key in TRIGGER_KEYS if self.rng.random() < 0.7]
        return {key: self.rng.choice(values) for key in keys}


def random_fql_shared(rng: Random) -> ConditionCase:
    """A condition that Segment's Actions parser and documented FQL read alike."""
    rows: set[str] = set()
    triggers = _Triggers(rng, rows)
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
        if depth > 0 and shape < 0.5:
            return self._junction(depth)
        if depth > 0 and shape < 0.65:
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
        return f"(({text}))" if self.rng.random() < 0.1 else text

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
        if self.rng.random() < 0.25:
            self.rows.add("lowercase")
            text, ir = self.path()
            return f"lowercase({text})", ["lowercase", ir]
        return self.path()

    def _equality(self) -> tuple[str, Json]:
        operator = self.rng.choice(("=", "!="))
        self.rows.add(operator)
        left = self._operand()
        right = self.literal()
        if not self.nulls and not isinstance(left[1], list) and self.rng.random() < 0.2:
            self.rows.add("path = path")
            right = self.path()
        elif self.rng.random() < 0.1:
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
        if self.rng.random() < 0.3:
            left, right = right, left
        return f"{left[0]} {operator} {right[0]}", [operator, left[1], right[1]]

    def _in(self) -> tuple[str, Json]:
        self.rows.add("in")
        left = self.path() if self.rng.random() < 0.8 else self.literal()
        items = [self.literal() for _ in range(self.rng.randrange(4))]
        return f"{left[0]} in {self._listed(items)}", ["in", left[1], [ir for _, ir in items]]

    def _contains(self) -> tuple[str, Json]:
        self.rows.add("contains")
        left, right = self.path(), self.path() if self.rng.random() < 0.1 else self._text()
        return f"contains({left[0]}, {right[0]})", ["contains", left[1], right[1]]

    def _match(self) -> tuple[str, Json]:
        self.rows.add("match")
        left, right = self.path(), self.path()
        if self.rng.random() < 0.9:
            glob = self.rng.choice(GLOBS)
            self.rows.update({"match set"} if "[" in glob else ())
            right = text_literal(self.rng, glob), {"value": glob}
        return f"match({left[0]}, {right[0]})", ["match", left[1], right[1]]

    def _bare(self) -> tuple[str, Json]:
        self.rows.add("bare value")
        return self.path() if self.rng.random() < 0.8 else self.literal()

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
