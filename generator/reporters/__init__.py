"""Findings as text for a person or a machine: one file is one format.

A format is a module with `render(found, sources, *, colour, summary) -> str`; modules whose
name begins with an underscore are not formats.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.reporters._shown import json_text, plain, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.diagnostics import Diagnostic

__all__ = ["formats", "json_text", "plain", "render", "safe"]


def formats() -> list[str]:
    """The names of the formats, `text` first."""
    names = {path.stem for path in Path(__file__).parent.glob("[!_]*.py")}
    return ["text", *sorted(names - {"text"})]


def render(
    format: str,  # noqa: A002 - the word that users see
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, str],
    *,
    colour: bool = False,
    summary: Mapping[str, Any] | None = None,
) -> str:
    """The findings in a format, with a newline at the end; "" where there is nothing to say.

    `sources` maps the paths of spans to the texts that the spans count in; `summary` is
    what else was counted, as `{"passed": 3, "failed": 1}`.
    """
    made: str = import_module(f"generator.reporters.{format}").render(
        list(diagnostics), sources, colour=colour, summary=dict(summary or {})
    )
    return made
