"""Directives of Segment's mapping-kit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.emit.paths import Context
    from generator.emit.tree import Expression
    from generator.model import Json


def directive(name: str, argument: Json, context: Context) -> Expression:
    """The expression for a directive."""
    raise NotImplementedError(name, argument, context)
