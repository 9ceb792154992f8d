"""Novu's optional `Idempotency-Key`: one answer a key and organisation, for a day."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from novu_server.wire import HttpError, Reply, Request

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = 24 * 60 * 60.0
IN_PROGRESS = 5 * 60.0


@dataclass
class Entry:
    """What a key stands for: the body and the reply, None while the first call runs."""

    body: str
    expires: float
    reply: Reply | None = None


@dataclass
class Replays:
    """The answers by key; `old` surfaces every replayed error as a 500, as before August 2026."""

    old: bool
    entries: dict[str, Entry] = field(default_factory=dict)

    def answer(self, request: Request, work: Callable[[], Reply | None]) -> Reply | None:
        """Replay what the key stands for, or do the work; None where the work never ends."""
        key = request.headers.get("idempotency-key", "")
        if not key or request.method not in ("POST", "PATCH"):
            return work()
        if len(key) > 255:
            raise HttpError(400, "idempotencyKey has exceeded the maximum allowed length of 255")
        body = json.dumps(request.body())
        entry = self.entries.get(key)
        if entry is not None and request.at < entry.expires:
            return self._replay(key, entry, body)
        entry = self.entries[key] = Entry(body, request.at + IN_PROGRESS)
        entry.reply = work()
        if entry.reply is not None:
            entry.expires = request.at + DAY
            return entry.reply.with_headers({"idempotency-key": key})
        return None

    def _replay(self, key: str, entry: Entry, body: str) -> Reply:
        if entry.reply is None:
            error = HttpError(409, f'Request with key "{key}" is currently being processed.')
            error.headers = {"retry-after": "1", "idempotency-key": key}
            raise error
        if entry.body != body:
            raise HttpError(422, f'Request with key "{key}" is being reused for a different body')
        headers = {"idempotency-key": key, "idempotency-replay": "true"}
        reply = entry.reply.with_headers(headers)
        if reply.status >= 500 or (self.old and reply.status >= 400):
            return Reply(500, reply.text, reply.headers)
        return reply
