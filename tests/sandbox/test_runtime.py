"""Functions run as Segment runs them."""

# ruff: noqa: E501 - a piece of JavaScript reads best on one line

from __future__ import annotations

import json

import pytest

from generator.sandbox.runtime import Job, RouteFunction, Runtime, check_syntax, syntax_fault

NOW = 1767225600000  # 2026-01-01T00:00:00Z
TRACK = {"type": "track", "event": "E", "userId": "u"}


# --- syntax -----------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [
        "async function onTrack(event, settings) {}",
        "onTrack = 1",
        "var onTrack = 1; with ({}) {}",
        "// a comment at the end",
        "return",
    ],
)
def test_what_segment_loads_is_no_fault(code):
    assert check_syntax(code) is None


@pytest.mark.parametrize(
    ("code", "line", "message"),
    [
        ("const onTrack = 1", 1, "Identifier 'onTrack' has already been declared"),
        ("let a = 1;\nlet b = ;\n", 2, "Unexpected token ';'"),
        ("import x from 'y'", 1, "Cannot use import statement outside a module"),
        ("using x = null", 1, "Unexpected identifier 'x'"),
        ("/(?i:a)/", 1, "Invalid regular expression: /(?i:a)/: Invalid group"),
    ],
)
def test_a_fault_is_told_with_its_line(code, line, message):
    fault = syntax_fault(code)
    assert (fault.line, fault.message) == (line, message)
    assert check_syntax(code) == f"line {line}: {message}"


def test_what_is_too_deep_for_v8_is_told_without_its_code():
    assert check_syntax("(" * 100_000) == "Maximum call stack size exceeded"


def test_braces_that_leave_the_body_are_a_fault_and_do_not_run():
    assert syntax_fault("}); globalThis.stray = 1; (function () {") is not None


# --- handlers ---------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["identify", "track", "page", "screen", "group", "alias", "delete"]
)
def test_the_handler_of_the_type_is_called(run, kind):
    name = f"on{kind.capitalize()}"
    (result,) = run(f"function {name}(event) {{ console.log(event.type) }}", {"type": kind})
    assert result["handler"] == name
    assert result["logs"] == [{"level": "log", "text": kind}]


@pytest.mark.parametrize("kind", ["foo", "constructor", "__proto__", None, 5, {}])
def test_an_unknown_type_has_no_handler(run, kind):
    (result,) = run("async function onTrack() {}", {"type": kind})
    assert (result["handler"], result["outcome"]) == (None, "unsupported")


def test_a_missing_handler_is_unsupported(run):
    (result,) = run("async function onTrack() {}", {"type": "page"})
    assert (result["handler"], result["outcome"]) == ("onPage", "unsupported")
    assert result["error"] == {"name": "EventNotSupported", "message": "page not supported"}


@pytest.mark.parametrize(
    "code",
    [
        "function onTrack() { console.log('ran') }",
        "onTrack = () => console.log('ran')",
        "var onTrack = async () => console.log('ran')",
        "return; function onTrack() { console.log('ran') }",
        "async function track() { console.log('ran') }",
    ],
)
def test_handlers_are_found_however_they_are_declared(run, code):
    (result,) = run(code)
    assert result["logs"] == [{"level": "log", "text": "ran"}]


def test_the_code_is_sloppy_and_has_no_module():
    with Runtime() as runtime:
        code = "leak = 1; function onTrack() { console.log(typeof module, typeof require, leak) }"
        (result,) = runtime.run(Job(code=code), [{"type": "track"}])
    assert result["logs"][0]["text"] == "undefined undefined 1"


def test_code_that_throws_when_it_is_loaded_fails_every_event(run):
    results = run("require('x')", {"type": "track"}, {"type": "page"})
    assert [result["outcome"] for result in results] == ["bad-request"] * 2
    assert results[0]["error"] == {"name": "ReferenceError", "message": "require is not defined"}


# --- outcomes ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("EventNotSupported", "unsupported"),
        ("InvalidEventPayload", "rejected"),
        ("ValidationError", "rejected"),
        ("RetryError", "retry"),
        ("DropEvent", "dropped"),
        ("TypeError", "bad-request"),
    ],
)
def test_the_error_decides_the_outcome(track, name, outcome):
    result = track(f"throw new {name}('why')")
    assert (result["outcome"], result["error"]) == (outcome, {"name": name, "message": "why"})


