"""What all commands share: help, exit codes, streams, colours, completion."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from generator import cli
from generator.commands import _session, validate
from generator.commands._layout import Painter
from generator.diagnostics import CATALOGUE, Code, Report, Severity, Span

COMMANDS = Path(cli.__file__).parent / "commands"
SEGFN = Path(sys.executable).with_name("segfn")


def run(*args, **options):
    """The installed command in its own process."""
    return subprocess.run(
        [SEGFN, *args], capture_output=True, text=True, check=False, timeout=60, **options
    )


# --- help -----------------------------------------------------------------------------


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_shows_every_command(segfn, flag):
    answer = segfn(flag)
    assert answer.code == 0
    for path in COMMANDS.glob("[!_]*.py"):
        summary = path.read_text("utf-8").splitlines()[0]
        assert re.fullmatch(r'r?"""[A-Z].{10,76}\."""', summary), f"{path.name} begins {summary}"
        assert re.search(rf"^  {path.stem.rstrip('_')} ", answer.out, re.MULTILINE)
    assert "--project" in answer.out


def test_help_of_each_command(segfn):
    for path in COMMANDS.glob("[!_]*.py"):
        answer = segfn(path.stem.rstrip("_"), "-h")
        assert answer.code == 0
        assert "Every command knows --project" in answer.out


def test_help_imports_nothing_that_it_does_not_show():
    code = (
        "import sys\nbefore = set(sys.modules)\nfrom generator.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(eval(ran.stderr))
    assert "click" in loaded
    assert not loaded & {"yaml", "jsonschema", "jinja2", "py_mini_racer", "json", "difflib"}
    ours = {name for name in loaded if name.startswith("generator")}
    assert ours == {
        "generator",
        "generator.cli",
        "generator.commands",
        "generator.commands._session",
    }


@pytest.mark.parametrize("words", [[], ["import"]])
def test_nothing_asked_is_wrong_usage(segfn, words):
    answer = segfn(*words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(" ".join(["Usage: segfn", *words, "[OPTIONS]"]))


def test_version(segfn):
    assert re.fullmatch(r"segfn \d+\.\d+\.\d+\S*\n", segfn("--version").out)


# --- slips of the pen -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["valdate"], 'error: there is no command "valdate"\nhelp: write "validate"\n'),
        (["build"], 'error: there is no command "build"\nhelp: write "generate"\n'),
        (
            ["import", "fucntion"],
            'error: there is no command "segfn import fucntion"\nhelp: write "function"\n',
        ),
        (["frobnicate"], 'error: there is no command "frobnicate"\nhelp: see `segfn --help`\n'),
        (
            ["validate", "--fromat", "json"],
            "error: segfn validate has no option --fromat\nhelp: write --format\n",
        ),
        (
            ["schema", "mappin"],
            (
                "error: 'mappin' is not one of 'mapping', 'diff', 'fixtures', 'provider'\n"
                'help: write "mapping"\n'
            ),
        ),
        (
            ["validate", "--strict=1"],
            "error: option '--strict' does not take a value\nhelp: see `segfn validate --help`\n",
        ),
        (
            ["--project", "nowhere", "validate"],
            "error: there is no folder nowhere\nhelp: name the project's folder\n",
        ),
    ],
)
@pytest.mark.usefixtures("folder")
def test_wrong_words_exit_2_with_advice(segfn, args, said):
    answer = segfn(*args)
    assert (answer.code, answer.out, answer.err) == (2, "", said)


# --- exit codes ------------------------------------------------------------------------------


@pytest.fixture
def command_does(monkeypatch):
    """Let `segfn validate` do something else."""

    def replace(act):
        monkeypatch.setattr(validate.command, "callback", lambda **_: act())

    return replace


def test_a_bug_of_ours_exits_3_with_text_to_paste(segfn, command_does):
    def fail():
        raise KeyError("x\x1b[31m")

    command_does(fail)
    answer = segfn("validate", "--format", "json", "secret.yaml")
    assert (answer.code, answer.out) == (3, "")
    assert "this is a bug of segfn" in answer.err
    assert re.search(r"^    segfn \d\S+, Python 3\.\d+\.\d+, \w+$", answer.err, re.MULTILINE)
    assert "\n    command: segfn validate --format ... ...\n" in answer.err
    assert r"KeyError: 'x\x1b[31m'" in answer.err
    assert "generator/cli.py:" in answer.err
    assert "secret.yaml" not in answer.err
    assert str(Path.cwd().parent) not in answer.err
    assert "Traceback" not in answer.err


def test_debug_shows_the_traceback(segfn, command_does):
    command_does(lambda: 1 / 0)
    answer = segfn("validate", "--debug")
    assert answer.code == 3
    assert "Traceback (most recent call last)" in answer.err
    assert "ZeroDivisionError" in answer.err


def test_an_interrupt_exits_130(segfn, command_does):
    def interrupt():
        raise KeyboardInterrupt

    command_does(interrupt)
    answer = segfn("validate")
    assert (answer.code, answer.err) == (130, "\ninterrupted\n")


def test_a_file_that_the_machine_refuses_is_named(segfn, command_does, folder):
    def refuse():
        raise PermissionError(13, "Permission denied", str(folder.root / "a.yaml"))

    command_does(refuse)
    answer = segfn("validate")
    assert (answer.code, answer.err) == (
        2,
        "error: a.yaml: permission denied\nhelp: give yourself the right to use it\n",
    )


@pytest.mark.parametrize(
    ("severity", "relaxed", "strict"), [("error", 1, 1), ("warning", 0, 1), ("note", 0, 0)]
)
def test_warnings_fail_with_strict_only(segfn, command_does, severity, relaxed, strict):
    report = Report()
    report.add(Code("L992", "mere-test", Severity(severity), "x"), Span.start_of("a"), "wrong")
    CATALOGUE.pop("L992")
    command_does(lambda: report)
    assert segfn("validate").code == relaxed
    assert segfn("validate", "--strict").code == strict
    assert segfn("--strict", "validate").code == strict


# --- streams -----------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX pipes")
@pytest.mark.parametrize("args", [["schema"], ["explain"], ["--help"]])
def test_a_closed_output_is_no_error(args):
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [SEGFN, *args], stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=60
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX pipes")
@pytest.mark.usefixtures("broken")
def test_a_closed_output_does_not_hide_findings():
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run([SEGFN, "validate"], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux")
@pytest.mark.parametrize("args", [["schema"], ["--help"]])
def test_a_full_disk_is_told_without_a_traceback(args):
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run([SEGFN, *args], stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 2
    assert re.fullmatch(rb"error: the output cannot be written: .*\nhelp: .*\n", ran.stderr)


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_stream_may_be_closed(closed):
    ran = subprocess.run(f"{SEGFN} schema {closed}", shell=True, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_utf8_goes_out_where_the_locale_is_ascii(project):
    project.write("mappings/novu.yaml", "version: 1\nprovider: novu\ntrack: { é: { 日本: x } }\n")
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    ran = subprocess.run([SEGFN, "validate"], env=env, capture_output=True, check=False)
    assert ran.returncode == 1
    assert "日本" in ran.stdout.decode("utf-8")


def hears_ctrl_c():
    """Undo what a shell does to the jobs that it runs in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_ctrl_c_ends_the_real_command_without_a_traceback(project):
    slow = project.root / "slow.ndjson"
    os.mkfifo(slow)
    with subprocess.Popen(
        [SEGFN, "run", "mappings/novu.yaml", "--events", slow],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hears_ctrl_c,
    ) as ran:
        while ran.poll() is None:
            try:
                writing = os.open(slow, os.O_WRONLY | os.O_NONBLOCK)
                break
            except OSError:  # it does not read yet
                time.sleep(0.01)
        ran.send_signal(signal.SIGINT)
        _, err = ran.communicate(timeout=20)
    os.close(writing)
    assert (ran.returncode, err) == (130, "\ninterrupted\n")


