"""A list of event names: one a line, or a JSON or YAML list of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.plans.plan import Event, merged

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "a list of names"


def read(data: Any) -> tuple[Event, ...] | None:  # noqa: ANN401 - JSON
    """The events that a list names; None where the data is no list of texts."""
    if not isinstance(data, list) or not data or not all(isinstance(name, str) for name in data):
        return None
    return merged(Event("track", name, None) for name in data)


def read_text(text: str) -> tuple[Event, ...]:
    """The events of a text: one a line; blank lines and those that begin with `# ` are not."""
    return merged(_lines(text))


def _lines(text: str) -> Iterator[Event]:
    for number, line in enumerate(text.split("\n"), 1):
        name = line.strip()
        if name and not name.startswith("# ") and name != "#":
            yield Event("track", name, None, line=number)
