"""Where the trigger of a Segment Actions destination would read a condition differently.

Segment's library for those triggers (@segment/destination-subscriptions, measured with
version 3.37.0) reads a part of FQL, with habits of its own. A condition may have been
moved from such a trigger, so each habit that gives another answer is told, in one warning.

Only conditions that the library can read are judged: field, operator, literal; `contains`
and `match`; `and`, `or`, one level of parentheses. All else it answers false, so nobody had
a working trigger of it. For the same reason = with a text in single quotes is not told: the
library takes the quotes as part of the text, so such a trigger never fired.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.diagnostics import Note
from generator.expressions.scope import FIELDS
from generator.fql.codes import ACTIONS_DIFFER
from generator.fql.functions import FUNCTIONS
from generator.fql.kinds import is_number, kind_of
from generator.model import ORDERS, And, Call, Compare, IsTrue, Literal, Not, Or, Path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Span
    from generator.expressions.lexer import Token
    from generator.expressions.reading import Place, Reading
    from generator.model import Condition

TEXTS = frozenset({"type", "event", "name", "userId"})
"""The fields whose expected value the library turns into text."""

OPERATORS = (*ORDERS, "=", "!=")
MAPS = frozenset({"properties", "traits", "context"})
READ = TEXTS | MAPS
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z_][A-Za-z0-9_-]*)*")
ONE_STAR = re.compile(r"[^*?\[\\]*\*|\*[^*?\[\\]*")


@dataclass(frozen=True, slots=True)
class Clause:
    """One comparison of a field with a literal, or one call of `contains` or `match`."""

    condition: Compare | IsTrue
    operator: str
    path: Path
    value: Literal
    negated: bool

    @property
    def root(self) -> str:
        """The field of the call."""
        return str(self.path.keys[0])

    @property
    def is_read(self) -> bool:
        """Whether the library knows the field; others are dropped, and so is `type` in calls."""
        return self.root in READ and not (self.root == "type" and self.operator in FUNCTIONS)

    @property
    def kind(self) -> str | None:
        """The kind of the literal."""
        return kind_of(self.value)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A condition as the library takes it: its clauses, its negations and its tokens."""

    clauses: tuple[Clause, ...]
    negations: tuple[Not, ...]
    tokens: tuple[Token, ...]
    text: str
    place: Place
    whole: Span

    def span(self, condition: Condition) -> Span:
        """Where a part of the condition is in the file."""
        return condition.span or self.whole


Reason = tuple["Span", str]
"""Where the library reads differently, and how."""


def warn_of_differences(condition: Condition, tokens: list[Token], reading: Reading) -> None:
    """Warn once where an Actions trigger would give another answer, with every reason."""
    trigger = _trigger(condition, tokens, reading)
    if trigger is None:
        return
    told = [reason for row in ROWS for reason in row(trigger)]
    notes = [Note(sentence, span) for span, sentence in sorted(told)]
    if notes:
        reading.report.add(
            ACTIONS_DIFFER,
            trigger.whole,
            "the trigger of an Actions destination would read this condition differently",
            notes=notes,
            help="compare the two if it was moved from a trigger; it means here what it says",
        )


def never_fires(condition: Condition, tokens: list[Token], reading: Reading) -> Iterator[Reason]:
    """Why the library never takes a condition, or a part of it, for true."""
    whole = reading.place(tokens[0].start, tokens[-2].end)
    if _is_too_deep(tokens):
        yield whole, "there, a group in a group cannot be read, so this never holds"
        return
    clauses = list(_clauses(condition))
    if None in clauses:
        message = "there, only field, operator and value, contains and match can be read, so "
        yield whole, f"{message}this never holds"
    elif not any(clause is not None and clause.is_read for clause in clauses):
        message = f"there, only {', '.join(sorted(READ))} are read, so this never holds"
        yield whole, message
    for left, right in pairwise(tokens):
        if left.is_mark("=") and reading.text.startswith("'", right.start):
            message = "there, single quotes are part of the text, so = never holds"
            yield reading.place(right.start, right.end), message
        elif "." in reading.written(left) and left.end == right.start and right.value in OPERATORS:
            message = "there, a blank is needed behind a path, so this never holds"
            yield reading.place(left.start, right.end), message


