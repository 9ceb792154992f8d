"""What only one provider does: the behaviours that the examples' fixtures do not show."""

from __future__ import annotations

import base64
import hmac
import json
from types import SimpleNamespace

import pytest
from suprsend import Suprsend, WorkflowTriggerRequest

from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job

from .conftest import EVENT, KEY, compile_source

IDENTIFY = {"type": "identify", "messageId": "m-1", "userId": "ada"}


@pytest.fixture
def sent(runtime):
    """What a mapping sends for events: `sent("suprsend", mapping, event)`."""

    def send(provider, text, *events, rules=(), **settings):
        output = compile_source(f"version: 1\nprovider: {provider}\n{text}")
        told = [*rules, *output.responses]
        job = Job(
            code=output.text,
            settings={"apiKey": KEY, **settings},
            rules=tuple(rule({"latency": 1, **each}) for each in told),
        )
        return list(runtime.run(job, events))

    return send


def bodies(line):
    return [request["body"] for request in line["requests"]]


def ends(line):
    return [f"{each['method']} {each['url'].split('/', 3)[3]}" for each in line["requests"]]


def test_two_routes_of_one_event_have_two_keys(sent):
    text = "track:\n  '*':\n    - welcome\n    - id: again\n      workflow: welcome\n"
    (line,) = sent("novu", text, EVENT)
    first, again = bodies(line)
    assert first.pop("transactionId") != again.pop("transactionId")
    assert first == again


HOLE = "of-{{ properties.missing }}"
NAMED = [
    ("novu", "workflow: { name: w, tenant: HOLE }"),
    ("novu", "workflow: { name: w, tenant: { identifier: HOLE } }"),
    ("novu", "workflow: { name: w, context: { project: HOLE, team: { id: HOLE } } }"),
    ("novu", "workflow: { name: w, to: { subscriberId: u, channels: [{ CHANNEL }] } }"),
    ("knock", "workflow: { key: w, tenant: HOLE }"),
    ("knock", "workflow: { key: w, tenant: { id: HOLE, plan: pro } }"),
    ("courier", "send: { template: w, to: HOLE }"),
    ("courier", "send: { template: w, to: [{ user_id: HOLE }, { list_id: HOLE }, u] }"),
    ("courier", "send: { template: w, context: { tenant_id: HOLE } }"),
    ("courier", "preferences: { topics: [{ topic_id: HOLE, status: OPTED_IN }] }"),
    ("suprsend", "preferences: { categories: [{ category: HOLE, preference: opt_in }] }"),
    ("suprsend", "workflow: { workflow: w, recipients: [u, { object_type: p, id: HOLE }] }"),
    ("novu", "workflow: { name: w, to: { $first: [{ subscriberId: HOLE }, u] } }"),
    ("novu", "workflow: { name: w, tenant: { $merge: [{ identifier: HOLE }, { name: n }] } }"),
]


@pytest.mark.parametrize(("provider", "route"), NAMED, ids=[f"{a} {b}" for a, b in NAMED])
def test_an_id_with_a_hole_is_missing_wherever_it_stands(sent, provider, route):
    holes = route.replace("CHANNEL", "providerId: fcm, credentials: { deviceTokens: [HOLE] }")
    text = f"track:\n  '*':\n    {holes}\n".replace("HOLE", f'"{HOLE}"')
    (line,) = sent(provider, text, EVENT)
    assert "of-" not in json.dumps(line)
    (line,) = sent(provider, text, {**EVENT, "properties": {"missing": "ada"}})
    assert "of-ada" in json.dumps(line["requests"])


INLINE = [
    ("novu", "name: w, to: PERSON", "subscriberId: u, firstName"),
    ("novu", "name: w, to: [PERSON]", "subscriberId: u, firstName"),
    (
        "novu",
        "name: w, to: { $each: $.properties.list, $map: PERSON }",
        "subscriberId: u, firstName",
    ),
    (
        "novu",
        "name: w, to: { $merge: [PERSON, { lastName: Lovelace }] }",
        "subscriberId: u, firstName",
    ),
    ("knock", "key: w, recipients: [PERSON]", "id: u, name"),
    ("suprsend", "workflow: w, recipients: [PERSON]", "distinct_id: u, timezone"),
]