def test_whoever_throws_something_else_gets_a_bad_request(track):
    assert track("throw 'text'")["error"] == {"name": "Error", "message": "text"}
    assert track("throw { code: 5 }")["error"] == {"name": "Error", "message": '{"code":5}'}
    assert track("throw undefined")["outcome"] == "bad-request"


def test_what_segment_has_and_we_have_not_is_unavailable_even_if_it_is_caught(track):
    result = track("try { new AWS.S3() } catch (error) { throw new RetryError('later') }")
    assert result["outcome"] == "unavailable"
    assert result["error"]["message"] == "AWS is not available in the embedded runtime"
    assert track("if (typeof moment === 'function') return")["outcome"] == "delivered"


def test_built_ins_newer_than_node_20_are_missing(value):
    names = "[Object.groupBy, Array.fromAsync, Promise.try, new Set().union, [].values().map]"
    assert value(f"return {names}.map((one) => typeof one)") == ["undefined"] * 5
    assert value("return typeof Temporal + typeof Iterator") == "undefinedundefined"


def test_undocumented_globals_need_the_node_option(value):
    asked = "return [typeof AbortController, typeof structuredClone, typeof TextEncoder]"
    assert value(asked) == ["undefined"] * 3
    assert value(asked, globals="node") == ["function"] * 3


def test_a_signal_ends_a_request(track):
    body = """
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      await fetch("https://a.b/", { signal: controller.signal });
    """
    result = track(body, globals="node")
    assert result["error"] == {"name": "AbortError", "message": "The user aborted a request."}
    assert (result["elapsed_ms"], result["requests"][0]["response"]) == (100, None)


# --- time -------------------------------------------------------------------


def test_time_is_virtual_and_stands_still_while_code_runs(value):
    body = """
      const before = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return [Date.now() - before, new Date().toISOString(), typeof Date()];
    """
    assert value(body, now="2026-02-03T04:05:06Z") == [1000, "2026-02-03T04:05:07.000Z", "string"]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"receivedAt": "2025-05-05T05:05:05Z", "timestamp": "2025-01-01"}, "2025-05-05T05:05:05"),
        ({"timestamp": "2025-01-01T00:00:00+02:00"}, "2024-12-31T22:00:00"),
        ({"receivedAt": "yesterday"}, "2026-01-01T00:00:00"),
        ({"receivedAt": 5}, "2026-01-01T00:00:00"),
    ],
)
def test_the_clock_is_that_of_the_event(track, event, expected):
    result = track("console.log(new Date().toISOString())", {"type": "track", **event})
    assert result["logs"][0]["text"].startswith(expected)


def test_timers_run_in_order_and_can_be_cleared(value):
    body = """
      const seen = [];
      setTimeout(() => seen.push("b"), 20);
      setTimeout((word) => seen.push(word), 10, "a");
      clearTimeout(setTimeout(() => seen.push("never"), 5));
      clearTimeout(+setTimeout(() => seen.push("never"), 5));
      const every = setInterval(() => seen.push("i"), 8);
      await new Promise((resolve) => setTimeout(resolve, 25));
      clearInterval(every);
      await null;
      return seen;
    """
    assert value(body) == ["i", "a", "i", "b", "i"]


def test_all_microtasks_run_before_the_next_timer(value):
    body = """
      const seen = [];
      setTimeout(() => seen.push("timer"), 1);
      for (let i = 0; i < 3000; i += 1) await null;
      seen.push("microtasks");
      await new Promise((resolve) => setTimeout(resolve, 2));
      return seen;
    """
    assert value(body) == ["microtasks", "timer"]


def test_five_seconds_are_the_limit(track):
    body = "await new Promise((resolve) => setTimeout(resolve, {}))"
    assert track(body.format(5000))["outcome"] == "delivered"
    late = track(body.format(5001))
    assert (late["outcome"], late["elapsed_ms"]) == ("timeout", 5000)
    assert late["error"]["message"] == "the handler still runs after 5 s: Segment stops it here"


def test_a_promise_that_nothing_settles_is_seen_at_once(track):
    result = track("await new Promise(() => {})")
    assert (result["outcome"], result["elapsed_ms"]) == ("timeout", 5000)
    assert "a promise that nothing settles" in result["error"]["message"]


