"""Every Python that is installed here generates the same bytes: `make pythons`.

Each gets a virtual environment of its own with segfn as a user installs it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
MINORS = range(10, 15)


def interpreters():
    """The Pythons on the path and those of pyenv, one of each version."""
    for minor in MINORS:
        known = sorted(Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python"))
        found = next(map(str, known), None) or shutil.which(f"python3.{minor}")
        if found is not None:
            yield f"3.{minor}", found


def differing(python, home):
    """The files that this Python generates otherwise than those of `dist/`."""
    subprocess.run([python, "-m", "venv", home / "venv"], check=True)
    installed = home / "venv" / "bin"
    install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--quiet",
        "--disable-pip-version-check",
        str(ROOT),
    ]
    subprocess.run([installed / "python", *install], check=True)
    shutil.copytree(ROOT / "mappings", home / "mappings")
    generate = [installed / "segfn", "generate", "--project", home, "--out", home / "out"]
    subprocess.run(generate, check=True, capture_output=True)
    made = {path.name: path.read_bytes() for path in (home / "out").iterdir()}
    held = {path.name: path.read_bytes() for path in (ROOT / "dist").glob("*.js")}
    return sorted(name for name in made.keys() | held.keys() if made.get(name) != held.get(name))


def main():
    tried, wrong = 0, 0
    for version, python in interpreters():
        with tempfile.TemporaryDirectory() as home:
            different = differing(python, Path(home))
        tried, wrong = tried + 1, wrong + bool(different)
        print(f"Python {version}: {', '.join(different) or 'the same bytes'}", flush=True)
    return int(wrong > 0 or tried == 0)


if __name__ == "__main__":
    sys.exit(main())
