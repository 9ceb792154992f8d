import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import check, place

from generator.diagnostics import Report
from generator.expressions import parse_path, parse_text
from generator.expressions.filters import ALIASES, FILTERS
from generator.expressions.scope import FIELDS, Scope
from generator.model import Coalesce, Filtered, Literal, Path, Template

TRACK = Scope("track", settings=frozenset({"environment"}))
ITEM = Scope("track", item=True, names=("line",))


def parse(text, scope=TRACK):
    report = Report()
    value = parse_text(text, place, scope, report)
    assert list(report) == []
    return value


def event(*keys):
    return Path("event", keys)


def text(value):
    return Literal.of(value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("vip", text("vip")),
        ("", text("")),
        ("$5 off", text("$5 off")),
        ("US$ and $x", text("US$ and $x")),
        ("$eventful", text("$eventful")),
        ("$.properties.items[0].sku", event("properties", "items", 0, "sku")),
        ("$.properties['first name']", event("properties", "first name")),
        ('$.properties["it\'s"]', event("properties", "it's")),
        (r"$.properties['it\'s \u00e9']", event("properties", "it's é")),
        ("$.properties.ärger.पता.名前", event("properties", "ärger", "पता", "名前")),
        ("$.properties.a-b_c$d.0", event("properties", "a-b_c$d", "0")),
        ("$['properties'].x", event("properties", "x")),
        ("$['my field'].x", event("my field", "x")),
        ("$event.properties.x", event("properties", "x")),
        ("$settings.environment", Path("settings", ("environment",))),
        ("$.userId\n", event("userId")),
        (
            '$.userId ?? $.anonymousId ?? "n/a"',
            Coalesce((event("userId"), event("anonymousId"), text("n/a"))),
        ),
        (
            "$.properties.total | number ?? 0",
            Coalesce((Filtered(event("properties", "total"), "number"), text(0))),
        ),
        (
            "$.properties.a|upcase|replace(\"-\", '')|fixed(2)",
            Filtered(
                Filtered(
                    Filtered(event("properties", "a"), "uppercase"),
                    "replace",
                    (text("-"), text("")),
                ),
                "fixed",
                (text(2),),
            ),
        ),
        ("$.properties.a ?? -1.5e3", Coalesce((event("properties", "a"), text(-1500)))),
        ("$.properties.a ?? null", Coalesce((event("properties", "a"), text(None)))),
        (
            'Hi {{ properties.name ?? "there" }}!',
            Template(
                (text("Hi "), Coalesce((event("properties", "name"), text("there"))), text("!"))
            ),
        ),
        ("{{ $.userId }}", Template((event("userId"),))),
        ("{{userId}}{{settings.environment}}", None),
        ('{{ "{{" }} and }}', text("{{ and }}")),
        ('{{ "}}" }}{{ 1 }}{{ true }}', text("}}1true")),
        ('{{ "" }}', text("")),
        ("a {{ null }}", Template((text("a "), text(None)))),
    ],
)
def test_what_a_text_means(written, value):
    if value is None:
        value = Template((event("userId"), Path("settings", ("environment",))))
    assert parse(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("$", Path("item", ())),
        ("$ | string", Filtered(Path("item", ()), "string")),
        ("$.sku", Path("item", ("sku",))),
        ("$[0]", Path("item", (0,))),
        ("$line ?? 0", Coalesce((Path("line", ()), text(0)))),
        ("$line.sku", Path("line", ("sku",))),
        ("$event.properties.x", event("properties", "x")),
        ("{{ sku }}", Template((Path("item", ("sku",)),))),
        ("{{ settings.x }}", Template((Path("settings", ("x",)),))),
    ],
)
def test_inside_each_paths_start_at_the_item(written, value):
    assert parse(written, ITEM) == value


def test_a_surrogate_pair_is_one_character():
    assert parse(r'$.userId ?? "\ud83d\ude00"') == Coalesce((event("userId"), text("😀")))


def test_names_and_places_are_kept():
    value = parse("$.userId ?? $.anonymousId | trim")
    assert value.span == place(0, 32)
    path = value.choices[1].value
    assert (path.written, path.span) == ("$.anonymousId", place(12, 25))


