"""Segment's delivery: at least once, in no order, retried for four hours.

What a function answers means what Segment's documentation says; how often Segment repeats and
reorders of itself is not documented and stands here as a parameter.
"""

from __future__ import annotations

import heapq
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random
from typing import Any, NamedTuple, Union

Event = dict[str, Any]

LIMIT = 5.0
WINDOW = 4 * 60 * 60.0
# With doubling, the ninth try comes after nearly four hours.
FIRST_WAIT = 56.0
GATHERING = 10.0
RETRIED_ERRORS = ("RetryError", "Timeout", "TooManyRequests")
RETRIED_STATUSES = (408, 410, 429, 460)
PERMANENT_STATUSES = (501, 505)
SHOWN = {
    "EventNotSupported": "Unsupported Event Type",
    "InvalidEventPayload": "Message Rejected",
    "ValidationError": "Message Rejected",
}


class Thrown(NamedTuple):
    """An error that left a handler; `Timeout` is what Segment calls one that it killed."""

    name: str
    message: str = ""


# What a handler did: it returned (None), it threw, or `onBatch` gave one status an event.
Result = Union[None, Thrown, list[dict[str, Any]]]
Deliver = Callable[[list[Event]], Result]


class Verdict(NamedTuple):
    """What becomes of one event: delivered, retry or discarded."""

    kind: str
    reason: str = ""


WAITING = Verdict("waiting", "not tried yet")


class Attempt(NamedTuple):
    """One delivery of one event: its place among all sent, how many came along with it."""

    at: float
    number: int
    together: int
    verdict: Verdict


class Dropped(NamedTuple):
    """An event that did not arrive, and why."""

    event: Event
    reason: str


@dataclass(frozen=True)
class Report:
    """The fate of every event in the order of sending; an event is in exactly one list.

    An event that was delivered once stays delivered, whatever its repetitions met.
    """

    delivered: list[Event]
    discarded: list[Dropped]
    undelivered: list[Dropped]
    attempts: list[Attempt]


