"""Cuts the text of an expression or a condition into tokens; a path is one token."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.expressions.codes import BAD_ESCAPE, BAD_NUMBER, BAD_PATH, UNTERMINATED_TEXT

if TYPE_CHECKING:
    from generator.expressions.reading import Reading

VALUE_WORDS = frozenset({"true", "false", "null"})
FQL_WORDS = VALUE_WORDS | {"and", "or", "in"}

EXACT = 2**53
HIGH, LOW, END = 0xD800, 0xDC00, 0xDFFF
"""The halves of a character beyond U+FFFF: high from HIGH, low from LOW to END."""

ESCAPES = dict(zip("\"'\\/bfnrt", "\"'\\/\b\f\n\r\t", strict=True))
ESCAPED = 2
"""The length of a backslash and the character after it."""

DIGITS = tuple("0123456789")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_GROUPS = re.compile(r"\b[0-9]{1,3}(?:,[0-9]{3})+\b")
UNIT = re.compile(r"\\u([0-9a-fA-F]{4})")
INDEX = re.compile(r"\[([0-9]{1,9})\]")
PLAIN_PATH = re.compile(
    r"[A-Za-z_$][A-Za-z0-9_$-]*(?:\.[A-Za-z0-9_$-]+)*(?![A-Za-z0-9_$.\[\\-]|[^\x00-\x7f])"
)
PLAIN_NAME = re.compile(r"[A-Za-z0-9_$-]+")
PLAIN = {'"': re.compile(r'[^"\\]+'), "'": re.compile(r"[^'\\]+")}
MARK = re.compile(r"===|!==|==|!=|<=|>=|=>|=<|<>|&&|\|\||\?\?|\?\.|\{\{|\}\}|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text from `start` to `end`.

    `kind` is `name` (a word, or a path with its `keys`), `text`, `number`, `mark` or
    `end`. `value` is a name's first word, a text's content, a number, or the mark itself.
    `dotted` says that a name's first key follows a dot. `odd` is the offset of a text's
    first escape that is none of JSON's, where the language allows those.
    """

    kind: str
    start: int
    end: int
    value: str | int | float = ""
    keys: tuple[str | int, ...] = ()
    dotted: bool = False
    odd: int | None = None

    def is_mark(self, *marks: str) -> bool:
        """Whether this is one of some marks."""
        return self.kind == "mark" and self.value in marks

    @property
    def word(self) -> str | None:
        """The name, if it is a single word without `$`."""
        if self.kind != "name" or self.keys or str(self.value).startswith("$"):
            return None
        return str(self.value)


def is_name_character(character: str) -> bool:
    """Whether a name may hold it: a letter or digit of any script with its marks, `_-$`."""
    if character.isascii():
        return character.isalnum() or character in "_-$"
    return character.isalnum() or unicodedata.category(character).startswith("M")


_KEPT: dict[tuple[str, bool, int, bool], tuple[list[Token], int]] = {}
MOST_KEPT = 1 << 14
"""The tokens of texts that were read: the routes of a mapping share most of theirs."""


