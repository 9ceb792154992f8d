"""The pages about providers are true: their mappings compile, their tables are whole."""

from __future__ import annotations

import json
import re
from pathlib import Path
from shutil import copyfile, copytree

import click
import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.compiler import compile_text
from generator.diagnostics import Report
from generator.project import find_project

from .conftest import PROVIDERS, ROOT

NAMES = ["courier", "http", "knock", "novu", "suprsend"]


def page(name):
    return (ROOT / "docs" / f"{name}.md").read_text("utf-8")


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


MAPPINGS = [(name, text) for name in NAMES for text in blocks(page(name), "yaml")]


@pytest.mark.parametrize(("name", "text"), MAPPINGS, ids=lambda each: each.split("\n")[0][:30])
def test_every_mapping_compiles_without_a_word(name, text):
    head = "" if text.startswith("version") else f"version: 1\nprovider: {name}\n"
    report = Report()
    output = compile_text(head + text, "mappings/page.yaml", find_project(ROOT), report)
    assert output is not None, list(report)
    # Bodies of one's own name what they carry; a warning about personal data is theirs.
    assert [found for found in report if found.code.slug != "personal-data"] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_action_setting_and_option_is_explained(name):
    text, provider = page(name), PROVIDERS[name]
    headings = " ".join(re.findall(r"^#+ (.*)$", text, re.MULTILINE))
    for action in provider.actions:
        assert re.search(rf"(?<![\w-]){action.name}(?![\w-])", headings), action.name
        for spec in action.fields:
            assert re.search(rf"\b{spec.name}\b", text), f"{action.name}.{spec.name}"
    for each in [*provider.settings, *provider.options]:
        assert re.search(rf"^\| `{each.name}` \|", text, re.MULTILINE), each.name


def test_the_table_promises_what_provider_yaml_says():
    head, _, *rows = re.findall(r"^\|(.*)\|$", page("providers"), re.MULTILINE)[:12]
    titles = {
        re.sub(r"\W|\(.*", "", each.split("]")[0]).lower(): at
        for at, each in enumerate(head.split("|"))
    }
    told = {row.split("|")[0].strip(): row.split("|") for row in rows}
    for name, provider in PROVIDERS.items():
        known = [action.dedupe for action in provider.actions if action.dedupe]
        once = told["a repeated event notifies once"][titles[name]]
        lost = told["a failure that passes loses nothing"][titles[name]]
        assert ("yes" in once) == bool(known), name
        assert ("24 h" in once) == any(each.window == "24h" for each in known), name
        assert ("keeps a failed answer" in lost) == any(each.keeps_failures for each in known), name


# --- the worked example -------------------------------------------------------------------------

