"""Rate limits and idempotency keys."""

import pytest

from novu_server.conftest import Client

EVENT = {"name": "welcome", "to": "u1", "payload": {}}
SUBSCRIBER = {"subscriberId": "u1"}
CALLS = {
    "trigger": ("POST /v1/events/trigger", EVENT),
    "bulk trigger": ("POST /v1/events/trigger/bulk", {"events": [EVENT]}),
    "broadcast": ("POST /v1/events/trigger/broadcast", {"name": "welcome", "payload": {}}),
    "subscriber": ("POST /v2/subscribers", SUBSCRIBER),
    "bulk subscribers": ("POST /v1/subscribers/bulk", {"subscribers": [SUBSCRIBER]}),
}


def until_429(client, call):
    """How many such calls pass before the first 429, and that answer."""
    for number in range(5000):
        answer = client(*CALLS[call])
        if answer.status == 429:
            return number, answer
    raise AssertionError


@pytest.mark.parametrize(
    ("tier", "call", "burst"),
    [
        ("free", "trigger", 330),
        ("free", "bulk trigger", 3),
        ("free", "broadcast", 3),
        ("free", "subscriber", 110),
        ("free", "bulk subscribers", 1),
        ("pro", "trigger", 1320),
        ("pro", "bulk trigger", 13),
        ("pro", "bulk subscribers", 4),
        ("team", "bulk trigger", 33),
        ("team", "bulk subscribers", 11),
        ("enterprise", "bulk trigger", 330),
        ("enterprise", "bulk subscribers", 110),
    ],
)
def test_a_burst_is_five_seconds_and_a_tenth_more(tier, call, burst):
    assert until_429(Client(tier=tier), call)[0] == burst


@pytest.mark.parametrize(
    ("tier", "call", "in_a_minute"),
    [
        ("free", "trigger", 60 * 60),
        ("free", "bulk trigger", 36),
        ("free", "bulk subscribers", 12),
        ("pro", "bulk trigger", 144),
    ],
)
def test_the_sustained_rate(tier, call, in_a_minute):
    client = Client(tier=tier)
    until_429(client, call)
    passed = 0
    for tick in range(1, 60 * 10 + 1):
        client.clock.now = 1_000_000 + tick / 10
        passed += until_429(client, call)[0]
    assert passed == pytest.approx(in_a_minute, abs=2)


def test_the_headers_of_a_limited_answer():
    client = Client()
    answer = client(*CALLS["bulk trigger"])
    assert {name: value for name, value in answer.headers.items() if "ratelimit" in name} == {
        "ratelimit-limit": "300",
        "ratelimit-remaining": "230",
        "ratelimit-reset": "2",
        "ratelimit-policy": '300;w=5;burst=330;comment="token bucket";category="trigger";'
        'cost="bulk";serviceLevel="free"',
    }
    assert "retry-after" not in answer.headers
    number, refused = until_429(client, "bulk trigger")
    assert (number, refused.body["message"]) == (2, "API rate limit exceeded")
    assert refused.headers["retry-after"] == refused.headers["ratelimit-reset"] == "2"
    assert refused.headers["ratelimit-remaining"] == "0"


def test_waiting_as_long_as_retry_after_says_helps():
    client = Client()
    wait = float(until_429(client, "bulk trigger")[1].headers["retry-after"])
    client.clock.now += wait - 1
    assert client(*CALLS["bulk trigger"]).status == 429
    client.clock.now += 1
    assert client(*CALLS["bulk trigger"]).status == 201


def test_tokens_come_back_only_once_the_bucket_cannot_pay():
    client = Client()
    for _ in range(2):
        client(*CALLS["bulk trigger"])
        client.clock.now += 1
    assert client(*CALLS["bulk trigger"]).headers["ratelimit-remaining"] == "30"
    assert client(*CALLS["bulk trigger"]).headers["ratelimit-remaining"] == "50"


def test_a_bucket_left_alone_for_two_windows_is_full():
    client = Client()
    until_429(client, "trigger")
    client.clock.now += 10
    assert until_429(client, "trigger")[0] == 330


