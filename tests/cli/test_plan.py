"""`segfn plan`: plans of every kind, held against small mappings."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path

import pytest

from generator.commands.plan import KINDS
from generator.plans import coverage, formats
from generator.plans.likeness import difference
from generator.plans.plan import BadPlan

PLANS = Path(__file__).parent.parent / "plans"
LONG = (
    "Quarterly Review of the Shared Workspace Finished by a Guest Who Was Invited by Another "
    "Guest of the Same Team Ye"
)
SHOP = """\
version: 1
provider: novu
identify:
  subscriber:
    email: $.traits.email
    firstName: $.traits['first name']
track:
  User Registered: welcome
  Order Completed:
    when: properties.total >= 100
    require: [properties.order_id]
    workflow:
      name: receipt
      payload:
        space: $.properties['workspace id']
        items:
          $each: $.properties.items
          $map:
            sku: $.sku
            price: $.unit_price
  Heartbeat: []
"""


@pytest.fixture
def shop(folder):
    folder.write("mappings/shop.yaml", SHOP)
    return folder


@pytest.fixture
def told(segfn):
    """What `segfn plan` says as JSON."""

    def ask(plan, *more):
        answer = segfn("plan", str(plan), *more, "--format", "json")
        assert (answer.code, answer.err) == (0, "")
        return json.loads(answer.out)

    return ask


def statuses(found):
    return {entry["name"] or entry["section"]: entry["status"] for entry in found["events"]}


def findings(found, *kinds):
    return [
        (entry["kind"], entry["line"], entry["message"])
        for entry in found["findings"]
        if entry["kind"] in kinds
    ]


# --- formats ------------------------------------------------------------------------------

HARD = {'Clicked "Buy / Now"': "forgotten", "Café Visité": "forgotten", LONG: "forgotten"}
PLANNED = {
    "User Registered": "mapped",
    "Order Completed": "mapped",
    "Trial Ended": "forgotten",
    **HARD,
}
SEGMENT = {**PLANNED, "Heartbeat": "ignored", "identify": "mapped"}


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("plan", "kind", "expected"),
    [
        (
            "protocols.json",
            "Segment Protocols",
            {
                **SEGMENT,
                "Cart Viewed": "retired",
                "Page Viewed": "forgotten",
                "Pricing": "forgotten",
            },
        ),
        ("protocols-config-api.json", "Segment Protocols", SEGMENT),
        (
            "protocols.csv",
            "Segment Protocols CSV",
            {**PLANNED, "Page Viewed": "forgotten", "identify": "mapped"},
        ),
        (
            "columns.csv",
            "Segment Protocols CSV",
            {name: status for name, status in PLANNED.items() if name not in HARD},
        ),
        ("rudderstack-v0", "RudderStack", {**PLANNED, "identify": "mapped"}),
        ("rudderstack-v0/plan.yaml", "RudderStack", {**PLANNED, "identify": "mapped"}),
        ("rudderstack-v1/plan.yaml", "RudderStack", {**PLANNED, "page": "forgotten"}),
        ("rudderstack-v1/catalogue.yaml", "RudderStack", {**PLANNED, "page": "forgotten"}),
        ("avo.json", "Avo", {**PLANNED, "Pricing": "forgotten"}),
        ("schemas", "JSON Schemas", {**PLANNED, "Trial Ended": "retired"}),
        ("names.txt", "a list of names", {**PLANNED, "#1 Choice Made": "forgotten"}),
        ("events.ndjson", "events", {**PLANNED, "identify": "mapped", "Pricing": "forgotten"}),
    ],
)
def test_plans_of_every_kind(told, plan, kind, expected):
    found = told(PLANS / plan)
    assert found["plan"]["format"] == kind
    assert statuses(found) == expected


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    "plan", ["protocols.json", "protocols-config-api.json", "protocols.csv", "events.ndjson"]
)
def test_the_same_properties_are_read_from_each(told, plan):
    unplanned = {message for _, _, message in findings(told(PLANS / plan), "property")}
    expected = {'track "Order Completed": properties.items[].unit_price is read, but not planned'}
    if plan == "events.ndjson":
        expected.add(
            "track \"Order Completed\": properties['workspace id'] is read, but not planned"
        )
    assert unplanned == expected


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("plan", ["rudderstack-v0", "rudderstack-v1/plan.yaml"])
def test_properties_of_rudderstack_are_found_by_reference(told, plan):
    found = findings(told(PLANS / plan), "property", "type", "optional")
    assert [message.partition(": ")[2] for _, _, message in found][-1:] == [
        "properties.items[].unit_price is read, but not planned"
    ]


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('["User Registered"]', "a list of names"),
        ("User Registered\r\n", "a list of names"),
        ('{"type": "track", "event": "User Registered"}', "events"),
        ('{"data": {"rules": [{"type": "TRACK", "key": "User Registered"}]}}', "Segment Protocols"),
        ("Event;Property Name;Data Type\nUser Registered;;\n", "Segment Protocols CSV"),
    ],
)
def test_a_plan_on_standard_input(segfn, text, kind):
    answer = segfn("plan", "-", "--format", "json", stdin=text)
    found = json.loads(answer.out)
    assert (found["plan"]["format"], statuses(found)) == (kind, {"User Registered": "mapped"})


SEEN = '{"type": "track", "event": "A"}'


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("plan.json", "{", "plan.json is no tracking plan: it is no JSON: a name in double quotes"),
        (
            "plan.json",
            '{"name": "x"}',
            'no tracking plan: line 1 is no event: it has no known "type"',
        ),
        ("plan.yaml", "a: b\n", "it is neither one of RudderStack's files nor a list of names"),
        ("plan.yaml", "a: &b c\n", "plan.yaml is no tracking plan: line 1: "),
        ("plan.csv", 'Event Name\n"a', "plan.csv is no tracking plan: line 2: "),
        ("plan.csv", "Object,Kind\na,b\n", "its first line names no column of events"),
        ("plan.txt", "# nothing\n", "plan.txt is no tracking plan: it plans no event"),
        (
            "plan.csv",
            "Event Name,Property Name\n",
            "plan.csv is no tracking plan: it plans no event",
        ),
        ("plan.json", '{"type": "track"}', "plan.json is no tracking plan: it plans no event"),
        ("plan.ndjson", f"{SEEN}\n{SEEN[:-1]}", "no tracking plan: line 2 is no JSON"),
        (
            "plan.json",
            f"[\n{SEEN}\n{SEEN}]",
            "no tracking plan: it is no JSON: a comma is missing in line",
        ),
        pytest.param("plan.json", "[" * 9999, "it is nested too deep", id="deep"),
        ("plan.txt", b"\x1f\x8bgz", "plan.txt is no tracking plan: it is no gzip: Compressed"),
        ("plan.txt", b"Caf\xe9", "plan.txt is no tracking plan: it is no text in UTF-8: "),
        ("schemas/a.json", "[]", "the folder holds neither JSON Schemas nor RudderStack's files"),
        ("schemas/a.json", "{", "schemas/a.json is no JSON: a name in double quotes is missing"),
        (
            "plan.yaml",
            'kind: tp\nspec:\n  rules:\n    - a\n    - event: "#event:x"\n',
            "line 5: no file of the project defines the event #event:x",
        ),
    ],
)
def test_what_is_no_plan(shop, segfn, name, text, message):
    path = shop.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    answer = segfn("plan", name.partition("/")[0])
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err


def test_protocols_plans_pages_as_an_event(folder, told):
    """Its own documents ask for a rule "Page Viewed" for all page calls."""
    route = "    workflow:\n      name: seen\n      payload:\n"
    lines = f"{route}        title: $.properties['page title']\n        url: $.properties.url\n"
    folder.write("mappings/a.yaml", f"version: 1\nprovider: novu\npage:\n  Pricing:\n{lines}")
    for name in ("protocols.csv", "protocols.json"):
        found = told(PLANS / name)
        assert statuses(found)["Page Viewed"] == "mapped"
    found = told(PLANS / "protocols.csv")
    assert [message for _, _, message in findings(found, "unplanned", "property")] == [
        'track "Page Viewed": properties.url is read, but not planned'
    ]


def page_of(name, **pagination):
    rule = {"type": "TRACK", "key": name, "version": 1, "jsonSchema": {"type": "object"}}
    return {"data": {"rules": [rule], "pagination": {"totalEntries": 2, **pagination}}}


def test_the_pages_of_the_public_api(shop, told, segfn):
    first = page_of("User Registered", current="MA==", next="MjAw")
    last = page_of("Trial Ended", current="MjAw", previous="MA==")
    shop.write("plan.json", json.dumps([first, last]))
    assert statuses(told("plan.json")) == {"User Registered": "mapped", "Trial Ended": "forgotten"}
    shop.write("plan.json", json.dumps(first))
    answer = segfn("plan", "plan.json")
    assert (answer.code, "more pages follow" in answer.err) == (2, True)


def test_a_list_of_values_in_a_table(folder, told):
    route = (
        'version: 1\nprovider: novu\ntrack:\n  User Registered:\n    when: properties.plan = "x"\n'
    )
    folder.write("mappings/a.yaml", f"{route}    workflow: a\n")
    (found,) = told(PLANS / "protocols.csv", "--fail-on", "property")["findings"][-1:]
    assert (found["kind"], found["help"]) == ("type", 'use one of "free", "pro"')


def places(value, path=()):
    """Every place in JSON but the whole."""
    listed = enumerate(value) if isinstance(value, list) else ()
    for key, member in value.items() if isinstance(value, dict) else listed:
        yield (*path, key)
        yield from places(member, (*path, key))


JUNK = [None, 1, "x", [], {}, True, [1], {"a": 1}, [[]]]


@pytest.mark.parametrize(
    "name", ["protocols.json", "protocols-config-api.json", "avo.json", "schemas/trial.json"]
)
def test_a_plan_with_something_else_in_a_place_is_read_as_far_as_it_makes_sense(name):
    text = (PLANS / name).read_text("utf-8")
    for number, path in enumerate(places(json.loads(text))):
        data = spot = json.loads(text)
        for key in path[:-1]:
            spot = spot[key]
        spot[path[-1]] = JUNK[number % len(JUNK)]
        with suppress(BadPlan):
            coverage.cover(formats.read_bytes(json.dumps(data).encode(), name), [])


# --- findings ------------------------------------------------------------------------------


def plan_of(folder, properties, required=(), name="Order Completed"):
    members = {"type": "object", "properties": properties, "required": list(required)}
    schema = {"type": "object", "properties": {"properties": members}}
    rules = [{"type": "TRACK", "key": name, "jsonSchema": schema}]
    return folder.write("plan.json", json.dumps({"rules": rules}))


def route(folder, lines):
    text = "version: 1\nprovider: novu\ntrack:\n  Order Completed:\n" + "".join(
        f"    {line}\n" for line in lines.splitlines()
    )
    folder.write("mappings/novu.yaml", text)


CASES = [
    ("when: properties.total >= 100\nworkflow: vip", {"total": "string"}, "type", 5),
    ("when: properties.total >= 100\nworkflow: vip", {"total": "number"}, None, 0),
    ('when: properties.plan = "gold"\nworkflow: vip', {"plan": ["free", "pro"]}, "type", 5),
    ('when: properties.plan in ["pro"]\nworkflow: vip', {"plan": ["free", "pro"]}, None, 0),
    ("when: properties.vip\nworkflow: vip", {"vip": "string"}, "type", 5),
    ("require: [properties.total]\nworkflow: vip", {"total": "number"}, "optional", 5),
    ("workflow:\n  name: a\n  to: $.properties.boss", {"boss": "string"}, "optional", 7),
    ("workflow:\n  name: a\n  to: $.properties.boss ?? $.userId", {"boss": "string"}, None, 0),
    (
        'when: properties.boss != ""\nworkflow:\n  name: a\n  to: $.properties.boss',
        {"boss": "string"},
        None,
        0,
    ),
    (
        "when: properties.a < properties.b\nworkflow: vip",
        {"a": "boolean", "b": "number"},
        "type",
        5,
    ),
    ("workflow:\n  name: a\n  payload:\n    a: $settings.region", {"b": "string"}, None, 0),
    ('workflow:\n  name: a\n  payload:\n    a:\n      "@path": $', {"b": "string"}, None, 0),
    ("subscriber:\n  email: $.properties.mail", {"mail": "boolean"}, "type", 6),
    ("subscriber:\n  firstName: $.properties.age", {"age": "integer"}, None, 0),
    ("subscriber:\n  firstName: $.properties.list | trim", {"list": "array"}, "type", 6),
    ("workflow:\n  name: a\n  payload:\n    a: $.properties.b.c", {"b": "string"}, "property", 8),
    ("workflow:\n  name: a\n  payload:\n    a: $.properties.b.c", {"b": "object"}, None, 0),
    (
        'workflow:\n  name: a\n  payload:\n    a:\n      "@path": $.properties.Plan',
        {"plan": "string"},
        "property",
        9,
    ),
]


READ = [
    "$.properties.Plan | trim",
    "plan-{{ properties.Plan }}",
    "[$.properties.Plan]",
    "{ b: $.properties.Plan }",
    "{ $each: $.properties.Plan, $map: $.x }",
    "{ $each: $.properties.list, $as: one, $map: { a: $one.Plan } }",
    "{ $if: '!properties.Plan', $then: 1 }",
    "{ $if: 'properties.plan = 1 or contains(properties.Plan, \"x\")', $then: 1 }",
    "{ $if: 'properties.plan in [properties.Plan]', $then: 1 }",
    "{ $if: 'properties.plan = \"a\"', $then: $.properties.Plan }",
    "{ $if: 'properties.plan = \"a\"', $then: 1, $else: $.properties.Plan }",
    "{ $merge: [{ a: 1 }, $.properties.Plan] }",
    '{ "@template": "{{ properties.Plan }}" }',
    '{ "@if": { exists: { "@path": $.properties.Plan }, then: 1 } }',
    '{ "@arrayPath": [$.properties.Plan, { a: { "@path": $.x } }] }',
    '{ "@json": { mode: encode, value: { "@path": $.properties.Plan } } }',
    '{ "@arrayPath": [{ "@path": $.properties.Plan }] }',
    '{ "@merge": { direction: left, objects: [{ "@literal": 1 }, { "@path": properties.Plan }] } }',
    "{ $if: 'properties.Plan = null', $then: 1 }",
    "{ $if: 'properties.Plan > 1', $then: 1 }",
    "{ $if: '1 in properties.Plan', $then: 1 }",
    "{ $if: 'properties.Plan = userId', $then: 1 }",
    "{ $if: 'properties.Plan = true', $then: 1 }",
    "{ $if: 'userId in [userId, properties.Plan]', $then: 1 }",
    "{ $if: 'length(properties.Plan) = length(userId)', $then: 1 }",
]


@pytest.mark.parametrize("value", READ)
def test_a_value_reads_whatever_stands_in_it(folder, told, value):
    route(folder, f"workflow:\n  name: a\n  payload:\n    a: {value}")
    members = {"type": "object", "properties": {"x": {"type": "string"}}}
    plan = plan_of(folder, {"plan": {}, "list": {"type": "array", "items": members}})
    found = told(plan)["findings"]
    assert [entry["kind"] for entry in found] == ["property"], found
    assert "Plan" in found[0]["message"]


@pytest.mark.parametrize(("lines", "properties", "kind", "line"), CASES)
def test_what_a_route_reads(folder, told, lines, properties, kind, line):
    route(folder, lines)
    planned = {
        name: {"enum": told} if isinstance(told, list) else {"type": told}
        for name, told in properties.items()
    }
    found = told(plan_of(folder, planned))["findings"]
    assert [(entry["kind"], entry["line"]) for entry in found] == ([(kind, line)] if kind else [])


def reading(folder, *paths):
    """A route that reads these paths below the event's properties, on lines 8 and after."""
    members = "".join(f"\n    a{place}: $.properties.{path}" for place, path in enumerate(paths))
    route(folder, f"workflow:\n  name: a\n  payload:{members}")


