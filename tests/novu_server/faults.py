"""What can go wrong between a client and Novu, by name.

A fault is over before Novu does the work, comes after it, or stands instead of an answer.
What a client sees is a `fault` (with a status where the headers still came) or a plain answer.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from novu_server.wire import Reply, Request

if TYPE_CHECKING:
    from collections.abc import Callable

# Nothing is done; no answer comes.
BEFORE = {"refused": "refused", "dns": "dns", "tls": "tls", "reset": "reset", "hang": "hang"}
# All is done; no answer comes.
AFTER = {"reset-after": "reset", "hang-after": "hang"}
# All is done; status and headers come, the body breaks off or never ends.
CUT = {"truncated": "truncated", "endless": "hang-body"}
# The work is done wrongly or is denied by Novu itself.
INSIDE = ("500-after", "500-item")
ELSEWHERE = "https://elsewhere.example"


def bad_gateway(_: Request) -> Reply:
    html = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
    return Reply(502, html, {"content-type": "text/html"})


def too_many(request: Request) -> Reply:
    body = {"statusCode": 429, "path": request.path, "message": "API rate limit exceeded"}
    return Reply.json(429, body).with_headers({"retry-after": "2"})


def internal(request: Request) -> Reply:
    message = "Internal server error, contact support and provide them with the errorId"
    body = {"statusCode": 500, "path": request.path, "message": message, "errorId": "e-1"}
    return Reply.json(500, body)


def unavailable(_: Request) -> Reply:
    return Reply(503, json.dumps("Service Unavailable"), {"content-type": "application/json"})


def redirect(request: Request) -> Reply:
    return Reply(307, "", {"location": ELSEWHERE + request.path})


# Something before Novu's code answers; nothing is done.
INSTEAD: dict[str, Callable[[Request], Reply]] = {
    "html-502": bad_gateway,
    "429": too_many,
    "500": internal,
    "503": unavailable,
    "redirect": redirect,
}
FAULTS = (*BEFORE, *AFTER, *CUT, *INSIDE, *INSTEAD)


def spoil(fault: str | None, reply: Reply) -> dict[str, Any]:
    """What is left of a reply after its fault."""
    if fault in AFTER:
        return {"fault": AFTER[fault]}
    if fault in CUT:
        cut = reply.answer() | {"text": reply.text[: len(reply.text) // 2]}
        return cut | {"fault": CUT[fault], "whole": len(reply.text.encode())}
    return reply.answer()
