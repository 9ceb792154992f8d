"""Parses a condition by recursive descent: `!` before comparisons, `and` before `or`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.expressions.codes import UNKNOWN_ROOT
from generator.expressions.lexer import FQL_WORDS, Token, report_odd
from generator.expressions.paths import resolve
from generator.expressions.scope import FIELDS, near_field
from generator.fql import patterns
from generator.fql.codes import (
    BAD_CONDITION,
    BAD_PATTERN,
    FOREIGN_WORD,
    FUNCTION_ARGUMENTS,
    NEVER_HOLDS,
    TOO_DEEP,
    UNKNOWN_FUNCTION,
)
from generator.fql.functions import FUNCTIONS, meant
from generator.fql.kinds import check_bare, check_comparison, kind_of
from generator.model import ORDERS, And, Call, Choices, Compare, IsTrue, Literal, Not, Or, Path

if TYPE_CHECKING:
    from generator.diagnostics import Code, Span
    from generator.expressions.reading import Reading
    from generator.model import Condition, Operand

DEEPEST = 64
OPERATORS = ("=", "!=", *ORDERS)
WORDS = {"true": True, "false": False, "null": None}
NOWHERE = Path("event", ())
"""Stands in the tree where a finding was reported, so that the rest is read too."""

FOREIGN_MARKS = {
    "&&": 'write "and"',
    "&": 'write "and"',
    "||": 'write "or"',
    "|": 'write "or", or a function for a filter: lowercase(event)',
    "==": "write = alone",
    "===": "write = alone",
    "!==": "write !=",
    "<>": "write !=",
    "=>": "write >=",
    "=<": "write <=",
    "??": 'write both comparisons with "or" between them',
    "?.": "write . alone: a parent that is missing is no error",
    "{{": "write the path alone: conditions have no {{ }}",
    "“": 'write straight quotes: "',
    "”": 'write straight quotes: "',
    "\u2018": "write straight quotes: '",
    "\u2019": "write straight quotes: '",
}
FOREIGN_WORDS = {
    "AND": 'write "and" in lower case',
    "And": 'write "and" in lower case',
    "OR": 'write "or" in lower case',
    "Or": 'write "or" in lower case',
    "IN": 'write "in" in lower case',
    "NOT": "write ! before the condition",
    "Not": "write ! before the condition",
    "not": "write ! before the condition, as in !(a in [...])",
    "is": 'write = or !=, as in = null or != "pro"',
    "IS": 'write = or !=, as in = null or != "pro"',
    "like": 'write match(..., "*text*")',
    "LIKE": 'write match(..., "*text*")',
    "matches": 'write match(..., "*text*")',
    "contains": "write contains(..., ...)",
    "between": "write two comparisons: a >= 1 and a <= 5",
    "BETWEEN": "write two comparisons: a >= 1 and a <= 5",
    "exists": "write != null",
    "EXISTS": "write != null",
    "equals": "write =",
    "startsWith": 'write match(..., "text*")',
    "endsWith": 'write match(..., "*text")',
    "TRUE": 'write "true" in lower case',
    "True": 'write "true" in lower case',
    "FALSE": 'write "false" in lower case',
    "False": 'write "false" in lower case',
    "NULL": 'write "null" in lower case',
    "Null": 'write "null" in lower case',
    "None": "write null",
    "nil": "write null",
    "undefined": "write null: a missing field equals it",
}
OWN_WORDS = FQL_WORDS.union(FOREIGN_WORDS)


@dataclass(slots=True)
class Parser:
    """Reads one condition from the tokens of a text."""

    reading: Reading
    tokens: list[Token]
    position: int = 0
    depth: int = 0

    def whole(self) -> Condition | None:
        """The condition, which must take all tokens; None where a finding was reported."""
        condition = self.any_of()
        if condition is not None and self.token.kind != "end":
            self.stray()
        return None if self.reading.failed else condition

    @property
    def token(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.position]

    def take(self) -> Token:
        """The next token, which is behind us then."""
        taken = self.token
        self.position += taken.kind != "end"
        return taken

    # --- conditions ---

    def any_of(self) -> Condition | None:
        """Conditions between `or`."""
        start = self.token.start
        found = []
        while True:
            condition = self.all_of()
            if condition is None:
                return None
            found.append(condition)
            if self.token.word != "or":
                break
            self.take()
        return found[0] if len(found) == 1 else Or(tuple(found), self.since(start))

    def all_of(self) -> Condition | None:
        """Conditions between `and`."""
        start = self.token.start
        found = []
        while True:
            condition = self.negation()
            if condition is None:
                return None
            found.append(condition)
            if self.token.word != "and":
                break
            self.take()
        return found[0] if len(found) == 1 else And(tuple(found), self.since(start))

    def negation(self) -> Condition | None:
        """A condition, or `!` and a condition."""
        token = self.token
        if not token.is_mark("!"):
            return self.group() if token.is_mark("(") else self.comparison()
        self.take()
        if not self.deeper(token):
            return None
        condition = self.negation()
        self.depth -= 1
        return None if condition is None else Not(condition, self.since(token.start))

    def group(self) -> Condition | None:
        """A condition in parentheses."""
        opened = self.take()
        if not self.deeper(opened):
            return None
        condition = self.any_of()
        self.depth -= 1
        if condition is None:
            return None
        if not self.token.is_mark(")"):
            self.not_closed(opened)
            return None
        self.take()
        if self.is_operator():
            help_ = "remove the parentheses around the value"
            message = "parentheses hold a condition, which cannot be compared"
            self.add(self.token, BAD_CONDITION, message, help_)
            return None
        return condition

    def comparison(self) -> Condition | None:
        """Two values and an operator, or a value that is true or not."""
        start = self.token.start
        left = self.operand()
        if left is None:
            return None
        if not self.is_operator():
            found = IsTrue(left, self.since(start))
            check_bare(found, self.reading, start, self.end)
            return found
        operator = str(self.take().value)
        # Nobody compares a text with a text, or orders by a word.
        path = isinstance(left, Literal) or operator in ORDERS
        right = self.operand(right=not path)
        if right is None:
            return None
        compared = Compare(operator, left, right, self.since(start))
        check_comparison(compared, self.reading, start, self.end)
        return compared

    def is_operator(self) -> bool:
        """Whether an operator follows."""
        return self.token.is_mark(*OPERATORS) or self.token.word == "in"

    # --- values ---

    def operand(self, *, right: bool = False, pattern: bool = False) -> Operand | None:
        """A value; `right` of an operator a bare word is probably text without quotes."""
        token = self.token
        if token.kind == "text":
            self.take()
            if not pattern:
                report_odd(token, self.reading)
            return Literal.of(token.value, self.reading.span(token))
        if token.kind == "number":
            self.take()
            return Literal.of(token.value, self.reading.span(token))
        if token.word in WORDS:
            self.take()
            return Literal.of(WORDS[token.word], self.reading.span(token))
        if token.is_mark("["):
            return self.choices()
        if token.kind != "name" or token.word in FQL_WORDS:
            self.no_value()
            return None
        self.take()
        if self.token.is_mark("("):
            return self.call(token)
        return self.path(token, right=right)

    def path(self, token: Token, *, right: bool) -> Operand | None:
        """A path; words that are none are reported together, as the text they probably are."""
        word = token.word
        bare = word is not None and word not in FIELDS and not self.reading.scope.item
        if bare and word in FOREIGN_WORDS and word not in FUNCTIONS:
            self.add(token, FOREIGN_WORD, f'"{word}" is no word of FQL', FOREIGN_WORDS[word])
            return None
        if bare and (right or self.is_text_going_on()):
            self.unquoted(token)
            return NOWHERE
        return resolve(token, self.reading, strict=True) or NOWHERE

    def is_text_going_on(self) -> bool:
        """Whether the next token is one more word of a text without quotes."""
        token = self.token
        if token.kind == "number":
            return True
        return token.word is not None and token.word not in OWN_WORDS

    def unquoted(self, first: Token) -> None:
        """Report words that are no path, with all that follow them."""
        last = first
        while self.is_text_going_on():
            last = self.take()
        words = replace(first, end=last.end)
        text = self.reading.written(words)
        shown = self.reading.shown(words)
        help_ = f'quote it if it is text: "{text}"'
        if last is first and (path := self.likely_path(text)) is not None:
            help_ = f'write "{path}", or {help_}'
        self.add(words, UNKNOWN_ROOT, f"{shown} is no field of a Segment call", help_)

    def likely_path(self, word: str) -> str | None:
        """The path that a word probably is where a text is expected, if it looks like one."""
        if word in (self.reading.scope.settings or ()):
            return f"settings.{word}"
        looks = "_" in word or any(letter.isupper() for letter in word[1:])
        return near_field(word) if looks else None

    def choices(self) -> Choices | None:
        """A list in brackets."""
        opened = self.take()
        items = self.listed(opened, "]")
        return None if items is None else Choices(items, self.since(opened.start))

    def listed(self, opened: Token, closing: str, name: str = "") -> tuple[Operand, ...] | None:
        """Values between commas, up to the closing mark."""
        if not self.deeper(opened):
            return None
        items: list[Operand] = []
        while not self.token.is_mark(closing) or items:
            pattern = name == "match" and len(items) == 1
            item = self.operand(right=bool(items) or not name, pattern=pattern)
            if item is None:
                return None
            items.append(item)
            if not self.token.is_mark(","):
                break
            self.take()
        self.depth -= 1
        if not self.token.is_mark(closing):
            self.not_closed(opened)
            return None
        self.take()
        return tuple(items)

    def call(self, name: Token) -> Operand | None:
        """A function applied to values."""
        function = FUNCTIONS.get(name.word or "")
        if function is None:
            self.unknown_function(name)
            return None
        arguments = self.listed(self.take(), ")", str(name.value))
        if arguments is None:
            return None
        call = Call(str(name.value), arguments, self.since(name.start))
        if len(arguments) != len(function.takes):
            number = len(function.takes)
            takes = f"{call.function} takes {number} value{'s' * (number > 1)}"
            self.add_since(name, FUNCTION_ARGUMENTS, takes, f"write {function.example}")
            return NOWHERE
        for argument, kinds in zip(arguments, function.takes, strict=True):
            self.check_argument(name, call, argument, kinds)
        if call.function == "match":
            self.check_pattern(name, call)
        return call

    def check_argument(
        self, name: Token, call: Call, argument: Operand, kinds: frozenset[str]
    ) -> None:
        """Warn of an argument of a kind for which the function gives nothing."""
        kind = kind_of(argument)
        if kind is None or kind in kinds:
            return
        help_ = f"write {FUNCTIONS[call.function].example}"
        if call.function == "contains" and kind == "list":
            help_ = "write value in [...] for a list"
        message = f"{call.function} takes no {kind}, so it gives nothing"
        self.add_since(name, NEVER_HOLDS, message, help_)

    def check_pattern(self, name: Token, call: Call) -> None:
        """Warn of a pattern that is no glob, or that stands in the wrong place."""
        text, pattern = call.arguments
        if isinstance(text, Literal) and not isinstance(pattern, Literal):
            help_ = f"write {FUNCTIONS['match'].example}"
            self.add_since(name, NEVER_HOLDS, "the pattern of match comes second", help_)
        if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
            return
        problem = patterns.problem(pattern.value)
        if problem is not None:
            help_ = "write two backslashes before a character that stands for itself"
            self.add_since(name, BAD_PATTERN, f"the pattern {problem}: nothing matches", help_)

    def unknown_function(self, name: Token) -> None:
        """Report a call of what is no function."""
        written = self.reading.written(name)
        called = str(name.keys[-1]) if name.keys else str(name.value)
        advice = meant(called) or f"one of {', '.join(FUNCTIONS)}"
        self.add(name, UNKNOWN_FUNCTION, f"there is no function {written}", f"write {advice}")

    # --- findings ---

    def deeper(self, token: Token) -> bool:
        """One level deeper; too deep is reported."""
        self.depth += 1
        if self.depth > DEEPEST:
            help_ = "write it in several routes, or with in [...]"
            self.add(token, TOO_DEEP, f"more than {DEEPEST} levels deep", help_)
        return self.depth <= DEEPEST

    def not_closed(self, opened: Token) -> None:
        """Report an opening mark whose closing one is missing."""
        if self.token.kind == "end":
            mark = {"(": ")", "[": "]"}[str(opened.value)]
            self.add(opened, BAD_CONDITION, f"{opened.value} is not closed", f"add {mark}")
        else:
            self.stray()

    def no_value(self) -> None:
        """Report that a value is missing before the next token."""
        token = self.token
        if token.kind == "end":
            message = "a value is missing here" if self.position else "the condition is empty"
            help_: str | None = 'write a comparison, as in properties.plan = "pro"'
            self.add(token, BAD_CONDITION, message, help_)
            return
        shown = self.reading.shown(token)
        if (help_ := FOREIGN_MARKS.get(self.reading.written(token))) is not None:
            self.add(token, FOREIGN_WORD, f"{shown} is no operator of FQL", help_)
            return
        help_ = "write a path, a text in quotes or a number before it"
        if token.is_mark("("):
            help_ = "write [ ] around a list, ( ) around a condition"
        self.add(token, BAD_CONDITION, f"{shown} stands where a value is needed", help_)

    def stray(self) -> None:
        """Report the next token as one that nothing can come of."""
        token = self.token
        written, shown = self.reading.written(token), self.reading.shown(token)
        help_ = FOREIGN_MARKS.get(written) or FOREIGN_WORDS.get(written)
        if help_ is not None:
            self.add(token, FOREIGN_WORD, f"{shown} is no operator of FQL", help_)
            return
        if token.is_mark(")", "]"):
            help_ = "remove it, or open it before"
        elif self.is_operator():
            help_ = 'write "and" between two comparisons'
        elif token.is_mark(",") and self.tokens[self.position - 1].kind == "number":
            help_ = "write a number without commas in it, a list as in [1, 2]"
        elif self.depth == 0:
            help_ = 'write "and" or "or" before it, or quotes around a text'
        self.add(token, BAD_CONDITION, f"{shown} cannot stand here", help_)

    def add(self, token: Token, code: Code, message: str, help_: str | None) -> None:
        """Report a finding about a token."""
        self.reading.add_at(token, code, message, help_)

    def add_since(self, token: Token, code: Code, message: str, help_: str | None) -> None:
        """Report a finding about what was read from a token on."""
        self.reading.add(code, token.start, self.end, message, help_)

    @property
    def end(self) -> int:
        """Where the last token that was read ends."""
        return self.tokens[self.position - 1].end

    def since(self, start: int) -> Span:
        """From an offset to the end of what was read."""
        return self.reading.place(start, self.end)
