"""`segfn check --watch`, as an editor runs it: a process that speaks whenever a file is saved."""

from __future__ import annotations

import builtins
import json
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from py_mini_racer import MiniRacer

FIXTURES = """\
settings:
  apiKey: test-key
fixtures:
  - name: somebody is welcomed
    event:
      type: track
      event: User Registered
      userId: u1
    expect:
      outcome: delivered
"""
ROOT = Path(__file__).parent.parent.parent
PATIENCE = 30


class Watching:
    """A running `segfn check --watch`."""

    def __init__(self, root):
        command = [sys.executable, "-c", "from generator.cli import main; main()"]
        self.process = subprocess.Popen(
            [*command, "check", "--watch"],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            bufsize=1,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def round(self):
        """The lines of the next round, without those that begin and end it."""
        found = []
        while True:
            line = self.lines.get(timeout=PATIENCE)
            if line.endswith("watching for changes"):
                assert found[0] == "segfn: checking"
                return found[1:], line
            found.append(line)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture
def watching(project, segfn):
    project.write("mappings/novu.fixtures.yaml", FIXTURES)
    project.write("templates/providers/README.md", "none of our own yet")
    assert segfn("generate").code == 0
    running = Watching(project.root)
    yield running
    running.process.kill()
    running.process.wait()


def test_every_save_is_answered(watching, project):
    pytest.importorskip("watchfiles")
    clean = ["1 mapping valid, 1 fixture passed, all files up to date"]
    assert watching.round()[0] == clean
    good = project.read("mappings/novu.yaml")
    generated = project.read("dist/novu.js")

    project.write("mappings/novu.yaml", good.replace("welcome", "welcome\n    wehn: x"))
    begin = time.monotonic()
    told, end = watching.round()
    assert time.monotonic() - begin < 5
    assert told[0].startswith("mappings/novu.yaml:")
    assert re.fullmatch(r"segfn: \d+ findings? in \d+\.\d s, watching for changes", end)
    assert project.read("dist/novu.js") == generated

    project.write("mappings/novu.yaml", good)
    assert watching.round()[0] == clean

    project.write("segfn.toml", "out = 1\n")
    project.write("mappings/novu.yaml", good + "\n")
    assert "error: the configuration is not usable" in watching.round()[0]
    project.write("segfn.toml", "")
    project.write("mappings/novu.yaml", good)
    assert watching.round()[0] == clean
    assert watching.stop() == 130


def test_a_folder_that_comes_later_is_watched_too(project, segfn):
    pytest.importorskip("watchfiles")
    running = Watching(project.root)
    told, _ = running.round()
    assert "missing-file" in told[0]
    assert segfn("generate").code == 0
    told, end = running.round()
    running.stop()
    assert (told[0].split(": ")[1], end[:16]) == ("warning[T112 no-fixtures]", "segfn: 1 finding")


def test_standard_input_cannot_be_watched(segfn):
    pytest.importorskip("watchfiles")
    answer = segfn("check", "--watch", "-")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: standard input cannot be watched\n")


def test_without_watchfiles(project, segfn, monkeypatch):
    assert project.names() == ["mappings"]
    real = builtins.__import__

    def refuse(name, *rest):
        if name == "watchfiles":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    answer = segfn("check", "--watch")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "error: --watch needs watchfiles, which is not installed\n"
        'help: install it: pip install "segfn[watch]"\n'
    )


def test_the_problem_matcher_of_the_documentation(broken, segfn):
    """The recipe for VS Code finds what `segfn check` prints, and where a round begins and ends.

    V8 matches, as it does in VS Code.
    """
    page = (ROOT / "docs/editors.md").read_text("utf-8")
    task = next(
        block for block in re.findall(r"```json\n(.+?)```", page, re.DOTALL) if "tasks" in block
    )
    matcher = json.loads(task)["tasks"][0]["problemMatcher"]
    broken.write("mappings/novu.fixtures.yaml", FIXTURES)
    v8 = MiniRacer()

    def found(pattern, lines):
        """What a regular expression of JavaScript finds, line by line."""
        asked = f"new RegExp({json.dumps(pattern)})"
        told = f"{json.dumps(lines)}.map((line) => {asked}.exec(line)).filter(Boolean)"
        return json.loads(v8.eval(f"JSON.stringify({told})"))

    (first,) = found(matcher["pattern"]["regexp"], segfn("check").out.splitlines())
    places = {name: first[matcher["pattern"][name]] for name in ("file", "line", "column")}
    assert places == {"file": "mappings/novu.yaml", "line": "5", "column": "5"}
    assert first[matcher["pattern"]["severity"]] == "error"
    assert first[matcher["pattern"]["code"]] == "S101"
    assert first[matcher["pattern"]["message"]].startswith('"User Registered" has no')
    end = "segfn: 1 finding in 0.2 s, watching for changes"
    lines = ["segfn: checking", end]
    assert [line for (line,) in found(matcher["background"]["beginsPattern"], lines)] == lines[:1]
    assert [line for (line,) in found(matcher["background"]["endsPattern"], lines)] == lines[1:]
