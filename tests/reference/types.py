"""What fits a typed field at run time, and what becomes of what does not."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

from .javascript import BLANKS, MISSING, Json, is_nullish, is_number, number_text, trim, units

# A type is a name, {"list": type}, {"map": type}, {"enum": [...]} or {"object": {name: type}}.
Type = Any

PHONE: Final = re.compile(r"[0-9 +\-.()]{5,20}")
URL: Final = re.compile(rf"https?://[^{BLANKS}/?#]+(?:[/?#][^{BLANKS}]*)?", re.IGNORECASE)
LOCALE: Final = re.compile("[a-z]{2}(?:[-_][A-Z]{2})?")
EMAIL: Final = re.compile(f"[^{BLANKS}@]+@[^{BLANKS}@]+")


class InvalidValue(Exception):  # noqa: N818 - it is the event that is invalid
    """A value does not fit its field and `options.invalid` is `reject`."""


def fit(kind: Type, value: Json, *, clears: bool = False, reject: bool = False) -> Json:
    """The value as the field takes it, MISSING where it does not fit.

    A null fits `any`, and with `clears` every field. With `reject` what does not fit, at any
    depth, raises InvalidValue; a null is only left out.
    """
    if is_nullish(value):
        return value if kind == "any" or clears else MISSING
    if isinstance(kind, dict):
        fitted = _fit_composite(kind, value, clears=clears, reject=reject)
    else:
        fitted = _fit_scalar(kind, value)
    if fitted is MISSING and reject:
        raise InvalidValue(kind)
    return fitted


def _fit_scalar(kind: str, value: Json) -> Json:
    if kind in ("string", "id", "phone") and (is_number(value) or _is_text_bool(kind, value)):
        value = number_text(value) if is_number(value) else str(value).lower()
    if kind == "id" and isinstance(value, str):
        value = trim(value)
    return value if FITS[kind](value) else MISSING


def _is_text_bool(kind: str, value: Json) -> bool:
    return isinstance(value, bool) and kind != "phone"


def _fit_composite(kind: dict[str, Any], value: Json, *, clears: bool, reject: bool) -> Json:
    if "enum" in kind:
        return value if isinstance(value, str) and value in kind["enum"] else MISSING
    if "list" in kind:
        return _fit_list(kind["list"], value, reject=reject)
    if not isinstance(value, dict):
        return MISSING
    if "map" in kind:
        types = dict.fromkeys(value, kind["map"])
    else:
        types = {key: kind["object"][key] for key in value if key in kind["object"]}
    members = {key: fit(types[key], value[key], clears=clears, reject=reject) for key in types}
    return {key: member for key, member in members.items() if member is not MISSING}


def _fit_list(kind: Type, value: Json, *, reject: bool) -> Json:
    if not isinstance(value, list):
        return MISSING
    fitted = [fit(kind, item, reject=reject) for item in value]
    return [item for item in fitted if item is not MISSING]


@cache
def _zones() -> frozenset[str]:
    return frozenset(zone.lower() for zone in available_timezones())


def is_email(value: Json) -> bool:
    if not isinstance(value, str) or EMAIL.fullmatch(value) is None:
        return False
    return 6 <= len(units(value)) <= 320


def _matches(pattern: re.Pattern[str]) -> Any:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


FITS: Final[dict[str, Any]] = {
    "any": lambda _value: True,
    "string": lambda value: isinstance(value, str),
    "id": lambda value: isinstance(value, str) and value != "",
    "email": is_email,
    "phone": _matches(PHONE),
    "url": _matches(URL),
    "locale": _matches(LOCALE),
    "timezone": lambda value: isinstance(value, str) and value.lower() in _zones(),
    "boolean": lambda value: isinstance(value, bool),
    "number": is_number,
    "object": lambda value: isinstance(value, dict),
    "list": lambda value: isinstance(value, list),
}
NAMING: Final = frozenset({"id", "url"})
