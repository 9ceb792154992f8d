"""What the functions that ship in a generated file give, for whatever comes with an event."""

import json
import re
from contextlib import closing
from pathlib import Path

import pytest
from py_mini_racer import MiniRacer

ROOT = Path(__file__).parents[2]
HELPERS, PACKAGE = ROOT / "templates" / "helpers", ROOT / "generator" / "emit"
UNDEFINED = object()
ANYTHING = ["undefined", "null", "true", "0", "-1e300", "''", "'text'", "[]", "[null, [1]]", "{}"]
ANYTHING += ["{ a: { b: null } }", 'JSON.parse(\'{"__proto__": 1, "toString": 2}\')']


@pytest.fixture(scope="module")
def engine():
    with closing(MiniRacer()) as context:
        for file in sorted(HELPERS.glob("*.js")):
            context.eval(file.read_text("utf-8"))
        yield context


def result(engine, call):
    answer = engine.eval(f"String(JSON.stringify({call}))")
    return UNDEFINED if answer == "undefined" else json.loads(answer)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        # types
        ("asText(5)", "5"),
        ("asText(false)", "false"),
        ("asText([])", UNDEFINED),
        ("asId(' u1 ')", "u1"),
        ("asId(7)", "7"),
        ("asId('  ')", UNDEFINED),
        ("asEmail('ada@example.com')", "ada@example.com"),
        ("asEmail('a b@example.com')", UNDEFINED),
        ("asEmail('a@b@example.com')", UNDEFINED),
        ("asEmail('a@b.c')", UNDEFINED),
        ("asEmail('x'.repeat(320) + '@example.com')", UNDEFINED),
        ("asPhone('+46 (0)70-123.45')", "+46 (0)70-123.45"),
        ("asPhone(4670123)", "4670123"),
        ("asPhone('1234')", UNDEFINED),
        ("asPhone(true)", UNDEFINED),
        ("asUrl('HTTPS://example.com/a?b#c')", "HTTPS://example.com/a?b#c"),
        ("asUrl('https:///a')", UNDEFINED),
        ("asUrl('https://a b')", UNDEFINED),
        ("asUrl('ftp://example.com')", UNDEFINED),
        ("asLocale('en_US')", "en_US"),
        ("asLocale('EN')", UNDEFINED),
        ("asTimezone('Europe/Stockholm')", "Europe/Stockholm"),
        ("asTimezone('Europe/Atlantis')", UNDEFINED),
        ("asTimezone('+02:00')", UNDEFINED),
        ("asBoolean('true')", UNDEFINED),
        ("asNumber('5')", UNDEFINED),
        ("asObject([])", UNDEFINED),
        ("asList(['a', 1, null, '', {}], asId)", ["a", "1"]),
        ("asList(['a', 'b', 'c'], asId, 2)", ["a", "b"]),
        ("asList([1, null])", [1, None]),
        ("asList('a', asId)", UNDEFINED),
        ("oneOf('a', ['a', 'b'])", "a"),
        ("oneOf(['a'], ['a', 'b'])", UNDEFINED),
        ("asMembers({ a: '1', b: 2, c: 3 }, { a: asText, b: asText })", {"a": "1", "b": "2"}),
        ("asMembers({ a: [], c: 3 }, { a: asText }, true)", {"c": 3}),
        # absence
        ("withoutNulls({ a: null, b: { c: null, d: [null] } })", {"b": {"d": [None]}}),
        ("present({ a: undefined })", UNDEFINED),
        ("present({ a: null, b: undefined })", {"a": None}),
        ("'b' in withoutMissing({ a: 1, b: undefined })", False),
        ("withoutMissing({ a: undefined })", UNDEFINED),
        ("firstKnown(undefined, null, 0, 1)", 0),
        ("firstKnown(null, undefined)", None),
        ("firstKnown(undefined)", UNDEFINED),
        ("merged({ a: 1, b: 1 }, undefined, [2], { b: 2, c: undefined })", {"a": 1, "b": 2}),
        ("merged(null, 'text')", UNDEFINED),
        ("merged({})", {}),
        ("each([1, null, 2], (item) => item ?? undefined)", [1, 2]),
        ("each({ length: 1 }, (item) => item)", UNDEFINED),
        # texts with holes
        ("textOf(null) + textOf(false) + textOf([1, { a: 'b' }])", 'false[1,{"a":"b"}]'),
        ("joined('order-', 7, ' ', 'x ')", "order-7 x"),
        ("joined('order-', undefined)", UNDEFINED),
        ("joined('order-', ' ')", UNDEFINED),
        ("joined('order-', [])", UNDEFINED),
        ("joined('', 0)", "0"),
        ("encodedPart('a/b ?\\ud800')", "a%2Fb%20%3F%EF%BF%BD"),
        ("encodedPart('..')", UNDEFINED),
        # filters
        ("titlecase('order COMPLETED  ärger')", "Order COMPLETED  Ärger"),
        ("snakecase('Order Completed\\u00a0x')", "Order_Completed_x"),
        ("kebabcase('Order  Completed')", "Order--Completed"),
        ("stringOf({ a: 1 })", '{"a":1}'),
        ("jsonOf('a')", '"a"'),
        ("numberOf(' -1.5e3 ')", -1500),
        ("numberOf('0x10')", UNDEFINED),
        ("numberOf('1e999')", UNDEFINED),
        ("numberOf('')", UNDEFINED),
        ("boolOf('true') && boolOf(1)", True),
        ("boolOf('yes')", UNDEFINED),
        ("lengthOf('aé日😀\\ud800')", 1 + 2 + 3 + 4 + 3),
        ("lengthOf([1, 2])", 2),
        ("firstItem([])", UNDEFINED),
        ("lastItem([1, 2])", 2),
        ("joinedBy([1, null, true, 'a'], ', ')", "1, , true, a"),
        ("joinedBy([[1]], ', ')", UNDEFINED),
        ("splitBy('a,b', ',')", ["a", "b"]),
        ("replaced('a.b.c', '.', '$&')", "a$&b$&c"),
        ("fixedTo(2.5, 2)", "2.50"),
        ("truncated('a😀b', 2)", "a😀"),
        ("timestampOf('2025-10-06T07:43:18.248Z')", 1759736598),
        ("timestampOf('2025-10-06T09:43:18+0200')", 1759736598),
        ("timestampOf(1759736598248)", 1759736598),
        ("timestampOf(99999999999)", 99999999999),
        ("timestampOf('2024-02-30')", UNDEFINED),
        ("timestampOf('yesterday')", UNDEFINED),
        ("timestampOf('2025-10-06T24:00')", UNDEFINED),
        ("dateOf('2025-10-06T23:30:00-05:30', 'day')", "2025-10-07"),
        ("dateOf(0, 'iso')", "1970-01-01T00:00:00.000Z"),
        ("dateOf(1e300, 'iso')", UNDEFINED),
        ("e164('0046 (70) 123-45.67')", "+46701234567"),
        ("e164('070 123 45 67')", UNDEFINED),
        ("compacted([1, null, [null]])", [1, [None]]),
        ("compacted({ a: null, b: { c: null } })", {"b": {"c": None}}),
        ("nonempty({})", UNDEFINED),
        ("nonempty(0)", 0),
        ("picked({ a: 1, b: 2 }, 'b', 'toString')", {"b": 2}),
        ("omitted({ a: 1, b: 2 }, 'b')", {"a": 1}),
        # conditions
        ("isEqual(undefined, null)", True),
        ("isEqual([1, { a: 2 }], [1, { a: 2 }])", True),
        ("isEqual(1, '1')", False),
        ("isIn(undefined, [1, null])", True),
        ("isIn('a', 'abc')", False),
        ("isAtLeast(2, 2) && isMore('b', 'a') && isLess(1, 2) && isAtMost('a', 'a')", True),
        ("isAtLeast('150', 100)", False),
        ("isLess(null, 1)", False),
        ("typeOf([]) + typeOf(null) + typeOf(true) + typeOf({})", "listnullboolobject"),
        ("glob('ab*d😀', 'a?[*]\\\\d?')", True),
        ("glob('abc', 'ab')", False),
        ("glob('b', '[^a]') && !glob('a', '[^a]')", True),
        ("glob('abXcYd', 'a*X*Y*')", True),
        ("glob('a', '[a')", False),
        ("glob('a'.repeat(20000), '*a'.repeat(20) + 'b')", False),
    ],
)
def test_functions_give(engine, call, expected):
    assert result(engine, call) == expected


