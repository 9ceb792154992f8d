"""What a careful colleague would raise: one file is one rule.

A rule is a module with a `Code` and a function `check(mapping, provider, report)`; it sees
the model and the provider, never the text. What has an error is missing in the model: a rule
that reasons from what is not there says `NEEDS_WHOLE = True` and waits until nothing is.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.model import Mapping
    from generator.providers import Provider


class Rule(Protocol):
    """What a module of this package is."""

    def check(self, mapping: Mapping, provider: Provider, report: Report) -> None:
        """Report what is wrong with a mapping."""


def all_rules() -> list[Rule]:
    """The rules, sorted by the names of their files."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    return [cast("Rule", import_module(f"{__name__}.{name}")) for name in names]


def check(mapping: Mapping, provider: Provider, report: Report) -> None:
    """Apply the rules to a mapping; where the report has errors, those that can do with a part."""
    broken = report.failed
    for rule in all_rules():
        if not (broken and getattr(rule, "NEEDS_WHOLE", False)):
            rule.check(mapping, provider, report)
