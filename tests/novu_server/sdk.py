"""The second opinion: Novu's own SDK reads every request that this server accepted.

Its models drop unknown keys without a word, so a request passes only when what a model wrote
back is the same JSON.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from novu_py import models
from pydantic import ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator

# The request model of each endpoint; None where a body has no place.
MODELS = {
    ("POST", "/v1/events/trigger"): models.TriggerEventRequestDto,
    ("POST", "/v1/events/trigger/bulk"): models.BulkTriggerEventDto,
    ("POST", "/v1/events/trigger/broadcast"): models.TriggerEventToAllRequestDto,
    ("DELETE", "/v1/events/trigger/{transactionId}"): None,
    ("POST", "/v2/subscribers"): models.CreateSubscriberRequestDto,
    ("GET", "/v2/subscribers/{subscriberId}"): None,
    ("PATCH", "/v2/subscribers/{subscriberId}"): models.PatchSubscriberRequestDto,
    ("DELETE", "/v2/subscribers/{subscriberId}"): None,
    ("POST", "/v1/subscribers/bulk"): models.BulkSubscriberCreateDto,
    (
        "PUT",
        "/v1/subscribers/{subscriberId}/credentials",
    ): models.UpdateSubscriberChannelRequestDto,
    (
        "PATCH",
        "/v1/subscribers/{subscriberId}/credentials",
    ): models.UpdateSubscriberChannelRequestDto,
    ("DELETE", "/v1/subscribers/{subscriberId}/credentials/{providerId}"): None,
    (
        "PATCH",
        "/v1/subscribers/{subscriberId}/online-status",
    ): models.UpdateSubscriberOnlineFlagRequestDto,
    (
        "PATCH",
        "/v2/subscribers/{subscriberId}/preferences",
    ): models.PatchSubscriberPreferencesDto,
    (
        "PATCH",
        "/v2/subscribers/{subscriberId}/preferences/bulk",
    ): models.BulkUpdateSubscriberPreferencesDto,
    ("POST", "/v2/topics"): models.CreateUpdateTopicRequestDto,
    ("PATCH", "/v2/topics/{topicKey}"): models.UpdateTopicRequestDto,
    ("DELETE", "/v2/topics/{topicKey}"): None,
    ("POST", "/v2/topics/{topicKey}/subscriptions"): models.CreateTopicSubscriptionsRequestDto,
    ("DELETE", "/v2/topics/{topicKey}/subscriptions"): models.DeleteTopicSubscriptionsRequestDto,
    ("POST", "/v2/contexts"): models.CreateContextRequestDto,
    ("PATCH", "/v2/contexts/{type}/{id}"): models.UpdateContextRequestDto,
    ("DELETE", "/v2/contexts/{type}/{id}"): None,
}
RECIPIENTS = 100


@lru_cache(maxsize=10_000)  # a retry sends the same bytes
def check(method: str, pattern: str, text: str) -> None:
    """Raise AssertionError where Novu's SDK would not have sent this body to this endpoint."""
    model = MODELS[method, pattern]
    if model is None:
        assert text == "", f"{method} {pattern}: a body, where Novu reads none: {text[:200]}"
        return
    sent = json.loads(text)
    try:
        again = model.model_validate(sent).model_dump(
            mode="json", by_alias=True, exclude_unset=True
        )
    except ValidationError as error:
        raise AssertionError(f"{method} {pattern}: Novu's SDK refuses the body: {error}") from None
    found = [*crowds(sent)]
    if json.dumps(again, sort_keys=True) != json.dumps(sent, sort_keys=True):
        found += differences(known(sent), known(again))
    assert not found, f"{method} {pattern}: Novu's SDK does not know this body: " + "; ".join(found)


def differences(sent: Any, again: Any, place: str = "$") -> Iterator[str]:
    """Where two JSON values differ; 1, 1.0 and true are three different things."""
    if isinstance(sent, dict) and isinstance(again, dict):
        for name in sorted(sent.keys() | again.keys()):
            yield from _member(name, sent, again, place)
    elif isinstance(sent, list) and isinstance(again, list) and len(sent) == len(again):
        for index, pair in enumerate(zip(sent, again, strict=True)):
            yield from differences(*pair, f"{place}[{index}]")
    elif (type(sent), sent) != (type(again), again):
        yield f"{place}: sent {_short(sent)}, the SDK writes {_short(again)}"


def _member(name: str, sent: Any, again: Any, place: str) -> Iterator[str]:
    if name not in again:
        yield f"{place}.{name}: sent {_short(sent[name])}, the SDK has no such field or value"
    elif name not in sent:
        yield f"{place}.{name}: not sent, the SDK writes {_short(again[name])}"
    else:
        yield from differences(sent[name], again[name], f"{place}.{name}")


def _short(value: object) -> str:
    return json.dumps(value)[:80]


def known(body: dict[str, Any]) -> dict[str, Any]:
    """Leave out what Novu takes and its SDK 3.19 does not know.

    That is `tenant.data`, declared as an object without any field, and the channels of a
    subscriber in a bulk.
    """
    if isinstance(body.get("events"), list):
        return body | {"events": [known(event) for event in body["events"]]}
    if isinstance(body.get("subscribers"), list):
        return body | {"subscribers": [without(item, "channels") for item in body["subscribers"]]}
    if isinstance(body.get("tenant"), dict):
        return body | {"tenant": without(body["tenant"], "data")}
    return body


def without(item: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != name}


def crowds(body: dict[str, Any]) -> Iterator[str]:
    """Lists of recipients over the documented 100, which neither model nor server counts."""
    for event in body.get("events") or [body]:
        if isinstance(event.get("to"), list) and len(event["to"]) > RECIPIENTS:
            yield f"$.to: {len(event['to'])} recipients, Novu documents at most {RECIPIENTS}"
