"""One text that is being read: where it is, and where findings about it go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.diagnostics import Report, Severity, Span

if TYPE_CHECKING:
    from generator.diagnostics import Code
    from generator.expressions.lexer import Token
    from generator.expressions.scope import Scope

LONGEST = 40
"""The most characters of a text that a message repeats."""

Place = Callable[[int, int], Span]
"""From offsets in a text to the place in the file."""


@dataclass(slots=True)
class Reading:
    """A text, what its paths may begin with, and whether it has an error so far."""

    text: str
    place: Place
    scope: Scope
    report: Report
    failed: bool = field(default=False, init=False)

    def add(self, code: Code, start: int, end: int, message: str, help_: str | None) -> None:
        """Report a finding about the text from `start` to `end`."""
        self.failed = self.failed or code.severity is Severity.ERROR
        self.report.add(code, self.place(start, end), message, help=help_)

    def add_at(self, token: Token, code: Code, message: str, help_: str | None) -> None:
        """Report a finding about a token."""
        self.add(code, token.start, token.end, message, help_)

    def span(self, token: Token) -> Span:
        """Where a token is in the file."""
        return self.place(token.start, token.end)

    def written(self, token: Token) -> str:
        """A token as it stands in the text."""
        return self.text[token.start : token.end]

    def shown(self, token: Token) -> str:
        """A token as a message names it: in quotes, and not at length."""
        written = self.written(token)
        if len(written) > LONGEST:
            written = f"{written[:LONGEST]}..."
        return written if token.kind == "text" else f'"{written}"'
