"""Values of a mapping as JavaScript expressions."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.emit import directives
from generator.emit.conditions import condition
from generator.emit.fits import fit_of
from generator.emit.js import literal
from generator.emit.paths import Context, Hoisted, function_of_item, hoist, path, paths_in
from generator.emit.tree import (
    UNDEFINED,
    Conditional,
    Expression,
    Text,
    array_of,
    call,
    chain,
    object_of,
)
from generator.model import (
    Coalesce,
    Directive,
    Each,
    Filtered,
    If,
    ListOf,
    Literal,
    MapOf,
    Merge,
    Path,
    Template,
    walk,
)
from generator.types import ANY, SCALARS, Type

if TYPE_CHECKING:
    from generator.model import Value

__all__ = ["Context", "Hoisted", "hoist", "path", "paths_in", "value"]

FILTERS = {
    "trim": "trimmed",
    "string": "stringOf",
    "json": "jsonOf",
    "number": "numberOf",
    "bool": "boolOf",
    "length": "lengthOf",
    "first": "firstItem",
    "last": "lastItem",
    "join": "joinedBy",
    "split": "splitBy",
    "replace": "replaced",
    "fixed": "fixedTo",
    "truncate": "truncated",
    "timestamp": "timestampOf",
    "date": "dateOf",
    "compact": "compacted",
    "pick": "picked",
    "omit": "omitted",
}
"""Our helpers for filters; the others have the filter's name."""

ONE_VALUE = {(name,) for name in ("userId", "anonymousId", "groupId", "previousId")}
_PASSING_NULLS = ("first", "last", "compact", "nonempty", "pick", "omit")


def value(value: Value, type: Type, context: Context) -> Expression:  # noqa: A002
    """The expression for a value in a field of a type; undefined where it is missing."""
    match value:
        case Literal():
            return _literal(value, type)
        case If(test, then, otherwise):
            branches = (_branch(each, type, context) for each in (then, otherwise))
            return Conditional(condition(test, context), *branches)
        case MapOf():
            return _map(value, type, context)
        case ListOf() | Each() if type.kind in {"any", "list"}:
            return _list(value, type.items or ANY, context)
        case Template() if type.kind in {"any", "string", "id"}:
            return _template(value, context, whole=names_something(type))
    inner = context if type.kind in {"any", "object", "shape"} else context.of_scalar()
    return _fitted(plain(value, inner, type), value, type, context)


def names_something(type: Type) -> bool:  # noqa: A002
    """Whether the texts of a type name something; of a name no piece may be missing."""
    if type.items is not None:
        return names_something(type.items)
    mains = [member.type for member in type.members if member.name == type.main]
    return type.kind in {"id", "url"} or any(map(names_something, mains))


def _has_holes(value: Value) -> bool:
    return any(isinstance(part, Template) for part in walk(value))


def _branch(branch: Value | None, type: Type, context: Context) -> Expression:  # noqa: A002
    return UNDEFINED if branch is None else value(branch, type, context)


def _literal(written: Literal, type: Type) -> Expression:  # noqa: A002
    """A literal was checked when generating; only a provider's shape brings it in form."""
    made = literal(written.value)
    return call(type.helper, made) if type.kind == "shape" else made


def _fitted(made: Expression, source: Value, type: Type, context: Context) -> Expression:  # noqa: A002
    """What comes with the event, made to fit."""
    fit = fit_of(type, context)
    if fit is None:
        return _known(made, source, context, type)
    if type.kind in {"object", "shape"} and not _holds_one_value(source):
        made = _known(made, source, context, type)
    return fit.nullable(made) if _ends_in_null(source) else fit.of(made)


def _ends_in_null(source: Value) -> bool:
    """Whether a null that is left stands in the mapping: then it is sent."""
    return choices_of(source)[-1] == Literal("null")


def choices_of(source: Value) -> tuple[Value, ...]:
    """What a value chooses from; `default(x)` is `?? x`."""
    match source:
        case Coalesce(choices):
            return tuple(each for choice in choices for each in choices_of(choice))
        case Filtered(inner, "default", (instead,)):
            return (*choices_of(inner), instead)
    return (source,)


# --- nulls ------------------------------------------------------------------