FILE = re.compile(
    r"^`((?:templates|mappings)/[^`]+)`.*?\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """The project that the page tells to write."""
    files = dict(FILE.findall(page("providers")))
    assert len(files) == 6
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def segfn(*words):
    ran = CliRunner().invoke(main, words)
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran


def test_the_commands_of_the_page_work(project):
    (commands,) = blocks(page("providers"), "sh")
    for line in commands.splitlines():
        ran = segfn(*line.split()[1:])
        assert ran.exit_code == 0, ran.output
    assert (project / "dist" / "letters.js").is_file()


SUBSCRIPTION = {
    "name": "Registered",
    "actionSlug": "letter",
    "trigger": 'type = "track" and event = "User Registered"',
    "settings": {"text": "Welcome"},
    "enabled": True,
}
EVENT = {"type": "track", "event": "User Registered", "messageId": "m-1", "userId": "ada"}
COMMANDS = {
    "providers": ("", "pigeon: Events become letters"),
    "schema": ("mapping", '"pigeon"'),
    "explain": ("unknown-provider", "templates/providers/<name>/"),
    "validate": ("", ""),
    "generate": ("", "dist/letters.js"),
    "test": ("", "2 passed"),
    "check": ("", "2 fixtures passed, all files up to date"),
    "run": ("mappings/letters.yaml --events events.json", "https://api.pigeon.example/letters"),
    "event": ("whoever", '"event": "User Registered"'),
    "diff": ("old.yaml mappings/letters.yaml", 'get "Welcome" instead of "Hello"'),
    "plan": ("plan.txt", "2 mapped, 1 forgotten"),
    "show": ("", "letters (Pigeon Post, mappings/letters.yaml)"),
    "import": ("actions subscriptions.json --provider pigeon", "User Registered: Welcome"),
    "lint": ("dist/letters.js", "dist/letters.js: onTrack"),
    "init": ("new --project new --provider pigeon", "new/dist/notifications.js"),
}


def test_a_provider_of_the_project_works_through_every_command(project):
    assert COMMANDS.keys() == set(main.list_commands(click.Context(main)))
    text = (project / "mappings/letters.yaml").read_text("utf-8")
    Path("old.yaml").write_text(text.replace("Welcome", "Hello"), "utf-8")
    Path("events.json").write_text(json.dumps(EVENT), "utf-8")
    Path("plan.txt").write_text("User Registered\nOrder Completed\nOther\n", "utf-8")
    Path("subscriptions.json").write_text(json.dumps([SUBSCRIPTION]), "utf-8")
    copytree("templates", "new/templates")
    for kind, mapping in (("", "letters.yaml"), (".fixtures", "letters.fixtures.yaml")):
        copyfile(f"mappings/{mapping}", f"new/templates/providers/pigeon/example{kind}.yaml")
    for name, (words, told) in COMMANDS.items():
        ran = segfn(name, *words.split())
        assert ran.exit_code == 0, ran.output
        assert told in ran.output, ran.output


@pytest.mark.usefixtures("project")
def test_its_key_and_its_answer_are_used():
    Path("events.json").write_text(json.dumps(EVENT), encoding="utf-8")
    ran = segfn("run", "mappings/letters.yaml", "--events", "events.json", "--format", "ndjson")
    line = json.loads(ran.stdout)
    assert line["outcome"] == "delivered"
    assert re.fullmatch(r"segfn-[0-9a-f]{40}", line["requests"][0]["headers"]["idempotency-key"])
    assert line["requests"][0]["response"] == {"status": 202}


def test_its_mistakes_are_told_like_any_other(project):
    mapping = project / "mappings" / "letters.yaml"
    text = mapping.read_text("utf-8").replace("postcode: $.properties.postcode", "postcode: LUND")
    mapping.write_text(text.replace("text: Order", "txet: Order"), encoding="utf-8")
    ran = segfn("validate", "--format", "json")
    told = [(each["slug"], each["help"]) for each in json.loads(ran.stdout)["diagnostics"]]
    assert ran.exit_code == 1
    assert ("wrong-literal", "write text like 22350") in told
    assert any(help_ == 'write "text"' for _, help_ in told)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("summary: Send", "sumary: Send", '38:5: S101 write "summary"'),
        ("type: postcode", "type: postcod", '56:15: P102 write "postcode"'),
        ("425, 429]", '"425", 4290]', "20:18: S103 write a whole number here"),
        ("425, 429]", '"425", 4290]', "20:25: S104 write 599 or less"),
        ("default_action: letter", "default_action: leter", '16:17: P102 write "letter"'),
        ("main: text", "main: txt", '39:11: P102 write "text"'),
        ("window: 24h", "field: key", '42:7: P102 write "header" or "field"'),
        ("window: 24h", "window: a day", "43:15: S104 write a number with ms, s, m, h or d"),
        ("asPostcode", "asPostCode", "32:13: P102 add the file to helpers/"),
        ("name: pigeon", "name: dove", "1:7: P102 give both one name"),
        ("$.userId", "$.userId | lowercas", '48:29: E111 write "lowercase"'),
        ('"^[0-9]', '"^[0-9', "33:14: P102 mend the expression"),
        ("sky: https", "sky: http", "28:10: P102 begin it with https://"),
        ("status: 202", "status: ok", "62:13: S103 write a whole number here"),
        ("  baseUrl:", "   baseUrl:", "12:4: Y111 indent it like the line"),
    ],
)
def test_a_mistake_in_its_provider_yaml_is_told_like_any_other(project, old, new, told):
    path = "templates/providers/pigeon/provider.yaml"
    text = (project / path).read_text("utf-8")
    (project / path).write_text(text.replace(old, new, 1), "utf-8")
    found = json.loads(segfn("validate", "--format", "json").stdout)["diagnostics"]
    said = [f"{each['line']}:{each['column']}: {each['code']} {each['help']}" for each in found]
    assert {each["path"] for each in found} == {path}
    assert any(line.startswith(told) for line in said), said


def test_a_provider_of_the_project_takes_the_place_of_ours(project):
    ours = project / "templates" / "providers" / "knock"
    (project / "templates" / "providers" / "pigeon").rename(ours)
    file = ours / "provider.yaml"
    file.write_text(file.read_text("utf-8").replace("name: pigeon", "name: knock"), "utf-8")
    assert "knock: Events become letters" in segfn("providers").output