@pytest.mark.parametrize(("provider", "fields", "person"), INLINE)
def test_a_null_of_the_event_wipes_nothing_of_a_recipient(sent, provider, fields, person):
    written = fields.replace("PERSON", f"{{ {person}: $.properties.missing }}")
    text = f"track:\n  '*':\n    workflow: {{ {written} }}\n"
    (line,) = sent(provider, text, {**EVENT, "properties": {"missing": None, "list": [1]}})
    assert line["outcome"] == "delivered"
    assert person.split()[-1] not in line["requests"][0]["body_text"]


def test_a_template_in_a_recipient_keeps_its_properties(sent):
    person = '{ id: "u-{{ userId }}", properties: { plan: $.properties.plan } }'
    text = f"track:\n  '*':\n    workflow: {{ key: w, recipients: [{person}] }}\n"
    (line,) = sent("knock", text, EVENT)
    assert bodies(line)[0]["recipients"] == [{"id": "u-ada", "plan": "pro"}]


@pytest.mark.parametrize(
    "to", ["PERSON", "[PERSON]", "{ $first: [PERSON] }", "{ $merge: [PERSON] }"]
)
def test_a_recipient_that_does_not_fit_can_be_refused(sent, to):
    written = to.replace("PERSON", "{ subscriberId: u, email: $.properties.plan }")
    text = (
        f"options:\n  invalid: reject\ntrack:\n  '*':\n    workflow: {{ name: w, to: {written} }}\n"
    )
    (line,) = sent("novu", text, EVENT)
    assert (line["error"]["name"], line["requests"]) == ("InvalidEventPayload", [])
    assert "email" in line["error"]["message"]


def test_a_null_in_recipients_of_the_event_wipes_nothing(sent):
    text = "track:\n  '*':\n    workflow: { name: w, to: $.properties.people }\n"
    people = [{"subscriberId": "u", "firstName": None}, None, "v"]
    (line,) = sent("novu", text, {**EVENT, "properties": {"people": people}})
    assert bodies(line)[0]["to"] == [{"subscriberId": "u"}, "v"]


# --- SuprSend ---------------------------------------------------------------------------------

EVENTS = 'track:\n  "*":\n    event: # segfn: ignore[L110] the test wants it\n'


def test_without_a_prefix_the_name_is_unchanged(sent):
    (line,) = sent("suprsend", EVENTS, {**EVENT, "event": "User Registered"})
    assert bodies(line)[0]["event"] == "User Registered"


@pytest.mark.parametrize("name", ["$mine", "ss_mine", "SS_mine", "x"])
def test_names_that_suprsend_reserves_are_refused(sent, name):
    (line,) = sent("suprsend", EVENTS, {**EVENT, "event": name})
    assert (line["error"]["name"], line["requests"]) == ("InvalidEventPayload", [])
    assert name not in line["error"]["message"].split()


def test_suprsends_own_events_may_be_sent(sent):
    (line,) = sent("suprsend", EVENTS, {**EVENT, "event": "$user_login"})
    assert bodies(line)[0]["event"] == "$user_login"


def test_the_connectors_default_channels_need_no_word(sent):
    traits = {"email": "ada@example.com", "phone": "+46701234567", "plan": "pro"}
    (line,) = sent("suprsend", "identify:\n  user:\n", {**IDENTIFY, "traits": traits})
    assert bodies(line)[0]["operations"] == [
        {"$set": traits},
        {"$append": {"$email": "ada@example.com"}},
        {"$append": {"$sms": "+46701234567"}},
    ]


