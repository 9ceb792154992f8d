"""What is looked for: one file is one theme, with its codes and their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.lint.checks import (
    answers,
    batches,
    disclosure,
    errors,
    names,
    requests,
    retries,
    settings,
    state,
)

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.lint.lab import Lab

# Those that run something come first: the others look at all that was run.
ALL = (answers, retries, state, settings, batches, names, requests, errors, disclosure)


def check(lab: Lab, report: Report) -> None:
    """Look for everything."""
    for theme in ALL:
        theme.check(lab, report)
