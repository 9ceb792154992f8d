"""Text of users made safe for terminals and for the logs of CI."""

from __future__ import annotations

import json
import re
import unicodedata

# What a terminal obeys or does not show: control characters, bidi and other format
# characters except the joiners of emoji and of Persian, lone surrogates, separators.
_UNSAFE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000110bd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "]"
    # GitHub's runner obeys ##[command] anywhere in a line.
    r"|(?<=#)#(?=\[)"
)
# Nor may a line begin with ::command:: where it is read, blanks before it or not.
_COMMAND = re.compile(r"^(\s*):(?=:)", re.MULTILINE)
# With `:` and `www.` GitHub would make links, with `@` and `#` mentions, with `$` formulas.
_MARKUP = re.compile(r"[\\`*_\[\]<>#!|~&@:$]|(?<=www)\.", re.IGNORECASE)


def safe(text: str) -> str:
    r"""The text with what a terminal or a runner obeys as `\u{..}`; newlines and tabs stay."""
    shown = _UNSAFE.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", text)
    return _COMMAND.sub(r"\1\\u{3a}", shown)


def plain(text: str) -> str:
    """A text in Markdown in which nothing is markup, a mention, a link or the end of a cell."""
    line = " ".join(safe(text).split())
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", line)


def json_text(document: object) -> str:
    """A JSON document in ASCII, which no terminal, encoding or runner can misread."""
    return json.dumps(document, indent=2).replace("##[", "#\\u0023[") + "\n"


def place(path: str) -> str:
    """A path, or a path with a place, in one line."""
    return safe(path).replace("\n", "\\u{a}")


def cells(line: str) -> list[str]:
    """What is shown for each character of a line."""
    shown: list[str] = []
    last = 0
    for found in _UNSAFE.finditer(line):
        shown += line[last : found.start()]
        shown.append(f"\\u{{{ord(found[0]):x}}}")
        last = found.end()
    shown += line[last:]
    return ["    " if cell == "\t" else cell for cell in shown]


def width(text: str) -> int:
    """The columns that a text takes in a terminal."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"} or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