def test_a_null_clears_a_property_and_no_channel_where_nulls_clear(sent):
    traits = {"email": None, "plan": None, "city": "Lund"}
    text = "options:\n  nulls: clear\nidentify:\n  user:\n"
    (line,) = sent("suprsend", text, {**IDENTIFY, "traits": traits})
    assert bodies(line)[0]["operations"] == [
        {"$set": {"city": "Lund"}},
        {"$unset": ["email", "plan"]},
    ]


@pytest.mark.parametrize(("given", "used"), [("CONNECTOR", "CONNECTOR"), ("", KEY)])
def test_the_whole_call_is_forwarded_to_the_connector(sent, given, used):
    event = {**EVENT, "context": {"ip": "127.0.0.1"}}
    (line,) = sent("suprsend", "track:\n  '*':\n    forward:\n", event, connectorKey=given)
    assert ends(line) == ["POST connector/segment/"]
    assert bodies(line) == [event]
    assert line["requests"][0]["headers"]["authorization"] == f"Bearer {used}"


def test_a_wrong_connector_key_is_told_by_its_name(sent):
    text = "track:\n  '*':\n    forward:\n"
    (line,) = sent("suprsend", text, EVENT, rules=[{"status": 401}], connectorKey="CONNECTOR")
    assert "check the setting connectorKey" in line["error"]["message"]


def test_a_user_whom_suprsend_does_not_know_is_created_first(sent):
    text = "identify:\n  user:\n    properties: $.traits\n"
    (line,) = sent(
        "suprsend",
        text,
        {**IDENTIFY, "traits": {"plan": "pro", "$evil": 1, "ss_evil": 1}},
        rules=[{"method": "PATCH", "status": 404, "times": 1}],
    )
    assert ends(line) == ["PATCH v1/user/ada/", "POST v1/user/ada/", "PATCH v1/user/ada/"]
    assert bodies(line)[2] == {"operations": [{"$set": {"plan": "pro"}}]}


def test_an_address_that_left_is_removed(sent):
    text = "identify:\n  user:\n    properties: null\n    channels: null\n"
    text += "    remove_channels:\n      email: $.traits.oldEmail\n"
    (line,) = sent("suprsend", text, {**IDENTIFY, "traits": {"oldEmail": "ada@old.example"}})
    assert bodies(line) == [{"operations": [{"$remove": {"$email": "ada@old.example"}}]}]


def test_a_slack_token_of_another_kind_does_not_leave(sent):
    text = "identify:\n  user:\n    channels:\n      slack_email: $.traits.email\n"
    event = {**IDENTIFY, "traits": {"email": "ada@example.com"}}
    (line,) = sent("suprsend", text, event, slackAccessToken="CANARY")
    assert (line["error"]["name"], line["requests"]) == ("ValidationError", [])
    assert "CANARY" not in line["error"]["message"]
    (line,) = sent("suprsend", text, event, slackAccessToken="xoxb-1")
    address = {"email": "ada@example.com", "access_token": "xoxb-1"}
    assert {"$append": {"$slack": address}} in bodies(line)[0]["operations"]


def test_a_recipient_has_at_most_ten_addresses_a_channel(sent):
    text = "track:\n  '*':\n    workflow:\n      workflow: welcome\n      recipients:\n"
    text += (
        "        distinct_id: $.userId\n        channels:\n          email: $.properties.emails\n"
    )
    emails = [f"ada{number}@example.com" for number in range(12)]
    (line,) = sent("suprsend", text, {**EVENT, "properties": {"emails": emails}})
    assert bodies(line)[0]["recipients"][0]["$email"] == emails[:10]


@pytest.fixture
def sdk():
    """SuprSend's SDK, which keeps its requests in place of sending them."""
    client = Suprsend.with_workspace_api_key("0123456789-0123456789", KEY)
    client.kept = []

    def request(method, url, body):
        client.kept.append((method, url, json.loads(json.dumps(body))))
        return SimpleNamespace(status_code=200, json=lambda: {"records": []}, text="OK")

    client.request = request
    return client


