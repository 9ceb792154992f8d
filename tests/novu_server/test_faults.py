import pytest

from novu_server import FAULTS
from novu_server.conftest import Client

WORKED = [("welcome", "u1")]


def broken(client, fault):
    """The answer to a trigger with this fault, and whether Novu did the work."""
    client.novu.break_next(fault)
    return client.trigger().raw, client.settle() == WORKED


@pytest.mark.parametrize(
    ("fault", "shown", "works"),
    [
        ("refused", "refused", False),
        ("dns", "dns", False),
        ("tls", "tls", False),
        ("reset", "reset", False),
        ("reset-after", "reset", True),
        ("hang", "hang", False),
        ("hang-after", "hang", True),
    ],
)
def test_no_answer(client, fault, shown, works):
    assert broken(client, fault) == ({"fault": shown}, works)


@pytest.mark.parametrize(("fault", "shown"), [("truncated", "truncated"), ("endless", "hang-body")])
def test_half_an_answer(client, fault, shown):
    answer, works = broken(client, fault)
    assert (answer["status"], answer["fault"], works) == (201, shown, True)
    assert '{"data": {"ack' in answer["text"]
    assert not answer["text"].endswith("}}")
    assert answer["whole"] > len(answer["text"])


@pytest.mark.parametrize(
    ("fault", "status", "works"),
    [
        ("html-502", 502, False),
        ("429", 429, False),
        ("500", 500, False),
        ("500-after", 500, True),
        ("500-item", 201, True),
        ("503", 503, False),
        ("redirect", 307, False),
    ],
)
def test_another_answer(client, fault, status, works):
    answer, worked = broken(client, fault)
    assert (answer["status"], worked) == (status, works)
    assert "fault" not in answer


def test_the_words_of_proxies(client):
    assert "<html>" in broken(client, "html-502")[0]["text"]
    assert broken(client, "503")[0]["text"] == '"Service Unavailable"'
    assert broken(client, "429")[0]["headers"]["retry-after"] == "2"
    redirected = broken(client, "redirect")[0]["headers"]["location"]
    assert redirected == "https://elsewhere.example/v1/events/trigger"


def test_a_hang_comes_before_every_refusal(client):
    client.novu.break_next("hang", "hang")
    assert client("POST /nowhere").raw == {"fault": "hang"}
    assert client.trigger(name="nope").raw == {"fault": "hang"}


def test_faults_follow_one_another_and_end(client):
    client.novu.break_next("reset", "500")
    assert [client.trigger().status for _ in range(3)] == [0, 500, 201]


def test_faults_may_be_chosen_by_request():
    client = Client(faults=lambda request: "500" if "subscribers" in request.path else None)
    assert client.trigger().status == 201
    assert client("GET /v2/subscribers/u1").status == 500


def test_an_unknown_fault_is_refused(client):
    with pytest.raises(AssertionError, match="known faults: refused"):
        client.novu.break_next("gremlin")
    assert len(FAULTS) == len(set(FAULTS)) == 16
