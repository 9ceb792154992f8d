"""`segfn diff` as a person reads it in a terminal."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from generator.changes import Class
from generator.commands._layout import Painter, hanging, several, table
from generator.reporters import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.changes import Change
    from generator.changes.evidence import Trial
    from generator.commands.diff import View
    from generator.diagnostics import Span
    from generator.model import Setting

STYLES = {Class.BREAKING: "red", Class.BEHAVIOUR: "code", Class.COSMETIC: "dim"}
WIDTH = 11
LONGEST = 24
"""Lines of a difference between requests that are shown."""


def render(view: View, *, colour: bool) -> str:
    """Verdict, changes, settings to add, requests."""
    return "".join(f"{line}\n" for line in _lines(view, Painter(colour=colour)))


def verdict(view: View) -> str:
    """How many changes of which class: `2 breaking, 1 behaviour, 3 cosmetic; 1 privacy`."""
    counted = Counter(change.class_ for change in view.changes)
    told = ", ".join(
        f"{counted[each]} {each}" for each in sorted(Class, reverse=True) if counted[each]
    )
    private = sum(bool(change.leaves) for change in view.changes)
    approved = sum(view.is_approved(change) for change in view.changes)
    more = [f"{private} privacy"] if private else []
    more += [f"{approved} approved"] if approved else []
    return "; ".join([told or "no change", *more])


def proof(view: View) -> str:
    """What was run: `42 events ran through both versions, 12 ended otherwise`."""
    tried = sum(each.tried for each in view.comparisons)
    differ = sum(len(each.trials) for each in view.comparisons)
    if not tried:
        return "the generated code is the same"
    return f"{several(tried, 'event')} ran through both versions: {differ or 'none'} differ" + (
        "s" if differ == 1 else ""
    )


def _lines(view: View, paint: Painter) -> Iterator[str]:
    for change in view.changes:
        yield from _change(change, view, paint)
        yield ""
    settings = [setting for each in view.comparisons for setting in each.settings]
    if settings:
        yield paint("bold", "Create in Segment's editor before you deploy")
        rows = [(each.name, _setting(each)) for each in settings]
        yield from (_line(line) for line in table(rows, indent=2))
        yield ""
    for comparison in view.comparisons:
        for route, trial in comparison.telling(1):
            yield from _trial(route, trial, paint)
    told = f"{verdict(view)} ({proof(view)})" if view.changes else verdict(view)
    yield paint("bold", told)


def _setting(setting: Setting) -> str:
    """The type of a setting, what is ticked, and its label."""
    ticks = (tick for tick in ("required", "sensitive") if getattr(setting, tick))
    return ", ".join([setting.type, *ticks, *([setting.label] if setting.label else [])])


def _change(change: Change, view: View, paint: Painter) -> Iterator[str]:
    """A change: its class, the sentence, the places."""
    word = str(change.class_).upper()
    first, *rest = hanging(word.ljust(WIDTH), _line(change.message), WIDTH)
    yield first.replace(word, paint(STYLES[change.class_], word), 1)
    yield from rest
    indent = " " * WIDTH
    if change.leaves:
        leaves = _line(", ".join(change.leaves))
        yield f"{indent}{paint('red', 'PRIVACY')} newly leaves Segment: {leaves}"
    if change.evidence:
        yield from hanging(indent, f"seen with {_line(change.evidence)}", WIDTH)
    marks = f"{change.kind} {change.fingerprint}" + (" approved" * view.is_approved(change))
    yield paint("dim", f"{indent}{places(change, view)}  {marks}")


def places(change: Change, view: View) -> str:
    """Both places: `main:mappings/novu.yaml:12 -> mappings/novu.yaml:14`."""
    before = "nothing" if change.before is None else _place(change.before, view.against)
    after = "nothing" if change.after is None else _place(change.after, None)
    return f"{before} -> {after}"


def _place(span: Span, ref: str | None) -> str:
    return _line(f"{ref}:{span.path}:{span.line}" if ref else f"{span.path}:{span.line}")


def _line(text: str) -> str:
    """Text of users in one line."""
    return safe(text).replace("\n", "\\u{a}")


def _trial(route: str | None, trial: Trial, paint: Painter) -> Iterator[str]:
    """What an event sent and sends."""
    told = f" ({_line(route)})" if route else ""
    yield paint("bold", _line(trial.event)) + paint("dim", told)
    for line in difference(trial):
        style = {"-": "red", "+": "green"}.get(line[:1])
        yield "  " + (paint(style, line) if style else line)
    yield ""


def difference(trial: Trial) -> list[str]:
    """The requests of both versions as a difference, line by line; `...` is what is the same."""
    old, new = (_told(result) for result in (trial.before, trial.after))
    found = list(difflib.unified_diff(old, new, lineterm="", n=1))[3:]
    found = [" ..." if line.startswith("@@") else line for line in found]
    more = len(found) - LONGEST
    return found if more <= 0 else [*found[:LONGEST], f"... {more} more lines"]


def _told(result: dict[str, Any]) -> list[str]:
    """The requests of a result, or that there is none."""
    lines: list[str] = []
    for request in result["requests"]:
        lines.append(f"{request['method']} {request['url']}")
        lines += [f"{name}: {value}" for name, value in sorted(request["headers"].items())]
        body = request["body"]
        if isinstance(body, (dict, list)):
            lines += json.dumps(body, ensure_ascii=False, indent=2, sort_keys=True).split("\n")
        elif body is not None:
            lines.append(str(body))
    return [_line(line) for line in lines] or [f"nothing is sent ({result['outcome']})"]
