"""The way into Segment's editor: the clipboard, and a fixture's event for its test."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

FIXTURES = """\
settings:
  apiKey: test-key
fixtures:
  - name: whoever registers is welcomed
    event:
      type: track
      event: User Registered
      userId: ada
    expect:
      outcome: delivered
  - name: a batch of two
    settings:
      region: eu
    batch:
      - type: track
        event: User Registered
        userId: ada
      - type: track
        event: User Registered
        userId: grace
    expect:
      statuses: [200, 200]
"""


@pytest.fixture
def pasted(project):
    project.write("mappings/novu.fixtures.yaml", FIXTURES)
    return project


def test_the_file_is_given_to_the_programs_of_the_platform(pasted, segfn, monkeypatch):
    program = pasted.write("bin/pbcopy", '#!/bin/sh\nexec cat > "$KEPT"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{pasted.root / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("KEPT", str(pasted.root / "kept"))
    for name in ("SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    answer = segfn("generate", "--copy", "mappings/novu.yaml")
    assert (answer.code, pasted.read("kept")) == (0, pasted.read("dist/novu.js"))
    assert "novu.js copied by pbcopy" in answer.err


def test_over_ssh_the_terminal_is_asked_by_osc_52(pasted):
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    ran = subprocess.Popen(
        [Path(sys.executable).with_name("segfn"), "generate", "--copy", "mappings/novu.yaml"],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "SSH_TTY": "/dev/pts/1"},
    )
    os.close(theirs)
    said = b""
    while b"\x07" not in said:  # a terminal that nobody reads is full soon
        said += os.read(ours, 65_536)
    assert ran.wait() == 0
    os.close(ours)
    assert b"apiKey   string, required, sensitive" in said
    (encoded,) = re.findall(rb"\x1b]52;c;([A-Za-z0-9+/=]+)\x07", said)
    assert base64.b64decode(encoded).decode() == pasted.read("dist/novu.js")


@pytest.mark.usefixtures("pasted")
def test_without_a_clipboard_it_says_what_else_there_is(segfn, monkeypatch):
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    answer = segfn("generate", "--copy", "mappings/novu.yaml")
    assert (answer.code, "use --stdout" in answer.err) == (2, True)


@pytest.mark.usefixtures("pasted")
@pytest.mark.parametrize("name", ["whoever registers is welcomed", "WELCOMED"])
def test_an_event_can_be_pasted_with_its_settings(segfn, name):
    answer = segfn("event", name)
    assert json.loads(answer.out) == {"type": "track", "event": "User Registered", "userId": "ada"}
    assert answer.err == 'setting apiKey: "test-key"\n'


@pytest.mark.usefixtures("pasted")
def test_a_batch_is_an_array(segfn):
    answer = segfn("event", "batch")
    assert [event["userId"] for event in json.loads(answer.out)] == ["ada", "grace"]
    assert answer.err == 'setting apiKey: "test-key"\nsetting region: "eu"\n'


@pytest.mark.usefixtures("pasted")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("whoever registers is welcome d", 'write "whoever registers is welcomed"'),
        ("o", "2 fixtures fit"),
    ],
)
def test_a_name_must_be_of_one_fixture(segfn, name, told):
    answer = segfn("event", name)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
