"""Random routes of the provider in `echo/`: a field of any type, conditions and events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from .events import (
    ASTRAL_TEXTS,
    KEYS,
    LONE_TEXTS,
    MAPS,
    NUMBERS,
    PLAIN_TEXTS,
    ROOTS,
    UNICODE_TEXTS,
    chance,
    random_event,
    random_settings,
)
from .values import FILTERS, Composer, Conditions

if TYPE_CHECKING:
    from random import Random

    from reference.javascript import Json

# The fields of `echo` with their types; `needed` is the one that is required.
FIELDS: Final[dict[str, Any]] = {
    **{
        kind: kind
        for kind in (
            *("any", "string", "id", "email", "phone", "url", "locale", "timezone"),
            *("boolean", "number", "object"),
        )
    },
    "address": "url",
    "needed": "id",
    "choice": {"enum": ["vip", "pro plan"]},
    "strings": {"list": "string"},
    "ids": {"list": "id"},
    "map": {"map": "string"},
    "person": {"object": {"plan": "string", "total": "number", "0": "any"}},
}
HOST: Final = "https://echo.example/"
# What may well fit a field, beside what only looks like it.
FITTING: Final[dict[str, tuple[Json, ...]]] = {
    "string": ("", "été", "\ud800", 1.5, 1e21, True, None),
    "id": ("u1", " u1\ufeff", " ", 7, -0.0, False, None),
    "email": ("ann@example.com", "a@b.se", "a@b.s", "@example.com", "an n@example.com", "a@b@c.se"),
    "phone": ("+46 70-123.45(67)", "12345", "1234", "1" * 21, 46701234567, 1e21, "+46\t70 1"),
    "url": ("https://x.se/a b", "HTTP://x", "https://", "ftp://x.se", "https://x.se?q#f", "//x.se"),
    "locale": ("en", "en-US", "en_US", "en-us", "EN", "eng", "en-US\n", None),
    "timezone": ("Europe/Paris", "europe/paris", "UTC", "Europe/Nowhere", "+01:00", "", None),
    "boolean": (True, False, "true", 1, 0, None),
    "number": (0, -0.0, 1.5, 2**53, 1e21, "5", True, None),
    "object": ({}, {"a": None, "__proto__": {"b": None}}, [], [{}], "{}", None),
    "choice": ("vip", "VIP", "pro plan", " vip", 0, None),
    "strings": (["a", 1, True, None, [], {}], [[]], [], "a", {"0": "a"}, None),
    "ids": (["u1", " u1 ", "", None, 7, {}], [], "u1", None),
    "person": ({"plan": 5, "total": "5", "0": None, "more": 1}, {"plan": None}, {}, [], None),
    "any": (None, {"a": [None, {"b": None}], "c": None}, [None], "", "x y", 0),
}
# Filters by what they take.
TAKES: Final[dict[str, tuple[str, ...]]] = {
    "text": (
        *("lowercase", "uppercase", "downcase", "upcase", "titlecase", "trim", "snakecase"),
        *("kebabcase", "split", "replace", "truncate", "sha256", "e164", "length", "number"),
        *("timestamp", "date", "bool"),
    ),
    "number": ("number", "fixed", "timestamp", "date", "bool"),
    "list": ("length", "first", "last", "join", "compact"),
    "map": ("pick", "omit", "compact"),
    "any": ("string", "json", "nonempty", "default"),
}
LISTS: Final[tuple[Json, ...]] = ([], [None], ["a", 1.5, None, True], [{"a": None}, "b"], [[1], {}])


@dataclass(frozen=True)
class File:
    """What all routes of one file share."""

    settings: Json
    nulls: str
    invalid: str
    when: str | None


@dataclass(frozen=True)
class RouteCase:
    """A route with one field, an event that takes it, and the rows of our tables touched."""

    action: str
    field: str
    value: Json
    event: Json
    when: str | None = None
    require: tuple[str, ...] = ()
    rows: frozenset[str] = frozenset()


def random_file(rng: Random) -> File:
    """Options and settings, and now and then a condition for the whole file."""
    return File(
        settings=random_settings(rng),
        nulls=rng.choice(("omit", "clear")),
        invalid=rng.choice(("omit", "omit", "reject")),
        when=Conditions(Composer(rng)).condition(1) if chance(rng, 0.1) else None,
    )


def random_route(rng: Random) -> RouteCase:
    """A route that the language has, though a value may be of a form that never fits."""
    composer = Composer(rng)
    field = "any" if chance(rng, 0.4) else rng.choice(tuple(FIELDS))
    composer.touch(f"field {field}")
    event = random_event(rng)
    aimed = chance(rng, 0.45) and field not in ("address", "map")
    return RouteCase(
        action="name" if field == "needed" else rng.choice(("send", "save")),
        field=field,
        value=(_aimed if aimed else _value)(rng, composer, field, event),
        event=event,
        when=Conditions(composer).condition(2) if chance(rng, 0.25) else None,
        require=_required(rng) if chance(rng, 0.1) else (),
        rows=frozenset(composer.rows),
    )


def _aimed(rng: Random, composer: Composer, field: str, event: dict[str, Json]) -> Json:
    """A path to something that may well fit, perhaps with filters that take it."""
    kind = rng.choice(tuple(TAKES))
    known = "id" if field == "needed" else field
    held = _taken(rng, kind) if field == "any" else rng.choice(FITTING[known])
    event["traits"] = {"aim": held}
    written = "$.traits.aim"
    while field in ("any", "string") and chance(rng, 0.7):
        name = rng.choice((*TAKES[kind], *TAKES["any"]))
        composer.touch(f"| {name}")
        written += f" | {name}{rng.choice(FILTERS[name])}"
    return composer.chained(written) if chance(rng, 0.3) else written


def _taken(rng: Random, kind: str) -> Json:
    """A value that filters of a kind take."""
    match kind:
        case "text":
            return rng.choice((*PLAIN_TEXTS, *UNICODE_TEXTS, *ASTRAL_TEXTS, *LONE_TEXTS))
        case "number":
            return rng.choice(NUMBERS)
        case "list":
            return rng.choice(LISTS)
        case "map":
            return {"plan": None, "sku": [None], rng.choice(KEYS): rng.choice(FITTING["any"])}
    return rng.choice(FITTING["any"])


def _value(rng: Random, composer: Composer, field: str, _event: Json) -> Json:
    """A value of any form that the field may take."""
    if field == "address":
        return HOST + composer.template()
    if field == "map":
        return {key: composer.value(1) for key in rng.sample(("a", "plan", "0"), 2)}
    if field == "person" and chance(rng, 0.7):
        return {key: composer.value(1) for key in rng.sample(("total", "plan", "0"), 2)}
    if field in ("strings", "ids") and chance(rng, 0.8):
        path = f"$.{rng.choice(MAPS)}.{rng.choice(('tags', 'items'))}"
        return rng.choice((path, [composer.value(0) for _ in range(rng.randrange(4))]))
    if field in ("any", "object"):
        return composer.value(3)
    return composer.value(0 if chance(rng, 0.7) else 2)


def _required(rng: Random) -> tuple[str, ...]:
    paths = (*ROOTS, *(f"{root}.{key}" for root in MAPS for key in ("plan", "tags", "name")))
    return tuple(rng.sample(paths, rng.choice((1, 2))))
