"""Finds paths and calls in what is only text: mistakes that would be sent as they stand."""

from __future__ import annotations

import re

from generator.diagnostics import nearest
from generator.expressions import filters
from generator.expressions.scope import FIELDS, near_field

LONGEST = 1000
"""Longer texts are prose and are not looked at."""

LIKELY = re.compile(r"[.$\[({]|Id\b")
"""What all patterns below have in common; most texts have nothing of it."""

PART = r"(?:\.[\w$-]+|\[[0-9]+\]|\['[^']*'\]|\[\"[^\"]*\"\])"
OBJECT = rf"(?:traits|properties|context|integrations){PART}+"
FIELD = "|".join(sorted(FIELDS))

BARE = re.compile(
    rf"\s*(?:(?P<event>event\.)(?P<field>(?:{FIELD})\b{PART}*)|(?P<object>{OBJECT})"
    rf"|(?P<setting>settings\.[A-Za-z][\w-]*))\s*(?:$|\?\?|\|)"
)
BEGIN = re.compile(rf"(^|\?\?)\s*(?:(?:event\.)?(?=(?:{FIELD})\b)|(?=(settings\.)))")
ALONE = re.compile(r"\s*(userId|anonymousId|messageId|groupId|previousId)\s*(?:$|\?\?|\|)")
DOLLAR = re.compile(rf"\s*\$(?P<name>[A-Za-z_][\w-]*)(?P<parts>{PART}*)\s*(?:$|\?\?|\|)")
CALL = re.compile(
    rf"\s*(?P<name>[A-Za-z_]\w*)\(\s*(?P<path>\$[.\[]\S*?|{OBJECT}|settings\.\w+)\s*(?:,.*)?\)\s*$",
    re.DOTALL,
)
WITHIN = re.compile(
    rf"(?<![\w$])\$(?P<dot>\.(?:{FIELD})\b{PART}*)"
    rf"|\$(?P<object>{OBJECT})"
    rf"|\$?(?<!\{{)\{{\s*(?:\$\.)?(?P<braced>{OBJECT})\s*\}}(?!\}})"
)


def of_a_text(text: str) -> str | None:
    """How to write what a text seems to mean; None for a text like any other."""
    if len(text) > LONGEST or LIKELY.search(text) is None:
        return None
    if BARE.match(text) is not None:
        return BEGIN.sub(lambda at: f"{at[1]} {'$' if at[2] else '$.'}", text).strip()
    if (found := ALONE.match(text)) is not None:
        return f"$.{found[1]}"
    if (found := DOLLAR.match(text)) is not None and (advice := _dollar(found)) is not None:
        return advice
    if (found := CALL.match(text)) is not None:
        path = found["path"].rstrip(")")
        known = filters.canonical(found["name"]) or filters.meant(found["name"])
        return f"{_rooted(path)} | {known}" if known else _rooted(path)
    return of_a_part(text)


def of_a_part(text: str) -> str | None:
    """How to write a path that stands somewhere in a text; None where there is none."""
    found = WITHIN.search(text, 0, LONGEST)
    if found is None:
        return None
    path = found["dot"] or found["object"] or found["braced"]
    return f"{{{{ {path.lstrip('.')} }}}}"


def _dollar(found: re.Match[str]) -> str | None:
    """Advice for `$name` and what follows."""
    name, parts = found["name"], found["parts"]
    if name in FIELDS:
        return f"$.{name}{parts}"
    if not parts:
        return None
    if (field := near_field(name)) is not None:
        return f"$.{field}{parts}"
    root = nearest(name, ("event", "settings"))
    return f"${root}{parts}" if root else f'"$as: {name}" beside $each'


def _rooted(path: str) -> str:
    if path.startswith("$"):
        return path
    return f"${path}" if path.startswith("settings.") else f"$.{path}"