def test_a_sample_of_events(folder, told):
    """A value counts once an event, however many items of a list carry it."""
    far = ".a" * 13
    route(
        folder,
        "require: ['properties.list[0].a', 'properties.list[0].b']\n"
        f"workflow:\n  name: a\n  payload:\n    a: $.properties.on.at\n    b: $.properties{far}",
    )
    deep = "1"
    for _ in far.split(".")[1:]:
        deep = f'{{"a": {deep}}}'
    first = {"on": True}
    other = {**json.loads(deep), "on": False, "list": [{"a": 1, "b": 2}, {"a": True}]}
    calls = [
        {"type": "track", "event": "Order Completed", "properties": first},
        {"type": "track", "event": "Order Completed", "properties": other},
        {"type": "track", "event": None},
    ]
    folder.write("plan.ndjson", "\n".join(map(json.dumps, calls)))
    found = told("plan.ndjson")
    assert statuses(found) == {"Order Completed": "mapped"}
    assert [message.partition(": ")[2] for _, _, message in findings(found, *KINDS)] == [
        "properties.on.at is read, but properties.on is planned as boolean",
        "properties.list[].a is optional in the plan, but `require` needs it",
        "properties.list[].b is optional in the plan, but `require` needs it",
    ]


def test_of_events_with_ids_as_keys_nothing_is_said(folder, told):
    reading(folder, "users.u9999.age")
    users = json.dumps({f"u{number}": {"age": 1} for number in range(1000)})
    event = f'{{"type": "track", "event": "Order Completed", "properties": {{"users": {users}}}}}'
    folder.write("plan.ndjson", f"{event}\n{event}\n")
    found = told("plan.ndjson")
    assert (statuses(found), found["findings"]) == ({"Order Completed": "mapped"}, [])


