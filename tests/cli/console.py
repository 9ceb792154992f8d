"""Examples on pages: `$ command` and what it prints, run in a shell."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

BASH = shutil.which("bash")


def examples(page):
    """The blocks of commands on a page."""
    return re.findall(r"^```console\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def files(page):
    """The files that a page shows, by their paths."""
    return dict(re.findall(r"^`([\w./-]+)`\n\n```\w+\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))


def run(example, root):
    """Run the commands of a block; each prints and ends as the page says."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    for step in re.split(r"^\$ ", example, flags=re.MULTILINE)[1:]:
        line, _, output = step.partition("\n")
        command, _, code = line.partition("# exit code ")
        while output.startswith("> "):
            more, _, output = output.partition("\n")
            command += f"\n{more[2:]}"
        ran = subprocess.run(
            [BASH, "-o", "pipefail", "-c", command],
            cwd=root,
            env={**os.environ, "PATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert ran.returncode == int(code or 0), f"{command}: {ran.stdout}"
        assert fits(output, ran.stdout), f"{command}: {ran.stdout}"


def fits(told, said):
    """Whether an output is as told: `...` in a line is any text, alone it is any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line).replace(r"\.\.\.", ".*") + "\n"
        for line in told.splitlines()
    )
    return re.fullmatch(pattern, said) is not None
