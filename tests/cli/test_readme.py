"""The README's own commands, run as a reader would."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^segfn [^#\n]*", README, re.MULTILINE)


def test_the_commands_of_the_readme_do_what_they_say(tmp_path):
    assert [shlex.split(command)[1] for command in COMMANDS] == [
        "init",
        "check",
        "generate",
        "show",
        "run",
    ]
    event = {"type": "track", "event": "User Registered", "userId": "ada", "messageId": "m-1"}
    (tmp_path / "events.ndjson").write_text(json.dumps(event) + "\n", "utf-8")
    segfn = [sys.executable, "-c", "from generator.cli import main; main()"]
    for command in COMMANDS:
        ran = subprocess.run(
            [*segfn, *shlex.split(command)[1:]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert ran.returncode == 0, (command, ran.stdout, ran.stderr)
        assert "Traceback" not in ran.stderr


def test_the_mapping_of_the_readme_becomes_the_javascript_of_the_readme(segfn):
    mapping, made = (
        re.search(rf"^```{kind}\n(.+?)^```$", README, re.MULTILINE | re.DOTALL)[1]
        for kind in ("yaml", "js")
    )
    assert made in segfn("generate", "-", stdin=mapping).out
