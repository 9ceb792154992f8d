"""Every output of `segfn diff`, with names that try to break out of it."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from functools import cache
from pathlib import Path
from shutil import copyfile, rmtree

import cmarkgfm
import pytest
import yaml
from click.testing import CliRunner
from cmarkgfm.cmark import Options
from jsonschema import Draft7Validator
from lxml import etree, html
from official import judge_junit, judge_sarif

from generator.changes import KINDS
from generator.cli import main
from generator.reporters import safe

ROOT = Path(__file__).parents[2]
HEAD = "version: 1\nname: shop\nprovider: novu\n"
WELCOME = HEAD + "track:\n  User Registered: welcome\n"
HOSTILE = (
    "a | b | c",
    "```\n</details><script>alert(1)</script>",
    "`code` <!-- segfn:diff --> </code>",
    "@everyone #1 [x](https://evil.example) ![y](z) www.evil.example",
    "::error file=x::owned",
    "##[error]owned",
    "\x1b]52;c;b3duZWQ=\x07\x1b[2J",
    "\u202egnp.exe\u2028next",
    "</td></tr></table>",
    "$x^2$ ~~gone~~ **bold** \\",
)


def run(*words):
    ran = CliRunner().invoke(main, list(words))
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran


@pytest.fixture
def pair(tmp_path, monkeypatch):
    """Two files in the current folder."""
    monkeypatch.chdir(tmp_path)

    def write(before, after):
        for name, text in (("old.yaml", before), ("new.yaml", after)):
            Path(name).write_text(text, "utf-8")
        return "diff", "old.yaml", "new.yaml"

    return write


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """What each format says of a mapping and a file with hostile names."""
    folder = tmp_path_factory.mktemp("hostile")
    old, new = folder / "old.yaml", folder / "n|e`w<b>, 100%::x.yaml"
    lines = "".join(f"  {json.dumps(name)}: {json.dumps(name)}\n" for name in HOSTILE)
    old.write_text(WELCOME, "utf-8")
    new.write_text(HEAD + "track:\n" + lines, "utf-8")
    return cache(lambda name: run("diff", str(old), str(new), "--format", name).stdout)


def test_json_is_as_its_schema_says(hostile, pair):
    schema = json.loads(run("schema", "diff").stdout)
    Draft7Validator.check_schema(schema)
    for text in (hostile("json"), run(*pair(WELCOME, WELCOME), "--format", "json").stdout):
        document = json.loads(text)
        Draft7Validator(schema).validate(document)
    assert document["changes"] == document["requests"] == []
    named = [entry["const"] for entry in schema["definitions"]["kind"]["oneOf"]]
    assert named == sorted(KINDS)


def test_nothing_is_said_of_what_is_the_same(pair):
    ran = run(*pair(WELCOME, WELCOME), "--fail-on", "behaviour")
    assert (ran.exit_code, ran.stdout) == (0, "no change\n")


def test_a_terminal_obeys_no_name(hostile):
    text = hostile("text")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u202e]", text)


def test_a_runner_obeys_no_name(hostile):
    for format_ in ("text", "github", "markdown", "json"):
        for line in hostile(format_).splitlines():
            assert "##[" not in line
            ours = line.startswith(("::error file=", "::warning file=", "::notice file="))
            assert ours or not line.lstrip().startswith("::"), line


# --- the comment, as GitHub renders it --------------------------------------------------

TAGS = {
    *("h3", "h4", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "code", "pre"),
    *("details", "summary", "br", "sub"),
}
"""What a comment is made of: no link, no picture, no emphasis."""
FENCED = re.compile(r"^(`{3,})diff.*?^\1$", re.MULTILINE | re.DOTALL)


def rendered(text):
    """The elements that GitHub's own Markdown makes of a text, HTML in it included."""
    unsafe = Options.CMARK_OPT_UNSAFE
    return html.fromstring(f"<div>{cmarkgfm.github_flavored_markdown_to_html(text, unsafe)}</div>")


