"""`segfn run`: events through a mapping or a function."""

# ruff: noqa: E501 - what is given and what comes back read best on one line

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys

import pytest

FUNCTION = """\
async function onTrack(event, settings) {
  if (event.event === "Fail") throw new RetryError("later");
  const response = await fetch("https://api.example.com/" + event.event, {
    method: "POST",
    headers: { authorization: "Bearer " + settings.apiToken, "content-type": "application/json" },
    body: JSON.stringify({ plan: event.properties.plan }),
  });
  console.log("answered", response.status);
}
async function onBatch(events) {
  return events.map(() => ({ status: 200 }));
}
"""
GOOD = {"type": "track", "event": "A", "properties": {"plan": "pro"}}
FAIL = {"type": "track", "event": "Fail", "properties": {}}
OTHER = {"type": "page", "name": "Home"}


@pytest.fixture
def function(folder):
    folder.write("f.js", FUNCTION)
    folder.write("e.ndjson", "\n".join(map(json.dumps, [GOOD, FAIL, OTHER])))
    return folder


def lines(answer):
    return [json.loads(line) for line in answer.out.splitlines()]


@pytest.mark.usefixtures("function")
def test_ndjson_is_one_line_an_event(segfn):
    answer = segfn(
        "run", "f.js", "--events", "e.ndjson", "--set", "apiToken=t-12345678", "--format", "ndjson"
    )
    good, fail, other = lines(answer)
    assert (answer.code, answer.err) == (0, "")
    assert good == {
        "index": 0,
        "handler": "onTrack",
        "outcome": "delivered",
        "error": None,
        "routes": [],
        "requests": [
            {
                "method": "POST",
                "url": "https://api.example.com/A",
                "headers": {"authorization": "Bearer ***", "content-type": "application/json"},
                "body": {"plan": "pro"},
                "body_text": '{"plan":"pro"}',
                "response": {"status": 200},
            }
        ],
        "logs": [{"level": "log", "text": "answered 200"}],
        "result": None,
        "elapsed_ms": 300,
    }
    assert fail["error"] == {"name": "RetryError", "message": "later"}
    assert (other["handler"], other["outcome"]) == ("onPage", "unsupported")


@pytest.mark.usefixtures("function")
def test_text_is_for_people(segfn):
    answer = segfn("run", "f.js", "--events", "e.ndjson", "--set", "apiToken=t-12345678")
    assert answer.out == (
        '#1 track "A" delivered after 300 ms\n'
        "  POST https://api.example.com/A -> 200\n"
        "    authorization: Bearer ***\n"
        "    {\n"
        '      "plan": "pro"\n'
        "    }\n"
        "  log: answered 200\n"
        "\n"
        '#2 track "Fail" retry\n'
        "  RetryError: later\n"
        '#3 page "Home" unsupported\n'
        "  EventNotSupported: page not supported\n"
    )
    assert answer.err == "3 calls: 1 delivered, 1 unsupported, 1 retry; 1 request\n"


def test_a_mapping_says_which_routes_ran(project, segfn):
    project.write(
        "e.json",
        json.dumps({"type": "track", "event": "User Registered", "userId": "u", "messageId": "m"}),
    )
    answer = segfn(
        *("run", "mappings/novu.yaml", "--events", "e.json", "--set", "apiKey=test-key"),
        *("--format", "ndjson"),
    )
    (line,) = lines(answer)
    (route,) = line["routes"]
    assert route == {
        "id": "track/User Registered/workflow/welcome",
        "path": "mappings/novu.yaml",
        "line": 4,
        "ran": True,
    }
    assert line["requests"][0]["headers"]["authorization"] == "ApiKey ***"
    assert answer.code == 0