CALLS = """
own(_, 'a') orNull(_, asId) each(_, (item) => item) asMembers(_, { a: asId }) asList(_, asId)
oneOf(_, ['a']) joinedBy(_, ',') splitBy(_, ',') glob(_, '*') glob('a', _) replaced(_, 'a', 'b')
fixedTo(_, 2) truncated(_, 2) dateOf(_, 'iso') picked(_, 'a') omitted(_, 'a') contains(_, 'a')
contains('a', _) matches(_, /a/) isIn(_, [{}]) isIn(1, _) isEqual(_, []) isEqual('a', _)
isLess(_, 1) isMore('a', _) isAtLeast(_, _) isAtMost(_, _) typeOf(_)
asText(_) asId(_) asEmail(_) asPhone(_) asUrl(_) asLocale(_) asTimezone(_) asBoolean(_)
asNumber(_) asObject(_) withoutNulls(_) eachWithoutNulls(_) merged(_, _) firstKnown(_, _)
textOf(_) joined('a', _) encodedPart(_) lowercase(_) uppercase(_) titlecase(_) trimmed(_)
snakecase(_) kebabcase(_) stringOf(_) jsonOf(_) numberOf(_) boolOf(_) lengthOf(_)
firstItem(_) lastItem(_) timestampOf(_) e164(_) compacted(_) nonempty(_)
memberAt(_, 'a.b') rendered(_, '{{a}}') plainText(_) isBlank(_) lowerText(_) upperText(_)
replacedText(_, /a/g, 'b') shapedItems(_, (item) => item) decodedJson(_) flattened(_, '.')
assigned(_, _) withoutUndefined(_) nullsExcluded(_)
"""


