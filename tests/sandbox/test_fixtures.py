"""Fixture files: read, compared, and written."""

# ruff: noqa: E501 - what is said about a difference reads best on one line

from __future__ import annotations

import json
from textwrap import dedent, indent

import pytest
from jsonschema import Draft7Validator

from generator import schema
from generator.diagnostics import Report
from generator.model import Setting
from generator.sandbox.expect import UNTRIED, compare
from generator.sandbox.fixtures import read, read_rules
from generator.sandbox.paths import follow, read_path, written
from generator.sandbox.rewrite import rewrite
from generator.sandbox.runner import Target, try_all

PATH = "m.fixtures.yaml"
EVENT = "event: { type: track, event: E, userId: u }"


def found(text, settings=None):
    """What is said about a file, as `line: slug message`."""
    report = Report()
    read(dedent(text), PATH, report, settings)
    return [f"{one.span.line}: {one.code.slug} {one.message}" for one in report]


def fixtures(text):
    report = Report()
    file = read(dedent(text), PATH, report)
    assert file is not None, [one.message for one in report]
    return file


# --- reading ----------------------------------------------------------------


def test_a_fixture_wins_over_the_top_of_the_file():
    file = fixtures(
        """\
        settings: { apiKey: test-key, region: us }
        responses: [{ status: 500 }]
        now: 2026-01-01T00:00:00Z
        fixtures:
          - name: one
            event: { type: track }
          - name: two
            batch: [{ type: track }, { type: page }]
            settings: { region: eu }
            responses: [{ method: post, url: "https://a.b/*", status: 404, times: 1 }]
            now: 2026-02-02T00:00:00Z
        """
    )
    one, two = file.fixtures
    assert one.settings == {"apiKey": "test-key", "region": "us"}
    assert (one.batch, one.now) == (False, "2026-01-01T00:00:00Z")
    assert [rule["status"] for rule in one.rules] == [500]
    assert two.settings == {"apiKey": "test-key", "region": "eu"}
    assert [json.loads(event)["type"] for event in two.events] == ["track", "page"]
    assert [(rule["method"], rule["status"], rule["times"]) for rule in two.rules] == [
        ("POST", 404, 1),
        (None, 500, None),
    ]
    assert (two.batch, two.now, two.expect) == (True, "2026-02-02T00:00:00Z", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fixtures: []", ['1: empty-value "fixtures" is empty']),
        (f"fixtures:\n  - {EVENT}", ['2: missing-key item 1 of "fixtures" needs "name"']),
        (
            f"fixtures:\n  - name: a\n    {EVENT}\n  - name: a\n    {EVENT}",
            ['4: same-fixture two fixtures are named "a"'],
        ),
        ("fixtures:\n  - name: a", ["2: event-or-batch this fixture has no event"]),
        (
            f"fixtures:\n  - name: a\n    {EVENT}\n    batch: []",
            ["4: event-or-batch this fixture has an event and a batch"],
        ),
        ("now: soon\nfixtures:\n  - name: a\n    batch: []", ['1: bad-time "soon" is no time']),
        (
            f"fixtures:\n  - name: a\n    {EVENT}\n    expect: {{ absent: [data] }}",
            ['4: bad-absent "data" is no path in a request'],
        ),
        (
            f"fixtures:\n  - name: a\n    {EVENT}\n    expect: {{ outcom: delivered }}",
            ['4: unknown-key "expect" has no "outcom"'],
        ),
        (
            f"fixtures:\n  - name: a\n    {EVENT}\n    expect: {{ outcome: fine }}",
            ['4: wrong-value "outcome" is "fine"'],
        ),
        (
            f"fixtures:\n  - name: a\n    {EVENT}\n    responses: [{{ fault: slow }}]",
            ['4: wrong-value "fault" is "slow"'],
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text, expected):
    assert found(text) == expected


def test_settings_that_the_function_does_not_have_are_a_warning():
    text = f"settings: {{ api_key: x }}\nfixtures:\n  - name: a\n    {EVENT}\n"
    said = found(text, [Setting("apiKey"), Setting("region")])
    assert said == ['1: fixture-setting the function has no setting "api_key"']


def test_rules_of_a_file_are_a_list_in_yaml_or_json():
    report = Report()
    (one,) = read_rules('[{"url": "https://a.b/*?x=[1]", "latency": "2s"}]', "r.json", report) or ()
    assert (one["latency"], one["url"]) == (2000, r"^https://a\.b/.*.x=\[1\]$".replace("/", "/"))
    assert read_rules("status: 503", "r.yaml", report) is None
    assert [entry.code.slug for entry in report] == ["wrong-type"]


def test_the_published_schema_is_valid_and_describes_every_key():
    whole = schema.base("fixtures")
    Draft7Validator.check_schema(whole)

    def undescribed(part, path):
        for name, told in part.get("properties", {}).items():
            if "$ref" not in told and "description" not in told:
                yield f"{path}.{name}"
            yield from undescribed(told, f"{path}.{name}")

    assert [
        *undescribed(whole, ""),
        *(path for name, part in whole["definitions"].items() for path in undescribed(part, name)),
    ] == []


# --- paths ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("body", ("body",)),
        ("body.to[0].email", ("body", "to", 0, "email")),
        ("headers.x-a", ("headers", "x-a")),
        ("body['a b'][\"c.d\"]", ("body", "a b", "c.d")),
        ("", None),
        (".body", None),
        ("body.", None),
        ("body[x]", None),
        ("body..x", None),
    ],
)
def test_paths(text, steps):
    assert read_path(text) == steps
    if steps is not None:
        assert read_path(written(steps)) == steps


