"""`segfn show`: what becomes of every call, for people who do not read YAML."""

from __future__ import annotations

import json
import re

import pytest

ORDERS = """\
version: 1
name: orders
description: What the shop tells
provider: novu
when: properties.environment = "production"
identify:
  subscriber:
    email: $.traits.email
track:
  Order Completed:
    first:
      - when: properties.total >= 100 and (properties.a = 1 or properties.b in ["x", "y"])
        require: [properties.owner]
        workflow:
          name: vip
          to:
            - $.properties.owner
            - type: Topic
              topicKey: sales
          overrides:
            sms:
              from: "+46700000000"
      - workflow: receipt
  Trial Ended:
    enabled: false
    workflow:
      name: "{{ properties.kind }}-ended"
      to: $.properties.owner ?? $.userId
  Heartbeat: []
  "*": other
"""


@pytest.fixture
def orders(folder):
    folder.write("mappings/orders.yaml", ORDERS)
    return folder


def test_as_text(orders, segfn):
    answer = segfn("show")
    assert (answer.code, answer.err, orders.names()) == (0, "", ["mappings"])
    assert (
        answer.out
        == """\
orders: What the shop tells (Novu, mappings/orders.yaml)
only where properties.environment = "production"

identify
  -> subscriber userId with email

track
  Order Completed
    -> if properties.total >= 100 and (properties.a = 1 or properties.b in ["x", "y"]): \
vip (workflow) to properties.owner, topic sales by sms needs properties.owner
    -> else: receipt (workflow) to userId
  Trial Ended -> {{ properties.kind }}-ended (workflow) to properties.owner ?? userId [switched off]
  Heartbeat -> ignored on purpose
  any other event -> other (workflow) to userId

"""
    )


RECIPIENTS = [
    ("[$.userId, ada]", "userId, ada"),
    ('$.userId ?? "n/a"', 'userId ?? "n/a"'),
    ("$.properties.a | lowercase | truncate(2)", "properties.a | lowercase | truncate(2)"),
    ("user-{{ $.properties.id }}", "user-{{ properties.id }}"),
    (
        "{ $each: $.properties.members, $map: 'user-{{ $.id }}' }",
        "each of properties.members: user-{{ id }}",
    ),
    (
        "{ $if: properties.total >= 100, $then: vip, $else: $.userId }",
        "vip if properties.total >= 100, else userId",
    ),
    (
        "{ $merge: [$.properties.person, { subscriberId: $.userId }] }",
        "properties.person with {subscriberId: userId}",
    ),
    ("{ $if: properties.quiet, $else: $.userId }", "nothing if properties.quiet, else userId"),
    ("$.userId\n      overrides: null", "userId"),
    ("$.userId\n      overrides: $.properties.overrides", "userId"),
    (
        "{ $first: [{ $if: properties.vip, $then: vip }, $.userId, no-one] }",
        '(vip if properties.vip) ?? userId ?? "no-one"',
    ),
    (
        "{ $merge: [{ data: { roles: [a, $.properties.b] } }, $.properties.person] }",
        "{data: {roles: [a, properties.b]}} with properties.person",
    ),
    (
        "{ $merge: [{ data: { all: { $each: $.properties.c, $map: $.d } } }, $.traits] }",
        "{data: {all: for each of properties.c: d}} with traits",
    ),
]


@pytest.mark.parametrize(("written", "shown"), RECIPIENTS)
def test_values_are_shown_as_they_are_written(folder, segfn, written, shown):
    mapping = "version: 1\nprovider: novu\ntrack:\n  A:\n    workflow:\n      name: w\n"
    folder.write("mappings/a.yaml", f"{mapping}      to: {written}\n")
    assert f"  A -> w (workflow) to {shown}\n" in segfn("show").out


CONDITIONS = [
    "!properties.vip",
    'contains(event, "x") or length(userId) > 3',
    'properties.a = 1 and (properties.b in ["x", null] or properties.c != true)',
]


@pytest.mark.parametrize("fql", CONDITIONS)
def test_conditions_are_shown_as_they_are_written(folder, segfn, fql):
    mapping = "version: 1\nprovider: novu\ntrack:\n  A:\n    workflow: w\n    when: "
    folder.write("mappings/a.yaml", mapping + json.dumps(fql) + "\n")
    shown = fql.replace("!properties.vip", "!(properties.vip)")
    assert f"  A -> w (workflow) to userId where {shown}\n" in segfn("show").out


