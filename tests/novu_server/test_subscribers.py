import pytest

from novu_server.conftest import Client

FULL = {
    "firstName": "Ada",
    "lastName": "Byron",
    "email": "ada@example.com",
    "phone": "+46701234567",
    "avatar": "https://example.com/a.png",
    "locale": "en_US",
    "timezone": "Europe/Stockholm",
    "data": {"plan": "pro", "seats": 3},
}


def known(client, **fields):
    """Make u1 with the full profile and these fields; the subscriber."""
    client("POST /v2/subscribers", {"subscriberId": "u1", **FULL, **fields})
    return client.novu.subscribers["u1"]


# What each way of writing does to an existing subscriber with all fields set.
WAYS = {
    "post": lambda client, fields: (
        client("POST /v2/subscribers", {"subscriberId": "u1", **fields}).status
    ),
    "patch": lambda client, fields: client("PATCH /v2/subscribers/u1", fields).status,
    "bulk": lambda client, fields: (
        client(
            "POST /v1/subscribers/bulk", {"subscribers": [{"subscriberId": "u1", **fields}]}
        ).status
    ),
    "inline": lambda client, fields: client.trigger({"subscriberId": "u1", **fields}).status,
}


@pytest.mark.parametrize(
    ("way", "fields", "changed"),
    [
        *((way, {"firstName": "Eve"}, {"firstName": "Eve"}) for way in ("patch", "bulk", "inline")),
        ("post", {"firstName": "Eve"}, {"firstName": "Eve", "data": {}}),
        *((way, {"email": None}, {"email": None}) for way in ("patch", "bulk", "inline")),
        ("post", {"email": None}, {"email": None, "data": {}}),
        *((way, {"data": {"a": 1}}, {"data": {"a": 1}}) for way in WAYS),
        *((way, {"data": None}, {"data": None}) for way in ("patch", "bulk", "inline")),
        ("post", {"data": None}, {"data": {}}),
        *((way, {"phone": "", "avatar": ""}, {"phone": "", "avatar": ""}) for way in ("patch",)),
    ],
)
def test_absent_fields_stay_null_clears_and_data_is_replaced_whole(client, way, fields, changed):
    subscriber = known(client)
    WAYS[way](client, fields)
    client.settle()
    assert subscriber.fields == FULL | changed


@pytest.mark.parametrize("line", ["POST /v2/subscribers", "PATCH /v2/subscribers/u1"])
@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("email", "", "email must be an email"),
        ("email", "ada", "email must be an email"),
        ("email", "a@b", "email must be an email"),
        ("email", "a b@example.com", "email must be an email"),
        ("email", f"{'a' * 65}@example.com", "email must be an email"),
        ("locale", "", "locale must be locale"),
        ("locale", "english (US)", "locale must be locale"),
        ("timezone", "", "timezone must be a valid IANA time-zone"),
        ("timezone", "Mars/Olympus", "timezone must be a valid IANA time-zone"),
        ("phone", 46701234567, "phone must be a string"),
        ("firstName", True, "firstName must be a string"),
        ("data", ["a"], "data must be an object"),
        ("data", "a", "data must be an object"),
    ],
)
def test_a_bad_field_is_a_422_that_names_it(client, line, field, value, message):
    known(client)
    answer = client(line, {"subscriberId": "u1"} | {field: value})
    assert answer.status == 422
    assert answer.body["errors"] == {field: {"messages": [message], "value": value}}
    assert client.novu.subscribers["u1"].fields == FULL


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "a.b+c@mail.example.co.uk"),
        ("email", "åsa@exämple.se"),
        ("locale", "en-US"),
        ("locale", "en"),
        ("locale", "zh_Hant_TW"),
        ("timezone", "UTC"),
        ("timezone", "europe/stockholm"),
        ("phone", ""),
        ("firstName", ""),
    ],
)
def test_a_good_field_passes(client, field, value):
    assert known(client, **{field: value}).fields[field] == value


@pytest.mark.parametrize("body", [{}, {"subscriberId": None}, {"subscriberId": ""}])
def test_a_subscriber_needs_an_id(client, body):
    assert "subscriberId" in client("POST /v2/subscribers", body).body["errors"]


