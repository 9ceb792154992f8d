"""The loopback server gives what the class gives, and breaks connections for real."""

import http.client
import json

import pytest

from novu_server import Novu, Workflow
from novu_server.server import serve

EVENT = json.dumps({"name": "welcome", "to": "u1", "payload": {"text": "é"}})
HEADERS = {"Authorization": "ApiKey nv-key", "Content-Type": "application/json"}


@pytest.fixture
def novu():
    novu = Novu(base_url="https://eu.api.novu.co")
    novu.add(Workflow("welcome"))
    return novu


def ask(base, line="POST /v1/events/trigger", body=EVENT, timeout=5):
    """Status, headers and text of one request."""
    method, path = line.split(" ")
    connection = http.client.HTTPConnection(base.removeprefix("http://"), timeout=timeout)
    try:
        connection.request(method, path, body and body.encode(), HEADERS)
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return response.status, headers, response.read().decode()
    finally:
        connection.close()


def test_it_answers_as_the_class_does(novu):
    with serve(novu) as base:
        status, headers, text = ask(base)
        assert (status, json.loads(text)["data"]["status"]) == (201, "processed")
        assert headers["ratelimit-remaining"] == "329"
        assert ask(base, "GET /v2/subscribers/a%2Fb?x=1", None)[0] == 404
    assert novu.requests[-1].request.url == "https://eu.api.novu.co/v2/subscribers/a%2Fb?x=1"
    novu.settle()
    assert novu.notifications[0].payload == {"text": "é"}


@pytest.mark.parametrize("fault", ["refused", "dns", "tls", "reset", "reset-after"])
def test_a_lost_connection_is_a_reset(novu, fault):
    novu.break_next(fault)
    with serve(novu) as base, pytest.raises(ConnectionResetError):
        ask(base)
    novu.settle()
    assert len(novu.notifications) == (fault == "reset-after")


@pytest.mark.parametrize("fault", ["hang", "hang-after", "endless"])
def test_a_hang_lasts_until_the_client_gives_up(novu, fault):
    novu.break_next(fault)
    with serve(novu) as base:
        connection = http.client.HTTPConnection(base.removeprefix("http://"), timeout=0.3)
        connection.request("POST", "/v1/events/trigger", EVENT.encode(), HEADERS)
        if fault == "endless":
            response = connection.getresponse()
            assert response.status == 201
            assert len(response.read(5000)) == 5000
        else:
            with pytest.raises(TimeoutError):
                connection.getresponse()
        connection.close()


def test_a_truncated_body_ends_too_early(novu):
    novu.break_next("truncated")
    with serve(novu) as base, pytest.raises(http.client.IncompleteRead) as caught:
        ask(base)
    assert caught.value.partial.startswith(b'{"data": {"ack')


def test_a_redirect_and_html_come_as_they_are(novu):
    novu.break_next("redirect", "html-502")
    with serve(novu) as base:
        status, headers, _ = ask(base)
        assert (status, headers["location"][:26]) == (307, "https://elsewhere.example/")
        assert ask(base)[2].startswith("<html>")


def test_a_failed_check_is_raised_when_the_server_closes(novu):
    body = json.dumps({"name": "welcome", "to": "u1", "oops": 1})
    with pytest.raises(AssertionError, match=r"\$\.oops"), serve(novu) as base:
        assert ask(base, body=body)[0] == 500
