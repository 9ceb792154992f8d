"""`segfn import`: exports of every shape, functions, and what is written."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from yamllint import linter
from yamllint.config import YamlLintConfig

from generator import source
from generator.diagnostics import Report

LINT = YamlLintConfig(
    "{extends: default, rules: {document-start: disable, line-length: {max: 100}}}"
)
PATH = {"@path": "$.traits.email"}
IDENTIFY = {"email": PATH, "external_id": {"@path": "$.userId"}, "plan": {"@path": "$.traits.plan"}}
ORDER = {
    "user_id": {"@path": "$.userId"},
    "total": {"@path": "$.properties.total"},
    "greeting": {"@template": "Hi {{context.traits.firstName}}: #1"},
    "items": {"@arrayPath": ["$.properties.products", {"sku": {"@path": "$.sku"}}]},
    "phone": {"@replace": {"value": PATH, "pattern": "-", "replacement": ""}},
    "batch_size": 100,
}
PARTS = [
    ("Identify Contact", "identifyContact", 'type = "identify"', IDENTIFY),
    (
        "Order Receipt",
        "sendEvent",
        'type = "track" and event = "Order Completed" and properties.total > 100',
        ORDER,
    ),
    ("Everything Else", "sendEvent", 'type = "track" and event != "Heartbeat"', {}),
]
EXPECTED = """\
# Made by `segfn import actions` from crm.json.
# What its actions are at Novu cannot be known, so check each route: the action, the names
# that were made from the subscription's, and where each field belongs. `segfn providers
# novu` lists what there is.
version: 1
name: crm
provider: novu

# The subscription "Identify Contact" of the action identifyContact: type = "identify"
identify:
  subscriber:
    email: $.traits.email
    data:
      plan: $.traits.plan

track:
  # The subscription "Order Receipt" of the action sendEvent: type = "track" and event =
  # "Order Completed" and properties.total > 100
  # Left out, being settings of Segment's own: batch_size.
  Order Completed:
    when: properties.total > 100
    workflow:
      name: order-receipt
      payload:
        total: $.properties.total
        greeting: "Hi {{ context.traits.firstName }}: #1"
        items:
          $each: $.properties.products
          $map:
            sku: $.sku
        phone:
          "@replace":
            value:
              "@path": $.traits.email
            pattern: "-"
            replacement: ""
  Heartbeat: []
  # The subscription "Everything Else" of the action sendEvent: type = "track" and event !=
  # "Heartbeat"
  "*":
    also:
      - Order Completed
    workflow: everything-else
