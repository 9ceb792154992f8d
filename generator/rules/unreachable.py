"""Routes that can never run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import Note, warning
from generator.model import And, Compare, Condition, First, IsTrue, Literal, Not, Or

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.model import Mapping
    from generator.providers import Provider

NEEDS_WHOLE = True
UNREACHABLE = warning(
    "L102",
    "unreachable",
    """A route can never run.

    Its condition is false whatever the event is, or it stands in `first` behind a route
    that always runs.

    ```yaml
    track:
      Order Completed:
        first:
          - order-receipt
          - when: properties.total >= 100   # wrong: the receipt has been taken
            workflow: vip-order
    ```

    ```yaml
    track:
      Order Completed:
        first:
          - when: properties.total >= 100
            workflow: vip-order
          - order-receipt
    ```
    """,
)


def check(mapping: Mapping, provider: Provider, report: Report) -> None:  # noqa: ARG001
    """Look for constant conditions and for what stands behind a route that always runs."""
    for route in mapping.routes():
        if route.when is not None and route.when.span and constant(route.when) is False:
            report.add(
                UNREACHABLE,
                route.when.span,
                "this condition is false for every event",
                help="mend the condition, or switch the route off with `enabled: false`",
            )
    entries = [entry for section in mapping.sections for entry in section.entries]
    for step in [step for entry in entries for step in entry.steps]:
        if isinstance(step, First):
            _check_first(step, report)


def _check_first(step: First, report: Report) -> None:
    """Report every route behind one without a condition."""
    taken = None
    for route in step.routes:
        if taken is not None and route.span is not None:
            report.add(
                UNREACHABLE,
                route.span,
                "this route never runs: one above it always does",
                notes=[Note("this one always runs", taken.span)],
                help="move the route without a condition to the end",
            )
        elif route.enabled and (route.when is None or constant(route.when) is True):
            taken = route


def constant(condition: Condition) -> bool | None:
    """Whether a condition holds, where that does not depend on the event."""
    match condition:
        case IsTrue(Literal() as value):
            return value.value is True
        case Compare("=", Literal() as left, Literal() as right):
            return left == right
        case Compare("!=", Literal() as left, Literal() as right):
            return left != right
        case Compare("<" | ">", left, right) if left == right:
            return False
        case Compare("!=", left, right) if left == right:
            return False
        case Not(inner):
            holds = constant(inner)
            return None if holds is None else not holds
        case And(parts):
            known = _all([constant(part) for part in parts], decisive=False)
            return _clash(parts) if known is None else known
        case Or(parts):
            return _all([constant(part) for part in parts], decisive=True)
    return None


def _all(known: list[bool | None], *, decisive: bool) -> bool | None:
    """The result of `and` (decided by false) or `or` (decided by true)."""
    if decisive in known:
        return decisive
    return None if None in known else not decisive


def _clash(parts: tuple[Condition, ...]) -> bool | None:
    """False where one path would have to equal two literals."""
    wanted: dict[object, Literal] = {}
    for part in parts:
        match part:
            case Compare("=", path, Literal() as literal) if not isinstance(path, Literal):
                if wanted.setdefault(path, literal) != literal:
                    return False
    return None
