"""What one call leaves behind for the next: Segment's instances serve many of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import Note, error, warning
from generator.lint.events import PEOPLE, own_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.diagnostics import Report
    from generator.lint.calls import Call
    from generator.lint.lab import Lab
    from generator.model import Json

STATE_LEAKS = error(
    "F121",
    "state-leaks",
    """What belongs to one user, or to one instance's settings, ends up in the request of another.

    Segment keeps a function in memory and gives it call after call: what stands outside of the
    handlers lives on. A variable that is filled by the first event, and never again, sends its
    data for everybody. Keep everything that comes from an event or from the settings in
    variables of the handler.

    ```js
    let url = "https://api.example.com/welcome?user=";

    async function onIdentify(event, settings) {
      url += encodeURIComponent(event.userId || "");      // wrong: it grows with each user
      await fetch(url, { timeout: 4000 }).catch(() => {
        throw new RetryError("no answer");
      });
    }
    ```

    ```js
    const BASE = "https://api.example.com/welcome?user=";

    async function onIdentify(event, settings) {
      const url = BASE + encodeURIComponent(event.userId || "");
      await fetch(url, { timeout: 4000 }).catch(() => {
        throw new RetryError("no answer");
      });
    }
    ```
    """,
)
SETTINGS_IN_GLOBALS = warning(
    "F122",
    "settings-in-globals",
    """A variable outside of the handlers still holds a setting when the call is over.

    All instances of a function, each with settings of its own, can share one process; Segment's
    documentation says never to store settings in a global. Pass them along.

    ```js
    let region;

    async function onIdentify(event, settings) {
      region = settings.region;                           // wrong: it outlives the call
      if (!region) throw new ValidationError("the setting region is missing");
    }
    ```

    ```js
    async function onIdentify(event, settings) {
      const region = settings.region;
      if (!region) throw new ValidationError("the setting region is missing");
    }
    ```
    """,
)
ACCIDENTAL_GLOBAL = warning(
    "F123",
    "accidental-global",
    """A value is assigned to a name that is declared nowhere, so it becomes a global.

    It lives on after the call, and calls that run at the same time overwrite it for each other.

    ```js
    async function onTrack(event, settings) {
      total = Number(event.properties?.total);            // wrong: not declared
      if (total > 100) throw new EventNotSupported("too large");
    }
    ```

    ```js
    async function onTrack(event, settings) {
      const total = Number(event.properties?.total);
      if (total > 100) throw new EventNotSupported("too large");
    }
    ```
    """,
)
CACHE_IN_SECONDS = warning(
    "F124",
    "cache-in-seconds",
    """Something is cached for less than a second: the time was meant in seconds.

    `cache.load(key, ttl, make)` takes milliseconds. `cache.load("token", 60, ...)` asks for a
    new token with nearly every event, and runs into the rate limit.

    ```js
    async function onTrack(event, settings) {
      await cache.load("token", 60, async () => "token");           // wrong: 60 ms
    }
    ```

    ```js
    async function onTrack(event, settings) {
      await cache.load("token", 60 * 1000, async () => "token");
    }
    ```
    """,
)

_SECOND = 1000
_LONG = 6  # a shorter text can stand anywhere


def check(lab: Lab, report: Report) -> None:
    """Run users and settings one after the other, in one context."""
    _users(lab, report)
    _settings(lab, report)
    _globals(lab, report)
    for call, _ in lab.calls:
        for life, frames in call.seen["lives"]:
            if isinstance(life, (int, float)) and 0 < life < _SECOND and frames:
                report.add(
                    CACHE_IN_SECONDS,
                    lab.words.at(*frames[0][:2]),
                    f"this is kept for {life:g} milliseconds",
                    help=f"write {life:g} * 1000 if seconds are meant",
                )


def _users(lab: Lab, report: Report) -> None:
    """The second user behind the first and behind a third: it must make no difference."""
    samples = [*lab.samples, *lab.quiet]
    first, second, third = ([each.event(who) for each in samples] for who in PEOPLE)
    number = len(first)
    behind_first = lab.run([*first, *second], fresh=True)[number:]
    behind_third = lab.run([*third, *second], fresh=True)[number:]
    for sample, call, other in zip(samples, behind_first, behind_third, strict=True):
        known = own_texts(sample, PEOPLE[0])
        _report_leak(lab, report, call, other, known, "the user of the call before")


def _settings(lab: Lab, report: Report) -> None:
    """The same for settings: those of another instance must make no difference."""
    made = dict(lab.bench.settings)
    changing = [name for name, value in made.items() if _changes(lab, name, value)]
    events = [sample.event() for sample in [*lab.samples, *lab.quiet]]
    if not changing:
        return
    number = len(events)
    mine, yours = _other(made, changing, "one"), _other(made, changing, "two")
    places = range(number, 2 * number)
    kept = [str(made[name]) for name in changing]
    behind_mine = lab.run([*events, *events], others=dict.fromkeys(places, mine), kept=tuple(kept))
    _report_kept(lab, report, behind_mine, changing)
    others = dict.fromkeys(range(number), yours) | dict.fromkeys(places, mine)
    behind_yours = lab.run([*events, *events], others=others)
    known = {str(made[name]): f"settings.{name}" for name in changing}
    for call, other in zip(behind_mine[number:], behind_yours[number:], strict=True):
        _report_leak(lab, report, call, other, known, "the settings of the call before")


def _changes(lab: Lab, name: str, value: Json) -> bool:
    """Whether a setting may be varied: a text of ours, or a long secret of the user's."""
    return (
        isinstance(value, str)
        and (name not in lab.given or value in lab.secret())
        and len(value) >= _LONG
    )