ERRORS = [
    ("bad-expression", "$.userId «and» more", "write {{ path }}"),
    ("bad-expression", "$.userId ??«»", "write a path"),
    ("bad-expression", "$.userId «||» $.anonymousId", "write ??"),
    ("bad-expression", "$.userId «?» 1 : 2", "$if"),
    ("bad-expression", "$.userId «+» $.type", "template"),
    ("bad-expression", "$.userId «{{» x }}", "write every path"),
    ("bad-expression", "{{ «(»userId ?? type) }}", "$first"),
    ("bad-expression", '{{ userId | default«:» "x" }}', 'default("none")'),
    ("bad-expression", "{{«#»if userId}}", "$if"),
    ("bad-expression", "{{«{» userId }}}", "two braces"),
    ("bad-expression", "{{ «lowercase»(userId) }}", "path | lowercase"),
    ("bad-expression", "{{ userId | «$.x» }}", "as in | trim"),
    ("bad-expression", "$.userId | default(«$.type»)", "write ?? $.type"),
    ("bad-expression", "$.userId | join(«properties.x»)", "text in quotes"),
    ("bad-expression", '$.userId | join«(»", "', "close it with )"),
    ("bad-expression", '$.userId | pick("a",«)»', ""),
    ("bad-expression", "$.userId ?? «“»x”", "straight quotes"),
    ("unterminated-text", '$.userId ?? «"abc»', 'close it with "'),
    ("unterminated-text", "{{ userId ?? «'abc }}»", "close it with '"),
    ("unterminated-text", "$.properties[«'a]»", "close it with '"),
    ("unterminated-text", '$.userId ?? «"#1 \\»', "YAML begins a comment"),
    ("bad-escape", r'$.userId ?? "C:«\d»ata"', r"write \\ for"),
    ("bad-escape", r'$.userId ?? "«\u»12"', "four hexadecimal digits"),
    ("bad-escape", r'$.userId ?? "«\ud83d»!"', "the character itself"),
    ("bad-escape", r'$.userId ?? "«\ude00»"', "the character itself"),
    ("bad-number", "$.userId ?? «007»", '"007"'),
    ("bad-number", "$.userId ?? «1.»", '"1."'),
    ("bad-number", "$.userId ?? «12abc»", '"12abc"'),
    ("bad-number", "$.userId ?? «9007199254740993»", '"9007199254740993"'),
    ("bad-number", "$.userId ?? «-1e999»", '"-1e999"'),
    ("bad-path", "$«.»", "['first name']"),
    ("bad-path", "$.properties«..»x", "['first name']"),
    ("bad-path", "$.properties«. »x", "['first name']"),
    ("bad-path", "$.properties.items«[*]».sku", "$each"),
    ("bad-path", "$.properties.items«[]»", "$each"),
    ("bad-path", "$.properties.items«[-1]»", "| last"),
    ("bad-path", "$.properties.items«[ 0 ]»", "[0]"),
    ("bad-path", "$.properties«[plan]»", "['plan']"),
    ("bad-path", "$.properties«[12345678901]»", "[0]"),
    ("bad-path", "$.properties«['a'.b»", "['first name']"),
    ("unknown-root", "{{ «firstName» }}", 'write "properties.firstName"'),
    ("unknown-root", "{{ userId ?? «there» }}", 'quote it if it is text: "there", or write'),
    ("unknown-root", "{{ «user.email» }}", 'write "context.traits.email"'),
    ("unknown-root", "{{ «propertis.x» }}", 'write "properties.x"'),
    ("unknown-root", "{{ «user_id» }}", 'write "userId"'),
    ("unknown-name", "{{ «$properties.x» }}", "write $.properties"),
    ("unknown-name", "{{ «$line.x» }}", '"$as: line"'),
    ("unknown-setting", "$.userId ?? «$settings.enviroment»", 'write "environment"'),
    ("unknown-setting", "{{ «settings.region» }}", 'add "region"'),
    ("whole-settings", "«$settings»", "$settings.environment"),
    ("whole-settings", "{{ «$settings[0]» }}", "$settings.environment"),
    ("unknown-filter", "$.userId | «lower»", 'write "lowercase"'),
    ("unknown-filter", "$.userId | «trimm»", 'write "trim"'),
    ("unknown-filter", "$.userId | «xyzzy»", "use one of lowercase, "),
    ("filter-arguments", "$.userId | «trim(1)»", "write trim alone"),
    ("filter-arguments", "$.userId | «join»", "join(...)"),
    ("filter-arguments", '$.userId | «replace("a")»', "replace(...)"),
    ("filter-arguments", '$.userId | «replace("", "b")»', "replace(...)"),
    ("filter-arguments", '$.userId | «split("")»', "split(...)"),
    ("filter-arguments", '$.userId | «fixed("2")»', "fixed(...)"),
    ("filter-arguments", "$.userId | «fixed(2.5)»", "fixed(...)"),
    ("filter-arguments", "$.userId | «fixed(true)»", "fixed(...)"),
    ("filter-arguments", "$.userId | «truncate(0)»", "truncate(...)"),
    ("filter-arguments", '$.userId | «date("month")»', "date(...)"),
    ("filter-arguments", "$.userId | «pick»", "pick(...)"),
    ("filter-arguments", "$.userId | «default(1, 2)»", "default(...)"),
    ("bad-hole", "Hi «{{» userId }", "close it with }}"),
    ("bad-hole", "Hi «{{ }}»", "write a path"),
]


