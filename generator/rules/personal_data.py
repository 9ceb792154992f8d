"""Personal data that leaves Segment in a payload."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.diagnostics import warning
from generator.model import MapOf, Path, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Report, Span
    from generator.model import Field, Mapping
    from generator.providers import Provider

PERSONAL_DATA = warning(
    "L103",
    "personal-data",
    """A payload carries what looks like personal data by its name.

    A payload is kept with every notification and shown in the provider's logs. The
    provider knows a subscriber's address anyway; templates can use that.

    ```yaml
    workflow:
      name: welcome
      payload:
        email: $.traits.email      # is it needed in the payload?
    ```

    ```yaml
    workflow:
      name: welcome
      payload:
        plan: $.traits.plan
    ```

    If it is meant, say so: `# segfn: ignore[L103] the template prints it`.
    """,
)

NAMES = re.compile(
    r"e?-?mail|phone|mobile|ssn|social.?security|passport|birth|dob|password|passwd|iban|"
    r"credit.?card|card.?number|cvv|street|address|ip",
    re.IGNORECASE,
)
PAYLOADS = ("payload", "overrides", "context", "body", "properties", "data")


def check(mapping: Mapping, provider: Provider, report: Report) -> None:
    """Look at the names and paths in the payloads that a mapping writes."""
    for route in mapping.routes():
        action = provider.action(route.action)
        for field in route.fields:
            if field.written and field.name in PAYLOADS and action and not action.profile:
                for name, span in _personal(field):
                    report.add(
                        PERSONAL_DATA,
                        span,
                        f'"{name}" looks like personal data, and a payload is kept and logged',
                        help="leave it out where the provider knows it from the profile",
                    )


def _personal(field: Field) -> Iterator[tuple[str, Span]]:
    """The names in a field that look personal, each once for a place."""
    seen: set[Span] = set()
    for part in walk(field.value):
        members = part.entries if isinstance(part, MapOf) else ()
        named = [(name, value) for name, value in members if not isinstance(value, MapOf)]
        if isinstance(part, Path) and part.keys:
            named = [(str(part.keys[-1]), part)]
        for name, value in named:
            place = value.span
            if place is not None and place not in seen and _looks_personal(name):
                seen.add(place)
                yield name, place


@lru_cache
def _looks_personal(name: str) -> bool:
    """Whether a name, or the last word of it, is on the list: `customer_email` is `email`."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
    return any(NAMES.fullmatch(each) for each in (name, *words[-1:]))
