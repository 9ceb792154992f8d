"""Routes, values and conditions in the words of a person who reviews a change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.changes.canonical import place_first
from generator.model import (
    And,
    Call,
    Choices,
    Coalesce,
    Compare,
    Condition,
    Directive,
    Each,
    Filtered,
    If,
    IsTrue,
    ListOf,
    Literal,
    MapOf,
    Merge,
    Not,
    Operand,
    Or,
    Path,
    Template,
    Value,
)

if TYPE_CHECKING:
    from generator.model import Route
    from generator.providers import Provider

LONGEST = 100
MAINS = ("name", "workflow", "key", "template", "journey_id", "url", "event")
"""What the fields are called that say which message it is, where the provider is not at hand."""

OPERATORS = {
    "=": "is",
    "!=": "is not",
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
    "in": "is one of",
}
UNITS = {"day": 86_400_000, "hour": 3_600_000, "minute": 60_000, "second": 1_000}
NEGATED = {
    "=": "is not",
    "!=": "is",
    "in": "is none of",
}


# --- routes --------------------------------------------------------------------------


def main_of(route: Route, provider: Provider | None = None) -> str | None:
    """The name of the message that a route sends, if it stands in the mapping."""
    action = None if provider is None else provider.action(route.action)
    names = MAINS if action is None else (action.main,)
    for field in route.fields:
        if field.name in names and isinstance(field.value, Literal):
            value = field.value.value
            return value if isinstance(value, str) else field.value.json
    return None


def is_message(route: Route, provider: Provider) -> bool:
    """Whether a route sends something to people, and does not only keep their records."""
    action = provider.action(route.action)
    return action is not None and action.keyed


def calls(section: str, name: str) -> str:
    """The calls of one name: `"User Registered"`, `the page "Pricing"`."""
    if name == "*":
        return {"track": "any other event", "page": "any other page"}.get(
            section, "any other screen"
        )
    if section == "track":
        return quoted(name)
    return f"the {section} {quoted(name)}" if name else f"an {section} call"


def people(section: str, names: tuple[str, ...]) -> str:
    """Who is concerned: `users who do "User Registered"`."""
    told = joined([calls(section, name) for name in names], "or")
    return {
        "track": f"users who do {told}",
        "page": f"users who view {told}",
        "screen": f"users who view {told}",
        "identify": "users who are identified",
        "group": "users who join a group",
        "alias": "users who get another id",
        "delete": "users who are deleted",
    }[section]


def who(route: Route) -> str:
    """The people whom a route concerns, with its condition."""
    told = people(route.section, route.names)
    return told if route.when is None else f"{told} where {condition(route.when)}"


def gets(adverb: str, route: Route, provider: Provider) -> str:
    """What a route does to people: `now get "welcome"`, `now make Knock delete a user`."""
    main = main_of(route, provider)
    if is_message(route, provider):
        return f"{adverb} get {quoted(main) if main else f'a message ({route.action})'}"
    action = provider.action(route.action)
    does = route.action if action is None else action.summary.split(";")[0]
    named = f" ({quoted(main)})" if main else ""
    return f"{adverb} make {provider.title} {does[:1].lower()}{does[1:]}{named}"


def message(route: Route, provider: Provider) -> str:
    """What a route sends: `"welcome" after "User Registered"`."""
    main = main_of(route, provider)
    thing = route.action + (f" {quoted(main)}" if main else "")
    named = f"what is sent to {provider.title} as {thing}"
    if main and is_message(route, provider):
        named = quoted(main)
    told = joined([calls(route.section, name) for name in route.names], "or")
    return f"{named} after {told}" if told else f"{named} on {route.section}"


# --- conditions ------------------------------------------------------------------------


def condition(found: Condition) -> str:
    """A condition as a person says it: `properties.plan is "enterprise"`."""
    match found:
        case Compare() if (turned := place_first(found)) is not found:
            return condition(turned)
        case Compare(operator, left, right):
            return f"{operand(left)} {OPERATORS[operator]} {operand(right)}"
        case IsTrue(Call("contains", (text, part))):
            return f"{operand(text)} contains {operand(part)}"
        case IsTrue(Call("match", (text, pattern))):
            return f"{operand(text)} matches {operand(pattern)}"
        case IsTrue(value):
            return f"{operand(value)} is true"
        case Not(Compare(operator, left, right)) if operator in NEGATED:
            return f"{operand(left)} {NEGATED[operator]} {operand(right)}"
        case Not(inner):
            return f"not ({condition(inner)})"
        case And(parts):
            told = (
                f"({condition(each)})" if isinstance(each, Or) else condition(each)
                for each in parts
            )
            return " and ".join(told)
        case Or(parts):
            return " or ".join(condition(part) for part in parts)


def operand(found: Operand) -> str:
    """An operand of a condition."""
    match found:
        case Path():
            return found.text.removeprefix("$.").removeprefix("$")
        case Literal(text):
            return readable(text)
        case Call(name, arguments):
            return f"{name}({', '.join(map(operand, arguments))})"
        case Choices(items):
            return joined([operand(item) for item in items], "or") or "nothing"


# --- values ----------------------------------------------------------------------------


def value(found: Value) -> str:
    """A value near to how it is written, in one line that is not too long."""
    return shortened(_value(found))


def _value(found: Value | None) -> str:  # noqa: C901 - one case a kind of value
    match found:
        case None:
            return "nothing"
        case Path():
            return found.text
        case Literal(text):
            return readable(text)
        case Coalesce(choices):
            return " ?? ".join(map(_value, choices))
        case Filtered(inner, name, arguments):
            given = f"({', '.join(each.json for each in arguments)})" if arguments else ""
            return f"{_value(inner)} | {name}{given}"
        case Template(parts):
            return quoted("".join(map(_piece, parts)))
        case ListOf(items):
            return f"[{', '.join(map(_value, items))}]"
        case MapOf(entries):
            return "{ " + ", ".join(f"{name}: {_value(each)}" for name, each in entries) + " }"
        case Each(over, item):
            return f"for each of {_value(over)}: {_value(item)}"
        case If(when, then, otherwise):
            return f"{_value(then)} if {condition(when)}, else {_value(otherwise)}"
        case Merge(values):
            return f"the merge of {joined(list(map(_value, values)), 'and')}"
        case Directive(name, argument):
            return f"@{name} {argument.json}"


def _piece(part: Value) -> str:
    """A piece of a template."""
    match part:
        case Literal():
            text = part.value
            return text if isinstance(text, str) else part.json
        case _:
            return "{{ " + _value(part).replace("$.", "") + " }}"


# --- text ------------------------------------------------------------------------------


def readable(text: str) -> str:
    """JSON as it stands, with other scripts readable."""
    return json.dumps(json.loads(text), ensure_ascii=False)


def quoted(text: str | None) -> str:
    """A text in quotes, in one line."""
    return json.dumps(text or "", ensure_ascii=False)


def lasting(milliseconds: int) -> str:
    """A time in the largest unit of which it is a multiple: `1 day`, `90 minutes`."""
    for unit, size in UNITS.items():
        count, rest = divmod(milliseconds, size)
        if count and not rest:
            return f"{count} {unit}" + ("s" if count > 1 else "")
    return f"{milliseconds} ms"


def joined(parts: list[str], last: str) -> str:
    """`a, b or c`."""
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def shortened(text: str) -> str:
    """A text that a person will still read."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def sentence(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