def test_an_answer_that_never_comes_is_named(track):
    result = track("await fetch('https://a.b/c')", rules=[{"fault": "hang"}])
    assert "an answer that never comes, to GET https://a.b/c" in result["error"]["message"]


def test_a_loop_that_waits_for_the_clock_comes_to_an_end(track):
    result = track("const start = Date.now(); while (Date.now() - start < 50);")
    assert (result["outcome"], result["elapsed_ms"]) == ("delivered", 50)


def test_chance_is_the_same_on_every_run(run):
    code = "function onTrack() { console.log(Math.random(), crypto.randomUUID()) }"
    events = [{"type": "track"}] * 2
    first, second = run(code, *events), run(code, *events, fresh=True)
    assert [one["logs"] for one in first] == [one["logs"] for one in second]
    assert first[0]["logs"] != first[1]["logs"]


# --- state ------------------------------------------------------------------


def test_events_share_their_context_unless_each_is_fresh(run):
    code = "let seen = 0; function onTrack() { seen += 1; console.log(seen) }"
    events = [{"type": "track"}] * 3
    texts = [result["logs"][0]["text"] for result in run(code, *events)]
    fresh = [result["logs"][0]["text"] for result in run(code, *events, fresh=True)]
    assert (texts, fresh) == (["1", "2", "3"], ["1", "1", "1"])


def test_settings_are_new_for_every_event(run):
    code = "function onTrack(event, settings) { settings.n += 1; console.log(settings.n) }"
    results = run(code, {"type": "track"}, {"type": "track"}, settings={"n": 1})
    assert [result["logs"][0]["text"] for result in results] == ["2", "2"]


def test_work_that_nobody_waits_for_belongs_to_its_own_event(run):
    code = """
      function onTrack(event) {
        (async () => { await null; await null; fetch("https://a.b/" + event.n) })();
      }
    """
    results = run(code, {"type": "track", "n": 1}, {"type": "track", "n": 2})
    urls = [[request["url"] for request in result["requests"]] for result in results]
    assert urls == [["https://a.b/1"], ["https://a.b/2"]]


def test_the_cache_lives_in_the_context_and_counts_milliseconds(run):
    code = """
      let made = 0;
      async function onTrack(event) {
        console.log(await cache.load("k", 60, async () => (made += 1)));
        await new Promise((resolve) => setTimeout(resolve, event.wait));
        console.log(await cache.load("k", 60, async () => (made += 1)));
      }
    """
    short, long = run(
        code, {"type": "track", "wait": 50}, {"type": "track", "wait": 70}, now="2026-01-01"
    )
    texts = [[log["text"] for log in result["logs"]] for result in (short, long)]
    assert texts == [["1", "1"], ["1", "2"]]


def test_one_runtime_runs_one_job_after_another(runtime):
    for number in range(3):
        code = f"function onTrack() {{ console.log({number}, typeof left); left = 1 }}"
        (result,) = runtime.run(Job(code=code), [{"type": "track"}])
        assert result["logs"][0]["text"] == f"{number} undefined"


# --- events in --------------------------------------------------------------


def test_events_are_values_or_text_and_bad_ones_are_told(run):
    code = "function onTrack(event) { console.log(Object.keys(event).length) }"
    results = run(code, '{"type": "track",\n "a": 1}', '{"type"', "5", {"type": "track"})
    assert [result["index"] for result in results] == [0, 1, 2, 3]
    assert results[0]["logs"][0]["text"] == "2"
    assert results[1]["invalid"].startswith("it is not JSON: ")
    assert results[2]["invalid"] == "it is not a JSON object"
    assert results[3]["outcome"] == "delivered"


def test_hostile_keys_and_texts_arrive_as_they_are(run):
    event = '{"type":"track","__proto__":{"x":1},"a":"\\ud800\\u2028\\u0000</script>"}'
    code = "function onTrack(event) { console.log(JSON.stringify(event)) }"
    (result,) = run(code, event)
    assert json.loads(result["logs"][0]["text"]) == json.loads(event)
    assert '"__proto__":{"x":1}' in result["logs"][0]["text"]


