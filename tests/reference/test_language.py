"""The interpreter does what the description of the language says, example by example."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from reference import (
    MISSING,
    InvalidValue,
    NotationError,
    evaluate,
    fit,
    holds,
    present,
    same,
    stringify,
)
from reference.strategies import conditions, events, json_values, types, values

EVENT = {
    "type": "track",
    "event": "Order Completed",
    "userId": "u1",
    "traits": {"firstName": "Ann", "first name": "A", "none": None, "nested": {"a": 1, "b": None}},
    "properties": {
        "total": "5.50",
        "items": [{"sku": "x"}, {"sku": "y", "quantity": 2}, None, 7],
        "currency": "EUR",
        "tags": ["a", None, "b"],
    },
}
SETTINGS = {"environment": "production"}


def given_event(value, **options):
    return evaluate(value, EVENT, SETTINGS, **options)


VALUES = [
    ("vip", "vip"),
    (None, None),
    ("$", EVENT),
    ("$.traits.firstName", "Ann"),
    ("$.properties.items[1].sku", "y"),
    ("$.traits['first name']", "A"),
    ("$event.userId", "u1"),
    ("$settings.environment", "production"),
    ("$.traits.email ?? $.traits.none ?? 'n/a'", "n/a"),
    ("$.traits.email ?? $.traits.none", None),
    ("$.traits.none ?? $.traits.email", MISSING),
    ("$ ?? 1", EVENT),
    ("$ | length ?? 1", 1),
    ("$.properties.total | number ?? 0", 5.5),
    ("$.properties.nope | number ?? 0", 0),
    ("$.traits.firstName.length", MISSING),
    ("$.traits.constructor", MISSING),
    ("$.properties.items.length", 4),
    ("$5 off", "$5 off"),
    ("$properties.x", "$properties.x"),
    ('Hi {{ traits.firstName ?? "there" }}{{traits.none}}{{ traits.email }}!', "Hi Ann!"),
    ('{{ "{{" }} {{ properties.tags }}', '{{ ["a",null,"b"]'),
    ("{{ properties.items[3] | fixed(1) }} {{ settings.environment }}", "7.0 production"),
    ({"$first": ["$.traits.none", "$.traits.email", False, 1]}, False),
    ({"$if": 'properties.currency = "EUR"', "$then": {"a": 1}}, {"a": 1}),
    ({"$if": "properties.total > 5", "$then": 1}, MISSING),
    ({"$if": "properties.total > 5", "$then": 1, "$else": None}, None),
    ({"$merge": ["$.traits.nested", {"b": 2}, "$.userId", "$.nope"]}, {"a": 1, "b": 2}),
    ({"$merge": ["$.nope"]}, MISSING),
    ({"$literal": {"$.x": "$.y", "@path": []}}, {"$.x": "$.y", "@path": []}),
    ({"$$if": 1, "@@path": "$.userId"}, {"$if": 1, "@path": "u1"}),
    ({"a": "$.nope", "b": {"c": "$.nope"}}, MISSING),
    ({"a": {}, "b": "$.traits.none"}, {"a": {}, "b": None}),
    (["$.nope", "$.traits.none", {"a": "$.nope"}, 1], [None, 1]),
    ({"@path": "$.traits.none.deep"}, None),
    ("$.traits.none.deep", MISSING),
    ({"@literal": ["x", {"@path": "$.nope"}]}, ["x", None]),
]


@pytest.mark.parametrize(("value", "sent"), VALUES)
def test_a_value_is_sent_as(value, sent):
    assert same(given_event(value), sent)


def test_each_starts_paths_at_the_item():
    each = {
        "$each": "$.properties.items",
        "$as": "line",
        "$map": {
            "$if": "$line != 7",
            "$then": {
                "sku": "$.sku",
                "text": "{{ sku }} {{ $line.quantity ?? 1 }} {{ settings.environment }}",
                "currency": "$event.properties.currency",
                "same": {"$each": ["$.quantity"], "$map": ["$", "$line.sku"]},
                "path": {"@path": "$.sku"},
            },
        },
    }
    rest = {"currency": "EUR", "same": [], "path": None}
    assert given_event(each) == [
        {**rest, "sku": "x", "text": "x 1 production", "path": "x"},
        {**rest, "sku": "y", "text": "y 2 production", "same": [[2, "y"]], "path": "y"},
        {**rest, "text": " 1 production"},
    ]
    assert given_event({"$each": "$.userId", "$map": 1}) is MISSING


def test_a_profile_leaves_out_nulls_that_were_read():
    value = {"a": "$.traits.none", "b": None, "c": "$.traits.nested", "d": "$.traits.none ?? null"}
    kept = {"b": None, "c": {"a": 1}, "d": None}
    assert given_event(value, profile=True) == kept
    assert given_event(value, profile=True, nulls="clear")["a"] is None
    assert given_event({"tags": "$.properties.tags"}, profile=True) == {"tags": ["a", None, "b"]}
    assert given_event({"a": "$.traits.none"}, profile=True) is MISSING


def test_a_name_with_a_hole_is_missing():
    assert given_event("{{ userId }}-{{ traits.email }}") == "u1-"
    assert given_event("{{ userId }}-{{ traits.email }}", type="id") is MISSING
    assert given_event("{{ userId }}-{{ traits.firstName }}", type="id") == "u1-Ann"
    url = "https://x.example/{{ event }}"
    assert given_event(url, type="url", encode=True) == "https://x.example/Order%20Completed"


FITS = [
    ("string", 1e21, "1e+21"),
    ("id", True, "true"),
    ("string", ["a"], MISSING),
    ("phone", 46701234567, "46701234567"),
    ("phone", "+46 (0)70-12.34", "+46 (0)70-12.34"),
    ("phone", "1234", MISSING),
    ("email", "ann@example.com", "ann@example.com"),
    ("email", "a@b@c.example", MISSING),
    ("email", "a n@example.com", MISSING),
    ("url", "http://x", "http://x"),
    ("url", "https://", MISSING),
    ("locale", "en_US", "en_US"),
    ("locale", "english", MISSING),
    ("timezone", "America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
    ("timezone", "+02:00", MISSING),
    ("number", "5", MISSING),
    ("boolean", 1, MISSING),
    ("email", None, MISSING),
    ("any", None, None),
    ("id", " u1 ", "u1"),
    ("id", " ", MISSING),
    ({"list": "email"}, ["a@b.example", "nobody"], ["a@b.example"]),
    ({"enum": ["append"]}, "replace", MISSING),
    ({"object": {"email": "email"}}, {"email": 5, "x": 5}, {}),
    ({"map": "string"}, {"a": 5, "b": [], "c": None}, {"a": "5"}),
]


@pytest.mark.parametrize(("kind", "value", "sent"), FITS)
def test_a_value_fits(kind, value, sent):
    assert same(fit(kind, value), sent)
    assert same(evaluate("$.x", {"x": value}, type=kind), sent)


def test_what_does_not_fit_can_be_rejected():
    for kind, value in (("email", "nobody"), ({"list": "email"}, ["nobody"])):
        with pytest.raises(InvalidValue):
            evaluate("$.x", {"x": value}, type=kind, invalid="reject")
    assert evaluate("$.x", {"x": None}, type="email", invalid="reject") is MISSING
    assert evaluate("$.x", {"x": None}, type="email", profile=True, nulls="clear") is None


FILTERS = [
    ("titlecase", "jOHN van dyke", "JOHN Van Dyke"),
    ("trim", "\ufeff x\u00a0", "x"),
    ("snakecase", "Order Completed", "Order_Completed"),
    ("kebabcase", "a  b", "a--b"),
    ("string", {"a": [1.0]}, '{"a":[1]}'),
    ("json", "x", '"x"'),
    ("number", " 1e3 ", 1000),
    ("number", "0x10", MISSING),
    ("number", "", MISSING),
    ("number", True, MISSING),
    ("bool", 1, True),
    ("bool", "yes", MISSING),
    ("length", "ア", 3),
    ("length", [1, 2], 2),
    ("length", {}, MISSING),
    ("first", [], MISSING),
    ("last", [1, None], None),
    ('join("-")', ["a", 1, True, None], "a-1-true-"),
    ('join("-")', [["a"]], MISSING),
    ('split(",")', "a,b", ["a", "b"]),
    ('replace(".", "$&")', "1.2.3", "1$&2$&3"),
    ("fixed(2)", 1.005, "1.00"),
    ("fixed(2)", "1", MISSING),
    ("truncate(2)", "a😀b", "a😀"),
    ("timestamp", 1696570000123, 1696570000),
    ("timestamp", "2025-10-06T07:43:18.999+02:00", 1759729398),
    ('date("iso")', 1696570000, "2023-10-06T05:26:40.000Z"),
    ('date("day")', "2024-02-29T23:30:00-01:00", "2024-03-01"),
    ('date("day")', "2024-02-30", MISSING),
    ('date("day")', "tomorrow", MISSING),
    ("e164", "00 46 (70) 123.45-67", "+46701234567"),
    ("e164", "0701234567", MISSING),
    ("compact", {"a": None, "b": [None]}, {"b": [None]}),
    ("nonempty", [], MISSING),
    ("nonempty", 0, 0),
    ('pick("a", "constructor")', {"b": 1, "a": 2}, {"a": 2}),
    ('omit("a")', {"b": 1, "a": 2}, {"b": 1}),
    ("number | default(0)", "x", 0),
    ("default(null)", MISSING, None),
    ("json", None, MISSING),
]


@pytest.mark.parametrize(("chain", "value", "sent"), FILTERS)
def test_a_filter_gives(chain, value, sent):
    event = {} if value is MISSING else {"x": value}
    assert same(evaluate(f"$.x | {chain}", event), sent)


CONDITIONS = [
    ("type = \"track\" and event = 'Order Completed'", True),
    ('type = "page" or type = "track" and userId = "u1"', True),
    ('(type = "page" or type = "track") and userId = "u2"', False),
    ('!(type = "page")', True),
    ('properties.missing != "a"', True),
    ("properties.missing = null and traits.none = null", True),
    ("properties.total = 5.5", False),
    ('properties.total > "5"', True),
    ("properties.total > 5", False),
    ('"a" in properties.tags and !("c" in properties.tags) and properties.x in [1, null]', True),
    ("length(userId) = 2 and length(properties.missing) = 0 and length(properties.tags) = 3", True),
    ('match(event, "Order *") and match(event, "[a-zN-P]rder?Complet[^x]d")', True),
    ('match("a*c", \'a\\*c\') and !match("abc", "a\\\\*c")', True),
    ('!contains(properties.missing, "x") and contains(lowercase(event), "order")', True),
    ('typeof(properties.tags) = "list" and typeof(properties.x) = "null"', True),
    ('number(properties.total) >= 5.5 and string(5) = "5" and bool("true")', True),
    ('snakecase(event) = "Order_Completed" and titlecase("a b") = "A B"', True),
    ("settings.environment = 'production' and $.userId = 'u1' and $['userId'] = \"u1\"", True),
    ("userId", False),
    ("true", True),
]


@pytest.mark.parametrize(("fql", "holding"), CONDITIONS)
def test_a_condition_holds(fql, holding):
    assert holds(fql, EVENT, SETTINGS) is holding


@pytest.mark.parametrize(
    "fql",
    ['type = "track', "a && b", "type == 1", "type AND event", "nope(type)", "type = 1 )", "", "!"],
)
def test_what_is_no_condition_is_refused(fql):
    with pytest.raises(NotationError):
        holds(fql, EVENT)


@pytest.mark.parametrize(
    "value", ["$.a |", "$.a | nope", "{{ a", "{{ a b }}", "$.a ?? traits.b c", "$.a['", {"$x": 1}]
)
def test_what_is_no_value_is_refused(value):
    with pytest.raises(NotationError):
        given_event(value)


def test_a_required_path_is_not_empty():
    assert present("traits.firstName", EVENT)
    for path in ("traits.none", "$.properties.nope", "properties.items[4]", "settings.x"):
        assert not present(path, EVENT)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(values())
def test_every_valid_value_has_an_answer(case):
    for profile in (False, True):
        sent = evaluate(case.value, case.event, case.settings, profile=profile)
        assert sent is MISSING or stringify(sent)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(conditions(), events())
def test_every_valid_condition_has_an_answer(case, event):
    assert holds(case.fql, case.event, case.settings) in (True, False)
    assert holds(f"!({case.fql})", event) is not holds(case.fql, event)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(types(), json_values())
def test_what_fits_fits_again(kind, value):
    fitted = fit(kind, value)
    assert fitted is MISSING or same(fit(kind, fitted), fitted)
