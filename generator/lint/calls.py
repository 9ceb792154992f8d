"""Calls of a function that is watched: what came of them, and where in its code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.lint.events import Path, part

WRITES = ("POST", "PUT", "PATCH", "DELETE")


class Frame(NamedTuple):
    """A place in the function; the first of several is the innermost."""

    line: int
    column: int
    function: str | None


Frames = tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A request and where it was made; one that follows a redirect stands where that does."""

    method: str
    url: str
    headers: dict[str, str]
    text: str | None
    status: int | None
    frames: Frames
    answered: bool

    @property
    def writes(self) -> bool:
        """Whether it changes something, by its method."""
        return self.method in WRITES

    def sent(self) -> tuple[str, str, tuple[tuple[str, str], ...], str | None]:
        """All that the other side sees."""
        return self.method, self.url, tuple(sorted(self.headers.items())), self.text

    def whole(self) -> str:
        """The same in one text."""
        headers = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{self.method} {self.url}\n{headers}\n\n{self.text or ''}"


@dataclass(frozen=True, slots=True)
class Call:
    """A call and what came of it.

    `parts` are the paths of the event that were read, `settings` those of the settings, each
    with whether it was there.
    """

    event: Any
    handler: str | None
    outcome: str
    error: tuple[str, str] | None
    threw: Frames
    requests: tuple[Request, ...]
    logs: tuple[tuple[str, Frames], ...]
    parts: tuple[tuple[Path, bool], ...]
    settings: tuple[tuple[Path, bool], ...]
    seen: dict[str, Any]

    @classmethod
    def of(
        cls,
        event: Any,  # noqa: ANN401 - JSON
        result: dict[str, Any],
    ) -> Call:
        """The call that a result of the sandbox tells of."""
        seen = result.get("seen", {})
        error = result["error"]
        return cls(
            event=event,
            handler=result["handler"],
            outcome=result["outcome"],
            error=None if error is None else (error["name"], error["message"]),
            threw=_frames(seen.get("threw", [])),
            requests=_requests(result["requests"], seen),
            logs=tuple(
                (log["text"], _frames(frames))
                for log, frames in zip(result["logs"], seen.get("logs", []), strict=False)
            ),
            parts=_paths(seen.get("event", [])),
            settings=_paths(seen.get("settings", [])),
            seen=seen,
        )

    @property
    def sent(self) -> bool:
        """Whether it was delivered, with a request at least."""
        return self.outcome == "delivered" and bool(self.requests)

    @property
    def origin(self) -> Frames:
        """Where its error was made; an error of fetch's own belongs to the request."""
        if self.error is not None and self.error[0] == "FetchError" and not self.threw:
            return self.requests[-1].frames if self.requests else ()
        return self.threw

    def path(self) -> tuple[object, ...]:
        """The way that it took through the code, so far as that can be seen."""
        return (
            self.outcome,
            self.error and self.error[0],
            self.threw,
            tuple((request.method, request.frames) for request in self.requests),
            tuple(frames for _, frames in self.logs),
        )

    def read(self) -> list[Path]:
        """The paths of the event that were read and are there."""
        return [path for path, there in self.parts if there and part(self.event, path) is not None]


def _frames(told: list[list[Any]]) -> Frames:
    return tuple(Frame(*frame) for frame in told)


def _paths(told: list[list[Any]]) -> tuple[tuple[Path, bool], ...]:
    return tuple((tuple(path), there) for path, there in told)


def _requests(told: list[dict[str, Any]], seen: dict[str, Any]) -> tuple[Request, ...]:
    found: list[Request] = []
    frames: Frames = ()
    for place, request in enumerate(told):
        here = seen.get("requests", [])
        frames = (_frames(here[place]) if place < len(here) else ()) or frames
        response = request["response"]
        found.append(
            Request(
                request["method"],
                request["url"],
                request["headers"],
                request["body_text"],
                None if response is None else response.get("status"),
                frames,
                response is not None,
            )
        )
    return tuple(found)


def host(url: str) -> str:
    """The host of a URL."""
    found = re.match(r"\w+://(?:[^/@?#]*@)?([^/:?#]*)", url)
    return found[1].lower() if found else ""
