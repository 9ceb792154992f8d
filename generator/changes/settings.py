"""Changes of settings, which somebody creates by hand in Segment's editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.changes.change import Class, Found, kind
from generator.changes.words import quoted
from generator.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.changes.pair import Pair
    from generator.model import Mapping, Setting

BEFORE_DEPLOYING = "create it in Segment's editor before you deploy"


def to_add(pair: Pair) -> Iterator[Setting]:
    """The settings that must stand in Segment's editor before the new function is deployed."""
    known = {(setting.name, setting.type) for setting in pair.before.settings}
    for setting in pair.after.settings:
        if (setting.name, setting.type) not in known:
            yield setting


def _place(setting: Setting | None, mapping: Mapping) -> Span | None:
    """Where a setting stands; one of the provider's stands nowhere in the mapping."""
    return None if setting is None else setting.span or Span.start_of(mapping.path)


def _by_name(mapping: Mapping) -> dict[str, Setting]:
    return {setting.name: setting for setting in mapping.settings}


def _both(pair: Pair) -> Iterator[tuple[Setting, Setting]]:
    """The settings that both versions have."""
    old = _by_name(pair.before)
    for setting in pair.after.settings:
        if setting.name in old:
            yield old[setting.name], setting


def _renamings(pair: Pair) -> dict[str, str]:
    """The provider's settings that have another name now: old name to new name."""
    if pair.other_provider or pair.gone_whole or pair.new_whole:
        return {}
    old, new = dict(pair.before.renamed), dict(pair.after.renamed)
    return {name: new[key] for key, name in old.items() if key in new and new[key] != name}


def _told(setting: Setting) -> str:
    ticks = (("required", setting.required), ("sensitive", setting.sensitive))
    return ", ".join([setting.type, *(word for word, ticked in ticks if ticked)])


@kind(Class.BEHAVIOUR)
def setting_added(pair: Pair) -> Iterator[Found]:
    """There is a new setting; without one that is required nothing is sent."""
    old, renamed = _by_name(pair.before), set(_renamings(pair).values())
    for setting in pair.after.settings:
        if setting.name in old or setting.name in renamed:
            continue
        need = f"nobody gets anything without it: {BEFORE_DEPLOYING}"
        breaks = setting.required and not pair.new_whole  # nobody had anything to lose
        yield Found(
            f"The setting {quoted(setting.name)} ({_told(setting)}) is new; "
            + (need if setting.required else BEFORE_DEPLOYING + ", if you want it"),
            None,
            _place(setting, pair.after),
            setting.name,
            ("", _told(setting)),
            class_=Class.BREAKING if breaks else None,
        )


@kind(Class.BEHAVIOUR)
def setting_removed(pair: Pair) -> Iterator[Found]:
    """A setting is no longer read."""
    new, renamed = _by_name(pair.after), _renamings(pair)
    for setting in pair.before.settings:
        if setting.name not in new and setting.name not in renamed:
            yield Found(
                f"The setting {quoted(setting.name)} is no longer read",
                _place(setting, pair.before),
                None,
                setting.name,
                (_told(setting), ""),
            )


@kind(Class.BREAKING)
def setting_renamed(pair: Pair) -> Iterator[Found]:
    """A setting of the provider has another name."""
    old, new = _by_name(pair.before), _by_name(pair.after)
    for then, now in _renamings(pair).items():
        yield Found(
            f"The setting {quoted(then)} is called {quoted(now)} now: {BEFORE_DEPLOYING}",
            _place(old.get(then), pair.before),
            _place(new.get(now), pair.after),
            now,
            (then, now),
        )


@kind(Class.BREAKING)
def setting_required(pair: Pair) -> Iterator[Found]:
    """A setting must have a value now."""
    for old, new in _both(pair):
        if new.required and not old.required:
            told = f"The setting {quoted(new.name)} is required: nobody gets anything without it"
            yield _changed(told, pair, old, new, ("optional", "required"))


@kind(Class.BEHAVIOUR)
def setting_optional(pair: Pair) -> Iterator[Found]:
    """A setting need not have a value any more."""
    for old, new in _both(pair):
        if old.required and not new.required:
            told = f"The setting {quoted(new.name)} is optional now"
            yield _changed(told, pair, old, new, ("required", "optional"))


@kind(Class.BREAKING)
def setting_type_changed(pair: Pair) -> Iterator[Found]:
    """A setting has another type, for which it must be created again."""
    for old, new in _both(pair):
        if old.type != new.type:
            told = (
                f"The setting {quoted(new.name)} is {new.type} instead of {old.type}: "
                "create it again in Segment's editor before you deploy"
            )
            yield _changed(told, pair, old, new, (old.type, new.type))


@kind(Class.BEHAVIOUR)
def setting_hidden(pair: Pair) -> Iterator[Found]:
    """A setting is kept secret now."""
    for old, new in _both(pair):
        if new.sensitive and not old.sensitive:
            told = f"The setting {quoted(new.name)} is sensitive now: tick it in Segment's editor"
            yield _changed(told, pair, old, new, ("plain", "sensitive"))


@kind(Class.BREAKING)
def setting_shown(pair: Pair) -> Iterator[Found]:
    """A setting is no longer kept secret."""
    for old, new in _both(pair):
        if old.sensitive and not new.sensitive:
            told = f"The setting {quoted(new.name)} is no longer secret: who opens it can read it"
            yield _changed(told, pair, old, new, ("sensitive", "plain"))


@kind(Class.COSMETIC)
def setting_described(pair: Pair) -> Iterator[Found]:
    """A setting has another label or description."""
    for old, new in _both(pair):
        if (old.label, old.description) != (new.label, new.description):
            told = f"The setting {quoted(new.name)} is described in other words"
            words = (f"{old.label}: {old.description}", f"{new.label}: {new.description}")
            yield _changed(told, pair, old, new, words)


def _changed(message: str, pair: Pair, old: Setting, new: Setting, told: tuple[str, str]) -> Found:
    return Found(message, _place(old, pair.before), _place(new, pair.after), new.name, told)
