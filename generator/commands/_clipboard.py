"""The clipboard: a program of the platform, else the terminal's own by OSC 52."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from shutil import which

from generator.commands._session import is_terminal, write
from generator.project import Unusable

PROGRAMS = (
    ("pbcopy", (), ""),
    ("wl-copy", (), "WAYLAND_DISPLAY"),
    ("xclip", ("-selection", "clipboard"), "DISPLAY"),
    ("xsel", ("--clipboard", "--input"), "DISPLAY"),
    ("clip.exe", (), ""),
)
"""Each with its words, and with the variable without which it has no clipboard."""
LONGEST = 74_994
"""Bytes that the strictest terminals take by OSC 52."""
PATIENCE = 5.0


def copy(text: str) -> str:
    """Copy a text; how it was done, in words. Raises `Unusable` where it cannot be."""
    remote = "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ
    for name, words, needs in () if remote else PROGRAMS:
        path = which(name)
        if path is not None and (not needs or needs in os.environ) and _give(path, words, text):
            return name
    if not is_terminal(sys.stderr):
        raise Unusable("there is no clipboard here", "use --stdout and a program of yours")
    encoded = base64.b64encode(text.encode()).decode()
    if len(encoded) > LONGEST:
        raise Unusable("the file is too long for the terminal's clipboard", "use --stdout")
    write(sys.stderr, f"\x1b]52;c;{encoded}\x07")
    return "the terminal, if it allows it (OSC 52)"


def _give(path: str, words: tuple[str, ...], text: str) -> bool:
    """Give a text to a program; a program that stays to serve it is not waited for."""
    encoding = "utf-16" if path.endswith("clip.exe") else "utf-8"
    try:
        ran = subprocess.run(  # noqa: S603 - a program of the platform, without a shell
            [path, *words],
            input=text.encode(encoding),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ran.returncode == 0