# --- what the library can read ---


def _trigger(condition: Condition, tokens: list[Token], reading: Reading) -> Trigger | None:
    """The condition as the library takes it; None where it cannot read it."""
    clauses = list(_clauses(condition))
    found = tuple(clause for clause in clauses if clause is not None)
    if len(found) < len(clauses) or reading.scope.item or _is_too_deep(tokens):
        return None
    if not any(clause.is_read for clause in found):
        return None
    whole = reading.place(tokens[0].start, tokens[-2].end)
    negations = tuple(_negations(condition))
    return Trigger(found, negations, tuple(tokens), reading.text, reading.place, whole)


def _clauses(condition: Condition, *, negated: bool = False) -> Iterator[Clause | None]:
    """Every clause, None for one that the library cannot read."""
    match condition:
        case And() | Or():
            for inner in condition.conditions:
                yield from _clauses(inner)
        case Not():
            yield from _clauses(condition.condition, negated=not negated)
        case Compare(operator, Path() as path, Literal() as value) if _is_plain(path):
            yield Clause(condition, operator, path, value, negated)
        case IsTrue(Call("contains" | "match" as name, (Path() as path, Literal() as value))) if (
            _is_plain(path)
        ):
            yield Clause(condition, name, path, value, negated)
        case _:
            yield None


def _negations(condition: Condition) -> Iterator[Not]:
    match condition:
        case And() | Or():
            for inner in condition.conditions:
                yield from _negations(inner)
        case Not():
            yield condition
            yield from _negations(condition.condition)


def _is_plain(path: Path) -> bool:
    """Whether the library reads a path as it is written: a field of the event, dots, words."""
    words = {"and", "or", "null"}
    return (
        PLAIN.fullmatch(path.written) is not None
        and path.keys[0] in FIELDS
        and not words & {str(key) for key in path.keys}
    )


def _groups(tokens: tuple[Token, ...] | list[Token]) -> Iterator[tuple[int, Token, bool]]:
    """Every token with the level of its parentheses; the last says whether it is in a call."""
    level = 0
    called = False
    for at, token in enumerate(tokens):
        is_call = token.is_mark("(") and at > 0 and tokens[at - 1].word in FUNCTIONS
        called = called or is_call
        level += token.is_mark("(") and not called
        yield level, token, called
        level -= token.is_mark(")") and not called
        called = called and not token.is_mark(")")


def _is_too_deep(tokens: list[Token]) -> bool:
    """Whether a group is in a group; with a call in it, that ends another way."""
    groups = list(_groups(tokens))
    called = any(level and called for level, _, called in groups)
    return not called and max(level for level, _, _ in groups) > 1


# --- one function for each habit ---


def mixed_connectives(trigger: Trigger) -> Iterator[Reason]:
    """Of `and` and `or` side by side, the last counts for all."""
    words: dict[int, list[Token]] = {}
    for level, token, called in _groups(trigger.tokens):
        if token.is_mark("(") and not called:
            words[level] = []
        if token.word in ("and", "or"):
            words.setdefault(level, []).append(token)
            before = words[level][:-1]
            if before and before[-1].value != token.value:
                message = 'there, of "and" and "or" without parentheses the last counts for all'
                yield trigger.place(token.start, token.end), message


def call_in_group(trigger: Trigger) -> Iterator[Reason]:
    """The closing parenthesis of a call also closes the group around it."""
    groups = list(_groups(trigger.tokens))
    for at, (level, token, called) in enumerate(groups[:-1]):
        if level and called and token.is_mark(")") and not groups[at + 1][1].is_mark(")"):
            message = "there, the parenthesis that closes this call closes the group too"
            yield trigger.place(token.start, token.end), message


def ignored_not(trigger: Trigger) -> Iterator[Reason]:
    """`!` counts only before `contains` and `match`."""
    for negation in trigger.negations:
        if not isinstance(negation.condition, IsTrue):
            yield trigger.span(negation), "there, ! counts only before contains and match"


