"""From a path as it is written to a place in the event, the settings or a list's item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import nearest
from generator.expressions.codes import (
    ABSENT_ROOT,
    UNKNOWN_NAME,
    UNKNOWN_ROOT,
    UNKNOWN_SETTING,
    WHOLE_SETTINGS,
)
from generator.expressions.meant import meant, written
from generator.expressions.scope import FIELDS, OBJECTS, near_field
from generator.model import Path

if TYPE_CHECKING:
    from generator.diagnostics import Report, Span
    from generator.expressions.lexer import Token
    from generator.expressions.reading import Reading
    from generator.expressions.scope import Scope

Keys = tuple[str | int, ...]


def resolve(
    token: Token, reading: Reading, *, strict: bool = False, fallback: bool = False
) -> Path | None:
    """The path of a name token; None where it has an error, which is reported.

    Where `strict`, as in conditions, `$.field` needs a field of Segment's spec as a bare
    path does; elsewhere another field is a warning. As a `fallback` a word is probably text.
    """
    root, scope = str(token.value), reading.scope
    if root in ("settings", "$settings"):
        return _setting(token, reading)
    if root == "$" and scope.item:
        return _path("item", token.keys, token, reading)
    if root in ("$", "$event"):
        if strict and token.dotted and token.keys[0] not in FIELDS:
            _report_unknown_root(token, reading)
            return None
        return _event(token.keys, token, reading)
    if root.startswith("$"):
        return _named(root[1:], token, reading)
    if scope.item:
        return _path("item", (root, *token.keys), token, reading)
    if root not in FIELDS:
        _report_unknown_word(token, reading, strict=strict, fallback=fallback)
        return None
    return _event((root, *token.keys), token, reading)


def _path(root: str, keys: Keys, token: Token, reading: Reading) -> Path:
    return Path(root, keys, reading.written(token), reading.span(token))


def _event(keys: Keys, token: Token, reading: Reading) -> Path:
    path = _path("event", keys, token, reading)
    bracketed = str(token.value).startswith("$") and not token.dotted
    if keys and not (bracketed and keys[0] not in FIELDS):
        check_carried(keys, reading.span(token), reading.scope, reading.report)
    return path


def _setting(token: Token, reading: Reading) -> Path | None:
    keys, known = token.keys, reading.scope.settings
    if not keys or not isinstance(keys[0], str):
        help_ = "write the setting's name, as in $settings.environment"
        message = "the settings can only be read one by one"
        reading.add_at(token, WHOLE_SETTINGS, message, help_)
        return None
    if known is not None and keys[0] not in known:
        near = nearest(keys[0], known)
        help_ = f'add "{keys[0]}" under `settings`' if near is None else f'write "{near}"'
        reading.add_at(token, UNKNOWN_SETTING, f'the mapping has no setting "{keys[0]}"', help_)
        return None
    return _path("settings", keys, token, reading)


def _named(name: str, token: Token, reading: Reading) -> Path | None:
    if name in reading.scope.names:
        return _path(name, token.keys, token, reading)
    help_ = _meant(name, reading.scope)
    reading.add_at(token, UNKNOWN_NAME, f"nothing is named ${name} here", help_)
    return None


def _meant(name: str, scope: Scope) -> str:
    """Advice for an unknown `$name`."""
    event = "$event" if scope.item else "$"
    if name.isdecimal():
        return f'write {name} for a number, "${name}" for a text'
    near = near_field(name) or nearest(name, (*scope.names, "event", "settings"))
    if near is None:
        return f'name it with "$as: {name}" beside $each'
    return f"write {event}.{near}" if near in FIELDS - {"event"} else f"write ${near}"


def _report_unknown_root(token: Token, reading: Reading) -> None:
    """Report `$.plan`: an object of the call is probably left out."""
    root, first = str(token.value), str(token.keys[0])
    help_ = f'write "{root}.{meant(token.keys, reading.scope)}"'
    help_ += f", or {root}['{first}'] if your calls have such a field"
    reading.add_at(token, UNKNOWN_ROOT, f'"{first}" is no field of a Segment call', help_)


def _report_unknown_word(token: Token, reading: Reading, *, strict: bool, fallback: bool) -> None:
    """Report a path without a `$` that begins with no field; the likeliest advice comes first."""
    scope, word = reading.scope, str(token.value)
    keys = (word, *token.keys)
    paths = [f'"{meant(keys, scope)}"']
    if word in (scope.settings or ()):
        paths.insert(0, f'"{written(("settings", *keys))}"')
    help_ = f"write {', or '.join(paths)}"
    if token.word is not None and fallback:
        help_ = f'quote it if it is text: "{word}", or {help_}'
    elif token.word is not None and strict:
        help_ += ", or quote it if it is text"
    reading.add_at(token, UNKNOWN_ROOT, f'"{word}" is no field of a Segment call', help_)


def check_carried(keys: Keys, span: Span, scope: Scope, report: Report) -> None:
    """Warn where an event's field is read that the section's calls do not carry."""
    root = str(keys[0])
    message = help_ = None
    if root not in FIELDS:
        event = "$event" if scope.item else "$"
        message = f'"{root}" is no field of a Segment call'
        help_ = f'write "{event}.{meant(keys, scope)}"'
        help_ += f", or {event}['{root}'] if your calls have such a field"
    elif not scope.carries(root):
        message = f'{scope.section} calls carry no "{root}"'
        help_ = ELSEWHERE.get(root, "remove it")
    elif root not in OBJECTS and len(keys) > 1:
        message = f'"{root}" holds one value, so it has no "{keys[1]}"'
        help_ = f'begin with "{keys[1]}"' if keys[1] in FIELDS else f'write "{root}" alone'
    if message is not None:
        report.add(ABSENT_ROOT, span, message, help=help_)


ELSEWHERE = {
    "event": "remove it: only track calls have an event's name",
    "groupId": "write context.groupId, which libraries may add",
    "name": "write event, the name of a track call, or a path into the call",
    "properties": "write traits, or context for what a library adds",
    "traits": "write context.traits, which libraries may add, or properties",
}
"""Where the value may be instead."""