def test_a_name_that_no_route_has_is_told(project, segfn):
    project.write("e.json", '{"type": "track", "event": "User registered", "userId": "u"}')
    answer = segfn("run", "mappings/novu.yaml", "--events", "e.json", "--set", "apiKey=test-key")
    first, second = answer.out.splitlines()
    assert first == '#1 track "User registered" delivered, nothing sent'
    assert second.startswith("  no route was tried: ")


def test_settings_are_those_of_the_fixtures_unless_others_are_given(project, segfn):
    project.write(
        "mappings/novu.fixtures.yaml",
        "settings: { apiKey: from-fixtures }\nfixtures:\n  - { name: a, event: { type: track } }\n",
    )
    project.write("s.json", json.dumps({"apiKey": "from file"}))
    event = json.dumps({"type": "track", "event": "User Registered", "userId": "u"})
    project.write("e.json", event)
    run = ("run", "mappings/novu.yaml", "--events", "e.json", "--format", "ndjson")
    assert lines(segfn(*run))[0]["outcome"] == "delivered"
    assert lines(segfn(*run, "--settings", "s.json"))[0]["outcome"] == "rejected"
    assert (
        lines(segfn(*run, "--settings", "s.json", "--set", "apiKey=good"))[0]["outcome"]
        == "delivered"
    )


@pytest.mark.parametrize(
    ("given", "arrives"),
    [("x=1", "1"), ("x=true", True), ("x=[1]", [1]), ("x={", "{"), ("x=a=b", "a=b"), ("x=", "")],
)
def test_a_single_setting_is_text_or_json(function, segfn, given, arrives):
    function.write(
        "s.js", "function onTrack(event, settings) { console.log(JSON.stringify(settings.x)) }"
    )
    answer = segfn("run", "s.js", "--events", "e.ndjson", "--set", given, "--format", "ndjson")
    assert json.loads(lines(answer)[0]["logs"][0]["text"]) == arrives


def test_responses_come_from_a_file(function, segfn):
    function.write(
        "r.yaml",
        """\
        - { url: "https://api.example.com/*", method: POST, status: 503, times: 1, latency: 1s }
        """,
    )
    answer = segfn(
        "run", "f.js", "--events", "e.ndjson", "--responses", "r.yaml", "--format", "ndjson"
    )
    assert lines(answer)[0]["requests"][0]["response"] == {"status": 503}
    assert lines(answer)[0]["elapsed_ms"] == 1000


def test_input_may_be_stdin_zipped_or_an_array(function, segfn):
    run = ("run", "f.js", "--format", "ndjson", "--events")
    function.write("a.json", json.dumps([GOOD, FAIL], indent=2))
    (function.root / "e.ndjson.gz").write_bytes(
        gzip.compress((function.root / "e.ndjson").read_bytes())
    )
    assert len(lines(segfn(*run, "a.json"))) == 2
    assert len(lines(segfn(*run, "e.ndjson.gz"))) == 3
    assert len(lines(segfn(*run, "-", stdin=json.dumps(GOOD)))) == 1
    settings = segfn(*run, "a.json", "--settings", "-", stdin='{"apiToken": "t-0-k"}')
    assert lines(settings)[0]["requests"][0]["headers"]["authorization"] == "Bearer ***"
    rules = segfn(*run, "a.json", "--responses", "-", stdin="- status: 503")
    assert lines(rules)[0]["requests"][0]["response"] == {"status": 503}


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX pipes")
def test_events_may_come_through_a_pipe(function, segfn):
    path = function.root / "pipe"
    os.mkfifo(path)
    with subprocess.Popen(["/bin/sh", "-c", "cat e.ndjson > pipe"], cwd=function.root):
        answer = segfn("run", "f.js", "--events", "pipe", "--format", "ndjson")
    assert (answer.code, len(lines(answer))) == (0, 3)


