"""A bug of ours as text that is ready to be pasted into an issue."""

from __future__ import annotations

import platform
import traceback
from pathlib import Path

from generator.project import version
from generator.reporters import safe

HOME = Path(__file__).parent
MOST_FRAMES = 8


def report_of(problem: BaseException, args: list[str]) -> str:
    """What a maintainer needs: no paths of the machine, no values from the command line."""
    message = safe(str(problem)).split("\n", 1)[0][:300]
    lines = [
        f"segfn {version()}, Python {platform.python_version()}, {platform.system()}",
        f"command: {' '.join(['segfn', *_shape(args)])}",
        f"{type(problem).__name__}: {message}".rstrip(": "),
        *(f"  at {frame}" for frame in _frames(problem)),
    ]
    return "\n".join(
        [
            "error: segfn failed; this is a bug of segfn, not of your mapping",
            "help: open an issue with these lines, if nothing in them is secret:",
            "",
            *(f"    {line}" for line in lines),
            "",
            "The option --debug shows the whole traceback.",
            "",
        ]
    )


def _shape(args: list[str]) -> list[str]:
    """The command line without values, which may be secret or private."""
    first, *rest = args or [""]
    words = [word.split("=", 1)[0] if word.startswith("-") else "..." for word in rest]
    return [first.split("=", 1)[0], *words]


def _frames(problem: BaseException) -> list[str]:
    """The innermost places in our own code."""
    frames = [
        f"{Path(frame.filename).relative_to(HOME.parent).as_posix()}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(problem.__traceback__)
        if Path(frame.filename).is_relative_to(HOME)
    ]
    return frames[-MOST_FRAMES:]
