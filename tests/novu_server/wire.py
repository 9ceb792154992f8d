"""A request and an answer, as Novu's HTTP layer sees and shapes them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qsl, urlsplit

SMALL_BODY = 100 * 1024
LARGE_BODY = 26 * 1024 * 1024
LARGE_BODIES = ("/v1/events/",)


@dataclass(frozen=True)
class Request:
    """One HTTP request: header names in lower case, `at` in seconds of the clock."""

    at: float
    method: str
    url: str
    headers: dict[str, str]
    text: str

    @classmethod
    def read(cls, raw: dict[str, Any], at: float) -> Request:
        headers = {name.lower(): value for name, value in (raw.get("headers") or {}).items()}
        text = raw.get("body_text") or ""
        return cls(at, raw["method"].upper(), raw["url"], headers, text)

    @property
    def origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.url).query))

    def body(self) -> Any:
        """The JSON body; `{}` where the content type is another, as Express's parser has it."""
        limit = LARGE_BODY if self.path.startswith(LARGE_BODIES) else SMALL_BODY
        if len(self.text.encode("utf-8", "surrogatepass")) > limit:
            raise HttpError(413, "request entity too large")
        if "application/json" not in self.headers.get("content-type", "") or not self.text:
            return {}
        try:
            body = json.loads(self.text, parse_constant=_no_constant)
        except ValueError as error:
            raise HttpError(400, f"Unexpected token in JSON: {error}") from None
        if not isinstance(body, dict | list):
            raise HttpError(400, "Unexpected token in JSON: neither object nor array")
        return body


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


@dataclass(frozen=True)
class Reply:
    """A whole answer: status, headers and the JSON text (empty for 204)."""

    status: int
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, status: int, body: object) -> Reply:
        """Wrap the body as Novu does: in `data`, unless it has `data` and no id of its own."""
        if status == 204:
            return cls(status)
        wrapped = isinstance(body, dict) and "data" in body and "_id" not in body
        return cls.json(status, body if wrapped else {"data": body})

    @classmethod
    def json(cls, status: int, body: object) -> Reply:
        return cls(status, json.dumps(body), {"content-type": "application/json; charset=utf-8"})

    def with_headers(self, headers: dict[str, str]) -> Reply:
        return Reply(self.status, self.text, self.headers | headers)

    def answer(self) -> dict[str, Any]:
        return {"status": self.status, "headers": self.headers, "text": self.text}


class HttpError(Exception):
    """A refusal; `context` stands flat in the body and again under `ctx`, as in Novu's filter."""

    def __init__(self, status: int, message: str, **context: Any) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.context = context
        self.headers: dict[str, str] = {}

    def reply(self, request: Request) -> Reply:
        body = {
            **self.context,
            "statusCode": self.status,
            "timestamp": datetime.fromtimestamp(request.at, timezone.utc).isoformat(),
            "path": request.path,
            "message": self.message,
        }
        if self.context:
            body["ctx"] = self.context
        return Reply.json(self.status, body).with_headers(self.headers)
