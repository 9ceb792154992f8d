"""The statements of a route's function: when, what is required, and the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.emit import expressions, paths, tree
from generator.emit.conditions import condition
from generator.model import Literal, Path, walk

if TYPE_CHECKING:
    from generator.emit.paths import Context
    from generator.model import Condition, Field, Options, Route
    from generator.providers import Action
    from generator.types import FieldSpec


def of_route(route: Route, action: Action, options: Options) -> list[tree.Statement]:
    """The statements before the action's own template: they end with `const fields`."""
    parts = [
        *([route.when] if route.when is not None else []),
        *(field.value for field in route.fields),
        *route.require,
    ]
    hoisted = paths.hoist(parts)
    context = paths.Context(nulls=options.nulls, invalid=options.invalid, hoisted=hoisted.names)
    made: list[tree.Statement] = [*hoisted.statements]
    if route.when is not None:
        wanted = condition(route.when, context)
        made.append(tree.If(tree.negated(wanted), tree.Return(tree.FALSE)))
    if route.require:
        made.append(tree.Do(_required_paths(route, context)))
    if action.keyed:
        made.append(tree.Const("route", tree.Text(route.identity)))
    if action.fields:
        made.append(tree.Const("fields", _fields(route, action, context)))
    return made


def test(wanted: Condition, options: Options) -> tree.Expression:
    """The mapping's own `when` as an expression of `event` and `settings`."""
    context = paths.Context(nulls=options.nulls, invalid=options.invalid)
    return condition(wanted, context)


def _required_paths(route: Route, context: Context) -> tree.Expression:
    """The call that refuses an event in which a required path is empty."""
    read = [(path.text, paths.path(path, context)) for path in route.require]
    return tree.call("requirePresent", tree.object_of(read))


def _fields(route: Route, action: Action, context: Context) -> tree.Expression:
    """The fields of an action by name."""
    return tree.object_of(
        (field.name, _field(field, spec, action, context))
        for field in route.fields
        if (spec := action.field(field.name)) is not None
    )


def _field(field: Field, spec: FieldSpec, action: Action, context: Context) -> tree.Expression:
    """One field; a required one that the event may lack is guarded."""
    label = f"{action.name}.{field.name}"
    profile = action.profile or spec.type.profile
    inner = context.within(label, profile=profile, encoded=spec.fixed_host)
    made = expressions.value(field.value, spec.type, inner)
    if spec.fixed_host and isinstance(field.value, Path):
        made = tree.call("listedUrl", made, tree.Text(str(field.value.keys[0])))
    if not (spec.required or spec.if_written) or isinstance(field.value, Literal):
        return made
    found = [part.text for part in walk(field.value) if isinstance(part, Path)]
    read = ", ".join(dict.fromkeys(found))
    message = f"{label} is missing: {read}" if read else f"{label} is missing"
    return tree.call("required", made, tree.Text(message))
