"""Triggers: one, many, to everybody, and their cancelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonschema import Draft7Validator

from novu_server.fields import CONTEXT, DEFINED, OBJECT, TEXT, Rule, check, is_id, length, size
from novu_server.rate_limit import BULK
from novu_server.routes import Call, route
from novu_server.wire import HttpError
from novu_server.worker import NOT_UNIQUE, Run

if TYPE_CHECKING:
    from novu_server.environment import Workflow

PAYLOAD_LIMIT = 512 * 1024
COMMON = {
    "name": TEXT.must(),
    "payload": OBJECT,
    "overrides": OBJECT,
    "transactionId": TEXT,
    "context": CONTEXT,
}
TRIGGER = COMMON | {"to": DEFINED.must()}
BROADCAST = COMMON | {"payload": OBJECT.must()}
BULK_ITEM = TRIGGER | {"payload": OBJECT.must()}
EVENTS = {
    "events": Rule(
        lambda value: isinstance(value, list) and length(1, 100)(value),
        "must contain 1 to 100 elements",
        required=True,
    )
}


@route("POST", "/v1/events/trigger", 201, "trigger")
def trigger(call: Call) -> object:
    check(call.body, TRIGGER)
    check_size(call.body, "event")
    return accept(call, call.body)


@route("POST", "/v1/events/trigger/bulk", 201, "trigger", BULK)
def trigger_bulk(call: Call) -> object:
    check(call.body, EVENTS)
    for index, event in enumerate(call.body["events"]):
        check_size(event, f"event at index {index}")
    return [bulk_item(call, *item) for item in enumerate(call.body["events"])]


def bulk_item(call: Call, index: int, event: Any) -> object:
    """One event's result; whatever goes wrong with it stays its own."""
    try:
        break_item(call, index)
        check(event, BULK_ITEM)
        return accept(call, event)
    except HttpError as error:
        return {"acknowledged": True, "status": "error", "error": [error.message]}


def break_item(call: Call, index: int) -> None:
    if index == 0 and call.fault == "500-item":
        raise HttpError(500, "connect ETIMEDOUT")


@route("POST", "/v1/events/trigger/broadcast", 201, "trigger", BULK)
def broadcast(call: Call) -> object:
    check(call.body, BROADCAST)
    check_size(call.body, "event")
    return accept(call, call.body)


@route("DELETE", "/v1/events/trigger/{transactionId}", 200, "trigger")
def cancel(call: Call) -> object:
    """Stop what still waits in a delay or digest; whether there was any."""
    jobs = call.environment.jobs.get(call.ids[0], ())
    pending = [job for job in jobs if job.state == "pending"]
    for job in pending:
        job.state = "canceled"
    return bool(pending)


def accept(call: Call, event: dict[str, Any]) -> dict[str, Any]:
    """Judge an event as the HTTP handler does and queue it; the reply to it."""
    workflow = call.environment.workflows.get(event["name"])
    if workflow is None:
        raise HttpError(422, "workflow_not_found", error="Unprocessable Entity")
    payload = event.get("payload") or {}
    check_payload(workflow, payload)
    if not known_tenant(call, event.get("tenant")):
        return {"acknowledged": True, "status": "no_tenant_found"}
    if workflow.status != "processed":
        return {"acknowledged": True, "status": workflow.status}
    transaction_id = event.get("transactionId") or call.novu.new_id()
    to = event.get("to")
    if call.novu.enforces_ids and to is not None and not (to := valid_recipients(to)):
        return reply("invalid_recipients", transaction_id)
    queue(call, workflow, event | {"transactionId": transaction_id, "payload": payload, "to": to})
    return reply("processed", transaction_id)


def reply(status: str, transaction_id: str) -> dict[str, Any]:
    link = f"https://dashboard.novu.co/activity-feed?transactionId={transaction_id}"
    return {
        "acknowledged": True,
        "status": status,
        "transactionId": transaction_id,
        "activityFeedLink": link,
    }


def queue(call: Call, workflow: Workflow, event: dict[str, Any]) -> None:
    """Hand a run to the worker; servers of 2022 refuse a known id right here."""
    environment, transaction_id = call.environment, event["transactionId"]
    if call.novu.dedupe == "http" and transaction_id in environment.accepted:
        raise HttpError(400, NOT_UNIQUE)
    environment.accepted[transaction_id] = call.request.at
    run = Run(
        environment,
        workflow,
        transaction_id,
        event["payload"],
        event["to"],
        event.get("actor"),
        event.get("context") or {},
    )
    call.novu.worker.accept(run, call.request.at)


def known_tenant(call: Call, tenant: Any) -> bool:
    identifier = tenant.get("identifier") if isinstance(tenant, dict) else tenant
    return not tenant or identifier in call.environment.tenants


def valid_recipients(to: Any) -> list[Any]:
    """The recipients whose ids match Novu's pattern."""
    items = to if isinstance(to, list) else [to]
    return [item for item in items if is_id(recipient_id(item))]


def recipient_id(item: Any) -> object:
    if isinstance(item, dict):
        return item.get("subscriberId", item.get("topicKey"))
    return item


def check_size(event: Any, what: str) -> None:
    payload = event.get("payload") if isinstance(event, dict) else None
    if isinstance(payload, dict):
        rest = {name: value for name, value in payload.items() if name != "attachments"}
        if size(rest) > PAYLOAD_LIMIT:
            raise HttpError(413, f"Payload of {what} exceeds 512 KB")


def check_payload(workflow: Workflow, payload: dict[str, Any]) -> None:
    """Raise the 400 of a payload that the workflow's schema refuses."""
    if workflow.schema is None:
        return
    errors = [
        {
            "field": ".".join(str(key) for key in error.absolute_path) or "payload",
            "message": error.message,
            "value": error.instance,
            "schemaPath": "#/" + "/".join(str(key) for key in error.absolute_schema_path),
        }
        for error in Draft7Validator(workflow.schema).iter_errors(payload)
    ]
    if errors:
        raise HttpError(
            400,
            "Payload validation failed",
            type="PAYLOAD_VALIDATION_ERROR",
            errors=errors,
            schema=workflow.schema,
        )
