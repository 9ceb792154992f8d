"""Makes a failing case small: the smallest step by step that still fails."""

from __future__ import annotations

import re
import time
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .javascript import Json

Case = TypeVar("Case")

AT_ONCE = 500  # candidates that are judged together
SECONDS = 20  # after which a case is small enough
PIECE = re.compile(r"\w+|\s+|.", re.DOTALL)


def shrunk(
    case: Case,
    steps: Callable[[Case], Iterable[Case]],
    failing: Callable[[list[Case]], list[bool]],
) -> Case:
    """The case after as many steps as still fail; `failing` judges many cases at once."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        smaller = _first_failing(iter(steps(case)), failing)
        if smaller is None:
            break
        case = smaller
    return case


def _first_failing(
    candidates: Iterator[Case], failing: Callable[[list[Case]], list[bool]]
) -> Case | None:
    while block := list(islice(candidates, AT_ONCE)):
        for candidate, fails in zip(block, failing(block), strict=True):
            if fails:
                return candidate
    return None


def smaller(value: Json, *, top: bool = True) -> Iterator[Any]:
    """The value one step simpler, the greatest steps first; `top`: also its parts alone."""
    if isinstance(value, dict):
        yield from value.values() if top else ()
        yield from ({k: v for k, v in value.items() if k != key} for key in value)
        for key, member in value.items():
            yield from ({**value, key: each} for each in smaller(member))
    elif isinstance(value, list):
        yield from value if top else ()
        yield from (value[:at] + value[at + 1 :] for at in range(len(value)))
        for at, item in enumerate(value):
            yield from ([*value[:at], each, *value[at + 1 :]] for each in smaller(item))
    elif isinstance(value, str):
        yield from smaller_text(value)
    elif value is not None:
        yield from (simple for simple in (None, 1) if value not in (simple, 1))


def smaller_text(text: str) -> Iterator[str]:
    """The text without some of its words and marks, the most first."""
    pieces = PIECE.findall(text)
    size = len(pieces)
    while size > 0:
        for start in range(len(pieces) - size + 1):
            yield "".join(pieces[:start] + pieces[start + size :])
        size = size // 2 if size > 8 else size - 1
