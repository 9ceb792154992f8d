"""What JavaScript does with text, numbers and JSON, for the interpreter beside it.

Values are JSON as Python reads it, plus `MISSING`. A number is a double, whatever Python
holds; a text is what JavaScript would hold, so two surrogates that meet are one character.
"""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final
from urllib.parse import quote

# WhiteSpace and LineTerminator of ECMAScript: what `trim` removes and `\s` matches.
_SPACES = "\t\n\v\f\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B)))
BLANKS: Final = _SPACES + "\u2028\u2029\u202f\u205f\u3000\ufeff"
MAX_SAFE: Final = 2**53
MAX_INDEX: Final = 2**32 - 2


class Missing:
    """What a path reads where nothing is: `undefined`, never `null`."""

    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False


MISSING: Final = Missing()
Json = Any  # None, bool, int, float, str, list, dict; MISSING beside it


def is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_nullish(value: Json) -> bool:
    return value is None or value is MISSING


def is_scalar(value: Json) -> bool:
    return value is None or isinstance(value, bool | int | float | str)


def number(value: float) -> int | float:
    """A number as a double, an integer again where that is exact."""
    try:
        double = float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
    whole = double.is_integer() and abs(double) <= MAX_SAFE
    return int(double) if whole and not is_negative_zero(double) else double


def is_negative_zero(value: float) -> bool:
    return value == 0 and math.copysign(1, value) < 0


def number_text(value: float) -> str:
    """Number::toString of ECMAScript: 1e21 is `1e+21`, -0 is `0`."""
    double = float(number(value))
    if not math.isfinite(double):
        return "NaN" if math.isnan(double) else ("Infinity" if double > 0 else "-Infinity")
    if double == 0:
        return "0"
    parts = Decimal(repr(abs(double))).as_tuple()
    digits = "".join(map(str, parts.digits)).rstrip("0").lstrip("0")
    dropped = len("".join(map(str, parts.digits)).lstrip("0")) - len(digits)
    point = len(digits) + int(parts.exponent) + dropped
    return ("-" if double < 0 else "") + _positional(digits, point)


def _positional(digits: str, point: int) -> str:
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    exponent = point - 1
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}e{'+' if exponent > 0 else '-'}{abs(exponent)}"


def fixed(value: float, decimals: int) -> str:
    """Number.prototype.toFixed: the exact double, halves away from zero."""
    double = float(number(value))
    if not math.isfinite(double) or abs(double) >= 1e21:
        return number_text(double)
    scaled = math.floor(Fraction(abs(double)) * 10**decimals + Fraction(1, 2))
    digits = str(scaled).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"-{text}" if double < 0 else text


def units(text: str) -> str:
    """The text with one character for each UTF-16 code unit."""
    return "".join(char if ord(char) <= 0xFFFF else _pair(ord(char) - 0x10000) for char in text)


def _pair(offset: int) -> str:
    return chr(0xD800 + (offset >> 10)) + chr(0xDC00 + (offset & 0x3FF))


def joined(text: str) -> str:
    """The text with every two surrogates that form a pair as one character."""
    return re.sub(
        "([\ud800-\udbff])([\udc00-\udfff])",
        lambda pair: chr(0x10000 + ((ord(pair[1]) - 0xD800) << 10) + ord(pair[2]) - 0xDC00),
        text,
    )


def well_formed(text: str) -> str:
    """The text with U+FFFD for every lone surrogate, as UTF-8 encoders write it."""
    return re.sub("[\ud800-\udfff]", "\ufffd", joined(text))


def utf8(text: str) -> bytes:
    return well_formed(text).encode()


def utf16_order(text: str) -> list[int]:
    """A key that sorts as JavaScript's `<` on texts does."""
    return [ord(unit) for unit in units(text)]


def trim(text: str) -> str:
    return text.strip(BLANKS)


def encode_uri_component(text: str) -> str:
    return quote(well_formed(text), safe="-_.!~*'()")


def is_index(key: str) -> bool:
    """Whether an object puts the key before all others: `0`, `7`, never `07`."""
    return re.fullmatch("0|[1-9][0-9]{0,9}", key) is not None and int(key) <= MAX_INDEX


def keys(value: dict[str, Json]) -> list[str]:
    """Own keys in JavaScript's order: indexes upwards, then as they came."""
    indexes = sorted((key for key in value if is_index(key)), key=int)
    return indexes + [key for key in value if not is_index(key)]


def quoted(text: str) -> str:
    """A text as JSON.stringify writes it, lone surrogates escaped."""
    plain = json.dumps(joined(text), ensure_ascii=False)
    return re.sub("[\ud800-\udfff]", lambda lone: f"\\u{ord(lone[0]):04x}", plain)


def stringify(value: Json) -> str:
    """JSON.stringify of a value that is present; MISSING in a list is `null`."""
    match value:
        case None | Missing():
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number_text(value) if math.isfinite(number(value)) else "null"
        case str():
            return quoted(value)
        case list():
            return f"[{','.join(map(stringify, value))}]"
        case dict():
            members = [
                f"{quoted(key)}:{stringify(value[key])}"
                for key in keys(value)
                if value[key] is not MISSING
            ]
            return f"{{{','.join(members)}}}"
    raise TypeError(type(value))


def parse_json(text: str) -> Json:
    """JSON.parse; ValueError where JavaScript throws."""

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    def read(digits: str) -> int | float:
        return number(float(digits))

    return json.loads(text, parse_int=read, parse_float=read, parse_constant=refuse)


def native_text(value: Json) -> str:
    """String(value) of JavaScript, where a list is joined and a map is no text at all."""
    match value:
        case str():
            return value
        case list():
            return ",".join("" if is_nullish(item) else native_text(item) for item in value)
        case dict():
            return "[object Object]"
        case Missing():
            return "undefined"
    return stringify(value) if not is_number(value) else number_text(value)


def is_truthy(value: Json) -> bool:
    if isinstance(value, list | dict):
        return True
    return not is_nullish(value) and value is not False and value not in (0, "")


def same(one: Json, other: Json) -> bool:
    """Whether two values are equal as JSON: types count, the order of keys does not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if is_number(one) and is_number(other):
        return number(one) == number(other)
    if isinstance(one, str) and isinstance(other, str):
        return joined(one) == joined(other)
    return one is other
