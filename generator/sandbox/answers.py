"""What stands in for the network: rules that answer `fetch`, in the form that V8 takes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model import Json

FAULTS = ("refused", "reset", "dns", "tls", "hang", "truncated", "hang-body")
LATENCY = 300.0
_UNITS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d)")


class Answer(TypedDict):
    """An answer, all of it decided; `latency` is milliseconds."""

    status: int
    text: str
    headers: dict[str, str]
    latency: float
    fault: str | None


class Rule(Answer):
    """An answer and the requests that get it; `url` is a regular expression."""

    method: str | None
    url: str | None
    times: int | None


def milliseconds(value: float | str) -> float | None:
    """A duration: a number is milliseconds, a text has a unit; None for anything else."""
    if isinstance(value, (int, float)):
        return float(value) if value >= 0 else None
    found = _DURATION.fullmatch(value)
    return None if found is None else float(found[1]) * _UNITS[found[2]]


def rule(told: Mapping[str, Any]) -> Rule:
    """A rule of a fixture file or of `--responses`, whose shape was checked."""
    method, url = told.get("method"), told.get("url")
    return {
        **answer(told),
        "method": None if method is None else str(method).upper(),
        "url": None if url is None else _glob(str(url)),
        "times": told.get("times"),
    }


def answer(told: Mapping[str, Any]) -> Answer:
    """An answer with what it leaves out: status 200, 300 ms, an empty body."""
    headers = {str(name).lower(): str(value) for name, value in told.get("headers", {}).items()}
    text, kind = _body(told)
    if kind is not None:
        headers.setdefault("content-type", kind)
    latency = milliseconds(told.get("latency", LATENCY))
    return {
        "status": told.get("status", 200),
        "text": text,
        "headers": headers,
        "latency": LATENCY if latency is None else latency,
        "fault": told.get("fault"),
    }


def _body(told: Mapping[str, Any]) -> tuple[str, str | None]:
    """The body and its type; `json` comes before `text`."""
    if "json" in told:
        value: Json = told["json"]
        return json.dumps(value, separators=(",", ":")), "application/json"
    if "text" in told:
        return str(told["text"]), "text/plain"
    return "", None


def _glob(text: str) -> str:
    """The pattern of a glob over the whole URL: `*` any text, `?` one character."""
    parts = {"*": ".*", "?": "."}
    return f"^{''.join(parts.get(letter) or re.escape(letter) for letter in text)}$"
