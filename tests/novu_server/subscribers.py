"""Subscribers: profile, credentials, preferences."""

from __future__ import annotations

from typing import Any

from novu_server.fields import (
    BOOLEAN,
    CHANNEL,
    CHANNEL_FLAGS,
    CONTEXT,
    OBJECT,
    PROFILE,
    SUBSCRIBER,
    TEXT,
    Rule,
    check,
    is_id,
    length,
    violations,
)
from novu_server.rate_limit import BULK
from novu_server.routes import Call, route
from novu_server.wire import HttpError

PREFERENCES = {
    "channels": CHANNEL_FLAGS,
    "workflowId": TEXT,
    "schedule": OBJECT,
    "context": CONTEXT,
}


def many(most: int) -> Rule:
    accepts = length(1, most)
    return Rule(
        lambda value: isinstance(value, list) and accepts(value),
        f"must contain 1 to {most} elements",
        required=True,
    )


@route("POST", "/v2/subscribers", 201)
def upsert(call: Call) -> object:
    """Create or change; without `data`, and with null, the custom data is reset."""
    check(call.body, SUBSCRIBER)
    key = call.body["subscriberId"]
    if call.request.query.get("failIfExists") == "true" and key in call.environment.subscribers:
        raise HttpError(409, f"Subscriber with id: {key} already exists")
    fields = {name: value for name, value in call.body.items() if name != "channels"}
    call.environment.upsert(fields | {"data": fields.get("data") or {}})
    return call.environment.subscriber(key).shown()


@route("GET", "/v2/subscribers/{subscriberId}", 200)
def read(call: Call) -> object:
    return call.environment.subscriber(call.ids[0]).shown()


@route("PATCH", "/v2/subscribers/{subscriberId}", 200)
def patch(call: Call) -> object:
    check(call.body, PROFILE)
    if call.novu.enforces_ids and not is_id(call.ids[0]):
        raise HttpError(400, f"Invalid subscriberId: {call.ids[0]}")
    subscriber = call.environment.subscriber(call.ids[0])
    subscriber.change(call.body)
    return subscriber.shown()


@route("DELETE", "/v2/subscribers/{subscriberId}", 200)
def delete(call: Call) -> object:
    call.environment.remove(call.ids[0])
    return {"acknowledged": True, "status": "deleted"}


@route("POST", "/v1/subscribers/bulk", 201, cost=BULK)
def bulk(call: Call) -> object:
    """Upsert up to 500, all or none; `data` that is absent stays."""
    check(call.body, {"subscribers": many(500)})
    bad = {
        f"subscribers.{index}.{name}": problem
        for index, record in enumerate(call.body["subscribers"])
        for name, problem in violations(record, SUBSCRIBER).items()
    }
    if bad:
        raise HttpError(422, "Validation Error", errors=bad)
    return bulk_upsert(call)


def bulk_upsert(call: Call) -> dict[str, list[Any]]:
    result: dict[str, list[Any]] = {"created": [], "updated": [], "failed": []}
    for record in call.body["subscribers"]:
        who = {"subscriberId": record["subscriberId"]}
        try:
            created = call.environment.upsert(record)
        except HttpError as error:
            result["failed"].append(who | {"message": error.message})
        else:
            result["created" if created else "updated"].append(who)
    return result


def set_credentials(call: Call, *, append: bool) -> object:
    check(call.body, CHANNEL)
    call.environment.connect(call.ids[0], call.body, append=append)
    return call.environment.subscriber(call.ids[0]).shown()


@route("PUT", "/v1/subscribers/{subscriberId}/credentials", 200)
def replace_credentials(call: Call) -> object:
    return set_credentials(call, append=False)


@route("PATCH", "/v1/subscribers/{subscriberId}/credentials", 200)
def append_credentials(call: Call) -> object:
    return set_credentials(call, append=True)


@route("DELETE", "/v1/subscribers/{subscriberId}/credentials/{providerId}", 204)
def delete_credentials(call: Call) -> object:
    key, provider = call.ids
    channels = call.environment.subscriber(key).channels
    for place in [place for place in channels if place[0] == provider]:
        del channels[place]
    return None


@route("PATCH", "/v1/subscribers/{subscriberId}/online-status", 200)
def online_status(call: Call) -> object:
    check(call.body, {"isOnline": BOOLEAN.must()})
    subscriber = call.environment.subscriber(call.ids[0])
    subscriber.online = call.body["isOnline"]
    return subscriber.shown()


@route("PATCH", "/v2/subscribers/{subscriberId}/preferences", 200)
def preferences(call: Call) -> object:
    """Set the channels of one workflow, or of all where none is named."""
    check(call.body, PREFERENCES)
    return prefer(call, [call.body])[0]


@route("PATCH", "/v2/subscribers/{subscriberId}/preferences/bulk", 200)
def bulk_preferences(call: Call) -> object:
    check(call.body, {"preferences": many(100), "context": CONTEXT})
    items = call.body["preferences"]
    for item in items:
        check(item, {"workflowId": TEXT.must(), "channels": CHANNEL_FLAGS.must()})
    return prefer(call, items)


def prefer(call: Call, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the preferences of items; 404 for an unknown subscriber or workflow, before any."""
    key = call.environment.subscriber(call.ids[0]).subscriber_id
    for workflow in (item["workflowId"] for item in items if item.get("workflowId")):
        if workflow not in call.environment.workflows:
            raise HttpError(404, f"Workflow with id: {workflow} is not found")
    return [keep(call, key, item) for item in items]


def keep(call: Call, key: str, item: dict[str, Any]) -> dict[str, Any]:
    place = (key, item.get("workflowId"))
    kept = call.environment.preferences.setdefault(place, {"channels": {}})
    kept["channels"] |= item.get("channels") or {}
    if item.get("schedule") is not None:
        kept["schedule"] = item["schedule"]
    return kept