TREE = """\
kind: tp
spec:
  rules:
    - event: "#event:done"
      properties:
        - property: "#property:tree"
        - property: "#property:odd"
---
kind: events
spec:
  events:
    - 404
    - id: done
      name: Order Completed
---
kind: properties
spec:
  properties:
    - { id: tree, name: tree, type: "#custom-type:tree" }
    - { id: left, name: left, type: "#custom-type:tree" }
    - { id: right, name: right, type: "#custom-type:tree" }
    - { id: name, name: name, type: string }
    - { id: odd, name: odd, type: "#custom-type:odd" }
---
kind: custom-types
spec:
  types:
    - id: tree
      type: object
      properties:
        - property: "#property:left"
        - property: "#property:right"
        - property: "#property:name"
    - id: odd
      type: "#custom-type:odd"
"""


@pytest.mark.parametrize("kind", ["json", "yaml"])
def test_a_plan_that_holds_itself(folder, told, kind):
    """What is inside itself is open there; what refers to itself alone may be anything."""
    reading(folder, "tree.left.right.left.name", "tree.left.Name", "tree.Name", "odd.a", "Odd")
    if kind == "json":
        tree = {"$ref": "#/definitions/tree"}
        members = {"left": tree, "right": tree, "name": {"type": "string"}}
        odd = {"$ref": "#/definitions/odd"}
        schema = {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": "Order Completed",
            "x-type": "Business event",
            "properties": {"tree": tree, "odd": odd},
            "definitions": {"tree": {"type": "object", "properties": members}, "odd": odd},
        }
        folder.write("plan.json", json.dumps(schema))
    for place, text in enumerate(TREE.split("---\n") if kind == "yaml" else ()):
        folder.write(f"plan/{place}.yaml", text)
    found = told("plan" if kind == "yaml" else "plan.json")
    assert statuses(found) == {"Order Completed": "mapped"}
    assert [(entry["line"], entry["help"]) for entry in found["findings"]] == [
        (10, "write properties.tree.name, which differs in case"),
        (12, "write properties.odd, which differs in case"),
    ]


