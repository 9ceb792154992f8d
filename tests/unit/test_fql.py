import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import check, place

from generator.diagnostics import Report
from generator.expressions.scope import FIELDS, Scope
from generator.fql import parse_condition
from generator.fql.functions import FUNCTIONS
from generator.model import And, Call, Choices, Compare, IsTrue, Literal, Not, Or, Path

TRACK = Scope("track", settings=frozenset({"environment"}))
ITEM = Scope("track", item=True, names=("line",))


def read(text, report, scope=TRACK):
    return parse_condition(text, place, scope, report)


def parse(text, scope=TRACK):
    report = Report()
    condition = read(text, report, scope)
    assert [entry for entry in report if entry.code.slug != "actions-differ"] == []
    return condition


def slugs(text, scope=TRACK):
    report = Report()
    read(text, report, scope)
    return [entry.code.slug for entry in report]


def event(*keys):
    return Path("event", keys)


def lit(value):
    return Literal.of(value)


A, B, C = (IsTrue(event("properties", name)) for name in "abc")


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("properties.a", A),
        ("true", IsTrue(lit(value=True))),
        (
            'properties.plan = "pro"',
            Compare("=", event("properties", "plan"), lit("pro")),
        ),
        ("event != 'it\\'s'", Compare("!=", event("event"), lit("it's"))),
        ("properties.n>=-1.5e2", Compare(">=", event("properties", "n"), lit(-150))),
        ("100 < properties.n", Compare("<", lit(100), event("properties", "n"))),
        ("$.userId = null", Compare("=", event("userId"), lit(None))),
        ("$event.userId = null", Compare("=", event("userId"), lit(None))),
        ("$['my field'] = 1", Compare("=", event("my field"), lit(1))),
        (
            "properties.environment = settings.environment",
            Compare("=", event("properties", "environment"), Path("settings", ("environment",))),
        ),
        (
            r"properties.product\ 1.price > 5",
            Compare(">", event("properties", "product 1", "price"), lit(5)),
        ),
        (
            'properties["a b"][0].and.null = 1',
            Compare("=", event("properties", "a b", 0, "and", "null"), lit(1)),
        ),
        (
            'type in ["track", properties.x, 1, null]',
            Compare(
                "in",
                event("type"),
                Choices((lit("track"), event("properties", "x"), lit(1), lit(None))),
            ),
        ),
        ('"a" in properties.tags', Compare("in", lit("a"), event("properties", "tags"))),
        (
            'contains ( lowercase( event ), "a" )',
            IsTrue(Call("contains", (Call("lowercase", (event("event"),)), lit("a")))),
        ),
        (
            "length(properties.tags) > 2",
            Compare(">", Call("length", (event("properties", "tags"),)), lit(2)),
        ),
        (
            r'match(event, "a\*[b-d]?")',
            IsTrue(Call("match", (event("event"), lit(r"a\*[b-d]?")))),
        ),
        (
            "match(event, properties.pattern)",
            IsTrue(Call("match", (event("event"), event("properties", "pattern")))),
        ),
        ("properties.a or properties.b and properties.c", Or((A, And((B, C))))),
        ("(properties.a or properties.b) and properties.c", And((Or((A, B)), C))),
        ("properties.a and properties.b and properties.c", And((A, B, C))),
        ("properties.a and (properties.b and properties.c)", And((A, And((B, C))))),
        ("!properties.a and properties.b", And((Not(A), B))),
        ("!!properties.a", Not(Not(A))),
        ("!properties.n = 1", Not(Compare("=", event("properties", "n"), lit(1)))),
        ("!(properties.a or properties.b)", Not(Or((A, B)))),
        ("\n  properties.a\n  and properties.b\n", And((A, B))),
    ],
)
def test_what_a_condition_means(text, condition):
    assert parse(text) == condition


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("sku", Path("item", ("sku",))),
        ("traits.x", Path("item", ("traits", "x"))),
        ("$.sku", Path("item", ("sku",))),
        ("$", Path("item", ())),
        ("$line.sku", Path("line", ("sku",))),
        ("$event.properties.x", event("properties", "x")),
        ("settings.x", Path("settings", ("x",))),
    ],
)
def test_inside_each_paths_start_at_the_item(text, path):
    assert parse(text, ITEM) == IsTrue(path)