def dropped_clause(trigger: Trigger) -> Iterator[Reason]:
    """A clause about another field than seven is dropped."""
    for clause in trigger.clauses:
        if not clause.is_read:
            message = f'there, what is asked of "{clause.root}" is dropped'
            yield trigger.span(clause.condition), message


def existence_of_text(trigger: Trigger) -> Iterator[Reason]:
    """`event` and `type` are compared with the text "null"."""
    for clause in trigger.clauses:
        if clause.root in ("event", "type") and clause.kind == "null":
            message = f'there, "{clause.root}" is compared with the text "null"'
            yield trigger.span(clause.condition), message


def compared_as_text(trigger: Trigger) -> Iterator[Reason]:
    """Numbers and booleans become text beside the fields that hold text."""
    for clause in trigger.clauses:
        equality = clause.operator in ("=", "!=")
        boolean = clause.kind == "bool"
        if clause.root == "userId" and boolean and clause.operator == "=":
            continue
        if clause.root in TEXTS and equality and (boolean or clause.kind == "number"):
            message = f'there, "{clause.root}" is compared with the text "{clause.value.json}"'
            yield trigger.span(clause.condition), message


def unequal_to_boolean(trigger: Trigger) -> Iterator[Reason]:
    """`!= true` always holds, because a text is compared."""
    for clause in trigger.clauses:
        if clause.root in MAPS and clause.operator == "!=" and clause.kind == "bool":
            message = f"there, != {clause.value.json} always holds"
            yield trigger.span(clause.condition), message


def unequal_to_number(trigger: Trigger) -> Iterator[Reason]:
    """`!= 5` holds only for numbers, and not where the field is missing."""
    for clause in trigger.clauses:
        if clause.root in MAPS and clause.operator == "!=" and clause.kind == "number":
            message = f"there, != {clause.value.json} holds only where the field is a number"
            yield trigger.span(clause.condition), message


def negated_call(trigger: Trigger) -> Iterator[Reason]:
    """`!contains` and `!match` hold only for texts, and not where the field is missing."""
    for clause in trigger.clauses:
        if clause.is_read and clause.negated and clause.operator in FUNCTIONS:
            message = f"there, !{clause.operator} holds only where the field is a text"
            yield trigger.span(clause.condition), message


def pattern(trigger: Trigger) -> Iterator[Reason]:
    """A pattern is the beginning or the end of a text, and no glob."""
    for clause in trigger.clauses:
        glob = str(clause.value.value)
        if clause.is_read and clause.operator == "match" and not ONE_STAR.fullmatch(glob):
            what = "starts" if glob.endswith("*") else "ends"
            rest = glob[:-1] if glob.endswith("*") else glob[1:]
            message = f'there, this asks whether the text {what} with "{rest}"'
            yield trigger.span(clause.condition), message


def unequal_to_quotes(trigger: Trigger) -> Iterator[Reason]:
    """Single quotes are part of a text, which therefore equals nothing."""
    for operator, token in pairwise(trigger.tokens):
        if operator.is_mark("!=") and trigger.text.startswith("'", token.start):
            message = "there, single quotes are part of the text, so != always holds"
            yield trigger.place(token.start, token.end), message


def whole_object(trigger: Trigger) -> Iterator[Reason]:
    """`properties` alone means a property of that name."""
    for clause in trigger.clauses:
        if clause.root in MAPS and len(clause.path.keys) == 1:
            message = f'there, this reads "{clause.root}.{clause.root}"'
            yield trigger.span(clause.condition), message


def order_of_numbers(trigger: Trigger) -> Iterator[Reason]:
    """An order with a number in quotes, or with a boolean, is an order of numbers."""
    for clause in trigger.clauses:
        ordered = clause.is_read and clause.operator in ORDERS
        quoted = clause.kind == "text" and is_number(str(clause.value.value))
        if ordered and (quoted or clause.kind == "bool"):
            message = f"there, {clause.value.json} is taken as a number"
            yield trigger.span(clause.condition), message


ROWS = (
    mixed_connectives,
    call_in_group,
    ignored_not,
    dropped_clause,
    existence_of_text,
    compared_as_text,
    unequal_to_boolean,
    unequal_to_number,
    negated_call,
    pattern,
    unequal_to_quotes,
    whole_object,
    order_of_numbers,
)