# --- colours -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "env", "coloured"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
@pytest.mark.usefixtures("broken")
def test_colours(segfn, monkeypatch, args, env, coloured):
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in segfn("validate", *args).out) == coloured
    assert ("\x1b[" in segfn(*args, "validate").out) == coloured


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
@pytest.mark.usefixtures("broken")
def test_colours_on_a_terminal(env, coloured):
    shown = on_a_terminal("validate", **env)
    # Colours end with m; what clears a progress line, which is shown where it takes long, does not.
    assert bool(re.search(r"\x1b\[[\d;]*m", shown)) == coloured
    assert 'no "worklow"' in shown


def on_a_terminal(*args, **env):
    """What a person sees."""
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(
        [SEGFN, *args], stdout=theirs, stderr=theirs, env={**kept, "TERM": "xterm", **env}
    ) as ran:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # Linux says EIO where the other end is closed
                break
            if not piece:
                break
            shown += piece
        ran.wait(timeout=60)
    os.close(ours)
    return shown.decode("utf-8").replace("\r\n", "\n")


@pytest.mark.usefixtures("project")
def test_the_next_steps_are_shown_on_a_terminal():
    shown = on_a_terminal("generate", NO_COLOR="1")
    assert re.search(r"dist/novu\.js  1 route  [\d.]+ kB  new\n", shown)
    assert "Next, in Segment" in shown
    assert re.search(r"apiKey +string, required, sensitive +Novu API key", shown)
    assert "Next, in Segment" not in on_a_terminal("generate")


