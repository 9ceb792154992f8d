"""Every code that segfn can say, found in the source and not in a list."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Code

HOME = Path(__file__).parent
# NAME = error("M102", ...): only such modules are imported, because some others are slow.
_DEFINES = re.compile(r'= (?:error|warning|Code)\(\s*"[A-Z]\d{3}"')

STAGES = {
    "Y": "YAML",
    "S": "Shape",
    "M": "Meaning",
    "E": "Expressions",
    "K": "Directives of mapping-kit",
    "Q": "Conditions (FQL)",
    "L": "Rules",
    "P": "Providers",
    "T": "Fixtures and tests",
    "F": "Functions written by hand",
    "D": "Changes",
    "G": "Generated files",
    "I": "Import",
    "C": "Configuration",
}
"""What the first letter of a code stands for."""


def all_codes() -> list[Code]:
    """The codes of all stages, sorted by stage in the order of the work, then by number."""
    for module in _modules():
        import_module(module)
    order = {letter: place for place, letter in enumerate(STAGES)}
    return sorted(
        CATALOGUE.values(),
        key=lambda code: (order.get(code.code[0], len(order)), code.code),
    )


def _modules() -> Iterator[str]:
    """The modules that define codes."""
    for path in sorted(HOME.rglob("*.py")):
        if _DEFINES.search(path.read_text(encoding="utf-8")):
            parts = path.relative_to(HOME.parent).with_suffix("").parts
            yield ".".join(parts).removesuffix(".__init__")