def test_places_are_kept():
    condition = parse('userId != null and contains(event, "x")')
    assert condition.span == place(0, 39)
    assert condition.conditions[1].value.arguments[0].span == place(28, 33)


ERRORS = [
    ("bad-condition", "«»", "write a comparison"),
    ("bad-condition", "properties.a =«»", "write a comparison"),
    ("bad-condition", "properties.a and«»", "write a comparison"),
    ("bad-condition", "properties.a and «or» properties.b", "before it"),
    ("bad-condition", "«=» 1", "before it"),
    ("bad-condition", "properties.a «properties.b»", 'write "and" or "or"'),
    ("bad-condition", 'properties.a = "x" «"y"»', "quotes around a text"),
    ("bad-condition", "properties.a = 1 «=» 1", 'write "and" between'),
    ("bad-condition", "properties.a = «(»1)", "[ ] around a list"),
    ("bad-condition", 'properties.a in «(»"x", "y")', "[ ] around a list"),
    ("bad-condition", "(properties.a) «=» 1", "remove the parentheses"),
    ("bad-condition", "«(»properties.a = 1", "add )"),
    ("bad-condition", "properties.a = 1«)»", "remove it"),
    ("bad-condition", "properties.a in «[»1, 2", "add ]"),
    ("bad-condition", "properties.a in [1, «]»", "before it"),
    ("bad-condition", "properties.a in [1 «2»]", ""),
    ("bad-condition", 'contains«(»event, "a"', "add )"),
    ("bad-condition", "properties.n «-» 1 = 2", 'write "and" or "or"'),
    ("bad-condition", "properties.a = «!»properties.b", "before it"),
    ("foreign-word", "properties.a «&&» properties.b", 'write "and"'),
    ("foreign-word", "properties.a «||» properties.b", 'write "or"'),
    ("foreign-word", "properties.a «==» 1", "write = alone"),
    ("foreign-word", "properties.a «!==» 1", "write !="),
    ("foreign-word", "properties.a «<>» 1", "write !="),
    ("foreign-word", "properties.a «=>» 1", "write >="),
    ("foreign-word", "properties.a «AND» properties.b", 'write "and" in lower case'),
    ("foreign-word", "properties.a «OR» properties.b", 'write "or" in lower case'),
    ("foreign-word", "«NOT» properties.a", "write !"),
    ("foreign-word", "«not» properties.a", "write !"),
    ("foreign-word", "properties.a «not» in [1]", "write !"),
    ("foreign-word", "properties.a «is» null", "= null"),
    ("foreign-word", 'event «contains» "x"', "contains(..., ...)"),
    ("foreign-word", 'event «like» "x"', "match("),
    ("foreign-word", "properties.a «between» 1 and 5", "a >= 1 and a <= 5"),
    ("foreign-word", "userId «exists»", "!= null"),
    ("foreign-word", 'event «startsWith» "A"', '"text*"'),
    ("bad-number", "properties.a >= 1,«000»", "write 1000, without a comma"),
    ("bad-number", "properties.a >= 1,«000»,500", "write 1000500, without a comma"),
    ("bad-number", "properties.a >= «012»", 'as text: "012"'),
    ("bad-condition", "properties.a >= 1«,»200", "without commas in it"),
    ("foreign-word", "properties.a = «TRUE»", 'write "true"'),
    ("foreign-word", "properties.a = «None»", "write null"),
    ("foreign-word", "«{{» properties.a }}", "write the path alone"),
    ("foreign-word", "properties.a = «“»x”", "straight quotes"),
    ("foreign-word", "properties.a «??» 1 = 2", '"or" between them'),
    ("unterminated-text", 'properties.a = «"x»', 'close it with "'),
    ("unterminated-text", "properties.a = «'x\"»", "close it with '"),
    ("unterminated-text", "properties.a = 'it's«'»", "apostrophe"),
    ("bad-escape", r'properties.a = "x«\*»"', r"write \\ for"),
    ("bad-escape", r'match("«\*»", "x")', r"write \\ for"),
    ("bad-path", "properties«. » = 1", "['first name']"),
    ("bad-path", "properties.items«[*]».x = 1", "$each"),
    ("bad-path", "properties.a«\\»", "what the backslash escapes"),
    ("unknown-root", "properties.plan = «enterprise»", 'quote it if it is text: "enterprise"'),
    ("unknown-root", "event = «Order Completed»", '"Order Completed"'),
    ("unknown-root", "event = «Tier 2 plan» or properties.a", '"Tier 2 plan"'),
    ("unknown-root", 'event in [«A», "B"]', '"A"'),
    ("unknown-root", "contains(event, «x»)", '"x"'),
    ("unknown-root", '«plan» = "x"', 'write "properties.plan", or quote it if it is text'),
    ("unknown-root", '«received_at» = "x"', 'write "receivedAt"'),
    ("unknown-root", '«propertis.plan» = "x"', 'write "properties.plan"'),
    ("unknown-root", "«props.items[0]» = 1", 'write "properties.items[0]"'),
    ("unknown-root", "«user.id» = 1", 'write "userId"'),
    ("unknown-root", "«$.plan» = 1", "write \"$.properties.plan\", or $['plan']"),
    ("unknown-root", "type = «group»", 'quote it if it is text: "group"'),
    ("unknown-root", "userId = «user_id»", 'write "userId", or quote it'),
    ("unknown-root", '"vip" in «tags»', 'write "properties.tags", or quote it'),
    ("unknown-root", "properties.total > «limit»", 'write "properties.limit", or quote it'),
    ("unknown-name", "«$properties.a» = 1", "$.properties"),
    ("unknown-setting", "settings.environment = «settings.enviroment»", 'write "environment"'),
    ("whole-settings", "«settings» = null", "$settings.environment"),
    ("unknown-function", '«startsWith»(event, "x")', 'match(..., "text*")'),
    ("unknown-function", '«properties.tags.includes»("x")', "contains(..., ...)"),
    ("unknown-function", "«lenght»(event) > 1", "length(...)"),
    ("unknown-function", '«semver»(properties.v, ">", "1")', "one of contains"),
    ("unknown-function", "«exists»(userId)", "!= null"),
    ("function-arguments", "«contains(event)»", "contains(traits.email"),
    ("function-arguments", "«length()» = 0", "length(userId)"),
    ("function-arguments", "«lowercase(event, 1)» = 'x'", "lowercase(event)"),
    ("condition-too-deep", "(" * 64 + "«(»" + "properties.a" + ")" * 65, "several routes"),
    ("condition-too-deep", "!" * 64 + "«!»properties.a", "several routes"),
]


