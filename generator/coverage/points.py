"""The points of a mapping that fixtures can reach, and the code that says which are reached.

The code is made by the same emitter as the generated file, so a condition holds here where it
holds there. It is run on its own: the file under test is the one that Segment gets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.emit import expressions, tree
from generator.emit.conditions import condition
from generator.emit.js import render
from generator.emit.page import HANDLERS, script
from generator.emit.paths import Context, function_of_item, path
from generator.model import And, Each, If, ListOf, Literal, MapOf, Merge, Not, Or, Template
from generator.show import words
from generator.types import ANY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from generator.diagnostics import Span
    from generator.model import Condition, Field, Mapping, Route, Value
    from generator.providers import Provider
    from generator.types import FieldSpec, Type

KINDS = ("route", "condition", "fallback", "error")
HOLDS = ("holds", "does not hold")
RETRIED = "an answer that may pass is tried again"
REFUSED = "an answer that is final is not tried again"
CREDENTIAL = "an answer that refuses the key names the setting"
SETTING = "a missing setting is named"
_NEVER = {"route": "reached", "condition": "asked"}
UNMAPPED = "a call without a route is refused"


@dataclass(frozen=True, slots=True)
class Point:
    """Something with branches that fixtures can take.

    `route` is the identity, empty where the point is the whole mapping's. The `probe` gives the
    number of the branch that an event takes, a list of numbers in a `$each`, or nothing where
    the event does not come there; without it, the results of the fixtures tell.
    """

    kind: str
    route: str
    words: str
    branches: tuple[str, ...]
    span: Span | None = None
    probe: tree.Expression | None = None

    def gaps(self, missed: list[str]) -> list[str]:
        """The branches that no fixture takes, in sentences; one where no event comes there."""
        if len(missed) > 1 and self.kind in _NEVER:
            return [f"{self.words} is never {_NEVER[self.kind]}"]
        return [self.gap(branch) for branch in missed]

    def gap(self, branch: str) -> str:
        """That no fixture takes a branch, in a sentence."""
        match self.kind, branch:
            case "route", "runs":
                return f"{self.words} never runs"
            case "route", _:
                return f"{self.words} always applies"
            case "condition", "holds":
                return f"{self.words} never holds"
            case "condition", _:
                return f"{self.words} always holds"
            case "fallback", _:
                last = branch == self.branches[-1]
                return f"{self.words} never {'falls back to' if last else 'comes from'} {branch}"
            case "error", "is missing":
                return f"{self.words} is never missing"
        return f"it never happens that {self.words}"


def points_of(mapping: Mapping, provider: Provider) -> tuple[Point, ...]:
    """All points, route by route in the order of the mapping."""
    return (*_of_mapping(mapping, provider), *_of_routes(mapping, provider))


def _of_mapping(mapping: Mapping, provider: Provider) -> Iterator[Point]:
    """What belongs to no route: the mapping's own `when`, and how all requests fail."""
    if mapping.when is not None:
        context = Context(nulls=mapping.options.nulls)
        yield from _conditions(mapping.when, context, (), "")
    if mapping.options.unmapped == "reject":
        yield Point("error", "", UNMAPPED, ("happens",))
    if any(setting.required for setting in mapping.settings):
        yield Point("error", "", SETTING, ("happens",))
    yield Point("error", "", RETRIED, ("happens",))
    yield Point("error", "", REFUSED, ("happens",))
    if provider.statuses.settings:
        yield Point("error", "", CREDENTIAL, ("happens",))


def _of_routes(mapping: Mapping, provider: Provider) -> Iterator[Point]:
    context = Context(nulls=mapping.options.nulls)  # invalid values are left out, not thrown
    for route in mapping.routes():
        if route.enabled:
            yield from (
                replace(point, route=route.identity, span=point.span or route.span)
                for point in _of_route(route, provider, context)
            )


def _of_route(route: Route, provider: Provider, context: Context) -> Iterator[Point]:
    """The route itself, its condition, what it requires, and its fields."""
    branches = ("runs",) if route.when is None else ("runs", "does not apply")
    yield Point("route", "", route.identity, branches)
    guards: tuple[tree.Expression, ...] = ()
    if route.when is not None:
        if isinstance(route.when, (And, Or)):
            yield from _conditions(route.when, context, (), "")
        guards = (condition(route.when, context),)
    for needed in route.require:
        read = path(needed, context)
        yield _missing(words.path(needed), read, guards, needed.span)
        guards = (*guards, tree.negated(tree.call("isEmpty", read)))
    actions = [action for action in provider.actions if action.name == route.action]
    specs = {spec.name: spec for action in actions for spec in action.fields}
    for field in route.fields:
        yield from _of_field(field, specs[field.name], context, guards)


def _of_field(
    field: Field, spec: FieldSpec, context: Context, guards: tuple[tree.Expression, ...]
) -> Iterator[Point]:
    """What is chosen within a field, and whether the event may lack what it needs."""
    if field.written:
        yield from _values(field.value, context, guards, field.name, spec.type)
    if spec.required and expressions.may_be_missing(field.value, spec.type):
        made = expressions.value(field.value, spec.type, context)
        told = f"{field.name} ({words.value(field.value)})"
        yield _missing(told, made, guards, field.span)


