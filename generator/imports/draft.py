"""A mapping that is being made: routes with where they stand, to YAML as people write it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator import yaml_text
from generator.model import NAMED_SECTIONS, SECTIONS
from generator.yaml_text import Remark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.providers import Provider
    from generator.yaml_text import Written


@dataclass(slots=True)
class Draft:
    """One route; in named sections `names` are its calls, `"*"` any but those in `told`.

    `fields` are those of the action, None where a name alone is to be ignored on purpose.
    `remarks` are lines of comment above it.
    """

    section: str
    names: tuple[str, ...]
    action: str
    fields: dict[str, Written] | None
    when: str | None = None
    require: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    enabled: bool = True
    remarks: tuple[str, ...] = ()
    title: str = ""
    id: str = ""


@dataclass(slots=True)
class Mapping:
    """A mapping in the making."""

    provider: Provider
    name: str
    head: list[str]
    settings: dict[str, Written] = field(default_factory=dict)
    options: dict[str, Written] = field(default_factory=dict)
    routes: list[Draft] = field(default_factory=list)

    def text(self) -> str:
        """The mapping as YAML."""
        _identify(self.routes, self.provider)
        members: dict[str, Written] = {
            "version": 1,
            "name": self.name,
            "provider": self.provider.name,
        }
        members |= {"settings": self.settings} if self.settings else {}
        members |= {"options": self.options} if self.options else {}
        for section in SECTIONS:
            routes = [route for route in self.routes if route.section == section]
            if routes and section in NAMED_SECTIONS:
                members[section] = self._named(routes)
            elif routes:
                members[section] = self._steps(routes)
        return yaml_text.document(self.head, members)

    def _named(self, routes: list[Draft]) -> Written:
        """The routes of a section by name, `"*"` last."""
        keys = dict.fromkeys(name for route in routes for name in (*route.told, *route.names))
        names = [*(name for name in keys if name != "*"), *(["*"] if "*" in keys else [])]
        held: dict[str, list[tuple[Draft, list[str]]]] = {name: [] for name in names}
        for route in routes:
            if route.fields is None:
                continue
            also = list(route.names)
            if "*" in also:
                also += [name for name in names if name not in (*route.told, *also)]
            home = "*" if "*" in also else next(name for name in names if name in also)
            held[home].append((route, [name for name in names if name in also and name != home]))
        taken = {name for steps in held.values() for _, also in steps for name in also}
        entries: dict[str, Written] = {}
        for name, steps in held.items():
            if steps:
                entries[name] = self._steps(
                    [route for route, _ in steps], [also for _, also in steps]
                )
            elif name not in taken:
                entries[name] = []
        return entries

    def _steps(self, routes: list[Draft], also: Iterable[list[str]] = ()) -> Written:
        """One route, or a list of them."""
        others = list(also) or [[] for _ in routes]
        steps = [self._route(route, more) for route, more in zip(routes, others, strict=True)]
        return steps[0] if len(steps) == 1 else steps

    def _route(self, route: Draft, also: list[str]) -> Written:
        """A route with its comment; a name alone where that says it all."""
        told: dict[str, Written] = {"id": route.id} if route.id else {}
        if route.when:
            told["when"] = route.when
        if route.require:
            told["require"] = list(route.require)
        if also:
            told["also"] = also
        if not route.enabled:
            told["enabled"] = False
        action = self.provider.action(route.action)
        main = None if action is None else action.main
        fields = route.fields or {}
        alone = fields[main] if main is not None and list(fields) == [main] else fields
        short = not told and isinstance(alone, str) and route.section in NAMED_SECTIONS
        if short and route.action == self.provider.default_action:
            return Remark(alone, route.remarks)
        told[route.action] = alone
        return Remark(told, route.remarks)


def _identify(routes: list[Draft], provider: Provider) -> None:
    """Give an `id` to routes that could have one identity."""
    ids = {route.id for route in routes}
    for index, route in enumerate(routes):
        twins = [other for other in routes[:index] if _alike(other, route, provider)]
        if twins and not route.id and route.fields is not None:
            route.id = _free(slug(route.title) or route.action, ids)
            ids.add(route.id)


def _alike(one: Draft, other: Draft, provider: Provider) -> bool:
    """Whether two routes have one section, action, main field, and a name in common."""
    if one.fields is None or (one.section, one.action) != (other.section, other.action):
        return False
    action = provider.action(one.action)
    main = str(action.main if action else "")
    if (one.fields or {}).get(main) != (other.fields or {}).get(main):
        return False
    both = {*one.names} & {*other.names}
    return bool(both) or not one.names or "*" in (*one.names, *other.names)


def _free(wanted: str, taken: set[str]) -> str:
    number, name = 2, wanted
    while name in taken:
        number, name = number + 1, f"{wanted}-{number}"
    return name


def slug(text: str) -> str:
    """A name in kebab-case made of a title; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", plain)
    return re.sub(r"[^a-z0-9]+", "-", spaced.lower()).strip("-")