"""


def public_api(name, action, trigger, mapping):
    told = {"id": "x", "name": name, "actionId": "y", "actionSlug": action, "modelId": ""}
    return {**told, "enabled": True, "trigger": trigger, "settings": mapping}


def in_code(name, action, trigger, mapping):
    return {"name": name, "partnerAction": action, "subscribe": trigger, "mapping": mapping}


def terraform(name, action, trigger, mapping):
    told = {"name": name, "action_id": action, "enabled": True, "model_id": None}
    return {**told, "trigger": trigger, "settings": json.dumps(mapping)}


SHAPES = {
    "a page of the Public API": lambda: {
        "data": {"subscriptions": [public_api(*part) for part in PARTS], "pagination": {}}
    },
    "the answers of several calls": lambda: [
        {"data": {"subscription": public_api(*part)}} for part in PARTS
    ],
    "a list": lambda: [in_code(*part) for part in PARTS],
    "the setting of a destination": lambda: {
        "settings": {"subscriptions": json.dumps([in_code(*part) for part in PARTS])}
    },
    "the settings of a source": lambda: {
        "integrations": {"Segment.io": {"apiKey": "x"}},
        "remotePlugins": [
            {"name": "crm", "settings": {"subscriptions": [in_code(*p) for p in PARTS]}}
        ],
    },
    "terraform show -json": lambda: {
        "values": {
            "root_module": {
                "resources": [
                    {"type": "segment_destination_subscription", "values": terraform(*part)}
                    for part in PARTS
                ]
            }
        }
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_an_export_gives_the_same(shape, folder, segfn):
    folder.write("crm.json", json.dumps(SHAPES[shape](), indent=1))
    answer = segfn("import", "actions", "crm.json")
    assert answer.code == 0
    assert answer.out == EXPECTED
    assert answer.err.count("warning[I103 not-known]") == 3


def test_what_is_written_is_a_valid_mapping(folder, segfn):
    folder.write("crm.json", json.dumps(SHAPES["a list"]()))
    answer = segfn("import", "actions", "crm.json", "-o", "mappings/crm.yaml")
    assert (answer.code, answer.err) == (0, "mappings/crm.yaml: 3 routes\n")
    text = folder.read("mappings/crm.yaml")
    assert text == EXPECTED
    assert segfn("validate").code == 0
    assert [str(problem) for problem in linter.run(text, LINT)] == []


def test_a_file_is_not_overwritten_unless_it_is_asked_for(folder, segfn):
    folder.write("crm.json", json.dumps(SHAPES["a list"]()))
    folder.write("mappings/crm.yaml", "version: 1\n")
    words = ("import", "actions", "crm.json", "--out", "mappings/crm.yaml")
    answer = segfn(*words)
    assert (answer.code, answer.err) == (2, "")
    assert answer.out.startswith("mappings/crm.yaml:1:1: error[G104 foreign-file]")
    assert folder.read("mappings/crm.yaml") == "version: 1\n"
    assert segfn(*words, "--force").code == 0
    assert folder.read("mappings/crm.yaml") == EXPECTED


def test_standard_input(folder, segfn):
    answer = segfn("import", "actions", "-", stdin=json.dumps(SHAPES["a list"]()))
    assert answer.out.startswith("# Made by `segfn import actions` from stdin.")
    assert folder.names() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "crm.json is no JSON: a name in double quotes is missing in line 1, column 2\n"),
        ('{"a": }', "crm.json is no JSON: a value is missing in line 1, column 7\n"),
        ('{"a" 1}', "crm.json is no JSON: a colon is missing in line 1, column 6\n"),
        ('["a"\n"b"]', "crm.json is no JSON: a comma is missing in line 2, column 1\n"),
        ("{} {}", "crm.json is no JSON: something follows the value in line 1, column 4\n"),
        ('["a', "crm.json is no JSON: a text is not closed in line 1, column 2\n"),
        ('["\\x"]', "crm.json is no JSON: a `\\` is followed by what it cannot escape in line 1, "),
        ('["\n"]', "crm.json is no JSON: a line break or another control character is in a text"),
        ('{"a": NaN}', "crm.json is no JSON: NaN is no JSON"),
        ("[" * 100_000, "crm.json is no JSON: it is nested too deep"),
        ('{"data": {"subscriptions": []}}', "crm.json holds no subscription"),
        ('{"trigger": "x"}', "crm.json holds no subscription"),
    ],
)
def test_what_is_no_export(text, said, folder, segfn):
    folder.write("crm.json", text)
    answer = segfn("import", "actions", "crm.json", "-o", "crm.yaml")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"error: {said}")
    assert "\nhelp: " in answer.err
    assert folder.names() == ["crm.json"]


def test_no_such_file_or_provider(folder, segfn):
    answer = segfn("import", "actions", "crm.json")
    assert (answer.code, answer.err.split("\n")[0]) == (2, "error: there is no file crm.json")
    folder.write("crm.json", json.dumps(SHAPES["a list"]()))
    answer = segfn("import", "actions", "crm.json", "--provider", "nova")
    assert (answer.code, answer.err.split("\n")[1]) == (2, 'help: write "novu"')


# --- places, names, directives ------------------------------------------------------------


def imported(folder, segfn, *parts, words=()):
    """The data of the mapping of some subscriptions, and what is said."""
    folder.write("crm.json", json.dumps([in_code(*part) for part in parts]))
    answer = segfn("import", "actions", "crm.json", *words)
    document = source.parse(answer.out, "stdout", Report())
    return source.to_data(document.root), answer


def test_webhooks_become_requests_field_by_field(folder, segfn):
    data = {"user": {"@path": "$.userId"}}
    mapping = {
        "url": "https://example.com/a",
        "method": "PUT",
        "headers": {"x-a": "b"},
        "data": data,
    }
    part = public_api("Send", "send", 'type = "group"', mapping)
    told = {"metadata": {"slug": "actions-webhook"}, "settings": {"sharedSecret": "s3cret"}}
    folder.write("crm.json", json.dumps({"destination": told, "subscriptions": [part]}))
    answer = segfn("import", "actions", "crm.json")
    assert (answer.code, answer.err) == (0, "")
    assert "s3cret" not in answer.out
    document = source.parse(answer.out, "stdout", Report())
    found = source.to_data(document.root)
    assert found["group"]["request"] == {
        "url": "https://example.com/a",
        "method": "PUT",
        "headers": {"x-a": "b"},
        "body": {"user": "$.userId"},
        "auth": {
            "hmac": {
                "secret": "$settings.sharedSecret",
                "header": "X-Signature",
                "algorithm": "sha1",
            }
        },
    }
    assert found["settings"]["sharedSecret"]["sensitive"] is True


def test_directives_stay_as_they_are_if_asked(folder, segfn):
    part = (
        "A",
        "a",
        'type = "track"',
        {"plan": {"@path": "$.properties.plan"}, "n": [{"@path": "a"}]},
    )
    found, _ = imported(folder, segfn, part, words=("--verbatim",))
    assert found["track"]["*"]["workflow"]["payload"] == {
        "plan": {"@path": "$.properties.plan"},
        "n": {"@literal": [{"@path": "a"}]},
    }


def test_every_key_finds_a_home(folder, segfn):
    mapping = {
        "data": {"a": 1},
        "to": {"@path": "$.properties.owner"},
        "Payload": 5,
        "$x": 6,
        "@@y": "$.",
    }
    found, _ = imported(folder, segfn, ("A", "a", 'event = "B"', mapping))
    workflow = found["track"]["B"]["workflow"]
    assert workflow["to"] == "$.properties.owner"
    assert workflow["payload"] == {
        "data": {"a": 1},
        "Payload": 5,
        "$$x": 6,
        "@@@y": {"$literal": "$."},
    }


def test_a_directive_at_the_root_stays_around_all(folder, segfn):
    root = {"@transform": {"apply": {"x": {"@path": "$.userId"}}}}
    mapping = {"__segment_internal_directive": root, "id": {"@path": "$.x"}}
    found, answer = imported(folder, segfn, ("A", "a", 'type = "track"', mapping))
    assert "error" not in answer.err
    assert found["track"]["*"]["workflow"]["payload"] == {
        "@transform": {"apply": {"x": {"@path": "$.userId"}}, "mapping": {"id": {"@path": "$.x"}}}
    }


OTHER_CALLS = [
    ("Moved", "a", 'type = "group"', {"plan": {"@path": "$.traits.plan"}}),
    ("Merged", "a", 'type = "alias"', {"shoe": 1}),
    ("Gone", "a", 'type = "delete"', {}),
]
HOMELESS = "# Without a field here, so left out: shoe."


@pytest.mark.parametrize(
    ("provider", "group", "alias", "delete", "homeless"),
    [
        (
            "suprsend",
            {"tenant": {"properties": {"plan": "$.traits.plan"}}},
            {"merge-user": {}},
            {"delete-user": {}},
            True,
        ),
        (
            "novu",
            {"workflow": {"name": "moved", "payload": {"plan": "$.traits.plan"}}},
            {"workflow": {"name": "merged", "payload": {"shoe": 1}}},
            {"delete-subscriber": {}},
            False,
        ),
    ],
)
def test_calls_of_other_kinds_become_the_action_of_their_name(
    provider, group, alias, delete, homeless, folder, segfn
):
    words = ("--provider", provider)
    found, answer = imported(folder, segfn, *OTHER_CALLS, words=words)
    assert {name: found[name] for name in ("group", "alias", "delete")} == {
        "group": group,
        "alias": alias,
        "delete": delete,
    }
    assert (HOMELESS in answer.out) == homeless


def test_what_of_a_trigger_never_holds_is_no_route(folder, segfn):
    """An identify call has no name, so that only the track calls of this trigger are left."""
    trigger = '(type = "identify" or type = "track") and event'
    found, answer = imported(folder, segfn, ("Named", "a", trigger, {}))
    assert found.keys() == {"version", "name", "provider", "track"}
    assert found["track"] == {"*": {"when": "event", "workflow": "named"}}
    assert "I102 never-fired" in answer.err


def test_a_mapping_that_is_no_json_is_told(folder, segfn):
    found, answer = imported(folder, segfn, ("A", "a", 'event = "B"', {}), ("C", "a", "x", "{a:"))
    assert found["track"] == {"B": "a"}
    assert '"C" is left out, because its mapping is no JSON\n' in answer.err


def test_twins_get_an_id_and_places_count_characters(folder, segfn):
    part = ("Same", "a", 'event = "B"', {})
    found, _ = imported(folder, segfn, part, part)
    assert found["track"]["B"] == ["same", {"id": "same", "workflow": "same"}]
    folder.write(
        "crm.json",
        '[\n {"name": "é😀", "subscribe": "type = \\"track\\" && \\u0041", "mapping": {}}]',
    )
    answer = segfn("import", "actions", "crm.json")
    assert "crm.json:2:48: error[Q102 foreign-word]" in answer.err


# --- the page --------------------------------------------------------------------------------

PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text("utf-8")


def test_the_examples_of_the_page_are_what_is_written(folder, segfn):
    blocks = re.findall(r"^```(json|js|yaml)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert [kind for kind, _ in blocks] == ["json", "yaml", "js", "yaml"]
    for (kind, text), (_, expected) in (blocks[:2], blocks[2:]):
        name = folder.write("crm.json" if kind == "json" else "mine.js", text).name
        answer = segfn("import", "actions" if kind == "json" else "function", name)
        assert answer.out[answer.out.index("version:") :] == expected


# --- functions ----------------------------------------------------------------------------

WELCOME = """\
const WORKFLOWS = { "Signed Up": "welcome", "Order Completed": "receipt" };

