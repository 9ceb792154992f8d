"""Advice about YAML that libyaml cannot read: known causes, and the line as it should be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator import yaml_flow

PARTS = re.compile(
    r"""(?P<before>\s*(?:-\s+)*(?:(?:"[^"]*"|'[^']*'|[^\s"'{\[#&*!|>%@`][^:#]*?|\$[^:]*?)\s*:\s+)?)(?P<value>.*)"""
)
STARTS = {
    "{{": "YAML reads an unquoted `{{` as a map",
    "{%": "YAML reads an unquoted `{%` as a map",
    "{": "a `{` opens a map that is not closed as YAML expects",
    "[": "a `[` opens a list that is not closed as YAML expects",
    "!": "an unquoted `!` is a tag in YAML",
    "*": "an unquoted `*` is an alias in YAML",
    "&": "an unquoted `&` is an anchor in YAML",
    "@": "a value or key cannot begin with `@` unless it is quoted",
    "`": "a value cannot begin with a backtick unless it is quoted",
    "%": "a value cannot begin with `%` unless it is quoted",
}
IN_FLOW = "inside `{ }` and `[ ]` YAML reads this value otherwise unless it is quoted"
LONGEST_KEY = 1024
KEY = re.compile(r"((?:\{\{.*?\}\}|[@*&!`%])[^\s:\"]*)\s*:(?=\s|$)")
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Advice:
    """A cause: `kind` is quote, open or yaml; the place is 0-based."""

    kind: str
    place: Place
    message: str
    help: str


def quoted_line(line: str, *, comments: bool = True) -> str:
    """The line with its value in quotes; a comment behind it stays if it is one."""
    found = PARTS.match(line)
    before, value = (found["before"], found["value"]) if found else ("", line)
    comment = ""
    cut = re.search(r"\s+# .*$", value) if comments else None
    if cut is not None and "{{" not in cut[0]:
        value, comment = value[: cut.start()], cut[0]
    value = value.strip()
    lead = f"{before.strip()} " if before.strip() else ""
    key = KEY.match(value)
    if key is not None:
        return f'`{lead}"{key[1]}":{value[key.end() :]}{comment}`'
    flow = yaml_flow.quoted(value)
    return f"`{lead}{flow[0] if flow else yaml_flow.quotes(value)}{comment}`"


def advice(problem: str, context: str, lines: list[str], at: Place, since: Place) -> Advice:
    """The cause of an error of libyaml: `at` is where it gave up, `since` where it began."""
    line = lines[at[0]] if at[0] < len(lines) else ""
    if (told := _in_flow(problem, lines, at, since)) is not None:
        return told
    if "quoted scalar" in context:
        return _quote_that_ends_wrong(problem, lines, since)
    if (
        "cannot start any token" in problem and line[at[1] : at[1] + 1] == "\t"
    ) or "tab" in problem:
        return Advice("yaml", at, "YAML takes no tab as indentation", "indent with blanks")
    for place in (at, since):
        told = _by_value(lines, place)
        if told is not None:
            return told
    if "mapping values are not allowed" in problem:
        return _colon(lines, at)
    if "simple key" in context or "expected ':'" in problem:
        help_ = "write `key: value`, with a blank behind the colon"
        return Advice("yaml", since, "this line has no colon that makes it a key", help_)
    if "',' or '" in problem:
        opened = lines[since[0]][since[1] : since[1] + 1] if since[0] < len(lines) else ""
        close = {"{": "}", "[": "]"}.get(opened, "its end")
        return Advice("open", since, f"`{opened}` is never closed", f"add the missing `{close}`")
    if "did not find expected" in problem:
        return _unfitting(lines, at, since)
    return Advice(
        "yaml", at, f"YAML cannot be read here: {problem}", "check this line and the one above"
    )


def _in_flow(problem: str, lines: list[str], at: Place, since: Place) -> Advice | None:
    """A value in `{ }` or `[ ]` that YAML does not take there without quotes."""
    for row in (at[0], since[0]):
        line = lines[row] if row < len(lines) else ""
        found = PARTS.match(line)
        value = "" if found is None else found["value"].partition(" # ")[0].rstrip()
        if found is not None and (flow := yaml_flow.quoted(value)) is not None:
            place = (row, found.start("value") + flow[1])
            return Advice("quote", place, IN_FLOW, f"write {quoted_line(line)}")
    line = lines[at[0]] if at[0] < len(lines) else ""
    if "',' or '" in problem and at[0] > since[0] and line[at[1] :].startswith(("{", "[", '"')):
        help_ = f"write {quoted_line(line.rstrip().rstrip(','))}"
        return Advice("quote", at, IN_FLOW, help_)
    return None


def _unfitting(lines: list[str], at: Place, since: Place) -> Advice:
    """A line that does not go on with the map or list that began at `since`."""
    line, first = (lines[row] if row < len(lines) else "" for row in (at[0], since[0]))
    item, among_items = (text[at[1] :][:2] == "- " for text in (line, first))
    if at[1] == since[1] and item != among_items:
        message = "a list item stands among keys" if item else "a key stands among list items"
        mark = "remove the `- `" if item else "write `- ` before it"
        return Advice("yaml", at, message, f"{mark}, or indent it under what it belongs to")
    message = "this line does not fit the lines above it"
    return Advice("yaml", at, message, _indentation(lines, at))


def _second_colon(found: re.Match[str]) -> bool:
    """Whether a colon stands in the value of a line, not behind its key."""
    colons = re.findall(r":(?:\s|$)", found["value"])
    return bool(colons) if found["before"].rstrip().endswith(":") else len(colons) > 1


def _indentation(lines: list[str], at: Place) -> str:
    """Advice about how far a line is indented."""
    written = [text for text in lines[: at[0]] if text.strip() and text.strip()[0] != "#"]
    above = written[-1] if written else ""
    blanks = _indent_of(above)
    return f"indent it like the line that it belongs to (the one above has {blanks} blanks)"


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _by_value(lines: list[str], place: Place) -> Advice | None:
    """A cause that the beginning of the line's value shows."""
    if place[0] >= len(lines):
        return None
    line = lines[place[0]]
    found = PARTS.match(line)
    if found is None or not found["value"]:
        return None
    value, column = found["value"], found.start("value")
    for start, message in STARTS.items():
        if value.startswith(start) and (start not in "{[" or not _balanced(value)):
            kind = "open" if start in ("{", "[") else "quote"
            help_ = (
                f"close it, or write {quoted_line(line)} if it is text"
                if kind == "open"
                else f"write {quoted_line(line)}"
            )
            return Advice(kind, (place[0], column), message, help_)
    after = re.match(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*([^\s#].*)""", value)
    if after is not None:
        at = (place[0], column + after.start(2))
        message = "text stands behind the closing quote"
        return Advice("quote", at, message, f"write {quoted_line(line)}")
    return None


def _balanced(value: str) -> bool:
    return value.count("{") == value.count("}") and value.count("[") == value.count("]")


def _quote_that_ends_wrong(problem: str, lines: list[str], since: Place) -> Advice:
    """A quoted text that is not closed, or has an unknown escape."""
    line = lines[since[0]] if since[0] < len(lines) else ""
    quote = line[since[1] : since[1] + 1] or '"'
    if any(word in problem for word in ("escape", "Unicode", "hexdecimal")):
        message = "this text has an escape that YAML does not know, or half a surrogate pair"
        help_ = "double the backslash, or write the text in single quotes"
        return Advice("yaml", since, message, help_)
    return Advice("open", since, f"this {quote} is never closed", f"add the missing {quote}")


def _colon(lines: list[str], at: Place) -> Advice:
    """A second `: ` in a line, or a line that is indented under a value."""
    line = lines[at[0]] if at[0] < len(lines) else ""
    found = PARTS.match(line)
    if found is not None and _second_colon(found):
        message = "YAML reads the second `: ` as another key"
        return Advice("quote", at, message, f"write {quoted_line(line)}")
    if at[1] - _indent_of(line) > LONGEST_KEY:
        message = "YAML takes no key of more than 1,024 characters"
        help_ = "write `? ` before it, and `: ` with its value on the next line"
        return Advice("yaml", (at[0], _indent_of(line)), message, help_)
    above = at[0] - 1
    if above >= 0 and lines[above].strip() and not re.search(r":(?:\s|$)", lines[above]):
        message = "this line has no colon that makes it a key"
        help_ = "write `key: value`, with a blank behind the colon"
        return Advice("yaml", (above, _indent_of(lines[above])), message, help_)
    message = "this line is indented under a line that has a value already"
    help_ = "indent it like the line above, or remove that line's value"
    return Advice("yaml", (at[0], _indent_of(line)), message, help_)