@pytest.mark.usefixtures("orders")
def test_as_json(segfn):
    (told,) = json.loads(segfn("show", "--format", "json").out)["mappings"]
    assert (told["name"], told["provider"]) == ("orders", "Novu")
    assert [(row["section"], row["name"], len(row["steps"])) for row in told["rows"]] == [
        ("identify", "", 1),
        ("track", "Order Completed", 2),
        ("track", "Trial Ended", 1),
        ("track", "Heartbeat", 0),
        ("track", "*", 1),
    ]
    assert told["rows"][1]["steps"][0] == {
        "route": "track/Order Completed/workflow/vip",
        "when": 'properties.total >= 100 and (properties.a = 1 or properties.b in ["x", "y"])',
        "require": ["properties.owner"],
        "action": "workflow",
        "target": "vip",
        "recipients": "properties.owner, topic sales",
        "channels": ["sms"],
        "enabled": True,
        "first": 1,
        "line": 12,
    }


@pytest.mark.usefixtures("orders")
def test_as_markdown(segfn):
    out = segfn("show", "--format", "markdown").out
    assert '  e1(["Order Completed"])\n' in out
    assert '  e1 -- "else" --> a2\n' in out
    assert '  e2 -. "switched off" .-> a3\n' in out
    assert "| track | Heartbeat | | ignored on purpose | | | |" in out


def test_calls_of_the_same_share_a_box_and_a_large_diagram_is_cut(folder, segfn):
    """Mermaid draws no more than so much; 82 routes to two boxes are four diagrams of both."""
    lines = "".join(f"  Event {number}: {'ab'[number % 2]}\n" for number in range(82))
    folder.write("mappings/a.yaml", f"version: 1\nprovider: novu\ntrack:\n{lines}")
    diagrams = segfn("show", "--format", "markdown").out.split("```mermaid\n")[1:]
    assert [diagram.count("-->") for diagram in diagrams] == [20, 21, 20, 21]
    for diagram in diagrams:
        boxes = re.findall(r"  a\d\[(.*)]", diagram)
        assert sorted(boxes) == [f'"Novu workflow {name}<br/>to userId"' for name in "ab"]


def test_a_page_of_several_leads_to_each(orders, segfn):
    orders.write("mappings/b.yaml", "version: 1\nname: b\nprovider: novu\ntrack:\n  A: a\n")
    page = segfn("show", "--format", "html").out
    assert "<title>2 mappings - segfn</title>" in page
    assert re.findall(r'<li><a href="#(\w+)">(\w+)</a> <.*?>(.*?)<', page) == [
        ("m0", "b", "1 entry"),
        ("m1", "orders", "5 entries"),
    ]
    assert re.findall(r'<h2 id="(\w+)">(.*?)</h2>', page) == [("m0", "b"), ("m1", "orders")]


@pytest.mark.usefixtures("folder")
def test_a_request_is_shown_with_its_method(segfn):
    assert segfn("init", "--provider", "http").code == 0
    assert "-> PUT https://api.example.com/users/{{ userId }} (request)" in segfn("show").out


def test_names_stay_names(folder, segfn):
    """No text of a mapping becomes a tag, a script, a mention or a part of a diagram."""
    name = '</script><img src=x onerror=alert(1)> `a` | \\"] --> x'
    folder.write(
        "mappings/a.yaml", f'version: 1\nprovider: novu\ntrack:\n  "{name}": "<b>@team</b>"\n'
    )
    page = segfn("show", "--format", "html").out
    assert "&lt;/script&gt;&lt;img src=x" in page
    assert "<img" not in page
    assert page.count("</script>") == 1
    markdown = segfn("show", "--format", "markdown").out
    assert "<img" not in markdown
    assert "@team" not in markdown
    diagram = markdown.split("```")[1]
    assert re.search(r'e0\(\["[^"\[\]<>`|]+"\]\)', diagram)


