import pytest

from novu_server.environment import Topic


def subscribe(client, *subscriptions, topic="t", **more):
    return client(
        f"POST /v2/topics/{topic}/subscriptions", {"subscriptions": list(subscriptions), **more}
    )


def unsubscribe(client, *subscriptions, topic="t"):
    return client(
        f"DELETE /v2/topics/{topic}/subscriptions", {"subscriptions": list(subscriptions)}
    )


@pytest.fixture
def users(client):
    for key in ("u1", "u2", "u3"):
        client("POST /v2/subscribers", {"subscriberId": key})
    return client


def test_a_topic_is_created_and_changed_by_post(client):
    assert client("POST /v2/topics", {"key": "t", "name": "One"}).status == 201
    assert client("POST /v2/topics", {"key": "t", "name": "Two"}).status == 201
    assert client.novu.environment.topics == {"t": Topic("t", "Two")}
    assert client("POST /v2/topics?failIfExists=true", {"key": "t"}).status == 409


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "key"),
        ({"key": ""}, "key"),
        ({"key": "x" * 101}, "key"),
        ({"key": "a b"}, "key"),
        ({"key": "t", "name": "x" * 101}, "name"),
    ],
)
def test_a_bad_topic_is_a_422(client, body, field):
    answer = client("POST /v2/topics", body)
    assert (answer.status, list(answer.body["errors"])) == (422, [field])


def test_a_topic_is_renamed_and_deleted(client):
    client("POST /v2/topics", {"key": "t"})
    assert client("PATCH /v2/topics/t", {"name": "New"}).data["name"] == "New"
    assert client("DELETE /v2/topics/t").status == 200
    assert client("PATCH /v2/topics/t", {"name": "New"}).status == 404
    assert client("DELETE /v2/topics/t").status == 404


def test_subscribing_creates_the_topic_and_counts(users):
    answer = subscribe(users, "u1", "u2", name="Project")
    assert answer.status == 201
    assert answer.body["meta"] == {"totalCount": 2, "successful": 2, "failed": 0}
    assert users.novu.environment.topics["t"].members() == ["u1", "u2"]
    assert users.novu.environment.topics["t"].name == "Project"


def test_an_unknown_subscriber_fails_alone(users):
    answer = subscribe(users, "u1", "ghost")
    assert answer.status == 201
    assert answer.body["meta"] == {"totalCount": 2, "successful": 1, "failed": 1}
    assert answer.body["errors"] == [
        {
            "subscriberId": "ghost",
            "code": "SUBSCRIBER_NOT_FOUND",
            "message": "Subscriber with ID 'ghost' could not be found.",
        }
    ]


def test_nothing_but_unknown_subscribers_is_a_400_and_the_topic_is_there(users):
    answer = subscribe(users, "ghost")
    assert (answer.status, answer.body["errors"][0]["code"]) == (400, "SUBSCRIBER_NOT_FOUND")
    assert "t" in users.novu.environment.topics


def test_subscribing_twice_changes_nothing(users):
    assert subscribe(users, "u1").body == subscribe(users, "u1").body
    assert users.novu.environment.topics["t"].members() == ["u1"]


def test_a_subscriber_has_at_most_ten_subscriptions_to_a_topic(users):
    named = [{"identifier": f"s{n}", "subscriberId": "u1"} for n in range(11)]
    answer = subscribe(users, *named)
    assert answer.body["meta"] == {"totalCount": 11, "successful": 10, "failed": 1}
    assert answer.body["errors"][0]["code"] == "SUBSCRIPTION_LIMIT_EXCEEDED"


@pytest.mark.parametrize(
    ("subscriptions", "status"),
    [
        ([], 422),
        (["u1"] * 100, 201),
        (["u1"] * 101, 422),
        ([7], 422),
        ([{"subscriberId": "u1"}], 422),
        ([{"identifier": "x" * 512, "subscriberId": "u1"}], 201),
        ([{"identifier": "x" * 513, "subscriberId": "u1"}], 422),
    ],
)
def test_the_shape_of_subscriptions(users, subscriptions, status):
    assert subscribe(users, *subscriptions).status == status


def test_the_old_field_still_works(users):
    answer = users("POST /v2/topics/t/subscriptions", {"subscriberIds": ["u1"]})
    assert (answer.status, answer.body["meta"]["successful"]) == (201, 1)


def test_unsubscribing_removes_and_counts(users):
    subscribe(users, "u1", "u2", {"identifier": "s3", "subscriberId": "u3"})
    answer = unsubscribe(users, "u1", {"identifier": "s3"}, "ghost")
    assert answer.status == 200
    assert answer.body["meta"] == {"totalCount": 3, "successful": 2, "failed": 1}
    assert users.novu.environment.topics["t"].members() == ["u2"]


def test_unsubscribing_from_a_missing_topic_is_a_404(users):
    assert unsubscribe(users, "u1").status == 404


@pytest.mark.parametrize(
    ("who", "code"), [("u2", "SUBSCRIPTION_NOT_FOUND"), ("ghost", "SUBSCRIBER_NOT_FOUND")]
)
def test_unsubscribing_nobody_is_a_400(users, who, code):
    subscribe(users, "u1")
    answer = unsubscribe(users, who)
    assert (answer.status, answer.body["errors"][0]["code"]) == (400, code)
    assert users.novu.environment.topics["t"].members() == ["u1"]


def test_contexts_are_created_once_replaced_and_deleted(client):
    place = {"type": "tenant", "id": "acme"}
    assert client("POST /v2/contexts", place | {"data": {"a": 1}}).status == 201
    assert client("POST /v2/contexts", place).status == 409
    assert client("PATCH /v2/contexts/tenant/acme", {"data": {"b": 2}}).status == 200
    assert client.novu.environment.contexts == {("tenant", "acme"): {"b": 2}}
    assert client("DELETE /v2/contexts/tenant/acme").status == 204
    assert client("DELETE /v2/contexts/tenant/acme").status == 404
    assert client("PATCH /v2/contexts/tenant/acme", {"data": {}}).status == 404


@pytest.mark.parametrize(
    ("size", "status"), [(64 * 1024, 201), (64 * 1024 + 1, 422)], ids=["64 KB", "one more"]
)
def test_context_data_is_at_most_64_kb(client, size, status):
    data = {"text": "x" * (size - len('{"text":""}'))}
    body = {"type": "tenant", "id": "acme", "data": data}
    assert client("POST /v2/contexts", body).status == status


@pytest.mark.parametrize("part", ["", "a b", "x" * 101, "a:b"])
def test_the_parts_of_a_context_are_plain(client, part):
    assert client("POST /v2/contexts", {"type": part, "id": "acme"}).status == 422
    assert client("POST /v2/contexts", {"type": "tenant", "id": part}).status == 422
