"""The vendors' own SDKs judge the requests: every action, every field.

A body passes when the SDK's types take it and what they write again is the same JSON; their
lists are lazy and walked here. For SuprSend, whose SDK has few types, the SDK itself must send
the same request.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import courier
import knockapi
import pytest
from courier._utils import maybe_transform as to_courier
from knockapi._utils import maybe_transform as to_knock
from pydantic import TypeAdapter, ValidationError
from suprsend import Event, Suprsend, WorkflowTriggerRequest

from generator.model import MapOf
from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job

from .conftest import EVENT, KEY, PROVIDERS, compile_source

WHOLE = Path(__file__).parent / "whole"
NAMES = ["courier", "knock", "suprsend"]
EVERYTHING = {**EVENT, "event": "Everything"}


@pytest.fixture(scope="module")
def sent(runtime):
    """The mapping of a provider and the requests that it sends for one event."""

    def send(name):
        text = (WHOLE / f"{name}.yaml").read_text("utf-8")
        output = compile_source(text, name)
        rules = tuple(rule({**told, "latency": 10}) for told in output.responses)
        job = Job(code=output.text, settings={"apiKey": KEY}, rules=rules)
        (line,) = runtime.run(job, [EVERYTHING])
        assert line["outcome"] == "delivered", line["error"]
        return output.mapping, line["requests"]

    return send


def path_of(request):
    """The path behind the host and its version."""
    return re.sub(
        r"^https://[^/]+(/v1(?=/users|/workflows|/objects|/tenants))?", "", request["url"]
    )


# --- the mappings are whole ---------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_every_action_is_sent(sent, name):
    mapping, _ = sent(name)
    written = {
        (route.action, field.name)
        for route in mapping.routes()
        for field in route.fields
        if field.written
    }
    known = {(each.name, spec.name) for each in PROVIDERS[name].actions for spec in each.fields}
    assert known - written == set()


@pytest.mark.parametrize(
    ("name", "action", "field"),
    [
        ("suprsend", "user", "channels"),
        ("suprsend", "workflow", "recipients"),
        ("knock", "workflow", "recipients"),
    ],
)
def test_every_member_is_sent(sent, name, action, field):
    mapping, _ = sent(name)
    spec = PROVIDERS[name].action(action).field(field)
    known = {each.name for each in (spec.type.items or spec.type).members}
    values = [
        found.value
        for route in mapping.routes()
        if route.action == action
        for found in route.fields
        if found.name == field
    ]
    assert known - set(members(values)) == set()


def members(value):
    """The names in maps, those of lists too."""
    if isinstance(value, (list, tuple)):
        return [name for item in value for name in members(item)]
    if isinstance(value, MapOf):
        return [name for name, _ in value.entries]
    return members(getattr(value, "items", ()))


# --- SDKs with types: Knock and Courier ------------------------------------------------------

RENAMED = {
    "__persistence_strategy__": "_persistence_strategy",
    "messageId": "message_id",
    "userId": "user_id",
    "listId": "list_id",
}


def model(module, path):
    """A type of request by its module: `user_update_params.UserUpdateParams`."""
    place, name = path.rsplit(".", 1)
    found: Any = module
    for part in ["types", *place.split(".")]:
        __import__(f"{found.__name__}.{part}")
        found = getattr(found, part)
    return getattr(found, name)


MODELS = {
    "knock": {
        "PUT /users/*": "user_update_params.UserUpdateParams",
        "GET /users/*/channel_data/*": None,
        "POST /workflows/*/trigger": "workflow_trigger_params.WorkflowTriggerParams",
        "POST /workflows/*/cancel": "workflow_cancel_params.WorkflowCancelParams",
        "PUT /objects/*/*": "object_set_params.ObjectSetParams",
        "PUT /tenants/*": "tenant_set_params.TenantSetParams",
        "POST /objects/*/*/subscriptions": (
            "object_add_subscriptions_params.ObjectAddSubscriptionsParams"
        ),
        "DELETE /objects/*/*/subscriptions": (
            "object_delete_subscriptions_params.ObjectDeleteSubscriptionsParams"
        ),
        "PUT /users/*/preferences/*": "user_set_preferences_params.UserSetPreferencesParams",
        "POST /users/*/merge": "user_merge_params.UserMergeParams",
        "DELETE /users/*": None,
    },
    "courier": {
        "POST /profiles/*": "profile_create_params.ProfileCreateParams",
        "POST /inbound/courier": "inbound_track_event_params.InboundTrackEventParams",
        "POST /send": "send_message_params.SendMessageParams",
        "POST /journeys/*/invoke": "journey_invoke_params.JourneyInvokeParams",
        "POST /journeys/cancel": "cancel_journey_request_param.ByCancelationToken",
        "GET /tenants/*": None,
        "PUT /tenants/*": "tenant_update_params.TenantUpdateParams",
        "PUT /users/*/tenants/*": "users.tenant_add_single_params.TenantAddSingleParams",
        "POST /users/*/preferences": (
            "users.preference_bulk_update_params.PreferenceBulkUpdateParams"
        ),
        "POST /profiles/*/lists": "profiles.list_subscribe_params.ListSubscribeParams",
        "DELETE /lists/*/subscriptions/*": None,
        "DELETE /profiles/*": None,
    },
}
CUSTOM = {"PUT /users/*", "PUT /objects/*/*", "PUT /tenants/*"}
"""Where Knock documents properties of one's own beside the fields of its types."""