def words(element):
    return " ".join("".join(element.itertext()).split())


def test_no_name_breaks_out_of_a_comment(hostile):
    changes = json.loads(hostile("json"))["changes"]
    text = hostile("markdown")
    page = rendered(text)
    assert [each.text for each in page.iter(etree.Comment)] == [" segfn:diff "]
    assert {each.tag for each in page.iter(etree.Element)} - {"div"} <= TAGS
    assert [each.tag for each in page.iterchildren(etree.Element)] == [
        *("h3", "p", "table", "h4", "ul", "details", "h4", "table", "p", "details", "p"),
    ]
    for row in page.iter("tr"):
        assert len(row) == len(row.getparent().getparent().find("thead/tr"))
    cells = [words(row[1]) for row in page.find("table").iter("tr")][1:]
    for cell, change in zip(cells, changes, strict=True):
        assert cell.startswith(" ".join(safe(change["message"]).split()))
    for forbidden in ("@everyone", "](", "https://evil", "www.evil", "**bold**", "$x"):
        assert forbidden not in FENCED.sub("", text)


def test_no_name_breaks_out_of_a_code_span_or_a_fence(hostile):
    page = rendered(hostile("markdown"))
    assert all(len(each) == 0 for each in page.iter("code"))
    assert [each.text for each in page.find("ul").iter("code")] == ["$.properties", "shop"]
    *_, javascript = page.iter("pre")
    assert [each.tag for each in javascript] == ["code"]
    for name in HOSTILE[:2]:
        assert f"+// track/{name.splitlines()[0]}" in words(javascript)


def test_a_comment_has_an_end(pair):
    many = "".join(f"  Event {'x' * 200} {number}: workflow-{number}\n" for number in range(400))
    text = run(*pair(WELCOME, HEAD + "track:\n" + many), "--format", "markdown").stdout
    assert len(text) < 60_000
    assert text.split("\n")[2].startswith("### segfn: 1 breaking, 400 behaviour")
    assert "Left out" in text


def test_a_comment_names_the_hash_of_the_file(pair):
    words = pair(WELCOME, WELCOME.replace(": welcome", ": hello"))
    text = run(*words, "--format", "markdown").stdout
    from hashlib import sha256  # noqa: PLC0415

    made = run("generate", "--stdout", "new.yaml").stdout
    assert sha256(made.encode()).hexdigest() in text


def test_sarif_and_junit_hold_every_change(hostile):
    changes = json.loads(hostile("json"))["changes"]
    (sarif,) = judge_sarif(hostile("sarif"))["runs"]
    rules = sarif["tool"]["driver"]["rules"]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in sarif["results"])
    assert len(sarif["results"]) == len(changes)
    suite = judge_junit(hostile("junit"))
    assert len(list(suite.iter("testcase"))) == len(changes)


@pytest.mark.parametrize(
    ("other", "classes", "code"),
    [
        ("hello", (), 0),
        ("hello", ("breaking",), 1),
        ("hello", ("behaviour",), 1),
        ("hello", ("privacy",), 0),
        ("{ workflow: welcome }", ("behaviour",), 0),
        ("{ workflow: welcome }", ("cosmetic",), 1),
    ],
)
def test_fail_on(pair, other, classes, code):
    words = pair(WELCOME, WELCOME.replace(": welcome", f": {other}"))
    assert (
        run(*words, *(word for each in classes for word in ("--fail-on", each))).exit_code == code
    )