def _missing(
    told: str, made: tree.Expression, guards: tuple[tree.Expression, ...], span: Span | None
) -> Point:
    """The error path of an event that lacks something."""
    empty = tree.call("isEmpty", made)
    probe = tree.Conditional(empty, tree.Number(0), tree.UNDEFINED)
    return Point("error", "", told, ("is missing",), span, _guarded(probe, guards))


def _guarded(probe: tree.Expression, guards: tuple[tree.Expression, ...]) -> tree.Expression:
    """A probe that says something only where all guards hold."""
    if not guards:
        return probe
    return tree.Conditional(tree.chain("&&", guards), probe, tree.UNDEFINED)


# --- conditions -----------------------------------------------------------------------


def _conditions(
    told: Condition, context: Context, guards: tuple[tree.Expression, ...], label: str
) -> Iterator[Point]:
    """The comparisons of a condition; each counts only where the ones before leave it open."""
    match told:
        case And(conditions) | Or(conditions):
            for part in conditions:
                yield from _conditions(part, context, guards, label)
                made = condition(part, context)
                open_ = made if isinstance(told, And) else tree.negated(made)
                guards = (*guards, open_)
        case Not(inner):
            yield from _conditions(inner, context, guards, label)
        case _:
            made = condition(told, context)
            probe = tree.Conditional(made, tree.Number(0), tree.Number(1))
            said = f"{label}: {words.condition(told)}" if label else words.condition(told)
            yield Point("condition", "", said, HOLDS, told.span, _guarded(probe, guards))


# --- values ---------------------------------------------------------------------------


def _values(
    told: Value,
    context: Context,
    guards: tuple[tree.Expression, ...],
    label: str,
    type: Type = ANY,  # noqa: A002
) -> Iterator[Point]:
    """The choices within a value: in a field that names something, templates have no holes."""
    choices = expressions.choices_of(told)
    if len(choices) > 1:
        yield _fallback(told, choices, context, guards, label, type)
    match told:
        case If(test, then, otherwise):
            yield from _conditions(test, context, guards, label)
            holds = condition(test, context)
            for branch, guard in ((then, holds), (otherwise, tree.negated(holds))):
                if branch is not None:
                    yield from _values(branch, context, (*guards, guard), label, type)
        case Each(over, item, name):
            yield from _values(over, context, guards, label)
            inner = context.each(name)
            for point in _values(item, inner, (), label):
                yield replace(point, probe=_for_each(over, context, inner, point, guards))
        case _:
            for name, part in _parts(told, label):
                yield from _values(part, context, guards, name)


def _parts(told: Value, label: str) -> Iterator[tuple[str, Value]]:
    """The values within a value, with the names of what they become."""
    match told:
        case MapOf(entries):
            yield from ((f"{label}.{key}", value) for key, value in entries)
        case ListOf(parts) | Merge(parts) | Template(parts):
            yield from ((label, part) for part in parts)
        case _:
            for part in expressions.choices_of(told):
                inner = getattr(part, "value", None) if part is told else part
                if inner is not None and not isinstance(part, Literal):
                    yield label, inner


def _fallback(  # noqa: PLR0913, PLR0917 - what a value stands in
    told: Value,
    choices: tuple[Value, ...],
    context: Context,
    guards: tuple[tree.Expression, ...],
    label: str,
    type: Type,  # noqa: A002
) -> Point:
    """Which of several choices is the first that is there."""
    probe: tree.Expression = tree.UNDEFINED
    for number, choice in reversed(list(enumerate(choices))):
        taken = tree.Number(number)
        if isinstance(choice, Literal):
            probe = taken
            continue
        made = expressions.plain(choice, context, type)
        probe = tree.Conditional(tree.compare(made, "!=", tree.NULL), taken, probe)
    branches = tuple(words.value(choice) for choice in choices)
    return Point("fallback", "", label, branches, told.span, _guarded(probe, guards))


def _for_each(
    over: Value,
    context: Context,
    inner: Context,
    point: Point,
    guards: tuple[tree.Expression, ...],
) -> tree.Expression:
    """The probe of a point inside of `$each`: a number for every item."""
    items = expressions.plain(over, context)
    function = function_of_item(inner, point.probe or tree.UNDEFINED)
    return _guarded(tree.call("each", items, function), guards)


# --- the code -------------------------------------------------------------------------


def code_of(
    mapping: Mapping,
    provider: Provider,
    folders: list[Traversable],
    points: tuple[Point, ...],
) -> str:
    """A function that sends, for every event, what its probes find: a list in their order."""
    probes = tree.array_of(point.probe for point in points if point.probe is not None)
    found = render(tree.Return(probes), indent=2, column=2)
    body = [f"function found(event, settings) {{\n  {found}\n}}"]
    body += [
        f"async function {handler}(event, settings) {{\n"
        "  const body = JSON.stringify(found(event, settings));\n"
        '  await fetch("https://coverage.invalid/", { method: "POST", body });\n}'
        for handler in HANDLERS.values()
    ]
    return script(mapping, provider, folders, body)
