"""Builds the model of a mapping: the only reader of raw data.

The schema has judged the shape; what it refused is skipped here in silence, so that one
run shows everything.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from generator import fields, source
from generator.diagnostics import Note, Report, Span, error, nearest
from generator.expressions import Place, parse_path
from generator.expressions.scope import Scope
from generator.model import (
    NAMED_SECTIONS,
    SECTIONS,
    Entry,
    Field,
    First,
    Literal,
    Mapping,
    Options,
    Route,
    Section,
    Setting,
    Step,
)
from generator.source import Document, ListNode, MapNode, Node, Scalar
from generator.values import read_condition, read_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Condition, Json, Path, Value
    from generator.providers import Action, Provider
    from generator.types import FieldSpec

NO_SECTION = error(
    "M101",
    "no-section",
    """A mapping has no section, so the function would handle nothing.

    The sections are identify, track, page, screen, group, alias and delete.

    ```yaml
    version: 1
    provider: novu            # wrong: nothing is mapped
    ```

    ```yaml
    version: 1
    provider: novu
    track:
      User Registered: welcome
    ```
    """,
)
DUPLICATE_ROUTE = error(
    "M102",
    "duplicate-route",
    """The same route stands twice, so people would be notified twice.

    ```yaml
    track:
      User Registered:
        - welcome
        - welcome             # wrong: once more
    ```

    ```yaml
    track:
      User Registered:
        - welcome
        - tell-sales
    ```
    """,
)
NEEDS_ID = error(
    "M103",
    "needs-id",
    """Two routes cannot be told apart by section, name, action and main field.

    A route's identity goes into the key that keeps a retried event from notifying twice,
    so it must differ, and it must not depend on the order of the routes. Give one of them
    an `id`.

    ```yaml
    track:
      Trial Ended:
        - workflow: trial-ended
        - workflow:           # wrong: the same workflow again
            name: trial-ended
            to: $.properties.owner
    ```

    ```yaml
    track:
      Trial Ended:
        - workflow: trial-ended
        - id: trial-ended-owner
          workflow:
            name: trial-ended
            to: $.properties.owner
    ```
    """,
)
NO_ACTION = error(
    "M104",
    "no-action",
    """A route does not say what to do, or says two things at once.

    A route has exactly one action key, and the provider says which there are.

    ```yaml
    track:
      Trial Ended:
        - when: properties.plan = "pro"    # wrong: and then?
    ```

    ```yaml
    track:
      Trial Ended:
        - when: properties.plan = "pro"
          workflow: trial-ended
    ```
    """,
)
BAD_NAME = error(
    "M105",
    "bad-name",
    """The name of the generated file is not lower-case letters, digits and hyphens.

    It is the mapping's `name`, or the stem of its file.

    ```text
    mappings/My Mapping.yaml  # wrong, unless it has a `name`
    ```

    ```text
    mappings/my-mapping.yaml
    ```
    """,
)
EMPTY_NAME = error(
    "M106",
    "empty-name",
    """A route is mapped to an empty name, which no call carries.

    A call whose name is missing or empty is matched by `"*"` in page and screen, and by
    nothing in track.

    ```yaml
    page:
      "": viewed              # wrong
    ```

    ```yaml
    page:
      "*": viewed
    ```
    """,
)
PROVIDER_SETTING = error(
    "M107",
    "provider-setting",
    """A setting of the provider is described anew; it can only be renamed.

    ```yaml
    settings:
      apiKey:
        label: Key            # wrong: the provider describes it
    ```

    ```yaml
    settings:
      apiKey:
        name: novuApiKey
    ```
    """,
)
SETTING_CLASH = error(
    "M108",
    "setting-clash",
    """Two settings have one name, or a setting that is not the provider's is renamed.

    ```yaml
    settings:
      apiKey:
        name: environment
      environment:            # wrong: that name is taken
        label: Environment
    when: properties.environment = settings.environment
    ```

    ```yaml
    settings:
      environment:
        label: Environment
    when: properties.environment = settings.environment
    ```
    """,
)
BAD_DURATION = error(
    "M109",
    "bad-duration",
    """A duration is out of bounds: `timeout` is 0.5s to 4.5s.

    Segment stops a function after five seconds, and what it stops it retries, so the
    function must be done before.

    ```yaml
    options:
      timeout: 10s            # wrong
    ```

    ```yaml
    options:
      timeout: 4s
    ```
    """,
)
BARE_TEXT = error(
    "M111",
    "bare-text",
    """A text stands where this provider needs a route.

    A bare text is short for a provider's default action; not every provider has one.

    ```yaml
    provider: http
    track:
      User Registered: welcome    # wrong: http has no default action
    ```

    ```yaml
    provider: http
    track:
      User Registered:
        request: https://example.com/hooks/welcome
    ```
    """,
)
ALSO_CLASH = error(
    "M112",
    "also-clash",
    """A name in `also` is the route's own, stands twice, or is ignored on purpose.

    ```yaml
    track:
      Order Shipped: []           # ignored on purpose
      Order Paid:
        also: [Order Shipped]     # wrong: then it is not ignored
        workflow: order-paid
    ```

    ```yaml
    track:
      Order Paid:
        also: [Order Shipped]
        workflow: order-paid
    ```
    """,
)

ROUTE_KEYS = ("id", "when", "require", "also", "enabled")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
UNITS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d)")


def build(document: Document, provider: Provider, report: Report) -> Mapping | None:
    """The model of a mapping, or None where the root is no map; problems go to the report."""
    if not isinstance(document.root, MapNode):
        return None
    return _Builder(document, document.root, provider, report).mapping()


@dataclass(slots=True)
class _Builder:
    """Reads one document."""

    document: Document
    root: MapNode
    provider: Provider
    report: Report
    known: frozenset[str] = frozenset()
    seen: dict[str, Route] = field(default_factory=dict)
    also: dict[tuple[str, str], list[Route]] = field(default_factory=dict)
    given: dict[str, Value | None] = field(default_factory=dict)

    def mapping(self) -> Mapping:
        """Read all of it."""
        settings, renamed = self.settings()
        self.known = frozenset(setting.name for setting in settings).union(self.undescribed())
        sections = tuple(self.sections())
        slips = [name for name, _ in self.root.entries if nearest(name.text, SECTIONS)]
        if not sections and not slips:
            self.report.add(
                NO_SECTION,
                Span.start_of(self.document.path),
                "the mapping has no section",
                help=f"add one of {', '.join(SECTIONS)}",
            )
        self.check_defaults()
        when = self.root.get("when")
        return Mapping(
            name=self.name(),
            path=self.document.path,
            provider=self.provider.name,
            description=_text(self.root.get("description")) or "",
            settings=settings,
            renamed=renamed,
            options=self.options(),
            when=None if when is None else self.condition(when, None),
            sections=sections,
            places=tuple(self.places()),
        )

    def places(self) -> Iterator[tuple[str, Span]]:
        """Where the keys of the mapping and of its options are written."""
        for key, node in self.root.entries:
            yield key.text, key.span
            if key.text == "options" and isinstance(node, MapNode):
                yield from ((f"options.{option.text}", option.span) for option, _ in node.entries)

    def name(self) -> str:
        """The mapping's name: written, or the stem of its file."""
        written = self.root.get("name")
        if written is not None:
            return _text(written) or ""
        stem = PurePath(self.document.path).stem
        if not NAME.fullmatch(stem):
            self.report.add(
                BAD_NAME,
                Span.start_of(self.document.path),
                f'the file\'s stem "{stem}" is no name for a generated file',
                help="add `name:` with lower-case letters, digits and hyphens",
            )
        return stem

    # --- settings and options ---

    def settings(self) -> tuple[tuple[Setting, ...], tuple[tuple[str, str], ...]]:
        """The provider's settings under their names here, then the mapping's own."""
        node = self.root.get("settings")
        written = node if isinstance(node, MapNode) else MapNode((), self.root.span)
        found: dict[str, Setting] = {}
        renamed: dict[str, str] = {}
        for setting in self.provider.settings:
            name = renamed[setting.name] = self.renamed(setting.name, written)
            if name in found:
                self.clash(_name_of(written.get(setting.name)), f'two settings are named "{name}"')
            found[name] = _renamed(setting, name)
        for key, told in written.entries:
            if key.text in renamed or not isinstance(told, MapNode):
                self.refuse_description(key, told, renamed)
                continue
            if key.text in found:
                self.clash(key, f'the name "{key.text}" is taken by a setting of the provider')
            if (other := told.key("name")) is not None:
                self.clash(other, f"only a setting of {self.provider.title} can be renamed")
            found[key.text] = _setting(key, told)
        return tuple(found.values()), tuple(renamed.items())

    def undescribed(self) -> Iterator[str]:
        """The settings with nothing behind the colon, which the schema has reported."""
        node = self.root.get("settings")
        for name, told in node.entries if isinstance(node, MapNode) else ():
            if not isinstance(told, MapNode):
                yield name.text

    def renamed(self, name: str, written: MapNode) -> str:
        """The name that the mapping gives to a setting of the provider."""
        return _text(_name_of(written.get(name))) or name

    def refuse_description(self, key: Scalar, told: Node, renamed: dict[str, str]) -> None:
        """A setting of the provider keeps the provider's description."""
        if not isinstance(told, MapNode):
            return
        for member, _ in told.entries:
            if member.text != "name" and key.text in renamed:
                self.report.add(
                    PROVIDER_SETTING,
                    member.span,
                    f'"{key.text}" is a setting of {self.provider.title}: it can only be renamed',
                    help="remove this line, or rename the setting with `name:`",
                )

    def clash(self, name: Node | None, message: str) -> None:
        """Report a name that cannot stand."""
        if name is not None:
            self.report.add(SETTING_CLASH, name.span, message, help="choose another name")

    def options(self) -> Options:
        """The options, with their defaults."""
        node = self.root.get("options")
        written = node if isinstance(node, MapNode) else MapNode((), self.root.span)
        own = tuple(
            (option.name, _literal(written.get(option.name), option.default))
            for option in self.provider.options
        )
        defaults = Options()
        return Options(
            unmapped=_text(written.get("unmapped")) or defaults.unmapped,
            invalid=_text(written.get("invalid")) or defaults.invalid,
            nulls=_text(written.get("nulls")) or defaults.nulls,
            timeout=self.duration(written.get("timeout"), 500, 4500) or defaults.timeout,
            max_event_age=self.duration(written.get("max_event_age"), 1, None),
            batch=self.batch(written),
            provider=own,
        )

    def batch(self, written: MapNode) -> int | None:
        """The concurrency of batches, or None without onBatch."""
        node = written.get("batch")
        if isinstance(node, MapNode):
            concurrency = _data(node.get("concurrency"), default=None)
            return concurrency if isinstance(concurrency, int) else Options().batch
        return Options().batch if node is None else None

    def duration(self, node: Node | None, least: int, most: int | None) -> int | None:
        """A duration in milliseconds."""
        text = _text(node)
        found = DURATION.fullmatch(text) if text is not None else None
        if node is None or found is None:
            return None
        milliseconds = round(float(found[1]) * UNITS[found[2]])
        if milliseconds < least or (most is not None and milliseconds > most):
            until = "or more" if most is None else f"to {most / 1000:g}s"
            help_ = f"write {least / 1000:g}s {until}"
            self.report.add(BAD_DURATION, node.span, f"{text} is out of bounds", help=help_)
        return milliseconds

    # --- sections ---

    def sections(self) -> Iterator[Section]:
        """The sections in the mapping's order."""
        for key, node in self.root.entries:
            if key.text not in SECTIONS:
                continue
            if key.text in NAMED_SECTIONS:
                if isinstance(node, MapNode):
                    yield self.named(key, node)
            else:
                entry = Entry("", tuple(self.steps(key.text, "", node)), key.span)
                yield Section(key.text, (entry,), key.span)

    def named(self, key: Scalar, node: MapNode) -> Section:
        """A section of names; routes that name others in `also` join those."""
        entries = []
        for name, routes in node.entries:
            if name.text == "":
                self.refuse_empty_name(name)
            steps = tuple(self.steps(key.text, name.text, routes))
            entries.append(Entry(name.text, steps, name.span))
        return Section(key.text, tuple(self.joined(key.text, entries)), key.span)

    def refuse_empty_name(self, node: Node) -> None:
        """No call has an empty name."""
        help_ = 'write "*" for calls without a key of their own'
        self.report.add(EMPTY_NAME, node.span, "no call has an empty name", help=help_)

    def joined(self, section: str, entries: list[Entry]) -> Iterator[Entry]:
        """The entries with the routes that `also` puts among theirs, in file order."""
        extra = {name: routes for (of, name), routes in self.also.items() if of == section}
        for entry in entries:
            more = extra.pop(entry.name, [])
            if more and not entry.steps:
                self.ignored_on_purpose(entry, more)
            yield Entry(entry.name, _in_order([*entry.steps, *more]), entry.span)
        for name, routes in extra.items():
            yield Entry(name, _in_order(list(routes)), routes[0].span)

    def ignored_on_purpose(self, entry: Entry, routes: list[Route]) -> None:
        """A name cannot be ignored and taken."""
        for route in routes:
            if route.span is not None and entry.span is not None:
                self.report.add(
                    ALSO_CLASH,
                    route.span,
                    f'`also` takes "{entry.name}", which is ignored on purpose',
                    notes=[Note("ignored here", entry.span)],
                    help="remove one of the two",
                )

    def steps(self, section: str, name: str, node: Node) -> Iterator[Step]:
        """The routes of one name or section."""
        match node:
            case ListNode():
                yield from self.routes(section, name, node.items)
            case MapNode() if (inner := node.get("first")) is not None:
                if isinstance(inner, ListNode):
                    yield First(tuple(self.routes(section, name, inner.items)), node.span)
            case _:
                yield from self.routes(section, name, (node,))

    def routes(self, section: str, name: str, nodes: tuple[Node, ...]) -> Iterator[Route]:
        """The routes of a list, each checked against those before it."""
        for node in nodes:
            route = self.route(section, name, node)
            if route is not None:
                self.remember(route)
                yield route

    def remember(self, route: Route) -> None:
        """Refuse a second route of the same identity; note its other names."""
        other = self.seen.setdefault(route.identity, route)
        if other is not route and route.span is not None:
            same = other == route
            self.report.add(
                DUPLICATE_ROUTE if same else NEEDS_ID,
                route.span,
                f'the route "{route.identity}" stands here again'
                if same
                else f'two routes are "{route.identity}"',
                notes=[Note("the first is here", other.span)],
                help="remove one of them" if same else "give one of them an `id:`",
            )
        for name in route.names[1:]:
            self.also.setdefault((route.section, name), []).append(route)

    # --- routes ---

    def route(self, section: str, name: str, node: Node) -> Route | None:
        """One route; None where it cannot be read."""
        if isinstance(node, Scalar):
            return self.bare(section, name, node)
        if not isinstance(node, MapNode):
            return None
        action = self.action(node)
        if action is None:
            return None
        key, told = action
        spec = self.provider.action(key.text)
        if spec is None or isinstance(told, ListNode):
            return None
        scope = self.scope(section)
        written = self.written(spec, told)
        return Route(
            identity=_text(node.get("id")) or _identity(section, name, spec, written),
            section=section,
            names=self.names(section, name, node),
            action=spec.name,
            fields=tuple(self.fields(spec, written, scope, key.span)),
            when=self.condition(node.get("when"), section),
            require=tuple(self.require(node.get("require"), scope)),
            enabled=_data(node.get("enabled"), default=True) is not False,
            span=node.span if not node.entries else node.entries[0][0].span,
            action_span=key.span,
        )

    def bare(self, section: str, name: str, node: Scalar) -> Route | None:
        """A text on its own: the default action with its main field."""
        if not isinstance(node.value, str) or section not in NAMED_SECTIONS:
            return None
        spec = self.provider.action(self.provider.default_action or "")
        if spec is None or spec.main is None:
            self.report.add(
                BARE_TEXT,
                node.span,
                f"{self.provider.title} has no default action for a bare text",
                help=f"write one of the actions {self.action_names()}",
            )
            return None
        written: dict[str, tuple[Scalar | None, Node]] = {spec.main: (None, node)}
        return Route(
            identity=_identity(section, name, spec, written),
            section=section,
            names=(name,),
            action=spec.name,
            fields=tuple(self.fields(spec, written, self.scope(section), node.span)),
            span=node.span,
            action_span=node.span,
        )

    def action(self, node: MapNode) -> tuple[Scalar, Node] | None:
        """The one action key of a route."""
        actions = [entry for entry in node.entries if self.provider.action(entry[0].text)]
        if len(actions) == 1:
            return actions[0]
        if actions:
            self.report.add(
                NO_ACTION,
                actions[1][0].span,
                f'a route has one action, and "{actions[0][0].text}" stands above',
                notes=[Note("the first action", actions[0][0].span)],
                help="make it a route of its own in a list",
            )
        elif all(key.text in ROUTE_KEYS for key, _ in node.entries):
            self.report.add(
                NO_ACTION,
                node.entries[0][0].span if node.entries else node.span,
                "this route has no action",
                help=f"add one of {self.action_names()}",
            )
        return None

    def action_names(self) -> str:
        """The provider's actions, for advice."""
        return ", ".join(action.name for action in self.provider.actions)

    def names(self, section: str, name: str, node: MapNode) -> tuple[str, ...]:
        """The route's own name and those in `also`."""
        if section not in NAMED_SECTIONS:
            return ()
        found = [name]
        also = node.get("also")
        for item in also.items if isinstance(also, ListNode) else ():
            text = _text(item)
            if text is None:
                continue
            if text == "":
                self.refuse_empty_name(item)
            elif text in found:
                self.report.add(
                    ALSO_CLASH,
                    item.span,
                    f'"{text}" takes this route already',
                    help="remove it from `also`",
                )
            else:
                found.append(text)
        return tuple(found)

    def written(self, spec: Action, told: Node) -> dict[str, tuple[Scalar | None, Node]]:
        """The fields that a route writes; a scalar or a `$` map is the main field."""
        if isinstance(told, MapNode) and not _is_expression(told):
            return {key.text: (key, node) for key, node in told.entries}
        if spec.main is None:
            return {}
        if isinstance(told, Scalar) and told.value is None and told.text == "":
            return {}
        return {spec.main: (None, told)}

    def fields(
        self,
        spec: Action,
        written: dict[str, tuple[Scalar | None, Node]],
        scope: Scope,
        place: Span,
    ) -> Iterator[Field]:
        """The fields to be sent, in the provider's order."""
        given = self.with_defaults(spec, written)
        replaced = self.replaced(spec, given)
        for member in spec.fields:
            if member.name in replaced and member.name not in given:
                continue
            if member.name in given:
                node = given[member.name][1]
                value = read_value(node, self.document, scope, self.report)
                if value is not None:
                    checked = fields.fit(value, member, spec.name, self.document, self.report)
                    yield Field(member.name, checked, written=True, span=node.span)
            elif (default := member.default(scope.section or "*")) is not None:
                value = self.default_value(member, default[0])
                if value is not None:
                    yield Field(member.name, value, written=False, span=place)
            elif member.required and not member.instead_of:
                fields.report_missing(member, spec.name, place, self.report)

    def with_defaults(
        self, spec: Action, written: dict[str, tuple[Scalar | None, Node]]
    ) -> dict[str, tuple[Scalar | None, Node]]:
        """What is written, and the mapping's defaults for what is not, nor stands in its place."""
        instead = {member.name: member.instead_of for member in spec.fields if member.instead_of}
        taken = {*written, *(instead.get(name, name) for name in written)}
        defaults = {
            name: default
            for name, default in self.defaults(spec).items()
            if taken.isdisjoint((name, instead.get(name, name)))
        }
        return {**defaults, **written}

    def replaced(
        self, spec: Action, written: dict[str, tuple[Scalar | None, Node]]
    ) -> frozenset[str]:
        """The fields in whose place another is written; writing both is refused."""
        found = {
            member.instead_of: member.name
            for member in spec.fields
            if member.instead_of and member.name in written
        }
        for name, other in found.items():
            key = written[name][0] if name in written else None
            if key is not None:
                self.report.add(
                    fields.EITHER_FIELD,
                    key.span,
                    f'"{spec.name}" takes "{name}" or "{other}", not both',
                    help="make two routes of them",
                )
        return frozenset(found)

    def defaults(self, spec: Action) -> dict[str, tuple[Scalar | None, Node]]:
        """The fields that the mapping's `defaults` give to an action."""
        node = self.root.get("defaults")
        told = node.get(spec.name) if isinstance(node, MapNode) else None
        if not isinstance(told, MapNode):
            return {}
        for key, _ in told.entries:
            if spec.field(key.text) is None:
                fields.report_unknown(key, spec.name, spec.fields, self.report)
        return {key.text: (key, value) for key, value in told.entries}

    def check_defaults(self) -> None:
        """Read the mapping's defaults, those too that no route takes."""
        for spec in self.provider.actions:
            for name, (_, node) in self.defaults(spec).items():
                value = read_value(node, self.document, self.scope(None), self.report)
                member = spec.field(name)
                if value is not None and member is not None:
                    fields.fit(value, member, spec.name, self.document, self.report)

    def default_value(self, member: FieldSpec, default: Json) -> Value | None:
        """The provider's default for a field; the provider's author has tested it."""
        text = json.dumps(default, ensure_ascii=False)
        if text not in self.given:
            document = source.parse(text, f"the default of {member.name}", self.report)
            scope = Scope(section=None)
            self.given[text] = (
                None
                if document is None
                else read_value(document.root, document, scope, self.report)
            )
        return self.given[text]

    def condition(self, node: Node | None, section: str | None) -> Condition | None:
        """A condition, where one is written."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str) or not node.value:
            return None
        return read_condition(node, self.document, self.scope(section), self.report)

    def require(self, node: Node | None, scope: Scope) -> Iterator[Path]:
        """The required paths."""
        for item in node.items if isinstance(node, ListNode) else ():
            if isinstance(item, Scalar) and isinstance(item.value, str):
                path = parse_path(item.text, self.placer(item), scope, self.report)
                if path is not None:
                    yield path

    def placer(self, node: Scalar) -> Place:
        """Where an offset in a scalar's text is in the file."""

        def place(start: int, end: int) -> Span:
            return self.document.inside(node, start, end)

        return place

    def scope(self, section: str | None) -> Scope:
        """What paths may begin with in a section."""
        return Scope(section=section, settings=self.known)