@pytest.mark.parametrize(("color", "shown"), [("always", "\x1b[32mgood\x1b[0m"), ("never", "good")])
def test_talk_is_safe_and_may_be_coloured(capsys, color, shown):
    session = _session.Session()
    session.color = color
    good = Painter(colour=color == "always")("green", "good")
    session.say(f"{good} \x1b[8m")
    session.say("::x")
    assert capsys.readouterr() == ("", f"{shown} \\u{{1b}}[8m\n\\u{{3a}}:x\n")


def test_progress_is_shown_where_it_takes_a_while(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    def shown(patience):
        monkeypatch.setattr(_session, "PATIENCE", patience)
        monkeypatch.setattr(sys, "stderr", Terminal())
        assert list(_session.Session().progress("ab", "letters")) == ["a", "b"]
        return sys.stderr.getvalue()

    assert shown(60) == ""
    assert shown(-1) == "\r\x1b[K0 of 2 letters\r\x1b[K1 of 2 letters\r\x1b[K"
    monkeypatch.setenv("TERM", "dumb")
    assert shown(-1) == ""


# --- completion -----------------------------------------------------------------------------------


def complete(*words):
    """What bash is offered for the last word."""
    env = {
        **os.environ,
        "_SEGFN_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["segfn", *words]),
        "COMP_CWORD": str(len(words)),
    }
    return [line.split(",", 1)[-1] for line in run(env=env).stdout.splitlines()]


@pytest.mark.usefixtures("project")
def test_completion():
    assert {"validate", "generate", "explain"} <= set(complete(""))
    assert complete("val") == ["validate"]
    assert "--color" in complete("validate", "--c")
    assert complete("validate", "--format", "s") == ["sarif"]
    assert complete("validate", "mappings/") == ["mappings/novu.yaml"]
    assert complete("generate", "m") == ["mappings/"]
    assert complete("explain", "unknown-k") == ["unknown-key"]
    assert complete("explain", "S10") == ["S101", "S102", "S103", "S104", "S105"]
    assert complete("providers", "n") == ["novu"]
    assert complete("init", "--provider", "k") == ["knock"]
    assert complete("import", "actions", "--provider", "k") == ["knock"]


def test_completion_is_silent_about_a_wrong_configuration(project):
    project.write("segfn.toml", "mapings = 1\n")
    env = {**os.environ, "_SEGFN_COMPLETE": "bash_complete", "COMP_CWORD": "2"}
    ran = run(env={**env, "COMP_WORDS": "segfn providers n"})
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", "")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_shell_is_told_how_to_complete(shell):
    ran = run(env={**os.environ, "_SEGFN_COMPLETE": f"{shell}_source"})
    assert (ran.returncode, "segfn" in ran.stdout) == (0, True)


# --- commands that contain commands --------------------------------------------------------------


def test_a_command_inside_a_command_knows_the_common_options():
    seen = []

    @click.group()
    def outer():
        pass

    @outer.command()
    @click.pass_obj
    def inner(session):
        seen.append((session.strict, session.color))

    found = cli.know_common(outer)
    session = _session.Session()
    with found.make_context("outer", ["inner", "--strict", "--color", "never"], obj=session) as ctx:
        found.invoke(ctx)
    assert seen == [(True, "never")]


@pytest.mark.usefixtures("broken")
def test_json_on_standard_output_is_nothing_but_json(segfn):
    answer = segfn("validate", "--format", "json")
    (finding,) = json.loads(answer.out)["diagnostics"]
    assert (answer.code, finding["path"], finding["line"], finding["column"], finding["slug"]) == (
        1,
        "mappings/novu.yaml",
        5,
        5,
        "unknown-key",
    )