def test_a_list_of_names_in_yaml(shop, told):
    shop.write("plan.yaml", "- User Registered\n- Gone\n")
    found = told("plan.yaml")
    assert found["plan"]["format"] == "a list of names"
    assert statuses(found) == {"User Registered": "mapped", "Gone": "forgotten"}


def test_a_version_that_is_not_deprecated_is_the_event(folder, told):
    route(folder, "workflow: a")
    old = {"title": "Order Placed", "type": "object", "deprecated": True}
    new = {"title": "Order Placed", "type": "object"}
    for name, schema in (("v1", old), ("v2", new), ("v0", old)):
        folder.write(f"plan/{name}.json", json.dumps(schema))
    found = told("plan")["findings"]
    assert [(entry["kind"], entry["path"]) for entry in found] == [
        ("forgotten", "plan/v2.json"),
        ("unplanned", "mappings/novu.yaml"),
    ]


def test_versions_of_an_event_allow_what_any_of_them_does(shop, told):
    """`order_id` is required in both, `total` in one, `coupon` is known in one."""
    route(shop, "require: [properties.order_id, properties.total]\nworkflow: $.properties.coupon")
    found = told(PLANS / "protocols.json", "mappings/novu.yaml")
    assert [message.partition(": ")[2] for _, _, message in findings(found, "optional")] == [
        "properties.total is optional in the plan, but `require` needs it",
        "properties.coupon is optional in the plan, but workflow.name needs it",
    ]


