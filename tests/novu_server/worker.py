"""Novu's worker: what happens a moment after the 201."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from novu_server.environment import Environment, Job, Notification, Workflow
from novu_server.wire import HttpError

if TYPE_CHECKING:
    from collections.abc import Iterator

Task = Callable[[float], None]
NOT_UNIQUE = (
    "transactionId property is not unique, "
    "please make sure all triggers have a unique transactionId"
)
RETENTION = {"free": 86400.0, "pro": 7 * 86400.0, "team": 90 * 86400.0, "enterprise": 90 * 86400.0}


@dataclass(frozen=True)
class Run:
    """One accepted trigger; without `to` it is a broadcast."""

    environment: Environment
    workflow: Workflow
    transaction_id: str
    payload: dict[str, Any]
    to: Any = None
    actor: Any = None
    context: dict[str, Any] = field(default_factory=dict)

    def lose(self, subscriber_id: str | None, reason: str) -> None:
        self.environment.lose(self.workflow.name, subscriber_id, self.transaction_id, reason)


@dataclass
class Worker:
    """Tasks by their time; `delay` after the 201 a run is checked, `store` later its jobs exist.

    Between the two a second trigger with the same transactionId passes, as at Novu.
    """

    delay: float
    store: float
    retention: float
    only_in_flight: bool
    _tasks: list[tuple[float, int, Task]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    def at(self, time: float, task: Task) -> None:
        heapq.heappush(self._tasks, (time, next(self._numbers), task))

    def work(self, until: float) -> None:
        """Do everything that is due by then."""
        while self._tasks and self._tasks[0][0] <= until:
            time, _, task = heapq.heappop(self._tasks)
            task(time)

    def accept(self, run: Run, now: float) -> None:
        self.at(now + self.delay, lambda at: self._start(run, at))

    def knows(self, environment: Environment, transaction_id: str, now: float) -> bool:
        """Whether jobs with this id are still stored (or, so configured, still in flight)."""
        return any(
            now - job.stored_at < self.retention
            and (job.state == "pending" or not self.only_in_flight)
            for job in environment.jobs.get(transaction_id, ())
        )

    def _start(self, run: Run, now: float) -> None:
        if self.knows(run.environment, run.transaction_id, now):
            run.lose(None, NOT_UNIQUE)
            return
        try:
            self._remember_context(run)
            recipients = self._recipients(run, self._actor(run))
        except HttpError as error:
            run.lose(None, reason(error))
            return
        self.at(now + self.store, lambda at: self._store(run, recipients, at))

    @staticmethod
    def _remember_context(run: Run) -> None:
        for kind, value in run.context.items():
            item = value if isinstance(value, dict) else {"id": value}
            known = run.environment.contexts.setdefault((kind, item["id"]), {})
            if item.get("data") is not None:
                known.clear()
                known.update(item["data"])

    @staticmethod
    def _actor(run: Run) -> str | None:
        if not run.actor:
            return None
        actor = as_subscriber(run.actor)
        # Novu's worker forgets the time zone of an actor.
        run.environment.upsert({k: v for k, v in actor.items() if k != "timezone"})
        return str(actor["subscriberId"])

    @staticmethod
    def _recipients(run: Run, actor: str | None) -> list[dict[str, Any]]:
        known = run.environment.subscribers
        if run.to is None:
            return [{"subscriberId": key} for key in known]
        items = run.to if isinstance(run.to, list) else [run.to]
        singles: dict[str, dict[str, Any]] = {}
        for single in (as_subscriber(item) for item in items if not is_topic(item)):
            singles.setdefault(single["subscriberId"], single)
        members = {
            key: {"subscriberId": key}
            for item in items
            if is_topic(item)
            for key in topic_members(run, item, actor)
        }
        return list((members | singles).values())

    def _store(self, run: Run, recipients: list[dict[str, Any]], now: float) -> None:
        run.environment.runs += len(recipients)
        for recipient in recipients:
            self._store_one(run, recipient, now)

    def _store_one(self, run: Run, recipient: dict[str, Any], now: float) -> None:
        try:
            run.environment.upsert(recipient)
        except HttpError as error:
            run.lose(recipient["subscriberId"], reason(error))
        else:
            self._schedule(run, recipient["subscriberId"], now)

    def _schedule(self, run: Run, subscriber_id: str, now: float) -> None:
        job = Job(now)
        run.environment.jobs.setdefault(run.transaction_id, []).append(job)

        def deliver(_: float) -> None:
            if job.state == "pending":
                job.state = "done"
                note = (run.workflow.name, subscriber_id, run.transaction_id, run.payload)
                run.environment.notifications.append(Notification(*note))

        self.at(now + run.workflow.delay, deliver)


def is_topic(item: object) -> bool:
    return isinstance(item, dict) and item.get("type") == "Topic"


def as_subscriber(item: object) -> dict[str, Any]:
    fields = item if isinstance(item, dict) else {"subscriberId": item}
    if not isinstance(fields.get("subscriberId"), str):
        raise HttpError(400, "subscriberId under property to is not configured")
    return fields


def topic_members(run: Run, item: dict[str, Any], actor: str | None) -> Iterator[str]:
    """The members of a topic but for the excluded ones and the actor; unknown topics have none."""
    topic = run.environment.topics.get(item.get("topicKey", ""))
    if topic is None:
        run.lose(None, f"topic {item.get('topicKey')} not found")
        return
    yield from (who for who in topic.members() if who not in (*(item.get("exclude") or ()), actor))


def reason(error: HttpError) -> str:
    return ", ".join(error.context.get("errors", ())) or error.message
