"""What several tests share: Node.js with the packages that we compare ourselves with.

A test marked `node` is skipped where Node.js is missing, and fails instead where the
environment says `SEGFN_REQUIRE=node`, as CI does; likewise `chromium`, which `make browser`
requires.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NODE = Path(__file__).parent / "node"
PEERS = Path(__file__).parent / "peers"
EDITOR = Path(__file__).parent / "editor"
BROWSER = Path(__file__).parent / "browser"


def missing(what: str, reason: str) -> NoReturn:
    """Skip the test, or fail it if the environment requires what is missing."""
    if what in os.environ.get("SEGFN_REQUIRE", "").split(","):
        pytest.fail(f"SEGFN_REQUIRE={what}, but {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def node() -> str:
    """The program Node.js, for tests that need no packages."""
    return shutil.which("node") or missing("node", "node is not installed")


@pytest.fixture(scope="session")
def lacking() -> Callable[[str, str], NoReturn]:
    """How a fixture says that what it needs is not there."""
    return missing


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what is counted: a worker that takes long to end is killed, and its counts are lost."""
    counter = sys.modules.get("coverage")
    counting = None if counter is None else counter.Coverage.current()
    if counting is not None and hasattr(session.config, "workerinput"):
        counting.save()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was left out and why, and how much of a table the cases of a test touched."""
    skipped = terminalreporter.getreports("skipped")
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(
            f"skipped: {count} {'test' if count == 1 else 'tests'}, {reason}"
        )
    told = [
        value
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == "coverage" and report.when == "call"
    ]
    for line in sorted(map(str, told)):
        terminalreporter.write_line(f"complete: {line}")


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The installed packages of `tests/node/package-lock.json`."""
    return _installed(NODE)


@pytest.fixture(scope="session")
def editor_modules() -> Path:
    """The installed packages of `tests/editor/package-lock.json`."""
    return _installed(EDITOR)


def _installed(folder: Path) -> Path:
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            missing("node", f"{program} is not installed")
    with _one_at_a_time():
        complaint = _install(folder)
    if complaint is not None:
        missing("node", f"npm ci failed in tests/{folder.name}: {complaint}")
    return folder / "node_modules"


def _install(folder: Path) -> str | None:
    """Install what the lock file says; the complaint of npm where that fails."""
    told = _packages(folder / "package-lock.json")
    if told == _packages(folder / "node_modules" / ".package-lock.json"):
        return None
    ran = subprocess.run(
        [shutil.which("npm") or "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return None if ran.returncode == 0 else ran.stderr.strip()[-500:]


def _packages(lock: Path) -> dict[str, str] | None:
    if not lock.exists():
        return None
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    return {place: package["version"] for place, package in packages.items() if place}


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Keep the workers of pytest-xdist from installing into one folder together."""
    lock = Path(tempfile.gettempdir()) / "segfn-node-modules.lock"
    deadline = time.monotonic() + 300
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    try:
        yield
    finally:
        lock.rmdir()


@pytest.fixture(scope="session")
def browser_modules() -> Path:
    """The installed packages of `tests/browser/package-lock.json`."""
    return _installed(BROWSER)


@pytest.fixture(scope="session")
def run_node(node_modules: Path) -> Callable[[str, object], object]:
    """Run `tests/node/<script>` with JSON as its input; its JSON output."""
    assert node_modules.is_dir()

    def run(script: str, value: object) -> object:
        ran = subprocess.run(
            [shutil.which("node") or "node", str(NODE / script)],
            cwd=NODE,
            input=json.dumps(value),
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return run


@pytest.fixture(scope="session")
def ask_peers() -> Callable[[list[object]], list[dict[str, object]]]:
    """Answers of Segment's own libraries to jobs, see `tests/peers/answer.js`."""
    _installed(PEERS)

    def ask(jobs: list[object]) -> list[dict[str, object]]:
        return [told for at in range(0, len(jobs), 10_000) for told in some(jobs[at : at + 10_000])]

    def some(jobs: list[object]) -> list[dict[str, object]]:
        ran = subprocess.run(
            [shutil.which("node") or "node", str(PEERS / "answer.js")],
            cwd=PEERS,
            input="".join(f"{json.dumps(job)}\n" for job in jobs),
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=600,
        )
        assert ran.returncode == 0, ran.stderr
        return [json.loads(line) for line in ran.stdout.split("\n") if line]

    return ask
