"""Types of fields as calls of helpers that make a value of the event fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.emit.js import literal
from generator.emit.tree import TRUE, Arrow, Name, Number, Text, array_of, call, object_of

if TYPE_CHECKING:
    from generator.emit.paths import Context
    from generator.emit.tree import Expression
    from generator.types import Type

HELPERS = {
    "string": "asText",
    "id": "asId",
    "email": "asEmail",
    "phone": "asPhone",
    "url": "asUrl",
    "locale": "asLocale",
    "timezone": "asTimezone",
    "boolean": "asBoolean",
    "number": "asNumber",
    "enum": "oneOf",
    "object": "asObject",
    "list": "asList",
}
"""The helper of each kind; a shape names its own."""

PHRASES = {
    "string": "a text",
    "id": "an id",
    "email": "an e-mail address",
    "phone": "a phone number",
    "url": "an address with http(s) and a host",
    "locale": "a locale such as en-US",
    "timezone": "an IANA time zone",
    "boolean": "true or false",
    "number": "a number",
    "object": "a map",
    "list": "a list",
    "shape": "what the field takes",
}


@dataclass(frozen=True, slots=True)
class Fit:
    """A helper and what it is told besides the value.

    `message` is what a value that does not fit is refused with; empty: it is left out.
    `keeps_null` says that a null clears the field.
    """

    helper: str
    told: tuple[Expression, ...] = ()
    message: str = ""
    keeps_null: bool = False

    def of(self, made: Expression) -> Expression:
        """The value made to fit."""
        if self.keeps_null:
            return call("orNull", made, replace(self, keeps_null=False).function())
        if self.message:
            return call("strictly", replace(self, message="").function(), made, Text(self.message))
        return call(self.helper, made, *self.told)

    def nullable(self, made: Expression) -> Expression:
        """The value made to fit, a null as it is."""
        return replace(self, keeps_null=True).of(made)

    def function(self) -> Expression:
        """The function that makes one value fit."""
        if not (self.told or self.message or self.keeps_null):
            return Name(self.helper)
        return Arrow(("given",), self.of(Name("given")))


def fit_of(type: Type, context: Context) -> Fit | None:  # noqa: A002 - it is the field's type
    """How a value is made to fit a type; None where everything fits."""
    if type.kind == "any":
        return None
    strict = f"{context.label} is not {_phrase(type)}" if context.invalid == "reject" else ""
    helper, told = _helper(type, context)
    return Fit(helper, told, strict, keeps_null=context.sends_nulls and type.kind != "shape")


def _phrase(type: Type) -> str:  # noqa: A002
    if type.kind == "enum":
        return "one of " + ", ".join(type.choices)
    return PHRASES[type.kind]


def _helper(type: Type, context: Context) -> tuple[str, tuple[Expression, ...]]:  # noqa: A002
    """The helper of a type, and what it is told."""
    match type.kind:
        case "shape":
            return type.helper, ()
        case "enum":
            return "oneOf", (array_of(map(literal, type.choices)),)
        case "list":
            return "asList", _items(type, context)
        case "object" if type.members:
            return "asMembers", _members(type, context)
    return HELPERS[type.kind], ()


def _items(type: Type, context: Context) -> tuple[Expression, ...]:  # noqa: A002
    item = None
    if type.items is not None:
        item = fit_of(
            type.items, replace(context.within(f"an item of {context.label}"), profile=False)
        )
    if item is None:
        return ()
    longest = () if type.maximum is None else (Number(type.maximum),)
    return (item.function(), *longest)


def _members(type: Type, context: Context) -> tuple[Expression, ...]:  # noqa: A002
    fits = {
        member.name: fit_of(member.type, context.within(f"{context.label}.{member.name}"))
        for member in type.members
    }
    told = object_of(
        (name, Arrow(("given",), Name("given")) if fit is None else fit.function())
        for name, fit in fits.items()
    )
    return (told, TRUE) if type.open else (told,)
