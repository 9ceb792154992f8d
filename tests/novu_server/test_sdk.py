import pytest

from novu_server import sdk

TRIGGER = ("POST", "/v1/events/trigger")


def trigger(**more):
    return {"name": "welcome", "to": "u1", "payload": {}, **more}


@pytest.mark.parametrize(
    "body",
    [
        trigger(),
        trigger(to=["u1", {"subscriberId": "u2", "email": None, "data": {"a": None}}]),
        trigger(to={"type": "Topic", "topicKey": "t", "exclude": ["u1"]}),
        trigger(payload={"n": 1, "f": 1.5, "null": None, "deep": [{"x": [1, "1", True]}]}),
        trigger(payload={"big": 2**53, "text": "é\ud800"}),
        trigger(context={"app": "web", "tenant": {"id": "acme", "data": {"a": 1}}}),
        trigger(tenant={"identifier": "acme", "name": "A", "data": {"a": 1}}),
        trigger(overrides={"severity": "high", "steps": {"s": {"layoutId": None}}}),
        trigger(actor="u2", transactionId="t1"),
    ],
)
def test_what_the_sdk_would_send_passes(client, body):
    assert client("POST /v1/events/trigger", body).status == 201


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (trigger(controls={}), r"\$\.controls: sent {}, the SDK has no such field"),
        (trigger(transactionid="t1"), r"\$\.transactionid"),
        (trigger(payload=None), r"\$\.payload: sent null"),
        (trigger(to={"subscriberId": "u1", "plan": "pro"}), r"\$\.to\.plan"),
        (trigger(to=["u1", {"subscriberId": "u1", "plan": "pro"}]), r"\$\.to\[1\]\.plan"),
        (trigger(to={"type": "topic", "topicKey": "t"}), "refuses the body"),
        (trigger(to={"firstName": "Ada"}), "refuses the body"),
        (trigger(to=7), "refuses the body"),
        (trigger(overrides={"severity": "loud"}), "refuses the body"),
        (trigger(overrides={"channels": {"email": {"x": 1}}}), r"\$\.overrides\.channels\.email"),
        (trigger(to=[f"u{n}" for n in range(101)]), "101 recipients"),
    ],
)
def test_what_it_would_not_send_is_loud(client, body, complaint):
    with pytest.raises(AssertionError, match=rf"POST /v1/events/trigger: .*{complaint}"):
        client("POST /v1/events/trigger", body)


def test_bulk_looks_into_every_event(client):
    events = [trigger(), trigger(tenant={"identifier": "acme", "data": {"a": 1}})]
    assert client("POST /v1/events/trigger/bulk", {"events": events}).status == 201
    with pytest.raises(AssertionError, match=r"\$\.events\[1\]\.oops"):
        client("POST /v1/events/trigger/bulk", {"events": [trigger(), trigger(oops=1)]})


def test_a_coerced_value_is_a_difference(client):
    client("POST /v2/subscribers", {"subscriberId": "u1"})
    text = '{"channels": {"email": true}, "workflowId": "welcome"}'
    sdk.check("PATCH", "/v2/subscribers/{subscriberId}/preferences", text)
    with pytest.raises(AssertionError, match=r'\$\.channels\.email: sent "true"'):
        sdk.check(
            "PATCH",
            "/v2/subscribers/{subscriberId}/preferences",
            text.replace("true", '"true"'),
        )


@pytest.mark.parametrize(
    ("sent", "again"), [(1, True), (1, 1.0), ([1], [1, 2]), ({"a": 1}, {}), ({}, {"a": 1}), (1, 2)]
)
def test_json_values_differ_by_type_and_by_value(sent, again):
    assert list(sdk.differences(sent, again))
    assert not list(sdk.differences(sent, sent))


def test_a_body_where_none_belongs_is_loud(client):
    client("POST /v2/subscribers", {"subscriberId": "u1"})
    with pytest.raises(AssertionError, match="a body, where Novu reads none"):
        client("DELETE /v2/subscribers/u1", {"why": "so"})


def test_unknown_fields_of_a_subscriber_are_loud(client):
    with pytest.raises(AssertionError, match=r"POST /v2/subscribers: .*\$\.plan: sent \"pro\""):
        client("POST /v2/subscribers", {"subscriberId": "u1", "plan": "pro"})


def test_what_novu_refuses_is_not_the_sdks_business(client):
    assert client("POST /v1/events/trigger", trigger(name="nope", oops=1)).status == 422


def test_models_know_the_endpoints_of_the_sdk():
    assert sdk.MODELS[TRIGGER].__name__ == "TriggerEventRequestDto"
