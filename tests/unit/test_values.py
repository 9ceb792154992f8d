import inspect
import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import source
from generator.diagnostics import CATALOGUE, Report, Severity
from generator.expressions import parse_path
from generator.expressions.scope import Scope
from generator.model import (
    Coalesce,
    Compare,
    Directive,
    Each,
    If,
    IsTrue,
    ListOf,
    Literal,
    MapOf,
    Merge,
    Path,
    Template,
)
from generator.values import placer, read_condition, read_value

TRACK = Scope("track")


def read(yaml, scope=TRACK):
    report = Report()
    document = source.parse(textwrap.dedent(yaml), "m.yaml", report)
    assert list(report) == []
    return read_value(document.root, document, scope, report), report


def value(yaml, scope=TRACK):
    result, report = read(yaml, scope)
    assert list(report) == []
    return result


def findings(yaml, scope=TRACK):
    """Every finding as `line:column slug`; no value comes of a text with an error."""
    result, report = read(yaml, scope)
    failed = any(entry.severity is Severity.ERROR for entry in report)
    assert (result is None) == failed
    return [f"{entry.span.line}:{entry.span.column} {entry.code.slug}" for entry in report]


def event(*keys):
    return Path("event", keys)


def lit(json_value):
    return Literal.of(json_value)


def item(*keys):
    return Path("item", keys)


USER, TAGS = event("userId"), event("properties", "tags")


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("vip", lit("vip")),
        ("42", lit(42)),
        ("true", lit(json_value=True)),
        ("null", lit(None)),
        ("1.50", lit(1.5)),
        ("'42'", lit("42")),
        ("$.userId", USER),
        ("'Hi {{ userId }}'", Template((lit("Hi "), USER))),
        ("{}", MapOf(())),
        ("[]", ListOf(())),
        ("- $.userId\n- a", ListOf((USER, lit("a")))),
        ("a: $.userId\nb:\n  c: 1", MapOf((("a", USER), ("b", MapOf((("c", lit(1)),)))))),
        ("$$plan: 1\n'@@type': 2", MapOf((("$plan", lit(1)), ("@type", lit(2))))),
        ("__proto__: 1\nconstructor: 2", MapOf((("__proto__", lit(1)), ("constructor", lit(2))))),
        ("$first:\n  - $.userId\n  - a", Coalesce((USER, lit("a")))),
        ("$first:\n  - $.userId ?? $.type\n  - a", Coalesce((USER, event("type"), lit("a")))),
        ("$first: [$.userId]", USER),
        (
            "$each: $.properties.tags\n$map:\n  tag: $\n  id: $event.userId",
            Each(TAGS, MapOf((("tag", item()), ("id", USER)))),
        ),
        (
            "$each: $.properties.tags\n$as: line\n$map:\n  $each: $.a\n  $map: [$.sku, $line.id]",
            Each(
                TAGS,
                Each(item("a"), ListOf((item("sku"), Path("line", ("id",))))),
                "line",
            ),
        ),
        (
            "$if: userId = null\n$then: a\n$else: false",
            If(Compare("=", USER, lit(None)), lit("a"), lit(json_value=False)),
        ),
        ("$if: properties.tags\n$else: null", If(IsTrue(TAGS), None, lit(None))),
        (
            "$merge:\n  - $.properties.tags\n  - a: 1",
            Merge((TAGS, MapOf((("a", lit(1)),)))),
        ),
        (
            "$literal:\n  $if: '{{ x }}'\n  '@path': [$.userId, 1]",
            lit({"$if": "{{ x }}", "@path": ["$.userId", 1]}),
        ),
        ("'@path': $.properties.tags", Directive("path", lit("$.properties.tags"))),
        (
            "'@path': $.properties.tags\n_metadata:\n  label: x",
            Directive("path", lit("$.properties.tags")),
        ),
    ],
)
def test_what_a_node_means(yaml, expected):
    assert value(yaml) == expected


def test_inside_each_conditions_and_directives_start_at_the_item():
    each = value(
        """
        $each: $.properties.tags
        $map:
          $if: sku = "x" and $event.type = "track"
          $then:
            "@path": $.whatever
        """
    )
    assert each.item.condition.conditions[0] == Compare("=", item("sku"), lit("x"))
    assert each.item.then == Directive("path", lit("$.whatever"))


