"""Each action: what Novu then knows, and that its SDK would send the same."""

from __future__ import annotations

import pytest
from novu_server import Workflow

from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job

from .conftest import EVENTS, IDENTIFY, MEMBERS, SETTINGS, ask, notified, novu, run, track


def answered(runtime, code, event, *rules):
    """The result of an event where Novu answers by rules."""
    job = Job(code=code, settings=SETTINGS, rules=tuple(map(rule, rules)))
    (line,) = runtime.run(job, [event])
    return line


@pytest.mark.parametrize("name", EVENTS)
def test_an_action_is_accepted_as_novus_own_sdk_would_send_it(runtime, code, name):
    line = run(runtime, code, novu(), EVENTS[name])
    assert line["outcome"] == "delivered", line["error"]
    assert {told["status"] for told in line["result"] or ()} <= {200}


def test_a_profile_is_merged(runtime, code):
    made = novu()
    run(runtime, code, made, EVENTS["subscriber"])
    ada = made.subscribers["ada"]
    assert ada.profile["firstName"] == "Ada"
    assert ada.data == {"old": 1, "plan": "pro"}


def test_what_is_new_wins_over_what_novu_knows(runtime, code):
    made = novu()
    ask(made, "PATCH", "/v2/subscribers/ada", '{"data": {"plan": "free", "old": 1}}')
    run(runtime, code, made, EVENTS["subscriber"])
    assert made.subscribers["ada"].data == {"plan": "pro", "old": 1}


def test_a_topic_is_no_user_of_its_name(runtime, code):
    members = [{"type": "Topic", "topicKey": "ada"}, "ada"]
    event = {**EVENTS["many"], "properties": {"members": members}}
    line = run(runtime, code, novu(), event)
    assert [request["body"]["to"] for request in line["requests"]] == [members]


def test_a_refusal_names_fields_and_no_value(runtime, code):
    errors = {"payload.plan": {"messages": ["x"]}, "CANARY is no plan": {"messages": ["CANARY"]}}
    said = {"message": "CANARY", "errors": errors}
    line = answered(runtime, code, EVENTS["trigger"], {"status": 422, "json": said})
    assert line["error"]["message"].endswith(": see payload.plan")
    assert "CANARY" not in line["error"]["message"]


def test_a_key_that_an_old_novu_has_seen_is_a_success(runtime, code):
    said = {"message": "transactionId property is not unique, please make sure"}
    line = answered(runtime, code, EVENTS["trigger"], {"status": 400, "json": said})
    assert line["outcome"] == "delivered"


@pytest.mark.parametrize(
    ("name", "answer", "outcome"),
    [
        ("topic", {"status": 201, "json": {"data": [], "meta": {"failed": 1}}}, "rejected"),
        ("unsubscribe", {"status": 404}, "delivered"),
        ("unsubscribe", {"status": 400, "json": {"errors": [{}]}}, "delivered"),
        ("unsubscribe", {"status": 400, "json": {"message": "no"}}, "rejected"),
    ],
)
def test_what_novu_says_of_a_topic(runtime, code, name, answer, outcome):
    rules = ({"url": "*/subscriptions", **answer}, {"status": 201, "json": {}})
    assert answered(runtime, code, EVENTS[name], *rules)["outcome"] == outcome


def test_invalid_inline_values_do_not_lose_the_notification(runtime, code):
    made = novu()
    run(runtime, code, made, EVENTS["inline"])
    assert [told.subscriber_id for told in made.notifications] == ["ada"]
    assert made.losses == []


def test_a_mixed_list_reaches_everybody_once(runtime, code):
    made = novu()
    run(runtime, code, made, EVENTS["mixed"])
    assert {told.subscriber_id for told in made.notifications} == {"ada", "grace"}


def test_many_recipients_are_notified_once_in_chunks(runtime, code):
    made = novu()
    line = run(runtime, code, made, EVENTS["many"])
    assert sorted(told.subscriber_id for told in made.notifications) == sorted(MEMBERS)
    keys = [request["body"]["transactionId"] for request in line["requests"]]
    assert len(set(keys)) == len(keys) == 3


def test_a_topic_takes_a_user_whom_novu_does_not_know(runtime, code):
    made = novu()
    line = run(runtime, code, made, {**EVENTS["topic"], "userId": "new"})
    assert line["outcome"] == "delivered"
    assert "new" in made.subscribers


@pytest.mark.parametrize("operation", ["added", "replaced", "removed"])
def test_device_tokens(runtime, code, operation):
    made = novu()
    run(runtime, code, made, EVENTS[f"token {operation}"])
    expected = {"added": ["token-1", "token-2"], "replaced": ["token-2"], "removed": []}
    assert sorted(tokens_of(made, "ada")) == expected[operation]


def tokens_of(made, who):
    return [
        token
        for channel in made.subscribers[who].channels.values()
        for token in channel["deviceTokens"]
    ]


@pytest.mark.parametrize("operation", ["append", "replace"])
def test_an_event_without_tokens_forgets_none(runtime, code, operation):
    made = novu()
    for tokens in ([], [None], ["", " "]):
        line = run(runtime, code, made, track("Tokens Added", operation=operation, tokens=tokens))
        assert line["error"]["message"] == "credentials.deviceTokens is missing"
    assert tokens_of(made, "ada") == ["token-1"]


