"""Parses an expression: `term { "??" term }`, a term being an atom and its filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.expressions import filters
from generator.expressions.codes import (
    BAD_EXPRESSION,
    FILTER_ARGUMENTS,
    UNKNOWN_FILTER,
    WHOLE_EVENT,
)
from generator.expressions.paths import resolve
from generator.model import Coalesce, Filtered, Literal

if TYPE_CHECKING:
    from generator.diagnostics import Report, Span
    from generator.expressions.lexer import Token
    from generator.expressions.reading import Reading
    from generator.model import Value

WORDS = {"true": True, "false": False, "null": None}
NOTHING = Literal.of(None)
"""Stands in the tree where a finding was reported, so that the rest is read too."""

INSTEAD = {
    "||": "write ?? for a fallback",
    "&&": "write $if for a condition",
    "?": "write ?? for a fallback, $if for a condition",
    "?.": "write . alone: a parent that is missing is no error",
    "+": "write a template to join texts: {{ path }}{{ path }}",
    "*": "send the parts, and let the workflow calculate",
    "-": "send the parts, and let the workflow calculate",
    "(": "write $first for a group of fallbacks",
    ":": 'write the argument in parentheses, as in default("none")',
    "{{": "write every path of a text in {{ }} and let the text not begin with $.",
    "{": "write two braces, {{ and }}, not three",
    "“": 'write straight quotes: "',
    "”": 'write straight quotes: "',
    "\u2018": "write straight quotes: '",
    "\u2019": "write straight quotes: '",
}
HANDLEBARS = ("#", "/", ">", "^", "%")


@dataclass(slots=True)
class Parser:
    """Reads one expression from the tokens of a text."""

    reading: Reading
    tokens: list[Token]
    position: int = 0

    def whole(self) -> Value | None:
        """The expression, which must take all tokens; None where a finding was reported."""
        value = self.choices()
        if value is not None and self.token.kind != "end":
            self.unexpected()
        return None if self.reading.failed else value

    @property
    def token(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.position]

    def take(self) -> Token:
        """The next token, which is behind us then."""
        taken = self.token
        self.position += taken.kind != "end"
        return taken

    def choices(self) -> Value | None:
        """Terms between `??`."""
        start = self.token.start
        found: list[Value] = []
        while True:
            term = self.term(fallback=bool(found))
            if term is None:
                return None
            found.append(term)
            if not self.token.is_mark("??"):
                break
            self.take()
        return found[0] if len(found) == 1 else Coalesce(tuple(found), self.since(start))

    def term(self, *, fallback: bool) -> Value | None:
        """An atom and its filters; as a `fallback` a bare word is probably text."""
        start = self.token.start
        value = self.atom(fallback=fallback)
        while value is not None and self.token.is_mark("|"):
            self.take()
            value = self.filtered(value, start)
        return value

    def atom(self, *, fallback: bool) -> Value | None:
        """A path or a literal."""
        literal = self.literal()
        if literal is not None:
            return literal
        if self.token.kind != "name":
            self.unexpected()
            return None
        token = self.take()
        if self.token.is_mark("(") and token.word is not None:
            self.called(token.word, token)
            return None
        path = resolve(token, self.reading, fallback=fallback)
        if path is not None and path.root == "event" and not path.keys:
            warn_whole_event(self.reading.span(token), self.reading.report)
        return path or NOTHING

    def literal(self) -> Literal | None:
        """A text, number, true, false or null, if the next token is one."""
        token = self.token
        if token.kind in ("text", "number"):
            self.take()
            return Literal.of(token.value, self.reading.span(token))
        if token.word in WORDS:
            self.take()
            return Literal.of(WORDS[token.word], self.reading.span(token))
        return None

    def filtered(self, value: Value, start: int) -> Value | None:
        """The value with the filter that follows."""
        token = self.token
        if token.word is None or token.word in WORDS:
            message = "the name of a filter must follow |"
            self.reading.add_at(token, BAD_EXPRESSION, message, "write it, as in | trim")
            return None
        self.take()
        arguments = self.arguments(token)
        if arguments is None:
            return None
        if self.token.is_mark(":"):
            self.unexpected()
            return None
        name = filters.canonical(token.word)
        if name is None:
            near = filters.meant(token.word)
            help_ = f'write "{near}"' if near else f"use one of {', '.join(filters.FILTERS)}"
            message = f'there is no filter "{token.word}"'
            self.reading.add_at(token, UNKNOWN_FILTER, message, help_)
            return NOTHING
        self.check(name, token, arguments)
        return Filtered(value, name, arguments, self.since(start))

    def check(self, name: str, token: Token, arguments: tuple[Literal, ...]) -> None:
        """Report arguments that a filter does not take."""
        problem = filters.problem(name, tuple(argument.value for argument in arguments))
        if problem is not None:
            help_ = f"write what it needs in parentheses: {name}(...)"
            if filters.FILTERS[name] == filters.NONE:
                help_ = f"write {name} alone"
            end = self.tokens[self.position - 1].end
            self.reading.add(FILTER_ARGUMENTS, token.start, end, f"{name} {problem}", help_)

    def arguments(self, name: Token) -> tuple[Literal, ...] | None:
        """The literals in parentheses after a filter's name; none without parentheses."""
        if not self.token.is_mark("("):
            return ()
        opened = self.take()
        found: list[Literal] = []
        while not self.token.is_mark(")") or found:
            literal = self.literal()
            if literal is None:
                self.bad_argument(name, opened)
                return None
            found.append(literal)
            if not self.token.is_mark(","):
                break
            self.take()
        if not self.token.is_mark(")"):
            self.bad_argument(name, opened)
            return None
        self.take()
        return tuple(found)

    def bad_argument(self, name: Token, opened: Token) -> None:
        """Report what cannot stand between a filter's parentheses."""
        token, add = self.token, self.reading.add_at
        if token.kind == "end":
            add(opened, BAD_EXPRESSION, "this parenthesis is not closed", "close it with )")
        elif token.kind == "name":
            help_ = "write a text in quotes, or a number"
            if name.word == "default":
                help_ = f"write ?? {self.reading.written(token)}"
            add(token, BAD_EXPRESSION, "a filter takes no paths", help_)
        else:
            self.unexpected()

    def called(self, name: str, token: Token) -> None:
        """Report a call of a function, which in values is a filter."""
        known = filters.canonical(name) or filters.meant(name)
        help_ = f"write the value first: path | {known or 'filter'}"
        self.reading.add_at(token, BAD_EXPRESSION, f"{name}(...) is no value", help_)

    def unexpected(self) -> None:
        """Report the next token as one that cannot stand there."""
        token = self.token
        if token.kind == "end":
            help_: str | None = "write a path or a text in quotes"
            self.reading.add_at(token, BAD_EXPRESSION, "a value is missing here", help_)
            return
        written = self.reading.written(token)
        help_ = INSTEAD.get(written)
        if help_ is None and written in HANDLEBARS:
            help_ = "write a path, filters and ?? in {{ }}; conditions are $if, lists $each"
        elif token.kind != "mark":
            help_ = "write {{ path }} for each path of a text, or | before a filter"
        message = f"{self.reading.shown(token)} cannot stand here"
        self.reading.add_at(token, BAD_EXPRESSION, message, help_)

    def since(self, start: int) -> Span:
        """From an offset to the end of what was read."""
        return self.reading.place(start, self.tokens[self.position - 1].end)


def warn_whole_event(span: Span, report: Report) -> None:
    """Warn that everything Segment knows about a person is sent."""
    report.add(
        WHOLE_EVENT,
        span,
        "the whole event is sent, with the person's IP address, device and traits",
        help="write the part that is needed, as in $.properties",
    )