@pytest.mark.parametrize(("name", "module"), [("knock", knockapi), ("courier", courier)])
def test_the_sdk_takes_every_body(sent, name, module):
    transform = {"knock": to_knock, "courier": to_courier}[name]
    _, requests = sent(name)
    seen = set()
    for request in requests:
        endpoint = endpoint_of(request, MODELS[name])
        seen.add(endpoint)
        if MODELS[name][endpoint] is None:
            assert request["body"] is None, endpoint
            continue
        kind = model(module, MODELS[name][endpoint])
        body = request["body"]
        if name == "knock" and endpoint in CUSTOM:
            body = {key: each for key, each in body.items() if key not in {"plan", "industry"}}
        assert again(body, kind, transform) == body, endpoint
    assert seen == set(MODELS[name])


def endpoint_of(request, models):
    told = f"{request['method']} {path_of(request).split('?')[0]}"
    found = [each for each in models if re.fullmatch(each.replace("*", "[^/]+"), told)]
    exact = [each for each in found if each == told]
    assert found, f"the test knows no {told}"
    return (exact or found)[0]


def again(body, kind, transform):
    """What the SDK writes of a body that its types have read."""
    told = added_path_parameters(renamed(body), kind)
    to = told.get("message", {}).pop("to", None)
    read = walked(TypeAdapter(kind).validate_python(told))
    if to is not None:
        read["message"]["to"] = recipients(to)
    written = json.loads(json.dumps(transform(read, kind)))
    return {key: each for key, each in written.items() if key not in PATH_PARAMETERS - body.keys()}


def recipients(to):
    """Courier's recipients one by one: pydantic panics on their lazy list."""
    judge = TypeAdapter(model(courier, "send_message_params.MessageToUnionMember8"))
    read = [walked(judge.validate_python(item)) for item in (to if isinstance(to, list) else [to])]
    return read if isinstance(to, list) else read[0]


PATH_PARAMETERS = {"user_id"}


def added_path_parameters(told, kind):
    """Courier's types hold what stands in the path beside what stands in the body."""
    missing = PATH_PARAMETERS & kind.__annotations__.keys() - told.keys()
    return {**told, **dict.fromkeys(missing, "ada")}


def renamed(value):
    if isinstance(value, list):
        return [renamed(item) for item in value]
    if isinstance(value, dict):
        return {RENAMED.get(key, key): renamed(item) for key, item in value.items()}
    return value


def walked(value):
    """Plain data: a lazy list of pydantic's is only judged when it is walked."""
    if isinstance(value, dict):
        return {key: walked(item) for key, item in value.items()}
    if isinstance(value, (str, int, float, type(None))):
        return value
    return [walked(item) for item in value]


@pytest.mark.parametrize(("name", "module"), [("knock", knockapi), ("courier", courier)])
def test_the_sdk_knows_every_endpoint(sent, name, module):
    known = set(endpoints(Path(module.__file__).parent))
    _, requests = sent(name)
    for request in requests:
        told = f"{request['method']} {path_of(request).split('?')[0]}"
        assert any(re.fullmatch(each, told) for each in known), told


def endpoints(package):
    """The methods and paths in the source of an SDK, as patterns."""
    call = re.compile(r'self\._(get|post|put|patch|delete)\(\s*(?:path_template\(\s*)?"(/[^"]*)"')
    for file in (package / "resources").rglob("*.py"):
        for method, path in call.findall(file.read_text("utf-8")):
            plain = re.escape(path.removeprefix("/v1")).replace(r"\{", "{").replace(r"\}", "}")
            yield f"{method.upper()} " + re.sub(r"{[^}]+}", "[^/]+", plain)


