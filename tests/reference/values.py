"""Values of a mapping: what a field, a payload, a list sends for one event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from . import conditions, expressions, mapping_kit
from .expressions import WRITTEN, first
from .javascript import MISSING, Json
from .notation import NotationError, Reader, Scope
from .types import NAMING, Type, fit


@dataclass(frozen=True)
class Place:
    """Where a value is written, which decides about nulls, holes and types."""

    type: Type = "any"
    profile: bool = False  # nulls read from the event are left out
    clears: bool = False  # nulls read from the event are sent, whatever the type
    reject: bool = False
    encode: bool = False  # `{{ }}` is percent-encoded, as in the url of a request
    fitting: bool = True  # what does not fit goes now, not only once a candidate is chosen

    @property
    def naming(self) -> bool:
        return self.type in NAMING if isinstance(self.type, str) else False

    def of(self, kind: Type) -> Place:
        return replace(self, type=kind, encode=False)

    def member(self, key: str) -> Place:
        kind = self.type if isinstance(self.type, dict) else {}
        return self.of(kind["map"] if "map" in kind else kind.get("object", {}).get(key, "any"))

    def item(self) -> Place:
        return self.of(self.type.get("list", "any") if isinstance(self.type, dict) else "any")


ANYWHERE: Final = Place()


def evaluate(
    value: Json,
    event: Json,
    settings: Json = None,
    *,
    item: Json = MISSING,
    names: dict[str, Json] | None = None,
    type: Type = "any",  # noqa: A002
    profile: bool = False,
    nulls: str = "omit",
    invalid: str = "omit",
    encode: bool = False,
) -> Json:
    """What a value, as YAML gives it, sends for an event; MISSING where nothing.

    `item` and `names` are the scope inside `$each`; `profile` with `nulls="omit"` leaves out
    what the event holds as null. Raises NotationError for a value that is not valid,
    DirectiveError where mapping-kit throws, InvalidValue with `invalid="reject"`.
    """
    scope = Scope(event, settings or {}, item, names or {}, in_each=item is not MISSING)
    omits, clears = profile and nulls == "omit", profile and nulls == "clear"
    place = Place(type, omits, clears, invalid == "reject", encode)
    return _plain(_value(value, scope, place))


def holds(
    text: str,
    event: Json,
    settings: Json = None,
    *,
    item: Json = MISSING,
    names: dict[str, Json] | None = None,
) -> bool:
    """Whether a condition holds for an event, inside `$each` for its item."""
    scope = Scope(event, settings or {}, item, names or {}, in_each=item is not MISSING)
    return conditions.judge(conditions.parse(text, scope.names), scope)


def present(path: str, event: Json, settings: Json = None) -> bool:
    """Whether a path of `require` is neither missing, null nor empty."""
    reader = Reader(path)
    found = reader.path({}).read(Scope(event, settings or {}))
    if reader.at != len(path):
        raise reader.fail("the end")
    return not expressions.is_empty(found)


def _value(value: Json, scope: Scope, place: Place) -> Json:
    if isinstance(value, dict):
        return _map(value, scope, place)
    if isinstance(value, list):
        return _list(value, scope, place)
    if isinstance(value, str):
        return _text(value, scope, place)
    return _fitted(WRITTEN if value is None else value, place)


def _fitted(value: Json, place: Place) -> Json:
    if value is MISSING or value is WRITTEN or not place.fitting:
        return value
    return fit(place.type, value, clears=place.clears, reject=place.reject)


def _read(value: Json, place: Place) -> Json:
    """A value that comes from the event, as the place takes it."""
    return _fitted(_without_nulls(value) if place.profile else value, place)


def _without_nulls(value: Json) -> Json:
    """The value without the nulls that would clear something; those in lists clear nothing."""
    if isinstance(value, dict):
        members = {key: _without_nulls(member) for key, member in value.items()}
        return {key: member for key, member in members.items() if member is not MISSING}
    return MISSING if value is None else value


def _text(text: str, scope: Scope, place: Place) -> Json:
    if expressions.is_expression(text, scope.names):
        expression = expressions.parse(text, scope.names)
        return _read(expressions.compute(expression, scope, clears=place.clears), place)
    if "{{" in text:
        template = expressions.parse_template(text, scope.names)
        rendered = expressions.render(template, scope, naming=place.naming, encode=place.encode)
        return _fitted(rendered, place)
    return _fitted(text, place)


def _list(items: list[Json], scope: Scope, place: Place) -> Json:
    if _wants_other(place, "list"):
        return _fitted([], place)
    found = [_value(item, scope, place.item()) for item in items]
    return [item for item in found if item is not MISSING]


def _wants_other(place: Place, shape: str) -> bool:
    """Whether the field takes neither anything nor this shape."""
    if not place.fitting:
        return False
    kind = place.type
    if isinstance(kind, dict):
        return shape not in kind and not (shape == "object" and "map" in kind)
    return kind not in ("any", shape)


def _map(value: dict[str, Json], scope: Scope, place: Place) -> Json:
    for key, form in FORMS.items():
        if key in value:
            return form(value, scope, place)
    if any(key.startswith("@") and not key.startswith("@@") for key in value):
        item = scope.item if scope.in_each else scope.event
        return _read(mapping_kit.within(value, item), place)
    return _written_map(value, scope, place)


def _written_map(value: dict[str, Json], scope: Scope, place: Place) -> Json:
    if _wants_other(place, "object"):
        return _fitted({}, place)
    if not value:
        return {}
    found: dict[str, Json] = {}
    for key, member in value.items():
        name = key[1:] if key.startswith(("$$", "@@")) else key
        if key.startswith("$") and name == key:
            raise NotationError(f"unknown key {key!r}")
        read = _value(member, scope, place.member(name))
        if read is not MISSING:
            found[name] = read
    return found or MISSING


def _each(value: dict[str, Json], scope: Scope, place: Place) -> Json:
    items = _plain(_value(value["$each"], scope, ANYWHERE))
    if not isinstance(items, list):
        return MISSING
    if _wants_other(place, "list"):
        return _fitted([], place)
    inner = [scope.at(item, value.get("$as")) for item in items]
    found = [_value(value["$map"], each, place.item()) for each in inner]
    return [item for item in found if item is not MISSING]


def _if(value: dict[str, Json], scope: Scope, place: Place) -> Json:
    holding = conditions.judge(conditions.parse(value["$if"], scope.names), scope)
    branch = "$then" if holding else "$else"
    return _value(value[branch], scope, place) if branch in value else MISSING


def _first(value: dict[str, Json], scope: Scope, place: Place) -> Json:
    loose = replace(place, fitting=False)
    candidates = value["$first"]
    found = first(candidates, lambda each: _value(each, scope, loose), clears=place.clears)
    return _fitted(found, place)


def _merge(value: dict[str, Json], scope: Scope, place: Place) -> Json:
    operands = [_value(operand, scope, place.of("any")) for operand in value["$merge"]]
    maps = [operand for operand in operands if isinstance(operand, dict)]
    if not maps:
        return MISSING
    merged: dict[str, Json] = {}
    for each in maps:
        merged |= each
    return _fitted(_plain(merged) if isinstance(place.type, dict) else merged, place)


def _literal(value: dict[str, Json], _scope: Scope, place: Place) -> Json:
    return _fitted(_as_written(value["$literal"]), place)


def _as_written(value: Json) -> Json:
    match value:
        case None:
            return WRITTEN
        case list():
            return [_as_written(item) for item in value]
        case dict():
            return {key: _as_written(member) for key, member in value.items()}
    return value


def _plain(value: Json) -> Json:
    """The value with every written null as null."""
    match value:
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {key: _plain(member) for key, member in value.items()}
    return None if value is WRITTEN else value


FORMS: Final[dict[str, Any]] = {
    "$each": _each,
    "$if": _if,
    "$first": _first,
    "$merge": _merge,
    "$literal": _literal,
}
