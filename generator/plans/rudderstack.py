"""RudderStack's tracking plans as YAML, in both versions of its files.

https://www.rudderstack.com/docs/dev-tools/rudder-cli/ : a plan names events and properties
that stand in other files of the project.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from generator import source
from generator.diagnostics import Report
from generator.plans.plan import (
    ITEM,
    ROOTS,
    BadPlan,
    Event,
    Property,
    as_list,
    as_map,
    merged,
    planned,
)
from generator.source import MapNode, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.plans.plan import Keys
    from generator.source import Document

NAME = "RudderStack"
PLANS = ("tp", "tracking-plan")
SUFFIXES = (".yaml", ".yml")


def is_plan(data: Any) -> bool:  # noqa: ANN401 - YAML
    """Whether the data of a file is one of RudderStack's."""
    kinds = (*PLANS, "events", "properties", "custom-types")
    return (
        isinstance(data, dict) and data.get("kind") in kinds and isinstance(data.get("spec"), dict)
    )


def read(documents: list[Document], asked: Document | None) -> tuple[Event, ...]:
    """The calls of the plans among a project's files, or of the one that is asked for.

    Where no plan is among them, the events that are defined are the plan.
    """
    catalogue = _Catalogue()
    for document in documents:
        catalogue.add(document)
    plans = [entry for entry in documents if _kind(entry) in PLANS]
    if asked is not None:
        plans = [asked] if _kind(asked) in PLANS else []
    if not plans:
        defined = [entry for entry in catalogue.events.values() if asked in (None, entry.document)]
        return merged(Event(entry.section, entry.name, None, **entry.place) for entry in defined)
    return merged(event for plan in plans for event in catalogue.planned(plan))


def project(folder: Path, asked: Path | None) -> list[Path]:
    """The YAML files of the project that a plan belongs to."""
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    return found if asked is None or asked in found else [asked, *found]


def parse(raw: bytes, path: str) -> Document:
    """Read one file; raises `BadPlan` with the first thing that is wrong in it."""
    report = Report()
    document = source.parse(raw, path, report)
    if document is None or report.failed:
        first = next(entry for entry in report if entry.severity == "error")
        raise BadPlan(f"line {first.span.line}: {first.message}")
    return document


def _kind(document: Document) -> object:
    node = document.root.get("kind") if isinstance(document.root, MapNode) else None
    return node.value if isinstance(node, Scalar) else None


@dataclass(frozen=True, slots=True)
class _Defined:
    """An event of the catalogue."""

    section: str
    name: str
    document: Document
    line: int

    @property
    def place(self) -> dict[str, Any]:
        return {"path": self.document.path, "line": self.line}


@dataclass(slots=True)
class _Catalogue:
    """What the files define, by the ways to refer to it."""

    events: dict[str, _Defined] = field(default_factory=dict)
    properties: dict[str, dict[str, Any]] = field(default_factory=dict)
    types: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        """Take what one of RudderStack's files defines."""
        data: Any = source.to_data(document.root)
        group, spec, kind = (
            str(as_map(data.get("metadata")).get("name")),
            data["spec"],
            data["kind"],
        )
        if kind == "events":
            for place, told in _placed(spec.get("events")):
                section = str(told.get("event_type", "track")).casefold()
                name = str(told.get("name") or "") if section not in (*ROOTS, "alias") else ""
                line = document.at(("spec", "events", place)).span.line
                for ref in _refs("event", "events", group, told):
                    self.events[ref] = _Defined(section, name, document, line)
        elif kind == "properties":
            for told in _maps(spec.get("properties")):
                self.properties.update(dict.fromkeys(_refs("property", kind, group, told), told))
        elif kind == "custom-types":
            for told in _maps(spec.get("types")):
                self.types.update(dict.fromkeys(_refs("custom-type", kind, group, told), told))

    def planned(self, plan: Document) -> Iterator[Event]:
        """The calls of a plan's rules; raises `BadPlan` for an event that no file defines."""
        spec: Any = source.to_data(plan.root)
        for place, rule in _placed(spec["spec"].get("rules")):
            told = rule.get("event")
            ref = told.get("$ref") if isinstance(told, dict) else told
            line = plan.at(("spec", "rules", place)).span.line
            event = self.events.get(str(ref))
            if event is None:
                raise BadPlan(f"line {line}: no file of the project defines the event {ref}")
            root = rule.get("identity_section") or (
                told.get("identity_section") if isinstance(told, dict) else None
            )
            above: Keys = tuple(str(root or ROOTS.get(event.section, "properties")).split("."))
            found = list(self.members(rule.get("properties"), above))
            for case in self.cases(rule):
                found += [
                    Property(entry.keys, entry.types, choices=entry.choices)
                    for entry in self.members(case, above)
                    if entry.keys not in {known.keys for known in found}
                ]
            yield Event(event.section, event.name, planned(found), path=plan.path, line=line)

    def cases(self, rule: dict[str, Any]) -> Iterator[Any]:
        """The lists of properties that a rule plans for some values of another."""
        for variant in _maps(rule.get("variants")):
            default = variant.get("default")
            yield default.get("properties") if isinstance(default, dict) else default
            for case in _maps(variant.get("cases")):
                yield case.get("properties")

    def members(
        self,
        told: object,
        above: Keys,
        *,
        need: bool = True,
        within: frozenset[str] = frozenset(),
    ) -> Iterator[Property]:
        """Planned properties and those inside them; a type `within` itself is open there."""
        for entry in _maps(told):
            ref = str(entry.get("$ref") or entry.get("property"))
            known = self.properties.get(ref, {"name": re.split(r"[/:]", ref)[-1]})
            keys: Keys = (*above, str(known.get("name")))
            required = need and entry.get("required") is True
            types, config, inner = self.type(known)
            choices = tuple(as_list(config.get("enum")))
            yield Property(keys, types, required, choices)
            inside = (*keys, ITEM) if "array" in types else keys
            own = self.types.keys() & _words(known)
            inner = [*([] if own & within else _maps(inner)), *_maps(entry.get("properties"))]
            yield from self.members(inner, inside, need=required, within=within | own)

    def type(
        self, told: dict[str, Any], within: frozenset[str] = frozenset()
    ) -> tuple[frozenset[str], dict[str, Any], Any]:
        """The types of a property, its restrictions, and the members of a custom type."""
        config = as_map(told.get("config") or told.get("propConfig") or told.get("prop_config"))
        inner = told.get("properties")
        types: set[str] = set()
        for word in _words(told):
            custom = self.types.get(word)
            if custom is None:
                types.add(word)
            elif word not in within:
                found, own, members = self.type({**custom, "types": None}, within | {word})
                types |= found
                config, inner = {**own, **config}, members
        return frozenset(word for word in types if word != "any" and "#" not in word), config, inner


def _refs(word: str, folder: str, group: str, told: dict[str, Any]) -> list[str]:
    """How files refer to what is defined: in version 1, and with the group in version 0.1."""
    return [f"#{word}:{told.get('id')}", f"#/{folder}/{group}/{told.get('id')}"]


def _words(told: dict[str, Any]) -> list[str]:
    """The names of the types of a property."""
    written = told.get("types") or told.get("type")
    listed = re.split(r"\s*,\s*", written) if isinstance(written, str) else as_list(written)
    return list(map(str, listed))


def _maps(value: object) -> list[dict[str, Any]]:
    return [entry for _, entry in _placed(value)]


def _placed(value: object) -> list[tuple[int, dict[str, Any]]]:
    """The maps of a list with their places in it."""
    return [(place, entry) for place, entry in enumerate(as_list(value)) if isinstance(entry, dict)]
