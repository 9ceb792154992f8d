"""What design and README promise of a generated function, each with a test that can fail."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.compiler import compile_text
from generator.diagnostics import Report
from generator.project import find_project
from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job

from .conftest import KEY, ROOT

TRACK = {"type": "track", "event": "User Registered", "userId": "ada", "messageId": "m-1"}
IDENTIFY = {
    "type": "identify",
    "userId": "ada",
    "messageId": "m-2",
    "traits": {"email": "a@b.example"},
}
SEGMENTS_OWN = {"EventNotSupported", "InvalidEventPayload", "ValidationError", "RetryError"}
INHERITED = [
    "constructor",
    "toString",
    "valueOf",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "__proto__",
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
]


def expected(status):
    """The outcome and error for a status, from the table of the design."""
    if 200 <= status <= 299:
        return "delivered", None
    if status in {401, 402, 403}:
        return "rejected", "ValidationError"
    if status in {408, 425, 429} or (status >= 500 and status not in {501, 505}):
        return "retry", "RetryError"
    return "rejected", "InvalidEventPayload"


def test_every_status_means_what_the_table_says(run):
    lines = run([TRACK] * 400, answer=lambda request: {"status": 200 + request["event"]})
    for status, line in zip(range(200, 600), lines, strict=True):
        told = line["outcome"], line["error"] and line["error"]["name"]
        assert told == expected(status), status
        assert len(line["requests"]) == 1


@pytest.mark.parametrize("status", [-1, 99, 100, 101, 199, 600, 999])
def test_no_status_at_all_is_tried_again(run, status):
    (line,) = run([TRACK], {"status": status})
    assert line["outcome"] == "retry"


@pytest.mark.parametrize(
    "fault", ["refused", "reset", "dns", "tls", "hang"], ids=lambda fault: f"fault-{fault}"
)
def test_a_connection_that_fails_is_tried_again_in_time(run, fault):
    (line,) = run([TRACK], {"fault": fault})
    assert (line["outcome"], line["error"]["name"]) == ("retry", "RetryError")
    assert line["elapsed_ms"] <= 4500


BROKEN_BODIES = [
    {"text": ""},
    {"text": "<html>OK</html>"},
    {"text": "{"},
    {"json": None},
    {"json": []},
    {"json": {"data": None}},
    {"text": "x" * 5_000_000},
    {"fault": "truncated"},
    {"fault": "hang-body"},
]


@pytest.mark.parametrize("body", BROKEN_BODIES, ids=lambda body: json.dumps(body)[:30])
@pytest.mark.parametrize("event", [TRACK, IDENTIFY], ids=["track", "identify"])
def test_a_success_is_final_whatever_its_body(run, event, body):
    (line,) = run([event], {"status": 201, **body})
    assert line["outcome"] == "delivered"
    assert len(line["requests"]) == 1
    assert line["elapsed_ms"] <= 1000, "the body has a small deadline of its own"


def test_constants_cannot_be_changed(runtime, compiled):
    code = compiled("orders-novu").text
    names = re.findall(r"^const (\w+) =", code, re.MULTILINE)
    code += """
    const frozen = (value) =>
      typeof value !== "object" || value === null ||
      (Object.isFrozen(value) && Object.values(value).every(frozen));
    """
    code += f"onTrack = async () => console.log([{', '.join(names)}].every(frozen));"
    (line,) = runtime.run(Job(code=code), [TRACK])
    assert {"TRACK", "OPTIONS", "BASE_URLS"} <= set(names)
    assert [log["text"] for log in line["logs"]] == ["true"]


FETCHED = """
const known = fetch;
fetch = (url, options) => {
  console.log(options.timeout > 0 && options.timeout <= 4000);
  return settings_are.deaf ? new Promise(() => {}) : known(url, options);
};
"""


@pytest.mark.parametrize("deaf", [True, False])
def test_a_request_has_two_deadlines(runtime, compiled, deaf):
    told = f"const settings_are = {{ deaf: {json.dumps(deaf)} }};{FETCHED}"
    job = Job(code=compiled("novu-guide").text + told, settings={"apiKey": KEY})
    (line,) = runtime.run(job, [TRACK])
    assert [log["text"] for log in line["logs"]] == ["true"]
    assert line["outcome"] == ("retry" if deaf else "delivered")
    assert line["elapsed_ms"] <= 4500


@pytest.mark.parametrize(
    "url",
    [
        "http://api.novu.co",
        "https://user@elsewhere.example",
        "https://api.novu.co:x",
        "https://api.novu.co:65536/v1",
        "https://api.novu.co:0",
        "https://a b",
        "https://api.novu.co/?key=",
        5,
    ],
)
def test_an_address_of_ones_own_is_plain_https(run, url):
    (line,) = run([TRACK], settings={"apiKey": KEY, "baseUrl": url})
    assert (line["error"]["name"], line["requests"]) == ("ValidationError", [])
    assert "baseUrl" in line["error"]["message"]


@pytest.mark.parametrize(("user", "path"), [("a/b?c", "a%2Fb%3Fc"), (".", None), ("..", None)])
def test_an_id_stays_in_its_piece_of_the_path(run, user, path):
    (line,) = run([{**IDENTIFY, "userId": user}])
    if path is None:
        assert (line["error"]["name"], line["requests"]) == ("InvalidEventPayload", [])
    else:
        assert line["requests"][0]["url"] == f"https://api.novu.co/v2/subscribers/{path}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(run, status):
    elsewhere = {"location": "https://elsewhere.example/"}
    (line,) = run([TRACK], {"status": status, "headers": elsewhere})
    assert line["outcome"] == "rejected"
    assert [request["url"] for request in line["requests"]] == [
        "https://api.novu.co/v1/events/trigger"
    ]


@pytest.mark.parametrize(
    "key", ["CANARY-1", "CANARY-2\n", "CANARY-\u20ac", "CANARY 4", " CANARY-5"]
)
@pytest.mark.parametrize(
    "answer", [{"status": 401}, {"status": 500}, {"fault": "refused"}, {"status": 201}]
)
def test_the_key_is_in_no_output(run, key, answer):
    (line,) = run([TRACK], answer, settings={"apiKey": key})
    told = json.dumps({"error": line["error"], "logs": line["logs"]})
    assert "CANARY" not in told
    if key != "CANARY-1":
        assert line["error"]["name"] == "ValidationError"
        assert line["requests"] == []


def test_no_trait_or_property_is_in_an_error(run):
    event = {**TRACK, "properties": {"card": "CANARY"}, "context": {"ip": "CANARY"}}
    for answer in [{"status": status} for status in (400, 401, 404, 422, 429, 503)]:
        (line,) = run([event], answer)
        assert "CANARY" not in json.dumps(line["error"])
        assert line["logs"] == []


@pytest.mark.parametrize("name", INHERITED)
def test_inherited_names_mean_nothing(run, name):
    track = {**TRACK, "event": name}
    (line,) = run([track])
    assert (line["outcome"], line["requests"]) == ("delivered", [])
    identify = json.dumps({**IDENTIFY, "traits": {"email": "a@b.example"}})
    identify = identify.replace('"traits": {', '"traits": {' + json.dumps(name) + ': "x", ')
    (line,) = run([identify])
    assert line["requests"][0]["body"] == {"email": "a@b.example"}
    payload = json.dumps({**TRACK, "properties": {"plan": "pro"}})
    payload = payload.replace('"properties": {', '"properties": {' + json.dumps(name) + ': "x", ')
    (line,) = run([payload])
    sent = line["requests"][0]["body_text"]
    assert json.dumps(name) + ':"x"' in sent
    (line,) = run([TRACK], settings={"apiKey": "k", "region": name})
    assert line["error"]["name"] == "ValidationError"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(INHERITED),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*INHERITED, "userId", "traits", "properties", "email", "data"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
EVENTS = st.fixed_dictionaries(
    {"type": st.sampled_from(["identify", "track", "page"])},
    optional={
        "event": st.just("User Registered") | JSON,
        "userId": JSON,
        "messageId": JSON,
        "traits": JSON,
        "properties": JSON,
        "context": JSON,
    },
)


@given(st.lists(EVENTS, min_size=20, max_size=40), st.sampled_from([201, 404, 409, 422, 503]), JSON)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_event_gives_only_segments_errors(run, events, status, region):
    options = (
        {"apiKey": "k", "region": region} if isinstance(region, (str, dict)) else {"apiKey": "k"}
    )
    for line in run(events, {"status": status}, settings=options):
        assert line["outcome"] in {"delivered", "unsupported", "rejected", "retry"}, line
        assert line["error"] is None or line["error"]["name"] in SEGMENTS_OWN
        assert len(line["requests"]) <= 4


THROWN = """
const told = onTrack;
onTrack = (event, settings) =>
  told(event, settings).catch((error) => {
    console.log(error instanceof InvalidEventPayload, error instanceof RetryError);
    throw error;
  });
