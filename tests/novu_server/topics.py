"""Topics, their subscriptions, and contexts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novu_server.environment import Topic
from novu_server.fields import (
    OBJECT,
    TEXT,
    Rule,
    check,
    is_context_data,
    is_context_key,
    is_id,
    length,
)
from novu_server.routes import Call, route
from novu_server.subscribers import many
from novu_server.wire import HttpError

if TYPE_CHECKING:
    from collections.abc import Callable

PER_SUBSCRIBER = 10
IDENTIFIER = Rule(length(1, 512), "must be 1 to 512 long")
EITHER = {"identifier": IDENTIFIER, "subscriberId": TEXT}
SUBSCRIPTION = {"identifier": IDENTIFIER.must(), "subscriberId": TEXT.must()}
NAME = Rule(lambda value: isinstance(value, str) and len(value) <= 100, "must be at most 100 long")
KEY = Rule(lambda value: length(1, 100)(value) and is_id(value), "must be a key", required=True)
PART = Rule(is_context_key, "must be 1 to 100 of letters, digits, _ and -", required=True)


class SubscriptionError(Exception):
    """Why one subscription of a request failed."""

    def __init__(self, subscriber_id: str, code: str, message: str) -> None:
        super().__init__(message)
        self.entry = {"subscriberId": subscriber_id, "code": code, "message": message}


@route("POST", "/v2/topics", 201)
def upsert(call: Call) -> object:
    check(call.body, {"key": KEY, "name": NAME})
    key = call.body["key"]
    if call.request.query.get("failIfExists") == "true" and key in call.environment.topics:
        raise HttpError(409, f"Topic with key {key} already exists")
    return shown(keep(call, key))


@route("PATCH", "/v2/topics/{topicKey}", 200)
def rename(call: Call) -> object:
    check(call.body, {"name": NAME.must()})
    topic = find(call)
    topic.name = call.body["name"]
    return shown(topic)


@route("DELETE", "/v2/topics/{topicKey}", 200)
def delete(call: Call) -> object:
    del call.environment.topics[find(call).key]
    return {"acknowledged": True}


@route("POST", "/v2/topics/{topicKey}/subscriptions", 201)
def subscribe(call: Call) -> object:
    """Add subscribers; the topic comes into being, even if every one of them is unknown."""
    check_subscriptions(call)
    topic = keep(call, call.ids[0])
    return outcome(call, lambda wanted: add(call, topic, wanted), topic)


@route("DELETE", "/v2/topics/{topicKey}/subscriptions", 200)
def unsubscribe(call: Call) -> object:
    check_subscriptions(call)
    topic = find(call)
    return outcome(call, lambda wanted: take(call, topic, wanted), topic)


def find(call: Call) -> Topic:
    if call.ids[0] not in call.environment.topics:
        raise HttpError(404, f"Topic with key {call.ids[0]} not found")
    return call.environment.topics[call.ids[0]]


def keep(call: Call, key: str) -> Topic:
    topic = call.environment.topics.setdefault(key, Topic(key))
    topic.name = call.body.get("name") or topic.name
    return topic


def shown(topic: Topic) -> dict[str, Any]:
    return {"_id": f"id-{topic.key}", "key": topic.key, "name": topic.name}


def check_subscriptions(call: Call) -> None:
    field = "subscriptions" if "subscriptions" in call.body else "subscriberIds"
    check(call.body, {field: many(100), "name": NAME})
    for item in call.body[field]:
        if not isinstance(item, str):
            check(item, SUBSCRIPTION if call.request.method == "POST" else EITHER)


def wanted_subscriptions(call: Call) -> list[dict[str, Any]]:
    items = call.body.get("subscriptions", call.body.get("subscriberIds"))
    return [item if isinstance(item, dict) else {"subscriberId": item} for item in items]


def outcome(call: Call, act: Callable[[dict[str, Any]], list[str]], topic: Topic) -> object:
    """The result of each wanted subscription; 400 where every one of them fails."""
    wanted = wanted_subscriptions(call)
    done: list[str] = []
    errors: list[dict[str, str]] = []
    for item in wanted:
        attempt(act, item, done, errors)
    data = [{"_id": name, "identifier": name, "topic": shown(topic)} for name in done]
    meta = {"totalCount": len(wanted), "successful": len(data), "failed": len(errors)}
    result = {"data": data, "meta": meta, **({"errors": errors} if errors else {})}
    if errors and not data:
        raise HttpError(400, "Api Exception Raised with status 400", **result)
    return result


def attempt(
    act: Callable[[dict[str, Any]], list[str]],
    item: dict[str, Any],
    done: list[str],
    errors: list[dict[str, str]],
) -> None:
    try:
        done += act(item)
    except SubscriptionError as error:
        errors.append(error.entry)


def add(call: Call, topic: Topic, wanted: dict[str, Any]) -> list[str]:
    who = known(call, wanted["subscriberId"])
    name = wanted.get("identifier") or f"tk_{topic.key}:si_{who}"
    if name not in topic.subscriptions:
        if list(topic.subscriptions.values()).count(who) >= PER_SUBSCRIBER:
            code, limit = "SUBSCRIPTION_LIMIT_EXCEEDED", f"at most {PER_SUBSCRIBER} subscriptions"
            raise SubscriptionError(who, code, f"Subscriber '{who}' has {limit} to a topic.")
        topic.subscriptions[name] = who
    return [name]


def take(call: Call, topic: Topic, wanted: dict[str, Any]) -> list[str]:
    """Remove one subscription by its identifier, or all those of a subscriber."""
    identifier = wanted.get("identifier")
    who = wanted.get("subscriberId")
    if identifier is None:
        known(call, str(who))
    found = [
        name
        for name, owner in topic.subscriptions.items()
        if identifier in (None, name) and who in (None, owner)
    ]
    if not found:
        message = f"Subscription for subscriber '{who}' not found."
        raise SubscriptionError(str(who), "SUBSCRIPTION_NOT_FOUND", message)
    for name in found:
        del topic.subscriptions[name]
    return found


def known(call: Call, who: str) -> str:
    if who not in call.environment.subscribers:
        message = f"Subscriber with ID '{who}' could not be found."
        raise SubscriptionError(who, "SUBSCRIBER_NOT_FOUND", message)
    return who


@route("POST", "/v2/contexts", 201)
def create_context(call: Call) -> object:
    check(call.body, {"type": PART, "id": PART, "data": OBJECT})
    check_data(call)
    place = (call.body["type"], call.body["id"])
    if place in call.environment.contexts:
        raise HttpError(409, f"Context {place[0]}:{place[1]} already exists")
    call.environment.contexts[place] = dict(call.body.get("data") or {})
    return {"_id": ":".join(place), **call.body}


@route("PATCH", "/v2/contexts/{type}/{id}", 200)
def patch_context(call: Call) -> object:
    check(call.body, {"data": OBJECT.must()})
    check_data(call)
    kind, name = context_place(call)
    call.environment.contexts[kind, name] = dict(call.body["data"])
    return {"_id": f"{kind}:{name}", "type": kind, "id": name, "data": call.body["data"]}


@route("DELETE", "/v2/contexts/{type}/{id}", 204)
def delete_context(call: Call) -> object:
    del call.environment.contexts[context_place(call)]
    return None


def check_data(call: Call) -> None:
    if not is_context_data(call.body):
        raise HttpError(422, "Validation Error", errors={"data": {"messages": ["exceeds 64 KB"]}})


def context_place(call: Call) -> tuple[str, str]:
    kind, name = call.ids
    if (kind, name) not in call.environment.contexts:
        raise HttpError(404, f"Context {kind}:{name} not found")
    return kind, name