def test_no_value_makes_a_function_throw(engine):
    for call in re.findall(r"\w+\(.*?\)(?=\s\w|\s*$)", CALLS):
        for value in ANYTHING:
            engine.eval(re.sub(r"\b_\b", lambda _, value=value: f"({value})", call))
    assert engine.eval("Object.keys(Object.prototype).length") == 0


def test_every_function_of_values_is_called_with_anything():
    """The list above is whole: only what never sees a value of the event is left out."""
    others = """areComparable globClass globTests millisecondsOf millisecondsOfIso present
      presentItems put readPath sha256 strictly transformed withoutMissing"""
    called = {*re.findall(r"\w+(?=\()", CALLS), *others.split()}
    modules = ["conditions", "directives", "expressions", "fits", "globs", "paths"]
    code = "".join((PACKAGE / f"{name}.py").read_text("utf-8") for name in modules)
    named = {file.stem for file in HELPERS.glob("*.js") if f'"{file.stem}"' in code}
    assert named - called == set()


@pytest.mark.parametrize(
    "call",
    [
        "put(made, '__proto__', { x: 1 })",
        "withoutNulls(written)",
        "merged(written, { y: 1 })",
        "picked(written, '__proto__')",
        "assigned(written)",
        "flattened({ __proto__: null, ['__proto__']: 1 }, '.')",
        "withoutUndefined(written)",
        "compacted(written)",
    ],
)
def test_a_prototype_is_never_set(engine, call):
    made = f"""(() => {{
      const made = {{}};
      const written = JSON.parse('{{"__proto__": {{"x": 1}}}}');
      const given = {call} ?? made;
      const isPlain = Object.getPrototypeOf(given) === Object.prototype;
      return isPlain && Object.keys(given)[0] === "__proto__" && given.x === undefined;
    }})()"""
    assert engine.eval(made) is True


def test_strictly_refuses_only_what_is_there(engine):
    assert result(engine, "strictly(asEmail, null, 'x')") is UNDEFINED
    assert result(engine, "strictly(asEmail, 'ada@example.com', 'x')") == "ada@example.com"
    refused = (
        "(() => { try { strictly(asEmail, 'secret', 'x is no'); } catch (e) { return e; } })()"
    )
    assert result(engine, refused) == {"name": "InvalidEventPayload", "message": "x is no"}


@pytest.mark.node
def test_functions_are_as_prettier_prints_them(run_node):
    files = sorted(HELPERS.parent.rglob("helpers/*.js"))
    codes = [file.read_text("utf-8") for file in files]
    formatted = run_node("format.mjs", codes)
    told = zip(files, codes, formatted, strict=True)
    assert [file.name for file, ours, theirs in told if ours != theirs] == []


def test_functions_know_no_realm():
    """Events come from another realm: their prototypes are not ours."""
    for file in sorted(HELPERS.parent.rglob("helpers/*.js")):
        code = file.read_text("utf-8")
        assert " instanceof " not in code, file.name
        assert ".constructor" not in code, file.name
