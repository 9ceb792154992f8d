"""`segfn test --coverage`: what the fixtures have reached, in text, in JSON and as a page."""

from __future__ import annotations

import json
import re

import pytest

MAPPING = """\
version: 1
provider: novu
options: { unmapped: reject }
when: properties.internal != true

identify:
  subscriber:
    firstName: $.traits.firstName ?? $.traits.name
    email: $.traits.email | lowercase | default("nobody@example.com")

track:
  Order Completed:
    first:
      - when: properties.total >= 100 and (properties.vip = true or properties.plan = "pro")
        require: [properties.manager]
        workflow:
          name: vip
          to: $.properties.manager
          payload:
            greeting:
              $if: properties.formal
              $then: Dear {{ properties.title ?? "customer" }}
              $else: Hi
            items:
              $each: $.properties.items
              $map:
                count: $.count ?? 1
      - workflow: receipt
"""
FIXTURES = """\
settings: { apiKey: test-key }
fixtures:
  - name: cheap
    event: { type: track, event: Order Completed, userId: u, properties: { total: 5, vip: true } }
  - name: dear
    event:
      type: track
      event: Order Completed
      userId: u
      properties: { total: 500, plan: pro, manager: m, items: [{ count: 2 }, {}] }
  - name: without a manager
    event: { type: track, event: Order Completed, userId: u, properties: { total: 500, vip: true } }
  - name: a batch
    batch:
      - { type: identify, userId: u, traits: { name: Ada } }
      - { type: track, event: Order Completed, properties: { total: 1 } }
      - { type: track, event: Order Completed, userId: u, properties: { internal: true } }
  - name: down
    event: { type: identify, userId: u, traits: { firstName: Ada, email: ADA@EXAMPLE.COM } }
    responses: [{ status: 503 }]
  - name: refused
    event: { type: identify, userId: u, traits: {} }
    responses: [{ status: 422 }]
  - name: wrong key
    event: { type: identify, userId: u, traits: { firstName: A } }
    responses: [{ status: 401 }]
  - name: no key
    settings: { apiKey: "" }
    event: { type: identify, userId: u, traits: { firstName: A } }
  - name: no such event
    event: { type: track, event: Other, userId: u }
"""
VIP = "track/Order Completed/workflow/vip"
REACHED = {
    ("condition", "properties.internal != true"): [
        ["cheap", "dear", "without a manager", "a batch", "no such event"],
        ["a batch"],
    ],
    ("error", "a call without a route is refused"): [["no such event"]],
    ("error", "a missing setting is named"): [["no key"]],
    ("error", "an answer that may pass is tried again"): [["down"]],
    ("error", "an answer that is final is not tried again"): [["refused"]],
    ("error", "an answer that refuses the key names the setting"): [["wrong key"]],
    ("route", "identify/subscriber"): [["a batch", "down", "refused", "wrong key"]],
    ("fallback", "firstName"): [["down", "wrong key"], ["a batch"]],
    ("fallback", "email"): [["down"], ["a batch", "refused", "wrong key"]],
    ("error", "subscriberId (userId)"): [[]],
    ("route", VIP): [["dear", "without a manager"], ["cheap", "a batch"]],
    ("condition", "properties.total >= 100"): [["dear", "without a manager"], ["cheap", "a batch"]],
    ("condition", "properties.vip = true"): [["without a manager"], ["dear"]],
    ("condition", 'properties.plan = "pro"'): [["dear"], []],
    ("error", "properties.manager"): [["without a manager"]],
    ("error", "to (properties.manager)"): [[]],
    ("condition", "payload.greeting: properties.formal"): [[], ["dear"]],
    ("fallback", "payload.greeting"): [[], []],
    ("fallback", "payload.items.count"): [["dear"], ["dear"]],
    ("route", "track/Order Completed/workflow/receipt"): [["cheap", "a batch"]],
    ("error", "to (userId)"): [["a batch"]],
}


@pytest.fixture
def covered(project):
    project.write("mappings/novu.yaml", MAPPING)
    project.write("mappings/novu.fixtures.yaml", FIXTURES)
    return project


@pytest.mark.usefixtures("covered")
def test_every_branch_knows_the_fixtures_that_take_it(segfn):
    told = json.loads(segfn("test", "--coverage", "--format", "json").out)
    (mapping,) = told["summary"]["coverage"]["mappings"]
    found = {
        (point["kind"], point["what"]): [branch["fixtures"] for branch in point["branches"]]
        for point in mapping["points"]
    }
    assert found == REACHED
    branches = [fixtures for branches in REACHED.values() for fixtures in branches]
    percent = 100 * sum(map(bool, branches)) / len(branches)
    assert told["summary"]["coverage"]["percent"] == round(percent, 1)
    assert mapping["condition"] == {"covered": 8, "total": 10}
    (place,) = ({(each["line"], each["column"]) for each in mapping["points"]} & {(8, 16)},)
    assert place == {(8, 16)}


