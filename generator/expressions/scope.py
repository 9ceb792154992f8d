"""What a path may begin with at one place of a mapping."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

OBJECTS = frozenset({"context", "integrations", "properties", "traits"})
"""The fields of a call that have members; all others hold one value."""

COMMON = frozenset(  # split: one field a line would hide the table below
    "anonymousId channel context integrations messageId originalTimestamp projectId "  # noqa: SIM905
    "receivedAt sentAt timestamp type userId version writeKey".split()
)
"""The fields of every call."""

CARRIED = {
    "identify": COMMON | {"traits"},
    "track": COMMON | {"event", "properties"},
    "page": COMMON | {"name", "category", "properties"},
    "screen": COMMON | {"name", "category", "properties"},
    "group": COMMON | {"groupId", "traits"},
    "alias": COMMON | {"previousId"},
    "delete": COMMON,
}
"""The fields of each section's calls, by Segment's spec (connections/spec/common and the
page of each call; a page call's `category` is sent by screen calls too)."""

FIELDS = frozenset[str]().union(*CARRIED.values())
"""Every field of any call."""


def near_field(word: str) -> str | None:
    """The field of a call that a word is most likely a slip of: `user_id`, `propertis`."""
    folded = {field.casefold(): field for field in sorted(FIELDS)}
    found = difflib.get_close_matches(word.casefold().replace("_", ""), folded, n=1, cutoff=0.8)
    return folded[found[0]] if found else None


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a value or a condition stands.

    `section` is None where calls of several kinds are meant. `item` is true inside `$each`:
    there `$` and bare paths start at the item. `names` are those that `$as` gave, without
    their `$`. `settings` are the known function settings, None where they are not checked.
    """

    section: str | None
    item: bool = False
    names: tuple[str, ...] = ()
    settings: frozenset[str] | None = None

    def carries(self, root: str) -> bool:
        """Whether the section's calls have this field."""
        return self.section is None or root in CARRIED[self.section]

    def example(self, name: str) -> str:
        """A path that probably holds what a bare name means: `traits.email`."""
        return f"{'traits' if self.section in ('identify', 'group') else 'properties'}.{name}"