def test_users_can_be_changed_by_events_as_the_sdk_does(sent, sdk):
    text = "options:\n  user_update: event\nidentify:\n  user:\n"
    traits = {"email": "ada@example.com", "plan": "pro"}
    (line,) = sent("suprsend", text, {**IDENTIFY, "traits": traits})
    edit = sdk.users.get_edit_instance("ada")
    edit.set(traits)
    edit.add_email("ada@example.com")
    sdk.users.async_edit(edit)
    ((_, url, theirs),) = sdk.kept
    (ours,) = bodies(line)
    assert line["requests"][0]["url"] == url
    assert ours.pop("$idempotency_key").startswith("segfn-")
    for name in ("$schema", "$insert_id", "$time", "env", "properties"):
        del theirs[name]
    assert ours == theirs


def test_users_changed_alike_by_one_event_have_two_keys(sent):
    """SuprSend skips what comes under a key that it has seen: the second would be lost."""
    texts = ["distinct_id: ada", "distinct_id: bo", "distinct_id: ada\n      tenant_id: acme"]
    routes = "".join(
        f"  - id: r{number}\n    user:\n      {text}\n" for number, text in enumerate(texts)
    )
    text = f"options:\n  user_update: event\nidentify:\n{routes}"
    (line,) = sent("suprsend", text, {**IDENTIFY, "traits": {"plan": "pro"}})
    assert len({body["$idempotency_key"] for body in bodies(line)}) == len(texts)


PUSH = {"endpoint": "https://push.example.com", "keys": {"p256dh": "1", "auth": "2"}}
CHANNELS = {"email": "ada@example.com", "webpush": PUSH}
TURNED = {
    "user": {"properties": {"a": {"x": 1, "y": 2}, "b": None, "c": None}, "channels": CHANNELS},
    "workflow": {"workflow": "w", "recipients": [{"is_transient": True, "channels": CHANNELS}]},
}


@pytest.mark.parametrize("action", TURNED)
@pytest.mark.parametrize("update", ["patch", "event"])
def test_the_order_of_keys_in_a_mapping_changes_no_request(sent, action, update):
    """A retry after a deployment has the same key, and `segfn diff` may call it cosmetic."""

    def send(fields):
        text = (
            f"options: {{ user_update: {update} }}\nidentify:\n  {action}: {json.dumps(fields)}\n"
        )
        (line,) = sent("suprsend", text, IDENTIFY)
        return bodies(line)

    assert send(TURNED[action]) == send(turned(TURNED[action])) != []


def turned(part):
    """The same with the keys of every map the other way round."""
    if isinstance(part, dict):
        return {key: turned(part[key]) for key in reversed(part)}
    return [turned(item) for item in part] if isinstance(part, list) else part


def test_a_batch_of_triggers_is_what_the_sdk_sends(runtime, sdk):
    output = compile_source(
        "version: 1\nprovider: suprsend\ntrack:\n  '*':\n    workflow: welcome\n"
    )
    rules = tuple(rule(told) for told in output.responses)
    job = Job(code=output.text, settings={"apiKey": KEY}, rules=rules, batch=True)
    events = [{**EVENT, "messageId": f"m-{number}"} for number in range(250)]
    (line,) = runtime.run(job, events)
    assert [each["status"] for each in line["result"]] == [200] * 250
    sizes = []
    for request in line["requests"]:
        bulk = sdk.workflows.bulk_trigger_instance()
        for body in request["body"]:
            told = dict(body)
            key = told.pop("$idempotency_key")
            bulk.append(WorkflowTriggerRequest(told, idempotency_key=key))
        bulk.trigger()
        assert sdk.kept.pop() == ("POST", request["url"], request["body"])
        sizes.append(len(request["body"]))
    assert sorted(sizes) == [50, 100, 100]


def test_more_than_a_hundred_recipients_are_sent_in_pieces(sent):
    text = "track:\n  '*':\n    workflow:\n      workflow: w\n      recipients: $.properties.to\n"
    event = {**EVENT, "properties": {"to": [f"u{number % 210}" for number in range(300)]}}
    (line,) = sent("suprsend", text, event)
    assert [len(body["recipients"]) for body in bodies(line)] == [100, 100, 10]
    assert len({body["$idempotency_key"] for body in bodies(line)}) == 3