def test_a_path_leads_somewhere_or_not():
    value = {"a": [{"b": None}]}
    assert follow(value, ("a", 0, "b")) == (True, None)
    assert follow(value, ("a", 1)) == (False, None)
    assert follow(value, ("a", "b")) == (False, None)


# --- comparing --------------------------------------------------------------

RESULT = {
    "outcome": "delivered",
    "error": None,
    "requests": [
        {
            "method": "POST",
            "url": "https://a.b/c?k=***",
            "headers": {"authorization": "ApiKey ***", "x-n": "1"},
            "body": {"name": "welcome", "n": 1, "deep": {"list": [1, {"x": True}], "nil": None}},
            "body_text": "...",
            "response": {"status": 201},
        }
    ],
    "logs": [{"level": "warn", "text": "careful"}],
    "result": None,
}
FAILED = {**RESULT, "outcome": "retry", "error": {"name": "RetryError", "message": "Novu said 503"}}
NOTHING = {**RESULT, "handler": "onTrack", "routes": [], "requests": [], "logs": []}
IDLE = {
    **NOTHING,
    "routes": [{"id": "track/A/workflow/a", "path": "m.yaml", "line": 4, "ran": False}],
}
LONG = "so long that it is shown below and not in the sentence itself"
WIDE = {
    **RESULT,
    "requests": [{"body": {"text": LONG, "list": [LONG], "map": {"a": LONG}}}],
}
TWICE = {**RESULT, "requests": RESULT["requests"] * 2}
REFUSED = {**FAILED, "handler": "onTrack", "routes": [], "requests": []}
BATCH = {
    **NOTHING,
    "handler": "onBatch",
    "result": [{"status": 200}, {"status": 400, "errormessage": "RetryError: no"}],
}


def differences(expect, result=RESULT, hidden=("test-key",)):
    """What is said about a result, as `line: message | expected | actual`."""
    block = "".join(f"      {line}\n" for line in dedent(expect).splitlines())
    file = fixtures(f"fixtures:\n  - name: it\n    {EVENT}\n    expect:\n{block}")
    return [
        f"{one.span.line}: " + " | ".join([one.message, *(note.message for note in one.notes)])
        for one in compare(file.fixtures[0], result, hidden)
    ]


