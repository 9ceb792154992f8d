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
from urllib.parse import unquote

import courier
import knockapi
import pytest
from courier._utils import maybe_transform as to_courier
from knockapi._utils import maybe_transform as to_knock
from pydantic import TypeAdapter, ValidationError
from suprsend import Event, Suprsend, WorkflowTriggerRequest

from generator.diagnostics import Report
from generator.model import MapOf
from generator.sandbox.answers import rule
from generator.sandbox.fixtures import read as read_fixtures
from generator.sandbox.runtime import Job

from .conftest import EVENT, KEY, PROVIDERS, ROOT, compile_source

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


@pytest.mark.parametrize("name", MODELS)
def test_the_sdk_takes_every_body(sent, name):
    _, requests = sent(name)
    assert {takes(name, request) for request in requests} == set(MODELS[name])


def takes(name, request):
    """Let the SDK's type of an endpoint judge a request; the endpoint."""
    module, transform = {"knock": (knockapi, to_knock), "courier": (courier, to_courier)}[name]
    endpoint, body = endpoint_of(request, MODELS[name]), request["body"]
    if MODELS[name][endpoint] is None:
        assert body is None, endpoint
        return endpoint
    kind = model(module, MODELS[name][endpoint])
    if name == "knock" and endpoint in CUSTOM:
        known = set(map(renamed_key, body)) & kind.__annotations__.keys()
        body = {key: each for key, each in body.items() if renamed_key(key) in known}
    assert again(body, kind, transform) == body, endpoint
    return endpoint


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


def renamed_key(key):
    return RENAMED.get(key, key)


def renamed(value):
    if isinstance(value, list):
        return [renamed(item) for item in value]
    if isinstance(value, dict):
        return {renamed_key(key): renamed(item) for key, item in value.items()}
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

HUB = "https://hub.suprsend.com"


@pytest.fixture
def sdk():
    """SuprSend's SDK, which keeps its requests in place of sending them."""
    client = Suprsend.with_workspace_api_key("0123456789-0123456789", KEY)
    client.kept = []

    def request(method, url, body):
        kept = {"method": method, "url": url, "body": json.loads(json.dumps(body or None))}
        client.kept.append(kept)
        return SimpleNamespace(status_code=200, json=lambda: {"records": []}, text="OK")

    client.request = request
    return client


def edit(sdk, body, *ids):
    edit = sdk.users.get_edit_instance(*ids)
    for operation in body["operations"]:
        ((operator, value),) = operation.items()
        getattr(edit, operator[1:])(value)
    assert edit.errors == edit.warnings == []
    sdk.users.edit(edit)


def track(sdk, body):
    """The SDK posts to a newer path, and adds a time, an id and its own name."""
    names = {"event_name": "event", "idempotency_key": "$idempotency_key"}
    names |= {name: name for name in ("distinct_id", "properties", "tenant_id")}
    sdk.track_event(Event(**{theirs: body.get(ours) for theirs, ours in names.items()}))
    (kept,) = sdk.kept
    for name in ("$insert_id", "$time", "env"):
        del kept["body"][name]
    del kept["body"]["properties"]["$ss_sdk_version"]
    kept["url"] = kept["url"].replace("/v2/", "/")


def trigger(sdk, body):
    bulk = sdk.workflows.bulk_trigger_instance()
    for told in body if isinstance(body, list) else [body]:
        key = told.pop("$idempotency_key")
        one = WorkflowTriggerRequest(told, idempotency_key=key)
        bulk.append(one) if isinstance(body, list) else sdk.workflows.trigger(one)
    if isinstance(body, list):
        bulk.trigger()


def prefer(sdk, body, who, tenant=None):
    """The SDK changes channels and categories one by one, which takes more requests."""
    options = {"tenant_id": tenant}
    sdk.users.update_global_channels_preference(
        who, {"channel_preferences": body.get("channel_preferences")}, options
    )
    (kept,) = sdk.kept
    assert kept["url"].count("/channel_preference/") == 1
    kept["url"] = kept["url"].replace("/channel_preference/", "/")
    kept["body"] = body


FORMS = {
    r"PATCH /v1/user/([^/]+)/": edit,
    r"PATCH /v1/user/([^/]+)/tenant/([^/]+)/": edit,
    r"POST /v1/user/([^/]+)/": lambda sdk, body, who: sdk.users.upsert(who, body),
    r"POST /event/": track,
    r"POST /trigger/": trigger,
    r"POST /v1/tenant/([^/]+)/": lambda sdk, body, tenant: sdk.tenants.upsert(tenant, body),
    r"PATCH /v1/user/([^/]+)/preference/(?:\?tenant_id=([^&]+))?": prefer,
    r"POST /v1/user/([^/]+)/merge/": (
        lambda sdk, body, who: sdk.users.merge(who, body["from_user_id"])
    ),
    r"DELETE /v1/user/([^/]+)/": lambda sdk, _, who: sdk.users.delete(who),
    r"POST /connector/segment/": None,
}
"""How the SDK sends each request; it does not know the connector."""


def sends_the_same(sdk, request):
    """Whether the SDK sends a request like ours; the form that ours has."""
    told = f"{request['method']} {request['url'].removeprefix(HUB)}"
    form, ids = next((form, ids) for form in FORMS if (ids := re.fullmatch(form, told)))
    if FORMS[form] is not None:
        body = json.loads(json.dumps(request["body"]))
        sdk.kept.clear()
        FORMS[form](sdk, body, *(unquote(each) for each in ids.groups() if each is not None))
        ours = {name: request[name] for name in ("method", "url", "body")}
        assert sdk.kept == [{**ours, "body": ours["body"] or None}]
    return form


def test_suprsends_sdk_sends_every_request_alike(sent, sdk):
    _, requests = sent("suprsend")
    seen = {sends_the_same(sdk, request) for request in requests}
    assert FORMS.keys() - seen == {r"POST /v1/user/([^/]+)/"}  # only for whom it does not know


# --- the examples ---------------------------------------------------------------------------

EXAMPLES = [
    pytest.param(name, path, id=path.parent.name + "/" + path.stem)
    for name in NAMES
    for path in (
        ROOT / f"templates/providers/{name}/example.yaml",
        *sorted((ROOT / "mappings").glob(f"*{name}*.yaml")),
    )
    if ".fixtures" not in path.name
]


@pytest.mark.parametrize(("name", "path"), EXAMPLES)
def test_the_sdk_takes_every_request_of_an_example(runtime, sdk, name, path):
    output = compile_source(path.read_text("utf-8"), path.stem)
    raw = path.with_suffix(".fixtures.yaml").read_bytes()
    file = read_fixtures(raw, path.name, Report(), output.mapping.settings)
    count = 0
    for fixture in file.fixtures:
        rules = (*fixture.rules, *(rule(told) for told in output.responses))
        job = Job(
            code=output.text,
            settings=fixture.settings,
            rules=rules,
            now=fixture.now,
            batch=fixture.batch,
        )
        for request in next(runtime.run(job, fixture.events))["requests"]:
            count += 1
            if name == "suprsend":
                sends_the_same(sdk, request)
            else:
                takes(name, request)
    assert count > 1