def test_places_of_values_of_any_style():
    merged = value("a: [ $.userId, 'it''s {{ type }}', 1.50 ]\n")
    listed = merged.entries[0][1]
    assert [(part.span.line, part.span.column) for part in listed.items][0::2] == [(1, 6), (1, 36)]
    assert listed.items[1].parts[1].span.line == 1


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        ("a: $.userId ??\nb: '{{ }}'", ["1:15 bad-expression", "2:5 bad-hole"]),
        ("$plan: 1", ["1:1 unknown-special-key"]),
        ("$: 1", ["1:1 unknown-special-key"]),
        ("$eachh: 1\n$map: 2", ["1:1 unknown-special-key"]),
        ("$then: 1", ["1:1 missing-special-key"]),
        ("$each: $.properties.tags", ["1:1 missing-special-key"]),
        ("$if: userId", ["1:1 missing-special-key"]),
        ("$if: userId = 1\n$then: 1\nplan: 2", ["3:1 mixed-keys"]),
        ("$if: userId = 1\n$then: 1\n$merge: 2", ["3:1 mixed-keys"]),
        ("$literal: 1\n'@path': x", ["2:1 mixed-keys"]),
        ("$if: userId = 1\n$than: 1", ["2:1 unknown-special-key"]),
        ("$first: $.userId", ["1:9 wrong-special-value"]),
        ("$first: []", ["1:9 wrong-special-value"]),
        ("$merge:\n  a: 1", ["2:3 wrong-special-value"]),
        ("$each: tags\n$map: $", ["1:8 wrong-special-value"]),
        ("$each: $.properties.a\n$as: 1\n$map: $", ["2:6 wrong-special-value"]),
        ("$each: $.properties.a\n$as: event\n$map: $", ["2:6 wrong-special-value"]),
        ("$if: true\n$then: 1", ["1:6 no-condition"]),
        ("$if:\n  userId: 1\n$then: 1", ["2:3 no-condition"]),
        ("$if: userId == 1\n$then: $.x.\n", ["1:13 foreign-word", "2:11 bad-path"]),
        ("$each: $.properties.a\n$map: $.\n", ["2:8 bad-path"]),
        ("$line.sku", ["1:1 looks-like-a-path"]),
    ],
)
def test_errors_of_forms(yaml, found):
    assert findings(yaml) == found


DIRECTIVES = [
    "'@path': $.properties.x",
    "'@path':\n  '@template': 'properties.{{properties.x}}'",
    "'@template': Hi {{ properties.name }}",
    "'@literal':\n  a: 1\n  b:\n    '@path': $.userId",
    "'@if':\n  exists:\n    '@path': $.userId\n  then: 1\n  else: 2",
    "'@case':\n  operator: upper\n  value:\n    '@path': $.event",
    "'@replace':\n  pattern: $\n  replacement: ''\n  value: x\n  ignorecase: true",
    "'@replace':\n  pattern: a\n  pattern2: b\n  replacement2: c\n  value: ''",
    "'@arrayPath':\n  - $.properties.x\n  - id:\n      '@path': $.whatever",
    "'@arrayPath':\n  - '@path': $.properties.x",
    "'@json':\n  mode: encode\n  value:\n    '@path': $.properties",
    "'@flatten':\n  separator: '.'\n  value:\n    '@path': $.properties\n  omitArrays: true",
    "'@merge':\n  direction: left\n  objects:\n    - '@path': $.properties\n    - a: 1",
    "'@transform':\n  apply:\n    '@path': $.properties\n  mapping:\n    b:\n      '@path': $.a",
    "'@excludeWhenNull':\n  '@path': $.properties.x",
]


