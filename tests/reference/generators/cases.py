"""What a generator hands out: a question and the rows of our tables that it touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reference.javascript import Json


@dataclass(frozen=True)
class ValueCase:
    """A value of a mapping, an event to evaluate it for, and the rows touched."""

    value: Json
    event: Json
    settings: Json
    rows: frozenset[str]


@dataclass(frozen=True)
class MappingCase:
    """A mapping-kit mapping and an event."""

    mapping: Json
    event: Json
    rows: frozenset[str]


@dataclass(frozen=True)
class ConditionCase:
    """A condition, an event, and tsub's tree of the condition where it has one."""

    fql: str
    event: Json
    settings: Json
    rows: frozenset[str]
    ir: Json = None