@pytest.mark.usefixtures("covered")
def test_what_is_missing_is_told_by_line(segfn):
    out = segfn("test", "--coverage").out
    assert re.search(
        r"mappings/novu.yaml: \d\d\.\d % covered "
        r"\(routes 4 of 4, conditions 8 of 10, fallbacks 6 of 8, errors 7 of 9\)\n",
        out,
    )
    for gap in (
        '14  properties.plan = "pro" always holds',
        "21  payload.greeting: properties.formal never holds",
        "22  payload.greeting never comes from properties.title",
        "22  payload.greeting never falls back to customer",
        "7  subscriberId (userId) is never missing",
    ):
        assert f"  mappings/novu.yaml:{gap}\n" in out
    assert "T113" not in out
    only = segfn("test", "--coverage", "-k", "no such event").out
    assert f"  mappings/novu.yaml:14  {VIP} is never reached\n" in only
    assert 'plan = "pro" is' not in only  # the inside of a route that never runs
    low = segfn("test", "--fail-under", "90")
    assert (low.code, "of the mappings, less than 90 %" in low.out) == (1, True)


def test_the_page_shows_the_mapping_and_asks_for_nothing(covered, segfn):
    name = 'a <script>alert("x")</script> name'
    covered.write("mappings/novu.fixtures.yaml", FIXTURES.replace("name: cheap", f"name: '{name}'"))
    answer = segfn("test", "--out", "coverage.html")
    assert "coverage.html: the coverage of 1 mapping" in answer.err
    page = covered.read("coverage.html")
    assert segfn("test", "--out", "-").out == page
    assert "<script" not in page
    assert "&lt;script&gt;alert(&quot;x&quot;)" in page
    assert (
        "default-src &#x27;none&#x27;" in page or "default-src 'none'; style-src 'sha256-" in page
    )
    assert not re.search(r"(src|href)=\"(?!#)|url\(|@import", page)
    assert page.count('<span class="number">') == len(MAPPING.splitlines())
    assert "✗ customer: never" in page
    assert page.count("<details") == page.count("</details>") > 10


SECOND = """\
version: 1
provider: novu
track:
  Trial Ended:
    - when: properties.plan = "pro"
      workflow: ended
    - enabled: false
      when: properties.plan = "free"
      workflow: gone
"""
ENDED = """\
settings: { apiKey: test-key }
fixtures:
  - name: ended
    event: { type: track, event: Trial Ended, userId: u, properties: { plan: pro } }
"""


def test_of_several_mappings_the_page_leads_to_each(covered, segfn):
    """What is switched off is not covered and not missing."""
    covered.write("mappings/second.yaml", SECOND)
    covered.write("mappings/second.fixtures.yaml", ENDED)
    out = segfn("test", "--coverage", "--out", "coverage.html").out
    told = out[out.index("mappings/second.yaml: 14.3 % covered") :].splitlines()
    assert told[5:7] == [
        "  mappings/second.yaml:5  track/Trial Ended/workflow/ended always applies",
        "  mappings/second.yaml:6  to (userId) is never missing",
    ]
    assert "gone" not in out
    links = re.findall(
        r'<li><a href="#(m\d)">(\w+)</a> <.*?>(\d+ %)', covered.read("coverage.html")
    )
    assert links == [("m0", "novu", "81 %"), ("m1", "second", "14 %")]


@pytest.mark.usefixtures("project")
def test_a_mapping_without_fixtures_is_not_covered(segfn):
    answer = segfn("test", "--fail-under", "1")
    assert answer.code == 1
    assert (
        "mappings/novu.yaml:1:1: error[T114 low-coverage]: the fixtures cover 0.0 %" in answer.out
    )
    assert segfn("test", "--coverage").code == 0


def test_probes_agree_with_what_runs(segfn, covered):
    """A route's own condition says the same in the probes as in the generated file."""
    text = MAPPING.replace(
        "and (properties.vip = true or properties.plan", "and (5 = 5 and properties.plan"
    )
    covered.write(
        "mappings/novu.yaml", text.replace('properties.plan = "pro")', 'properties.plan != "x")')
    )
    told = json.loads(segfn("test", "--coverage", "--format", "json").out)
    points = told["summary"]["coverage"]["mappings"][0]["points"]
    (route,) = (each for each in points if each["what"] == VIP)
    last = [each for each in points if each["what"] == 'properties.plan != "x"']
    assert last[0]["branches"][0]["fixtures"] == route["branches"][0]["fixtures"]
