"""The generators as hypothesis strategies: hypothesis draws, shrinks and remembers.

`@given(values())` with `@settings(derandomize=True)` is the same on every run; without it,
hypothesis prints how to repeat a failure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from .generators import (
    ConditionCase,
    MappingCase,
    ValueCase,
    random_condition,
    random_event,
    random_fql_documented,
    random_fql_shared,
    random_json,
    random_mapping_kit,
    random_type,
    random_value,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from .javascript import Json


def _drawn(make: Callable[..., Any], *arguments: Any) -> st.SearchStrategy[Any]:
    return st.randoms(use_true_random=False).map(lambda rng: make(rng, *arguments))


def values(depth: int = 3) -> st.SearchStrategy[ValueCase]:
    """Valid values with an event and settings."""
    return _drawn(random_value, depth)


def conditions(depth: int = 2) -> st.SearchStrategy[ConditionCase]:
    """Valid conditions with an event and settings."""
    return _drawn(random_condition, depth)


def events() -> st.SearchStrategy[dict[str, Json]]:
    """Events of which anything may be missing, null, inherited or of another type."""
    return _drawn(random_event)


def json_values(depth: int = 2) -> st.SearchStrategy[Json]:
    """Any JSON, lone surrogates and inherited names too."""
    return _drawn(random_json, depth)


def types() -> st.SearchStrategy[Json]:
    """Types of a provider's fields."""
    return _drawn(random_type)


def mapping_kit(depth: int = 2) -> st.SearchStrategy[MappingCase]:
    """Mappings of mapping-kit, some refused by it."""
    return _drawn(random_mapping_kit, depth)


def fql_shared() -> st.SearchStrategy[ConditionCase]:
    """Conditions that Segment Actions and documented FQL read alike."""
    return _drawn(random_fql_shared)


def fql_documented(depth: int = 2) -> st.SearchStrategy[ConditionCase]:
    """Conditions of documented FQL with tsub's tree."""
    return _drawn(random_fql_documented, depth)
