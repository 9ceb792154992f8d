"""Random events of Segment's spec, any part of which may be missing or of another type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from random import Random

    from reference.javascript import Json

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
    *(
        0,
        1,
        2,
        5,
        7,
        -1,
        100,
        -0.0,
        0.1,
        1.5,
        -2.5,
        1.005,
        123456.789,
        1e21,
        1.5e-6,
        123456789012345680000,
        1e-7,
        2**53,
    ),
    *(1696570000, 1696570000.5, 1696570000123, 99999999999, 100000000000, 1e16, -62167219201),
)


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


def chance(rng: Random, probability: float) -> bool:
    """Whether the less simple is to happen; never where hypothesis shrinks to zeros."""
    return rng.random() >= 1 - probability


def random_json(rng: Random, depth: int, kind: Kind = HOSTILE) -> Json:
    """Any JSON value, mostly texts and numbers."""
    shape = rng.random()
    if depth > 0 and shape > 0.8:
        size = rng.choice((0, 1, 2, 3))
        return {rng.choice(kind.keys): random_json(rng, depth - 1, kind) for _ in range(size)}
    if depth > 0 and shape > 0.65:
        return [random_json(rng, depth - 1, kind) for _ in range(rng.choice((0, 1, 2, 3)))]
    if shape < 0.1:
        return rng.choice((True, False, None) if kind.nulls else (True, False))
    return rng.choice(kind.texts) if shape < 0.4 else rng.choice(NUMBERS)


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
        if chance(rng, 0.6):
            found[key] = make() if not chance(rng, kind.wrong) else random_json(rng, 2, kind)
    if chance(rng, 0.5):
        found[rng.choice(kind.keys)] = random_json(rng, 2, kind)
    return found


def _item(rng: Random, kind: Kind) -> Json:
    if chance(rng, kind.wrong):
        return random_json(rng, 1, kind)
    return {key: random_json(rng, 1, kind) for key in ("sku", "plan", "0") if chance(rng, 0.7)}


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
        if chance(rng, 0.9):
            found[key] = make() if not chance(rng, kind.wrong) else random_json(rng, 1, kind)
    if chance(rng, 0.2):
        found[rng.choice(kind.keys)] = random_json(rng, 2, kind)
    return found


def random_settings(rng: Random) -> dict[str, Json]:
    """Values of `SETTINGS`, each of its type, some missing."""
    usual = {
        "environment": rng.choice(("vip", "production", "")),
        "beta": chance(rng, 0.5),
        "regions": [rng.choice(("vip", "eu")) for _ in range(rng.randrange(3))],
        "labels": {rng.choice(KEYS): rng.choice(("vip", ""))},
    }
    return {key: value for key, value in usual.items() if chance(rng, 0.8)}
