"""Finds out what a function wants: which settings, which events, which answers.

Nothing is known of a function but its code. What it reads is seen while it runs; a part that
is missing is put in as an empty map first, and what is then asked of that tells its type.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from generator.lint.events import KINDS, NAME, NAMED, Sample, part
from generator.lint.lab import COMPLETE
from generator.sandbox.answers import rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.lint.calls import Call
    from generator.lint.events import Path
    from generator.lint.lab import Lab
    from generator.model import Json
    from generator.sandbox.answers import Rule

_ROUNDS = 8
_MOST_SAMPLES = 8  # of one kind that are sent; more take their time and show little
_MOST_QUIET = 20
_MOST_NAMES = 20
_MOST_TRIES = 300
_MOST_PARTS = 12
_ASKED_OF = {
    "list": "map forEach filter reduce join find some every flatMap push slice concat includes",
    "text": "trim toLowerCase toUpperCase split replace replaceAll startsWith endsWith match "
    "charAt substring substr padStart localeCompare indexOf charCodeAt",
    "number": "toFixed toPrecision",
}
_TYPES = {name: kind for kind, names in _ASKED_OF.items() for name in names.split()}
_NOT_PARTS = {
    "undefined",
    "null",
    "toJSON",
    "then",
    "constructor",
    "length",
    "valueOf",
    "__proto__",
    "prototype",
}
_FILLED = {"traits", "properties", "context"}
_RICH: dict[str, Json] = {
    "id": "id-1",
    "_id": "id-1",
    "ok": True,
    "success": True,
    "status": "ok",
    "token": "token-1",
    "access_token": "token-1",
    "expires_in": 3600,
    "data": {"id": "id-1"},
}
_BODIES: tuple[Json, ...] = (_RICH, [], [_RICH], {**_RICH, "data": [_RICH]})


def learn(lab: Lab, given: Iterable[Sample], known: tuple[Rule, ...]) -> None:
    """Fill the lab: settings, answers and samples.

    `given` are events of the user's, `known` the answers that come first.
    """
    guess = _Guess(lab, [*given, *map(Sample, KINDS)], known)
    guess.settle()
    if not guess.choose():
        guess.doubt()
        guess.settle()
        guess.choose()
    lab.bench = replace(lab.bench, settings=guess.made_settings(), rules=guess.rules())
    lab.samples, lab.quiet = _reactions(lab, guess)


@dataclass(slots=True)
class _Guess:
    """What is believed about a function, from round to round.

    `settings` and `parts` are the types of what it reads and does not have; `parts` by the
    kind of call. A type is `new`, `text`, `url`, `list`, `map`, `number`, `flag` or `absent`.
    """

    lab: Lab
    bases: list[Sample]
    known: tuple[Rule, ...]
    body: Json = field(default_factory=dict)
    settings: dict[Path, str] = field(default_factory=dict)
    parts: dict[str, dict[Path, str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    asked: bool = False

    def settle(self) -> None:
        """Run and put in what is missing, until nothing new is asked for."""
        self.names = self.lab.texts
        for _ in range(_ROUNDS):
            fresh = [(own, path) for own in self._owned() for path in own if own[path] == "new"]
            before = self._believed()
            calls = self.run()
            self._look(calls)
            self.names = _telling(calls) or self.lab.texts
            for own, path in fresh:
                if own[path] == "new":
                    own[path] = "text"
            if self._believed() == before:
                break
        self.names = self.lab.texts
        self.names = (_telling(self.run()) or self.names)[:_MOST_NAMES]

    def _owned(self) -> list[dict[Path, str]]:
        return [self.settings, *self.parts.values()]

    def _believed(self) -> list[list[tuple[Path, str]]]:
        return [sorted(own.items()) for own in self._owned() if own]

    def _look(self, calls: Iterable[Call]) -> None:
        """Note what was asked for and was not there."""
        for call in calls:
            self.lab.handlers = tuple(call.seen["handlers"])
            for path, there in call.settings:
                if not there and path[0] not in self.lab.given:
                    _note(self.settings, path)
            own = self.parts.setdefault(str(part(call.event, ("type",))), {})
            for path, there in call.parts:
                if not there and path[0] in _FILLED and len(path) > 1 and len(own) < _MOST_PARTS:
                    _note(own, path)

    def samples(self) -> list[Sample]:
        """The bases that have a handler, and calls of all names."""
        handled = [
            kind
            for kind in KINDS
            if not self.lab.handlers or f"on{kind.title()}" in self.lab.handlers
        ]
        bases = [self._filled(base) for base in self.bases if base.kind in handled]
        named = [
            self._filled(Sample(kind)).with_part((NAMED[kind],), name)
            for kind in handled
            if kind in NAMED
            for name in self.names
        ]
        return [*bases, *named]

    def run(self) -> list[Call]:
        """One round."""
        events = [sample.event() for sample in self.samples()]
        return self.lab.run(events, reads=True, rules=self.rules(), settings=self.made_settings())

    def _filled(self, sample: Sample) -> Sample:
        """A sample with what was asked for and is not there."""
        for path, kind in sorted(self.parts.get(sample.kind, {}).items()):
            if sample.given is None and part(sample.event(), path) in (None, {}):
                # A part and a setting of one name may well be compared.
                who = "lint" if path[-1:] in self.settings else "{who}"
                sample = sample.with_part(path, _value(path, kind, who, self.names))
        return sample

    # --- settings and answers ---

    def made_settings(self) -> dict[str, Json]:
        """The settings of the user, and those that are made up."""
        made: dict[str, Json] = {}
        for path, kind in sorted(self.settings.items()):
            inner: Json = made
            for step in path[:-1]:
                inner = inner.setdefault(step, {}) if isinstance(inner, dict) else None
            if isinstance(inner, dict) and kind != "absent":
                inner[path[-1]] = _value(path, kind, "lint", self.names)
        return {**made, **self.lab.given}

    def rules(self) -> tuple[Rule, ...]:
        """How requests are answered when nothing is wrong."""
        return (*self.known, rule({"status": 200, "json": self.body}))

    def doubt(self) -> None:
        """Look once more at what seemed a text: calls come further now, and may ask it for more.

        A part with the name of a setting stays: the two are compared.
        """
        for own in self.parts.values():
            for path, kind in own.items():
                if kind == "text" and path[-1:] not in self.settings:
                    own[path] = "new"

    def choose(self) -> bool:
        """Take the answer, and the types of settings, with which most calls are sent.

        Whether every handler sends something then.
        """
        best = self._score()
        for body in _BODIES if self.asked else ():
            best = self._better(best, "body", body)
        for path in [path for path in self.settings if len(path) == 1]:
            for kind in ("absent", "list", "map", "flag", "url"):
                best = self._better(best, "settings", {**self.settings, path: kind})
        return best[-1]

    def _better(
        self, best: tuple[int, int, bool], name: str, value: object
    ) -> tuple[int, int, bool]:
        """Keep a change if it is for the better; nothing is tried where all is well."""
        if best[-1]:
            return best
        before = getattr(self, name)
        setattr(self, name, value)
        found = self._score()
        if found[:2] > best[:2]:
            return found
        setattr(self, name, before)
        return best

    def _score(self) -> tuple[int, int, bool]:
        """How many handlers send something, how many calls are sent, whether that is all."""
        calls = self.run()
        self.asked = any(call.requests for call in calls)
        sent = [call for call in calls if call.sent]
        wanted = {call.handler for call in calls if call.outcome != "unsupported"}
        reached = {call.handler for call in sent}
        return len(reached), len(sent), wanted <= reached


def _telling(calls: list[Call]) -> list[str]:
    """The names that make a difference to a call."""
    usual = {call.handler: call.path() for call in calls if _name(call) == NAME}
    return list(
        dict.fromkeys(
            name
            for call in calls
            if (name := _name(call)) and call.path() != usual.get(call.handler, call.path())
        )
    )


def _name(call: Call) -> str | None:
    kind = str(part(call.event, ("type",)))
    found = part(call.event, (NAMED[kind],)) if kind in NAMED else None
    return found if isinstance(found, str) else None


def _note(own: dict[Path, str], path: Path) -> None:
    """Note a part that is missing; asked of a part that was put in, it tells its type."""
    *before, last = path
    above = tuple(before)
    if last in _NOT_PARTS or last.isdigit():
        return
    if above in own and last in _TYPES:
        own[above] = _TYPES[last]
        return
    if own.get(above) in {"new", "text"}:
        own[above] = "map"
    own.setdefault(path, "new")


def _value(path: Path, kind: str, who: str, names: list[str]) -> Json:
    """A value for a part, of its type; a text sounds like its name."""
    name = path[-1]
    match kind:
        case "new" | "map":
            return {}
        case "list":
            return [*names, NAME] if names else [_text(name, who)]
        case "number":
            return 417
        case "flag":
            return True
        case "url":
            return f"https://{who}.example.com"
    return _text(name, who)


def _text(name: str, who: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()).strip("-")
    if "mail" in plain:
        return f"{plain}.{who}@example.com"
    if re.search(r"url|uri|endpoint|webhook|avatar|link", plain):
        return f"https://{plain}.{who}.example.com"
    if re.search(r"host|domain", plain):
        return f"{plain}.{who}.example.com"
    if re.search(r"phone|mobile|whatsapp", plain):
        return "+15550194170"
    return f"{plain or 'value'}-{who}-4170"


# --- which calls make a difference ----------------------------------------------------


def _reactions(lab: Lab, guess: _Guess) -> tuple[list[Sample], list[Sample]]:
    """The samples that are sent, and the others: one for each way through the code."""
    starts = guess.samples()
    read = lab.run([sample.event() for sample in starts], reads=True)
    first = _ways(starts, [(call.path(), call.parts) for call in read], read)
    tries = [*starts, *_varied([sample for sample, _ in first], dict(first), lab.texts)]
    calls = lab.run([sample.event() for sample in tries[:_MOST_TRIES]], COMPLETE)
    sent: dict[str, list[Sample]] = {}
    quiet: dict[str, list[Sample]] = {}
    ways: list[object] = [(call.path(), call.parts) for call in read]
    ways += [(call.path(), None) for call in calls[len(read) :]]
    for sample, call in _ways(tries, ways, calls):
        own = (sent if call.sent else quiet).setdefault(sample.kind, [])
        if len(own) < (_MOST_SAMPLES if call.sent else _MOST_QUIET):
            own.append(sample)
    return list(chain(*sent.values())), list(chain(*quiet.values()))


def _ways(
    samples: list[Sample], ways: Iterable[object], calls: list[Call]
) -> list[tuple[Sample, Call]]:
    """The first sample of every way through the code."""
    found: dict[object, tuple[Sample, Call]] = {}
    for sample, way, call in zip(samples, ways, calls, strict=False):
        found.setdefault((sample.kind, way), (sample, call))
    return list(found.values())


def _varied(samples: list[Sample], calls: dict[Sample, Call], texts: list[str]) -> Iterator[Sample]:
    """Samples in which one text that is read is one that stands in the code."""
    for sample in samples:
        for path in calls[sample].read():
            value = part(calls[sample].event, path)
            if isinstance(value, str) and path[0] in _FILLED:
                yield from (sample.with_part(path, text) for text in texts if text != value)
