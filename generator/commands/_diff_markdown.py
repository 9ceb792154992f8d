"""`segfn diff` as a comment on a pull request; GitHub takes 65,536 characters."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from generator.changes import Class
from generator.commands._diff_text import difference, places, proof, verdict
from generator.project import version
from generator.reporters import plain, safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.changes import Change
    from generator.commands._comparison import Comparison, Version
    from generator.commands.diff import View
    from generator.diagnostics import Report

MARKER = "<!-- segfn:diff -->"
LONGEST = 60_000
LEAST_FIRST = (
    *("the JavaScript", "the requests", "what newly leaves Segment", "the files"),
    *("the table", "the settings"),
)
MOST_ROWS = 200
MOST_REQUESTS = 30
MOST_JS = 400
SIGNS = {Class.BREAKING: "🔴", Class.BEHAVIOUR: "🟡", Class.COSMETIC: "⚪"}


def render(view: View) -> str:
    """The comment; what matters least is left out first if it is too long."""
    head = [MARKER, f"### segfn: {verdict(view)}", _sentence(view)]
    sections: list[tuple[str, str]] = [
        ("the table", _table(view)),
        ("what newly leaves Segment", _privacy(view)),
        ("the settings", _settings(view)),
        ("the requests", _requests(view)),
        ("the files", _files(view)),
        ("the JavaScript", _javascript(view)),
    ]
    dropped: list[str] = []
    for name in (
        "the JavaScript",
        "the requests",
        "what newly leaves Segment",
        "the files",
        "the table",
    ):
        if _size(head, sections, dropped) <= LONGEST:
            break
        sections = [section for section in sections if section[0] != name]
        dropped.append(name)
    return _joined(head, sections, dropped)


def _joined(head: list[str], sections: list[tuple[str, str]], dropped: list[str]) -> str:
    parts = [*head, *(text for _, text in sections if text)]
    if dropped:
        left = " and ".join(dropped)
        parts.append(f"Left out, for a comment has an end: {left}. `segfn diff` shows all.")
    parts.append(f"<sub>segfn {plain(version())}</sub>")
    return "\n\n".join(parts) + "\n"


def _size(head: list[str], sections: list[tuple[str, str]], dropped: list[str]) -> int:
    return len(_joined(head, sections, dropped))


def invalid(report: Report) -> str:
    """The comment where a mapping is not valid."""
    lines = [
        f"- {code(f'{entry.span.path}:{entry.span.line}')} {plain(entry.message)}"
        for entry in report
    ]
    more = [f"- and {len(lines) - MOST_ROWS} more"] if len(lines) > MOST_ROWS else []
    told = [
        "### segfn: nothing to compare, a mapping is not valid",
        "\n".join(lines[:MOST_ROWS] + more),
    ]
    return "\n\n".join([MARKER, *told]) + "\n"


# --- text of users ---------------------------------------------------------------------


def code(text: str) -> str:
    """Text of users as code: an HTML tag, for in a span of backticks nothing can be escaped."""
    escaped = plain(text)
    return f"<code>{escaped}</code>" if escaped else ""


def fenced(lines: Iterable[str], language: str) -> str:
    """Lines in a fence that is longer than any in them."""
    text = "\n".join(lines)
    runs = (len(found) for found in re.findall(r"`+", text))
    fence = "`" * max(3, *(length + 1 for length in [*runs, 2]))
    return f"{fence}{language}\n{text}\n{fence}"


def _folded(title: str, body: str) -> str:
    return f"<details>\n<summary>{title}</summary>\n\n{body}\n\n</details>"


# --- the sections ------------------------------------------------------------------------


def _sentence(view: View) -> str:
    """What was run, and what is left to a reviewer."""
    told = proof(view)
    return f"{told[:1].upper()}{told[1:]}."


def _table(view: View) -> str:
    """One row a change."""
    if not view.changes:
        return ""
    rows = ["| class | what changes for people | where | fingerprint |", "|---|---|---|---|"]
    rows += [_row(change, view) for change in view.changes[:MOST_ROWS]]
    rest = Counter(str(change.class_) for change in view.changes[MOST_ROWS:])
    more = ", ".join(f"{number} {name}" for name, number in rest.items())
    return "\n".join(rows) + (f"\n\nAnd {more}." if more else "")


def _row(change: Change, view: View) -> str:
    sign = f"{SIGNS[change.class_]} {change.class_}" + (" 🔒 privacy" if change.leaves else "")
    sign += " ✔ approved" if view.is_approved(change) else ""
    told = plain(change.message)
    if change.evidence:
        told += f"<br>seen with {plain(change.evidence)}"
    where = code(places(change, view))
    return f"| {sign} | {told} | {where} | `{change.fingerprint}` |"


def _privacy(view: View) -> str:
    """What of an event leaves Segment for the first time."""
    found: dict[str, None] = {}
    for change in view.changes:
        for place in change.leaves:
            found[f"- {code(place)} ({code(change.mapping)})"] = None
    lines = list(found)
    more = [f"- and {len(lines) - MOST_ROWS} more"] if len(lines) > MOST_ROWS else []
    listed = "\n".join(lines[:MOST_ROWS] + more)
    return f"#### Newly leaves Segment\n\n{listed}" if lines else ""


def _settings(view: View) -> str:
    """What somebody must create in Segment's editor first."""
    rows = [
        f"| {code(each.name)} | {plain(each.type)} | {'yes' if each.required else ''} "
        f"| {'yes' if each.sensitive else ''} |"
        for comparison in view.comparisons
        for each in comparison.settings
    ]
    if not rows:
        return ""
    head = ["| setting | type | required | sensitive |", "|---|---|---|---|"]
    return "#### Create in Segment before you deploy\n\n" + "\n".join([*head, *rows[:MOST_ROWS]])