@pytest.mark.parametrize("yaml", DIRECTIVES)
def test_directives_are_kept_as_they_are(yaml):
    directive = value(yaml)
    document = source.parse(yaml, "m.yaml", Report())
    assert {f"@{directive.name}": directive.argument.value} == source.to_data(document.root)


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        ("'@pth': $.userId", ["1:1 unknown-directive"]),
        ("'@path': $.userId\ndefault: x", ["2:1 directive-keys"]),
        ("'@path': $.userId\n'@case': x", ["2:1 directive-keys", "2:10 directive-argument"]),
        ("'@liquid': '{{ x }}'", ["1:1 no-liquid"]),
        ("'@literal':\n  '@liquid': x", ["2:3 no-liquid"]),
        ("'@literal':\n  - '@path': $.userId\n    x: 1", ["3:5 directive-keys"]),
        ("'@path': 1", ["1:10 directive-argument"]),
        ("'@path':\n  a: $.userId", ["2:3 directive-argument", "2:6 not-evaluated"]),
        ("'@path':\n  '@path': 1", ["2:12 directive-argument"]),
        ("'@template': null", ["1:14 directive-argument"]),
        ("'@if': x", ["1:8 directive-argument"]),
        ("'@if':\n  '@path': $.userId", ["2:3 directive-argument"]),
        ("'@if':\n  then: 1", ["2:3 directive-argument"]),
        ("'@if':\n  exists: ''\n  then: 1", ["2:3 directive-argument"]),
        ("'@if':\n  exists:\n    '@path': 1", ["3:14 directive-argument"]),
        ("'@case':\n  value: x", ["2:3 directive-argument"]),
        ("'@case':\n  operator: UPPER\n  value: x", ["2:13 directive-argument"]),
        ("'@case':\n  operator: upper\n  value: 1", ["3:10 directive-argument"]),
        ("'@replace':\n  value: x", ["2:3 directive-argument"]),
        ("'@replace':\n  pattern: a", ["2:3 directive-argument"]),
        ("'@replace':\n  pattern: ''\n  value: x", ["2:12 directive-argument"]),
        ("'@replace':\n  pattern: 12345678901\n  value: x", ["2:12 directive-argument"]),
        ("'@replace':\n  pattern: abcdefghijk\n  value: x", ["2:12 directive-argument"]),
        ("'@replace':\n  pattern: 🎈🎈🎈🎈🎈🎈\n  value: x", ["2:12 directive-argument"]),
        ("'@replace':\n  pattern: a\n  pattern2: 1\n  value: x", ["3:13 directive-argument"]),
        ("'@replace':\n  pattern: a\n  global: 1\n  value: x", ["3:11 directive-argument"]),
        ("'@replace':\n  pattern: a\n  value: [x]", ["3:10 directive-argument"]),
        ("'@arrayPath': $.x", ["1:15 directive-argument"]),
        ("'@arrayPath': []", ["1:15 directive-argument"]),
        ("'@arrayPath': [1]", ["1:16 directive-argument"]),
        ("'@json':\n  value: x", ["2:3 directive-argument"]),
        ("'@json':\n  mode: both\n  value: x", ["2:9 directive-argument"]),
        ("'@json':\n  mode: encode\n  value: 0", ["3:10 directive-argument"]),
        ("'@flatten':\n  value: x", ["2:3 directive-argument"]),
        ("'@flatten':\n  value: x\n  separator: ''", ["3:14 directive-argument"]),
        ("'@merge':\n  objects: []", ["2:3 directive-argument"]),
        ("'@merge':\n  objects: {}\n  direction: left", ["2:12 directive-argument"]),
        ("'@merge':\n  objects: [x]\n  direction: up", ["2:13 directive-argument"] * 1
         + ["3:14 directive-argument"]),
        ("'@transform':\n  apply: {}", ["2:3 directive-argument"]),
        ("'@transform':\n  apply: x\n  mapping: {}", ["2:10 directive-argument"]),
    ],
)  # fmt: skip
def test_errors_of_directives(yaml, found):
    assert findings(yaml) == found


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        ("'@if':\n  exists: x\n  else: false", ["3:9 dropped-else"]),
        ("'@if':\n  exists: x\n  else: null", ["3:9 dropped-else"]),
        ("'@if':\n  exists: x\n  else:\n    '@literal': false", []),
        ("'@if':\n  exists: x\n  els: 1", ["3:3 ignored-key"]),
        ("'@if':\n  blank:\n    '@path': $.userId\n  then: 1", ["3:5 loose-blank"]),
        ("'@if':\n  exists: x\n  blank: x", ["3:10 ignored-key"]),
        ("'@template': Hi {{$.userId}}", ["1:14 dead-path"]),
        ("'@template': Hi {{ userId | upcase }}", ["1:14 dead-path"]),
        ("'@template': Hi {{{userId}}}", ["1:14 scanned-twice"]),
        ("'@template': Hi {{ }}", ["1:14 whole-event"]),
        ("'@path': $", ["1:10 dead-path"]),
        ("'@path': $['userId']", ["1:10 dead-path"]),
        ("'@path': $.properties.x[*]", ["1:10 dead-path"]),
        ("'@path': $.", ["1:10 whole-event"]),
        ("'@path': $.traits.x", ["1:10 absent-root"]),
        ("'@path': $.propertis['x']", ["1:10 absent-root"]),
        ("'@json':\n  mode: ENCODE\n  value: x", ["2:9 wrong-case"]),
        ("'@merge':\n  objects: []\n  direction: LEFT", ["3:14 wrong-case"]),
        ("'@replace':\n  pattern: a\n  replacement: $&\n  value: x", ["3:16 special-replacement"]),
        ("'@replace':\n  pattern: a\n  replacement: $$\n  value: x", ["3:16 special-replacement"]),
        ("'@replace':\n  pattern: a\n  replacement: $1\n  value: x", []),
        ("'@replace':\n  pattern: a\n  value: $.userId", ["3:10 not-evaluated"]),
        ("'@literal': Hi {{ userId }}", ["1:13 not-evaluated"]),
        ("'@literal':\n  $if: x", ["2:3 not-evaluated"]),
        ("'@arrayPath':\n  - $.properties.x\n  - {}\n  - 1", ["4:5 ignored-key"]),
    ],
)
def test_warnings_of_directives(yaml, found):
    assert findings(yaml) == found


