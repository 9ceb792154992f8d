"""The comment in docs/review.md is the one that its change gets.

It is written anew with `SEGFN_UPDATE=1 pytest tests/changes/test_page.py`; read the difference
then. Hashes and line numbers of the generated file are not compared.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from click.testing import CliRunner

from generator.cli import main

PAGE = Path(__file__).parents[2] / "docs/review.md"
BEGIN, END = "<!-- segfn:diff -->\n", "\n---\n"


def git(*words):
    who = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    subprocess.run(["git", *who, *words], check=True, capture_output=True)


def block(page, language):
    return re.search(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[1]


def test_the_comment_on_the_page_is_real(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text("utf-8")
    path = Path("mappings/notifications.yaml")
    path.parent.mkdir()
    path.write_text(block(page, "yaml"), "utf-8")
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "Start")
    Path("change.diff").write_text(block(page, "diff"), "utf-8")
    git("apply", "change.diff")
    ran = CliRunner().invoke(main, ["diff", "--against", "main", "--format", "markdown"])
    assert ran.exit_code == 0, ran.output
    head, rest = page.split(BEGIN)
    told, tail = rest.split(END, 1)
    if os.environ.get("SEGFN_UPDATE"):
        PAGE.write_text(head + ran.stdout + END + tail, "utf-8")
    assert plain(BEGIN + told) == plain(ran.stdout)


def plain(text):
    """A comment without what changes with every release."""
    return re.sub(r"`[0-9a-f]{64}`|^@@.*@@$|^<sub>.*$", "", text, flags=re.MULTILINE).strip()