@pytest.mark.parametrize(
    ("expect", "result"),
    [
        ("outcome: delivered", RESULT),
        ("error: null", RESULT),
        (
            "requests:\n  - { method: POST, body: { n: 1.0, deep: { list: [1, { x: true }] } } }",
            RESULT,
        ),
        ("requests:\n  - headers: { Authorization: ApiKey test-key, x-n: 1 }", RESULT),
        ("requests:\n  - headers: { Authorization: 'ApiKey ***' }", RESULT),
        ("requests:\n  - { url: 'https://a.b/c?k=test-key', response: { status: 201 } }", RESULT),
        ("requests:\n  - { exact: true, method: POST, response: { status: 201 } }", RESULT),
        ("requests:\n  - {absent: [body.data, 'body.deep.list[2]']}", RESULT),
        ("absent: [body.data]\nlogs: [careful]", RESULT),
        ("logs: [{ level: warn }]", RESULT),
        ("error: { name: RetryError, message: '503' }", FAILED),
        ("requests: []\nlogs: []", NOTHING),
        ("statuses: [200, 400]", BATCH),
        ("statuses: [200, { status: 400, errormessage: RetryError }]", BATCH),
    ],
)
def test_what_is_as_expected_says_nothing(expect, result):
    assert differences(expect, result) == []


@pytest.mark.parametrize(
    ("expect", "result", "expected"),
    [
        (
            "outcome: delivered",
            FAILED,
            [
                '5: "it": outcome is retry | expected: delivered | actual:   retry (RetryError: Novu said 503)'
            ],
        ),
        (
            "error: { name: RetryError, message: '404' }",
            FAILED,
            [
                '5: "it": error.message is "Novu said 503" | expected: "404" | actual:   "Novu said 503"'
            ],
        ),
        (
            "error: null",
            FAILED,
            [
                '5: "it": error is {"name": "RetryError", "message": "Novu said 503"} | expected: null | actual:   {"name": "RetryError", "message": "Novu said 503"}'
            ],
        ),
        (
            "error: { name: X }",
            RESULT,
            ['5: "it": error is null | expected: {"name": "X"} | actual:   null'],
        ),
        (
            "requests:\n  - body:\n      name: other\n      data: 1\n      deep: { list: [1] }",
            RESULT,
            [
                '7: "it": body.name of request 1 is "welcome" | expected: "other" | actual:   "welcome"',
                '8: "it": body.data of request 1 is missing | expected: 1 | actual:   nothing',
                '9: "it": body.deep.list of request 1 has 2 items | expected: [1] | actual:   [1, {"x": true}]',
            ],
        ),
        (
            "requests:\n  - body: { n: true, deep: { list: [1, { x: 1 }], nil: '' } }",
            RESULT,
            [
                '6: "it": body.n of request 1 is 1 | expected: true | actual:   1',
                '6: "it": body.deep.list[1].x of request 1 is true | expected: 1 | actual:   true',
                '6: "it": body.deep.nil of request 1 is null | expected: "" | actual:   null',
            ],
        ),
        (
            "exact: true\nrequests:\n  - body: { name: welcome, n: 1 }",
            RESULT,
            [
                '7: "it": body.deep of request 1 is not expected | expected: nothing | actual:   {"list": [1, {"x": true}], "nil": null}'
            ],
        ),
        (
            "requests:\n  - headers: { x-n: '2', x-m: '1' }\n    absent: [headers.x-n]",
            RESULT,
            [
                '6: "it": headers.x-n of request 1 is "1" | expected: 2 | actual:   1',
                '6: "it": headers.x-m of request 1 is missing | expected: "1" | actual:   nothing',
                '7: "it": headers.x-n of request 1 is there | expected: nothing | actual:   "1"',
            ],
        ),
        (
            "requests: []",
            RESULT,
            [
                '5: "it": 1 request was sent instead of 0 | what was sent:\n  POST https://a.b/c?k=***'
            ],
        ),
        (
            "requests:\n  - {method: POST}\n  - {method: GET}",
            NOTHING,
            [f'5: "it": no request was sent instead of 2 | {UNTRIED}'],
        ),
        (
            "requests:\n  - {method: POST}",
            IDLE,
            ['5: "it": no request was sent instead of 1 | track/A/workflow/a did not apply'],
        ),
        (
            "requests:\n  - {method: POST}",
            TWICE,
            [
                '5: "it": 2 requests were sent instead of 1 | what was sent:'
                + "\n  POST https://a.b/c?k=***" * 2
            ],
        ),
        (
            "requests:\n  - {method: POST}",
            REFUSED,
            [
                '5: "it": no request was sent instead of 1 | it ended: retry (RetryError: Novu said 503)'
            ],
        ),
        (
            "requests:\n  - {method: POST}",
            BATCH,
            ['5: "it": no request was sent instead of 1'],
        ),
        (
            "requests:\n  - body: { text: short, list: 1, map: 1 }",
            WIDE,
            [
                f'6: "it": body.text of request 1 is another text | expected: "short" | actual:   "{LONG}"',
                f'6: "it": body.list of request 1 is another list | expected: 1 | actual:   [\n  "{LONG}"\n]',
                f'6: "it": body.map of request 1 is another map | expected: 1 | actual:   {{\n  "a": "{LONG}"\n}}',
            ],
        ),
        (
            "statuses: [200]",
            BATCH,
            [
                '5: "it": statuses are 2 | expected: [200] | actual:   '
                + json.dumps(BATCH["result"], indent=2)
            ],
        ),
        (
            "statuses: [500, 400]",
            BATCH,
            ['5: "it": statuses[0] is 200 | expected: 500 | actual:   200'],
        ),
        (
            "statuses: [200]",
            RESULT,
            ['5: "it": statuses are not returned | expected: [200] | actual:   null'],
        ),
        (
            "logs: [other]",
            RESULT,
            ['5: "it": logs[0] is "careful" | expected: "other" | actual:   "careful"'],
        ),
        (
            "requests:\n  - url: https://a.b/?k=test-key",
            RESULT,
            [
                '6: "it": url of request 1 is "https://a.b/c?k=***" | expected: "https://a.b/?k=***" | actual:   "https://a.b/c?k=***"'
            ],
        ),
    ],
)
def test_a_difference_is_told_at_its_line_with_both_sides(expect, result, expected):
    assert differences(expect, result) == expected


