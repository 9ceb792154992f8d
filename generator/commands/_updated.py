"""What `segfn test --update` has written, in words: lost requests first of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.commands._layout import several
from generator.sandbox.expect import happened
from generator.source import ListNode, MapNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.commands._layout import Painter
    from generator.diagnostics import Diagnostic
    from generator.sandbox.runner import Tried

_MOST = 5  # differences of a fixture that are told
_WIDE = 60


def changes(tried: Tried, paint: Painter) -> Iterator[str]:
    """What became of a fixture's expectation, a line each."""
    expect = tried.fixture.expect
    if not isinstance(expect, MapNode):
        yield f"expects now what happens: {happened(tried.result)}"
        return
    before, now = _expected(tried), len(tried.result["requests"])
    if before is not None and before != now:
        told = f"{several(before, 'request')} became {now or 'none'}"
        yield paint("red", told) if lost(tried) else told
    elif before is None and not now:
        yield "expects now that no request is sent"
    key = expect.key("requests")
    place = None if key is None else key.span
    rest = [each for each in tried.differences if each.span != place]
    yield from (_said(each, tried) for each in rest[:_MOST])
    if len(rest) > _MOST:
        yield f"and {len(rest) - _MOST} more"


def lost(tried: Tried) -> bool:
    """Whether a fixture expected more requests than are sent."""
    return (_expected(tried) or 0) > len(tried.result["requests"])


def _expected(tried: Tried) -> int | None:
    """How many requests a fixture expected; None where it said nothing of them."""
    expect = tried.fixture.expect
    told = expect.get("requests") if isinstance(expect, MapNode) else None
    return len(told.items) if isinstance(told, ListNode) else None


def _said(difference: Diagnostic, tried: Tried) -> str:
    """A difference in one line: what it is, and what was expected where that is short."""
    what = difference.message.removeprefix(f'"{tried.fixture.name}": ')
    notes = [note.message for note in difference.notes]
    before = next((note.removeprefix("expected: ") for note in notes[:1]), "")
    short = len(before) <= _WIDE and "\n" not in before
    return f"{what} instead of {before}" if short and before not in {"", "nothing"} else what