@pytest.mark.parametrize(("slug", "marked", "advice"), ERRORS)
def test_errors(slug, marked, advice):
    check(read, marked, slug, advice)


def test_all_unknown_words_are_told_at_once():
    assert slugs("plan = 1 or properties.a = pro and tier = 2") == ["unknown-root"] * 3


@pytest.mark.parametrize(
    ("slug", "marked", "advice"),
    [
        ("absent-root", "«traits.plan» = 1", "context.traits"),
        ("absent-root", '«groupId» = "x"', "context.groupId"),
        ("absent-root", '«event.properties.x» = "y"', 'begin with "properties"'),
        ("never-holds", "«contains(event, 1)»", "contains("),
        ("never-holds", "«event in []»", "write the values"),
        ("never-holds", '«contains(["a"], "a")»', "value in [...]"),
        ("never-holds", "«number(true)» = 1", "number("),
        ("never-holds", "«lowercase(length(event))» = 'x'", "lowercase("),
        ("never-holds", '«match("Order *", event)»', "match(event"),
        ("never-holds", 'event = "A" or «"B"»', "in [...]"),
        ("never-holds", "«5»", "write a comparison"),
        ("never-holds", "«null»", "write a comparison"),
        ("never-holds", "«length(event)»", "write a comparison"),
        ("never-holds", "«properties.a < null»", "write ="),
        ("never-holds", "«properties.a >= true»", "write ="),
        ("never-holds", "«properties.a > [1]»", "length("),
        ("never-holds", '«length(event) > "3"»', "one kind"),
        ("never-holds", '«length(event) = "3"»', "one kind"),
        ("never-holds", "«typeof(userId) != 1»", "one kind"),
        ("never-holds", '«typeof(userId) = "boolean"»', 'write "bool"'),
        ("never-holds", '«"array" = typeof(userId)»', 'write "list"'),
        ("never-holds", '«"a" in "abc"»', "contains(text, part)"),
        ("never-holds", "«userId in 5»", 'in ["a", "b"]'),
        ("never-holds", "«[1] in properties.a»", "each value"),
        ("bad-pattern", '«match(event, "a[")»', "two backslashes"),
        ("bad-pattern", '«match(event, "a[]b")»', "two backslashes"),
        ("bad-pattern", '«match(event, "[^]")»', "two backslashes"),
        ("bad-pattern", '«match(event, "[a-]")»', "two backslashes"),
        ("bad-pattern", '«match(event, "[z-a]")»', "two backslashes"),
        ("bad-pattern", r'«match(event, "a\\")»', "two backslashes"),
        ("text-order", '«properties.at >= "2026-01-01"»', "ISO times"),
        ("text-order", "«lowercase(event) < properties.x»", "ISO times"),
        ("text-order", '«properties.total >= "100"»', "write 100 without quotes"),
    ],
)
def test_warnings(slug, marked, advice):
    check(read, marked, slug, advice)


