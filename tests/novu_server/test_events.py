import json

import pytest

from novu_server.conftest import Client

KB = 1024


def test_a_trigger_is_acknowledged_with_its_id(client):
    answer = client.trigger(transactionId="seg_1")
    assert answer.status == 201
    assert answer.data == {
        "acknowledged": True,
        "status": "processed",
        "transactionId": "seg_1",
        "activityFeedLink": "https://dashboard.novu.co/activity-feed?transactionId=seg_1",
    }
    assert client.trigger().data["transactionId"] != client.trigger().data["transactionId"]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"name": "asleep"}, "trigger_not_active"),
        ({"name": "stepless"}, "no_workflow_steps_defined"),
        ({"name": "inert"}, "no_workflow_active_steps_defined"),
        ({"tenant": "nobody"}, "no_tenant_found"),
        ({"tenant": {"identifier": "nobody"}}, "no_tenant_found"),
        ({"tenant": "acme"}, "processed"),
        ({"tenant": {"identifier": "acme", "data": {"a": 1}}}, "processed"),
    ],
)
def test_a_201_is_not_always_a_success(client, more, status):
    answer = client.trigger(**more)
    assert (answer.status, answer.data["status"]) == (201, status)
    assert client.settle() == ([("welcome", "u1")] if status == "processed" else [])


def test_an_unknown_workflow_is_a_422(client):
    answer = client.trigger(name="nope")
    assert (answer.status, answer.body["message"]) == (422, "workflow_not_found")


def test_a_payload_against_the_schema_is_a_400_that_says_where(client):
    answer = client.trigger(name="strict")
    assert answer.status == 400
    assert answer.body["type"] == "PAYLOAD_VALIDATION_ERROR"
    assert answer.body["errors"] == [
        {
            "field": "payload",
            "message": "'orderId' is a required property",
            "value": {},
            "schemaPath": "#/required",
        }
    ]
    assert answer.body["schema"] == {"type": "object", "required": ["orderId"]}
    assert client.trigger(name="strict", payload={"orderId": 1}).status == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"to": "u1"}, "name"),
        ({"name": 5, "to": "u1"}, "name"),
        ({"name": "welcome"}, "to"),
        ({"name": "welcome", "to": None}, "to"),
        ({"name": "welcome", "to": "u1", "payload": [1]}, "payload"),
        ({"name": "welcome", "to": "u1", "overrides": "x"}, "overrides"),
        ({"name": "welcome", "to": "u1", "transactionId": 7}, "transactionId"),
        ({"name": "welcome", "to": "u1", "context": {f"k{n}": "x" for n in range(6)}}, "context"),
        ({"name": "welcome", "to": "u1", "context": {"a b": "x"}}, "context"),
        ({"name": "welcome", "to": "u1", "context": {"a": "x" * 101}}, "context"),
        ({"name": "welcome", "to": "u1", "context": {"a": {"data": {}}}}, "context"),
    ],
)
def test_a_bad_field_is_a_422(client, body, field):
    answer = client("POST /v1/events/trigger", body)
    assert (answer.status, list(answer.body["errors"])) == (422, [field])


def test_recipients_are_not_looked_into_over_http(client):
    bad = [{"subscriberId": "u1", "email": ""}, {"subscriberId": "u2", "timezone": "x"}]
    assert client.trigger(bad).data["status"] == "processed"


@pytest.mark.parametrize(
    ("to", "status"),
    [
        ("auth0|x", "invalid_recipients"),
        ([{"subscriberId": "auth0|x"}, "ä"], "invalid_recipients"),
        (["auth0|x", "u1"], "processed"),
        ("a+b@example.com", "processed"),
    ],
)
def test_an_enforced_id_pattern_drops_recipients(to, status):
    client = Client(enforces_ids=True)
    assert client.trigger(to).data["status"] == status
    assert "auth0|x" not in [who for _, who in client.settle()]
    assert Client().trigger(to).data["status"] == "processed"


def payload_of(size):
    return {"text": "x" * (size - len('{"text":""}'))}


def test_a_payload_over_512_kb_is_a_413(client):
    assert client.trigger(payload=payload_of(512 * KB)).status == 201
    assert client.trigger(payload=payload_of(512 * KB + 1)).status == 413
    attached = payload_of(512 * KB) | {"attachments": [{"file": "x" * KB}]}
    assert client.trigger(payload=attached).status == 201