def test_many_events_keep_their_order(run):
    events = [{"type": "track", "n": number} for number in range(1203)]
    results = run("function onTrack(event) { console.log(event.n) }", *events)
    assert [result["index"] for result in results] == list(range(1203))
    assert [int(result["logs"][0]["text"]) for result in results] == list(range(1203))


# --- batches ----------------------------------------------------------------

BATCH = [{"type": "track", "n": 1}, {"type": "identify", "n": 2}]


def test_a_batch_is_one_result_with_its_statuses(run):
    code = """
      async function onBatch(events) {
        return events.map(({ n }) => (n === 1 ? { status: 200 } : { status: 400, errormessage: "no" }));
      }
    """
    (result,) = run(code, *BATCH, batch=True)
    assert (result["index"], result["handler"], result["outcome"]) == (None, "onBatch", "delivered")
    assert result["result"] == [{"status": 200}, {"status": 400, "errormessage": "no"}]


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        ("[{ status: 200 }]", "onBatch returned 1 statuses for 2 events"),
        ("5", "onBatch returned something else than a list of statuses"),
        ("[{}, { status: 200 }]", "entry 1 of onBatch's result has no status from 100 to 599"),
    ],
)
def test_a_batch_result_of_another_shape_is_an_error(run, returned, message):
    (result,) = run(f"async function onBatch() {{ return {returned} }}", *BATCH, batch=True)
    assert result["outcome"] == "bad-request"
    assert result["error"] == {"name": "InvalidBatchResult", "message": message}


def test_a_batch_without_handler_or_result_is_told(run):
    assert run("function onBatch() {}", *BATCH, batch=True)[0]["outcome"] == "delivered"
    assert run("function onTrack() {}", *BATCH, batch=True)[0]["outcome"] == "unsupported"
    assert run("function onBatch(all) { return all }", batch=True, now="2026-01-01") != []


# --- insert functions -------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "outcome", "error", "result"),
    [
        ("event.n = 1; return event", "delivered", None, {**TRACK, "n": 1}),
        ("return null", "dropped", "NoEvent", None),
        ("throw new DropEvent('x')", "dropped", "DropEvent", None),
        ("return [event]", "bad-request", "InvalidResult", None),
        ("return 'text'", "bad-request", "InvalidResult", None),
    ],
)
def test_an_insert_function_passes_on_what_it_returns(track, body, outcome, error, result):
    told = track(body, kind="insert")
    assert (told["outcome"], told["error"] and told["error"]["name"]) == (outcome, error)
    assert told["result"] == result or outcome == "bad-request"


def test_a_batch_of_an_insert_function_is_paired_by_place(run):
    code = "function onBatch(events) { return [events[0], null] }"
    (result,) = run(code, *BATCH, BATCH[0], batch=True, kind="insert")
    assert (result["outcome"], result["result"]) == ("delivered", [BATCH[0], None])
    for returned in ("5", "[...events, {}]", "[1]"):
        code = f"function onBatch(events) {{ return {returned} }}"
        (result,) = run(code, *BATCH, batch=True, kind="insert")
        assert result["error"]["name"] == "InvalidBatchResult"


# --- source functions -------------------------------------------------------


def test_a_source_function_makes_calls_and_objects(run):
    code = """
      async function onRequest(request, settings) {
        const { user } = request.json();
        const context = { ip: settings.ip };
        const event = Segment.track({ event: "E", userId: user, properties: { a: 1 }, context });
        context.ip = event.properties.a = 2;
        Segment.set({ collection: "c", id: user });
        console.log(request.url.pathname, request.headers.get("X-A"), request.text());
      }
    """
    whole = {"body": {"user": "u"}, "headers": {"x-a": "b"}, "url": "https://a.b/hook?x=1"}
    first, second = run(code, {"user": "v", "url": 5}, whole, settings={"ip": 1})
    event = {"type": "track", "event": "E", "properties": {"a": 2}, "context": {"ip": 1}}
    for result, user in ((first, "v"), (second, "u")):
        assert (result["handler"], result["outcome"]) == ("onRequest", "delivered")
        assert result["result"] == {
            "events": [{**event, "userId": user}],
            "objects": [{"collection": "c", "id": user}],
        }
    assert first["logs"][0]["text"] == '/ null {"user":"v","url":5}'
    assert second["logs"][0]["text"] == '/hook b {"user":"u"}'


