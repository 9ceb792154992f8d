"""The functions of FQL: what they take and give, and what others call them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import nearest


@dataclass(frozen=True, slots=True)
class Function:
    """What a function takes, one set of kinds a parameter, and the kind that it gives.

    Kinds are `text`, `number`, `bool`, `list` and `null`, as in `kind_of`.
    """

    takes: tuple[frozenset[str], ...]
    gives: str
    example: str


TEXT = frozenset({"text", "null"})
ANY = frozenset({"text", "number", "bool", "list", "null"})

FUNCTIONS = {
    "contains": Function((TEXT, TEXT), "bool", 'contains(traits.email, "@example.com")'),
    "match": Function((TEXT, TEXT), "bool", 'match(event, "Order *")'),
    "length": Function((frozenset({"text", "list", "null"}),), "number", "length(userId)"),
    "lowercase": Function((TEXT,), "text", "lowercase(event)"),
    "uppercase": Function((TEXT,), "text", "uppercase(event)"),
    "snakecase": Function((TEXT,), "text", "snakecase(event)"),
    "kebabcase": Function((TEXT,), "text", "kebabcase(event)"),
    "titlecase": Function((TEXT,), "text", "titlecase(event)"),
    "typeof": Function((ANY,), "text", "typeof(properties.total)"),
    "bool": Function((ANY,), "bool", "bool(properties.vip)"),
    "string": Function((ANY,), "text", "string(properties.id)"),
    "number": Function((frozenset({"text", "number", "null"}),), "number", "number(properties.n)"),
}

ELSEWHERE = {
    "count": "length(...)",
    "downcase": "lowercase(...)",
    "empty": "length(...) = 0",
    "endswith": 'match(..., "*text")',
    "exists": "... != null",
    "includes": "contains(..., ...)",
    "int": "number(...)",
    "isnull": "... = null",
    "len": "length(...)",
    "like": 'match(..., "*text*")',
    "lower": "lowercase(...)",
    "matches": 'match(..., "*text*")',
    "regex": 'match(..., "*text*")',
    "size": "length(...)",
    "startswith": 'match(..., "text*")',
    "str": "string(...)",
    "test": 'match(..., "*text*")',
    "tolowercase": "lowercase(...)",
    "tonumber": "number(...)",
    "tostring": "string(...)",
    "touppercase": "uppercase(...)",
    "type": "typeof(...)",
    "upcase": "uppercase(...)",
    "upper": "uppercase(...)",
}
"""What other languages call them, in lower case without underscores."""

TYPES = ("string", "number", "list", "bool", "null")
"""What `typeof` gives."""

TYPES_ELSEWHERE = {"array": "list", "boolean": "bool", "text": "string", "undefined": "null"}


def meant(name: str) -> str | None:
    """How to write what someone most likely meant by a function's name."""
    written = ELSEWHERE.get(name.lower().replace("_", ""))
    near = nearest(name, FUNCTIONS)
    return written or (None if near is None else f"{near}(...)")
