"""The ways through a handler as routes: what is sent, when, and what must be there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.imports.javascript import novu
from generator.imports.javascript.conditions import ALWAYS, NotSaid, Said, condition, joined
from generator.imports.javascript.symbols import (
    Both,
    Compare,
    Const,
    Fallback,
    Filtered,
    Missing,
    Not,
    Ref,
)
from generator.imports.javascript.ways import End, Fork
from generator.imports.javascript.writing import Absent, written
from generator.imports.sugar import path

if TYPE_CHECKING:
    from tree_sitter import Node

    from generator.imports.javascript.machine import Request
    from generator.imports.javascript.symbols import Value
    from generator.imports.javascript.ways import Way
    from generator.yaml_text import Written

SAFE = {"subscriber"}
"""Actions that may lose a field and still do no harm."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Under which condition an action runs, and what must be there, else the call is rejected."""

    when: Said
    require: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """An action with its fields, as they are written; `doubts` say what could not be read."""

    action: str
    fields: tuple[tuple[str, Written], ...]
    doubts: tuple[str, ...]

    @property
    def key(self) -> str:
        """What makes two steps the same."""
        return repr((self.action, self.fields))


@dataclass(slots=True)
class Routes:
    """Collects the routes of a way: steps in their order with their rules."""

    section: str
    account: novu.Account
    problems: list[tuple[Node, str]] = field(default_factory=list)
    ignored: list[tuple[Node, str]] = field(default_factory=list)
    settings: set[str] = field(default_factory=set)
    rejects: bool = False
    refused: bool = False

    def of(self, way: Way) -> list[tuple[Step, Rule]]:
        """The routes of all ways on from somewhere."""
        if isinstance(way, End):
            return self._end(way)
        met, unmet = self.of(way.met), self.of(way.unmet)
        if not met and not unmet:
            return []
        for left, taken, rejected in ((met, True, way.unmet), (unmet, False, way.met)):
            if left and rejects(rejected):
                needed = required(way.test, met=taken)
                if needed is not None:
                    self.settings |= {name for name in needed if name.startswith("settings.")}
                    paths = tuple(name for name in needed if not name.startswith("settings."))
                    return [
                        (step, Rule(rule.when, _union(paths, rule.require))) for step, rule in left
                    ]
                self.ignored.append((way.node, "what this rejects is ignored by the mapping"))
        return self._forked(way, met, unmet)

    def _forked(
        self, way: Fork, met: list[tuple[Step, Rule]], unmet: list[tuple[Step, Rule]]
    ) -> list[tuple[Step, Rule]]:
        """Steps of both sides; those that are the same on both need no test."""
        others = {step.key: (step, rule) for step, rule in unmet}
        made: list[tuple[Step, Rule]] = []
        for step, rule in met:
            same = others.pop(step.key, None)
            if same is None:
                made.append((step, self._under(way, rule, met=True)))
            elif same[1] == rule:
                made.append((step, rule))
            else:
                sides = [self._under(way, rule, met=True), self._under(way, same[1], met=False)]
                when = joined("or", [side.when for side in sides])
                shared = tuple(name for name in sides[0].require if name in sides[1].require)
                made.append((step, Rule(when, shared)))
        made += [(step, self._under(way, rule, met=False)) for step, rule in others.values()]
        return made

    def _under(self, way: Fork, rule: Rule, *, met: bool) -> Rule:
        try:
            test = condition(way.test, met=met)
        except NotSaid as problem:
            self.problems.append((problem.node or way.node, problem.why))
            test = Said("")
        if not test.text or not rule.when.text:
            return Rule(Said(""), rule.require)
        return Rule(joined("and", [test, rule.when]), rule.require)

    # --- steps ---

    def _end(self, end: End) -> list[tuple[Step, Rule]]:
        self.problems += [(lost.node, lost.why) for lost in end.unread]
        if end.thrown is not None and not end.requests:
            self.rejects = True
        steps: dict[str, tuple[Step, Rule]] = {}
        for request in end.requests:
            for step in self._steps(request):
                steps.setdefault(step.key, (step, Rule(ALWAYS)))
        return list(steps.values())

    def _steps(self, request: Request) -> list[Step]:
        try:
            sent = novu.actions(request, self.account)
        except NotSaid as problem:
            self.problems.append((problem.node or request.node, problem.why))
            return []
        steps = [self._step(each, request) for each in sent]
        taken = [step for step in steps if not _is_refused(step)]
        self.refused = self.refused or len(taken) < len(steps)
        return taken

    def _step(self, sent: novu.Sent, request: Request) -> Step:
        """An action with the values of its fields."""
        fields: dict[str, Written] = {}
        doubts = [f"{name} (Novu's action has no such field)" for name in sent.lost]
        for name in sent.lost:
            why = f'the action {sent.action} has no field "{name}"'
            self.problems.append((request.node, why))
        for name, told in sent.fields.items():
            try:
                value = written(told)
            except NotSaid as problem:
                self.problems.append((problem.node or request.node, problem.why))
                doubts.append(name)
                continue
            if not isinstance(value, Absent):
                fields[name] = value
        if sent.action in {"workflow", "broadcast"} and "payload" not in doubts:
            fields.setdefault("payload", {})  # and not the properties, which are the default
        kept = tuple((name, told) for name, told in fields.items())
        return Step(sent.action, kept, tuple(doubts))


NEEDED = {"workflow": {"name", "to"}, "broadcast": {"name"}, "subscriber": {"subscriberId"}}
"""What Novu demands, though for some of it the mapping has a default."""


def _is_refused(step: Step) -> bool:
    """Whether Novu refuses a request, for want of a name or of a person."""
    told = {name for name, _ in step.fields}
    return bool(NEEDED.get(step.action, set()) - {*told, *step.doubts})


def rejects(way: Way) -> bool:
    """Whether all ways from here end with an error, and nothing is sent on them."""
    if isinstance(way, Fork):
        return rejects(way.met) and rejects(way.unmet)
    return way.thrown is not None and not way.requests


def is_unsupported(way: Way) -> bool:
    """Whether some way from here ends with EventNotSupported."""
    if isinstance(way, Fork):
        return is_unsupported(way.met) or is_unsupported(way.unmet)
    return way.thrown == "EventNotSupported" and not way.requests


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def required(test: Value, *, met: bool) -> list[str] | None:
    """The paths that must be there for a test to turn out so; None where it asks more."""
    match test:
        case Not(inner):
            return required(inner, met=not met)
        case Both(first, second) if met:
            return _together(first, second, met=True)
        case Fallback(first, second) if not met:
            return _together(first, second, met=False)
        case Compare("===" | "==", left, right) if not met and _is_nothing(right):
            return required(left, met=True)
        case Compare("!==" | "!=", left, right) if met and _is_nothing(right):
            return required(left, met=True)
        case Filtered(inner, "nonempty" | "trim" | "string"):
            return required(inner, met=met)
        case Fallback(first, second) if _is_nothing(second):
            return required(first, met=met)
        case Ref("event", keys) if met and keys:
            return [path(keys, bare=True)]
        case Ref("settings", keys) if met and keys:
            return [f"settings.{keys[0]}"]
    return None


def _together(first: Value, second: Value, *, met: bool) -> list[str] | None:
    one, other = required(first, met=met), required(second, met=met)
    if one is None or other is None:
        return None
    return [
        name for name in one if not any(inner.startswith(f"{name}.") for inner in other)
    ] + other


def _is_nothing(told: Value) -> bool:
    return isinstance(told, Missing) or told == Const(None) or told == Const("")