@pytest.mark.parametrize(("slug", "marked", "advice"), ERRORS)
def test_errors(slug, marked, advice):
    check(lambda text, report: parse_text(text, place, TRACK, report), marked, slug, advice)


@pytest.mark.parametrize(
    ("slug", "marked", "advice"),
    [
        ("absent-root", "«$.traits.email»", "context.traits"),
        ("absent-root", "{{ «traits.email» }}", "context.traits"),
        ("absent-root", "«$.propertis.x» ?? 1", '"$.properties.x"'),
        ("absent-root", "«$.plan»", '"$.properties.plan"'),
        ("absent-root", "«$.event.properties.x»", 'begin with "properties"'),
        ("absent-root", "«$.userId.x»", 'write "userId"'),
        ("looks-like-a-path", "«traits.email»", "write $.traits.email,"),
        ("looks-like-a-path", "«event.properties.x»", "write $.properties.x,"),
        ("looks-like-a-path", "«settings.environment»", "write $settings.environment,"),
        ("looks-like-a-path", '«properties.x ?? "y"»', 'write $.properties.x ?? "y",'),
        (
            "looks-like-a-path",
            "«event.traits.a ?? traits.b | trim ?? settings.c»",
            "write $.traits.a ?? $.traits.b | trim ?? $settings.c,",
        ),
        ("looks-like-a-path", "«userId»", "write $.userId,"),
        ("looks-like-a-path", "«$properties.x»", "write $.properties.x,"),
        ("looks-like-a-path", "«$userId»", "write $.userId,"),
        ("looks-like-a-path", "«$setting.environment»", "write $settings.environment,"),
        ("looks-like-a-path", "«$line.sku»", 'write "$as: line"'),
        ("looks-like-a-path", "« $.userId»", "write {{ userId }},"),
        ("looks-like-a-path", "«Hi $.properties.name!»", "write {{ properties.name }},"),
        ("looks-like-a-path", "«Hi ${properties.name}»", "write {{ properties.name }},"),
        ("looks-like-a-path", "«Hi {properties.name}»", "write {{ properties.name }},"),
        ("looks-like-a-path", "{{ userId }}« $.type»", "write {{ type }},"),
        ("looks-like-a-path", "«lowercase(properties.x)»", "write $.properties.x | lowercase,"),
        ("looks-like-a-path", '«split($.properties.x, ",")»', "write $.properties.x | split,"),
        ("whole-event", "«$»", "$.properties"),
        ("whole-event", "«$event» | json", "$.properties"),
        ("whole-event", "{{ «$» }}", "$.properties"),
    ],
)
def test_warnings(slug, marked, advice):
    check(lambda text, report: parse_text(text, place, TRACK, report), marked, slug, advice)


@pytest.mark.parametrize(
    "written",
    [
        "$5.00 off",
        "Cost: $.50",
        "user.created",
        "version.2",
        "name",
        "traits",
        "properties of matter",
        "number(s)",
        "Really ?? yes",
        "a | b",
        "$AAPL",
        "https://example.com/?id={userId}",
        "me@example.com",
    ],
)
def test_ordinary_texts_are_not_suspected(written):
    assert parse(written) == text(written)


@pytest.mark.parametrize(
    ("section", "fine", "absent"),
    [
        ("identify", "traits", "properties"),
        ("track", "event", "name"),
        ("page", "category", "event"),
        ("screen", "name", "traits"),
        ("group", "groupId", "properties"),
        ("alias", "previousId", "traits"),
        ("delete", "userId", "traits"),
        (None, "traits", None),
    ],
)
def test_each_section_has_its_own_roots(section, fine, absent):
    parse(f"$.{fine}", Scope(section))
    if absent is not None:
        report = Report()
        parse_text(f"$.{absent}", place, Scope(section), report)
        assert [entry.code.slug for entry in report] == ["absent-root"]


@pytest.mark.parametrize("written", ["properties.plan", "$.properties.plan", " properties.plan "])
def test_a_required_path(written):
    report = Report()
    assert parse_path(written, place, TRACK, report) == event("properties", "plan")
    assert list(report) == []


@pytest.mark.parametrize(
    ("slug", "marked"),
    [
        ("not-a-path", "userId «??» anonymousId"),
        ("not-a-path", '«"userId"»'),
        ("not-a-path", "«null»"),
        ("not-a-path", "«»"),
        ("not-a-path", "«$»"),
        ("not-a-path", "userId «type»"),
        ("unknown-root", "«plan»"),
        ("bad-path", "properties«[x]»"),
    ],
)
def test_errors_of_required_paths(slug, marked):
    check(lambda text, report: parse_path(text, place, TRACK, report), marked, slug, "")