def test_a_function_with_other_handlers_is_no_source(run):
    code = "function onRequest() { throw 1 } function onTrack() { console.log('ran') }"
    (result,) = run(code)
    assert (result["handler"], result["logs"][0]["text"]) == ("onTrack", "ran")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("track({ userId: 'u' })", "event is required but not defined"),
        ("group({ groupId: '', userId: 'u' })", "groupId is required but not defined"),
        ("identify({ traits: {} })", "One of userId,anonymousId is required but not defined"),
        ("set({ id: 1 })", "collection is required but not defined"),
    ],
)
def test_segment_checks_what_it_is_given(run, call, message):
    (result,) = run(f"function onRequest() {{ Segment.{call} }}")
    assert result["outcome"] == "rejected"
    assert result["error"] == {"name": "ValidationError", "message": message}


# --- routes -----------------------------------------------------------------


def test_routes_that_ran_are_told(run):
    code = """
      async function welcome(event) { if (event.userId !== "u") return false; }
      async function broken() { throw new RetryError("x"); }
      async function never() {}
      const TABLE = { E: [welcome, broken] };
      async function onTrack(event) { for (const route of TABLE.E) await route(event); }
    """
    routes = tuple(
        RouteFunction(name, f"track/{name}", "m.yaml", line)
        for line, name in enumerate(["welcome", "broken", "never"], 3)
    )
    one, two = run(
        code, {"type": "track", "userId": "u"}, {"type": "track", "userId": "v"}, routes=routes
    )
    broken = {"id": "track/broken", "path": "m.yaml", "line": 4, "ran": True}
    welcome = {"id": "track/welcome", "path": "m.yaml", "line": 3}
    assert one["routes"] == [{**welcome, "ran": True}, broken]
    assert two["routes"] == [{**welcome, "ran": False}, broken]


def test_watching_routes_keeps_the_lines_of_the_code(run):
    code = "// header\nasync function one() { return new Error().stack }\nasync function onTrack() { console.log(await one()) }"
    plain = run(code)[0]["logs"][0]["text"]
    watched = run(code, routes=(RouteFunction("one", "r"),))[0]["logs"][0]["text"]
    assert plain.splitlines()[1].split(":")[-2] == watched.splitlines()[1].split(":")[-2]


# --- secrets ----------------------------------------------------------------

SECRET = 'sk"live/0123456789+é'


@pytest.mark.parametrize(
    "body",
    [
        "throw new Error(settings.key)",
        "console.log(settings, [settings.key])",
        "await fetch('https://a.b/?k=' + encodeURIComponent(settings.key))",
        "await fetch('https://a.b/', { headers: { a: 'ApiKey ' + settings.key } })",
        "await fetch('https://a.b/', { headers: { a: 'Basic ' + Buffer.from('user:' + settings.key).toString('base64') } })",
        "await fetch('https://a.b/', { headers: { a: btoa(unescape(encodeURIComponent(settings.key + ':'))) } })",
        "await fetch('https://a.b/', { method: 'POST', body: JSON.stringify({ a: { [settings.key]: settings.key } }) })",
        "await fetch('https://a.b/', { method: 'POST', body: JSON.stringify({ a: JSON.stringify(settings.key) }) })",
        "await fetch('https://a.b/', { method: 'POST', body: 'k=' + settings.key })",
        "await fetch(new URL('https://' + encodeURIComponent(settings.key) + '@a.b/'))",
        "await fetch('https://a.b/', { headers: { a: settings.key + '\\n' } })",
    ],
)
def test_no_secret_leaves_in_any_form(track, body):
    result = track(body, settings={"key": SECRET}, secrets=(SECRET,))
    text = json.dumps(result, ensure_ascii=False)
    assert "***" in text
    assert "0123456789" not in text
    assert "MDEyMzQ1Njc4" not in text


def test_a_secret_in_base64_is_hidden_to_its_end(track):
    body = "console.log('Basic ' + btoa(settings.key), btoa('me:' + settings.key + ':'), 'other')"
    result = track(body, settings={"key": "abc12345"}, secrets=("abc12345",))
    assert result["logs"][0]["text"] == "Basic *** bWU6*** other"


