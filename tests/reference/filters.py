"""The filters of the table in the mapping language: text, number, list or map in, value out.

None of them ever sees a missing value or null; what they do not take is MISSING.
"""

from __future__ import annotations

import hashlib
import math
import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from .javascript import (
    BLANKS,
    MISSING,
    Json,
    fixed,
    is_number,
    is_scalar,
    joined,
    number,
    stringify,
    trim,
    utf8,
)

if TYPE_CHECKING:
    from collections.abc import Callable

DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
ISO: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)
SECONDS_BELOW: Final = 1e11
FOUR_CENTURIES: Final = 146_097 * 86_400_000  # milliseconds
YEAR_0: Final = -62_167_219_200_000
YEAR_10000: Final = 253_402_300_800_000


def on_text(change: Callable[..., Json]) -> Callable[..., Json]:
    """A filter that takes texts only."""
    return lambda value, *args: change(value, *args) if isinstance(value, str) else MISSING


def titlecase(text: str) -> str:
    """The first character of every word as a capital, all others as they are."""
    word = re.compile(f"(^|[{BLANKS}])([^{BLANKS}])")
    return joined(word.sub(lambda found: found[1] + found[2].upper(), text))


def cased(between: str) -> Callable[[str], str]:
    """Every blank as one `_` or `-`, as the documentation of FQL says it."""
    return lambda text: re.sub(f"[{BLANKS}]", between, text)


def to_number(value: Json) -> Json:
    if is_number(value):
        return value
    if isinstance(value, str) and DECIMAL.fullmatch(trim(value)):
        found = number(float(trim(value)))
        return found if math.isfinite(found) else MISSING
    return MISSING


def to_bool(value: Json) -> Json:
    if isinstance(value, bool):
        return value
    if is_number(value) and value in (0, 1):
        return value == 1
    return {"true": True, "false": False}.get(value, MISSING) if isinstance(value, str) else MISSING


def to_text(value: Json) -> str:
    return value if isinstance(value, str) else stringify(value)


def length(value: Json) -> Json:
    """Items of a list or bytes of a text, as FQL counts them."""
    if isinstance(value, list):
        return len(value)
    return len(utf8(value)) if isinstance(value, str) else MISSING


def item(index: int) -> Callable[[Json], Json]:
    return lambda value: value[index] if isinstance(value, list) and value else MISSING


def join(value: Json, between: str) -> Json:
    if not isinstance(value, list) or not all(map(is_scalar, value)):
        return MISSING
    return joined(between.join("" if entry is None else to_text(entry) for entry in value))


def split(text: str, at: str) -> list[str]:
    return text.split(at)


def replaced(text: str, old: str, new: str) -> str:
    return joined(text.replace(old, new))


def to_fixed(value: Json, decimals: int) -> Json:
    return fixed(value, decimals) if is_number(value) else MISSING


def truncate(text: str, characters: int) -> str:
    """The first characters, each whole: Unicode code points."""
    return text[:characters]


def moment(value: Json) -> int | None:
    """Milliseconds since 1970 of ISO text, seconds (below 1e11) or milliseconds."""
    if is_number(value):
        found = math.trunc(value * 1000 if value < SECONDS_BELOW else value)
    elif isinstance(value, str) and (parts := ISO.fullmatch(value)):
        read = _from_iso(parts)
        if read is None:
            return None
        found = read
    else:
        return None
    return found if YEAR_0 <= found < YEAR_10000 else None


def _from_iso(found: re.Match[str]) -> int | None:
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    offset = _offset(found[8])
    try:
        # Python knows no year 0; four centuries later the days of the week and of months recur.
        local = datetime(year + 400, month, day, hour, minute, second, tzinfo=timezone.utc)
    except ValueError:
        return None
    milliseconds = int(((found[7] or "") + "000")[:3])
    since = (local - EPOCH) // timedelta(milliseconds=1) - FOUR_CENTURIES + milliseconds
    return None if offset is None else since - offset


def _offset(text: str | None) -> int | None:
    """Milliseconds east of UTC, none written is UTC; None where there is no such offset."""
    if text is None or text == "Z":
        return 0
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 23 or minutes > 59:
        return None
    return (-1 if text[0] == "-" else 1) * (hours * 60 + minutes) * 60_000


def timestamp(value: Json) -> Json:
    """Whole seconds since 1970, rounded down."""
    found = moment(value)
    return MISSING if found is None else found // 1000


def date(value: Json, form: str) -> Json:
    found = moment(value)
    if found is None:
        return MISSING
    later = EPOCH + timedelta(milliseconds=found + (FOUR_CENTURIES if found < 0 else 0))
    year = later.year - (400 if found < 0 else 0)
    day = f"{year:04}-{later.month:02}-{later.day:02}"
    if form == "day":
        return day
    return f"{day}T{later:%H:%M:%S}.{later.microsecond // 1000:03}Z"


def sha256(text: str) -> str:
    return hashlib.sha256(utf8(text)).hexdigest()


def e164(text: str) -> Json:
    digits = re.sub(rf"[{BLANKS}\-.()]", "", text)
    digits = f"+{digits[2:]}" if digits.startswith("00") else digits
    return digits if re.fullmatch(r"\+[0-9]{7,15}", digits) else MISSING


def compact(value: Json) -> Json:
    if isinstance(value, list):
        return [entry for entry in value if entry is not None]
    if isinstance(value, dict):
        return {key: entry for key, entry in value.items() if entry is not None}
    return value


def nonempty(value: Json) -> Json:
    return MISSING if value in ("", [], {}) else value


def pick(value: Json, *names: str) -> Json:
    if not isinstance(value, dict):
        return MISSING
    return {name: value[name] for name in names if name in value}


def omit(value: Json, *names: str) -> Json:
    if not isinstance(value, dict):
        return MISSING
    return {name: entry for name, entry in value.items() if name not in names}


FILTERS: Final[dict[str, Callable[..., Json]]] = {
    "lowercase": on_text(str.lower),
    "downcase": on_text(str.lower),
    "uppercase": on_text(str.upper),
    "upcase": on_text(str.upper),
    "titlecase": on_text(titlecase),
    "trim": on_text(trim),
    "snakecase": on_text(cased("_")),
    "kebabcase": on_text(cased("-")),
    "string": to_text,
    "json": stringify,
    "number": to_number,
    "bool": to_bool,
    "length": length,
    "first": item(0),
    "last": item(-1),
    "join": join,
    "split": on_text(split),
    "replace": on_text(replaced),
    "fixed": to_fixed,
    "truncate": on_text(truncate),
    "timestamp": timestamp,
    "date": date,
    "sha256": on_text(sha256),
    "e164": on_text(e164),
    "compact": compact,
    "nonempty": nonempty,
    "pick": pick,
    "omit": omit,
    "default": lambda value, _instead: value,
}
