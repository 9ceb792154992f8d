"""What fits a typed field at run time, and what becomes of what does not."""

from __future__ import annotations

import re
from typing import Any, Final

from .javascript import BLANKS, MISSING, Json, is_nullish, is_number, number_text, units

# A type is a name, {"list": type}, {"enum": [...]} or {"object": {name: type}}.
Type = Any

PHONE: Final = re.compile(r"[0-9 +\-.()]{5,20}")
URL: Final = re.compile(rf"https?://[^{BLANKS}/?#]+(?:[/?#][^{BLANKS}]*)?", re.IGNORECASE)
LOCALE: Final = re.compile("[a-z]{2}(?:[-_][A-Z]{2})?")
TIMEZONE: Final = re.compile("(?:UTC|GMT|[A-Za-z_]+(?:/[A-Za-z0-9_+-]+){1,2})")


def fit(kind: Type, value: Json) -> Json:
    """The value as the field takes it, MISSING where it does not fit; null always fits."""
    if is_nullish(value):
        return value
    if isinstance(kind, dict):
        return _fit_composite(kind, value)
    if kind in ("string", "id", "phone") and (is_number(value) or _is_text_bool(kind, value)):
        value = number_text(value) if is_number(value) else str(value).lower()
    return value if FITS[kind](value) else MISSING


def _is_text_bool(kind: str, value: Json) -> bool:
    return isinstance(value, bool) and kind != "phone"


def _fit_composite(kind: dict[str, Any], value: Json) -> Json:
    if "enum" in kind:
        return value if isinstance(value, str) and value in kind["enum"] else MISSING
    if "list" in kind:
        return _fit_list(kind["list"], value)
    return _fit_object(kind["object"], value)


def _fit_list(kind: Type, value: Json) -> Json:
    if not isinstance(value, list):
        return MISSING
    fitted = [fit(kind, item) for item in value]
    return [item for item in fitted if item is not MISSING]


def _fit_object(fields: dict[str, Type], value: Json) -> Json:
    if not isinstance(value, dict):
        return MISSING
    fitted = {key: fit(fields.get(key, "any"), member) for key, member in value.items()}
    return {key: member for key, member in fitted.items() if member is not MISSING}


def is_email(value: Json) -> bool:
    if not isinstance(value, str) or value.count("@") != 1:
        return False
    return 6 <= len(units(value)) <= 320 and not any(char in BLANKS for char in value)


def _matches(pattern: re.Pattern[str]) -> Any:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


FITS: Final[dict[str, Any]] = {
    "any": lambda _value: True,
    "string": lambda value: isinstance(value, str),
    "id": lambda value: isinstance(value, str),
    "email": is_email,
    "phone": _matches(PHONE),
    "url": _matches(URL),
    "locale": _matches(LOCALE),
    "timezone": _matches(TIMEZONE),
    "boolean": lambda value: isinstance(value, bool),
    "number": is_number,
    "object": lambda value: isinstance(value, dict),
    "list": lambda value: isinstance(value, list),
}
NAMING: Final = frozenset({"id", "url"})