def event(name="welcome", to="u1", **more):
    return {"name": name, "to": to, "payload": {}, **more}


def bulk(client, *events):
    return client("POST /v1/events/trigger/bulk", {"events": list(events)})


def test_bulk_answers_each_event_in_order(client):
    answer = bulk(
        client,
        event(transactionId="t1"),
        event("nope"),
        event("asleep"),
        event("strict"),
        event(to="u2", transactionId="t2"),
    )
    assert answer.status == 201
    assert [item["status"] for item in answer.data] == [
        "processed",
        "error",
        "trigger_not_active",
        "error",
        "processed",
    ]
    assert answer.data[1]["error"] == ["workflow_not_found"]
    assert answer.data[3]["error"] == ["Payload validation failed"]
    assert all(item["acknowledged"] is True for item in answer.data)
    assert client.settle() == [("welcome", "u1"), ("welcome", "u2")]


def test_bulk_does_not_default_the_payload(client):
    answer = bulk(client, {"name": "welcome", "to": "u1"})
    assert answer.data == [{"acknowledged": True, "status": "error", "error": ["Validation Error"]}]
    assert client("POST /v1/events/trigger", {"name": "welcome", "to": "u1"}).status == 201


@pytest.mark.parametrize(("size", "status"), [(0, 422), (1, 201), (100, 201), (101, 422)])
def test_bulk_takes_1_to_100_events(client, size, status):
    assert bulk(client, *[event()] * size).status == status


def test_bulk_with_one_large_event_is_a_413_that_names_it(client):
    answer = bulk(client, event(), event(payload=payload_of(512 * KB + 1)))
    assert (answer.status, client.settle()) == (413, [])
    assert "index 1" in answer.body["message"]


def test_a_fault_of_the_server_inside_a_bulk_item_stays_its_own(client):
    client.novu.break_next("500-item")
    answer = bulk(client, event(), event(to="u2"))
    assert [item["status"] for item in answer.data] == ["error", "processed"]
    assert answer.data[0]["error"] == ["connect ETIMEDOUT"]
    assert client.settle() == [("welcome", "u2")]


def test_broadcast_reaches_all_subscribers_of_the_environment():
    client = Client(keys=("dev", "prod"))
    for key, who in (("dev", "u1"), ("dev", "u2"), ("prod", "u3")):
        client("POST /v2/subscribers", {"subscriberId": who}, key=key)
    answer = client(
        "POST /v1/events/trigger/broadcast", {"name": "welcome", "payload": {}}, key="dev"
    )
    assert (answer.status, answer.data["status"]) == (201, "processed")
    assert client.settle() == [("welcome", "u1"), ("welcome", "u2")]


def test_broadcast_needs_a_payload(client):
    answer = client("POST /v1/events/trigger/broadcast", {"name": "welcome"})
    assert (answer.status, list(answer.body["errors"])) == (422, ["payload"])


def test_cancel_is_true_only_while_something_waits(client):
    client.trigger(name="digest", transactionId="t/1")
    client.trigger(name="welcome", transactionId="t2")
    client.clock.now += 10
    cancel = "DELETE /v1/events/trigger/"
    assert client(cancel + "t%2F1").body == {"data": True}
    assert client(cancel + "t%2F1").body == {"data": False}
    assert client(cancel + "t2").body == {"data": False}
    assert client(cancel + "never").status == 200
    assert client.settle() == [("welcome", "u1")]


def test_a_used_up_quota_is_a_402():
    client = Client(quota=2)
    assert client.trigger(["u1", "u2"]).status == 201
    client.settle()
    assert client.trigger().status == 402
    assert client("POST /v2/subscribers", {"subscriberId": "u1"}).status == 201


def test_a_delivery_carries_workflow_subscriber_id_and_payload(client):
    client.trigger(payload={"a": [1, None]}, transactionId="t1")
    client.settle()
    assert client.novu.notifications == [("welcome", "u1", "t1", {"a": [1, None]})]
    assert json.loads(client.novu.requests[0].request.text)["payload"] == {"a": [1, None]}
