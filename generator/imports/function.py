"""A hand-written function for Novu as a mapping: its handlers, read name by name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.diagnostics import warning
from generator.imports.draft import Draft, Mapping
from generator.imports.javascript.machine import OTHER, Endless
from generator.imports.javascript.novu import Account
from generator.imports.javascript.routes import SAFE, Routes, is_unsupported, rejects
from generator.imports.javascript.script import unescaped
from generator.imports.javascript.ways import Reader
from generator.model import NAMED_SECTIONS, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from generator.diagnostics import Report
    from generator.imports.javascript.routes import Rule, Step
    from generator.imports.javascript.script import Script
    from generator.providers import Provider
    from generator.yaml_text import Written

UNREAD_CODE = warning(
    "I110",
    "unread-code",
    """A part of a function could not be read, so it is not in the mapping.

    A function is read, not run: what its values are in terms of the event. What depends on an
    answer of a server or on earlier events, or calls what is not JavaScript's own, cannot be
    told; of loops over a list of the event only those are read that make a list of it. A route
    of which a part is missing is switched off.

    ```js
    async function onTrack(event, settings) {
      const { total } = event.properties;
      const payload = { level: Math.max(total, 100) };
      const body = JSON.stringify({ name: "receipt", to: event.userId, payload });
      await fetch("https://api.novu.co/v1/events/trigger", { method: "POST", body });
    }
    ```

    ```js
    async function onTrack(event, settings) {
      const { total } = event.properties;
      const payload = { total };
      const body = JSON.stringify({ name: "receipt", to: event.userId, payload });
      await fetch("https://api.novu.co/v1/events/trigger", { method: "POST", body });
    }
    ```
    """,
)
IGNORED_INSTEAD = warning(
    "I111",
    "ignored-instead",
    """What a function rejects with an error is ignored by the mapping.

    A mapping rejects a call of which a part is missing (`require`), and one whose name has no
    route (`options.unmapped`). Any other test of a function becomes a condition, and a call that
    does not meet it is delivered without a request. Nothing is sent in either case.

    ```js
    async function onTrack(event, settings) {
      if (event.properties.plan !== "pro") throw new InvalidEventPayload("only for pro");
      const body = JSON.stringify({ name: "hello", to: event.userId, payload: {} });
      await fetch("https://api.novu.co/v1/events/trigger", { method: "POST", body });
    }
    ```

    ```js
    async function onTrack(event, settings) {
      if (event.properties.plan !== "pro") return;
      const body = JSON.stringify({ name: "hello", to: event.userId, payload: {} });
      await fetch("https://api.novu.co/v1/events/trigger", { method: "POST", body });
    }
    ```
    """,
)
HANDLERS = {f"on{section.title()}": section for section in SECTIONS}
MOST_NAMES = 400
LONGEST_NAME = 200


@dataclass(slots=True)
class _Import:
    """One function that is being read."""

    reader: Reader
    provider: Provider
    account: Account
    found: dict[tuple[int, str, str], tuple[Node, str]]
    ignored: dict[int, tuple[Node, str]]
    settings: set[str]
    missing: list[str] = field(default_factory=list)
    rejects: bool = False
    refused: bool = False


def mapping(script: Script, provider: Provider, name: str, report: Report) -> Mapping | None:
    """The mapping of a function; None where it has no handler."""
    reader = Reader.of(script)
    handlers = {
        handler: section for handler, section in HANDLERS.items() if reader.handles(handler)
    }
    if not handlers:
        return None
    made = Mapping(provider, name, [])
    mine = _Import(reader, provider, Account(), {}, {}, set())
    for lost in reader.unread:
        mine.found[lost.node.start_byte, "", lost.why] = (lost.node, lost.why)
    for section in SECTIONS:
        for handler in [each for each, kind in handlers.items() if kind == section]:
            made.routes += _handler(mine, handler, section)
    made.head = [*_head(mine, script), *_on_requirements(made.routes)]
    made.settings = _settings(mine, made.routes)
    if mine.rejects:
        made.options["unmapped"] = "reject"
    _tell(mine, script, report)
    return made


def _tell(mine: _Import, script: Script, report: Report) -> None:
    """Report what could not be read, and what ends otherwise."""
    for node, why in mine.found.values():
        help_ = "write it in the mapping by hand, if it is needed"
        report.add(UNREAD_CODE, script.place(node), why, help=help_)
    for node, why in mine.ignored.values():
        help_ = "leave it so, or write `require` where a part must be there"
        report.add(IGNORED_INSTEAD, script.place(node), why, help=help_)


# --- handlers -----------------------------------------------------------------------------


def _handler(mine: _Import, handler: str, section: str) -> list[Draft]:
    """The routes of a handler; none where it has too many ways to be followed."""
    try:
        if section in NAMED_SECTIONS:
            return _named(mine, handler, section)
        read = _read(mine, handler, section, "")
    except Endless:
        found = mine.reader.handles(handler)
        node = found.node if found is not None and found.node is not None else None
        if node is not None:
            why = f"{handler} has too many ways to be followed"
            mine.found[node.start_byte, "", why] = (node, why)
        return []
    return [_draft(mine, section, step, rule, (), ()) for step, rule in read.steps]


def _named(mine: _Import, handler: str, section: str) -> list[Draft]:
    """The routes of a handler, name by name."""
    others = _read(mine, handler, section, OTHER)
    named: dict[str, list[tuple[Step, Rule]]] = {}
    for name in list(dict.fromkeys(_names(mine.reader.script)))[:MOST_NAMES]:
        read = _read(mine, handler, section, name)
        silent = not (read.steps or read.rejected or read.lost)
        if read.lost and not read.steps and not others.lost:
            mine.missing.append(f'{section} "{name}"')
        if read.said != others.said or (others.rejected and silent):
            named[name] = read.steps
    mine.rejects = mine.rejects or (others.rejected and not others.steps and section == "track")
    return list(_drafts(mine, section, others.steps, named))


def _drafts(
    mine: _Import,
    section: str,
    others: list[tuple[Step, Rule]],
    named: dict[str, list[tuple[Step, Rule]]],
) -> Iterator[Draft]:
    """Each route once, with all names that take it."""
    met: dict[str, tuple[Step, Rule, list[str]]] = {}
    for name, steps in (*named.items(), ("*", others)):
        for step, rule in steps:
            met.setdefault(repr((step.key, rule)), (step, rule, []))[2].append(name)
    told = tuple(named)
    for step, rule, names in met.values():
        yield _draft(mine, section, step, rule, tuple(names), told if "*" in names else ())
    silent = tuple(name for name, steps in named.items() if not steps)
    if silent and not others:
        yield Draft(section, (), "", None, told=silent)


@dataclass(frozen=True, slots=True)
class _Read:
    """The routes for one name; whether such a call is rejected, and whether something was lost."""

    steps: list[tuple[Step, Rule]]
    rejected: bool
    lost: bool

    @property
    def said(self) -> list[tuple[str, Rule]]:
        """The routes, to be compared with those of another name."""
        return [(step.key, rule) for step, rule in self.steps]


def _read(mine: _Import, handler: str, section: str, name: str) -> _Read:
    """The routes for one name; raises Endless."""
    way = mine.reader.ways(handler, section, name)
    routes = Routes(section, mine.account)
    steps = routes.of(way)
    mine.refused = mine.refused or routes.refused
    for node, why in routes.problems:
        mine.found[node.start_byte, "", why] = (node, why)
    for node, why in routes.ignored:
        mine.ignored[node.start_byte] = (node, why)
    mine.settings |= {found.removeprefix("settings.") for found in routes.settings}
    return _Read(steps, rejects(way) or is_unsupported(way), bool(routes.problems))


def _names(script: Script) -> Iterator[str]:
    """Every text of the code that could be the name of an event."""
    for node in _all(script.root):
        text = script.text(node)
        if node.type == "string" and 2 < len(text) < LONGEST_NAME:  # noqa: PLR2004 - the quotes
            yield unescaped(text[1:-1])
        elif node.type == "property_identifier" and _is_key(node.parent):
            yield text


def _is_key(parent: Node | None) -> bool:
    return parent is not None and parent.type in {"pair", "method_definition"}


def _all(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _all(child)


# --- what is written -----------------------------------------------------------------------


def _draft(  # noqa: PLR0913, PLR0917 - what a route is made of
    mine: _Import,
    section: str,
    step: Step,
    rule: Rule,
    names: tuple[str, ...],
    told: tuple[str, ...],
) -> Draft:
    """A route; one of which a part is lost is switched off, as it would do something else."""
    action = mine.provider.action(step.action)
    fields: dict[str, Written] = {}
    for name, value in step.fields:
        spec = action.field(name) if action is not None else None
        default = spec.default(section) if spec is not None else None
        if default is None or default[0] != value:
            fields[name] = value
    lost = [doubt for doubt in step.doubts if step.action not in SAFE]
    remarks = [f"Could not be read: {', '.join(step.doubts)}."] if step.doubts else []
    if not rule.when.text:
        remarks.append("Its condition could not be read.")
    when = rule.when.text if rule.when.text not in {"", "true = true"} else None
    enabled = not lost and bool(rule.when.text)
    if not enabled:
        remarks.append("Switched off until somebody has written what is missing.")
    known = {spec.name for spec in action.fields} if action is not None else set()
    needed = tuple(name for name in rule.require if not _is_asked_anyway(name, step, known))
    return Draft(
        section=section,
        names=names,
        action=step.action,
        fields=fields,
        when=when,
        require=needed,
        told=told,
        enabled=enabled,
        remarks=tuple(remarks),
        title=f"{step.action}-{len(fields)}",
    )


def _is_asked_anyway(name: str, step: Step, known: set[str]) -> bool:
    """Whether a route without it would be rejected anyway: it is the person, by default."""
    people = {"to", "subscriberId"} & known
    given = dict(step.fields)
    return name == "userId" and any(given.get(field, "$.userId") == "$.userId" for field in people)


def _head(mine: _Import, script: Script) -> Iterator[str]:
    """What a person should know who reads the mapping for the first time."""
    account = mine.account
    yield f"Made by `segfn import function` from {script.path}."
    yield "Compare what both send on events of yours: `segfn run FILE --events events.ndjson`."
    hosts = sorted(account.hosts)
    if any(re.match(r"eu\.", host) for host in hosts):
        yield "The function calls Novu's EU region: set the setting region to eu."
    own = [host for host in hosts if host not in {"api.novu.co", "eu.api.novu.co"}]
    if own:
        yield f"The function calls {', '.join(own)}: set the setting baseUrl to its address."
    if account.endpoint:
        yield (
            f"Its setting {account.endpoint} is the whole address of a request; here region or "
            "baseUrl say where Novu is."
        )
    if account.written_key:
        yield "A key stands in the code of the function: make a new one, for the setting."
    if mine.refused:
        yield "Left out are requests that name no workflow or nobody: Novu refuses them."
    if mine.missing:
        yield f"Nothing could be read of {', '.join(mine.missing)}: write what is sent then."
    if mine.rejects:
        yield "An event without a route is rejected, as the function does."
    if mine.reader.handles("onBatch"):
        yield "Its onBatch is left out: segfn makes one of its own."


def _on_requirements(routes: list[Draft]) -> Iterator[str]:
    """Where `require` and a test of JavaScript part: of what is there, but nothing much."""
    asked = dict.fromkeys(name for route in routes for name in route.require if "." in name)
    if asked:
        yield (
            'require takes 0 and false and refuses "", [] and {}; the function may draw another '
            f"line: look at {', '.join(asked)}."
        )


def _settings(mine: _Import, routes: list[Draft]) -> dict[str, Written]:
    """The provider's settings by the function's names, and those of the function's own."""
    account = mine.account
    own = {setting.name for setting in mine.provider.settings}
    made: dict[str, Written] = {}
    renamed = {"apiKey": account.key, "baseUrl": account.base}
    for name, here in renamed.items():
        if here and here != name:
            made[name] = {"name": here}
    text = repr([(route.fields, route.when, route.require) for route in routes])
    read = dict.fromkeys(re.findall(r"(?<![\w.])\$?settings\.([A-Za-z_]\w*)", text))
    taken = {*renamed.values(), account.endpoint}
    for name in (*read, *sorted(mine.settings - read.keys())):
        if name in taken or name in own or (name not in read and name not in mine.settings):
            continue
        label = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()
        made[name] = {"label": label, **({"required": True} if name in mine.settings else {})}
    return made
