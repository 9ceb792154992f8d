"""The value language: text to a tree of the model, with columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.expressions import likeness
from generator.expressions.codes import BAD_HOLE, LOOKS_LIKE_A_PATH, NOT_A_PATH
from generator.expressions.lexer import VALUE_WORDS, Lexer, is_name_character
from generator.expressions.parser import Parser
from generator.expressions.paths import resolve
from generator.expressions.reading import Place, Reading
from generator.model import Literal, Template

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.expressions.lexer import Token
    from generator.expressions.scope import Scope
    from generator.model import Path, Value

__all__ = ["Place", "is_expression", "parse_path", "parse_text"]


def parse_text(text: str, place: Place, scope: Scope, report: Report) -> Value | None:
    """The value of a text in YAML: an expression, a template or a literal.

    `place` tells where offsets of the text are in the file. The caller knows where the whole
    is, so a literal comes without a place. None where the text has an error, which is in the
    report then.
    """
    reading = Reading(text, place, scope, report)
    if is_expression(text, scope):
        tokens = Lexer(reading).tokens()
        return None if tokens is None else Parser(reading, tokens).whole()
    if "{{" in text:
        return _template(reading)
    _warn(likeness.of_a_text(text), 0, len(text), reading)
    return Literal.of(text)


def is_expression(text: str, scope: Scope) -> bool:
    """Whether a text is an expression: one path, or what begins with a path from a `$`.

    `$.` and `$[` begin one, and so do `$event`, `$settings` and the names of `$as` before
    `.`, `[`, `|`, `??` or the end. All else is text: `$5 off`.
    """
    if not text.startswith("$"):
        return False
    end = 1
    while end < len(text) and is_name_character(text[end]):
        end += 1
    roots = {"$", "$event", "$settings", *(f"${name}" for name in scope.names)}
    rest = text[end:]
    follows = rest.lstrip()
    return text[:end] in roots and (
        rest.startswith((".", "[")) or follows == "" or follows.startswith(("|", "??"))
    )


def parse_path(text: str, place: Place, scope: Scope, report: Report) -> Path | None:
    """The path that is written in a text, `$.` being optional; None where it has an error."""
    reading = Reading(text, place, scope, report)
    tokens = Lexer(reading).tokens()
    if tokens is None:
        return None
    first, help_ = tokens[0], "write a path alone, as in properties.plan"
    if first.kind != "name" or first.word in VALUE_WORDS:
        reading.add_at(first, NOT_A_PATH, "a path must stand here", help_)
        return None
    if tokens[1].kind != "end":
        reading.add_at(tokens[1], NOT_A_PATH, "only a path can stand here", help_)
        return None
    path = resolve(first, reading)
    if path is not None and path.root == "event" and not path.keys:
        reading.add_at(first, NOT_A_PATH, "the event itself is always there", help_)
        return None
    return path


def _template(reading: Reading) -> Value | None:
    """A text with holes; holes that hold a literal become text."""
    text = reading.text
    parts: list[Value] = []
    position = 0
    while (opened := text.find("{{", position)) >= 0:
        _add(parts, _part(position, opened, reading))
        lexer = Lexer(reading, position=opened + 2)
        tokens = lexer.tokens(hole=True)
        if tokens is None:
            return None
        position = lexer.position + 2
        if not _is_hole(tokens, opened, lexer.position, reading):
            return None
        value = Parser(reading, tokens).whole()
        if value is not None:
            _add(parts, value)
    _add(parts, _part(position, len(text), reading))
    if reading.failed:
        return None
    whole = reading.place(0, len(text))
    if len(parts) == 1 and _text(parts[0]) is not None:
        return Literal.of(_text(parts[0]), whole)
    return Template(tuple(parts), whole)


def _is_hole(tokens: list[Token], opened: int, closed: int, reading: Reading) -> bool:
    """Whether a hole has an end and something in it; else it is reported."""
    if not reading.text.startswith("}}", closed):
        help_ = 'close it with }}, or write {{ "{{" }} to send two braces'
        reading.add(BAD_HOLE, opened, opened + 2, "{{ is not closed", help_)
    elif len(tokens) == 1:
        help_ = "write a path between the braces"
        reading.add(BAD_HOLE, opened, closed + 2, "nothing stands in {{ }}", help_)
    else:
        return True
    return False


def _part(start: int, end: int, reading: Reading) -> Literal | None:
    """The text between two holes, if there is any."""
    if start == end:
        return None
    text = reading.text[start:end]
    _warn(likeness.of_a_part(text), start, end, reading)
    return Literal.of(text, reading.place(start, end))


def _add(parts: list[Value], part: Value | None) -> None:
    """Append a part of a template; texts that meet become one."""
    if part is None:
        return
    text = _text(part)
    before = _text(parts[-1]) if parts else None
    if text is None:
        parts.append(part)
    elif before is None:
        parts.append(Literal.of(text, part.span))
    else:
        parts[-1] = Literal.of(before + text, parts[-1].span)


def _text(part: Value) -> str | None:
    """A literal as it stands in a text; None for what is only known at run time, and null."""
    if not isinstance(part, Literal) or part.json == "null":
        return None
    value = part.value
    return value if isinstance(value, str) else part.json


def _warn(advice: str | None, start: int, end: int, reading: Reading) -> None:
    """Warn that a text is sent as it stands, if it looks otherwise."""
    if advice is not None:
        message = "this is sent as text, not read from the event"
        help_ = f"write {advice}, or $literal if the text is meant"
        reading.add(LOOKS_LIKE_A_PATH, start, end, message, help_)
