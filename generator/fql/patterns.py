r"""The patterns of `match`: `*`, `?`, `[abc]`, `[a-z]` and `\x`."""

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
    if pattern[at : at + 1] in ("^", "!"):
        return f'has "[{pattern[at]}": a list of what must not stand there is not in FQL'
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
