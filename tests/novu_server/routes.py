"""The endpoints: method and path, what they cost, who handles them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from novu_server.rate_limit import SINGLE
from novu_server.wire import HttpError, Reply, Request

if TYPE_CHECKING:
    from novu_server.environment import Environment
    from novu_server.novu import Novu


@dataclass(frozen=True)
class Call:
    """What a handler gets: `ids` are the decoded variable parts of the path."""

    novu: Novu
    environment: Environment
    request: Request
    ids: tuple[str, ...]
    body: Any
    fault: str | None


Handler = Callable[[Call], object]


@dataclass(frozen=True)
class Route:
    """One endpoint; `ok` is its status of success, `cost` in tokens of its category."""

    method: str
    pattern: str
    ok: int
    category: str
    cost: int
    handler: Handler

    def ids(self, request: Request) -> tuple[str, ...] | None:
        """The variable parts of a path of this endpoint, None for another."""
        mine, parts = self.pattern.split("/"), request.path.split("/")
        if request.method != self.method or len(mine) != len(parts):
            return None
        pairs = list(zip(mine, parts, strict=True))
        if any(part != name and (name[:1] != "{" or not part) for name, part in pairs):
            return None
        return tuple(unquote(part) for name, part in pairs if name.startswith("{"))

    def handle(self, call: Call) -> Reply:
        return Reply.of(self.ok, self.handler(call))


ROUTES: list[Route] = []


def route(
    method: str, pattern: str, ok: int, category: str = "configuration", cost: int = SINGLE
) -> Callable[[Handler], Handler]:
    """Register a handler; what it returns becomes the body."""

    def register(handler: Handler) -> Handler:
        ROUTES.append(Route(method, pattern, ok, category, cost, handler))
        return handler

    return register


def find(request: Request) -> tuple[Route, tuple[str, ...]]:
    """The endpoint and its ids; the router's own 404 where there is none."""
    for candidate in ROUTES:
        ids = candidate.ids(request)
        if ids is not None:
            return candidate, ids
    raise HttpError(404, f"Cannot {request.method} {request.path}", error="Not Found")
