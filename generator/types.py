"""The types of provider fields: what a value must be to be sent in a field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Json

SCALARS = ("string", "id", "email", "phone", "url", "locale", "timezone", "boolean", "number")
"""Kinds of one value; `id` is a text that names something and is never made of holes."""

TEXTS = ("string", "id", "email", "phone", "url", "locale", "timezone", "enum")
"""Kinds that are sent as text."""


BLANKS = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What `trim` removes in JavaScript, which is not what `strip` removes in Python."""


@dataclass(frozen=True, slots=True)
class Type:
    """What a field takes.

    `kind` is one of SCALARS, `object`, `list`, `enum`, `any`, or `shape`: a type of the
    provider's own, made to fit at run time by the provider's helper function `helper`.
    `members` are the known fields of an object or shape, `items` the type of a list's
    items, `choices` the texts of an enum. `open` says that members beside the known ones
    are sent as they are, `profile` that a shape holds a person's profile (nulls read from
    the event are left out), `main` the member of a shape that a single value stands for,
    `maximum` the longest list. `values` is the type of every member of a map whose keys stand
    in the mapping. `pattern` is what a text that stands in the mapping must match, `like` an
    example of it for advice, `description` says what a shape takes, and `one_of` are the sets
    of members of which a map has one.
    """

    kind: str
    members: tuple[FieldSpec, ...] = ()
    items: Type | None = None
    values: Type | None = None
    choices: tuple[str, ...] = ()
    helper: str = ""
    open: bool = False
    profile: bool = False
    main: str = ""
    maximum: int | None = None
    pattern: str = ""
    like: str = ""
    description: str = ""
    one_of: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of an action, or one member of an object.

    `defaults` maps a section (or `"*"`) to the value that stands in when the mapping
    does not write the field, in the mapping language. `source` says where the rule
    is documented. One needed `if_written` may be left out of the mapping, but where it is
    written the event must bring it. A field `instead_of` another is required only where it is
    written, and then the other must not be. A `literal` stands in the mapping, nothing of it
    comes with an event. `secrets` says that sensitive settings may be sent: `anywhere` in it, or
    `alone` as the whole value. An address with `fixed_host` begins with https and a host in the
    mapping, or is a setting; what comes with an event is encoded.
    """

    name: str
    type: Type
    required: bool = False
    if_written: bool = False
    description: str = ""
    example: Json = None
    source: str = ""
    instead_of: str = ""
    literal: bool = False
    secrets: str = ""
    fixed_host: bool = False
    defaults: dict[str, Json] = field(default_factory=dict)

    def default(self, section: str) -> tuple[Json] | None:
        """The default in a section as a tuple of one, or None where there is none."""
        for name in (section, "*"):
            if name in self.defaults:
                return (self.defaults[name],)
        return None


def sentence(text: str) -> str:
    """A description as a sentence: with a full stop, where it does not end with one."""
    return text if text.endswith(".") else f"{text}."


ANY = Type("any")