def test_a_fixture_that_expects_nothing_fails_and_says_what_happened():
    file = fixtures(f"fixtures:\n  - name: it\n    {EVENT}")
    (one,) = compare(file.fixtures[0], FAILED, ())
    assert (one.code.slug, one.span.line) == ("no-expectation", 2)
    assert one.notes[0].message == "it happened: retry (RetryError), 1 request"


# --- running ----------------------------------------------------------------

CODE = """
let seen = 0;
async function onTrack(event, settings) {
  seen += 1;
  if (event.event === "Fail") throw new RetryError("later");
  const headers = { authorization: "ApiKey " + settings.apiKey };
  await fetch("https://a.b/" + seen, { method: "POST", headers, body: JSON.stringify(event.properties) });
}
async function onBatch(events) { return events.map(() => ({ status: 200 })); }
"""


def test_every_fixture_runs_alone_and_in_order():
    file = fixtures(
        """\
        settings: { apiKey: test-key }
        fixtures:
          - name: one
            event: { type: track, properties: { plan: pro } }
            expect:
              requests:
                - url: https://a.b/1
                  headers: { authorization: ApiKey test-key }
                  body: { plan: pro }
          - name: two
            event: { type: track, properties: { plan: pro } }
            expect: { requests: [{ url: https://a.b/1, body: { plan: free } }] }
          - name: three
            batch: [{ type: track }, { type: page }]
            expect: { outcome: delivered, statuses: [200, 200] }
        """
    )
    tried = list(try_all([(Target(CODE), fixture) for fixture in file.fixtures]))
    assert [one.passed for one in tried] == [True, False, True]
    (difference,) = tried[1].differences
    assert (difference.span.line, difference.message) == (
        12,
        '"two": body.plan of request 1 is "pro"',
    )
    assert "test-key" not in json.dumps(tried[0].result)


# --- writing ----------------------------------------------------------------


def updated(text):
    """The text after `--update`; after that every fixture must pass."""
    file = fixtures(text)
    tried = list(try_all([(Target(CODE), fixture) for fixture in file.fixtures]))
    failed = {one.fixture.index: one.result for one in tried if not one.passed}
    made = rewrite(file, failed)
    again = fixtures(made)
    assert all(one.passed for one in try_all([(Target(CODE), each) for each in again.fixtures]))
    return made


