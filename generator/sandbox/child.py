"""The child process in which V8 runs events; it dies rather than hang or grow.

It is started as a program, with nothing but the folder of `py_mini_racer`, and speaks in
frames: a letter, the length, and that many bytes of UTF-8. In come (L)oad a job, (R)un
events, (A)nswers; out go (K) done, (T)ext of results, (Q)uestions, (X) it does not work.
"""

from __future__ import annotations

import json
import os
import queue
import struct
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from py_mini_racer import MiniRacer

HEADER = struct.Struct(">cI")
HEAP = 128 << 20
DATA = 1 << 30
OUT_OF_MEMORY = 97  # the exit code that says so
LIBRARIES = ("fetch", "crypto", "buffer", "url", "console", "node", "source", "watch")
# The language of Node.js 20: what V8 learned later is a syntax error there.
V8_FLAGS = (
    "--single-threaded",
    "--no-js-regexp-modifiers",
    "--no-js-regexp-duplicate-named-groups",
    "--no-js-explicit-resource-management",
)


def main() -> None:
    """Serve frames until the parent closes its end."""
    _limit()
    sys.path.insert(0, sys.argv[1])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # V8 may print
    frames: queue.Queue[tuple[bytes, bytes]] = queue.Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, frames), daemon=True).start()
    try:
        worker = _Worker(answers, frames)
    except Exception as fault:  # noqa: BLE001 - the parent tells the user
        _send(answers, b"X", _told(fault))
        os._exit(1)
    _send(answers, b"K")
    while True:
        kind, payload = frames.get()
        try:
            worker.serve(kind, payload.decode("utf-8"))
        except Exception as fault:  # noqa: BLE001 - the parent decides
            worker.die_if_full()
            _send(answers, b"X", _told(fault))


def _told(fault: Exception) -> str:
    """The fault in one line that can be sent."""
    text = f"{type(fault).__name__}: {fault}".splitlines()[0]
    return text.encode("utf-8", "replace").decode()


def _limit() -> None:
    """Bound memory: the heap limit of V8 does not count typed arrays."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (DATA, DATA))


def _listen(stream: BinaryIO, frames: queue.Queue[tuple[bytes, bytes]]) -> None:
    """Pass frames on; the end of the parent is our end, whatever V8 does."""
    while True:
        header = stream.read(HEADER.size)
        if len(header) < HEADER.size:
            os._exit(0)
        kind, length = HEADER.unpack(header)
        frames.put((kind, stream.read(length)))


def _send(stream: BinaryIO, kind: bytes, text: str = "") -> None:
    payload = text.encode("utf-8")
    stream.write(HEADER.pack(kind, len(payload)) + payload)
    stream.flush()


class _Worker:
    """One job at a time in one context of V8, or in a context for every event."""

    def __init__(self, answers: BinaryIO, frames: queue.Queue[tuple[bytes, bytes]]) -> None:
        """Read our JavaScript and start V8."""
        from py_mini_racer import init_mini_racer  # noqa: PLC0415 - its folder is known only now

        init_mini_racer(flags=V8_FLAGS)
        self.answers, self.frames = answers, frames
        here = Path(__file__).parent
        sources = {name: (here / f"{name}.js").read_text("utf-8") for name in LIBRARIES}
        core = (here / "segment.js").read_text("utf-8").rstrip().rstrip(";")
        self.program = f"({core})({json.dumps(sources)}"
        self.job = ""
        self.fresh = False
        self.context = _Context()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        """Look after the memory: in a microtask nobody is told that the heap is full."""
        while True:
            time.sleep(0.05)
            self.die_if_full()

    def die_if_full(self) -> None:
        """End the process if V8 reached its heap limit."""
        if self.context.is_full():
            os._exit(OUT_OF_MEMORY)

    def serve(self, kind: bytes, text: str) -> None:
        """Do what one frame asks."""
        if kind == b"L":
            self.job, self.fresh = text, text.startswith('{"fresh": true')
            self._load()
            _send(self.answers, b"K")
        elif self.fresh:
            self._run_each(text)
        else:
            _send(self.answers, b"T", self._run(text))

    def _load(self) -> None:
        """Load the job in a context that has seen nothing."""
        if self.context.enter is not None:
            used, self.context = self.context, _Context()
            used.close()
        self.context.load(f"{self.program}, {json.dumps(self.job)})")

    def _run_each(self, text: str) -> None:
        """Run every event in a context of its own; the last leaves one for the next frame."""
        index, *events = text.split("\n")
        lines = []
        for place, event in enumerate(events, int(index)):
            lines.append(self._run(f"{place}\n{event}"))
            self._load()
        _send(self.answers, b"T", "\n".join(lines))

    def _run(self, text: str) -> str:
        """Run events; requests go to the parent and wait for its answers."""
        reply: str = self.context.enter("run", text).get()
        while reply[0] == "Q":
            _send(self.answers, b"Q", reply[1:])
            _, payload = self.frames.get()
            reply = self.context.enter("answer", payload.decode("utf-8")).get()
        if reply[0] == "X":
            raise RuntimeError(reply[1:])
        return reply[1:]


class _Context:
    """A context of V8; `enter` is Segment's runtime once it is loaded."""

    def __init__(self) -> None:
        from py_mini_racer import MiniRacer  # noqa: PLC0415 - its folder is known only now

        self.racer: MiniRacer = MiniRacer()
        self.racer.set_hard_memory_limit(HEAP)
        self.enter: Any = None

    def load(self, program: str) -> None:
        """Load Segment's globals and the function under test."""
        self.enter = self.racer.eval(program)

    def is_full(self) -> bool:
        """Whether V8 reached its heap limit."""
        return self.racer.was_hard_memory_limit_reached()

    def close(self) -> None:
        """Give the memory back."""
        self.racer.close()


if __name__ == "__main__":
    main()