"""


@pytest.mark.parametrize(("status", "classes"), [(400, "true false"), (503, "false true")])
def test_what_is_thrown_is_segments_own_error(runtime, compiled, status, classes):
    code = compiled("novu-guide").text + THROWN
    job = Job(code=code, settings={"apiKey": KEY}, rules=(rule({"status": status}),))
    (line,) = runtime.run(job, [TRACK])
    assert [log["text"] for log in line["logs"]] == [classes]


def test_what_nobody_foresaw_is_the_events_fault_and_shows_nothing(run):
    deep = "[" * 50_000 + "]" * 50_000
    (line,) = run([json.dumps(TRACK)[:-1] + f', "properties": {{"deep": {deep}}}}}'])
    said = "the event cannot be turned into a request"
    assert line["error"] == {"name": "InvalidEventPayload", "message": said}


@pytest.mark.parametrize("depth", [500, 5000])
def test_a_deep_event_ends_in_segments_errors(run, depth):
    deep = "[" * depth + "]" * depth
    event = json.dumps(TRACK)[:-1] + f', "properties": {{"deep": {deep}}}}}'
    (line,) = run([event])
    assert line["error"] is None or line["error"]["name"] in SEGMENTS_OWN


PLAIN_TYPES = """\
version: 1
provider: novu
identify:
  subscriber:
    email: $.traits.x
    phone: $.traits.x
    avatar: $.traits.x
    locale: $.traits.x
    timezone: $.traits.x
    data:
      number: $.traits.x | number
      day: $.traits.x | date("day")
      phone: $.traits.x | e164
      title: $.traits.x | titlecase
      snake: $.traits.x | snakecase | trim
      filled:
        "@template": "{{{traits.x}}}"
