"""What of a plan is mapped, ignored or forgotten, and what the mappings expect beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.model import NAMED_SECTIONS, First, Literal
from generator.plans.likeness import Names
from generator.plans.plan import ROOTS, written
from generator.plans.uses import uses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.diagnostics import Span
    from generator.model import Entry, Mapping, Route
    from generator.plans.plan import Event, Keys, Plan, Property
    from generator.plans.uses import Use
    from generator.providers import Provider

KINDS = {
    "forgotten": "planned, but neither mapped nor ignored",
    "unplanned": "mapped, but not in the plan",
    "deprecated": "mapped, but deprecated in the plan",
    "property": "read, but not planned",
    "type": "planned with a type or values of which nothing is made",
    "optional": "needed by the mapping, but optional in the plan",
}
"""What can be found, and what it means."""
OTHER = "*"
MOST = 8
"""Allowed values that a message names."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An entry of a mapping that takes a planned event; `routes` are those that are on."""

    path: str
    line: int
    routes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """A planned event and what becomes of it.

    `status` is mapped, other (taken by `"*"`), ignored, forgotten, or retired: deprecated, and
    not mapped.
    """

    event: Event
    status: str
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that plan and mappings disagree on, with its place."""

    kind: str
    section: str
    name: str
    message: str
    help: str
    path: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Coverage:
    """A plan held against mappings; findings are sorted by kind, then by place."""

    plan: Plan
    events: tuple[Covered, ...]
    findings: tuple[Finding, ...]

    def count(self, status: str) -> int:
        """How many planned events end so."""
        return sum(covered.status == status for covered in self.events)


Read = tuple["Mapping", "Provider"]


def cover(plan: Plan, mappings: Iterable[Read]) -> Coverage:
    """Hold a plan against all mappings together."""
    work = _Work(plan, tuple(mappings))
    events = tuple(work.covered(event) for event in plan.events)
    order = list(KINDS)
    found = sorted(
        dict.fromkeys([*work.forgotten(events), *work.of_mappings()]),
        key=lambda entry: (order.index(entry.kind), entry.path, entry.line, entry.column),
    )
    return Coverage(plan, events, tuple(found))


@dataclass(frozen=True)
class _Work:
    """A plan and the mappings."""

    plan: Plan
    mappings: tuple[Read, ...]

    @cached_property
    def events(self) -> dict[tuple[str, str], Event]:
        """The planned events by section and name, also those that stand for other calls."""
        found = {(event.section, event.name): event for event in self.plan.events}
        for event in self.plan.events:
            if event.calls:
                found.setdefault((event.calls, ""), event)
        return found

    @cached_property
    def planned(self) -> dict[str, Names]:
        """The planned names of each section that the plan speaks of."""
        return {
            section: Names(event.name for event in self.plan.events if event.section == section)
            for section in {section for section, _ in self.events}
        }

    @cached_property
    def entries(self) -> dict[tuple[str, str], list[tuple[Mapping, Entry]]]:
        """The entries of all mappings by section and name."""
        found: dict[tuple[str, str], list[tuple[Mapping, Entry]]] = {}
        for mapping, _ in self.mappings:
            for section in mapping.sections:
                for entry in section.entries:
                    found.setdefault((section.name, entry.name), []).append((mapping, entry))
        return found

    @cached_property
    def mapped(self) -> dict[str, Names]:
        """The names of each section that no plan has."""
        loose = [
            key for key in self.entries if key not in self.events and key[1] not in ("", OTHER)
        ]
        return {
            section: Names(name for other, name in loose if other == section)
            for section in NAMED_SECTIONS
        }

    # --- planned events ---

    def covered(self, event: Event) -> Covered:
        """What becomes of a planned event; the most that any mapping does with it counts."""
        own = self.entries.get((event.section, event.name), [])
        whole = event.calls or (event.section if not event.name else "")
        if whole in NAMED_SECTIONS:
            pairs = [pair for key, each in self.entries.items() if key[0] == whole for pair in each]
            own = [*own, *pairs] if event.calls else pairs
        taken = [Taken(mapping.path, _line(entry.span), _routes(entry)) for mapping, entry in own]
        on = tuple(entry for entry in taken if entry.routes)
        if on:
            return Covered(event, "mapped", on)
        silent = {entry.path for entry in taken}
        others = [
            Taken(mapping.path, _line(entry.span), _routes(entry))
            for mapping, entry in self.entries.get((event.section, OTHER), [])
            if mapping.path not in silent and _routes(entry)
        ]
        if others:
            return Covered(event, "other", tuple(others))
        status = "ignored" if taken else "retired" if event.deprecated else "forgotten"
        return Covered(event, status, tuple(taken))

    def forgotten(self, events: Iterable[Covered]) -> Iterator[Finding]:
        """Planned events that nothing takes, with the entry that was perhaps meant to."""
        for covered in events:
            event = covered.event
            if covered.status != "forgotten":
                continue
            near = (
                self.mapped[event.section].nearest(event.name)
                if event.section in self.mapped
                else None
            )
            help_ = "map it, or write [] to ignore it on purpose"
            if event.section not in NAMED_SECTIONS:
                help_ = f"add the section {event.section}, if a provider is to know"
            if near is not None:
                help_ = f'is "{near[0]}" meant, which differs in {near[1]}?'
            yield Finding(
                "forgotten",
                event.section,
                event.name,
                f"{_called(event)} is planned, but neither mapped nor ignored",
                help_,
                event.path,
                event.line,
            )

    # --- entries of mappings ---

    def of_mappings(self) -> Iterator[Finding]:
        """What the mappings expect that the plan does not say."""
        for mapping, provider in self.mappings:
            for section in mapping.sections:
                for entry in section.entries:
                    yield from self.of_entry(section.name, entry, mapping, provider)

    def of_entry(
        self, section: str, entry: Entry, mapping: Mapping, provider: Provider
    ) -> Iterator[Finding]:
        """One entry: its name, and what its routes read."""
        if section not in self.planned or entry.name == OTHER:
            return
        event = self.events.get((section, entry.name)) or self.events.get((section, ""))
        place = entry.span
        if event is None:
            yield from self.unplanned(section, entry, mapping)
            return
        if event.deprecated and _routes(entry):
            message = f"{_called(event)} is deprecated in the plan, but still mapped"
            help_ = "remove it, when no source sends it any more"
            yield _finding("deprecated", event, message, help_, mapping, place)
        seen: set[tuple[str, Keys]] = set()
        for route in _enabled(entry):
            for use in uses(route, provider.action(route.action)):
                for kind, message, help_ in judged(use, event):
                    above = {(kind, use.keys[:size]) for size in range(len(use.keys) + 1)}
                    if not above & seen:
                        told = f"{_called(event)}: {message}"
                        yield _finding(kind, event, told, help_, mapping, use.span or route.span)
                    seen.add((kind, use.keys))

    def unplanned(self, section: str, entry: Entry, mapping: Mapping) -> Iterator[Finding]:
        """A name that no plan has; one that is ignored is told only where a planned one is near."""
        near = self.planned[section].nearest(entry.name)
        if near is None and not _routes(entry):
            return
        help_ = "plan it, or remove it"
        if near is not None:
            help_ = f'write "{near[0]}", which differs in {near[1]}'
        message = f'{section} "{entry.name}" is not in the plan'
        yield Finding(
            "unplanned",
            section,
            entry.name,
            message,
            help_,
            mapping.path,
            _line(entry.span),
            entry.span.column if entry.span else 1,
        )


def judged(use: Use, event: Event) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a use: kind, message and help."""
    properties = event.properties
    if properties is None or not _spoken_of(use.keys, event.section, properties):
        return
    known = properties.get(use.keys)
    if known is None:
        yield from _not_planned(use, properties)
        return
    path, types = written(use.keys), known.types - {"null"}
    if use.takes and types and not types & use.takes:
        yield (
            "type",
            f"{path} is planned as {_listed(types)}, of which {use.by} makes nothing",
            f"plan it as {_listed(use.takes)}, or convert it by a filter",
        )
    elif known.choices:
        yield from _not_allowed(use, known, path)
    if use.needed and not known.required:
        yield (
            "optional",
            f"{path} is optional in the plan, but {use.by} needs it",
            "plan it as required, or give another value by ??",
        )


