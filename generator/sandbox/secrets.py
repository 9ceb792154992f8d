"""Secrets and the forms in which a request may show them; every output hides them all."""

from __future__ import annotations

import base64
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.model import Json

HIDDEN = "***"
SECRET_NAMES = re.compile("key|token|secret|password", re.IGNORECASE)
_SHORT = 4  # a shorter secret is hidden where it stands alone, else no text could be read
_NO_BASE64 = "(?![A-Za-z0-9+/=_-])"
_NO_BASE64_BEFORE = "(?<![A-Za-z0-9+/=_-])"
_LONG = 8  # from here on its base64 inside of a longer text is unmistakable


def secrets_of(settings: dict[str, Json], names: Iterable[str]) -> tuple[str, ...]:
    """The texts in the settings of these names, those in lists and maps too."""
    found = (text for name in names for text in _texts(settings.get(name)))
    return tuple(dict.fromkeys(text for text in found if text))


def likely_secrets(settings: dict[str, Json]) -> list[str]:
    """The names of settings that sound like a secret."""
    return [name for name in settings if SECRET_NAMES.search(name)]


def _texts(value: Json) -> Iterator[str]:
    match value:
        case str():
            yield value
        case bool() | None:
            return
        case int() | float():
            yield json.dumps(value)
        case list():
            for item in value:
                yield from _texts(item)
        case dict():
            for item in value.values():
                yield from _texts(item)


def pattern(secrets: Iterable[str]) -> str | None:
    """A regular expression for all forms of the secrets, the same in Python and JavaScript."""
    known = tuple(secrets)
    plain = {form for secret in known for form in _forms(secret)}
    coded = {form for secret in known for form in _base64_forms(secret)} - plain
    short = {form for secret in known for form in _short_forms(secret)}
    parts = [
        *map(_literal, _longest_first(plain)),
        *map(_token, _longest_first(coded)),
        *_longest_first(short),
    ]
    return "|".join(parts) or None


def _longest_first(forms: Iterable[str]) -> list[str]:
    return sorted(forms, key=lambda form: (-len(form), form))


def hide(text: str, secrets: Iterable[str]) -> str:
    """The text without the secrets."""
    found = _compiled(tuple(secrets))
    return text if found is None else found.sub(HIDDEN, text)


@lru_cache(maxsize=64)
def _compiled(secrets: tuple[str, ...]) -> re.Pattern[str] | None:
    found = pattern(secrets)
    return None if found is None else re.compile(found)


def _forms(secret: str) -> Iterator[str]:
    """The secret as it may stand in texts, JSON, URLs and base64."""
    for text in {secret, secret.strip()} - {""}:
        yield text
        once = json.dumps(text, ensure_ascii=False)[1:-1]
        yield once
        yield json.dumps(once, ensure_ascii=False)[1:-1]
        yield json.dumps(text)[1:-1]
        raw = text.encode("utf-8", "replace")
        yield quote(raw, safe="!'()*-._~")  # encodeURIComponent
        yield quote_plus(raw, safe="*").replace("~", "%7E")  # URLSearchParams
        yield quote(raw, safe="")


def _base64_forms(secret: str) -> Iterator[str]:
    """How base64 of any text around the secret begins to show it, by its place among threes."""
    raw = secret.strip().encode("utf-8", "replace")
    if len(raw) < _LONG:
        return
    for before, start in enumerate((0, 2, 3)):
        text = base64.b64encode(b"\0" * before + raw).decode()
        form = text[start : (before + len(raw)) // 3 * 4]
        yield form
        yield form.replace("+", "-").replace("/", "_")


def _short_forms(secret: str) -> Iterator[str]:
    """Expressions for base64 of a short secret: alone, before a colon, or behind one at the end.

    So credentials are written; of other texts around it so little is seen that any text might be
    meant. Where the end is short too, it must be a header's.
    """
    raw = secret.strip().encode("utf-8", "replace")
    if not 0 < len(raw) < _LONG:
        return
    for whole in (raw, raw + b":"):
        yield from (f"{_NO_BASE64_BEFORE}{end}" for end in _ends(base64.b64encode(whole).decode()))
    for before, start in enumerate((0, 2, 3)):
        text = base64.b64encode(b"\0" * before + b":" + raw).decode()[start:]
        header = "" if len(text) > _SHORT else "(?<=[Bb]asic )[A-Za-z0-9+/]*"
        yield from (f"{header}{end}" for end in _ends(text))


def _ends(text: str) -> Iterator[str]:
    """Expressions for the end of a text in base64, and in its form for URLs."""
    for form in (text, text.replace("+", "-").replace("/", "_")):
        yield f"{_escaped(form.rstrip('='))}=*{_NO_BASE64}"


def _literal(form: str) -> str:
    """The form in a regular expression that both languages read alike."""
    text = _escaped(form)
    return text if len(form) >= _SHORT else f"(?<![A-Za-z0-9]){text}(?![A-Za-z0-9])"


def _escaped(form: str) -> str:
    """All but letters and digits by number."""
    return "".join(
        letter if letter.isalnum() or ord(letter) > 127 else f"\\x{ord(letter):02x}"  # noqa: PLR2004 - ASCII
        for letter in form
    )


def _token(form: str) -> str:
    """A base64 form with all that follows it: the secret's end stands there."""
    return f"{_literal(form)}[A-Za-z0-9+/=_-]*"
