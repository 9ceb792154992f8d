"""Paths in a request, as `absent` writes them: `body.to[0].email`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Json

Step = str | int
_NAME = re.compile(r"[^.\[\]'\"]+")
_NEXT = re.compile(r"\.([^.\[\]'\"]+)|\[([0-9]+)\]|\['([^']*)'\]|\[\"([^\"]*)\"\]")


def read_path(text: str) -> tuple[Step, ...] | None:
    """The steps of a path, names and places in lists; None for what is none."""
    head = _NAME.match(text)
    if head is None:
        return None
    steps: list[Step] = [head[0]]
    at = head.end()
    while at < len(text):
        found = _NEXT.match(text, at)
        if found is None:
            return None
        name, place, single, double = found.groups()
        steps.append(int(place) if place is not None else name or single or double or "")
        at = found.end()
    return tuple(steps)


def follow(value: Json, steps: tuple[Step, ...]) -> tuple[bool, Json]:
    """Whether the path leads to something, and to what."""
    for step in steps:
        match value, step:
            case dict(), str() if step in value:
                value = value[step]
            case list(), int() if step < len(value):
                value = value[step]
            case _:
                return False, None
    return True, value


def written(steps: tuple[Step, ...]) -> str:
    """The path as text."""
    text = ""
    for step in steps:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _NAME.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f"['{step}']"
    return text
