"""A Novu on a virtual clock and a short way to ask it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from novu_server import Integration, Novu, Workflow


class Clock:
    """Virtual seconds."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class Answer(NamedTuple):
    """What came back, its JSON parsed."""

    status: int
    body: Any
    headers: dict[str, str]
    raw: dict[str, Any]

    @property
    def data(self) -> Any:
        return self.body["data"]


class Client:
    """Asks one Novu; `novu.clock` is the clock here."""

    def __init__(self, **settings: Any) -> None:
        self.clock = Clock()
        self.novu = Novu(clock=self.clock, **settings)
        for environment in self.novu.environments.values():
            environment.integrations.append(Integration("fcm", "fcm-1"))
            environment.tenants.add("acme")
        self.novu.add(
            Workflow("welcome"),
            Workflow("asleep", status="trigger_not_active"),
            Workflow("stepless", status="no_workflow_steps_defined"),
            Workflow("inert", status="no_workflow_active_steps_defined"),
            Workflow("digest", delay=3600.0),
            Workflow("strict", schema={"type": "object", "required": ["orderId"]}),
        )

    def __call__(
        self,
        line: str,
        body: Any = None,
        key: str = "nv-key",
        base: str | None = None,
        **headers: str,
    ) -> Answer:
        """Send `line`, as "POST /v2/subscribers"; further headers by name, _ for -."""
        method, path = line.split(" ")
        raw = self.novu.answer(
            {
                "method": method,
                "url": (base or self.novu.base_url) + path,
                "headers": {"Authorization": f"ApiKey {key}", "Content-Type": "application/json"}
                | {name.replace("_", "-"): value for name, value in headers.items()},
                "body_text": body if isinstance(body, str) else body and json.dumps(body),
            }
        )
        try:
            parsed = json.loads(raw["text"])
        except (KeyError, ValueError):
            parsed = None
        return Answer(raw.get("status", 0), parsed, raw.get("headers", {}), raw)

    def trigger(self, to: Any = "u1", name: str = "welcome", **more: Any) -> Answer:
        return self("POST /v1/events/trigger", {"name": name, "to": to, "payload": {}, **more})

    def settle(self) -> list[tuple[str, str]]:
        """Who got which workflow, once the worker is done."""
        self.novu.settle()
        return [(note.workflow, note.subscriber_id) for note in self.novu.notifications]


@pytest.fixture
def client() -> Client:
    """A client of a server without rate limits."""
    return Client(tier=None)