def _requests(view: View) -> str:
    """What events sent and send; recorded events are people's and are only counted."""
    trials = [found for each in view.comparisons for found in each.telling(2)]
    shown = [(route, trial) for route, trial in trials if not trial.recorded]
    recorded = sum(trial.recorded for each in view.comparisons for trial in each.trials)
    blocks = [
        f"{plain(trial.event)}{f' · {code(route)}' if route else ''}\n\n"
        + fenced(difference(trial), "diff")
        for route, trial in shown[:MOST_REQUESTS]
    ]
    if len(shown) > MOST_REQUESTS:
        blocks.append(f"And {len(shown) - MOST_REQUESTS} more.")
    if recorded:
        blocks.append(f"{recorded} recorded events differ; people's own are not shown.")
    return _folded("Requests before and after", "\n\n".join(blocks)) if blocks else ""


def _files(view: View) -> str:
    """The hash of each generated file, to compare with what was pasted."""
    rows = [
        f"| {code(f'{each.after.output.name}.js')} | {_hash(each.before)} | {_hash(each.after)} |"
        for each in view.comparisons
        if each.after is not None
    ]
    if not rows:
        return ""
    head = ["| file | SHA-256 before | SHA-256 after |", "|---|---|---|"]
    told = "To compare with what was pasted: `sha256sum dist/*.js`."
    return "#### Generated files\n\n" + "\n".join([*head, *rows[:MOST_ROWS]]) + f"\n\n{told}"


def _hash(made: Version | None) -> str:
    return "" if made is None else f"`{sha256(made.output.text.encode()).hexdigest()}`"


def _javascript(view: View) -> str:
    """The difference of the generated files."""
    blocks = [_js(each) for each in view.comparisons]
    return "\n\n".join(block for block in blocks if block)


def _js(comparison: Comparison) -> str:
    before, after = comparison.before, comparison.after
    old, new = (made.output.text.split("\n") if made else [] for made in (before, after))
    made = after or before
    if old == new or made is None:
        return ""
    lines = [safe(line) for line in difflib.unified_diff(old, new, lineterm="", n=3)][2:]
    if len(lines) > MOST_JS:
        lines[MOST_JS:] = [f"... {len(lines) - MOST_JS} more lines"]
    return _folded(f"{code(made.output.name + '.js')}", fenced(lines, "diff"))