# --- Knock ------------------------------------------------------------------------------------


def test_traits_of_segment_become_knocks_own_fields(sent):
    traits = {
        "name": "Ada",
        "email": "ada@example.com",
        "phone": "+46 70 123 45 67",
        "avatar": "https://example.com/a.png",
        "createdAt": 1767225600,
        "plan": "pro",
        "id": "eve",
        "preferences": "none",
    }
    (line,) = sent("knock", "identify:\n  user:\n", {**IDENTIFY, "traits": traits})
    assert bodies(line) == [
        {
            "plan": "pro",
            "name": "Ada",
            "email": "ada@example.com",
            "phone_number": "+46701234567",
            "avatar": "https://example.com/a.png",
            "created_at": "2026-01-01T00:00:00.000Z",
        }
    ]


def test_no_token_is_lost_and_none_is_read_where_none_is_written(sent):
    text = """\
identify:
  user:
    channel_data:
      push:
        tokens: [$.context.device.token]
      chat:
        connections: $.traits.connections
"""
    device = {"context": {"device": {"token": "new"}}}
    known = {"method": "GET", "json": {"data": {"tokens": ["old", "new"], "devices": []}}}
    (line,) = sent("knock", text, {**IDENTIFY, **device}, rules=[known])
    assert ends(line) == ["GET v1/users/ada/channel_data/push", "PUT v1/users/ada"]
    assert bodies(line)[1] == {"channel_data": {"push": {"tokens": ["old", "new"]}}}
    (line,) = sent("knock", text, IDENTIFY, rules=[known])
    assert ends(line) == ["PUT v1/users/ada"]
    assert bodies(line) == [{}]


def test_tokens_that_cannot_be_read_change_nothing(sent):
    text = "identify:\n  user:\n    channel_data:\n      push:\n        tokens: [a]\n"
    (line,) = sent("knock", text, IDENTIFY, rules=[{"method": "GET", "text": "<html>"}])
    assert line["outcome"] == "retry"
    assert len(line["requests"]) == 1


def test_knock_takes_a_thousand_recipients_and_a_hundred_subscribers(sent):
    text = """\
track:
  "*":
    - workflow:
        key: w
        recipients: $.properties.to
    - subscription:
        collection: teams
        id: acme
        recipients: $.properties.to
"""
    event = {**EVENT, "properties": {"to": [f"u{number}" for number in range(1050)]}}
    (line,) = sent("knock", text, event)
    sizes = [len(body["recipients"]) for body in bodies(line)]
    assert sizes == [1000, 50, *[100] * 10, 50]
    keys = [request["headers"].get("idempotency-key") for request in line["requests"]]
    assert len(set(keys[:2])) == 2
    assert keys[2:] == [None] * 11, "Knock takes the header only with triggers"


def test_a_user_and_an_object_of_one_id_are_two(sent):
    text = """\
track:
  "*":
    workflow:
      key: welcome
      recipients:
        - acme
        - id: acme
          collection: teams
          properties:
            id: other
            plan: pro
"""
    (line,) = sent("knock", text, EVENT)
    told = [(each["id"], each.get("collection")) for each in bodies(line)[0]["recipients"]]
    assert told == [("acme", None), ("acme", "teams")]
    assert bodies(line)[0]["recipients"][1]["plan"] == "pro"


def test_where_no_preference_is_named_none_is_set(sent):
    text = "track:\n  '*':\n    preferences:\n      channel_types: $.properties.types\n"
    unnamed, named = sent(
        "knock", text, EVENT, {**EVENT, "properties": {"types": {"email": False}}}
    )
    assert (unnamed["outcome"], unnamed["requests"]) == ("delivered", [])
    assert len(named["requests"]) == 1


