"""Values and conditions as the code that segfn makes of them, run by Node.js many at a time.

Events are frozen and come from another realm, as at Segment.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from generator import source
from generator.diagnostics import Report
from generator.emit import expressions
from generator.emit.conditions import condition
from generator.emit.js import render
from generator.emit.tree import Return
from generator.expressions.scope import Scope
from generator.types import Type
from generator.values import read_condition, read_value

from . import MISSING
from .generators import SETTINGS, as_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.emit.tree import Expression

HELPERS: Final = Path(__file__).parents[2] / "templates" / "helpers"
SCOPE: Final = Scope("track", settings=frozenset(SETTINGS))
THROWN: Final = "InvalidEventPayload"
AT_ONCE: Final = 10_000  # cases for one start of Node.js, whose time is limited


@dataclass(frozen=True)
class Code:
    """The body of a function of `event` and `settings`, and the warnings that it came with."""

    body: str
    warnings: frozenset[str]


def value_code(written: Any) -> Code | None:
    """The code of a value in YAML; None where segfn refuses it."""

    def make(value: Any, context: expressions.Context) -> Expression:
        return expressions.value(value, Type("any"), context)

    return _code(written, read_value, make)


def condition_code(written: str) -> Code | None:
    """The code of a condition, likewise."""
    return _code(written, read_condition, condition)


def _code(written: Any, read: Callable[..., Any], make: Callable[..., Expression]) -> Code | None:
    report = Report()
    document = source.parse(as_yaml(written), "case.yaml", report)
    found = None if document is None else read(document.root, document, SCOPE, report)
    if found is None:
        return None
    hoisted = expressions.hoist([found])
    made = make(found, expressions.Context(hoisted=hoisted.names))
    lines = [render(each) for each in (*hoisted.statements, Return(made))]
    return Code("\n".join(lines), frozenset(entry.code.slug for entry in report))


def run_all(run_node: Any, cases: list[tuple[Code, Any]]) -> list[Any]:
    """What each code gives for its event: MISSING for nothing, THROWN where it throws."""
    helpers = [file.read_text("utf-8") for file in sorted(HELPERS.glob("*.js"))]
    told = [{"body": code.body, "event": event, "settings": {}} for code, event in cases]
    blocks = [told[start : start + AT_ONCE] for start in range(0, len(told), AT_ONCE)]
    asked = ({"helpers": "\n".join(helpers), "cases": block} for block in blocks)
    return [_told(answer) for each in asked for answer in run_node("evaluate.mjs", each)]


def _told(answer: dict[str, str]) -> Any:
    if "thrown" in answer:
        return answer["thrown"].split(":")[0]
    return json.loads(answer["json"]) if "json" in answer else MISSING