def test_time_batch_fresh_and_jobs(function, segfn):
    function.write(
        "t.js", "let n = 0; function onTrack() { n += 1; console.log(new Date().toISOString(), n) }"
    )
    function.write("two.ndjson", json.dumps(GOOD) + "\n" + json.dumps(GOOD) + "\n")
    run = (
        "run",
        "t.js",
        "--events",
        "two.ndjson",
        "--format",
        "ndjson",
        "--now",
        "2026-05-05T00:00:00Z",
    )
    texts = [line["logs"][0]["text"] for line in lines(segfn(*run))]
    fresh = [line["logs"][0]["text"] for line in lines(segfn(*run, "--fresh", "--jobs", "2"))]
    assert texts == ["2026-05-05T00:00:00.000Z 1", "2026-05-05T00:00:00.000Z 2"]
    assert fresh == ["2026-05-05T00:00:00.000Z 1"] * 2
    (batch,) = lines(segfn("run", "f.js", "--events", "e.ndjson", "--batch", "--format", "ndjson"))
    assert (batch["index"], batch["handler"]) == (None, "onBatch")
    assert batch["result"] == [{"status": 200}] * 3


@pytest.mark.usefixtures("function")
def test_a_batch_in_text(segfn):
    answer = segfn("run", "f.js", "--events", "e.ndjson", "--batch")
    assert (
        answer.out
        == "batch delivered, nothing sent\n  event 1: 200\n  event 2: 200\n  event 3: 200\n"
    )


def test_what_a_batch_passes_on_in_text(function, segfn):
    function.write("g.js", "function onBatch(events) { return [events[0], null]; }")
    answer = segfn("run", "g.js", "--events", "e.ndjson", "--batch", "--kind", "insert")
    assert answer.out.splitlines()[1:] == ['  event 1: passes on track "A"', "  event 2: dropped"]


def test_a_long_body_is_cut_in_text(function, segfn):
    function.write(
        "g.js",
        """\
        async function onTrack() {
          const body = Array.from({ length: 60 }, (_, n) => `line ${n}`).join("\\n");
          await fetch("https://a.b/", { method: "POST", body });
        }
        """,
    )
    answer = segfn("run", "g.js", "--events", "e.ndjson")
    assert "    line 0\n    line 1\n" in answer.out
    shown = answer.out.count("    line ") // 2
    assert f"    line {shown - 1}\n    ... {60 - shown} more lines\n" in answer.out


def test_a_setting_can_be_called_secret(function, segfn):
    run = (
        "run",
        "f.js",
        "--events",
        "e.ndjson",
        "--format",
        "ndjson",
        "--set",
        "apiToken=abcd1234",
    )
    function.write("f.js", FUNCTION.replace("apiToken", "region"))
    open_ = segfn(*run, "--set", "region=hush-hush")
    hidden = segfn(*run, "--set", "region=hush-hush", "--secret", "region")
    assert "hush" in open_.out
    assert "hush" not in hidden.out


def test_a_bad_line_is_named_and_the_others_run(function, segfn):
    function.write("bad.ndjson", json.dumps(GOOD) + '\n\n{"type":\n[]\n' + json.dumps(FAIL) + "\n")
    answer = segfn("run", "f.js", "--events", "bad.ndjson", "--format", "ndjson")
    assert [line["index"] for line in lines(answer)] == [0, 3]
    assert answer.code == 2
    assert "bad.ndjson:3:1: error[T121 bad-event]: it is not JSON: " in answer.err
    assert "bad.ndjson:4:1: error[T121 bad-event]: it is not a JSON object" in answer.err


def test_a_function_that_is_no_javascript_is_invalid(function, segfn):
    function.write("f.js", "// ok\nconst onTrack = async () => {};\n")
    answer = segfn("run", "f.js", "--events", "e.ndjson")
    assert answer.code == 1
    assert answer.out == ""
    assert (
        "f.js:2:1: error[T120 broken-function]: Identifier 'onTrack' has already been declared"
        in answer.err
    )