def test_a_property_is_no_field_of_an_object(sent):
    text = "group:\n  tenant:\n    name: Acme\n    properties: $.traits\n"
    event = {"type": "group", "messageId": "m-1", "groupId": "acme"}
    (line,) = sent("knock", text, {**event, "traits": {"name": "Evil", "id": "x", "city": "Lund"}})
    assert bodies(line) == [{"name": "Acme", "city": "Lund"}]


def test_channels_of_two_identifies_in_a_batch_are_joined(runtime):
    text = "identify:\n  user:\n    channel_data: $.traits.channels\n"
    output = compile_source(f"version: 1\nprovider: knock\noptions:\n  merge_tokens: false\n{text}")
    told = [
        {**IDENTIFY, "traits": {"channels": {name: {"connections": [name]}}}} for name in ("a", "b")
    ]
    (line,) = runtime.run(Job(code=output.text, settings={"apiKey": KEY}, batch=True), told)
    assert [sorted(body["channel_data"]) for body in bodies(line)] == [["a", "b"]]


@pytest.mark.parametrize(("kept", "tokens"), [("true", ["t0", "t1", "t2"]), ("false", ["t2"])])
def test_tokens_of_two_identifies_in_a_batch_are_kept_as_one_by_one(runtime, kept, tokens):
    channel = (
        "      channel_data:\n        push:\n          tokens:\n            - $.traits.token\n"
    )
    text = f"options:\n  merge_tokens: {kept} # segfn: ignore[L110] the test wants it\n"
    output = compile_source(f"version: 1\nprovider: knock\n{text}identify:\n  user:\n{channel}")
    told = [{**IDENTIFY, "traits": {"token": token}} for token in ("t1", "t2")]
    known = rule({"method": "GET", "json": {"data": {"tokens": ["t0"]}}})
    job = Job(code=output.text, settings={"apiKey": KEY}, rules=(known,), batch=True)
    (line,) = runtime.run(job, told)
    (put,) = [request["body"] for request in line["requests"] if request["method"] == "PUT"]
    assert put["channel_data"]["push"]["tokens"] == tokens


# --- Courier ----------------------------------------------------------------------------------


def test_nobody_gets_a_message_twice(sent):
    text = "track:\n  '*':\n    send:\n      template: t\n      to: $.properties.to\n"
    bo = {"user_id": "bo", "tenant_id": "acme"}
    mail = {"email": "c@d.example"}
    told = ["ada", " ada", {"user_id": "ada "}, bo, {**bo, "tenant_id": "lab"}, bo, mail, mail]
    (line,) = sent("courier", text, {**EVENT, "properties": {"to": told}})
    expected = [{"user_id": "ada"}, bo, {**bo, "tenant_id": "lab"}, mail]
    assert bodies(line)[0]["message"]["to"] == expected


def test_a_profile_is_never_put(sent):
    text = "identify:\n  profile:\n    profile:\n      plan: $.traits.plan\n"
    told = [{**IDENTIFY, "traits": {"plan": plan}} for plan in ("pro", None, [], {})]
    for line in sent("courier", text, *told):
        assert ends(line) == ["POST profiles/ada"]


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [
        ("user_id: $.userId\n          tenant_id: acme", None),
        ("tenant_id: acme", {"tenant_id": "acme"}),
        ("user_id: $.userId\n          email: ada@example.com", {"email": "ada@example.com"}),
    ],
)
def test_a_message_for_nobody_does_not_go_to_everybody(sent, recipient, expected):
    text = f"track:\n  '*':\n    send:\n      template: t\n      to:\n          {recipient}\n"
    (line,) = sent("courier", text, {**EVENT, "userId": None})
    if expected is None:
        assert (line["error"]["name"], line["requests"]) == ("InvalidEventPayload", [])
    else:
        to = bodies(line)[0]["message"]["to"]
        assert {name: value for name, value in to.items() if value is not None} == expected