ACTIONS = [
    ('event = "a" or event = "b" and userId != null', "the last counts for all"),
    ('(event = "a" or event = "b" and userId != null)', "the last counts for all"),
    ('(contains(event, "z") or event = "n") and type = "track"', "closes the group too"),
    ('!(event = "a")', "! counts only before contains and match"),
    ('!event = "a"', "! counts only before contains and match"),
    ('!!contains(event, "a")', "! counts only before contains and match"),
    ('anonymousId != null and event = "a"', 'what is asked of "anonymousId" is dropped'),
    ('contains(type, "a") and event = "a"', 'what is asked of "type" is dropped'),
    ("event != null", 'compared with the text "null"'),
    ("type = null", 'compared with the text "null"'),
    ("userId = 1", 'compared with the text "1"'),
    ("event != true", 'compared with the text "true"'),
    ("properties.b != true", "!= true always holds"),
    ("properties.n != 5", "!= 5 holds only where the field is a number"),
    ('!contains(properties.s, "x")', "!contains holds only where the field is a text"),
    ('!match(properties.s, "x*")', "!match holds only where the field is a text"),
    ('match(event, "a*c")', 'whether the text ends with "*c"'),
    ('match(event, "abc")', 'whether the text ends with "bc"'),
    ('match(event, "*b*")', 'whether the text starts with "*b"'),
    ("event != 'a' and userId = 'b'", "single quotes are part of the text"),
    ("properties = null", '"properties.properties"'),
    ('properties.n >= "100"', '"100" is taken as a number'),
    ("properties.n >= true", "true is taken as a number"),
]


@pytest.mark.parametrize(("text", "reason"), ACTIONS)
def test_where_an_actions_trigger_differs(text, reason):
    report = Report()
    assert read(text, report) is not None
    [warned] = [entry for entry in report if entry.code.slug == "actions-differ"]
    assert warned.span == place(0, len(text))
    assert any(reason in note.message for note in warned.notes)


def test_one_warning_names_every_difference():
    report = Report()
    read('!(properties.n != 5) or event = "a" and properties.b != true', report)
    [warned] = list(report)
    assert [note.span.column for note in warned.notes] == [1, 3, 37, 41]


@pytest.mark.parametrize(
    "text",
    [
        "properties.total >= 100",
        'properties.plan = "enterprise"',
        "properties.environment = null or properties.environment = settings.environment",
        'event = "a" and (userId != null or contains(properties.s, "x"))',
        '(event = "a" or event = "b") and properties.plan != "free"',
        'match(event, "Order *") or match(event, "* Order")',
        # Not readable there, so that no trigger can have been moved:
        "event = 'Order Completed'",
        "properties.vip",
        "!properties.internal",
        '"a" in properties.tags',
        "length(properties.tags) != 2",
        'anonymousId != null or messageId = "x"',
        '((event = "a" or event = "b") and (properties.n != 5))',
        'event in ["a"] or event = "b" and properties.n != 5',
    ],
)
def test_an_actions_trigger_that_agrees_or_never_worked(text):
    assert slugs(text) == []