def test_an_update_replaces_what_is_expected_and_nothing_else():
    before = dedent(
        """\
        # top
        settings: {apiKey:   test-key}   # odd blanks
        fixtures:

          - name:   wrong
            expect:   # why it matters
              outcome: delivered

              requests: []   # none
            # about the event
            event: { type: track, event: "Fail" }
          - name: right
            event: { type: track, event: Fail }
            expect: { outcome:  retry }
        # end
        """
    )
    new = """\
      outcome: retry
      error:
        name: RetryError
        message: later
      requests: []   # none
"""
    old = "      outcome: delivered\n\n      requests: []   # none\n"
    assert updated(before) == before.replace(old, new)


UPDATES = {
    "a map on the line becomes lines, and a comment stays": (
        """
        event: { type: track, event: Fail }
        expect: { outcome: delivered } # why
        """,
        """
        event: { type: track, event: Fail }
        expect:
          outcome: retry
          error:
            name: RetryError
            message: later
          requests: [] # why
        """,
    ),
    "what is missing is added at the end": (
        """
        event: { type: track, event: Fail }   # why
        """,
        """
        event: { type: track, event: Fail }   # why
        expect:
          outcome: retry
          error:
            name: RetryError
            message: later
          requests: []
        """,
    ),
    "what is empty is filled, in YAML that any reader takes": (
        """
        expect:
        event: { type: track, properties: { t: 'a: b', n: 1, l: [x, { y: null }], e: '' } }
        """,
        """
        expect:
          outcome: delivered
          requests:
            - method: POST
              url: https://a.b/1
              body:
                t: "a: b"
                "n": 1
                l:
                  - x
                  - "y": null
                e: ""
        event: { type: track, properties: { t: 'a: b', n: 1, l: [x, { y: null }], e: '' } }
        """,
    ),
    "statuses of a batch": (
        """
        batch:
          - type: track
        expect:
          statuses:
            - 500
        """,
        """
        batch:
          - type: track
        expect:
          outcome: delivered
          statuses:
            - 200
          requests: []
        """,
    ),
    "a key without a value is the end": (
        """
        event:
          type: track
          properties:
        """,
        """
        event:
          type: track
          properties:
        expect:
          outcome: delivered
          requests:
            - method: POST
              url: https://a.b/1
        """,
    ),
    "logs as they are, and nothing of what is there is absent": (
        """
        expect:
          logs:
            - other
          absent:
            - method
        event: { type: track }
        """,
        """
        expect:
          outcome: delivered
          requests:
            - method: POST
              url: https://a.b/1
          logs: []
        event: { type: track }
        """,
    ),
    "what else was asked for stays as far as it holds": (
        """
        expect:
          outcome: retry
          exact: true
          absent: [body.no, body.yes]
        event: { type: track, properties: { "yes": 1 } }
        """,
        """
        expect:
          outcome: delivered
          requests:
            - method: POST
              url: https://a.b/1
              body:
                "yes": 1
          absent:
            - body.no
          exact: true
        event: { type: track, properties: { "yes": 1 } }
        """,
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("before", "after"), UPDATES.values(), ids=UPDATES.keys())
def test_an_update_writes_yaml_of_the_file_s_own_kind(before, after, newline):
    old, new = (
        ("fixtures:\n  - name: it\n" + indent(dedent(text).lstrip("\n"), "    ")).replace(
            "\n", newline
        )
        for text in (before, after)
    )
    assert updated(old) == new


def test_an_update_keeps_a_fixture_on_one_line():
    before = 'fixtures:\n  - { name: it, event: { type: track, event: Fail } }\n  - {name: "}", expect: { outcome: retry}, event: {type: page}}\n'
    after = updated(before)
    assert after.startswith(
        'fixtures:\n  - { name: it, event: { type: track, event: Fail }, expect: {"outcome": "retry", '
    )
    assert len(after.splitlines()) == 3


def test_an_update_writes_no_secret():
    text = "settings: { apiKey: test-key }\nfixtures:\n  - name: it\n    event: { type: track }\n    expect:\n      requests:\n        - headers: { authorization: other }\n"
    made = updated(text)
    assert "          authorization: ApiKey ***\n" in made or 'authorization: "ApiKey ***"' in made
    assert made.count("test-key") == 1
