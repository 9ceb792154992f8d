"""The one place where text becomes JavaScript: strings, keys, numbers and comments."""

from __future__ import annotations

import math
import re
from unicodedata import ucd_3_2_0

_SHORT = {"\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

# What a reader cannot see, or what changes how a line is read: controls, line ends of
# JavaScript, the byte order mark, bidi controls (https://trojansource.codes), invisible
# letters, and halves of surrogate pairs, which UTF-8 cannot carry.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)

_ASCII_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")

# In a page that shows the file these end the script or hide the rest of it.
_MARKUP = re.compile(r"<(?=/script|!--)", re.IGNORECASE)


def quoted(value: str) -> str:
    """A string literal for any text, in the quotes that Prettier would choose."""
    quote = "'" if value.count('"') > value.count("'") else '"'
    text = value.replace("\\", "\\\\").replace(quote, "\\" + quote)
    return quote + _visible(text) + quote


def comment(text: str) -> str:
    """A text that stands in a `//` comment and cannot end it.

    Blanks at the end go, as Prettier removes them.
    """
    return _visible(text.rstrip())


def number(value: float) -> str:
    """A number as Prettier leaves it: `1`, `0.5`, `1e21`, `-3`."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is no JSON number")
    whole = value == int(value) and abs(value) < 1e21  # noqa: PLR2004 - JavaScript's limit
    text = str(int(value)) if whole else repr(float(value))
    return re.sub(r"e\+?(-?)0*", r"e\1", text.replace(".0e", "e"))


def property_key(name: str) -> str:
    """A property's name, quoted only where it must be.

    `__proto__` is computed: written plainly it would set the prototype.
    """
    if name == "__proto__":
        return '["__proto__"]'
    if is_identifier(name) or _is_plain_number(name):
        return name
    return _without_new_letters(quoted(name), name)


def pattern_text(text: str, *, in_class: bool = False) -> str:
    """A text as it stands in a regular expression literal.

    It holds no quotes and no `//`, so that whoever looks for strings and comments in the
    file need not know regular expressions.
    """
    special = r"[\\^$.*+?()\[\]{}|-]" if in_class else r"[\\^$.*+?()\[\]{}|]"
    escaped = re.sub(special, r"\\\g<0>", text)
    bare = re.sub(r"[\"'`</]" if in_class else r"[\"'`<]", _code_units, escaped)
    return _HIDDEN.sub(_code_units, bare).replace("/", "[/]")


def is_identifier(name: str) -> bool:
    """Whether a name may stand behind a dot or as a bare key."""
    if name.isascii():
        return _ASCII_NAME.fullmatch(name) is not None
    return _starts(name[0]) and all(map(_continues, name))


def _visible(text: str) -> str:
    return _MARKUP.sub("\\\\u003c", _HIDDEN.sub(_escaped, text))


def _escaped(found: re.Match[str]) -> str:
    return _SHORT.get(found[0]) or _code_units(found)


def _code_units(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))


def _is_plain_number(name: str) -> bool:
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", name) or len(name) > 15:  # noqa: PLR2004
        return False
    return number(float(name)) == name


# Unicode 3.2, which Python carries for IDNA, does not change from Python to Python, and
# every engine knows its letters.
def _starts(character: str) -> bool:
    return character in "$_" or ucd_3_2_0.category(character) in {
        *("Lu", "Ll", "Lt", "Lm", "Lo"),
        "Nl",
    }


def _continues(character: str) -> bool:
    marks = {"Mn", "Mc", "Nd", "Pc"}
    return _starts(character) or ucd_3_2_0.category(character) in marks


def _without_new_letters(text: str, name: str) -> str:
    """A quoted key whose letters are newer than Unicode 3.2, those escaped.

    Prettier knows some of them and would take the quotes off a name that holds only
    letters; an escape keeps them on.
    """
    if not all(_continues(each) or ucd_3_2_0.category(each) == "Cn" for each in name):
        return text
    return "".join(
        f"\\u{ord(each):04x}" if ucd_3_2_0.category(each) == "Cn" and ord(each) < 0x10000 else each  # noqa: PLR2004
        for each in text
    )
