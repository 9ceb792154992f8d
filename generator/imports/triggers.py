"""Triggers of Actions destinations, taken apart: which calls, which names, and what else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.diagnostics import Note, warning
from generator.expressions.lexer import Lexer
from generator.expressions.reading import Reading
from generator.expressions.scope import CARRIED, Scope
from generator.fql.actions import never_fires, warn_of_differences
from generator.fql.parser import Parser
from generator.imports.partial import field_of, given
from generator.model import NAMED_SECTIONS, SECTIONS, Compare, Literal, Path, walk
from generator.show import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Report
    from generator.expressions.reading import Place
    from generator.imports.partial import Left
    from generator.model import Condition

NEVER_FIRED = warning(
    "I102",
    "never-fired",
    """A trigger never fires at Segment, but its mapping would run.

    Segment's parser of triggers reads a small part of FQL: field, operator and value, `contains`
    and `match`, `and`, `or`, one level of parentheses, texts in double quotes. What it cannot
    read counts as false, and nobody is told. segfn reads all of FQL as documented, so a message
    that was never sent would be sent.

    ```json
    {
      "subscribe": "type = \\"track\\" and event = 'Signed Up'",
      "mapping": {"url": "https://example.com/", "data": {"id": {"@path": "$.userId"}}}
    }
    ```

    ```json
    {
      "subscribe": "type = \\"track\\" and event = \\"Signed Up\\"",
      "mapping": {"url": "https://example.com/", "data": {"id": {"@path": "$.userId"}}}
    }
    ```
    """,
)

OTHER = "\0"
"""Stands for a name that the condition does not know."""
ASKED = {"track": "event", "page": "name", "screen": "name"}
"""The field by which a call of a named section finds its route."""
USUAL = tuple(section for section in SECTIONS if section != "delete")
"""The sections whose calls Segment sends to Actions destinations without being asked."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a route of a trigger stands.

    `names` are the names of its calls, `"*"` any but those that are `told` by the trigger; both
    are empty in a section without names. `when` is what is left of the condition.
    """

    section: str
    names: tuple[str, ...]
    told: tuple[str, ...]
    when: str | None


def read(text: str, place: Place, report: Report) -> Condition | None:
    """The condition of a trigger, with warnings where Segment reads it otherwise."""
    reading = Reading(text, place, Scope(None), report)
    tokens = Lexer(reading, fql=True).tokens()
    condition = None if tokens is None else Parser(reading, tokens).whole()
    if condition is None or tokens is None:
        return None
    notes = [Note(told, span) for span, told in never_fires(condition, tokens, reading)]
    if notes:
        report.add(
            NEVER_FIRED,
            place(0, len(text)),
            "Segment never takes this trigger, or a part of it, for true",
            notes=notes,
            help="remove the route, or keep it if it should have run all along",
        )
    else:
        warn_of_differences(condition, tokens, reading)
    return condition


def stands(condition: Condition) -> Iterator[Stand]:
    """Where the routes of a trigger stand, the sections in the order of the language."""
    typed = any(isinstance(part, Path) and part.keys == ("type",) for part in walk(condition))
    for section in SECTIONS if typed else USUAL:
        lacks = {name: None for name in ("event", "name") if name not in CARRIED[section]}
        left = given(condition, {"type": section, **lacks})
        if left is False:
            continue
        if section in NAMED_SECTIONS:
            yield from _named(section, left)
        else:
            yield Stand(section, (), (), _written(left))


def _named(section: str, condition: Left) -> Iterator[Stand]:
    """The names of a section under which a condition may hold, those with one rest together."""
    asked = ASKED[section]
    told = tuple(_names(condition, asked))
    rests: dict[str | None, list[str]] = {}
    for name in (*told, OTHER):
        left = given(condition, {asked: name})
        if left is not False:
            rests.setdefault(_written(left), []).append("*" if name == OTHER else name)
    for when, names in rests.items():
        yield Stand(section, tuple(names), told, when)


def _names(condition: Left, asked: str) -> list[str]:
    """The names that a condition compares the name of a call with."""
    found = [
        inner.value
        for part in walk(condition)
        if isinstance(part, Compare) and asked in (field_of(part.left), field_of(part.right))
        for inner in walk(part)
        if isinstance(inner, Literal)
    ]
    return list(dict.fromkeys(name for name in found if isinstance(name, str) and name))


def _written(condition: Left) -> str | None:
    return None if isinstance(condition, bool) else words.condition(condition)
