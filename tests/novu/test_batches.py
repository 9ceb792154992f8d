"""Batches: order, collapsing, concurrency, the bulk endpoint, the deadline, exact statuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from novu_server import Novu, Workflow

from generator.compiler import compile_text
from generator.diagnostics import Report
from generator.project import find_project
from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job

TRACK = {"type": "track", "event": "Trigger", "userId": "ada", "messageId": "m"}
IDENTIFY = {"type": "identify", "userId": "ada", "messageId": "i"}


def batch(runtime, code, events, *rules, answer=None):
    told = tuple(rule(each) for each in rules)
    job = Job(code=code, settings={"apiKey": "nv-key"}, batch=True, rules=told)
    (line,) = runtime.run(job, events, answer)
    return line


def tracks(count):
    return [{**TRACK, "messageId": f"m-{number}"} for number in range(count)]


def calls(line):
    return [(told["method"], told["url"].split("novu.co")[1]) for told in line["requests"]]


def test_profiles_come_first_and_deletions_last(runtime, code):
    events = [
        {"type": "delete", "userId": "ada"},
        TRACK,
        {**IDENTIFY, "traits": {"firstName": "A"}},
    ]
    line = batch(runtime, code, events)
    assert [method for method, _ in calls(line)] == ["PATCH", "POST", "DELETE"]
    assert line["result"] == [{"status": 200}] * 3


def test_identifies_of_one_user_are_one_request_and_the_later_wins(runtime, code):
    events = [
        {**IDENTIFY, "traits": {"firstName": "Ada", "email": "old@example.com"}},
        {**IDENTIFY, "userId": "grace", "traits": {"firstName": "Grace"}},
        {**IDENTIFY, "traits": {"email": "new@example.com"}},
    ]
    line = batch(runtime, code, events)
    bodies = {told["url"][-5:]: told["body"] for told in line["requests"]}
    assert bodies == {
        "s/ada": {"firstName": "Ada", "email": "new@example.com"},
        "grace": {"firstName": "Grace"},
    }


def test_the_data_of_two_identifies_are_joined(runtime):
    report = Report()
    text = (
        "version: 1\nprovider: novu\noptions:\n  merge_data: false # segfn: ignore[L110] one call\n"
    )
    text += "identify:\n  subscriber:\n    data: $.traits\n"
    code = compile_text(text, "mappings/a.yaml", find_project(Path(__file__).parent), report).text
    events = [{**IDENTIFY, "traits": {name: 1, "b": name}} for name in ("a", "c")]
    line = batch(runtime, code, events)
    assert [told["body"] for told in line["requests"]] == [{"data": {"a": 1, "b": "c", "c": 1}}]


def test_what_comes_while_a_profile_is_written_does_not_undo_it(runtime):
    """Two that read the custom data at once would each write back what the other lacks."""
    text = "version: 1\nprovider: novu\nidentify:\n"
    text += "  - topic:\n      key: $.traits.topic\n  - subscriber:\n      data: $.traits.data\n"
    code = compile_text(text, "mappings/a.yaml", find_project(Path(__file__).parent), Report()).text
    traits = [
        {"topic": "t", "data": {"a": 1}},
        {"topic": "t", "data": {"b": 1}},
        {"topic": "t", "data": {"c": 1}},
    ]
    novu = Novu(clock=lambda: 1_000_000.0, tier=None)

    def answer(request):
        return novu.answer({**request, "body_text": request["text"] or ""})

    line = batch(runtime, code, [{**IDENTIFY, "traits": each} for each in traits], answer=answer)
    assert line["result"] == [{"status": 200}] * 3
    assert novu.environment.subscriber("ada").data == {"a": 1, "b": 1, "c": 1}


def test_collapsed_identifies_share_their_status(runtime, code):
    events = [{**IDENTIFY, "traits": {"firstName": name}} for name in ("Ada", "Augusta")]
    line = batch(runtime, code, events, {"status": 503})
    assert line["result"] == [{"status": 500, "errormessage": "RetryError: Novu answered 503"}] * 2


def test_each_event_has_its_own_status(runtime, code):
    events = [
        TRACK,
        {**TRACK, "userId": None},
        {"type": "page"},
        {**TRACK, "event": "Unknown"},
        TRACK,
    ]
    line = batch(runtime, code, events, {"status": 422, "times": 1}, {"status": 201})
    statuses = [told["status"] for told in line["result"]]
    assert statuses == [400, 400, 400, 200, 200]
    assert line["result"][1]["errormessage"] == (
        "InvalidEventPayload: workflow.to is missing: $.userId"
    )
    assert line["result"][2]["errormessage"].startswith("EventNotSupported: ")


@pytest.mark.parametrize(("count", "bulk", "single"), [(99, 0, 99), (100, 1, 0), (230, 2, 30)])
def test_only_full_hundreds_go_to_the_bulk_endpoint(runtime, code, count, bulk, single):
    line = batch(runtime, code, tracks(count), {"status": 201, "latency": 10})
    paths = [path for _, path in calls(line)]
    assert paths.count("/v1/events/trigger/bulk") == bulk
    assert paths.count("/v1/events/trigger") == single
    assert line["result"] == [{"status": 200}] * count


def test_a_large_trigger_goes_alone(runtime, code):
    large = {**TRACK, "messageId": "large", "properties": {"plan": "x" * 100_000}}
    line = batch(runtime, code, [large, *tracks(100)], {"status": 201, "latency": 10})
    told = zip(line["requests"], calls(line), strict=True)
    sizes = {path: len(request["body_text"]) for request, (_, path) in told}
    assert sizes["/v1/events/trigger"] > 100_000 > sizes["/v1/events/trigger/bulk"]
    assert line["result"] == [{"status": 200}] * 101


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_refused_bulk_call_falls_back_to_single_ones(runtime, code, status):
    bulk = {"url": "*/bulk", "status": status}
    line = batch(runtime, code, tracks(100), bulk, {"status": 201, "latency": 10})
    assert len(line["requests"]) == 101
    assert line["result"] == [{"status": 200}] * 100


def test_a_bulk_call_that_may_pass_is_tried_again_as_a_whole(runtime, code):
    line = batch(runtime, code, tracks(100), {"status": 503})
    assert len(line["requests"]) == 1
    assert {told["status"] for told in line["result"]} == {500}


def test_one_bad_item_of_a_bulk_call_fails_alone(runtime, code):
    results = [{"acknowledged": True, "status": "processed"}] * 100
    results[7] = {"acknowledged": True, "status": "error", "error": ["workflow_not_found"]}
    results[8] = {"acknowledged": True, "status": "error", "error": ["timeout in redis"]}
    line = batch(runtime, code, tracks(100), {"status": 201, "json": {"data": results}})
    statuses = [told["status"] for told in line["result"]]
    assert statuses == [200] * 7 + [400, 500] + [200] * 91


def test_no_more_than_ten_requests_run_at_once(runtime, code):
    line = batch(runtime, code, tracks(40), {"status": 201, "latency": 100})
    assert line["elapsed_ms"] == 400


def test_what_the_deadline_cuts_off_is_tried_again(runtime, code):
    line = batch(runtime, code, tracks(60), {"status": 201, "latency": 1500})
    statuses = [told["status"] for told in line["result"]]
    assert line["elapsed_ms"] <= 4500
    assert statuses.count(200) == 20
    assert statuses.count(500) == 40
    assert len(line["requests"]) == 30


def test_novu_takes_a_batch_as_its_sdk_would_send_it(runtime, code):
    novu = Novu(clock=lambda: 1_000_000.0, tier=None)
    novu.add(Workflow("welcome"))

    def answer(request):
        return novu.answer({**request, "body_text": request["text"] or ""})

    events = [*tracks(120), {**IDENTIFY, "traits": {"firstName": "Ada", "plan": "pro"}}]
    line = batch(runtime, code, events, answer=answer)
    novu.settle()
    assert line["result"] == [{"status": 200}] * 121
    assert len(novu.notifications) == 120
    assert json.dumps(novu.subscribers["ada"].data) == '{"plan": "pro"}'
