"""Names that differ only in what people do not see."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from generator.diagnostics import Note, warning

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.model import Mapping
    from generator.providers import Provider

NEAR_NAMES = warning(
    "L101",
    "near-names",
    """Two names of a section differ only by case, blanks or Unicode form.

    Names match exactly, so each takes its own events; most often one of them is a slip.

    ```yaml
    track:
      User Registered: welcome
      User registered: welcome-2   # another event, or a slip?
    ```

    ```yaml
    track:
      User Registered: welcome
    ```
    """,
)


def check(mapping: Mapping, provider: Provider, report: Report) -> None:  # noqa: ARG001
    """Compare the names of each section as a person reads them."""
    for section in mapping.sections:
        seen: dict[str, str] = {}
        for entry in section.entries:
            other = seen.setdefault(_as_read(entry.name), entry.name)
            if other != entry.name and entry.span is not None:
                first = next(known for known in section.entries if known.name == other)
                report.add(
                    NEAR_NAMES,
                    entry.span,
                    f'"{entry.name}" and "{other}" differ only by case, blanks or Unicode form',
                    notes=[Note("the other is here", first.span)],
                    help="use the name that the source sends, or ignore this warning",
                )


def _as_read(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