def test_an_invalid_mapping_is_told_on_standard_error(broken, segfn):
    broken.write("e.json", json.dumps(GOOD))
    answer = segfn("run", "mappings/novu.yaml", "--events", "e.json")
    assert (answer.code, answer.out) == (1, "")
    assert "worklow" in answer.err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("g.js", "--events", "e.ndjson"), "there is no file g.js"),
        (("f.js", "--events", "none.ndjson"), "there is no file none.ndjson"),
        ((".", "--events", "e.ndjson"), ". is a folder"),
        (("f.js", "--events", "."), ". is a folder"),
        (("f.js",), "missing option '--events'"),
        (("f.js", "--events", "e.ndjson", "--now", "soon"), "soon is no time"),
        (("f.js", "--events", "e.ndjson", "--set", "x"), "a --set has no name or no value"),
        (("f.js", "--events", "e.ndjson", "--settings", "f.js"), "f.js is no JSON: "),
        (("f.js", "--events", "e.ndjson", "--settings", "none"), "there is no file none"),
        (("f.js", "--events", "e.ndjson", "--responses", "none"), "there is no file none"),
        (("f.js", "--events", "e.ndjson", "--responses", "f.js"), "f.js:"),
        (
            ("f.js", "--events", "e.ndjson", "--responses", "r.yaml"),
            'item 1 of the list has no "x"',
        ),
        (("f.js", "--events", "f.js"), "f.js holds no events: it is no JSON"),
        (("f.js", "--events", "broken.gz"), "broken.gz holds no events: it is no gzip"),
        (("f.js", "--events", "-", "--settings", "-"), "`-` stands for two inputs"),
    ],
)
def test_what_cannot_be_read_is_usage(function, segfn, args, message):
    function.write("r.yaml", "- x: 1\n")
    (function.root / "broken.gz").write_bytes(b"\x1f\x8bnothing that unpacks")
    answer = segfn("run", *args, stdin="{}")
    assert answer.code == 2
    assert message in answer.err


def test_settings_of_broken_fixtures_are_not_read(project, segfn):
    project.write("mappings/novu.fixtures.yaml", "fixtures:\n  - nam: a\n")
    project.write("e.json", "[]")
    answer = segfn("run", "mappings/novu.yaml", "--events", "e.json")
    assert (answer.code, answer.out) == (2, "")
    assert "mappings/novu.fixtures.yaml:2:5: error[" in answer.err


def test_outcomes_do_not_change_the_exit_code(function, segfn):
    function.write("f.js", "function onTrack() { throw new TypeError('x') }")
    assert segfn("run", "f.js", "--events", "e.ndjson").code == 0


def test_node_is_asked_for_where_it_is_missing(function, segfn, monkeypatch):
    monkeypatch.setenv("PATH", str(function.root))
    answer = segfn("run", "f.js", "--events", "e.ndjson", "--engine", "node")
    assert (answer.code, answer.out) == (2, "")
    assert "Node.js is not installed" in answer.err


@pytest.mark.parametrize(
    ("version", "fetch", "said"),
    [
        ("v20.9.0", "2.6.0", []),
        ("v20.9.0", "2.7.0", ["note: this is node-fetch 2.7.0, Segment has 2.6.0"]),
        (
            "v18.2.0",
            "3.1.0",
            [
                "note: this is Node.js 18.2.0, Segment runs Node.js 20",
                "note: node-fetch is 3.1.0 here, so segfn imitates it: npm install node-fetch@2.6.0",
            ],
        ),
    ],
)
def test_a_node_that_is_not_segments_is_told(function, segfn, monkeypatch, version, fetch, said):
    """A script that only tells a version: no event is run."""
    function.write("node", f"#!/bin/sh\necho {version}\n").chmod(0o755)
    function.write("node_modules/node-fetch/package.json", json.dumps({"version": fetch}))
    function.write("none.json", "[]")
    monkeypatch.setenv("PATH", str(function.root))
    answer = segfn("run", "f.js", "--events", "none.json", "--engine", "node")
    assert [line for line in answer.err.splitlines() if line.startswith("note: ")] == said
    assert answer.code == 0, answer.err