def test_names_that_are_nearly_planned(folder, segfn):
    folder.write("plan.txt", "Order Completed\nCafé Opened\nTrial Ended\n")
    folder.write(
        "mappings/novu.yaml",
        "version: 1\nprovider: novu\ntrack:\n  order  completed: a\n  Cafe\u0301 Opened: b\n"
        "  Trial Endde: c\n  Something Else: d\n",
    )
    out = segfn("plan", "plan.txt").out
    assert 'write "Order Completed", which differs in case and blanks' in out
    assert 'write "Café Opened", which differs in Unicode form' in out
    assert 'write "Trial Ended", which differs in spelling' in out
    assert "help: plan it, or remove it" in out


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("User Registered", "user registered", "case"),
        ("User Registered", "User  Registered", "blanks"),
        ("user_registered", "User Registered", "case and punctuation"),
        ("\uff21", "A", "Unicode form"),
        ("Sign Up", "Sign Off", "spelling"),
    ],
)
def test_how_names_differ(one, other, said):
    assert difference(one, other) == said


def test_deprecated_events_that_are_still_mapped(folder, told):
    route(folder, "workflow: a")
    gone = [{"type": "TRACK", "key": "Order Completed", "deprecatedAt": "2026-01-01T00:00:00Z"}]
    folder.write("plan.json", json.dumps(gone))
    assert findings(told("plan.json"), "deprecated") == [
        ("deprecated", 4, 'track "Order Completed" is deprecated in the plan, but still mapped')
    ]