def _known(made: Expression, source: Value, context: Context, type: Type) -> Expression:  # noqa: A002
    """A value of the event without its nulls, where these are left out."""
    if context.drops_nulls and _may_hold_null(source):
        return call(_without_nulls(type), made)
    return made


def _without_nulls(type: Type) -> str:  # noqa: A002
    """The helper that leaves out nulls; of a list of profiles it looks into each."""
    several = type.items is not None and type.items.profile
    return "eachWithoutNulls" if several else "withoutNulls"


def _holds_one_value(source: Value) -> bool:
    """Whether a value is a field of the call in which no map can be: there is no null in it."""
    return isinstance(source, Path) and source.root == "event" and source.keys[:1] in ONE_VALUE


def _may_hold_null(source: Value) -> bool:
    match source:
        case Path() | Directive():
            return True
        case Filtered(_, name):
            return name in _PASSING_NULLS
    return False


def may_be_missing(source: Value, type: Type) -> bool:  # noqa: A002
    """Whether a member may turn out missing."""
    match source:
        case Literal():
            return False
        case If(_, then, otherwise):
            branches = (then, otherwise)
            return any(each is None or may_be_missing(each, type) for each in branches)
        case ListOf():
            return type.kind not in {"any", "list"}
        case MapOf(entries):
            return bool(entries) and all(may_be_missing(each, ANY) for _, each in entries)
        case Template():
            return type.kind not in {"any", "string"}
        case Coalesce() | Filtered(_, "default"):
            return type.kind != "any" or all(
                may_be_missing(each, type) for each in choices_of(source)
            )
    return True


# --- values without a type --------------------------------------------------


def plain(source: Value, context: Context, type: Type = ANY) -> Expression:  # noqa: A002
    """The expression for a value as it comes; what names something has no empty holes."""
    match source:
        case Path():
            return path(source, context)
        case Coalesce() | Filtered(_, "default"):
            return _first(choices_of(source), context, type)
        case Filtered():
            return _filtered(source, context)
        case Template():
            return _template(source, context, whole=names_something(type))
        case Merge(values):
            whole = ANY if type.kind in SCALARS else type  # what is merged is a map, or skipped
            parts = (value(each, _within(whole, each, context), context) for each in values)
            return call("merged", *parts)
        case Directive(name, argument):
            return directives.directive(name, argument.value, context)
    return value(source, _within(type, source, context), context)


def _within(type: Type, source: Value, context: Context) -> Type:  # noqa: A002
    """The type of a part whose whole is made to fit later: what only the part can be asked."""
    return _loose(type) if context.invalid == "reject" or _has_holes(source) else ANY


def _loose(type: Type) -> Type:  # noqa: A002
    """A type whose maps and lists take anything, but whose names are names."""
    if type.kind in SCALARS:
        return type
    return replace(
        type,
        kind="any",
        members=tuple(replace(spec, type=_loose(spec.type)) for spec in type.members),
        items=None if type.items is None else _loose(type.items),
        values=None if type.values is None else _loose(type.values),
    )


def _first(choices: tuple[Value, ...], context: Context, type: Type) -> Expression:  # noqa: A002
    """The first that is neither missing nor null; a literal at the end is always sent."""
    fixed = [literal(each.value) for each in choices[-1:] if isinstance(each, Literal)]
    open_ = choices[: len(choices) - len(fixed)]
    made = [plain(each, context, type) for each in open_]
    if context.sends_nulls and len(made) > 1 and not fixed:
        return call("firstKnown", *made)
    if context.drops_nulls and made and all(map(_may_hold_null, open_)):
        made = [call(_without_nulls(type), chain("??", made))]
    else:
        made = [_known(*each, context, type) for each in zip(made, open_, strict=True)]
    return chain("??", [*made, *fixed])


def _filtered(source: Filtered, context: Context) -> Expression:
    made = plain(source.value, context.of_scalar())
    arguments = (literal(each.value) for each in source.arguments)
    return call(FILTERS.get(source.name, source.name), made, *arguments)


# --- texts, lists and maps that the mapping writes --------------------------


def _template(template: Template, context: Context, *, whole: bool) -> Expression:
    """A text with holes; `whole`: missing as soon as one of its holes is."""
    parts, context = _parts(template), context.of_scalar()
    if whole:
        starts = isinstance(parts[0], str)
        pieces = [*([] if starts else [Text("")]), *_spaced(parts, context)]
        return call("joined", *pieces)
    return chain("+", [_piece(part, context) for part in parts])