@pytest.mark.parametrize(
    ("module", "kind", "body"),
    [
        (knockapi, "workflow_trigger_params.WorkflowTriggerParams", {"recipients": [{}]}),
        (courier, "send_message_params.SendMessageParams", {"message": {"template": 1}}),
    ],
)
def test_the_judges_can_refuse(module, kind, body):
    with pytest.raises(ValidationError):
        again(body, model(module, kind), lambda told, _: told)


# --- SuprSend: its SDK sends the same ---------------------------------------------------------


@pytest.fixture
def sdk():
    """SuprSend's SDK, which keeps its requests in place of sending them."""
    client = Suprsend.with_workspace_api_key("0123456789-0123456789", KEY)
    client.kept = []

    def request(method, url, body):
        client.kept.append({"method": method, "url": url, "body": body or None})
        return SimpleNamespace(status_code=200, json=lambda: {"message_id": "m"}, text="OK")

    client.request = request
    return client


def of(requests, method, end):
    (found,) = [
        {name: each[name] for name in ("method", "url", "body")}
        for each in requests
        if each["method"] == method and each["url"].endswith(end)
    ]
    return found


def test_suprsends_sdk_edits_users_alike(sent, sdk):
    _, requests = sent("suprsend")
    for end, tenant in [("/v1/user/ada/tenant/acme/", "acme"), ("/v1/user/ada/", None)]:
        ours = of(requests, "PATCH", end)
        edit = sdk.users.get_edit_instance("ada", tenant)
        for operation in ours["body"]["operations"]:
            ((operator, value),) = operation.items()
            getattr(edit, operator[1:])(value)
        assert edit.errors == edit.warnings == []
        sdk.users.edit(edit)
        assert sdk.kept.pop() == ours


def test_suprsends_sdk_triggers_workflows_alike(sent, sdk):
    _, requests = sent("suprsend")
    ours = of(requests, "POST", "/trigger/")
    told = json.loads(json.dumps(ours["body"]))
    key = told.pop("$idempotency_key")
    sdk.workflows.trigger(WorkflowTriggerRequest(told, idempotency_key=key))
    assert sdk.kept == [ours]


def test_suprsends_sdk_sends_events_alike(sent, sdk):
    """The SDK posts to a newer path, and adds a time, an id and its own name."""
    _, requests = sent("suprsend")
    ours = of(requests, "POST", "hub.suprsend.com/event/")
    body = ours["body"]
    sdk.track_event(
        Event(
            distinct_id=body["distinct_id"],
            event_name=body["event"],
            properties=body["properties"],
            idempotency_key=body["$idempotency_key"],
            tenant_id=body["tenant_id"],
        )
    )
    (theirs,) = sdk.kept
    for name in ("$insert_id", "$time", "env"):
        del theirs["body"][name]
    del theirs["body"]["properties"]["$ss_sdk_version"]
    assert theirs == {**ours, "url": "https://hub.suprsend.com/v2/event/"}


def test_suprsends_sdk_does_the_rest_alike(sent, sdk):
    _, requests = sent("suprsend")
    tenant = of(requests, "POST", "/v1/tenant/acme/")
    sdk.tenants.upsert("acme", tenant["body"])
    sdk.users.merge("ada", "anonymous")
    sdk.users.delete("anonymous")
    assert sdk.kept == [
        tenant,
        of(requests, "POST", "/merge/"),
        of(requests, "DELETE", "/v1/user/anonymous/"),
    ]


def test_preferences_have_the_form_of_suprsends_sdk(sent, sdk):
    """The SDK changes channels and categories one by one, which takes more requests."""
    _, requests = sent("suprsend")
    ours = of(requests, "PATCH", "/v1/user/ada/preference/?tenant_id=acme")
    options = {"tenant_id": "acme"}
    channels = {"channel_preferences": ours["body"]["channel_preferences"]}
    sdk.users.update_global_channels_preference("ada", channels, options)
    (theirs,) = sdk.kept
    assert theirs["url"] == ours["url"].replace("/?", "/channel_preference/?")


def test_every_request_of_suprsend_was_judged(sent):
    _, requests = sent("suprsend")
    paths = [request["url"].removeprefix("https://hub.suprsend.com") for request in requests]
    assert paths == [
        "/v1/user/ada/tenant/acme/",
        "/v1/user/ada/",
        "/event/",
        "/trigger/",
        "/v1/tenant/acme/",
        "/v1/user/ada/preference/?tenant_id=acme",
        "/v1/user/ada/merge/",
        "/v1/user/anonymous/",
        "/connector/segment/",
    ]
