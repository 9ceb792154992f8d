"""Random values and conditions of our own language, all of them valid."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .cases import ConditionCase, ValueCase
from .events import HOSTILE_KEYS, KEYS, MAPS, ROOTS, SETTINGS, chance, random_event, random_settings
from .literals import NAME, TEXTS, literal, text_literal
from .mapping_kit import Kit

if TYPE_CHECKING:
    from random import Random

    from reference.javascript import Json


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
            keys: tuple[str, ...] = self._setting()
        else:
            whole = not steps and root != "$event" and (self.in_each or chance(self.rng, 0.02))
            keys = () if whole and chance(self.rng, 0.3) else self.steps(root)
        return self._noted(root, keys, bare=bare)

    def _setting(self) -> tuple[str, ...]:
        return self.rng.choice(
            (*((name,) for name in SETTINGS), ("regions", "0"), ("labels", "plan"))
        )

    def _noted(self, root: str, keys: tuple[str, ...], *, bare: bool) -> str:
        rest = "".join(map(self._step, keys))
        shortens = bare and root in ("$", "$settings") and chance(self.rng, 0.5)
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
        if key.isdecimal() and chance(self.rng, 0.7):
            self.touch("[index]")
            return f"[{key}]"
        if re.fullmatch(r"[\w$-]+", key) and chance(self.rng, 0.85):
            return f".{key}"
        self.touch("['key']")
        return f"[{text_literal(self.rng, key)}]"

    # Expressions and templates

    def expression(self) -> str:
        """A text that is an expression: it begins with a path that has a step."""
        if chance(self.rng, 0.06) and self.in_each:
            self.touch("whole item")
            whole = self.rng.choice(("$", *(f"${name}" for name in self.names)))
            return self._chained(self._filtered(whole), bare=False)
        text = self._filtered(self.path(bare=False, steps=True))
        return self.chained(text)

    def chained(self, text: str) -> str:
        """The text with some more candidates after `??`."""
        return self._chained(text, bare=False)

    def _chained(self, text: str, *, bare: bool) -> str:
        while chance(self.rng, 0.3):
            self.touch("??")
            term = literal(self.rng)[0] if chance(self.rng, 0.4) else self.path(bare=bare)
            text += self.rng.choice((" ?? ", "??", "  ??\t")) + self._filtered(term)
        return text

    def _filtered(self, term: str) -> str:
        while chance(self.rng, 0.3):
            name = self.rng.choice(tuple(FILTERS))
            self.touch(f"| {name}")
            term += self.rng.choice((" | ", "|")) + name + self.rng.choice(FILTERS[name])
        return term

    def template(self) -> str:
        pieces: list[str] = []
        for _ in range(self.rng.choice((1, 1, 2, 3))):
            pieces.append(self.rng.choice(("", "Hi ", "#", "}} ", "$", "it's ", "😀")))
            atom = literal(self.rng)[0] if chance(self.rng, 0.15) else self.path(bare=True)
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
        if not chance(self.rng, 0.65):
            return self.rng.choice(leaves)()
        return self.rng.choice(shapes)(depth - 1)

    def _scalar(self) -> Json:
        self.touch("literal")
        if chance(self.rng, 0.5):
            return self.rng.choice((True, False, None, 0, 42, -1.5, 12.25, 0.1))
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
        items = source() if chance(self.rng, 0.85) else self._list(0)
        name = self.rng.choice((None, None, "line", "item_2"))
        names = tuple({*self.names, name} - {None}) if name else self.names
        inner = Composer(self.rng, names, in_each=True, rows=self.rows)
        named = {"$as": name} if name else {}
        self.rows |= {"$as"} if name else set()
        return {"$each": items, **named, "$map": inner.value(depth)}

    def _list_path(self) -> str:
        root = "$event" if self.in_each and chance(self.rng, 0.7) else "$"
        if root == "$" and self.in_each:
            return f"$.{self.rng.choice(('tags', 'items'))}"
        return f"{root}.{self.rng.choice(MAPS)}.{self.rng.choice(('tags', 'items', 'items'))}"

    def _if(self, depth: int) -> Json:
        self.touch("$if")
        conditions = Conditions(self)
        found = {"$if": conditions.condition(1), "$then": self.value(depth)}
        if chance(self.rng, 0.6):
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
        kit = Kit(self.rng, self.rows, safe=True, in_each=self.in_each)
        return kit.directive(min(depth, 1))


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
        if depth > 0 and shape > 0.55:
            word = self.rng.choice(("and", "or"))
            self.composer.touch(word)
            parts = [self.condition(depth - 1) for _ in range(self.rng.choice((2, 2, 3)))]
            return f" {word} ".join(map(self._grouped, parts))
        if depth > 0 and shape > 0.4:
            self.composer.touch("!")
            if chance(self.rng, 0.2):
                return f"!{self.composer.path(bare=True, steps=True)}"
            return f"!{self.rng.choice(('', ' '))}({self.condition(depth - 1)})"
        return self._comparison()

    def _grouped(self, part: str) -> str:
        """Parentheses now and then; without them `and` binds tighter than `or`."""
        return f"({part})" if chance(self.rng, 0.5) else part

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
        if chance(self.rng, 0.4):
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
        if name == "match" and chance(self.rng, 0.8):
            return f"match({self.value(calls=False)}, {text_literal(self.rng, self._glob())})"
        arguments = [self.value(calls=chance(self.rng, 0.3)) for _ in range(CALLS[name])]
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