def test_an_event_without_a_workflow_does_not_change_every_preference(runtime, code):
    made = novu()
    line = run(runtime, code, made, track("Mail Stopped"))
    assert line["error"]["message"] == ("preferences.workflowId is missing: $.properties.workflows")
    assert made.environment.preferences == {}


def test_a_schedule_goes_with_each_workflow(runtime, code):
    made = novu()
    schedule = {"isEnabled": False}
    event = track("Mail Stopped", workflows=["welcome", "goodbye"], schedule=schedule)
    assert run(runtime, code, made, event)["outcome"] == "delivered"
    assert made.environment.preferences == {
        ("ada", name): {"channels": {"email": False}, "schedule": schedule}
        for name in ("welcome", "goodbye")
    }


def test_more_than_a_hundred_preferences_are_sent_in_pieces(runtime, code):
    made = novu()
    names = [f"flow-{number}" for number in range(130)]
    made.add(*map(Workflow, names))
    line = run(runtime, code, made, track("Mail Stopped", workflows=names))
    assert [len(request["body"]["preferences"]) for request in line["requests"]] == [100, 30]
    assert len(made.environment.preferences) == 130


def test_contexts_and_tenants_are_texts(runtime, code):
    made = novu()
    made.environment.tenants.add("7")
    event = track("Context Told", account=42, plan="pro", team=None, tenant=7)
    assert run(runtime, code, made, event)["outcome"] == "delivered"
    assert made.environment.contexts == {("account", "42"): {"plan": "pro"}}
    assert notified(made) == [("welcome", "ada")]


INLINE = [
    {"email": "ada@localhost"},
    {"email": "ada@example..com"},
    {"email": ".ada@example.com"},
    {"email": "ada@-example.com"},
    {"email": "a" * 65 + "@example.com"},
    {"locale": "Swedish", "timezone": "CET+1"},
    {"timezone": "", "locale": "", "email": ""},
    {"phone": 46701234567, "firstName": 7, "lastName": {"a": 1}, "avatar": [], "data": "x"},
    {"channels": [{"providerId": "fcm"}, {"credentials": {"deviceTokens": ["t"]}}, 7]},
    {"channels": [{"providerId": "fcm", "credentials": {"deviceTokens": ["t", None]}}]},
    {"subscriberId": 7},
]


@pytest.mark.parametrize("told", INLINE, ids=str)
def test_no_inline_value_loses_the_notification(runtime, code, told):
    made = novu()
    event = track("Subscriber Told", to={"subscriberId": "ada", **told})
    assert run(runtime, code, made, event)["outcome"] == "delivered"
    assert [note.subscriber_id for note in made.notifications] == [
        str(told.get("subscriberId", "ada"))
    ]
    assert made.losses == []


@pytest.mark.parametrize("told", [told for told in INLINE if "channels" not in told], ids=str)
def test_no_trait_loses_the_rest_of_a_profile(runtime, code, told):
    made = novu()
    traits = {"plan": "pro", **{name: told[name] for name in told if name != "data"}}
    line = run(runtime, code, made, {**IDENTIFY, "traits": traits})
    assert line["outcome"] == "delivered", line["error"]
    assert made.subscribers["ada"].data == {"old": 1, "plan": "pro"}


@pytest.mark.parametrize(
    "email",
    ["ada+tag@example.co.uk", "a.b-c_d@xn--bcher-kva.example", "åsa@exämple.se", "o'neil@a-b.dev"],
)
def test_addresses_that_novu_takes_are_kept(runtime, code, email):
    made = novu()
    run(runtime, code, made, {**IDENTIFY, "traits": {"email": email}})
    assert made.subscribers["ada"].profile["email"] == email


def test_a_topics_name_is_never_wiped_and_never_too_long(runtime, code):
    made = novu()
    for name, expected in [("n" * 130, "n" * 100), ("", "n" * 100), (None, "n" * 100)]:
        line = run(runtime, code, made, {**EVENTS["topic"], "traits": {"name": name}})
        assert line["outcome"] == "delivered"
        assert made.environment.topics["account-a1"].name == expected


def test_a_subscriber_can_have_several_subscriptions(runtime, code):
    made = novu()
    assert run(runtime, code, made, track("Twice Subscribed"))["outcome"] == "delivered"
    subscriptions = made.environment.topics["account-a1"].subscriptions
    assert subscriptions["second-ada"] == "ada"
    assert sorted(subscriptions.values()) == ["ada", "ada", "grace"]


def test_a_hundred_new_subscribers_join_a_topic_within_the_deadline(runtime, code):
    made = novu()
    line = run(runtime, code, made, track("Many Subscribed", members=MEMBERS[:100]))
    assert line["outcome"] == "delivered", line["error"]
    assert line["elapsed_ms"] < 2500
    assert set(MEMBERS[:100]) <= set(made.environment.topics["account-a1"].members())


def test_thousands_of_recipients_are_notified_within_the_deadline(runtime, code):
    made = novu()
    made.break_next("redirect", "503")
    people = [f"person-{number}" for number in range(5000)]
    line = run(runtime, code, made, track("Trigger Many", members=people))
    assert line["outcome"] == "retry", "what may pass wins over what will not"
    assert len(line["requests"]) == 50
    assert line["elapsed_ms"] < 2500
    assert run(runtime, code, made, track("Trigger Many", members=people))["outcome"] == "delivered"
    assert sorted(note.subscriber_id for note in made.notifications) == sorted(people)
