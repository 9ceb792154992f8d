"""What `onBatch` makes of several events at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import error
from generator.lint.events import OTHER_NAME, PEOPLE, Sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Report
    from generator.lint.lab import Lab
    from generator.model import Json

ONLY_BATCH = error(
    "F141",
    "only-batch",
    """There is `onBatch`, and no handler for single events.

    Below about one event a second Segment does not use `onBatch`: these events count as
    unsupported, and are lost. Declare the handlers of single events too.

    ```js
    async function onBatch(events, settings) {            // wrong: where is onTrack?
      return events.map(() => ({ status: 200 }));
    }
    ```

    ```js
    async function onTrack(event, settings) {}

    async function onBatch(events, settings) {
      return events.map(() => ({ status: 200 }));
    }
    ```
    """,
)
BATCH_RESULT = error(
    "F142",
    "batch-result",
    """What `onBatch` returns is no list with a status for each event.

    Segment reads `[{ status: 200 }, { status: 400, errormessage: "..." }]`, in the order of the
    events and as many. Whatever else is returned says nothing about any of them.

    ```js
    async function onTrack(event, settings) {}

    async function onBatch(events, settings) {
      const sent = events.filter((event) => event.type === "track");
      return sent.map(() => ({ status: 200 }));           // wrong: not as many
    }
    ```

    ```js
    async function onTrack(event, settings) {}

    async function onBatch(events, settings) {
      return events.map((event) =>
        event.type === "track"
          ? { status: 200 }
          : { status: 400, errormessage: "EventNotSupported: only track" },
      );
    }
    ```
    """,
)
BATCH_LOST = error(
    "F143",
    "batch-lost",
    """One event that cannot be delivered takes all others of its batch along.

    What `onBatch` throws counts for the whole batch: its good events are discarded too. Return
    a status for each event.

    ```js
    async function onTrack(event, settings) {
      if (!event.userId) throw new InvalidEventPayload("userId is missing");
    }

    async function onBatch(events, settings) {
      for (const event of events) await onTrack(event, settings);     // wrong: the first ends all
    }
    ```

    ```js
    async function onTrack(event, settings) {
      if (!event.userId) throw new InvalidEventPayload("userId is missing");
    }

    async function onBatch(events, settings) {
      const settled = await Promise.allSettled(events.map((event) => onTrack(event, settings)));
      return settled.map(({ reason }) => ({
        status: !reason ? 200 : reason.name === "RetryError" ? 500 : 400,
        errormessage: reason?.message,
      }));
    }
    ```
    """,
)

_LOST = {"bad-request", "rejected", "unsupported", "dropped"}


def check(lab: Lab, report: Report) -> None:
    """Run batches of good events, and of good ones with one that is not."""
    if "onBatch" not in lab.handlers:
        return
    span = lab.words.handler("onBatch")
    if lab.handlers == ("onBatch",):
        told = "there is no handler for single events, which Segment also calls"
        report.add(ONLY_BATCH, span, told, help="declare `onTrack` and the others, too")
    good = [each.event(who) for each in _good(lab) for who in PEOPLE[:2]]
    (call,) = lab.run(good, "a batch", batch=True)
    if call.error is not None and call.error[0] == "InvalidBatchResult":
        advice = "return `{ status, errormessage }` for each event, in their order"
        report.add(BATCH_RESULT, span, call.error[1], help=advice)
    if call.outcome != "delivered":
        return
    for told, bad in _bad(lab):
        (call,) = lab.run([*good, bad], "a batch", batch=True)
        if call.error is not None and call.error[0] == "InvalidBatchResult":
            advice = "return `{ status, errormessage }` for each event, in their order"
            report.add(BATCH_RESULT, span, f"{told}: {call.error[1]}", help=advice)
            return
        if call.outcome in _LOST:
            message = f"{told} in a batch takes the other events along: all are discarded"
            advice = "return a status for each event, and throw nothing"
            report.add(BATCH_LOST, span, message, help=advice)
            return


def _good(lab: Lab) -> list[Sample]:
    """Events that are sent on their own; else calls that are complete."""
    quiet = [sample for sample in lab.quiet if lab.run([sample.event()])[0].outcome == "delivered"]
    return lab.samples or quiet or [Sample("track")]


def _bad(lab: Lab) -> Iterator[tuple[str, Json]]:
    """Events that a function may well refuse."""
    sample = next(iter(_good(lab)))
    yield "an event without a userId", {**sample.event(), "userId": None}
    yield "an event that nobody maps", Sample("track").with_part(("event",), OTHER_NAME).event()
    yield "a call of another kind", Sample("alias").event()
    empty = {key: value for key, value in sample.event().items() if key not in _PARTS}
    yield "an event without traits or properties", empty


_PARTS = {"traits", "properties", "context"}
