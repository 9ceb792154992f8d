"""What is wrong with a text that is no JSON, in words that need no knowledge of Python."""

from __future__ import annotations

import json

_WORDS = (
    ("Expecting value", "a value is missing"),
    ("Expecting property name", "a name in double quotes is missing"),
    ("Expecting ',' delimiter", "a comma is missing"),
    ("Expecting ':' delimiter", "a colon is missing"),
    ("Illegal trailing comma", "a comma has nothing behind it"),
    ("Extra data", "something follows the value"),
    ("Unterminated string", "a text is not closed"),
    ("Invalid control character", "a line break or another control character is in a text"),
    ("Invalid \\", "a `\\` is followed by what it cannot escape"),
)


def why(problem: ValueError | RecursionError) -> str:
    """The reason and the place: `a comma is missing in line 3, column 5`."""
    place = ""
    if isinstance(problem, json.JSONDecodeError):
        place = f" in line {problem.lineno}, column {problem.colno}"
    return fault(problem) + place


def fault(problem: ValueError | RecursionError) -> str:
    """The reason alone: `a comma is missing`."""
    match problem:
        case RecursionError():
            return "it is nested too deep"
        case UnicodeDecodeError():
            return "it is no text in UTF-8"
        case json.JSONDecodeError():
            told = (ours for theirs, ours in _WORDS if problem.msg.startswith(theirs))
            return next(told, problem.msg)
    return str(problem)
