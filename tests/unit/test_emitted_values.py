"""What stands in the generated file for what stands in the mapping, and what it gives."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from py_mini_racer import MiniRacer

from generator import source
from generator.diagnostics import Report
from generator.emit import expressions
from generator.emit.conditions import condition
from generator.emit.expressions import Context
from generator.emit.js import render
from generator.emit.paths import INHERITED, OF_OBJECTS
from generator.emit.tree import Const
from generator.expressions.scope import Scope
from generator.types import FieldSpec, Type
from generator.values import read_condition, read_value

HELPERS = Path(__file__).parents[2] / "templates" / "helpers"
SCOPE = Scope("track", settings=frozenset({"environment"}))
ANY, STRING, ID = Type("any"), Type("string"), Type("id")
RECIPIENT = Type("shape", helper="asRecipients")


def read(written, reader):
    """What our readers make of a value that stands in a mapping."""
    report = Report()
    document = source.parse(written, "mapping.yaml", report)
    found = reader(document.root, document, SCOPE, report)
    assert [entry.message for entry in report if entry.severity.value == "error"] == []
    return found


def code(written, type=ANY, **options):  # noqa: A002 - it is the field's type
    """The code of a value as the mapping writes it, in a field named `field`."""
    value = read(written, read_value)
    hoisted = expressions.hoist([value])
    context = Context(hoisted=hoisted.names, label="field", **options)
    made = expressions.value(value, type, context)
    lines = [*map(render, hoisted.statements), render(Const("field", made))]
    return "\n".join(lines).replace("const field = ", "")


def condition_code(fql):
    """The code of a condition, on one line."""
    found = read(json.dumps(fql), read_condition)
    return " ".join(render(condition(found, Context())).split())


@pytest.fixture(scope="module")
def engine():
    with closing(MiniRacer()) as context:
        for file in sorted(HELPERS.glob("*.js")):
            context.eval(file.read_text("utf-8"))
        yield context


def evaluated(engine, made, **scope):
    """The JSON text of what code gives, `undefined` where it gives nothing."""
    texts = {name: json.dumps(json.dumps(value)) for name, value in scope.items()}
    told = "".join(f"const {name} = JSON.parse({text});" for name, text in texts.items())
    made = made.rstrip(";")
    return engine.eval(f"(() => {{ {told} return String(JSON.stringify({made})); }})()")


# --- values -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("$.userId", "event.userId;"),
        ("$.traits.email", "event.traits?.email;"),
        ("$.traits['first name']", 'event.traits?.["first name"];'),
        ("$.properties.items[0].sku", "own(event.properties?.items, 0)?.sku;"),
        ("$.traits.constructor", 'own(event.traits, "constructor");'),
        ("$['toString']", 'own(event, "toString");'),
        ("$.link", "event.link;"),
        ("$settings.environment", "settings.environment;"),
        (
            "$.traits.email ?? $.context.traits.email",
            "event.traits?.email ?? event.context?.traits?.email;",
        ),
        ("$.properties.total | number ?? 0", "numberOf(event.properties?.total) ?? 0;"),
        ('$.userId | trim | replace("a", "b")', 'replaced(trimmed(event.userId), "a", "b");'),
        ('$.userId | default("x")', 'event.userId ?? "x";'),
        ('Hi {{ userId ?? "you" }}!', '"Hi " + textOf(event.userId ?? "you") + "!";'),
        ("{ $if: userId != null, $then: 1, $else: false }", "event.userId != null ? 1 : false;"),
        ("{ $if: userId != null, $then: 1 }", "event.userId != null ? 1 : undefined;"),
        ("[$.userId, 1]", "presentItems([event.userId, 1]);"),
        ("[1, two]", '[1, "two"];'),
        ("{}", "{};"),
        ("{ a: 1, b: $.userId }", "{\n  a: 1,\n  b: event.userId,\n};"),
        ("{ b: $.userId }", "present({\n  b: event.userId,\n});"),
        ("{ $literal: { $if: $.x } }", '{\n  $if: "$.x",\n};'),
        ("{ $merge: [$.traits, $.properties] }", "merged(event.traits, event.properties);"),
    ],
)
def test_values_read_like_the_mapping(written, expected):
    assert code(written) == expected


def test_a_list_is_made_of_items_that_have_a_name():
    written = """
      $each: $.properties.products
      $as: line
      $map:
        sku: $.sku
        note: "{{ $line.name }} in {{ $event.properties.currency }}"
        parts:
          $each: $.parts
          $map: $line.sku ?? $.id
    """
    assert code(written) == (
        "each(event.properties?.products, (line) => ({\n"
        "  sku: line?.sku,\n"
        '  note: textOf(line?.name) + " in " + textOf(event.properties?.currency),\n'
        "  parts: each(line?.parts, (item) => line?.sku ?? item?.id),\n"
        "}));"
    )


@pytest.mark.parametrize("name", ["own", "each", "call", "class", "properties", "item", "naïve"])
def test_the_name_of_an_item_hides_nothing(engine, name):
    made = code(f"{{ $each: $.properties.list, $as: {name}, $map: '${name}.at ?? $.x[0]' }}")
    event = {"properties": {"list": [{"x": [1]}, {"at": 2}]}}
    assert evaluated(engine, made, event=event) == "[1,2]"


def test_what_a_route_reads_often_has_a_name():
    three = "[$.traits.a, $.traits.b, $.traits.c, $.properties.d, $.userId, $.userId, $.userId]"
    assert code(three) == (
        "const traits = event.traits;\n"
        "presentItems([\n"
        "  traits?.a,\n"
        "  traits?.b,\n"
        "  traits?.c,\n"
        "  event.properties?.d,\n"
        "  event.userId,\n"
        "  event.userId,\n"
        "  event.userId,\n"
        "]);"
    )


# --- typed fields -----------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "type", "expected"),
    [
        ("$.userId", ID, "asId(event.userId);"),
        ("u1", ID, '"u1";'),
        ("$.a ?? $.b", Type("email"), "asEmail(event.a ?? event.b);"),
        ("$.a ?? null", Type("email"), "orNull(event.a ?? null, asEmail);"),
        ("$.a | default(null)", STRING, "orNull(event.a ?? null, asText);"),
        ("order-{{ userId }}", STRING, '"order-" + textOf(event.userId);'),
        ("order-{{ userId }}", ID, 'joined("order-", event.userId);'),
        ("'{{ userId }}{{ event }}'", ID, 'joined("", event.userId, "", event.event);'),
        ("https://x.se/{{ userId }}", Type("url"), 'asUrl(joined("https://x.se/", event.userId));'),
        ("$.a", Type("enum", choices=("x", "y")), 'oneOf(event.a, ["x", "y"]);'),
        ("$.a", Type("list", items=ID), "asList(event.a, asId);"),
        ("$.a", Type("list", items=ID, maximum=9), "asList(event.a, asId, 9);"),
        ("[$.a]", Type("list", items=ID), "presentItems([asId(event.a)]);"),
        ("$.a", RECIPIENT, "asRecipients(event.a);"),
        ("u1", RECIPIENT, 'asRecipients("u1");'),
        (
            "$.a",
            Type("object", members=(FieldSpec("sms", Type("boolean")),)),
            "asMembers(event.a, {\n  sms: asBoolean,\n});",
        ),
        (
            "{ sms: $.a, push: true }",
            Type("object", members=(FieldSpec("sms", Type("boolean")),)),
            "{\n  sms: asBoolean(event.a),\n  push: true,\n};",
        ),
    ],
)
def test_a_field_takes_only_what_fits(written, type, expected):  # noqa: A002
    assert code(written, type) == expected


def test_what_does_not_fit_may_refuse_the_event():
    expected = 'strictly(asEmail, event.a, "field is not an e-mail address");'
    assert code("$.a", Type("email"), invalid="reject") == expected


@pytest.mark.parametrize(
    ("written", "type", "nulls", "expected"),
    [
        ("$.traits.x", ANY, "omit", "withoutNulls(event.traits?.x);"),
        ("$.traits.x", ANY, "clear", "event.traits?.x;"),
        ("$.traits.x", STRING, "omit", "asText(event.traits?.x);"),
        ("$.traits.x", STRING, "clear", "orNull(event.traits?.x, asText);"),
        ("null", STRING, "omit", "null;"),
        ("$.a ?? $.b", ANY, "omit", "withoutNulls(event.a ?? event.b);"),
        ("$.a ?? $.b", ANY, "clear", "firstKnown(event.a, event.b);"),
        ("$.a ?? null", ANY, "omit", "withoutNulls(event.a) ?? null;"),
        ("$.a | lowercase", ANY, "omit", "lowercase(event.a);"),
        ("{ a: $.a, b: 1 }", ANY, "clear", "withoutMissing({\n  a: event.a,\n  b: 1,\n});"),
        ("[$.a]", ANY, "omit", "presentItems([withoutNulls(event.a)]);"),
        ("$.traits", Type("object"), "omit", "asObject(withoutNulls(event.traits));"),
    ],
)
def test_nulls_of_a_profile(written, type, nulls, expected):  # noqa: A002
    assert code(written, type, profile=True, nulls=nulls) == expected


# --- conditions -------------------------------------------------------------


@pytest.mark.parametrize(
    ("fql", "expected"),
    [
        ('properties.plan = "enterprise"', 'event.properties?.plan === "enterprise"'),
        ('properties.plan != "x"', 'event.properties?.plan !== "x"'),
        ("userId = null", "event.userId == null"),
        ("userId != null", "event.userId != null"),
        ("properties.vip", "event.properties?.vip === true"),
        ("!properties.vip", "event.properties?.vip !== true"),
        ("properties.total >= 100", "isAtLeast(event.properties?.total, 100)"),
        ("number(properties.total) >= 100", "numberOf(event.properties?.total) >= 100"),
        ("length(userId) > 3", 'lengthOf(event.userId ?? "") > 3'),
        ('"a" in properties.tags', 'isIn("a", event.properties?.tags)'),
        ('userId in ["a", "b"]', '["a", "b"].includes(event.userId)'),
        ('userId in ["a", null]', '["a", null].includes(event.userId ?? null)'),
        ("properties.a = properties.b", "isEqual(event.properties?.a, event.properties?.b)"),
        (
            'contains(event, "x") or userId = "a"',
            'contains(event.event, "x") || event.userId === "a"',
        ),
        (
            'userId = "a" and (event = "b" or event = "c")',
            'event.userId === "a" && (event.event === "b" || event.event === "c")',
        ),
        ('match(event, "Order *")', "matches(event.event, /^Order /u)"),
        ('match(event, "*d")', "matches(event.event, /d$/u)"),
        ('match(event, "O*d")', "matches(event.event, /^O.*d$/su)"),
        ('match(event, "O?der")', "matches(event.event, /^O.der$/su)"),
        ('match(event, "[a-z/]*")', "matches(event.event, /^[a-z\\u002f]/u)"),
        ('match(event, "a/b?")', "matches(event.event, /^a[/]b.$/su)"),
        ('match(event, "*order*")', 'contains(event.event, "order")'),
        ('match(event, "order")', 'event.event === "order"'),
        ('match(event, "*")', 'typeof event.event === "string"'),
        ('match(event, "a*b*c")', 'glob(event.event, "a*b*c")'),
        ("match(event, properties.pattern)", "glob(event.event, event.properties?.pattern)"),
    ],
)
def test_conditions_read_like_fql(fql, expected):
    assert condition_code(fql) == expected


# --- what inherited names and hostile events do ------------------------------


def test_every_inherited_name_is_known(engine):
    names = """(...values) => [...new Set(values.flatMap((value) => {
      const found = [];
      for (let at = Object(value); at; at = Object.getPrototypeOf(at)) {
        found.push(...Object.getOwnPropertyNames(at));
      }
      return found;
    }))]"""
    of_all = json.loads(engine.eval(f'JSON.stringify(({names})({{}}, [], "", 0, true))'))
    of_objects = json.loads(engine.eval(f"JSON.stringify(({names})({{}}))"))
    assert set(of_all) - INHERITED == set()
    assert set(of_objects) == OF_OBJECTS


def test_no_inherited_name_is_ever_read(engine):
    for name in sorted(INHERITED - {"length"}):
        for value in ({}, [], "text", 5, True, None):
            made = code(f"$.properties['{name}']")
            assert evaluated(engine, made, event={"properties": value}) == "undefined", name
        assert evaluated(engine, code(f"$['{name}']"), event={}) == "undefined"
        written = {"properties": {name: 7}}
        assert evaluated(engine, code(f"$.properties['{name}']"), event=written) == "7"


def test_a_length_is_that_of_a_list(engine):
    made = code("$.properties.length")
    assert evaluated(engine, made, event={"properties": [1, 2]}) == "2"
    assert evaluated(engine, made, event={"properties": "text"}) == "undefined"


@pytest.mark.parametrize(
    "form",
    [
        '{ "a": %s }',
        "[%s]",
        '{ "$each": "$.properties.x", "$as": "line", "$map": %s }',
        '{ "$if": "userId != null", "$then": %s }',
    ],
)
def test_what_is_as_deep_as_our_yaml_allows_is_printed(form):
    written = '"$event.userId"'
    for _ in range(60):
        written = form % written
    assert "event.userId" in code(written, profile=True)


def test_what_is_long_is_printed():
    clauses = [f'userId = "u{number}"' for number in range(1500)]
    assert condition_code(" or ".join(clauses)).count("||") == 1499
    assert code(json.dumps("{{ userId }}, " * 1500)).count("textOf") == 1500
