"""Values of our language beside the directives of mapping-kit that say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .events import chance

if TYPE_CHECKING:
    from random import Random

    from reference.javascript import Json

LEAVES: Final = ("plan", "email", "total", "flag", "none", "nope", "sku")
MAPS: Final = ("traits", "properties", "context")


@dataclass(frozen=True)
class Shorthand:
    """A value as we write it and as mapping-kit does, an event, and the rows touched."""

    value: Json
    mapping: Json
    event: Json
    rows: frozenset[str]


@dataclass(frozen=True)
class Pair:
    """The same in both languages."""

    value: Json
    mapping: Json
    row: str


def random_shorthand(rng: Random) -> Shorthand:
    """A map of values that both languages have, and an event whose parents are maps or missing.

    A parent that is null, empty or a text is where the two differ on purpose.
    """
    pairs = {key: _pair(rng) for key in rng.sample("abcd", rng.choice((1, 2, 3)))}
    value = {"kept": 1, **{key: pair.value for key, pair in pairs.items()}}
    mapping = {"kept": 1, **{key: pair.mapping for key, pair in pairs.items()}}
    rows = frozenset(pair.row for pair in pairs.values())
    return Shorthand(value, mapping, _event(rng), rows)


def _event(rng: Random) -> Json:
    found = {root: _leaves(rng) for root in MAPS if chance(rng, 0.9)}
    if "properties" in found:
        found["properties"]["items"] = [_leaves(rng) for _ in range(rng.randrange(4))]
        found["properties"]["name"] = _leaves(rng)
    return found


def _leaves(rng: Random) -> dict[str, Json]:
    held = {
        "plan": rng.choice(("vip", "VIP é", "", "a-b-a", None)),
        "email": rng.choice(("ann@example.com", "")),
        "total": rng.choice((0, 5, -1.5, 1e21)),
        "flag": chance(rng, 0.5),
        "none": None,
    }
    return {key: value for key, value in held.items() if chance(rng, 0.8)}


def _path(rng: Random) -> str:
    root = rng.choice((*MAPS, "properties.name", "properties.items[0]"))
    return f"{root}.{rng.choice(LEAVES)}"


def _pair(rng: Random) -> Pair:
    makers = (_read, _first, _first_literal, _exists, _template, _each, _merge, _json, _pick)
    return rng.choice(makers)(rng)


def _at(path: str) -> Json:
    return {"@path": f"$.{path}"}


def _read(rng: Random) -> Pair:
    path = _path(rng)
    return Pair(f"$.{path}", _at(path), "path")


def _first(rng: Random) -> Pair:
    one, two = _path(rng), _path(rng)
    mapping = {"@if": {"exists": _at(one), "then": _at(one), "else": _at(two)}}
    return Pair(f"$.{one} ?? $.{two}", mapping, "??")


def _first_literal(rng: Random) -> Pair:
    path, instead = _path(rng), rng.choice(("n/a", 5, True))
    mapping = {"@if": {"exists": _at(path), "then": _at(path), "else": instead}}
    written = f'"{instead}"' if isinstance(instead, str) else str(instead).lower()
    return Pair(f"$.{path} ?? {written}", mapping, "?? literal")


def _exists(rng: Random) -> Pair:
    asked, one, two = _path(rng), _path(rng), _path(rng)
    value = {"$if": f"{asked} != null", "$then": f"$.{one}", "$else": f"$.{two}"}
    return Pair(value, {"@if": {"exists": _at(asked), "then": _at(one), "else": _at(two)}}, "$if")


def _template(rng: Random) -> Pair:
    paths = [_path(rng) for _ in range(rng.choice((1, 2)))]
    ours = "".join(f"Hi {{{{ {path} }}}}!" for path in paths)
    return Pair(ours, {"@template": "".join(f"Hi {{{{{path}}}}}!" for path in paths)}, "template")


def _each(rng: Random) -> Pair:
    key = rng.choice(LEAVES)
    value = {"$each": "$.properties.items", "$map": {"kept": 1, "k": f"$.{key}"}}
    mapping = {"@arrayPath": ["$.properties.items", {"kept": 1, "k": _at(key)}]}
    return Pair(value, mapping, "$each")


def _merge(rng: Random) -> Pair:
    one, two = rng.sample(MAPS, 2)
    value = {"$merge": [{"kept": 1}, f"$.{one}", f"$.{two}"]}
    mapping = {"@merge": {"objects": [{"kept": 1}, _at(one), _at(two)], "direction": "right"}}
    return Pair(value, mapping, "$merge")


def _json(rng: Random) -> Pair:
    root = rng.choice(MAPS)
    return Pair(f"$.{root} | json", {"@json": {"mode": "encode", "value": _at(root)}}, "| json")


def _pick(rng: Random) -> Pair:
    """Filters on a field that holds a text or nothing."""
    name, mode = rng.choice((("lowercase", "lower"), ("uppercase", "upper")))
    mapping = {"@case": {"operator": mode, "value": _at("context.email")}}
    return Pair(f"$.context.email | {name}", mapping, "| lowercase")
