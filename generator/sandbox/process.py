"""The child process as its parent sees it.

It is started without an environment, asked with a deadline, and ended for certain.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from generator.sandbox.child import HEADER, HEAP, OUT_OF_MEMORY

_START = 60.0  # seconds for Python and V8 to start, on the busiest machine


@dataclass(frozen=True, slots=True)
class Reply:
    """A frame of the child."""

    kind: bytes
    payload: bytes


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a child gave no answer.

    `hang`: not in time; `memory`: its heap was full; `crash`: it died; `broken`: what it ran
    broke the code around it, `why` says how.
    """

    kind: str
    why: str = ""


class NoNodeError(Exception):
    """Node.js is asked for and not installed."""


class Process:
    """A running child and the thread that reads what it says."""

    def __init__(self, engine: str = "v8") -> None:
        """Start it, away from the project and in a group of its own."""
        self._process = subprocess.Popen(  # noqa: S603 - our own files
            _node_program() if engine == "node" else _program(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=tempfile.gettempdir(),
            env=_environment(),
            **_own_group(),
        )
        self._frames: queue.Queue[Reply | None] = queue.Queue()
        listener = threading.Thread(target=_listen, args=(self._process.stdout, self._frames))
        listener.daemon = True
        listener.start()
        replied = self._wait(_START)
        if isinstance(replied, Failure):
            self.kill()
            raise RuntimeError(f"V8 does not start: {replied.kind} {replied.why}")  # noqa: TRY004

    def ask(self, kind: bytes, payload: bytes, deadline: float) -> Reply | Failure:
        """Send a frame and wait that many seconds for the answer."""
        stream = self._process.stdin
        try:
            if stream is not None:
                stream.write(HEADER.pack(kind, len(payload)))
                stream.write(payload)
                stream.flush()
        except OSError:
            return self._end()
        return self._wait(deadline)

    def _wait(self, deadline: float) -> Reply | Failure:
        try:
            reply = self._frames.get(timeout=deadline)
        except queue.Empty:
            return Failure("hang")
        if reply is None:
            return self._end()
        if reply.kind == b"X":
            return Failure("broken", reply.payload.decode("utf-8", "replace"))
        return reply

    def _end(self) -> Failure:
        """Why it ended."""
        code = self._process.wait()
        return Failure("memory" if code == OUT_OF_MEMORY else "crash")

    def kill(self) -> None:
        """End it, whatever it does, and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was not sent stays unsent
                if stream is not None:
                    stream.close()


def _listen(stream: IO[bytes], frames: queue.Queue[Reply | None]) -> None:
    """Pass frames on; None is the end."""
    with suppress(OSError, ValueError):  # closed while reading
        while len(header := stream.read(HEADER.size)) == HEADER.size:
            kind, length = HEADER.unpack(header)
            frames.put(Reply(kind, stream.read(length)))
    frames.put(None)


@cache
def _program() -> tuple[str, ...]:
    """Python with the child's file, and the folder that it imports V8 from."""
    found = find_spec("py_mini_racer")
    if found is None or found.origin is None:
        raise RuntimeError("the package mini-racer is not installed")
    child = str(Path(__file__).with_name("child.py"))
    return sys.executable, "-I", "-S", child, str(Path(found.origin).parents[1])


def _node_program() -> tuple[str, ...]:
    """Node.js with the same heap limit and task, and the folder whose packages it has."""
    node = shutil.which("node")
    if node is None:
        raise NoNodeError
    heap = f"--max-old-space-size={HEAP >> 20}"
    return node, heap, str(Path(__file__).with_name("engine.cjs")), str(Path.cwd())


def node_version() -> str | None:
    """The version of the Node.js that is installed, such as `20.11.1`."""
    node = shutil.which("node")
    if node is None:
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    return told.stdout.strip().removeprefix("v") or None


def installed_version(package: str, folder: Path) -> str | None:
    """The version of an npm package that Node.js finds from a folder, if there is one."""
    for home in (folder, *folder.parents):
        try:
            told = json.loads(home.joinpath("node_modules", package, "package.json").read_bytes())
        except (OSError, ValueError):
            continue
        return str(told.get("version"))
    return None


def _environment() -> dict[str, str]:
    """No secrets of CI; UTC as at Segment; and what Windows cannot start without."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {"TZ": "UTC", **kept}


def _own_group() -> dict[str, Any]:
    """Keep Ctrl-C from the child: the parent ends it."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
