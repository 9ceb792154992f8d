"""What Novu keeps for one environment, that is for one secret key."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from novu_server.fields import CHANNELS_OF_ONE, PROFILE, SUBSCRIBER, check
from novu_server.wire import HttpError

if TYPE_CHECKING:
    from novu_server.rate_limit import Bucket

TOKENS_PER_CHANNEL = 100


class Notification(NamedTuple):
    """One delivery of a workflow to one subscriber."""

    workflow: str
    subscriber_id: str
    transaction_id: str
    payload: dict[str, Any]


class Loss(NamedTuple):
    """What the worker dropped in silence after a 201; no subscriber where the whole run went."""

    workflow: str
    subscriber_id: str | None
    transaction_id: str
    reason: str


@dataclass(frozen=True)
class Workflow:
    """A workflow; `status` is what its triggers answer, `delay` seconds a delay or digest step."""

    name: str
    status: str = "processed"
    schema: dict[str, Any] | None = None
    delay: float = 0.0


@dataclass
class Subscriber:
    """A subscriber: `fields` holds what was ever set, null as None, `data` included."""

    subscriber_id: str
    fields: dict[str, Any] = field(default_factory=dict)
    channels: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    online: bool = False

    @property
    def profile(self) -> dict[str, Any]:
        return {name: value for name, value in self.fields.items() if name != "data"}

    @property
    def data(self) -> dict[str, Any] | None:
        return self.fields.get("data")

    def shown(self) -> dict[str, Any]:
        return {
            "_id": f"id-{self.subscriber_id}",
            "subscriberId": self.subscriber_id,
            **self.fields,
        }

    def change(self, fields: dict[str, Any]) -> None:
        """Set what is named, null too; `data` as a whole."""
        self.fields |= {name: fields[name] for name in PROFILE if name in fields}


@dataclass
class Topic:
    """A topic: subscriptions are identifier -> subscriberId."""

    key: str
    name: str | None = None
    subscriptions: dict[str, str] = field(default_factory=dict)

    def members(self) -> list[str]:
        return list(dict.fromkeys(self.subscriptions.values()))


class Integration(NamedTuple):
    """An active integration of a chat or push provider."""

    provider_id: str
    identifier: str


@dataclass(slots=True)
class Job:
    """A stored job of the worker: pending, done or canceled."""

    stored_at: float
    state: str = "pending"


@dataclass
class Environment:
    """The state behind one key; tests may read and fill every part of it."""

    key: str
    workflows: dict[str, Workflow] = field(default_factory=dict)
    integrations: list[Integration] = field(default_factory=list)
    tenants: set[str] = field(default_factory=set)
    subscribers: dict[str, Subscriber] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    contexts: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    preferences: dict[tuple[str, str | None], dict[str, Any]] = field(default_factory=dict)
    notifications: list[Notification] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    jobs: dict[str, list[Job]] = field(default_factory=dict)
    accepted: dict[str, float] = field(default_factory=dict)
    buckets: dict[str, Bucket] = field(default_factory=dict)
    tokens: Counter[str] = field(default_factory=Counter)
    runs: int = 0

    def add(self, *workflows: Workflow) -> None:
        self.workflows |= {workflow.name: workflow for workflow in workflows}

    def upsert(self, fields: dict[str, Any]) -> bool:
        """Create or change the subscriber of these fields; whether it is new. 422 if invalid."""
        check(fields, SUBSCRIBER | {"channels": CHANNELS_OF_ONE})
        key = fields["subscriberId"]
        created = key not in self.subscribers
        self.subscribers.setdefault(key, Subscriber(key)).change(fields)
        for channel in fields.get("channels") or []:
            self.connect(key, channel, append=True)
        return created

    def subscriber(self, key: str) -> Subscriber:
        if key not in self.subscribers:
            raise HttpError(404, f"Subscriber: {key} was not found")
        return self.subscribers[key]

    def remove(self, key: str) -> None:
        """Forget a subscriber with preferences and topic subscriptions."""
        del self.subscribers[self.subscriber(key).subscriber_id]
        for place in [place for place in self.preferences if place[0] == key]:
            del self.preferences[place]
        for topic in self.topics.values():
            for identifier in [name for name, who in topic.subscriptions.items() if who == key]:
                del topic.subscriptions[identifier]

    def connect(self, key: str, channel: dict[str, Any], *, append: bool) -> None:
        """Set a channel's credentials; tokens are joined or replaced, and reset when absent."""
        if key not in self.subscribers:
            raise HttpError(400, f"SubscriberId: {key} not found")
        place = self._integration(channel)
        channels = self.subscribers[key].channels
        new = {name: value for name, value in channel["credentials"].items() if value is not None}
        old = channels.get(place)
        tokens = new.get("deviceTokens", [])
        if append and old and tokens:
            tokens = [*old.get("deviceTokens", []), *tokens]
        if len(unique := list(dict.fromkeys(tokens))) > TOKENS_PER_CHANNEL:
            raise HttpError(400, f"A channel takes at most {TOKENS_PER_CHANNEL} device tokens")
        if old is not None or "deviceTokens" in new:
            new["deviceTokens"] = unique
        channels[place] = (old or {}) | new

    def _integration(self, channel: dict[str, Any]) -> Integration:
        provider, wanted = channel["providerId"], channel.get("integrationIdentifier")
        for integration in reversed(self.integrations):
            if integration.provider_id == provider and wanted in (None, integration.identifier):
                return integration
        raise HttpError(400, f"Subscribers environment do not have active {provider} integration.")

    def lose(
        self, workflow: str, subscriber_id: str | None, transaction_id: str, reason: str
    ) -> None:
        self.losses.append(Loss(workflow, subscriber_id, transaction_id, reason))