def _other(settings: Mapping[str, Json], changing: list[str], word: str) -> dict[str, Json]:
    """Settings of another instance: of the same kind, with other values."""
    return {
        name: _varied(str(value), word) if name in changing else value
        for name, value in settings.items()
    }


def _varied(value: str, word: str) -> str:
    if value.startswith("https://"):
        return value.replace("https://", f"https://{word}-", 1)
    middle = len(value) // 2
    return f"{value[:middle]}{word}{value[middle:]}"


def _report_leak(  # noqa: PLR0913, PLR0917 - two calls, and words about them
    lab: Lab, report: Report, call: Call, other: Call, known: Mapping[str, str], whose: str
) -> None:
    """Report the first request that depends on what came before."""
    for mine, theirs in zip(call.requests, other.requests, strict=False):
        if mine.sent() != theirs.sent():
            found = [path for text, path in known.items() if text in mine.whole()]
            told = f"`{found[0]}` of" if found else "something of"
            report.add(
                STATE_LEAKS,
                lab.place(call, mine.frames),
                f"this request depends on {whose}",
                notes=[Note(f"it holds {told} {whose}")] if found else [],
                help="keep in variables of the handler what comes from an event or from settings",
            )
            return


def _report_kept(lab: Lab, report: Report, calls: list[Call], names: list[str]) -> None:
    """Report variables that hold a setting behind the call."""
    for call in calls:
        for variable, held in call.seen["keeping"]:
            report.add(
                SETTINGS_IN_GLOBALS,
                lab.words.assigned(variable),
                f"`{variable}` still holds `settings.{names[held]}` when the call is over",
                help="pass settings along as arguments",
            )


def _globals(lab: Lab, report: Report) -> None:
    """Run once more with a trap at every name that was added to the globals."""
    added = sorted({name for call, _ in lab.calls for name in call.seen["added"]})
    if not added:
        return
    events = [sample.event() for sample in [*lab.samples, *lab.quiet]]
    placed = {}
    for call in lab.run(events, assigned=tuple(added)):
        placed.update(call.seen["placed"])
    for name in added:
        frames = placed.get(name)
        report.add(
            ACCIDENTAL_GLOBAL,
            lab.words.at(*frames[0][:2]) if frames else lab.words.assigned(name),
            f"`{name}` is declared nowhere, so it becomes a global that all calls share",
            help=f"declare it: `const {name} = ...`, or `let {name}`",
        )
