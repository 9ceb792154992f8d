"""Comments that accept a warning: `# segfn: ignore[L103] the template prints it`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import source
from generator.diagnostics import CATALOGUE, Report, Severity, Span, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Diagnostic
    from generator.source import Document

UNUSED_IGNORE = warning(
    "L108",
    "unused-ignore",
    """A comment accepts a warning that is not raised there.

    It was mended, or moved; the comment would hide the next one. Errors cannot be accepted.

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
COMMENT = re.compile(r"#\s*segfn:\s*ignore\b(?:\[(?P<codes>[^\]]*)\])?\s*(?P<reason>.*)")


@dataclass(frozen=True, slots=True)
class _Ignore:
    """One comment: the codes or slugs that it accepts on its line, or on the next."""

    line: int
    place: Span
    codes: tuple[str, ...]
    alone: bool

    def accepts(self, found: Diagnostic) -> bool:
        """Whether the comment stands for a finding."""
        lines = (self.line, self.line + 1) if self.alone else (self.line,)
        named = found.code.code in self.codes or found.code.slug in self.codes
        return named and found.span.line in lines and found.severity is not Severity.ERROR


def apply(document: Document, report: Report, *, made: bool = False) -> None:
    """Take accepted warnings out of a report, and report comments that accept nothing.

    `made` says that the warnings are those about the generated file, which reading a mapping
    does not raise: each kind is judged where it is known.
    """
    ignores = list(_ignores(document, report, made=made)) if "segfn:" in document.text else []
    used: set[_Ignore] = set()
    kept = []
    for found in report.found:
        accepting = [ignore for ignore in ignores if ignore.accepts(found)]
        used.update(accepting)
        if not accepting:
            kept.append(found)
    report.found = kept
    for ignore in ignores:
        if ignore not in used:
            report.add(
                UNUSED_IGNORE,
                ignore.place,
                f"nothing here raises {' or '.join(ignore.codes)}",
                help="remove the comment",
            )


def _ignores(document: Document, report: Report, *, made: bool) -> Iterator[_Ignore]:
    """The comments of a file that accept a warning of either kind."""
    lines = document.text.split("\n")
    for line, column, text in source.comments(document):
        found = COMMENT.match(text)
        if found is None:
            continue
        place = Span(document.path, line, column, line, column + len(text))
        codes = tuple(code.strip() for code in (found["codes"] or "").split(",") if code.strip())
        if not made and not (codes and found["reason"].strip()):
            report.add(
                BARE_IGNORE,
                place,
                "this comment does not say which warning it accepts, and why",
                help="write `# segfn: ignore[CODE] reason`",
            )
        alone = line <= len(lines) and lines[line - 1][: column - 1].strip() == ""
        mine = tuple(code for code in codes if _is_about_output(code) is made)
        if mine:
            yield _Ignore(line, place, mine, alone)


def _is_about_output(name: str) -> bool:
    """Whether a code or slug is one of those that only generating raises."""
    kinds = [code.code for code in CATALOGUE.values() if name in (code.code, code.slug)]
    return any(kind.startswith("G") for kind in kinds)