@dataclass
class Clock:
    """Virtual seconds; call it to read it."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds

    def reach(self, moment: float) -> None:
        """Go forward to a moment; a moment that has passed changes nothing."""
        self.now = max(self.now, moment)


@dataclass(slots=True)
class Item:
    """An event on its way: its JSON text, the first try of this round, what became of it."""

    number: int
    text: str
    first: float | None = None
    tries: int = 0
    fate: Verdict = WAITING


@dataclass(frozen=True)
class Delivery:
    """What to deliver at a moment: one event to its handler, or some `together` to `onBatch`."""

    at: float
    items: list[Item]
    together: bool

    @property
    def texts(self) -> list[str]:
        return [item.text for item in self.items]


@dataclass
class Segment:
    """One destination: `deliver` gets a single event, or with `batch` up to so many.

    `deliver` may advance the clock; beyond five seconds its answer counts as a timeout. With
    `batch`, `fallback` is the single handler, which Segment calls instead for the share `alone`
    of the batches. `repeat` is the share of delivered events that come again, one second to a
    minute later; `reorder` how many seconds an event may be late. `run` delivers one after the
    other; without `deliver`, ask `take` what is due and `settle` how it ended, then many may be
    on their way at once.
    """

    deliver: Deliver | None
    clock: Clock
    batch: int | None = None
    fallback: Deliver | None = None
    alone: float = 0.1
    repeat: float = 0.02
    reorder: float = 5.0
    seed: int | str = 0
    attempts: list[Attempt] = field(default_factory=list)

    def __post_init__(self) -> None:
        assert self.batch is None or 1 <= self.batch <= 400, "Segment batches at most 400 events"
        self._random = Random(self.seed)
        self._items: list[Item] = []
        self._queue: list[tuple[float, int, Item]] = []
        self._parts: deque[Delivery] = deque()
        self._numbers = count()

    def send(self, *events: Event | str, at: float | None = None) -> None:
        """Let events happen at a moment, now by default; each is frozen as JSON text."""
        moment = self.clock() if at is None else at
        for event in events:
            text = event if isinstance(event, str) else json.dumps(event)
            item = Item(len(self._items), text)
            self._items.append(item)
            self._push(item, moment + self._random.uniform(0, self.reorder))

    def run(self, until: float = float("inf")) -> Report:
        """Deliver and retry until nothing is due any more; the fates so far."""
        while (delivery := self.take(until)) is not None:
            alone = self.fallback if self.batch is not None and not delivery.together else None
            deliver = alone or self.deliver
            assert deliver is not None
            delivery = replace(delivery, at=self.clock())
            result = deliver([json.loads(text) for text in delivery.texts])
            self.settle(delivery, result, self.clock() - delivery.at)
        return self.report()

    def take(self, until: float = float("inf")) -> Delivery | None:
        """What is due next, with the clock at its moment; None where nothing is."""
        if not self._parts and self._queue and self._queue[0][0] <= until:
            group = self._gather()
            together = self.batch is not None
            if together and (self.deliver is None or self.fallback is not None):
                together = self._random.random() >= self.alone
            parts = [group] if together else [[item] for item in group]
            self._parts.extend(Delivery(self.clock(), part, together) for part in parts)
        return self._parts.popleft() if self._parts else None

    def settle(self, delivery: Delivery, result: Result, took: float) -> None:
        """What became of a delivery after so many seconds; beyond five it was a timeout."""
        if took > LIMIT:
            result = Thrown("Timeout", f"no end within {LIMIT:g} s")
        size, together = len(delivery.items), delivery.together
        told = verdicts(result, size, together=together)
        for item, verdict in zip(delivery.items, told, strict=True):
            self.attempts.append(Attempt(delivery.at, item.number, size, verdict))
            self._settle(item, verdict, delivery.at, delivery.at + took)

    def report(self) -> Report:
        def of(*kinds: str) -> list[Dropped]:
            mine = [item for item in self._items if item.fate.kind in kinds]
            return [Dropped(json.loads(item.text), item.fate.reason) for item in mine]

        delivered = [event for event, _ in of("delivered")]
        return Report(delivered, of("discarded"), of("waiting", "retry", "expired"), self.attempts)

    def _push(self, item: Item, moment: float) -> None:
        heapq.heappush(self._queue, (moment, next(self._numbers), item))

    def _gather(self) -> list[Item]:
        """The next event alone, or what comes within ten seconds until the batch is full."""
        moment, _, item = heapq.heappop(self._queue)
        group, end = [item], moment
        if self.batch is not None:
            closing = moment + GATHERING
            while self._queue and self._queue[0][0] <= closing and len(group) < self.batch:
                end, _, item = heapq.heappop(self._queue)
                group.append(item)
            end = end if len(group) == self.batch else closing
        self.clock.reach(end)
        return group

    def _settle(self, item: Item, verdict: Verdict, start: float, end: float) -> None:
        first = item.first = start if item.first is None else item.first
        item.tries += 1
        if item.fate.kind != "delivered":
            item.fate = verdict
        if verdict.kind == "delivered" and self._random.random() < self.repeat:
            item.first, item.tries = None, 0
            self._push(item, end + self._random.uniform(1, 60))
        elif verdict.kind == "retry":
            self._retry(item, first, end)

    def _retry(self, item: Item, first: float, end: float) -> None:
        """Try again after a randomised, doubling wait; not beyond four hours."""
        wait = FIRST_WAIT * 2 ** (item.tries - 1) * self._random.uniform(0.5, 1.5)
        moment = end + wait
        if moment <= first + WINDOW:
            self._push(item, moment)
        elif item.fate.kind != "delivered":
            item.fate = Verdict("expired", item.fate.reason)


def verdicts(result: Result, size: int, *, together: bool) -> list[Verdict]:
    """What each of `size` events meets; a single handler's return value means nothing."""
    if isinstance(result, Thrown):
        return [thrown(result)] * size
    if result is None or not together:
        return [Verdict("delivered")] * size
    assert len(result) == size, f"onBatch answered {len(result)} statuses for {size} events"
    return [by_status(entry) for entry in result]


def thrown(error: Thrown) -> Verdict:
    text = f"{error.name}: {error.message}"
    if error.name in RETRIED_ERRORS:
        return Verdict("retry", text)
    return Verdict("discarded", f"{SHOWN.get(error.name, 'Bad Request')}: {text}")


def by_status(entry: dict[str, Any]) -> Verdict:
    """The verdict of one entry `{status, errormessage}` of what `onBatch` returned."""
    status = entry.get("status")
    assert type(status) is int, f"an entry of onBatch without a status: {entry}"
    assert entry.keys() <= {"status", "errormessage"}, f"unknown keys in an entry: {entry}"
    text = f"{status}: {entry.get('errormessage', '')}"
    if 200 <= status < 300:
        return Verdict("delivered")
    if status in RETRIED_STATUSES or (status >= 500 and status not in PERMANENT_STATUSES):
        return Verdict("retry", text)
    return Verdict("discarded", text)
