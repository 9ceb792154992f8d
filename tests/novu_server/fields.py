"""Novu's checks of request fields, after class-validator and validator.js."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import available_timezones

from novu_server.wire import HttpError

if TYPE_CHECKING:
    from collections.abc import Callable

CHANNELS = ("email", "sms", "in_app", "chat", "push")
PROVIDERS = frozenset(
    (
        *("slack", "novu-slack", "discord", "msteams", "webex-messaging", "mattermost", "ryver"),
        *("zulip", "grafana-on-call", "getstream", "rocket-chat", "whatsapp-business", "line"),
        *("chat-webhook", "telegram", "sendblue", "novu-web-chat", "fcm", "apns", "expo"),
        *("one-signal", "pushpad", "push-webhook", "pusher-beams", "appio"),
    )
)

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\uffff-]+"
_LABEL = r"[A-Za-z0-9\u00a1-\uffff]([A-Za-z0-9\u00a1-\uffff-]{0,61}[A-Za-z0-9\u00a1-\uffff])?"
_EMAIL = re.compile(rf"({_ATOM}(\.{_ATOM})*)@(({_LABEL}\.)+[A-Za-z\u00a1-\uffff]{{2,63}})")
_LOCALE = re.compile(
    r"[A-Za-z]{2,8}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|\d{3}))?([-_]([A-Za-z0-9]{5,8}|\d\w{3}))*"
)
_ID = re.compile(r"[a-zA-Z0-9_:.-]+|\S+@\S+\.\S+")
_CONTEXT_KEY = re.compile(r"[a-zA-Z0-9_-]{1,100}")


class Rule(NamedTuple):
    """What a field must be; null and absence pass unless it is required."""

    accepts: Callable[[Any], bool]
    message: str
    required: bool = False

    def must(self) -> Rule:
        return self._replace(required=True)


def is_email(value: object) -> bool:
    if not isinstance(value, str) or (match := _EMAIL.fullmatch(value)) is None:
        return False
    return len(match[1].encode()) <= 64 and len(match[3]) <= 254


def is_locale(value: object) -> bool:
    return isinstance(value, str) and _LOCALE.fullmatch(value) is not None


@cache
def _zones() -> frozenset[str]:
    return frozenset(zone.lower() for zone in available_timezones())


def is_timezone(value: object) -> bool:
    return isinstance(value, str) and value.lower() in _zones()


def is_id(value: object) -> bool:
    """Whether Novu's Cloud takes it as an id once it enforces the pattern."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def is_context(value: object) -> bool:
    """At most five of type -> id or {id, data}."""
    return (
        isinstance(value, dict)
        and len(value) <= 5
        and all(_is_context_item(*item) for item in value.items())
    )


def _is_context_item(kind: str, value: object) -> bool:
    item = value if isinstance(value, dict) else {"id": value}
    return is_context_key(kind) and is_context_key(item.get("id")) and is_context_data(item)


def is_context_key(value: object) -> bool:
    return isinstance(value, str) and _CONTEXT_KEY.fullmatch(value) is not None


def is_context_data(item: dict[str, Any]) -> bool:
    data = item.get("data")
    return data is None or (isinstance(data, dict) and size(data) <= 64 * 1024)


def is_provider(value: object) -> bool:
    return isinstance(value, str) and value in PROVIDERS


def is_channels(value: object) -> bool:
    return isinstance(value, dict) and all(
        name in CHANNELS and isinstance(wanted, bool) for name, wanted in value.items()
    )


def size(value: object) -> int:
    """The bytes of a value as JSON."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode("utf-8", "surrogatepass"))


def length(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str | list) and least <= len(value) <= most


DEFINED = Rule(lambda _: True, "should not be null or undefined")
TEXT = Rule(lambda value: isinstance(value, str), "must be a string")
FILLED = Rule(lambda value: isinstance(value, str) and value != "", "should not be empty")
BOOLEAN = Rule(lambda value: isinstance(value, bool), "must be a boolean value")
OBJECT = Rule(lambda value: isinstance(value, dict), "must be an object")
CONTEXT = Rule(is_context, "must be a context of at most 5 keys")
CHANNEL_FLAGS = Rule(is_channels, "must be an object of channels and booleans")

PROFILE = {
    "firstName": TEXT,
    "lastName": TEXT,
    "email": Rule(is_email, "must be an email"),
    "phone": TEXT,
    "avatar": TEXT,
    "locale": Rule(is_locale, "must be locale"),
    "timezone": Rule(is_timezone, "must be a valid IANA time-zone"),
    "data": OBJECT,
}
SUBSCRIBER = {"subscriberId": FILLED.must()} | PROFILE
CREDENTIALS = {
    "webhookUrl": TEXT,
    "channel": TEXT,
    "deviceTokens": Rule(is_texts, "each value must be a string"),
    "alertUid": TEXT,
    "title": TEXT,
    "imageUrl": TEXT,
    "state": TEXT,
    "externalUrl": TEXT,
}
CHANNEL = {
    "providerId": Rule(is_provider, "must be a known provider", required=True),
    "integrationIdentifier": TEXT,
    "credentials": Rule(
        lambda value: not violations(value, CREDENTIALS), "must be credentials", required=True
    ),
}
CHANNELS_OF_ONE = Rule(
    lambda value: isinstance(value, list) and not any(violations(item, CHANNEL) for item in value),
    "must be channels with providerId and credentials",
)


def violations(body: object, rules: dict[str, Rule]) -> dict[str, Any]:
    """The fields that break their rules: name -> {messages, value}."""
    if not isinstance(body, dict):
        return {"general": {"messages": ["the body must be an object"]}}
    return {
        name: {"messages": [f"{name} {rule.message}"]}
        | ({"value": body[name]} if name in body else {})
        for name, rule in rules.items()
        if (rule.required if body.get(name) is None else not rule.accepts(body[name]))
    }


def check(body: object, rules: dict[str, Rule]) -> None:
    """Raise the 422 that names every bad field."""
    if found := violations(body, rules):
        raise HttpError(422, "Validation Error", errors=found)
