"""Random conditions with the habits of Segment Actions' own reader of triggers in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .cases import ConditionCase
from .events import chance
from .fql import TRIGGER_KEYS, TRIGGER_TEXTS, Triggers

if TYPE_CHECKING:
    from random import Random

GLOBS: Final = ("vip", "a*c", "*b*", "a?c", "*", "Order *", "*d", "[O]rder*", "", "v\\\\*")
FIELDS: Final = ("type", "event", "name", "userId")
MAPS: Final = ("properties", "traits", "context")
DROPPED: Final = ("anonymousId", "groupId", "timestamp", "messageId", "integrations")


class Habits:
    """Writes conditions clause by clause; a row is a line of the table of differences."""

    def __init__(self, rng: Random, rows: set[str]) -> None:
        self.rng = rng
        self.rows = rows

    def pick(self, **rows: Any) -> str:
        """One of the named forms, its name noted."""
        row = self.rng.choice(tuple(rows))
        self.rows.add(row)
        return str(rows[row]())

    def condition(self) -> str:
        """Clauses and groups between `and` and `or`, mixed now and then."""
        words = [self.rng.choice((" and ", " or "))] * 2
        if chance(self.rng, 0.3):
            words = [" and ", " or "]
            self.rng.shuffle(words)
        parts = [self.part() for _ in range(self.rng.choice((1, 1, 2, 2, 3)))]
        self.rows.update({"mixed connectives"} if len(parts) > 2 and words[0] != words[1] else ())
        return "".join(
            f"{part}{words[at % 2] if at < len(parts) - 1 else ''}" for at, part in enumerate(parts)
        )

    def part(self) -> str:
        """A clause, a group, or one of them negated."""
        shape = self.rng.random()
        if shape < 0.65:
            return self.clause()
        if shape < 0.75:
            self.rows.add("!")
            return f"!{self.clause()}"
        word = self.rng.choice((" and ", " or "))
        group = f"({word.join(self.clause() for _ in range(self.rng.choice((1, 2, 3))))})"
        if shape > 0.95:
            self.rows.add("( ) in ( )")
            return f"({group})"
        self.rows.update({"a call in ( )"} if "((" not in group and "s(" in group else ())
        if shape > 0.9:
            self.rows.add("! before ( )")
            return f"!{group}"
        return group

    def clause(self) -> str:
        """One comparison or call."""
        return self.pick(
            text=lambda: f"{self.path()} {self.equality()} {self.text()}",
            text_of_field=lambda: f"{self.field()} {self.equality()} {self.text()}",
            number_of_field=lambda: f"{self.field()} {self.equality()} 5",
            boolean_of_field=lambda: f"{self.field()} {self.equality()} true",
            null=lambda: f"{self.path()} {self.equality()} null",
            null_of_field=lambda: f"{self.field()} {self.equality()} null",
            number=lambda: f"{self.path()} {self.equality()} {self.rng.choice(('5', '0', '1.5'))}",
            boolean=lambda: f"{self.path()} {self.equality()} {self.rng.choice(('true', 'false'))}",
            order=lambda: f"{self.path()} {self.order()} {self.rng.choice(('5', '0', '100'))}",
            order_of_text=lambda: f"{self.path()} {self.order()} {self.text()}",
            order_of_quoted_number=lambda: f'{self.path()} {self.order()} "5"',
            order_of_field=lambda: (
                f"{self.field()} {self.order()} {self.rng.choice(('5', 'true'))}"
            ),
            dropped=lambda: f"{self.rng.choice(DROPPED)} {self.equality()} {self.text()}",
            whole_object=lambda: f"{self.rng.choice(MAPS)} {self.equality()} null",
            contains=lambda: f"contains({self.called()}, {self.text()})",
            match=lambda: f'match({self.called()}, "{self.rng.choice(GLOBS)}")',
            not_contains=lambda: f"!contains({self.called()}, {self.text()})",
            not_match=lambda: f'!match({self.called()}, "{self.rng.choice(GLOBS)}")',
            single_quotes=lambda: f"{self.field()} != 'vip'",
        )

    def path(self) -> str:
        return f"{self.rng.choice(MAPS)}.{self.rng.choice(TRIGGER_KEYS)}"

    def field(self) -> str:
        return self.rng.choice(FIELDS)

    def called(self) -> str:
        return self.rng.choice((self.path(), self.field(), self.rng.choice(DROPPED)))

    def equality(self) -> str:
        return self.rng.choice(("=", "!="))

    def order(self) -> str:
        return self.rng.choice(("<", "<=", ">", ">="))

    def text(self) -> str:
        return f'"{self.rng.choice(TRIGGER_TEXTS)}"'


def random_trigger(rng: Random) -> ConditionCase:
    """A condition that Segment Actions may read in ways of its own."""
    rows: set[str] = set()
    fql = Habits(rng, rows).condition()
    return ConditionCase(fql, Triggers(rng, set()).event(), {}, frozenset(rows))


def random_unreadable(rng: Random) -> ConditionCase:
    """One comparison of documented FQL that Segment Actions cannot read, so that it never fires."""
    rows: set[str] = set()
    habits = Habits(rng, rows)
    path, text = habits.path(), habits.text()
    fql = habits.pick(
        no_blanks=lambda: f"{path}{rng.choice(('=', '>'))}5",
        single_quotes_equal=lambda: f"{habits.field()} = 'vip'",
        call_of_a_value=lambda: rng.choice(
            ("length(event) = 3", 'lowercase(event) = "vip"', 'typeof(event) = "string"')
        ),
        in_=lambda: f'{path} in ["vip", "a b"]',
        bare=lambda: path,
        deep=lambda: f"(({path} = {text}))",
        dropped_alone=lambda: f"{rng.choice(DROPPED)} = {text}",
        path_with_a_number=lambda: f"properties.items.0.plan = {text}",
        path_with_and=lambda: f"properties.a.and.b = {text}",
    )
    return ConditionCase(fql, Triggers(rng, set()).event(), {}, frozenset(rows))