@pytest.mark.node
@pytest.mark.usefixtures("function", "node_modules")
def test_node_gives_the_same_results(segfn):
    run = (
        "run",
        "f.js",
        "--events",
        "e.ndjson",
        "--set",
        "apiToken=t-12345678",
        "--format",
        "ndjson",
    )
    both = segfn(*run, "--compare")
    assert both.code == 0
    assert both.out == segfn(*run).out == segfn(*run, "--engine", "node", "--jobs", "2").out
    assert segfn(*run, "--compare", "--batch").code == 0


@pytest.mark.node
@pytest.mark.usefixtures("node_modules")
def test_what_differs_between_the_engines_is_told(function, segfn):
    function.write(
        "g.js",
        "function onTrack(event) { console.log(typeof process, /x/v.flags, event.event); if (typeof Symbol.dispose === 'symbol') fetch('https://a.b/') }",
    )
    answer = segfn("run", "g.js", "--events", "e.ndjson", "--compare")
    assert answer.code == 1
    assert "e.ndjson:1:1: error[T122 engines-differ]: the engines differ in requests" in answer.err


@pytest.mark.node
def test_node_has_the_packages_that_are_installed_here(folder, segfn, node):
    """They send nothing: their requests are answered by the rules too."""
    assert node
    folder.write("node_modules/lodash/index.js", "exports.get = () => 'from lodash';")
    folder.write(
        "node_modules/xml/index.js",
        """\
        const https = require("https");
        module.exports = (path) =>
          new Promise((resolve, reject) => {
            const request = https.request({ host: "a.example.com", path, method: "POST" }, (answer) => {
              let text = "";
              answer.on("data", (piece) => (text += piece));
              answer.on("end", () => resolve([answer.statusCode, text]));
            });
            request.on("error", reject);
            request.end("<a/>");
          });
        """,
    )
    folder.write(
        "f.js",
        """\
        async function onTrack(event) {
          console.log(_.get(), await xml("/x?y=1"), zlib.zlib.deflateSync("a").length);
          console.log(crypto.createSign("SHA256") !== undefined, Date.now());
          if (event.event === "more") stripe.charges.create();
        }
        """,
    )
    folder.write("e.ndjson", json.dumps(GOOD) + "\n" + json.dumps({**GOOD, "event": "more"}))
    folder.write("r.yaml", "- { status: 202, text: taken }")
    run = ("run", "f.js", "--events", "e.ndjson", "--responses", "r.yaml", "--format", "ndjson")
    answer = segfn(*run, "--engine", "node")
    assert "note: node-fetch is not installed here, so segfn imitates it" in answer.err
    good, more = lines(answer)
    assert [log["text"] for log in good["logs"]] == [
        "from lodash [ 202, 'taken' ] 9",
        "true 1767225600300",
    ]
    (request,) = good["requests"]
    assert (request["url"], request["body"]) == ("https://a.example.com/x?y=1", "<a/>")
    assert more["outcome"] == "unavailable"
    assert more["error"]["message"].startswith("stripe is not installed")


def test_kinds_and_globals_are_chosen(folder, segfn):
    folder.write("e.ndjson", json.dumps(GOOD) + "\n")
    folder.write("f.js", "function onTrack(event) { console.log(typeof AbortController) }")
    run = ("run", "f.js", "--events", "e.ndjson")
    assert "log: undefined\n" in segfn(*run).out
    assert "log: function\n" in segfn(*run, "--globals", "node").out
    assert "dropped\n  NoEvent: onTrack returned no event" in segfn(*run, "--kind", "insert").out
    folder.write("g.js", "function onTrack(event) { return { ...event, event: 'New' } }")
    answer = segfn("run", "g.js", "--events", "e.ndjson", "--kind", "insert")
    assert '  passes on\n    {\n      "type": "track"' in answer.out