def test_an_approval_lets_a_change_pass(pair):
    words = pair(WELCOME, WELCOME.replace(": welcome", ": hello"))
    mark = json.loads(run(*words, "--format", "json").stdout)["changes"][0]["fingerprint"]
    assert run(*words, "--approve", "000000000000").exit_code == 2
    assert not Path("approved-changes.txt").exists()
    first = run(*words, "--approve", mark)
    assert (first.exit_code, first.stderr) == (
        0,
        "1 approval written to approved-changes.txt: commit it\n",
    )
    held = Path("approved-changes.txt").read_text("utf-8")
    Path("approved-changes.txt").write_text("111111111111 of mine, without a line end", "utf-8")
    run(*words, "--approve", mark)
    mine, ours = Path("approved-changes.txt").read_text("utf-8").splitlines()
    assert (mine[:13], ours) == ("111111111111 ", held.splitlines()[-1])
    Path("approved-changes.txt").write_text(held, "utf-8")
    again = run(*words, "--approve", mark)
    assert "nothing written: approved-changes.txt holds it already\n" in again.stderr
    assert Path("approved-changes.txt").read_text("utf-8") == held
    line = Path("approved-changes.txt").read_text("utf-8").splitlines()[-1]
    assert line == f'{mark}  Users who do "User Registered" get "hello" instead of "welcome"'
    assert run(*words, "--fail-on", "breaking").exit_code == 0
    other = pair(WELCOME, WELCOME.replace(": welcome", ": other"))
    assert run(*other, "--fail-on", "breaking").exit_code == 1
    assert "remove its line" in run(*other).stderr


def test_recorded_events_are_not_shown_in_a_comment(pair):
    words = pair(WELCOME, WELCOME.replace(": welcome", ": hello"))
    event = {"type": "track", "event": "User Registered", "userId": "grace-hopper-7"}
    Path("events.ndjson").write_text(json.dumps(event) + "\n", "utf-8")
    text = run(*words, "--events", "events.ndjson", "--format", "markdown").stdout
    assert "grace-hopper-7" not in text
    assert "1 recorded" in text