def test_post_answers_201_for_new_and_known(client):
    assert client("POST /v2/subscribers", {"subscriberId": "u1"}).status == 201
    assert client("POST /v2/subscribers", {"subscriberId": "u1"}).status == 201


def test_fail_if_exists_is_a_409_only_when_true(client):
    assert client("POST /v2/subscribers?failIfExists=true", {"subscriberId": "u1"}).status == 201
    assert client("POST /v2/subscribers?failIfExists=false", {"subscriberId": "u1"}).status == 201
    answer = client("POST /v2/subscribers?failIfExists=true", {"subscriberId": "u1", "email": None})
    assert answer.status == 409
    assert client.novu.subscribers["u1"].fields == {"data": {}}


def test_get_shows_what_is_kept(client):
    known(client)
    assert client("GET /v2/subscribers/u1").data == {"_id": "id-u1", "subscriberId": "u1", **FULL}


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("GET /v2/subscribers/u9", None),
        ("PATCH /v2/subscribers/u9", {}),
        ("DELETE /v2/subscribers/u9", None),
        ("PATCH /v1/subscribers/u9/online-status", {"isOnline": True}),
        ("PATCH /v2/subscribers/u9/preferences", {"channels": {"email": True}}),
        (
            "PATCH /v2/subscribers/u9/preferences/bulk",
            {"preferences": [{"workflowId": "welcome", "channels": {}}]},
        ),
    ],
)
def test_an_unknown_subscriber_is_a_404(client, line, body):
    assert client(line, body).status == 404


def test_deleting_takes_preferences_and_subscriptions_along(client):
    known(client)
    client("POST /v2/topics/t/subscriptions", {"subscriptions": ["u1"]})
    client("PATCH /v2/subscribers/u1/preferences", {"channels": {"email": False}})
    answer = client("DELETE /v2/subscribers/u1")
    assert (answer.status, answer.data) == (200, {"acknowledged": True, "status": "deleted"})
    environment = client.novu.environment
    assert not environment.subscribers
    assert not environment.preferences
    assert not environment.topics["t"].subscriptions
    assert client("DELETE /v2/subscribers/u1").status == 404


def test_an_enforced_id_pattern_refuses_a_patch():
    client = Client(enforces_ids=True)
    assert client("PATCH /v2/subscribers/auth0%7Cx", {}).status == 400
    assert client("PATCH /v2/subscribers/a.b:c-d_1", {}).status == 404
    assert client("PATCH /v2/subscribers/a%2Bb%40example.com", {}).status == 404


def bulk(client, *records):
    return client("POST /v1/subscribers/bulk", {"subscribers": list(records)})


def test_bulk_upserts_and_sorts_new_from_known(client):
    known(client)
    answer = bulk(client, {"subscriberId": "u1"}, {"subscriberId": "u2", "email": "b@example.com"})
    assert answer.status == 201
    assert answer.data == {
        "created": [{"subscriberId": "u2"}],
        "updated": [{"subscriberId": "u1"}],
        "failed": [],
    }
    assert client.novu.subscribers["u1"].data == FULL["data"]


def test_one_bad_record_refuses_the_whole_bulk(client):
    answer = bulk(client, {"subscriberId": "u1"}, {"subscriberId": "u2", "email": ""})
    assert (answer.status, list(answer.body["errors"])) == (422, ["subscribers.1.email"])
    assert not client.novu.subscribers


def test_bulk_takes_channels_and_says_which_of_them_failed(client):
    tokens = {"deviceTokens": ["a"]}
    answer = bulk(
        client,
        {"subscriberId": "u1", "channels": [{"providerId": "fcm", "credentials": tokens}]},
        {"subscriberId": "u2", "channels": [{"providerId": "apns", "credentials": tokens}]},
    )
    assert answer.data["created"] == [{"subscriberId": "u1"}]
    assert [item["subscriberId"] for item in answer.data["failed"]] == ["u2"]
    assert "active apns integration" in answer.data["failed"][0]["message"]
    assert client.novu.subscribers["u1"].channels == {("fcm", "fcm-1"): tokens}


@pytest.mark.parametrize(("size", "status"), [(0, 422), (1, 201), (500, 201), (501, 422)])
def test_bulk_takes_1_to_500(client, size, status):
    assert bulk(client, *({"subscriberId": f"u{n}"} for n in range(size))).status == status