def _spoken_of(keys: Keys, section: str, properties: dict[Keys, Property]) -> bool:
    """Whether a plan means to say everything of the object in which a value is.

    It does of a call's own data; of the context only where something beside is planned.
    """
    if len(keys) > 1 and keys[0] == ROOTS.get(section, "properties"):
        return True
    return keys[:1] == ("context",) and any(known[:2] == keys[:2] for known in properties)


def _not_planned(use: Use, properties: dict[Keys, Property]) -> Iterator[tuple[str, str, str]]:
    """A value that no property of the plan is, unless it is inside one of unknown members."""
    heads = {keys[:size] for keys in properties for size in range(2, len(keys) + 1)}
    above = use.keys[:1]
    while use.keys[: len(above) + 1] in heads:
        above = use.keys[: len(above) + 1]
    beside = [keys for keys in heads if keys[:-1] == above]
    if len(above) > 1 and not beside:
        types = properties[above].types - {"null"}
        if not types or types & {"object", "array"}:
            return
        message = (
            f"{written(use.keys)} is read, but {written(above)} is planned as {_listed(types)}"
        )
        yield "property", message, "correct the path, or the plan"
        return
    names = Names(str(keys[-1]) for keys in beside)
    missing = use.keys[len(above)]
    near = names.nearest(str(missing))
    help_ = "plan it, or read what is planned"
    if near is not None:
        help_ = f"write {written((*above, near[0]))}, which differs in {near[1]}"
    yield "property", f"{written(use.keys)} is read, but not planned", help_


def _not_allowed(use: Use, known: Property, path: str) -> Iterator[tuple[str, str, str]]:
    """Values of a condition that the plan does not allow, so that it never holds for them."""
    allowed = [Literal.of(choice) for choice in known.choices]
    for value in use.equals:
        if Literal.of(value) not in allowed:
            told = ", ".join(choice.json for choice in allowed[:MOST])
            more = ", ..." if len(allowed) > MOST else ""
            message = f"{path} is compared with {Literal.of(value).json}, which is not planned"
            yield "type", message, f"use one of {told}{more}"


def _finding(  # noqa: PLR0913, PLR0917 - what a finding is made of
    kind: str, event: Event, message: str, help_: str, mapping: Mapping, span: Span | None
) -> Finding:
    column = span.column if span else 1
    place = (mapping.path, _line(span), column)
    return Finding(kind, event.section, event.name, message, help_, *place)


def _called(event: Event) -> str:
    """A call as a person names it."""
    return f'{event.section} "{event.name}"' if event.name else event.section


def _listed(types: frozenset[str]) -> str:
    return " or ".join(sorted(types))


def _line(span: Span | None) -> int:
    return 0 if span is None else span.line


def _enabled(entry: Entry) -> Iterator[Route]:
    for step in entry.steps:
        for route in step.routes if isinstance(step, First) else (step,):
            if route.enabled:
                yield route


def _routes(entry: Entry) -> tuple[str, ...]:
    return tuple(route.identity for route in _enabled(entry))