def test_what_a_source_function_makes_is_shown(folder, segfn):
    folder.write(
        "f.js",
        """\
        function onRequest(request) {
          Segment.page({ name: "Home", userId: request.json().user });
          Segment.set({ collection: "users", id: 5, properties: { a: 1 } });
        }
        """,
    )
    answer = segfn("run", "f.js", "--events", "-", stdin='{"user": "ada"}')
    assert answer.out.startswith('#1 request delivered\n  makes page "Home"\n    {\n')
    assert '  sets users 5\n    {\n      "a": 1\n    }\n' in answer.out


def test_a_bar_is_drawn_on_a_terminal(function, segfn, monkeypatch):
    function.write("many.ndjson", (json.dumps(GOOD) + "\n") * 250)
    run = ("run", "f.js", "--events", "many.ndjson", "--format", "ndjson")
    assert "%" not in segfn(*run).err
    monkeypatch.setattr("generator.commands._result.PATIENCE", -1)
    monkeypatch.setattr(
        "generator.commands._result.is_terminal", lambda stream: stream is sys.stderr
    )
    told = segfn(*run).err.split("\r\x1b[K")
    assert re.fullmatch(r"\[#+-*\] +\d+%  200 events", told[3])
    assert "%" not in told[-1]
    piped = segfn(*run[:3], "-", *run[4:], stdin=function.read("many.ndjson")).err
    assert "\r\x1b[K200 events\r\x1b[K" in piped


@pytest.mark.parametrize(
    ("body", "answer", "warning"),
    [
        ("fetch(URL + event.none, { method: 'POST' })", 200, "F161 undefined-in-request"),
        ("fetch(URL, { method: 'POST', body: {} })", 200, "F162 object-as-body"),
        ("fetch(URL, { method: 'POST' })", 503, "F101 transient-lost"),
        ("fetch(URL, { method: 'POST' })", 401, "F102 failure-hidden"),
        ("fetch(URL + null, { method: 'POST' })", 401, "F102 failure-hidden"),
        ("again(fetch(URL, { method: 'POST' }))", 401, "F103 permanent-retried"),
        ("again(fetch(URL, { method: 'POST' }))", 201, "F104 success-retried"),
        ("absent", 200, "F171 undeclared-name"),
        ("fetch(URL, { method: 'POST' })", 201, None),
    ],
)
def test_what_a_run_shows_to_be_wrong_is_a_warning(folder, segfn, body, answer, warning):
    code = f"""\
    const URL = "https://api.example.com/";
    const again = (asked) => asked.then(() => Promise.reject(new RetryError("later")));
    async function onTrack(event) {{ await {body}; }}
    """
    folder.write("f.js", code)
    folder.write("e.ndjson", json.dumps(GOOD))
    folder.write("answers.yaml", f"- status: {answer}")
    ran = segfn("run", "f.js", "--events", "e.ndjson", "--responses", "answers.yaml")
    strict = segfn("run", "f.js", "--events", "e.ndjson", "--responses", "answers.yaml", "--strict")
    assert strict.code == bool(warning)
    told = [line for line in ran.err.splitlines() if ": warning[" in line]
    assert (ran.code, [f"[{warning}]" in line for line in told]) == (0, [True] if warning else [])
    assert "warning" not in ran.out


def test_of_what_a_run_shows_only_so_much_is_looked_at(folder, segfn, monkeypatch):
    folder.write("f.js", "async function onTrack(event) { absent; }")
    folder.write("e.ndjson", json.dumps(GOOD))
    run = ("run", "f.js", "--events", "e.ndjson")
    assert "F171" in segfn(*run).err
    monkeypatch.setattr("generator.lint.glance._MOST_BYTES", 0)
    assert "F171" not in segfn(*run).err