def test_folders_are_compared_file_by_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "old/same.yaml": WELCOME,
        "old/gone.yaml": WELCOME,
        "new/same.yaml": WELCOME,
        "new/deep/more.yaml": WELCOME.replace(": welcome", ": hello"),
    }.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, "utf-8")
    changes = json.loads(run("diff", "old", "new", "--format", "json").stdout)["changes"]
    places = [side["path"] for each in changes for side in (each["before"], each["after"]) if side]
    assert set(places) == {"old/gone.yaml", "new/deep/more.yaml"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["old.yaml"], "name OLD and NEW, or give --against GITREF"),
        (["main"], "write `segfn diff --against main`"),
        (["old.yaml", "folder"], "one is a file, the other a folder"),
        (["old.yaml", "other.yaml", "--events", "none"], "there is no file none"),
        (["old.yaml", "other.yaml", "--events", "bad"], "bad holds no events"),
        (["--against", "main"], "this is no git repository"),
    ],
)
def test_what_cannot_be_compared_is_told(tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("old.yaml").write_text(WELCOME, "utf-8")
    Path("other.yaml").write_text(WELCOME.replace(": welcome", ": hello"), "utf-8")
    Path("bad").write_text("[[", "utf-8")
    ran = run("diff", *words)
    assert ran.exit_code == 2
    assert said in ran.stderr


def test_a_line_of_approvals_begins_with_a_fingerprint(pair):
    words = pair(WELCOME, WELCOME.replace(": welcome", ": hello"))
    Path("approved-changes.txt").write_text("# why\n\nthis one is fine\n", "utf-8")
    ran = run(*words)
    assert ran.exit_code == 2
    assert "approved-changes.txt:3 begins with no fingerprint" in ran.stderr


@pytest.mark.parametrize("line", ['{"type": "trac', b"\xff", '"\\'])
def test_an_event_that_cannot_be_read_is_named(pair, line):
    words = pair(WELCOME, WELCOME.replace(": welcome", ": hello"))
    text = line if isinstance(line, bytes) else line.encode()
    Path("events.ndjson").write_bytes(b'{"type": "track"}\n' + text + b"\n")
    ran = run(*words, "--events", "events.ndjson")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "event 2 in events.ndjson cannot be read" in ran.stderr
    assert "char 0" not in ran.stderr  # the place in a line that is named already


# --- git, the action and the hooks ------------------------------------------------------


def git(*words, cwd):
    who = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    subprocess.run(["git", *who, *words], cwd=cwd, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository whose mapping has changed since its first commit."""
    monkeypatch.chdir(tmp_path)
    assert run("init").exit_code == 0
    git("init", "-q", "-b", "main", cwd=tmp_path)
    git("add", "-A", cwd=tmp_path)
    git("commit", "-q", "-m", "Start", cwd=tmp_path)
    path = Path("mappings/notifications.yaml")
    path.write_text(path.read_text("utf-8").replace(": welcome", ": hello"), "utf-8")
    return tmp_path


def test_against_a_commit(repository):
    ran = run("diff", "--against", "main", "--format", "json")
    changes = json.loads(ran.stdout)["changes"]
    assert [change["kind"] for change in changes] == ["message-changed"]
    assert changes[0]["before"]["path"] == "mappings/notifications.yaml"
    Path("mappings").rename("kept")
    Path("mappings").mkdir()
    copyfile("kept/notifications.yaml", "mappings/messages.yaml")
    ran = run("diff", "--against", "main", "--format", "json")
    told = {(change["class"], change["kind"]) for change in json.loads(ran.stdout)["changes"]}
    assert {("breaking", "mapping-removed"), ("behaviour", "setting-added")} <= told
    assert ("breaking", "setting-added") not in told
    rmtree("mappings")
    Path("kept").rename("mappings")
    assert run("diff", "--against", "no-such-branch").exit_code == 2
    assert run("diff", "--against", "--output=x").exit_code == 2
    status = subprocess.run(
        ["git", "status", "--short"], cwd=repository, capture_output=True, text=True, check=True
    )
    assert status.stdout == " M mappings/notifications.yaml\n"


def test_against_a_commit_from_a_folder_below(repository, monkeypatch):
    here = run("diff", "--against", "main", "--format", "markdown").stdout
    monkeypatch.chdir(repository / "mappings")
    below = run("diff", "--against", "main", "--format", "markdown").stdout
    assert below.replace("notifications.yaml", "mappings/notifications.yaml") == here


def bash(text, cwd, **more):
    path = f"{Path(sys.executable).parent}:{cwd / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", text],
        cwd=cwd,
        env={**os.environ, "PATH": path, "RUNNER_TEMP": str(cwd / "temp"), **more},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_steps_of_the_action(repository):
    steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    step = {each["name"]: each["run"] for each in steps}
    for folder in ("temp", "bin"):
        (repository / folder).mkdir()
    summary = repository / "temp/summary.md"
    checked = bash(step["Check"], repository)
    assert checked.returncode == 1  # dist is stale
    assert checked.stdout.startswith("::error file=dist/notifications.js,")
    told = {"BASE": "main", "EVENTS": "", "GITHUB_STEP_SUMMARY": str(summary)}
    compared = bash(step["Compare"], repository, FAIL_ON="breaking privacy", **told)
    assert compared.returncode == 1
    assert compared.stdout.startswith("::error file=mappings/notifications.yaml,")
    assert "### segfn: 1 breaking" in summary.read_text("utf-8")
    assert_one_comment(step["Comment"], repository)


def assert_one_comment(script, repository):
    """It writes a comment where there is none, else it changes the one that is there."""
    gh = repository / "bin/gh"
    gh.parent.mkdir(exist_ok=True)
    gh.write_text('#!/bin/sh\necho "$@" >> calls\n[ "$2" != --paginate ] || echo "$OLD"\n')
    gh.chmod(gh.stat().st_mode | stat.S_IEXEC)
    about = {"REPOSITORY": "a/b", "NUMBER": "7", "GH_TOKEN": "t"}
    assert bash(script, repository, OLD="", **about).returncode == 0
    assert bash(script, repository, OLD="42", **about).returncode == 0
    calls = [
        line for line in (repository / "calls").read_text("utf-8").split("\n") if "body=@" in line
    ]
    assert len(calls) == 2
    assert "repos/a/b/issues/7/comments -F body=@" in calls[0]
    assert "-X PATCH repos/a/b/issues/comments/42 -F body=@" in calls[1]


def test_the_steps_of_the_workflow_that_init_writes(repository):
    workflow = yaml.safe_load(Path(".github/workflows/segfn.yml").read_text("utf-8"))
    step = {each.get("name"): each.get("run") for each in workflow["jobs"]["segfn"]["steps"]}
    summary = str(repository / "summary.md")
    checked = bash(step["Check"], repository)
    assert checked.returncode == 1  # dist is stale
    assert checked.stdout.startswith("::error file=dist/notifications.js,")
    ran = bash(step["Compare"], repository, BASE="main", GITHUB_STEP_SUMMARY=summary)
    assert ran.returncode == 0, ran.stderr
    assert "### segfn: 1 breaking" in Path(summary).read_text("utf-8")
    assert_one_comment(step["Comment"], repository)


def mend():
    """Let the fixtures and the generated file follow the changed mapping."""
    assert run("generate").exit_code == 0
    fixtures = Path("mappings/notifications.fixtures.yaml")
    text = fixtures.read_text("utf-8").replace("name: welcome", "name: hello")
    fixtures.write_text(text, "utf-8")


@pytest.fixture
def origin(repository):
    """The same with a remote, whose branch `main` is as it was."""
    mend()
    git("init", "-q", "--bare", "-b", "main", "origin.git", cwd=repository)
    git("remote", "add", "origin", str(repository / "origin.git"), cwd=repository)
    git("push", "-q", "origin", "main", cwd=repository)
    return repository


def recipe(language, holds):
    """The block of docs/ci.md in a language that holds some words."""
    page = (ROOT / "docs/ci.md").read_text("utf-8")
    found = re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return next(block for block in found if holds in block)


def test_the_recipe_for_gitlab(origin):
    install, *script = yaml.safe_load(recipe("yaml", "GIT_DEPTH"))["segfn"]["script"]
    assert install == "pip install segfn"
    ran = bash("\n".join(script), origin, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main")
    assert ran.returncode == 1, ran.stderr
    (passed,) = judge_junit(Path("check.xml").read_text("utf-8")).iter("testcase")
    assert list(passed) == []
    assert len(list(judge_junit(Path("diff.xml").read_text("utf-8")).iter("failure"))) == 1


def test_the_recipe_for_a_shell(origin):
    ran = bash(recipe("sh", "origin/main"), origin)
    assert ran.returncode == 1, ran.stderr
    assert ran.stderr.endswith("all files up to date\n")
    assert ran.stdout.startswith("BREAKING ")


def test_the_page_names_every_input_of_the_action():
    known = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"].keys()
    page = (ROOT / "docs/ci.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) == known
    steps = yaml.safe_load(recipe("yaml", "OWNER/segfn@"))["jobs"]["segfn"]["steps"]
    assert steps[-1]["with"].keys() <= known


def test_the_hooks(repository):
    hooks = {
        hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    }
    staged = ["mappings/notifications.yaml", "mappings/notifications.fixtures.yaml"]
    assert all(re.search(hooks["segfn-validate"]["files"], path) for path in staged)
    assert bash(" ".join([hooks["segfn-validate"]["entry"], *staged]), repository).returncode == 0
    (own,) = yaml.safe_load(Path(".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    mend()
    (hook,) = own["hooks"]
    assert hook["entry"] == hooks["segfn-check"]["entry"]
    assert bash(hook["entry"], repository).returncode == 0
