"""What an editor says about a mapping: the real YAML language server, asked as editors ask."""

from __future__ import annotations

import itertools
import json

import pytest
from click.testing import CliRunner
from language_server import Editor

from generator.cli import main

pytestmark = pytest.mark.node

MODELINE = "# yaml-language-server: $schema=../schemas/mapping.schema.json\n"
HERE = "<here>"
numbers = itertools.count()


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """What `segfn init` writes: its schemas are those that the editor reads."""
    folder = tmp_path_factory.mktemp("editor") / "project"
    ran = CliRunner().invoke(main, ["init", str(folder)])
    assert ran.exit_code == 0, ran.output
    return folder


@pytest.fixture(scope="session")
def editor(editor_modules, project):
    opened = Editor(editor_modules / "yaml-language-server/bin/yaml-language-server", project)
    yield opened
    opened.close()


@pytest.fixture
def ask(editor, project):
    """Ask about the place that the text marks."""

    def at(method, text):
        path = project / "mappings" / f"asked-{next(numbers)}.yaml"
        before, _, after = (MODELINE + text).partition(HERE)
        editor.open(path, before + after)
        return editor.at(method, path, before.count("\n"), len(before) - before.rfind("\n") - 1)

    return at


def novu(text):
    return f"version: 1\nprovider: novu\n{text}"


COMPLETED = [
    ("version: 1\nprovider: <here>\n", ["courier", "http", "knock", "novu", "suprsend"]),
    (novu("<here>\n"), ["identify", "track", "options", "settings", "defaults"]),
    (novu("options:\n  <here>\n"), ["unmapped", "timeout", "merge_data"]),
    (novu("options:\n  unmapped: <here>\n"), ["ignore", "reject"]),
    (novu("settings:\n  <here>\n"), ["apiKey", "region"]),
    (novu("track:\n  A:\n    <here>\n"), ["when", "require", "workflow", "topic", "also"]),
    (novu("track:\n  A:\n    - <here>\n"), ["when", "workflow", "broadcast"]),
    (novu("track:\n  A:\n    workflow:\n      <here>\n"), ["name", "to", "payload"]),
    (
        novu("track:\n  A:\n    workflow:\n      to:\n        <here>\n"),
        ["subscriberId", "topicKey"],
    ),
    (novu("defaults:\n  workflow:\n    <here>\n"), ["overrides", "actor"]),
    (
        "version: 1\nprovider: suprsend\nidentify:\n  user:\n    channels:\n      <here>\n",
        ["email", "sms", "androidpush_fcm"],
    ),
    (
        "version: 1\nprovider: knock\nidentify:\n  subscription:\n    operation: <here>\n",
        ["subscribe", "unsubscribe"],
    ),
]


@pytest.mark.parametrize(("text", "offered"), COMPLETED)
def test_completion(ask, text, offered):
    found = {item["label"] for item in ask("completion", text)["items"]}
    assert set(offered) <= found


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (novu("identify:\n  subscriber:\n    email: <here>\n"), "$.traits.email"),
        (novu("identify:\n  subscriber:\n    timezone: <here>\n"), "$.context.timezone"),
        (novu("track:\n  A:\n    workflow:\n      to: <here>\n"), "$.userId"),
        (novu("track:\n  A:\n    require:\n      - <here>\n"), "properties.order_id"),
    ],
)
def test_examples_are_offered_as_values(ask, text, offered):
    assert offered in [item["label"] for item in ask("completion", text)["items"]]


def test_a_section_is_completed_with_its_colon(ask):
    texts = {
        item["label"]: item["insertText"] for item in ask("completion", novu("<here>\n"))["items"]
    }
    assert (texts["identify"], texts["track"]) == ("identify:\n  ", "track:\n  ")