def test_any_other_name_and_what_is_switched_off(folder, told):
    folder.write("plan.txt", "A\nB\nC\n")
    folder.write(
        "mappings/novu.yaml",
        'version: 1\nprovider: novu\ntrack:\n  A: []\n  "*": all\n',
    )
    assert statuses(told("plan.txt")) == {"A": "ignored", "B": "other", "C": "other"}
    folder.write(
        "mappings/novu.yaml",
        "version: 1\nprovider: novu\ntrack:\n  A:\n    enabled: false\n    workflow: a\n",
    )
    assert statuses(told("plan.txt")) == {"A": "ignored", "B": "forgotten", "C": "forgotten"}


def test_a_plan_of_track_calls_says_nothing_of_pages(folder, told):
    folder.write("plan.txt", "A\n")
    folder.write(
        "mappings/novu.yaml", "version: 1\nprovider: novu\ntrack:\n  A: a\npage:\n  Home: b\n"
    )
    assert told("plan.txt")["findings"] == []


# --- the command --------------------------------------------------------------------------


@pytest.mark.usefixtures("shop")
def test_as_a_person_reads_it(segfn):
    answer = segfn("plan", str(PLANS / "names.txt"))
    shown = answer.out.splitlines()
    assert shown[0].endswith("names.txt: a list of names, 7 planned calls")
    assert "  User Registered  track     mappings/shop.yaml:8" in shown
    assert shown[-1] == "2 mapped, 5 forgotten; 0 findings about what is mapped"
    assert (answer.code, answer.err) == (0, "")


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("fail_on", "code"), [([], 0), (["unplanned"], 0), (["forgotten"], 1), (["any"], 1)]
)
def test_fail_on(segfn, fail_on, code):
    words = [word for kind in fail_on for word in ("--fail-on", kind)]
    assert segfn("plan", str(PLANS / "names.txt"), *words).code == code


