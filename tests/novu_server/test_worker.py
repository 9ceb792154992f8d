import pytest

from novu_server.conftest import Client
from novu_server.worker import NOT_UNIQUE


def losses(client):
    client.novu.settle()
    return [(loss.subscriber_id, loss.reason) for loss in client.novu.losses]


def test_a_subscriber_comes_into_being_a_moment_after_the_201(client):
    client.trigger({"subscriberId": "u1", "firstName": "Ada"})
    assert "u1" not in client.novu.subscribers
    client.clock.now += 1
    assert client.novu.subscribers["u1"].fields == {"firstName": "Ada"}
    assert [note.subscriber_id for note in client.novu.notifications] == ["u1"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"email": ""}, "email"),
        ({"email": "x"}, "email"),
        ({"locale": "english (US)"}, "locale"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"email": "x", "timezone": "x"}, "email, timezone"),
    ],
)
def test_a_bad_inline_profile_loses_its_notification_in_silence(client, fields, reason):
    answer = client.trigger([{"subscriberId": "u1", **fields}, "u2"])
    assert answer.data["status"] == "processed"
    assert client.settle() == [("welcome", "u2")]
    assert losses(client) == [("u1", reason)]
    assert "u1" not in client.novu.subscribers


def test_a_recipient_without_id_loses_the_run(client):
    with pytest.raises(AssertionError, match="SDK"):
        client.trigger({"firstName": "Ada"})
    assert client.settle() == []
    assert losses(client) == [(None, "subscriberId under property to is not configured")]


def test_inline_channels_add_credentials(client):
    channel = {"providerId": "fcm", "credentials": {"deviceTokens": ["a"]}}
    client.trigger({"subscriberId": "u1", "channels": [channel]})
    client.settle()
    assert client.novu.subscribers["u1"].channels == {("fcm", "fcm-1"): {"deviceTokens": ["a"]}}


def test_a_recipient_named_twice_gets_one_notification(client):
    client("POST /v2/subscribers", {"subscriberId": "u1"})
    client("POST /v2/topics/t/subscriptions", {"subscriptions": ["u1"]})
    client.trigger(["u1", {"subscriberId": "u1"}, {"type": "Topic", "topicKey": "t"}])
    assert client.settle() == [("welcome", "u1")]


def members(client, *ids):
    for key in ids:
        client("POST /v2/subscribers", {"subscriberId": key})
    client("POST /v2/topics/t/subscriptions", {"subscriptions": list(ids)})


def test_a_topic_reaches_its_members_but_excluded_ones_and_the_actor(client):
    members(client, "u1", "u2", "u3")
    client.trigger({"type": "Topic", "topicKey": "t", "exclude": ["u1"]}, actor="u2")
    assert client.settle() == [("welcome", "u3")]


def test_the_actor_is_upserted_without_its_time_zone(client):
    actor = {"subscriberId": "boss", "firstName": "Eve", "timezone": "UTC"}
    client.trigger(actor=actor)
    assert client.settle() == [("welcome", "u1")]
    assert client.novu.subscribers["boss"].fields == {"firstName": "Eve"}


def test_a_bad_actor_loses_the_run(client):
    client.trigger(actor={"subscriberId": "boss", "email": ""})
    assert client.settle() == []
    assert losses(client) == [(None, "email")]


def test_an_unknown_topic_sends_nothing(client):
    assert client.trigger({"type": "Topic", "topicKey": "nope"}).data["status"] == "processed"
    assert client.settle() == []
    assert losses(client) == [(None, "topic nope not found")]


def test_contexts_come_into_being_and_their_data_is_replaced(client):
    client.trigger(context={"tenant": {"id": "acme", "data": {"a": 1}}, "app": "web"})
    client.trigger(context={"tenant": {"id": "acme", "data": {"b": 2}}})
    client.trigger(context={"tenant": "acme"})
    client.settle()
    assert client.novu.environment.contexts == {("tenant", "acme"): {"b": 2}, ("app", "web"): {}}


def test_a_second_trigger_with_the_id_is_processed_and_dropped_later(client):
    client.trigger(transactionId="t1")
    client.clock.now += 10
    assert client.trigger(transactionId="t1").data["status"] == "processed"
    assert client.settle() == [("welcome", "u1")]
    assert losses(client) == [(None, NOT_UNIQUE)]


def test_an_id_is_unique_in_the_environment_not_in_the_workflow():
    client = Client(keys=("nv-key", "prod"))
    client.trigger(transactionId="t1")
    client.clock.now += 10
    client.trigger("u2", name="digest", transactionId="t1")
    body = {"name": "welcome", "to": "u1", "payload": {}, "transactionId": "t1"}
    client("POST /v1/events/trigger", body, key="prod")
    assert client.settle() == [("welcome", "u1")]
    assert len(client.novu.environments["prod"].notifications) == 1


def test_two_triggers_with_one_id_at_the_same_moment_both_pass(client):
    client.trigger(transactionId="t1")
    client.clock.now += 0.05
    client.trigger(transactionId="t1")
    assert client.settle() == [("welcome", "u1")] * 2


def test_an_id_without_jobs_is_not_known(client):
    client("POST /v2/topics", {"key": "empty"})
    for to in ({"type": "Topic", "topicKey": "empty"}, {"subscriberId": "u1", "email": ""}):
        client.trigger(to, transactionId="t1")
        client.clock.now += 10
    client.trigger(transactionId="t1")
    assert client.settle() == [("welcome", "u1")]


@pytest.mark.parametrize(
    ("tier", "hours", "deliveries"),
    [
        ("free", 23, 1),
        ("free", 25, 2),
        ("pro", 6 * 24, 1),
        ("pro", 8 * 24, 2),
        ("team", 89 * 24, 1),
        ("team", 91 * 24, 2),
        (None, 1000 * 24, 1),
    ],
)
def test_an_id_is_known_as_long_as_the_plan_keeps_jobs(tier, hours, deliveries):
    client = Client(tier=tier)
    client.trigger(transactionId="t1")
    client.clock.now += hours * 3600
    client.trigger(transactionId="t1")
    assert len(client.settle()) == deliveries


def test_a_server_of_2022_refuses_a_known_id_at_once():
    client = Client(dedupe="http")
    assert client.trigger(transactionId="t1").status == 201
    answer = client.trigger(transactionId="t1")
    assert (answer.status, answer.body["message"]) == (400, NOT_UNIQUE)
    assert client.settle() == [("welcome", "u1")]


def test_a_server_that_looks_only_at_waiting_jobs_delivers_again():
    client = Client(dedupe="in-flight")
    for name, transaction_id in (("digest", "t1"), ("digest", "t1"), ("welcome", "t2")) * 2:
        client.trigger(name=name, transactionId=transaction_id)
        client.clock.now += 10
    assert sorted(client.settle()) == [("digest", "u1"), ("welcome", "u1"), ("welcome", "u1")]