# --- what is printed is read again, and nothing crashes ---

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
KEYS = st.lists(st.one_of(st.integers(0, 999), TEXTS), max_size=3).map(tuple)
NUMBERS = st.one_of(st.integers(-(2**53), 2**53), st.floats(-1e9, 1e9).map(lambda x: round(x, 3)))
LITERALS = st.one_of(TEXTS, NUMBERS, st.booleans(), st.none()).map(Literal.of)
PATHS = st.one_of(
    st.builds(
        lambda root, keys: Path("event", (root, *keys)), st.sampled_from(sorted(FIELDS)), KEYS
    ),
    st.builds(lambda keys: Path("line", keys), KEYS),
    st.builds(lambda keys: Path("item", keys), KEYS),
)


def arguments(name):
    kinds = {"join": [", "], "split": [","], "replace": ["a", ""], "fixed": [2], "date": ["iso"]}
    kinds |= {"truncate": [9], "pick": ["a", "b"], "omit": ["a"], "default": [None]}
    return tuple(map(Literal.of, kinds.get(name, [])))


def filtered(atom):
    names = st.lists(st.sampled_from(sorted(FILTERS)), max_size=3)

    def apply(value, chain):
        for name in chain:
            value = Filtered(value, name, arguments(name))
        return value

    return st.builds(apply, atom, names)


def choices(first):
    rest = st.lists(filtered(st.one_of(PATHS, LITERALS)), max_size=2)
    return st.builds(lambda a, b: Coalesce((a, *b)) if b else a, filtered(first), rest)


def is_text(part):
    return isinstance(part, Literal)


def is_plain(value):
    """Whether a template may hold the literal: an empty text would be lost."""
    return value is None or (isinstance(value, str) and value != "")


PARTS = st.lists(
    st.one_of(choices(st.one_of(PATHS, LITERALS)), TEXTS.filter(bool).map(Literal.of)),
    min_size=1,
    max_size=5,
)
TEMPLATES = PARTS.filter(
    lambda parts: (
        not any(is_text(a) and is_text(b) for a, b in pairwise(parts))
        and not any(is_text(part) and not is_plain(part.value) for part in parts)
        and not all(is_text(part) and part.value is not None for part in parts)
    )
).map(lambda parts: Template(tuple(parts)))
PLAIN = TEXTS.map(Literal.of)


def show(value):
    """A value as an expression, in canonical form."""
    match value:
        case Literal():
            return value.json
        case Path():
            root = {"item": "$", "event": "$event", "line": "$line"}[value.root]
            return root + "".join(map(show_key, value.keys))
        case Coalesce():
            return " ?? ".join(map(show, value.choices))
        case Filtered():
            given = f"({', '.join(map(show, value.arguments))})" if value.arguments else ""
            return f"{show(value.value)} | {value.name}{given}"


def show_key(key):
    if isinstance(key, int):
        return f"[{key}]"
    return f".{key}" if key.isascii() and key.isidentifier() else f"[{json.dumps(key)}]"


def show_text(value):
    """A value as a text in YAML."""
    if isinstance(value, Literal):
        parts = (value,)
    elif isinstance(value, Template):
        parts = value.parts
    else:
        return show(value)
    written = ""
    for part in parts:
        if isinstance(part, Literal) and part.value:
            written += part.value.replace("{", '{{ "{" }}')
        else:
            written += f"{{{{ {show(part)} }}}}"
    if isinstance(value, Literal) and not value.value:
        return ""
    return '{{ "$" }}' + written[1:] if written.startswith("$") else written


@given(st.one_of(choices(PATHS), TEMPLATES, PLAIN))
def test_a_printed_value_reads_the_same(value):
    report = Report()
    assert parse_text(show_text(value), place, ITEM, report) == value
    assert not report.failed


FRAGMENTS = [
    ["$.", "$", "properties", ".x", "[0]", "['", "']", '"', "\\", "\\u", "{{", "}}", " ", "|"],
    ["??", "(", ")", ",", "trim", "join", "1", "-", "null", "$line", "$settings", "é", "\ud800"],
]
NOISE = st.one_of(
    st.text(max_size=20),
    st.lists(st.one_of(map(st.sampled_from, FRAGMENTS)), max_size=12).map("".join),
    st.text("${}.[]\"'\\ a0|?"),
)


@given(NOISE, st.sampled_from([TRACK, ITEM, Scope(None)]))
def test_no_text_crashes(written, scope):
    for read in (parse_text, parse_path):
        report = Report()
        assert (read(written, place, scope, report) is None) == report.failed


def test_every_filter_is_read():
    for name in FILTERS:
        value = Filtered(event("userId"), name, arguments(name))
        assert parse(show(value)) == value
    for alias, name in ALIASES.items():
        assert parse(f"$.userId | {alias}") == Filtered(event("userId"), name)