def test_a_secret_of_digits_leaves_valid_json(track):
    body = (
        "await fetch('https://a.b/', { method: 'POST', body: '{\"a\": 1234, \"b\": [\"x1234\"]}' })"
    )
    (request,) = track(body, secrets=("1234",))["requests"]
    assert request["body"] == {"a": "***", "b": ["x***"]}
    assert request["body_text"] == '{"a": ***, "b": ["x***"]}'


def test_a_short_secret_is_hidden_where_it_stands_alone(track):
    result = track("console.log('k is in a key, k:')", secrets=("k",))
    assert result["logs"][0]["text"] == "*** is in a key, ***:"


# --- answers from Python ----------------------------------------------------


def test_python_answers_requests_that_wait_together(runtime):
    asked = []

    def answer(request):
        asked.append((request["event"], request["at"], request["method"], request["url"]))
        return {"json": {"n": len(asked)}, "latency": "50ms"}

    code = """
      async function onTrack(event) {
        const both = await Promise.all(["a", "b"].map((id) => fetch("https://a.b/" + id)));
        const last = await fetch("https://a.b/c", { method: "POST", body: event.n });
        console.log(JSON.stringify(await Promise.all([...both, last].map((one) => one.json()))));
      }
    """
    events = [{"type": "track", "n": "x"}, {"type": "track", "n": "y"}]
    first, second = runtime.run(Job(code=code), events, answer)
    assert json.loads(first["logs"][0]["text"]) == [{"n": 1}, {"n": 2}, {"n": 3}]
    assert second["elapsed_ms"] == 100
    assert asked[:3] == [
        (0, 0, "GET", "https://a.b/a"),
        (0, 0, "GET", "https://a.b/b"),
        (0, 50, "POST", "https://a.b/c"),
    ]
    assert len(asked) == 6


def test_python_answers_a_batch_with_requests_side_by_side(runtime):
    waiting = []

    def answer(request):
        waiting.append(request["text"])
        return {"status": 503 if request["text"] == "2" else 200}

    code = """
      async function onBatch(events) {
        return Promise.all(events.map(async ({ n }) => {
          const response = await fetch("https://a.b/", { method: "POST", body: String(n) });
          return { status: response.status };
        }));
      }
    """
    (result,) = runtime.run(Job(code=code, batch=True), BATCH, answer)
    assert waiting == ["1", "2"]
    assert result["result"] == [{"status": 200}, {"status": 503}]


def test_events_that_run_together_wait_together_and_keep_their_own_time(runtime):
    rounds = []

    def answer(request):
        rounds.append((request["event"], request["at"]))
        return {"json": {}, "latency": 100 * (request["event"] + 1)}

    code = """
      async function onTrack(event) {
        const start = Date.now();
        await new Promise((resolve) => setTimeout(resolve, event.n));
        await fetch("https://a.b/" + event.n);
        await fetch("https://a.b/" + event.n);
        console.log(Date.now() - start, Math.random());
        if (event.n === 20) throw new RetryError("twenty");
      }
      async function onBatch(events) {
        await fetch("https://a.b/batch");
        return events.map(() => ({ status: 200 }));
      }
    """
    alone = [{"type": "track", "n": 10}, {"type": "track", "n": 20}, {"type": "track", "n": 30}]
    one_by_one = list(runtime.run(Job(code=code), alone, answer))
    assert [event for event, _ in rounds] == [0, 0, 1, 1, 2, 2]
    rounds.clear()
    job = Job(code=code, together=True)
    told = list(runtime.run(job, [*alone, "no event", alone[:2]], answer))
    assert told[:3] == one_by_one
    assert rounds == [(0, 10), (1, 20), (2, 30), (4, 0), (0, 110), (1, 220), (2, 330)]
    assert told[3]["index"] == 3
    assert "not JSON" in told[3]["invalid"]
    assert (told[4]["handler"], told[4]["elapsed_ms"]) == ("onBatch", 500)
    assert told[4]["result"] == [{"status": 200}] * 2


def test_an_error_of_the_answering_python_reaches_the_caller(runtime):
    def answer(_):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        list(
            runtime.run(
                Job(code="async function onTrack() { await fetch('https://a.b/') }"),
                [{"type": "track"}],
                answer,
            )
        )
    (result,) = runtime.run(Job(code=""), [{"type": "track"}])
    assert result["outcome"] == "unsupported"
