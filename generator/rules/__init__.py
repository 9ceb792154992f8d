"""What a careful colleague would raise: one function is one rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.model import Mapping
    from generator.providers import Provider


def check(mapping: Mapping, provider: Provider, report: Report) -> None:
    """Apply every rule to a mapping that has no errors of shape or meaning."""