def credentials(client, method, tokens=None, provider="fcm", who="u1", **more):
    fields = more if tokens is None else {"deviceTokens": tokens, **more}
    body = {"providerId": provider, "credentials": fields}
    return client(f"{method} /v1/subscribers/{who}/credentials", body)


def tokens(client):
    return client.novu.subscribers["u1"].channels["fcm", "fcm-1"].get("deviceTokens")


def test_put_replaces_device_tokens_and_patch_adds(client):
    known(client)
    assert credentials(client, "PUT", ["a", "b"]).status == 200
    assert credentials(client, "PATCH", ["b", "c"]).status == 200
    assert tokens(client) == ["a", "b", "c"]
    credentials(client, "PUT", ["d"])
    assert tokens(client) == ["d"]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_credentials_without_tokens_reset_them(client, method):
    known(client)
    credentials(client, "PUT", ["a"])
    credentials(client, method, webhookUrl="https://example.com/hook")
    assert tokens(client) == []


def test_credentials_take_at_most_100_tokens(client):
    known(client)
    assert credentials(client, "PATCH", [f"t{n}" for n in range(100)]).status == 200
    assert credentials(client, "PATCH", ["one more"]).status == 400
    assert credentials(client, "PUT", [f"t{n}" for n in range(101)]).status == 400


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"who": "u9"}, 400),
        ({"provider": "slack"}, 400),
        ({"provider": "pigeon"}, 422),
        ({"tokens": "a"}, 422),
        ({"tokens": [1]}, 422),
    ],
)
def test_bad_credentials(client, options, status):
    known(client)
    assert credentials(client, "PUT", **({"tokens": ["a"]} | options)).status == status


def test_an_integration_may_be_named(client):
    known(client)
    body = {"providerId": "fcm", "credentials": {"deviceTokens": ["a"]}}
    line = "PUT /v1/subscribers/u1/credentials"
    assert client(line, body | {"integrationIdentifier": "fcm-1"}).status == 200
    assert client(line, body | {"integrationIdentifier": "fcm-2"}).status == 400


def test_deleting_credentials_answers_204_without_a_body(client):
    known(client)
    credentials(client, "PUT", ["a"])
    answer = client("DELETE /v1/subscribers/u1/credentials/fcm")
    assert (answer.status, answer.raw["text"]) == (204, "")
    assert not client.novu.subscribers["u1"].channels


def test_online_status(client):
    known(client)
    assert client("PATCH /v1/subscribers/u1/online-status", {"isOnline": True}).status == 200
    assert client.novu.subscribers["u1"].online
    assert client("PATCH /v1/subscribers/u1/online-status", {"isOnline": "yes"}).status == 422


def prefer(client, **body):
    return client("PATCH /v2/subscribers/u1/preferences", body)


def test_preferences_are_global_or_of_a_workflow_and_merge_by_channel(client):
    known(client)
    assert prefer(client, channels={"email": False, "sms": True}).status == 200
    assert prefer(client, channels={"email": True}).status == 200
    assert prefer(client, channels={"in_app": False}, workflowId="welcome").status == 200
    assert client.novu.environment.preferences == {
        ("u1", None): {"channels": {"email": True, "sms": True}},
        ("u1", "welcome"): {"channels": {"in_app": False}},
    }


def test_preferences_take_a_schedule(client):
    known(client)
    assert prefer(client, schedule={"isEnabled": True}).status == 200
    kept = client.novu.environment.preferences["u1", None]
    assert kept == {"channels": {}, "schedule": {"isEnabled": True}}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"channels": {"email": "no"}}, 422),
        ({"channels": {"pigeon": True}}, 422),
        ({"channels": {"email": True}, "workflowId": "nope"}, 404),
    ],
)
def test_bad_preferences(client, body, status):
    known(client)
    assert prefer(client, **body).status == status


@pytest.mark.parametrize(
    ("size", "workflow", "status"),
    [(1, "welcome", 200), (100, "welcome", 200), (101, "welcome", 422), (2, "nope", 404)],
)
def test_bulk_preferences(client, size, workflow, status):
    known(client)
    items = [{"workflowId": workflow, "channels": {"email": False}}] * size
    answer = client("PATCH /v2/subscribers/u1/preferences/bulk", {"preferences": items})
    assert answer.status == status
    assert len(client.novu.environment.preferences) == (status == 200)