@pytest.mark.usefixtures("orders")
def test_a_page_asks_for_nothing(segfn):
    page = segfn("show", "--format", "html").out
    assert "<link" not in page
    assert not re.search(r"(src|href|action|url)\s*[=(](?!\"#m\d)", page)
    assert "http" not in page.replace("http-equiv", "")
    assert "default-src 'none'; style-src 'sha256-" in page


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.html", "<!doctype html>"), ("a.md", "## orders"), ("a.json", "{"), ("a", "orders: ")],
)
def test_the_ending_says_how(orders, segfn, name, start):
    answer = segfn("show", "--out", name)
    assert (answer.code, answer.out, answer.err) == (0, "", f"{name}: 1 mapping\n")
    assert orders.read(name).startswith(start)


def test_an_invalid_mapping_shows_nothing(broken, segfn):
    answer = segfn("show", "--out", "a.html")
    assert (answer.code, broken.names()) == (1, ["mappings"])
    assert "S101 unknown-key" in answer.out


def test_every_provider_of_ours_says_whom_it_tells(segfn, folder):
    """In the examples of all providers a workflow, event or message has a recipient."""
    for name in ("novu", "suprsend", "knock", "courier"):
        text = segfn("init", name, "--provider", name)
        assert text.code == 0
        (told,) = json.loads(segfn("show", f"{name}/mappings", "--format", "json").out)["mappings"]
        steps = [step for row in told["rows"] for step in row["steps"]]
        notified = [step for step in steps if step["action"] in ("workflow", "event", "send")]
        assert notified
        assert all(step["recipients"] for step in notified), name
    assert folder.names() == ["courier", "knock", "novu", "suprsend"]


KINDS = """\
version: 1
provider: novu
group:
  - preferences:
      channels:
        $literal:
          chat: true
  - workflow:
      name: grouped
      to:
        $literal:
          - subscriberId: u1
          - u2
identify:
  - preferences:
      channels:
        email: $.traits.wantsEmail
        sms: false
  - credentials:
      providerId: fcm
      credentials:
        deviceTokens:
          - $.traits.token
  - broadcast: news
track:
  Filtered:
    workflow: $.properties.kind | replace("a", "b") | lowercase
  Chosen:
    workflow:
      name:
        $if: "!(userId = \\"a\\") or length(event) > 2"
        $then: s
        $else: l
      to:
        $if: userId != null
        $then: $.userId
  Directive:
    workflow:
      name: { "@path": $.properties.kind }
      to:
        "@if":
          blank: { "@path": $.a }
          then: x
  Merged:
    workflow:
      name: merged
      to:
        $merge:
          - subscriberId: $.userId
          - $.properties.person
  Listed:
    workflow:
      name: listed
      to:
        $each: $.properties.people
        $map:
          subscriberId: $.id
"""
SENT = """\
version: 1
provider: courier
track:
  Sent:
    send:
      template: welcome
      to:
        tenant_id: acme
        email: $.properties.email
      routing:
        method: all
        channels:
          - email
          - sms
  Told:
    send:
      template: told
      to:
        - user_id: $.userId
        - $.properties.other
      routing:
        method: all
        channels:
          $literal:
            - email
            - push
"""


def test_every_kind_of_value_in_words(folder, segfn):
    folder.write("mappings/kinds.yaml", KINDS)
    folder.write("mappings/sent.yaml", SENT)
    assert (
        segfn("show").out
        == """\
kinds (Novu, mappings/kinds.yaml)

group
    -> preferences userId with chat
    -> grouped (workflow) to u1, u2

identify
    -> preferences userId with email, sms
    -> fcm (credentials) to userId by fcm
    -> news (broadcast) to everybody

track
  Filtered -> properties.kind | replace("a", "b") | lowercase (workflow) to userId
  Chosen -> s if !(userId = "a") or length(event) > 2, else l (workflow) to userId if userId != null
  Directive -> $.properties.kind (workflow) to @if {"blank":{"@path":"$.a"},"then":"x"}
  Merged -> merged (workflow) to {subscriberId: userId} with properties.person
  Listed -> listed (workflow) to each of properties.people: id

sent (Courier, mappings/sent.yaml)

track
  Sent -> welcome (send) to properties.email by email, sms
  Told -> told (send) to userId, properties.other by email, push

"""
    )
