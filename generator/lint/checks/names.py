"""What a function makes of the names of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import Note, error, warning
from generator.lint.events import NAMED, OTHER_NAME, Sample

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.lint.calls import Call
    from generator.lint.lab import Lab

EVENT_RENAMED = error(
    "F151",
    "event-renamed",
    """The function gives every event the same name: an assignment stands for a comparison.

    `if (event.event = "Order Completed")` is always true, so every event is sent as an order.

    ```js
    async function onTrack(event, settings) {
      if (event.event = "Order Completed") return;        // wrong: one = too few
      throw new EventNotSupported(event.event);
    }
    ```

    ```js
    async function onTrack(event, settings) {
      if (event.event === "Order Completed") return;
      throw new EventNotSupported(event.event);
    }
    ```
    """,
)
INHERITED_NAME = warning(
    "F152",
    "inherited-name",
    """An event with the name of something that every object has passes for a known one.

    `WORKFLOWS[event.event]` also finds `constructor` and `toString`, which nobody has put
    there. Everybody can send an event of that name. Ask with `Object.hasOwn`, or use a Map.

    ```js
    const PATHS = { "User Registered": "welcome" };

    async function onTrack(event, settings) {
      const path = PATHS[event.event];                    // wrong: finds `constructor`
      if (!path) throw new EventNotSupported(event.event);
      await fetch("https://api.example.com/send", { timeout: 4000 }).catch(() => {
        throw new RetryError("no answer");
      });
    }
    ```

    ```js
    const PATHS = new Map([["User Registered", "welcome"]]);

    async function onTrack(event, settings) {
      const path = PATHS.get(event.event);
      if (!path) throw new EventNotSupported(event.event);
      await fetch("https://api.example.com/send", { timeout: 4000 }).catch(() => {
        throw new RetryError("no answer");
      });
    }
    ```
    """,
)
UNMAPPED_AS_ERROR = warning(
    "F153",
    "unmapped-as-error",
    """An event that the function is not made for counts as an error.

    Segment shows any error but its own four as Bad Request. Where most of the traffic is other
    events, real failures drown in these. Throw EventNotSupported, or return.

    ```js
    async function onTrack(event, settings) {
      if (event.event !== "User Registered") throw new Error("unknown event");    // wrong
      await fetch("https://api.example.com/send", { timeout: 4000 }).catch(() => {
        throw new RetryError("no answer");
      });
    }
    ```

    ```js
    async function onTrack(event, settings) {
      if (event.event !== "User Registered") throw new EventNotSupported("unknown event");
      await fetch("https://api.example.com/send", { timeout: 4000 }).catch(() => {
        throw new RetryError("no answer");
      });
    }
    ```
    """,
)

_INHERITED = ("constructor", "toString", "hasOwnProperty", "__proto__")
_ERRORS = ("Error", "TypeError")


def check(lab: Lab, report: Report) -> None:
    """Run every kind of call that has a name with names that nobody maps."""
    for kind, part in NAMED.items():
        if f"on{kind.title()}" in lab.handlers:
            base = next((each for each in lab.samples if each.kind == kind), Sample(kind))
            names = [f"{OTHER_NAME} {number}" for number in (1, 2)] + list(_INHERITED)
            events = [base.with_part((part,), name).event() for name in names]
            calls = lab.run(events, "an event that nobody maps")
            _renamed(lab, report, calls, kind)
            _unmapped(lab, report, calls, kind)


def _renamed(lab: Lab, report: Report, calls: list[Call], kind: str) -> None:
    """Two names that became one that neither of them was."""
    first, second = (call.seen["name"] for call in calls[:2])
    if kind == "track" and first is not None and first == second:
        report.add(
            EVENT_RENAMED,
            lab.words.compared("event", first) or lab.place(calls[0], ()),
            f'every event becomes "{first}"',
            help="compare with `===`",
        )


def _unmapped(lab: Lab, report: Report, calls: list[Call], kind: str) -> None:
    """What becomes of names that are not known, against those that are."""
    known = any(sample.kind == kind for sample in lab.samples)
    unknown, inherited = calls[:2], calls[2:]
    for call in unknown:
        if known and call.outcome == "bad-request" and call.error and call.error[0] in _ERRORS:
            report.add(
                UNMAPPED_AS_ERROR,
                lab.place(call, call.threw),
                "an event that is not mapped counts as an error, as Bad Request",
                help="throw EventNotSupported, or return",
            )
    if any(call.requests for call in unknown):
        return
    for call, name in zip(inherited, _INHERITED, strict=True):
        if call.requests and name not in lab.texts:
            report.add(
                INHERITED_NAME,
                lab.place(call, call.requests[0].frames),
                f'an event named "{name}" is sent, though no other unknown event is',
                notes=[Note("every object has a property of this name")],
                help="ask with `Object.hasOwn(names, event.event)`, or use a Map",
            )
            return
