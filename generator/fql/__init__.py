"""FQL, the language of conditions: text to a tree of the model, with columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.expressions.lexer import Lexer
from generator.expressions.reading import Place, Reading
from generator.fql.actions import warn_of_differences
from generator.fql.kinds import check_together
from generator.fql.parser import Parser

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.expressions.scope import Scope
    from generator.model import Condition

__all__ = ["parse_condition"]


def parse_condition(text: str, place: Place, scope: Scope, report: Report) -> Condition | None:
    r"""The condition of a text; `place` tells where offsets of the text are in the file.

    A pattern of `match` keeps its `\x`. None where the text has an error, which is in the
    report then: a condition is never silently false.
    """
    reading = Reading(text, place, scope, report)
    tokens = Lexer(reading, fql=True).tokens()
    if tokens is None:
        return None
    condition = Parser(reading, tokens).whole()
    if condition is not None:
        check_together(condition, report)
        warn_of_differences(condition, tokens, reading)
    return condition