async function onTrack(event, settings) {
  const name = WORKFLOWS[event.event];
  if (!name) return;
  await fetch("https://api.novu.co/v1/events/trigger", {
    method: "POST",
    headers: { Authorization: `ApiKey ${settings.novuKey}` },
    body: JSON.stringify({ name, to: event.userId, payload: event.properties }),
  });
}
"""
MAPPING = """\
# Made by `segfn import function` from mine.js.
# Compare what both send on events of yours: `segfn run FILE --events events.ndjson`.
version: 1
name: welcome
provider: novu

settings:
  apiKey:
    name: novuKey

track:
  Signed Up: welcome
  Order Completed: receipt
"""


def test_a_function_becomes_a_mapping(folder, segfn):
    folder.write("mine.js", WELCOME)
    answer = segfn("import", "function", "mine.js", "-o", "mappings/welcome.yaml")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == "mappings/welcome.yaml: 2 routes\n"
    assert folder.read("mappings/welcome.yaml") == MAPPING
    assert [str(problem) for problem in linter.run(MAPPING, LINT)] == []
    told = segfn("import", "function", "-", stdin=WELCOME)
    assert told.out == MAPPING.replace("mine.js", "stdin").replace(
        "name: welcome", "name: imported"
    )


def test_what_a_function_does_beside_its_requests_is_told_on_top(folder, segfn):
    """What is thrown and caught sends nothing; the address and onBatch are for a person."""
    thrown = """\
  try {
    if (event.userId === undefined) throw new InvalidEventPayload("userId is missing");
  } finally {
    console.log("seen");
  }
  try {
    if (event.properties.test) throw new Error("left out");
  } catch {
    return;
  }