@dataclass(slots=True)
class Lexer:
    r"""Reads tokens from `position` on; in FQL, names and patterns may hold `\x`."""

    reading: Reading
    fql: bool = False
    position: int = 0

    @property
    def text(self) -> str:
        """The text that is read."""
        return self.reading.text

    def tokens(self, *, hole: bool = False) -> list[Token] | None:
        """All tokens, the last one of kind `end`; None where a finding was reported.

        In a hole of a template they end with `}}`, which is left to the caller.
        """
        asked = (self.text, self.fql, self.position, hole)
        if (kept := _KEPT.get(asked)) is None:
            found = self.read(hole=hole)
            if found is None:
                return None
            if len(_KEPT) >= MOST_KEPT:
                _KEPT.clear()
            kept = _KEPT[asked] = (found, self.position)
        self.position = kept[1]
        return kept[0]

    def read(self, *, hole: bool) -> list[Token] | None:
        """All tokens, read anew."""
        found: list[Token] = []
        while True:
            self.skip_blanks()
            at = self.position
            if at == len(self.text) or (hole and self.text.startswith("}}", at)):
                return [*found, Token("end", at, at)]
            token = self.token()
            if token is None:
                return None
            found.append(token)

    def skip_blanks(self) -> None:
        """Go to the next character that is no blank."""
        while self.peek().isspace():
            self.position += 1

    def peek(self, ahead: int = 0) -> str:
        """The character there, or nothing at the end."""
        at = self.position + ahead
        return self.text[at : at + 1]

    def token(self) -> Token | None:
        """The next token."""
        first = self.peek()
        if first in ('"', "'"):
            return self.quoted()
        if first in DIGITS or (first == "-" and self.peek(1) in DIGITS):
            return self.number()
        if (is_name_character(first) and first != "-") or (self.fql and first == "\\"):
            return self.path()
        start = self.position
        mark = MARK.match(self.text, start)
        self.position = start + 1 if mark is None else mark.end()
        return Token("mark", start, self.position, self.text[start : self.position])

    # --- numbers ---

    def number(self) -> Token | None:
        """A number as JSON writes it."""
        start = self.position
        found = NUMBER.match(self.text, start)
        end = start if found is None else found.end()
        while end < len(self.text) and (is_name_character(self.text[end]) or self.text[end] == "."):
            end += 1
        written = self.text[start:end]
        if found is None or found.end() != end:
            message, help_ = f"{written} is no number", f'write it as text: "{written}"'
            if grouped := _grouped(self.text, start):
                help_ = f"write {grouped.replace(',', '')}, without a comma in it"
            self.reading.add(BAD_NUMBER, start, end, message, help_)
            return None
        value: int | float = float(written)
        if math.isfinite(value) and not found[1] and not found[2]:
            value = int(written)
        if not math.isfinite(value) or (abs(value) > EXACT and value == int(value)):
            message = f"{written} is beyond 2^53, where JavaScript rounds"
            self.reading.add(BAD_NUMBER, start, end, message, f'write it as text: "{written}"')
            return None
        self.position = end
        return Token("number", start, end, value)

    # --- texts ---

    def quoted(self) -> Token | None:
        """A text in quotes of either kind."""
        start = self.position
        quote = self.peek()
        pieces = []
        odd = None
        self.position += 1
        while self.peek() != quote:
            at = self.position
            if len(self.text) - at < ESCAPED:
                self.unterminated(start, quote)
                return None
            if (plain := PLAIN[quote].match(self.text, at)) is not None:
                piece: str | None = plain[0]
                self.position = plain.end()
            elif self.fql and self.peek(1) not in ESCAPES and self.peek(1) != "u":
                odd = at if odd is None else odd
                piece = self.text[at : at + ESCAPED]
                self.position += ESCAPED
            else:
                piece = self.escape()
            if piece is None:
                return None
            pieces.append(piece)
        self.position += 1
        return Token("text", start, self.position, "".join(pieces), odd=odd)

    def unterminated(self, start: int, quote: str) -> None:
        """Report a text without an end."""
        help_ = f"close it with {quote}"
        if "#" in self.text[start:] or self.text.endswith(" "):
            help_ += "; YAML begins a comment at # in an unquoted value"
        elif quote == "'" and self.text[max(start - 1, 0)].isalnum():
            help_ += '; write " around a text that holds an apostrophe'
        self.reading.add(UNTERMINATED_TEXT, start, len(self.text), "this text has no end", help_)

    def escape(self) -> str | None:
        """What a backslash and the character after it stand for."""
        letter = self.peek(1)
        if letter == "u":
            return self.code_point()
        if letter not in ESCAPES:
            report_escape(self.position, self.reading)
            return None
        self.position += ESCAPED
        return ESCAPES[letter]

    def code_point(self) -> str | None:
        r"""The character of `\u0041`, or of two such halves."""
        start = self.position
        first = UNIT.match(self.text, start)
        if first is None:
            help_ = "write four hexadecimal digits after \\u"
            self.reading.add(BAD_ESCAPE, start, start + ESCAPED, "\\u is no escape", help_)
            return None
        self.position = first.end()
        high = int(first[1], 16)
        if not HIGH <= high <= END:
            return chr(high)
        second = UNIT.match(self.text, self.position)
        low = 0 if second is None else int(second[1], 16)
        if high >= LOW or not LOW <= low <= END:
            message = f"{first[0]} is half of a character"
            help_ = "write the character itself"
            self.reading.add(BAD_ESCAPE, start, first.end(), message, help_)
            return None
        self.position += len(first[0])
        return chr(0x10000 + ((high - HIGH) << 10) + (low - LOW))

    # --- paths ---

    def path(self) -> Token | None:
        """A word, or a path with its keys."""
        start, words = self.position, FQL_WORDS if self.fql else VALUE_WORDS
        if (plain := PLAIN_PATH.match(self.text, start)) is not None:
            first, *names = plain[0].split(".")
            if first not in words:
                self.position = plain.end()
                return Token("name", start, plain.end(), first, tuple(names), dotted=bool(names))
        root = self.name()
        if root is None:
            return None
        if root in words:
            return Token("name", start, self.position, root)
        dotted = self.peek() == "."
        keys: list[str | int] = []
        while self.peek() in (".", "["):
            key = self.member() if self.peek() == "." else self.bracket()
            if key is None:
                return None
            keys.append(key)
        return Token("name", start, self.position, root, tuple(keys), dotted)

    def member(self) -> str | None:
        """The name after a dot."""
        start = self.position
        self.position += 1
        name = self.name()
        if name == "":
            end = min(start + ESCAPED, len(self.text))
            help_ = "write an unusual name in brackets: ['first name']"
            self.reading.add(BAD_PATH, start, end, "a name must follow the dot", help_)
        return name or None

    def name(self) -> str | None:
        """The name from here on, perhaps empty; None where FQL's backslash ends the text."""
        pieces = []
        while (character := self.peek()) != "":
            if (plain := PLAIN_NAME.match(self.text, self.position)) is not None:
                pieces.append(plain[0])
                self.position = plain.end()
                continue
            if self.fql and character == "\\":
                self.position += 1
                character = self.peek()
                if character == "":
                    at = self.position - 1
                    help_ = "write what the backslash escapes, or remove it"
                    self.reading.add(BAD_PATH, at, at + 1, "a backslash ends this path", help_)
                    return None
            elif not is_name_character(character):
                break
            pieces.append(character)
            self.position += 1
        return "".join(pieces)

    def bracket(self) -> str | int | None:
        """The index or text in brackets."""
        start = self.position
        index = INDEX.match(self.text, start)
        if index is not None:
            self.position = index.end()
            return int(index[1])
        if self.peek(1) not in ("'", '"'):
            self.bad_bracket(start)
            return None
        self.position += 1
        key = self.quoted()
        if key is None or report_odd(key, self.reading):
            return None
        if self.peek() != "]":
            self.bad_bracket(start)
            return None
        self.position += 1
        return str(key.value)

    def bad_bracket(self, start: int) -> None:
        """Report brackets that hold no index and no text."""
        end = self.text.find("]", start) + 1 or len(self.text)
        inside = self.text[start + 1 : end].rstrip("]").strip()
        help_ = "write an index as in [0], or a name as in ['first name']"
        if inside in ("*", ""):
            help_ = "write $each to go through a list, or an index as in [0]"
        elif inside == "-1":
            help_ = "write | last for the last of a list"
        elif all(map(is_name_character, inside)) and not inside.isdigit():
            help_ = f"write ['{inside}']"
        message = "brackets hold an index or a quoted name"
        self.reading.add(BAD_PATH, start, end, message, help_)


def report_odd(token: Token, reading: Reading) -> bool:
    """Report an escape that only a pattern may hold, if the text has one."""
    if token.odd is not None:
        report_escape(token.odd, reading)
    return token.odd is not None


def report_escape(at: int, reading: Reading) -> None:
    """Report a backslash that escapes nothing."""
    message = f"{reading.text[at : at + ESCAPED]} is no escape"
    reading.add(BAD_ESCAPE, at, at + ESCAPED, message, "write \\\\ for a backslash")


def _grouped(text: str, at: int) -> str | None:
    """The number such as 1,000 in which an offset stands."""
    around = (found[0] for found in _GROUPS.finditer(text) if found.start() < at < found.end())
    return next(around, None)
