"""The imitation of Novu: one class, called directly or served by `novu_server.server`."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, Literal

# The handlers register themselves as they are imported.
from novu_server import events, sdk, subscribers, topics  # noqa: F401
from novu_server.environment import Environment, Loss, Notification, Subscriber, Workflow
from novu_server.faults import BEFORE, FAULTS, INSTEAD, internal, spoil
from novu_server.idempotency import Replays
from novu_server.rate_limit import Bucket
from novu_server.routes import Call, Route, find
from novu_server.wire import HttpError, Reply, Request
from novu_server.worker import RETENTION, Worker

if TYPE_CHECKING:
    from collections.abc import Callable

REGIONS = ("https://api.novu.co", "https://eu.api.novu.co")


@dataclass
class Exchange:
    """One request and what came of it; `route` is None where none was reached."""

    request: Request
    fault: str | None
    answer: dict[str, Any] = field(default_factory=dict)
    route: str | None = None
    replayed: bool = False


@dataclass
class Novu:
    """One organisation at Novu: an environment a key, a worker, a clock in seconds.

    `tier` sets rates and retention; None is a server of one's own without limits. `dedupe` says
    how a known transactionId fares: dropped by the worker while jobs are stored ("stored") or
    only while they wait ("in-flight", a variant seen in the source), or refused with 400 ("http",
    servers of 2022). `faults` picks the fault of a request, None for none.
    An accepted request that Novu's SDK would not send raises, unless it is not `judged`.
    """

    clock: Callable[[], float] = time.monotonic
    keys: tuple[str, ...] = ("nv-key",)
    base_url: str = REGIONS[0]
    tier: str | None = "free"
    worker_delay: float = 0.5
    store_delay: float = 0.1
    dedupe: Literal["stored", "in-flight", "http"] = "stored"
    enforces_ids: bool = False
    idempotency: Literal["off", "on", "old"] = "off"
    quota: int | None = None
    judged: bool = True
    faults: Callable[[Request], str | None] = lambda _: None
    requests: list[Exchange] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.environments = {key: Environment(key) for key in self.keys}
        self.worker = Worker(
            self.worker_delay,
            self.store_delay,
            RETENTION.get(self.tier or "", float("inf")),
            self.dedupe == "in-flight",
        )
        self._replays = Replays(self.idempotency == "old")
        self._breaks: list[str] = []
        self._numbers = count(1)

    @property
    def environment(self) -> Environment:
        """The environment of the first key."""
        return self.environments[self.keys[0]]

    @property
    def subscribers(self) -> dict[str, Subscriber]:
        self.worker.work(self.clock())
        return self.environment.subscribers

    @property
    def notifications(self) -> list[Notification]:
        self.worker.work(self.clock())
        return self.environment.notifications

    @property
    def losses(self) -> list[Loss]:
        self.worker.work(self.clock())
        return self.environment.losses

    def add(self, *workflows: Workflow) -> None:
        """Make workflows known in every environment."""
        for environment in self.environments.values():
            environment.add(*workflows)

    def break_next(self, *faults: str) -> None:
        """Let the next requests meet these faults, in order, before `faults` is asked."""
        assert set(faults) <= set(FAULTS), f"known faults: {', '.join(FAULTS)}"
        self._breaks += faults

    def settle(self) -> None:
        """Let the worker finish whatever waits, delays included, without moving the clock."""
        self.worker.work(float("inf"))

    def new_id(self) -> str:
        return f"txn_{next(self._numbers):024d}"

    def answer(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Answer `{method, url, headers, body_text}` with `{status, headers, text}`.

        Or with `{fault}`, and for a body that breaks off with all four: the names of faults are
        refused, dns, tls, reset, hang, truncated and hang-body. Raises AssertionError for an
        accepted request that Novu's SDK would not send.
        """
        request = Request.read(raw, self.clock())
        self.worker.work(request.at)
        exchange = Exchange(request, self._fault(request))
        self.requests.append(exchange)
        exchange.answer = self._answer(exchange)
        return exchange.answer

    def _fault(self, request: Request) -> str | None:
        return self._breaks.pop(0) if self._breaks else self.faults(request)

    def _answer(self, exchange: Exchange) -> dict[str, Any]:
        request, fault = exchange.request, exchange.fault
        if request.origin not in (self.base_url, *REGIONS):
            return {"fault": "dns"}
        if fault in INSTEAD:
            return INSTEAD[fault](request).answer()
        if fault in BEFORE and fault != "hang":
            return {"fault": fault}
        reply = self._reply(exchange)
        return {"fault": "hang"} if reply is None or fault == "hang" else spoil(fault, reply)

    def _reply(self, exchange: Exchange) -> Reply | None:
        """The guards in Novu's order, then the handler; None where it hangs before its work."""
        request, headers = exchange.request, {}
        try:
            body = request.body()
            route, ids = find(request)
            exchange.route = f"{route.method} {route.pattern}"
            environment = self._authenticate(request)
            headers = self._pay(environment, route, request.at)
            self._check_quota(route)
            call = Call(self, environment, request, ids, body, exchange.fault)
            reply = self._once(exchange, lambda: self._work(route, call))
        except HttpError as error:
            headers |= error.headers
            reply = error.reply(request)
        return reply and reply.with_headers(headers)

    def _authenticate(self, request: Request) -> Environment:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme != "ApiKey" or request.origin != self.base_url or key not in self.environments:
            raise HttpError(401, "Unauthorized")
        return self.environments[key]

    def _pay(self, environment: Environment, route: Route, now: float) -> dict[str, str]:
        headers: dict[str, str] = {}
        if self.tier is not None:
            new = Bucket(self.tier, route.category)
            verdict = environment.buckets.setdefault(route.category, new).take(now, route.cost)
            headers = verdict.headers
            if not verdict.allowed:
                error = HttpError(429, "API rate limit exceeded")
                error.headers = headers
                raise error
        environment.tokens[route.category] += route.cost
        return headers

    def _check_quota(self, route: Route) -> None:
        runs = sum(environment.runs for environment in self.environments.values())
        if self.quota is not None and runs >= self.quota and route.category == "trigger":
            raise HttpError(402, "The workflow runs of this billing period are used up")

    def _once(self, exchange: Exchange, work: Callable[[], Reply | None]) -> Reply | None:
        if self.idempotency == "off":
            return work()
        reply = self._replays.answer(exchange.request, work)
        exchange.replayed = reply is not None and "idempotency-replay" in reply.headers
        return reply

    def _work(self, route: Route, call: Call) -> Reply | None:
        """Run the handler and, where it accepts, let the SDK judge the request."""
        if call.fault == "hang":
            return None
        try:
            reply = route.handle(call)
        except HttpError as error:
            return error.reply(call.request)
        if self.judged:
            sdk.check(route.method, route.pattern, call.request.text)
        return internal(call.request) if call.fault == "500-after" else reply
