"""What segfn says about a mapping: places, severities, codes and findings.

Everything that reads user input returns values or adds a `Diagnostic` to a
`Report`; exceptions are for bugs of ours and for the machine.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SECRETS = re.compile(
    r"\b(?:sk|pk|rk)_(?:live|test)_[0-9A-Za-z]{8,}|\bSG\.[\w-]{16,}\.[\w-]{16,}|\bkey-[0-9a-f]{32}\b"
    r"|\bnv-[0-9A-Za-z]{16,}|\bgh[pousr]_[0-9A-Za-z]{30,}|\bxox[abprs]-[0-9A-Za-z-]{10,}"
    r"|\bAKIA[0-9A-Z]{16}\b|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]*|https?://[^\s/:@]+:[^\s/@]+@"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[\s\S]{0,20000}?-----END|[\w+/=\\\s]*)"
)
"""What is written like a key, a token or a password of a service that people use."""


class Severity(str, Enum):
    """How bad a finding is; only an error makes a mapping invalid."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A place in a file: 1-based lines and columns in characters, the end exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def start_of(cls, path: str) -> Span:
        """The first character of a file, for findings about the file as a whole."""
        return cls(path, 1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding.

    `code` is a letter and three digits, `slug` the contract with users, and
    `doc` the page of `segfn explain`: Markdown whose first line is one sentence.
    """

    code: str
    slug: str
    severity: Severity
    doc: str

    def __post_init__(self) -> None:
        """Enter the code in the catalogue; two codes of one name are a bug of ours."""
        known = CATALOGUE.setdefault(self.code, self)
        slugs = [entry.slug for entry in CATALOGUE.values()]
        if known != self or slugs.count(self.slug) > 1:
            raise ValueError(f"{self.code} {self.slug} is defined twice")

    def __str__(self) -> str:
        """The code as it stands in a message: `M102 duplicate-route`."""
        return f"{self.code} {self.slug}"


CATALOGUE: dict[str, Code] = {}


def error(code: str, slug: str, doc: str) -> Code:
    """Define a code whose findings are errors."""
    return Code(code, slug, Severity.ERROR, doc)


def warning(code: str, slug: str, doc: str) -> Code:
    """Define a code whose findings are warnings."""
    return Code(code, slug, Severity.WARNING, doc)


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence beside a finding, with the related place where there is one."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding; `help` begins with a verb and says what to do.

    `mild` makes it a warning, also where its code is an error.
    """

    code: Code
    message: str
    span: Span
    notes: tuple[Note, ...] = ()
    help: str | None = None
    mild: bool = False

    @property
    def severity(self) -> Severity:
        """The severity of the finding's code; no more than a warning where it is mild."""
        return Severity.WARNING if self.mild else self.code.severity


@dataclass(slots=True)
class Report:
    """Collects findings, so that a user sees all of them at once."""

    found: list[Diagnostic] = field(default_factory=list)

    def add(
        self,
        code: Code,
        span: Span,
        message: str,
        *,
        notes: Iterable[Note] = (),
        help: str | None = None,  # noqa: A002 - the word that users see
    ) -> None:
        """Add a finding; what looks like a secret in a mapping must not reach a log of CI."""
        told = tuple(Note(masked(note.message), note.span) for note in notes)
        help_ = None if help is None else masked(help)
        self.found.append(Diagnostic(code, masked(message), span, told, help_))

    def extend(self, found: Iterable[Diagnostic]) -> None:
        """Add findings that another stage returned."""
        self.found.extend(found)

    @property
    def failed(self) -> bool:
        """Whether an error is among the findings."""
        return any(entry.severity is Severity.ERROR for entry in self.found)

    def __iter__(self) -> Iterator[Diagnostic]:
        """The findings sorted by place, each once."""
        return iter(sorted(dict.fromkeys(self.found), key=_order))


def _order(entry: Diagnostic) -> tuple[Span, str, str]:
    return entry.span, entry.code.code, entry.message


def masked(text: str) -> str:
    """The text with stars for all but the first letters of what looks like a secret.

    Its length and its lines stay.
    """
    return SECRETS.sub(lambda found: found[0][:4] + re.sub(r"\S", "*", found[0][4:]), text)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The nearest known word as advice (`write "email"`), or None where none is near."""
    near = nearest(word, known)
    return None if near is None else f'write "{near}"'


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a person most likely meant, or None."""
    by_folded = {entry.casefold(): entry for entry in known}
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None
