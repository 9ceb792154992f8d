r"""The patterns of `match`: `*`, `?`, `[abc]`, `[a-z]` and `\x`.

Segment's matcher reads `[^abc]` too (@segment/tsub, and segmentio/glob before it).
"""

from __future__ import annotations


def problem(pattern: str) -> str | None:
    """What is wrong with a pattern, as the end of a sentence."""
    at = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            if at + 1 == len(pattern):
                return "ends with a backslash that escapes nothing"
            at += 2
        elif pattern[at] == "[":
            end = _class_end(pattern, at + 1)
            if isinstance(end, str):
                return end
            at = end
        else:
            at += 1
    return None


def _class_end(pattern: str, at: int) -> int | str:
    """Where `[...]` ends, from its first character on, or what is wrong with it."""
    at += pattern[at : at + 1] == "^"
    start = at
    while at < len(pattern):
        if pattern[at] == "]" and at > start:
            return at + 1
        first, at = _character(pattern, at)
        last = first
        if pattern[at : at + 1] == "-":
            last, at = _character(pattern, at + 1)
        if first is None or last is None:
            break
        if first > last:
            return f'has the range "{first}-{last}", which is empty'
    return 'has a "[" whose list of characters is empty or has no end'


def _character(pattern: str, at: int) -> tuple[str | None, int]:
    """One character of a list, perhaps escaped, and the offset behind it."""
    if pattern[at : at + 1] == "\\":
        at += 1
    if at >= len(pattern) or (pattern[at] in "-]" and pattern[at - 1] != "\\"):
        return None, at
    return pattern[at], at + 1