def test_completion_offers_what_belongs_to_the_provider(ask):
    text = "version: 1\nprovider: courier\ntrack:\n  A:\n    <here>\n"
    found = {item["label"] for item in ask("completion", text)["items"]}
    assert "journey" in found
    assert "workflow" not in found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 1\nprov<here>ider: novu\n", "The notification provider that is called"),
        (novu("track:\n  A:\n    work<here>flow: b\n"), "Trigger a workflow for one or more"),
        (novu("track:\n  A:\n    wh<here>en: properties.a = 1\n"), "A condition in FQL"),
        (
            novu("track:\n  A:\n    workflow:\n      na<here>me: b\n"),
            "identifier \\(not its display name\\)\\. Required",
        ),
        (
            novu("track:\n  A:\n    workflow:\n      pay<here>load: $.a\n"),
            "Default: $\\.properties in track, page, screen; $\\.traits in identify, group;",
        ),
        (
            novu("track:\n  A:\n    workflow:\n      to:\n        ema<here>il: $.a\n"),
            "E\\-mail address",
        ),
        ("version: 1\nprovider: no<here>vu\n", "* `novu`: Traits become subscribers"),
    ],
)
def test_hover(ask, text, said):
    assert said in ask("hover", text)["contents"]["value"]


WRONG = [
    novu("track:\n  A:\n    worklow: b\n"),
    novu("track:\n  A:\n    workflow:\n      nmae: b\n"),
    novu("track:\n  A:\n    - workflow: b\n    - wehn: x\n"),
    novu("track:\n  A:\n"),
    novu("track:\n  A: 12\n"),
    novu("track: []\n"),
    novu("options:\n  unmapped: refuse\ntrack:\n  A: b\n"),
    novu("options:\n  timeout: long\ntrack:\n  A: b\n"),
    novu("options:\n  batch:\n    concurrency: 0\ntrack:\n  A: b\n"),
    novu("identify:\n  subscriber:\n    emial: $.traits.email\n"),
    novu("settings:\n  stage:\n    labl: Stage\ntrack:\n  A: b\n"),
    novu("tracks:\n  A: b\n"),
    "version: 2\nprovider: novu\ntrack:\n  A: b\n",
    "version: 1\nprovider: nouv\ntrack:\n  A: b\n",
]


@pytest.mark.parametrize("text", WRONG)
def test_the_same_mistakes_as_validate(editor, project, text, monkeypatch):
    path = project / "mappings" / f"wrong-{next(numbers)}.yaml"
    problems = editor.open(path, MODELINE + text)
    shown = {problem["range"]["start"]["line"] + 1 for problem in problems}
    monkeypatch.chdir(project)
    ran = CliRunner().invoke(main, ["validate", str(path), "--format", "json"])
    path.unlink()
    found = [entry for entry in json.loads(ran.stdout)["diagnostics"] if entry["code"][0] in "SP"]
    assert {entry["line"] for entry in found} == shown
    assert shown


def test_the_same_advice_as_validate(editor, project):
    path = project / "mappings" / "advice.yaml"
    text = novu("options:\n  timeout: long\ntrack:\n  A: 12\n  B:\n")
    problems = editor.open(path, MODELINE + text)
    path.unlink()
    route = "Write a workflow's name, a route or a list of routes, or [] to ignore it"
    assert [problem["message"] for problem in problems] == [
        "Write a number with ms, s, m, h or d, as 4s or 1.5h",
        route,
        route,
    ]


def test_a_missing_key_is_told_for_the_file(editor, project):
    path = project / "mappings" / "missing.yaml"
    problems = editor.open(path, MODELINE + "provider: novu\ntrack:\n  A: b\n")
    path.unlink()
    assert [problem["message"] for problem in problems] == ['Missing property "version".']


@pytest.mark.parametrize("provider", ["novu", "suprsend", "knock", "courier"])
def test_what_init_writes_is_right(editor, tmp_path, provider):
    """The modeline of the mapping and of its fixtures leads to schemas that know them."""
    ran = CliRunner().invoke(main, ["init", str(tmp_path / "p"), "--provider", provider])
    assert ran.exit_code == 0, ran.output
    for path in sorted((tmp_path / "p" / "mappings").glob("*.yaml")):
        assert editor.open(path, path.read_text("utf-8")) == []