def test_categories_and_environments_have_buckets_of_their_own():
    client = Client(keys=("nv-key", "prod"))
    until_429(client, "trigger")
    assert client(*CALLS["subscriber"]).status == 201
    assert client(*CALLS["trigger"], key="prod").status == 201
    assert client.novu.environment.tokens == {"trigger": 330, "configuration": 1}


def test_a_refused_key_costs_nothing_and_a_bad_body_does(client):
    client("POST /v1/events/trigger", EVENT, key="other")
    client("POST /v1/events/nowhere", EVENT)
    assert client.novu.environment.tokens["trigger"] == 0
    client("POST /v1/events/trigger", {})
    assert client.novu.environment.tokens["trigger"] == 1


def test_a_server_of_ones_own_has_no_limits(client):
    assert "ratelimit-limit" not in client(*CALLS["trigger"]).headers
    assert client.novu.environment.tokens["trigger"] == 1


def keyed(client, body=None, key="k1", line="POST /v1/events/trigger", **more):
    return client(line, EVENT if body is None else body, Idempotency_Key=key, **more)


def test_an_idempotency_key_means_nothing_while_the_feature_is_off(client):
    keyed(client)
    assert "idempotency-replay" not in keyed(client).headers
    assert len(client.settle()) == 2


def test_a_key_replays_the_answer_for_a_day():
    client = Client(idempotency="on")
    first = keyed(client)
    again = keyed(client)
    assert first.headers["idempotency-key"] == "k1"
    assert (again.status, again.body) == (first.status, first.body)
    assert again.headers["idempotency-replay"] == "true"
    assert [exchange.replayed for exchange in client.novu.requests] == [False, True]
    client.clock.now += 25 * 3600
    assert "idempotency-replay" not in keyed(client).headers
    assert len(client.settle()) == 2


def test_a_key_with_another_body_is_a_422_in_the_whole_organisation():
    client = Client(idempotency="on", keys=("nv-key", "prod"))
    keyed(client)
    assert keyed(client, SUBSCRIBER, line="POST /v2/subscribers").status == 422
    assert keyed(client, {**EVENT, "to": "u2"}, key="k1").status == 422
    client("POST /v1/events/trigger", EVENT, key="prod", Idempotency_Key="k1")
    assert client.novu.requests[-1].replayed


def test_a_key_has_at_most_255_characters():
    client = Client(idempotency="on")
    assert keyed(client, key="x" * 255).status == 201
    assert keyed(client, key="x" * 256).status == 400


def test_a_key_in_progress_is_a_409_for_five_minutes():
    client = Client(idempotency="on")
    client.novu.break_next("hang")
    assert keyed(client).raw == {"fault": "hang"}
    answer = keyed(client)
    assert (answer.status, answer.headers["retry-after"]) == (409, "1")
    client.clock.now += 301
    assert keyed(client).status == 201


@pytest.mark.parametrize(("mode", "status"), [("on", 422), ("old", 500)])
def test_errors_are_replayed_too(mode, status):
    client = Client(idempotency=mode)
    event = {**EVENT, "name": "nope"}
    assert keyed(client, event).status == 422
    assert keyed(client, event).status == status


def test_a_key_pins_a_500_even_of_a_trigger_that_went_through():
    client = Client(idempotency="on")
    client.novu.break_next("500-after")
    assert [keyed(client).status, keyed(client).status] == [500, 500]
    assert client.settle() == [("welcome", "u1")]


@pytest.mark.parametrize("refusal", ["401", "402", "429"])
def test_what_the_guards_refuse_is_not_cached(refusal):
    client = Client(idempotency="on", quota=0 if refusal == "402" else None)
    if refusal == "429":
        until_429(client, "bulk trigger")
        until_429(client, "trigger")
    refused = client(
        "POST /v1/events/trigger",
        EVENT,
        key="other" if refusal == "401" else "nv-key",
        Idempotency_Key="k1",
    )
    assert refused.status == int(refusal)
    client.novu.quota = None
    client.clock.now += 10
    assert keyed(client).status == 201


def test_only_post_and_patch_have_keys():
    client = Client(idempotency="on")
    client("POST /v2/subscribers", SUBSCRIBER)
    for _ in range(2):
        client("GET /v2/subscribers/u1", Idempotency_Key="k1")
    assert not client.novu.requests[-1].replayed