"""
    code = WELCOME.replace("api.novu.co", "novu.example.com")
    code = code.replace("  const name", f"{thrown}  const name", 1)
    folder.write("mine.js", f"{code}async function onBatch(events, settings) {{}}\n")
    answer = segfn("import", "function", "mine.js")
    head = """\
# The function calls novu.example.com: set the setting baseUrl to its address.
# Its onBatch is left out: segfn makes one of its own.
"""
    route = """\
 {name}:
    when: properties.test in [null, false, 0, ""]
    workflow: {workflow}
"""
    expected = MAPPING.replace("version", f"{head}version", 1).replace("e: welcome", "e: mine", 1)
    for name, workflow in (("Signed Up", "welcome"), ("Order Completed", "receipt")):
        told = route.format(name=name, workflow=workflow)
        expected = expected.replace(f" {name}: {workflow}\n", told)
    assert answer.out == expected


def test_an_event_of_which_nothing_could_be_read_is_named_on_top(folder, segfn):
    loop = 'if (event.event === "Team\\nInvited") for (const one of event.properties.all) f(one);'
    folder.write("mine.js", WELCOME.replace("  const name", f"  {loop}\n  const name", 1))
    answer = segfn("import", "function", "mine.js")
    assert "unread-code" in answer.err
    said = '# Nothing could be read of track "Team\\u{a}Invited": write what is sent then.\n'
    assert answer.out == MAPPING.replace("version", f"{said}version", 1).replace(
        "name: welcome", "name: mine", 1
    )


SERVER = "a server that the event chooses is not read"
SERVERS = [
    ('"https://api.novu.co"', "", None),
    ('(settings.eu ? "https://eu.api.novu.co" : "https://api.novu.co")', "", None),
    ('"https://" + (settings.eu ? "eu." : "") + "api.novu.co"', "", None),
    ('(settings.novuUrl || "https://api.novu.co")', "", "novuUrl"),
    ("settings.novuUrl.trim()", "", "novuUrl"),
    ('(event.properties.eu ? "https://eu.api.novu.co" : "https://api.novu.co")', SERVER, None),
    ("`https://${event.properties.region}.api.novu.co`", SERVER, None),
]


@pytest.mark.parametrize(("server", "said", "setting"), SERVERS)
def test_which_server_a_function_calls(server, said, setting, folder, segfn):
    folder.write("mine.js", WELCOME.replace('"https://api.novu.co/', f'{server} + "/'))
    answer = segfn("import", "function", "mine.js")
    if said:
        assert said in answer.err
        return
    told = source.to_data(source.parse(answer.out.encode(), "x", Report()).root)
    assert told["track"] == {"Signed Up": "welcome", "Order Completed": "receipt"}
    assert told["settings"].get("baseUrl", {}).get("name") == setting


@pytest.mark.parametrize("path", ['(event.userId ? "trigger" : "trigger/broadcast")', "settings.x"])
def test_a_path_that_is_chosen_is_not_guessed(path, folder, segfn):
    """One of the two tells everybody."""
    folder.write("mine.js", WELCOME.replace('events/trigger"', f'events/" + {path}'))
    answer = segfn("import", "function", "mine.js")
    assert "POST https://api.novu.co/v1/events/... is no request to Novu that segfn" in answer.err
    assert "broadcast" not in answer.out


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "mine.js has no handler of Segment"),
        ("async function onRequest(request) {}", "mine.js has no handler of Segment"),
        (
            "async function onTrack() { return " + "(" * 3000 + "1" + ")" * 3000 + " }",
            "mine.js is nested",
        ),
    ],
)
def test_what_is_no_function_of_segment(code, said, folder, segfn):
    folder.write("mine.js", code)
    answer = segfn("import", "function", "mine.js")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"error: {said}")


def test_a_function_that_sends_nothing(folder, segfn):
    folder.write("mine.js", "async function onTrack(event) { return 1; }")
    answer = segfn("import", "function", "mine.js", "-o", "x.yaml")
    assert (answer.code, answer.out, answer.err) == (1, "", "nothing to write: no route was made\n")
    assert folder.names() == ["mine.js"]


def test_the_parser_is_an_extra(folder, segfn, monkeypatch):
    folder.write("mine.js", WELCOME)
    monkeypatch.setitem(sys.modules, "tree_sitter", None)
    answer = segfn("import", "function", "mine.js")
    assert answer.code == 2
    assert answer.err == (
        "error: the parser of JavaScript is not installed\n"
        'help: install it: pip install "segfn[import]"\n'
    )
