"""List the providers, or all that one of them can do."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from generator.commands._layout import Painter, hanging, table
from generator.commands._session import complete_provider
from generator.diagnostics import Report, Span
from generator.types import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.commands._session import Session
    from generator.model import Setting
    from generator.providers import Action, Dedupe, Option, Provider
    from generator.types import FieldSpec, Type

_FEW = 5  # choices that fit on a line


@click.command()
@click.argument("name", required=False, shell_complete=complete_provider)
@click.pass_obj
def command(session: Session, name: str | None) -> Report:
    """List the providers; with a NAME its settings, options, actions and their fields."""
    from generator import providers  # noqa: PLC0415 - slow to import

    report = Report()
    root = session.project.root
    paint = Painter(colour=session.colour(sys.stdout))
    if name is None:
        lines = _list(providers.load_all(root, report), paint)
    else:
        _check_name(name, providers.names(root))
        provider = providers.load(name, root, report, Span.start_of(name))
        lines = iter(()) if provider is None else _page(provider, paint)
    session.out("".join(f"{line}\n" for line in lines))
    session.show(report, err=True)
    return report


def _check_name(name: str, known: list[str]) -> None:
    from generator.diagnostics import did_you_mean  # noqa: PLC0415
    from generator.project import Unusable  # noqa: PLC0415

    if name not in known:
        advice = did_you_mean(name, known) or f"use one of {', '.join(known)}"
        raise Unusable(f'there is no provider "{name}"', advice)


def _list(known: list[Provider], paint: Painter) -> Iterator[str]:
    """One line a provider and one for its actions."""
    for provider in known:
        yield f"{paint('bold', provider.name)}: {provider.summary}"
        yield from hanging("  ", ", ".join(action.name for action in provider.actions), 2)
    yield ""
    yield "See all of one with `segfn providers NAME`."


def _page(provider: Provider, paint: Painter) -> Iterator[str]:
    """All that one provider can do."""
    yield f"{paint('bold', provider.title)}: {provider.summary}"
    if provider.docs:
        yield provider.docs
    if provider.settings:
        yield from ("", paint("head", "Settings"))
        yield from table([_setting(setting) for setting in provider.settings], 2, paint)
    if provider.options:
        yield from ("", paint("head", "Options"))
        yield from table([_option(option) for option in provider.options], 2, paint)
    for action in provider.actions:
        yield ""
        yield from _action(action, provider, paint)
    shapes = _shapes(provider)
    if shapes:
        yield from ("", paint("head", "Types"))
        yield from table(list(shapes.items()), 2, paint)
    yield from ("", "* required; a default stands in where a mapping does not write the field.")


def _setting(setting: Setting) -> tuple[str, str, str]:
    ticks = [word for word in ("required", "sensitive") if getattr(setting, word)]
    return setting.name, ", ".join([setting.type, *ticks]), setting.description or setting.label


def _option(option: Option) -> tuple[str, str, str]:
    kind = " | ".join(option.choices) or option.type
    return option.name, f"{kind}, default {json.dumps(option.default)}", option.description


def _action(action: Action, provider: Provider, paint: Painter) -> Iterator[str]:
    """One action with its fields."""
    default = " (a bare text means this action)" if action.name == provider.default_action else ""
    yield f"{paint('head', action.name)}: {action.summary}{default}"
    if action.docs:
        yield f"  {action.docs}"
    if action.dedupe is not None:
        yield from hanging("  ", _dedupe(action.dedupe), 2)
    if action.caution is not None:
        yield from hanging("  ", f"Caution: {action.caution.message}; {action.caution.help}.", 2)
    rows = [
        row for spec in action.fields for row in _field(spec, "", main=spec.name == action.main)
    ]
    yield from table(rows or [("", "", "no fields")], 2, paint)


def _dedupe(told: Dedupe) -> str:
    """How a repeated request is known."""
    place = f"the header {told.header}" if told.header else f"the body's {told.field}"
    window = f" for {told.window}" if told.window else ""
    kept = " Failures are remembered too." if told.keeps_failures else ""
    return f"A repeated request is known by {place}{window}.{kept}"


def _field(spec: FieldSpec, before: str, *, main: bool = False) -> Iterator[tuple[str, str, str]]:
    """A field and the known members of it."""
    name = f"{before}{spec.name}{' *' if spec.required and not spec.instead_of else ''}"
    said = [sentence(spec.description)] if spec.description else []
    if len(spec.type.choices) > _FEW:
        said.append(f"One of {', '.join(spec.type.choices)}.")
    if spec.defaults:
        said.append(f"Default: {_default(spec)}.")
    if spec.example is not None:
        said.append(f"Example: {_json(spec.example)}.")
    if spec.if_written:
        said.append("Needed where it is written.")
    if spec.instead_of:
        said.append(f"Instead of {spec.instead_of}.")
    if main:
        said.append("Main field.")
    yield name, _type(spec.type), " ".join(said)
    for member in spec.type.members if spec.type.kind == "object" else ():
        yield from _field(member, f"{before}{spec.name}.")


def _default(spec: FieldSpec) -> str:
    """The default, or those by section: `$.traits in identify, group; {} elsewhere`."""
    sections: dict[str, list[str]] = {}
    for section, value in spec.defaults.items():
        sections.setdefault(_json(value), []).append(section)
    if len(sections) == 1:
        return next(iter(sections))
    return "; ".join(
        f"{value} elsewhere" if names == ["*"] else f"{value} in {', '.join(names)}"
        for value, names in sections.items()
    )


def _json(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _shapes(provider: Provider) -> dict[str, str]:
    """The provider's own types by name, and what they are; of a plain object its field tells."""
    found: dict[str, str] = {}
    waiting = [spec.type for action in provider.actions for spec in action.fields]
    while waiting:
        kind = waiting.pop(0)
        waiting += [spec.type for spec in kind.members]
        if kind.items is not None:
            waiting.append(kind.items)
        if kind.kind == "shape" and kind.helper != "asObject":
            found[_type(kind)] = _shape(kind)
    return found


def _shape(kind: Type) -> str:
    """What may be written for a type of the provider's own."""
    names = ", ".join(spec.name for spec in kind.members)
    if kind.description:
        return f"{kind.description}. Members: {names}." if names else f"{kind.description}."
    parts = [f"a text ({kind.main})"] if kind.main else []
    if kind.like:
        parts.append(f"a text such as {kind.like}")
    if names:
        parts.append(f"a map of {names}")
    if kind.items is not None:
        name = _type(kind.items)
        parts += [f"{name}, or a list of {name}"]
    return " or ".join(parts)


def _type(kind: Type) -> str:
    """A type in few words."""
    match kind.kind:
        case "list":
            return f"list of {_type(kind.items)}" if kind.items else "list"
        case "enum":
            return " | ".join(kind.choices) if len(kind.choices) <= _FEW else "enum"
        case "shape":
            return kind.helper.removeprefix("as").lower() or "shape"
    return kind.kind