def _identity(
    section: str, name: str, spec: Action, written: dict[str, tuple[Scalar | None, Node]]
) -> str:
    """The identity of a route without an `id`."""
    main = written.get(spec.main or "")
    parts = [section, name, spec.name, "" if main is None else _as_written(main[1])]
    return "/".join(part for part in parts if part != "")


def _as_written(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    return json.dumps(source.to_data(node), ensure_ascii=False, separators=(",", ":"))


def _in_order(steps: list[Step]) -> tuple[Step, ...]:
    """Steps by their place in the file."""
    return tuple(
        sorted(steps, key=lambda step: (step.span.line, step.span.column) if step.span else (0, 0))
    )


def _is_expression(node: MapNode) -> bool:
    keys = [key.text for key, _ in node.entries]
    return bool(keys) and all(
        key.startswith(("$", "@")) and not key.startswith(("$$", "@@")) for key in keys
    )


def _name_of(node: Node | None) -> Node | None:
    """What `name:` says in the description of a setting."""
    return node.get("name") if isinstance(node, MapNode) else None


def _text(node: Node | None) -> str | None:
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None


def _data(node: Node | None, default: Json) -> Json:
    return default if node is None else source.to_data(node)


def _literal(node: Node | None, default: Json) -> Literal:
    return Literal.of(_data(node, default), None if node is None else node.span)


def _renamed(setting: Setting, name: str) -> Setting:
    return Setting(
        name,
        setting.type,
        setting.label,
        setting.description,
        setting.required,
        setting.sensitive,
    )


def _setting(key: Scalar, told: MapNode) -> Setting:
    return Setting(
        name=key.text,
        type=_text(told.get("type")) or "string",
        label=_text(told.get("label")) or key.text,
        description=_text(told.get("description")) or "",
        required=_data(told.get("required"), default=False) is True,
        sensitive=_data(told.get("sensitive"), default=False) is True,
        span=key.span,
    )
