import json

import pytest

from novu_server import sdk
from novu_server.conftest import Client
from novu_server.routes import ROUTES

SUBSCRIBER = {"subscriberId": "u1"}


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        ("ApiKey nv-key", 201),
        ("Bearer nv-key", 401),
        ("nv-key", 401),
        ("ApiKey nv-other", 401),
        ("ApiKey ", 401),
        ("apikey nv-key", 401),
    ],
)
def test_the_key_needs_its_prefix(client, authorization, status):
    assert client("POST /v2/subscribers", SUBSCRIBER, Authorization=authorization).status == status


def test_a_key_is_unknown_in_the_other_region(client):
    other = client("POST /v2/subscribers", SUBSCRIBER, base="https://eu.api.novu.co")
    assert other.status == 401
    european = Client(base_url="https://eu.api.novu.co")
    assert european("POST /v2/subscribers", SUBSCRIBER).status == 201


def test_each_key_has_its_own_environment():
    client = Client(keys=("dev", "prod"))
    client("POST /v2/subscribers", SUBSCRIBER, key="dev")
    assert client("GET /v2/subscribers/u1", key="dev").status == 200
    assert client("GET /v2/subscribers/u1", key="prod").status == 404


def test_another_host_is_not_found(client):
    assert client("GET /v2/subscribers/u1", base="https://evil.example").raw == {"fault": "dns"}


def test_success_is_wrapped_in_data(client):
    answer = client("POST /v2/subscribers", SUBSCRIBER)
    assert answer.body == {"data": {"_id": "id-u1", "subscriberId": "u1", "data": {}}}
    assert answer.headers["content-type"].startswith("application/json")


def test_a_body_with_data_of_its_own_is_not_wrapped_again(client):
    client("POST /v2/subscribers", SUBSCRIBER)
    answer = client("POST /v2/topics/t/subscriptions", {"subscriptions": ["u1"]})
    assert answer.body.keys() == {"data", "meta"}


def test_an_error_says_status_time_path_and_message(client):
    answer = client("PATCH /v2/subscribers/nobody", {})
    assert answer.body == {
        "statusCode": 404,
        "timestamp": "1970-01-12T13:46:40+00:00",
        "path": "/v2/subscribers/nobody",
        "message": "Subscriber: nobody was not found",
    }


@pytest.mark.parametrize("line", ["POST /v1/v1/events/trigger", "GET /v2/subscribers/a/b", "PUT /"])
def test_an_unknown_path_is_the_routers_404(client, line):
    answer = client(line, {})
    assert (answer.status, answer.body["message"]) == (404, f"Cannot {line}")


def test_ids_in_a_path_are_decoded(client):
    client("POST /v2/subscribers", {"subscriberId": "a/b@c d"})
    assert client("GET /v2/subscribers/a%2Fb%40c%20d").data["subscriberId"] == "a/b@c d"


@pytest.mark.parametrize("text", ["{", "nonsense", '"text"', "1", '{"a": NaN}'])
def test_what_is_not_json_is_a_400(client, text):
    assert client("POST /v2/subscribers", text).status == 400


def test_another_content_type_is_an_empty_body(client):
    answer = client("POST /v2/subscribers", SUBSCRIBER, Content_Type="text/plain;charset=UTF-8")
    assert answer.status == 422


def test_an_array_is_no_body(client):
    answer = client("POST /v2/subscribers", [SUBSCRIBER])
    assert answer.body["errors"] == {"general": {"messages": ["the body must be an object"]}}


@pytest.mark.parametrize(
    ("line", "least"),
    [
        ("POST /v2/subscribers", 100 * 1024),
        ("POST /v1/subscribers/bulk", 100 * 1024),
        ("POST /v2/topics", 100 * 1024),
        ("POST /v1/events/trigger", 26 * 1024 * 1024),
    ],
)
def test_a_body_over_the_routes_limit_is_a_413(client, line, least):
    assert client(line, '"' + "x" * (least - 2) + '"').status == 400
    assert client(line, '"' + "x" * (least - 1) + '"').status == 413
    assert client(line, '"' + "é" * (least // 2) + '"').status == 413


def test_every_endpoint_has_its_sdk_model():
    assert {(route.method, route.pattern) for route in ROUTES} == sdk.MODELS.keys()


def test_the_log_says_what_was_asked_and_answered(client):
    client("POST /v2/subscribers", SUBSCRIBER)
    client.novu.break_next("hang")
    client("PATCH /v2/subscribers/u1", {})
    first, second = client.novu.requests
    assert (first.route, first.answer["status"]) == ("POST /v2/subscribers", 201)
    assert json.loads(first.request.text) == SUBSCRIBER
    assert (second.fault, second.answer) == ("hang", {"fault": "hang"})