def test_the_kinds_of_findings_are_those_of_the_option():
    assert tuple(coverage.KINDS) == KINDS


def test_markdown_shows_names_as_they_are(folder, segfn):
    folder.write("mappings/novu.yaml", SHOP)
    folder.write("plan.txt", "<img src=x> | `a` @team\n")
    out = segfn("plan", "plan.txt", "--format", "markdown").out
    assert "&#60;img src=x&#62; &#124; &#96;a&#96; &#64;team" in out
    assert "<img" not in out
    assert all(line.count("|") == 4 for line in out.splitlines() if line.startswith("| forgotten"))


def test_markdown_fits_into_a_comment(folder, segfn):
    folder.write("mappings/novu.yaml", SHOP)
    folder.write("plan.txt", "".join(f"Café Visited for the {n}th Time\n" for n in range(2000)))
    out = segfn("plan", "plan.txt", "--format", "markdown").out
    assert 40_000 < len(out) < 65_536
    shown = out.count("is planned, but neither")
    assert f"\n\nAnd {2000 - shown} more, which `segfn plan` shows.\n" in out


def test_an_invalid_mapping_is_told_first(broken, segfn):
    broken.write("plan.txt", "A\n")
    answer = segfn("plan", "plan.txt")
    assert answer.code == 1
    assert "S101 unknown-key" in answer.out
    piped = ("plan", "plan.txt", "-", "--format", "json")
    (found,) = json.loads(segfn(*piped, stdin="version: 1\nprovider: novu\n").out)["diagnostics"]
    assert found["path"] == "stdin"


def test_a_thousand_names_that_are_nearly_right(folder, segfn):
    folder.write("plan.txt", "".join(f"Shared Step {number} Done\n" for number in range(1000)))
    lines = "".join(f"  Shared Step {number} done: a\n" for number in range(1000))
    folder.write("mappings/novu.yaml", f"version: 1\nprovider: novu\ntrack:\n{lines}")
    begin = time.monotonic()
    answer = segfn("plan", "plan.txt", "--format", "json")
    assert len(json.loads(answer.out)["findings"]) == 2000
    assert time.monotonic() - begin < 10