def test_the_key_of_messages_can_be_left_out(sent):
    text = (
        "options:\n  idempotency_key: false # segfn: ignore[L110] twice is better than never\n"
        "track:\n  '*':\n    send: welcome\n"
    )
    (line,) = sent("courier", text, EVENT)
    assert "idempotency-key" not in line["requests"][0]["headers"]


def test_a_tenant_that_cannot_be_read_is_not_replaced(sent):
    text = "group:\n  tenant:\n    name: Acme\n"
    event = {**EVENT, "type": "group"}
    (line,) = sent("courier", text, event, rules=[{"method": "GET", "text": "<html>"}])
    assert (line["outcome"], ends(line)) == ("retry", ["GET tenants/acme"])


def test_courier_takes_fifty_topics(sent):
    text = "identify:\n  preferences:\n    topics: $.traits.topics\n"
    topics = [{"topic_id": f"t{number}", "status": "OPTED_IN"} for number in range(60)]
    (line,) = sent("courier", text, {**IDENTIFY, "traits": {"topics": topics}})
    assert [len(body["topics"]) for body in bodies(line)] == [50, 10]


def test_what_a_tenant_has_is_kept(sent):
    text = "group:\n  tenant:\n    properties:\n      city: Lund\n    user_id: null\n"
    known = {
        "id": "acme",
        "name": "Acme",
        "brand_id": "b-1",
        "properties": {"city": "Kiruna", "plan": "pro"},
    }
    (line,) = sent(
        "courier",
        text,
        {"type": "group", "messageId": "m-1", "groupId": "acme"},
        rules=[{"method": "GET", "json": known}],
    )
    assert bodies(line)[1] == {
        "name": "Acme",
        "brand_id": "b-1",
        "properties": {"city": "Lund", "plan": "pro"},
    }


def test_a_tenant_is_written_once_in_a_batch(runtime):
    """Two that read the tenant at once would each write back what the other lacks."""
    output = compile_source(
        "version: 1\nprovider: courier\ngroup:\n  tenant:\n    properties: $.traits\n"
    )
    told = [
        {"type": "group", "userId": name, "groupId": "acme", "traits": {name: 1}} for name in "ab"
    ]
    known = rule({"method": "GET", "json": {"name": "Acme", "properties": {"plan": "pro"}}})
    job = Job(code=output.text, settings={"apiKey": KEY}, rules=(known,), batch=True)
    (line,) = runtime.run(job, told)
    put = {"name": "Acme", "properties": {"plan": "pro", "a": 1, "b": 1}}
    assert ends(line)[1:] == [
        "PUT tenants/acme",
        "PUT users/a/tenants/acme",
        "PUT users/b/tenants/acme",
    ]
    assert bodies(line)[1] == put


def test_a_new_tenant_without_a_name_is_called_by_its_id(sent):
    text = "group:\n  tenant:\n    properties:\n      city: Lund\n    user_id: null\n"
    (line,) = sent("courier", text, {"type": "group", "messageId": "m-1", "groupId": "acme"})
    assert bodies(line)[1] == {"name": "acme", "properties": {"city": "Lund"}}


# --- HTTP -------------------------------------------------------------------------------------

REQUEST = "track:\n  '*':\n    request:\n      url: https://api.example.com/v1\n      "
SECRET = "settings:\n  token:\n    label: Token\n    sensitive: true\n"


def test_basic_credentials_are_base64_of_utf8(sent):
    text = SECRET + REQUEST + "auth:\n        basic:\n          user: ada\n"
    text += "          password: $settings.token\n"
    for password, expected in [
        ("a", "YWRhOmE="),
        ("ab", "YWRhOmFi"),
        ("pass", "YWRhOnBhc3M="),
        ("p\u00e5ss\u20ac", "YWRhOnDDpXNz4oKs"),
    ]:
        (line,) = sent("http", text, EVENT, token=password)
        assert line["requests"][0]["headers"]["authorization"] == f"Basic {expected}"


