"""The lines of the sources, split once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.diagnostics import masked

if TYPE_CHECKING:
    from collections.abc import Mapping

# As spans count them. `splitlines` would also split at U+2028, form feeds and others.
_END = re.compile("\r\n|\n|\r")
PRIVATE_KEY = "PRIVATE KEY-----"


@dataclass(frozen=True, slots=True)
class Lines:
    """The sources as lines, without private keys, which have many."""

    sources: Mapping[str, str]
    split: dict[str, list[str]] = field(default_factory=dict)

    def line(self, path: str, number: int) -> str | None:
        """A line by its 1-based number, without its end; None where there is none."""
        if path not in self.split:
            text = self.sources.get(path, "").removeprefix("\ufeff")
            text = masked(text) if PRIVATE_KEY in text else text
            self.split[path] = _END.split(text) if path in self.sources else []
        lines = self.split[path]
        return lines[number - 1] if 0 < number <= len(lines) else None