def test_an_item_may_be_anything_to_a_path():
    assert findings("'@path': $.", Scope("track", item=True)) == []
    assert findings("'@path': $.sku", Scope("track", item=True)) == []


@pytest.mark.parametrize("yaml", ["1", "[a]", "a: b", "null"])
def test_a_condition_is_a_text(yaml):
    report = Report()
    document = source.parse(yaml, "m.yaml", report)
    assert read_condition(document.root, document, TRACK, report) is None
    assert [entry.code.slug for entry in report] == ["no-condition"]


def test_a_condition_in_a_block():
    report = Report()
    document = source.parse("when: >-\n  userId != null\n  and type == 1\n", "m.yaml", report)
    assert read_condition(document.root.get("when"), document, TRACK, report) is None
    [found] = report
    assert found.code.slug == "foreign-word"


CODES = [code for code in CATALOGUE.values() if code.code[0] in "EQK"]
UNSHOWN = {"condition-too-deep"}  # 65 parentheses teach nobody


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.slug)
def test_the_examples_of_a_code_are_what_they_say(code):
    blocks = re.findall(r"```yaml\n(.*?)```", inspect.cleandoc(code.doc), re.DOTALL)
    found = [slugs_of_example(block) for block in blocks]
    assert [code.slug in slugs for slugs in found] == (
        [False, False] if code.slug in UNSHOWN else [True, False]
    )
    assert found[-1] <= {"actions-differ"}


def slugs_of_example(block):
    report = Report()
    document = source.parse(block, "m.yaml", report)
    settings = frozenset() if "without the lines below" in block else frozenset({"environment"})
    scope = Scope("track" if "track:" in block else None, settings=settings)
    for key, node in document.root.entries:
        if key.text == "when":
            read_condition(node, document, scope, report)
        elif key.text == "require":
            parse_path(node.items[0].text, placer(node.items[0], document), scope, report)
        elif not key.text.startswith("$"):
            read_value(node, document, scope, report)
    if any(key.text.startswith("$") for key, _ in document.root.entries):
        read_value(document.root, document, scope, report)
    return {entry.code.slug for entry in report}


SCALARS = st.sampled_from(
    ["$.userId", "$", "x", "{{ userId }}", "{{", "$.", "sku", "left", "encode", "", None, 0, 1.5]
)
KEYS = st.sampled_from(
    ["a", "$first", "$each", "$map", "$as", "$if", "$then", "$else", "$merge", "$literal", "$x"]
    + [f"@{name}" for name in ("path", "template", "literal", "if", "case", "replace", "json")]
    + [f"@{name}" for name in ("arrayPath", "flatten", "merge", "transform", "liquid", "x")]
    + ["exists", "blank", "operator", "value", "pattern", "mode", "objects", "direction", "$$a"]
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@given(TREES)
def test_no_tree_crashes(tree):
    report = Report()
    document = source.parse(as_yaml(tree), "m.yaml", report)
    result = read_value(document.root, document, TRACK, report)
    assert (result is None) == report.failed


def as_yaml(tree):
    """JSON is YAML, but for the scalars that YAML reads otherwise in flow style."""
    match tree:
        case dict():
            return f"{{{', '.join(f'{as_yaml(key)}: {as_yaml(tree[key])}' for key in tree)}}}"
        case list():
            return f"[{', '.join(map(as_yaml, tree))}]"
        case str():
            return f'"{tree}"'
        case None:
            return "null"
    return str(tree)
