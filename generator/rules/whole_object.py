"""Whole traits or properties passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import warning
from generator.model import Path, walk

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.model import Mapping
    from generator.providers import Provider

WHOLE_OBJECT = warning(
    "L104",
    "whole-object",
    """All traits or properties are passed on, whatever they are.

    What the source will send tomorrow then leaves Segment too. Name what is needed. The
    default payload of an event is its properties; a warning is raised only where they are
    written.

    ```yaml
    subscriber:
      data: $.traits               # everything
    ```

    ```yaml
    subscriber:
      data:
        plan: $.traits.plan
    ```
    """,
)
WHOLE = {("traits",), ("properties",), ("context",), ("context", "traits")}


def check(mapping: Mapping, provider: Provider, report: Report) -> None:
    """Look for whole objects in the fields that a mapping writes."""
    for route in mapping.routes():
        for field in route.fields:
            action = provider.action(route.action)
            spec = action.field(field.name) if action else None
            if not field.written or (spec and spec.default(route.section)):
                continue
            for part in walk(field.value):
                if (
                    isinstance(part, Path)
                    and part.root == "event"
                    and part.keys in WHOLE
                    and part.span
                ):
                    report.add(
                        WHOLE_OBJECT,
                        part.span,
                        f"{part.written} passes on everything in it",
                        help="name the members that are needed",
                    )