@pytest.mark.parametrize(
    ("more", "header", "signed"),
    [
        ("", "x-signature", lambda body: hmac.new(b"key", body, "sha256").hexdigest()),
        (
            "          header: X-Hub-Signature-256\n          prefix: sha256=\n",
            "x-hub-signature-256",
            lambda body: "sha256=" + hmac.new(b"key", body, "sha256").hexdigest(),
        ),
        (
            "          algorithm: sha1\n          encoding: base64\n",
            "x-signature",
            lambda body: base64.b64encode(hmac.digest(b"key", body, "sha1")).decode(),
        ),
    ],
)
def test_a_signature_is_of_the_very_body(sent, more, header, signed):
    text = SECRET + REQUEST + "body: $.properties # segfn: ignore[L104] all of it\n"
    text += "      auth:\n        hmac:\n          secret: $settings.token\n" + more
    (line,) = sent("http", text, EVENT, token="key")
    (request,) = line["requests"]
    assert request["headers"][header] == signed(request["body_text"].encode())


def test_a_key_alone_signs_with_the_defaults(sent):
    text = SECRET + REQUEST + "body: plain\n      auth:\n        hmac: $settings.token\n"
    (line,) = sent("http", text, EVENT, token="key")
    headers = line["requests"][0]["headers"]
    assert headers["x-signature"] == hmac.new(b"key", b'"plain"', "sha256").hexdigest()


def test_without_its_credentials_no_request_is_sent(sent):
    text = SECRET + REQUEST + "auth:\n        bearer: $settings.token\n"
    (line,) = sent("http", text, EVENT)
    assert (line["error"]["name"], line["requests"]) == ("ValidationError", [])


@pytest.mark.parametrize("token", ["CANARY\r\nX-Evil: 1", "CANARY-\u20ac"])
@pytest.mark.parametrize(
    "place", ["auth:\n        bearer: $settings", "headers:\n        X-Key: Key {{ settings"]
)
def test_credentials_that_cannot_be_sent_are_a_matter_of_the_settings(sent, place, token):
    end = " }}" if "{{" in place else ""
    text = f"{SECRET}{REQUEST}{place}.token{end}\n"
    (line,) = sent("http", text, EVENT, token=token)
    assert (line["error"]["name"], line["requests"]) == ("ValidationError", [])
    assert "CANARY" not in line["error"]["message"]


def test_a_header_that_cannot_be_sent_is_left_out(sent):
    text = REQUEST + "headers:\n        X-Plan: $.properties.plan\n        X-User: $.userId\n"
    event = {**EVENT, "properties": {"plan": "pro\r\nX-Evil: 1"}}
    (line,) = sent("http", text, event)
    headers = line["requests"][0]["headers"]
    assert "x-plan" not in headers
    assert headers["x-user"] == "ada"


def test_the_key_can_stand_in_a_header(sent):
    (line,) = sent("http", REQUEST + "idempotency:\n        header: X-Key\n", EVENT)
    assert line["requests"][0]["headers"]["x-key"].startswith("segfn-")


def test_the_key_can_stand_in_the_body(sent):
    text = REQUEST + "body:\n        a: 1\n      idempotency:\n        field: id\n"
    (line,) = sent("http", text, EVENT)
    assert bodies(line)[0]["id"].startswith("segfn-")


def test_a_get_has_no_body_and_its_query_is_encoded(sent):
    text = REQUEST + "method: GET\n      body: never\n      query:\n        q: $.properties.q\n"
    event = {**EVENT, "properties": {"q": ["a&b", 1, None, {"x": 1}]}}
    (line,) = sent("http", text, event)
    (request,) = line["requests"]
    assert request["body"] is None
    assert request["url"] == "https://api.example.com/v1?q=a%26b&q=1"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, "delivered"), (204, "rejected"), (404, "delivered"), (409, "retry"), (418, "rejected")],
)
def test_success_and_retry_are_the_mappings_own(sent, status, outcome):
    text = REQUEST + "success: [200-203, 404]\n      retry: [405-409]\n"
    (line,) = sent("http", text, EVENT, rules=[{"status": status}])
    assert line["outcome"] == outcome