# --- what is printed is read again, and nothing crashes ---

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
KEYS = st.lists(st.one_of(st.integers(0, 999), TEXTS), max_size=3).map(tuple)
NUMBERS = st.one_of(st.integers(-(2**53), 2**53), st.floats(-1e9, 1e9).map(lambda x: round(x, 3)))
PATHS = st.one_of(
    st.builds(lambda root, keys: event(root, *keys), st.sampled_from(sorted(FIELDS)), KEYS),
    st.builds(lambda keys: Path("line", keys), KEYS),
    st.builds(lambda keys: Path("item", keys), KEYS),
)
TEXT_OPERANDS = st.one_of(
    PATHS,
    TEXTS.map(lit),
    st.builds(lambda path: Call("lowercase", (path,)), PATHS),
    st.builds(lambda path: Call("string", (path,)), PATHS),
)
NUMBER_OPERANDS = st.one_of(
    PATHS, NUMBERS.map(lit), st.builds(lambda path: Call("length", (path,)), PATHS)
)
ANY_OPERANDS = st.one_of(PATHS, TEXTS.map(lit), NUMBERS.map(lit), st.booleans().map(lit))
LISTS = st.one_of(PATHS, st.lists(ANY_OPERANDS, max_size=3).map(tuple).map(Choices))
CLAUSES = st.one_of(
    st.builds(Compare, st.sampled_from(["=", "!=", "<", ">="]), TEXT_OPERANDS, TEXT_OPERANDS),
    st.builds(Compare, st.sampled_from(["=", "!=", "<=", ">"]), NUMBER_OPERANDS, NUMBER_OPERANDS),
    st.builds(Compare, st.just("in"), ANY_OPERANDS, LISTS),
    st.builds(IsTrue, PATHS),
    st.builds(lambda a, b: IsTrue(Call("contains", (a, b))), TEXT_OPERANDS, TEXT_OPERANDS),
    st.builds(
        lambda a, b: IsTrue(Call("match", (a, lit(b)))),
        PATHS,
        st.sampled_from(["*", "a?[b-d]", r"\*\\", r"[\]]", "[^a-z]*"]),
    ),
)
MANY = {"min_size": 2, "max_size": 3}
CONDITIONS = st.recursive(
    CLAUSES,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, **MANY).map(tuple).map(And),
        st.lists(inner, **MANY).map(tuple).map(Or),
    ),
    max_leaves=6,
)


def show(tree):
    """A condition in canonical form."""
    match tree:
        case Compare():
            return f"{show_value(tree.left)} {tree.operator} {show_value(tree.right)}"
        case IsTrue():
            return show_value(tree.value)
        case Not(And() | Or() as inner):
            return f"!({show(inner)})"
        case Not():
            return f"!{show(tree.condition)}"
        case And():
            return " and ".join(grouped(inner, And | Or) for inner in tree.conditions)
        case Or():
            return " or ".join(grouped(inner, Or) for inner in tree.conditions)


def grouped(tree, kinds):
    return f"({show(tree)})" if isinstance(tree, kinds) else show(tree)


def show_value(tree):
    match tree:
        case Literal():
            return tree.json
        case Path():
            root = {"item": "$", "event": "$event", "line": "$line"}[tree.root]
            return root + "".join(map(show_key, tree.keys))
        case Call():
            return f"{tree.function}({', '.join(map(show_value, tree.arguments))})"
        case Choices():
            return f"[{', '.join(map(show_value, tree.items))}]"


def show_key(key):
    if isinstance(key, int):
        return f"[{key}]"
    if key.isascii() and key.isidentifier():
        return f".{key}"
    if key and "'" in key:
        return "." + "".join(f"\\{character}" for character in key)
    return f"[{json.dumps(key)}]"


@given(CONDITIONS)
def test_a_printed_condition_reads_the_same(condition):
    report = Report()
    assert read(show(condition), report, ITEM) == condition
    assert not report.failed


FRAGMENTS = [
    ["properties.a", "$.", "$", "event", "settings.", "(", ")", "[", "]", ",", "!", "=", "!=", "<"],
    [">=", "==", "&&", " and ", " or ", " in ", "AND", "not ", '"', "'", "\\", "1", "-", "true"],
    ["contains(", "match(", "length(", "foo(", "null", " ", "*", "{{", "\ud800", "é"],
]
NOISE = st.one_of(
    st.text(max_size=20),
    st.lists(st.one_of(map(st.sampled_from, FRAGMENTS)), max_size=14).map("".join),
)


@given(NOISE, st.sampled_from([TRACK, ITEM, Scope(None)]))
def test_no_text_crashes(text, scope):
    report = Report()
    assert (read(text, report, scope) is None) == report.failed


def test_every_example_of_a_function_is_a_function():
    for name, function in FUNCTIONS.items():
        report = Report()
        read(f"{function.example} = null", report, Scope(None))
        assert "function" not in " ".join(entry.code.slug for entry in report), name