def _parts(template: Template) -> list[str | Value]:
    """The texts and holes; texts never meet."""
    texts = ((part, _text(part)) for part in template.parts)
    return [part if text is None else text for part, text in texts]


def _text(part: Value) -> str | None:
    """The text of a literal; None for a hole."""
    if not isinstance(part, Literal) or part.value is None:
        return None
    return part.value if isinstance(part.value, str) else part.json


def _piece(part: str | Value, context: Context) -> Expression:
    """A piece between the plus signs."""
    if isinstance(part, str):
        return Text(part)
    return call("textOf", plain(part, context))


def _spaced(parts: list[str | Value], context: Context) -> list[Expression]:
    """Texts and holes in turn, with an empty text between holes that meet."""
    pieces: list[Expression] = []
    for before, part in zip([None, *parts], parts, strict=False):
        if isinstance(part, str):
            pieces.append(Text(part))
            continue
        made = plain(part, context)
        gap = [] if before is None or isinstance(before, str) else [Text("")]
        pieces += [*gap, call("encodedPart", made) if context.encoded else made]
    return pieces


def _list(source: ListOf | Each, items: Type, context: Context) -> Expression:
    """A list that the mapping writes, or makes of another."""
    inner = _inside(context, f"an item of {context.label}", items)
    if isinstance(source, Each):
        each = inner.each(source.name, _shape_helpers(items))
        function = function_of_item(each, value(source.item, items, each))
        return call("each", plain(source.over, context), function)
    made = array_of(value(each, items, inner) for each in source.items)
    if any(may_be_missing(each, items) for each in source.items):
        return call("presentItems", made)
    return made


def _shape_helpers(type: Type) -> frozenset[str]:  # noqa: A002
    """The provider's helpers that make a value of a type fit."""
    within = [member.type for member in type.members] + ([type.items] if type.items else [])
    return frozenset({type.helper}).union(*map(_shape_helpers, within))


def _inside(context: Context, label: str, type: Type) -> Context:  # noqa: A002
    """The inside of a list or map; what is a person's profile there is one for nulls."""
    return context.within(label, profile=context.profile or type.profile)


def _map(source: MapOf, type: Type, context: Context) -> Expression:  # noqa: A002
    """A map of the mapping, missing if nothing in it is there, and made to fit if need be."""
    known = _member_types(source, type, context)
    members = [(key, each, known.get(key, ANY)) for key, each in source.entries]
    made: Expression = object_of(
        (key, _of_member(each, member, _inside(context, f"{context.label}.{key}", member)))
        for key, each, member in members
    )
    missing = [may_be_missing(each, member) for _, each, member in members]
    if context.profile and any(missing):
        made = call("withoutMissing", made)
    elif missing and all(missing):
        made = call("present", made)
    fit = None if type.kind == "object" else fit_of(type, context)
    return made if fit is None else fit.of(made)


def _of_member(source: Value, type: Type, context: Context) -> Expression:  # noqa: A002
    return _of_any(source, context) if type == ANY else value(source, type, context)


@lru_cache(maxsize=1 << 14)
def _of_any(source: Value, context: Context) -> Expression:
    """A value without a type; the payloads of a mapping share most of theirs."""
    return value(source, ANY, context)


def _member_types(source: MapOf, type: Type, context: Context) -> dict[str, Type]:  # noqa: A002
    """The types of a map's members.

    A shape's helper makes its members fit, unless it is strict; but it does not see the holes
    of a template that names something.
    """
    known = dict.fromkeys((name for name, _ in source.entries), type.values or ANY)
    known |= {member.name: member.type for member in (type.items or type).members}
    if type.kind not in {"any", "shape"} or context.invalid == "reject":
        return known
    written = dict(source.entries)
    return {
        name: member
        for name, member in known.items()
        if name in written and _holds_names(member) and _has_holes(written[name])
    }


def _holds_names(type: Type) -> bool:  # noqa: A002
    """Whether a text somewhere in a value of the type names something."""
    within = [type.items, type.values, *(member.type for member in type.members)]
    return names_something(type) or any(_holds_names(each) for each in within if each)
