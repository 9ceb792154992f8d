"""Literals of values and conditions, written in one of the ways there are."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from .events import ASTRAL_TEXTS, PLAIN_TEXTS, UNICODE_TEXTS, chance

if TYPE_CHECKING:
    from random import Random

    from reference.javascript import Json

NAME: Final = re.compile(r"[^\W\d][\w$-]*", re.ASCII)
TEXTS: Final = (*PLAIN_TEXTS, *UNICODE_TEXTS, *ASTRAL_TEXTS)  # YAML holds no lone surrogate


def text_literal(rng: Random, text: str) -> str:
    """A text of the languages, in one of the two kinds of quotes."""
    body = json.dumps(text, ensure_ascii=chance(rng, 0.3))[1:-1]
    if chance(rng, 0.5):
        return f'"{body}"'
    return "'" + body.replace('\\"', '"').replace("'", "\\'") + "'"


def literal(rng: Random) -> tuple[str, Json]:
    """A literal of the languages, as text and as value."""
    value: Json = rng.choice((True, False, None, 0, 5, -1, 1.5, 100))
    if chance(rng, 0.6):
        value = rng.choice(TEXTS)
        return text_literal(rng, value), value
    return json.dumps(value), value


# What our YAML refuses as it stands: line ends of libyaml, bidi controls, and BOM.
ESCAPED: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def as_yaml(value: Json) -> str:
    """A value as one line of YAML: JSON in which everything else stands as it is."""
    text = json.dumps(value, ensure_ascii=False)
    return ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