track:
  "*":
    workflow:
      name: w
      to:
        subscriberId: $.userId
        channels:
          - providerId: slack
            credentials:
              webhookUrl: $.properties.x
"""


def test_no_text_makes_a_type_slow(runtime):
    report = Report()
    output = compile_text(PLAIN_TYPES, "slow.yaml", find_project(ROOT), report)
    assert output is not None, list(report)
    texts = [begin + piece * 200_000 + "\n!" for begin in ("", "https://") for piece in "1a .-+/]{"]
    events = [{**IDENTIFY, "traits": {"x": text}} for text in texts]
    events += [{**TRACK, "properties": {"x": text}} for text in texts]
    rules = tuple(map(rule, output.responses))
    lines = runtime.run(Job(code=output.text, settings={"apiKey": KEY}, rules=rules), events)
    assert {line["outcome"] for line in lines} == {"delivered"}


def test_a_retry_sends_the_same_bytes(run):
    event = {**TRACK, "properties": {"plan": "pro"}}
    first, again = (
        run([event], {"status": 503}, now=now)[0]["requests"][0]
        for now in ("2026-01-01T00:00:00Z", "2026-01-01T03:59:00Z")
    )
    assert (first["url"], first["body_text"]) == (again["url"], again["body_text"])


@pytest.mark.parametrize("field", ["messageId", "userId"])
def test_another_event_or_recipient_has_another_key(run, field):
    lines = run([TRACK, {**TRACK, field: "other"}])
    keys = {line["requests"][0]["body"]["transactionId"] for line in lines}
    assert len(keys) == 2


def test_without_a_message_id_the_event_stands_in(run):
    bare = {key: value for key, value in TRACK.items() if key != "messageId"}
    lines = run([bare, bare, {**bare, "properties": {"a": 1}}])
    first, same, other = (line["requests"][0]["body"]["transactionId"] for line in lines)
    assert first == same != other


def test_a_partial_identify_names_only_what_it_changes(run):
    (line,) = run([{**IDENTIFY, "traits": {"firstName": "Ada", "email": None, "phone": ""}}])
    assert line["requests"][0]["body"] == {"firstName": "Ada"}


def test_a_new_subscriber_is_created_and_a_race_is_survived(run):
    (line,) = run(
        [IDENTIFY],
        {"method": "PATCH", "status": 404, "times": 1},
        {"method": "POST", "status": 409},
        {"status": 200},
    )
    calls = [
        (request["method"], request["url"].split("novu.co")[1]) for request in line["requests"]
    ]
    assert calls == [
        ("PATCH", "/v2/subscribers/ada"),
        ("POST", "/v2/subscribers?failIfExists=true"),
        ("PATCH", "/v2/subscribers/ada"),
    ]
    assert line["outcome"] == "delivered"
