"""Comments that accept a warning: `# segfn: ignore[L103] the template prints it`.

In a function they begin with `//`, and accept errors of `segfn lint` too: not every provider
can do what would be right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator import source
from generator.diagnostics import CATALOGUE, Report, Severity, Span, warning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.diagnostics import Diagnostic
    from generator.source import Document

UNUSED_IGNORE = warning(
    "L108",
    "unused-ignore",
    """A comment accepts a warning that is not raised there.

    It was mended, or moved; the comment would hide the next one. Errors in a mapping cannot be
    accepted.

    ```yaml
    plan: $.traits.plan     # segfn: ignore[L103] no warning here
    ```

    ```yaml
    plan: $.traits.plan
    ```
    """,
)
BARE_IGNORE = warning(
    "L109",
    "bare-ignore",
    """A comment accepts a warning without saying which, or without a reason.

    ```yaml
    email: $.traits.email   # segfn: ignore[L103]
    ```

    ```yaml
    email: $.traits.email   # segfn: ignore[L103] the template prints it
    ```
    """,
)
COMMENT = re.compile(
    r"(?P<sign>#|//)\s*segfn:\s*ignore\b(?:\[(?P<codes>[^\]]*)\])?\s*(?P<reason>.*)"
)


@dataclass(frozen=True, slots=True)
class _Ignore:
    """One comment: the codes or slugs that it accepts on its line, or on the next."""

    line: int
    place: Span
    codes: tuple[str, ...]
    alone: bool
    errors: bool = False

    def accepts(self, found: Diagnostic) -> bool:
        """Whether the comment stands for a finding."""
        lines = (self.line, self.line + 1) if self.alone else (self.line,)
        named = found.code.code in self.codes or found.code.slug in self.codes
        mild = self.errors or found.severity is not Severity.ERROR
        return named and mild and found.span.line in lines and found.span.path == self.place.path


def apply(document: Document, report: Report, *, made: bool = False) -> None:
    """Take accepted warnings out of a report, and report comments that accept nothing.

    `made` says that the warnings are those about the generated file, which reading a mapping
    does not raise: each kind is judged where it is known.
    """
    if "segfn:" in document.text:
        lines = document.text.split("\n")
        comments = source.comments(document)
        ignores = [
            replace(ignore, codes=codes)
            for ignore in _ignores(comments, lines, document.path, None if made else report)
            if (codes := tuple(code for code in ignore.codes if _is_raised_by("G", code) is made))
        ]
        _take_out(ignores, report, judged=not report.failed)


def apply_to_code(code: str, path: str, report: Report) -> None:
    """The same for JavaScript, where a comment begins with `//` and accepts errors too."""
    lines = code.split("\n")
    comments = (
        (number, found.start() + 1, line[found.start() :].rstrip())
        for number, line in enumerate(lines, 1)
        if (found := COMMENT.search(line)) and found["sign"] == "//"
    )
    _take_out(list(_ignores(comments, lines, path, report)), report)


def _take_out(ignores: list[_Ignore], report: Report, *, judged: bool = True) -> None:
    """Take out what comments accept, and report those that accept nothing.

    Unless the rules have `judged` the mapping, nobody knows whether their warnings are raised.
    """
    used: set[_Ignore] = set()
    kept = []
    for found in report.found:
        accepting = [ignore for ignore in ignores if ignore.accepts(found)]
        used.update(accepting)
        if not accepting:
            kept.append(found)
    report.found = kept
    for ignore in ignores:
        known = judged or not any(_is_raised_by("L", code) for code in ignore.codes)
        if ignore not in used and known:
            report.add(
                UNUSED_IGNORE,
                ignore.place,
                f"nothing here raises {' or '.join(ignore.codes)}",
                help="remove the comment",
            )


def _ignores(
    comments: Iterable[tuple[int, int, str]], lines: list[str], path: str, report: Report | None
) -> Iterator[_Ignore]:
    """The comments of a file that accept something; those that are bare go to the report."""
    for line, column, text in comments:
        found = COMMENT.match(text)
        if found is None:
            continue
        sign = found["sign"]
        place = Span(path, line, column, line, column + len(text))
        codes = tuple(code.strip() for code in (found["codes"] or "").split(",") if code.strip())
        if report is not None and not (codes and found["reason"].strip()):
            report.add(
                BARE_IGNORE,
                place,
                "this comment does not say which warning it accepts, and why",
                help=f"write `{sign} segfn: ignore[CODE] reason`",
            )
        alone = line <= len(lines) and lines[line - 1][: column - 1].strip() == ""
        if codes:
            yield _Ignore(line, place, codes, alone, errors=sign == "//")


def _is_raised_by(step: str, name: str) -> bool:
    """Whether a code or slug is one of those that a step raises: G generating, L the rules."""
    kinds = [code.code for code in CATALOGUE.values() if name in (code.code, code.slug)]
    return any(kind.startswith(step) for kind in kinds)
