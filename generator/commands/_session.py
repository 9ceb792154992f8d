"""What every command is given: the project, the streams, and how to say things."""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TextIO, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from click.shell_completion import CompletionItem

    from generator.diagnostics import Diagnostic
    from generator.project import Project

Item = TypeVar("Item")

LONGEST_SOURCE = 16 * 1024 * 1024
PATIENCE = 0.5
"""Seconds without progress that a person does not mind."""
CLEAR = "\r\x1b[K"
# A Painter's colours after `safe`; text of users could be coloured by them, and no more.
PAINTED = re.compile(r"\\u\{1b\}\[((?:1;)?3[0-9]|[012])m")


class Verdict(Enum):
    """What a command that has no `Report` to return says about how it went."""

    CLEAN = 0
    FINDINGS = 1
    UNUSABLE = 2


class Session:
    """One run of segfn; the options that every command knows are its fields.

    `texts` holds sources that are no files, such as standard input, by the path shown.
    """

    def __init__(self) -> None:
        self.project_dir: Path | None = None
        self.color = "auto"
        self.strict = False
        self.debug = False
        self.texts: dict[str, str] = {}
        self.heard = False

    @cached_property
    def project(self) -> Project:
        """The project; raises `Unusable` if its configuration is wrong."""
        from generator.project import find_project  # noqa: PLC0415 - `--help` needs no project

        return find_project(self.project_dir)

    # --- saying things ---

    def out(self, text: str) -> None:
        """Write data to standard output, as it is."""
        write(sys.stdout, text)

    def say(self, text: str = "") -> None:
        """Write a line of talk to standard error, made safe for terminals and CI.

        Where colours are wanted, those of a `Painter` stay.
        """
        from generator.reporters import safe  # noqa: PLC0415

        line = safe(text)
        if self.colour(sys.stderr):
            line = PAINTED.sub("\x1b[\\1m", line)
        write(sys.stderr, line + "\n")

    def progress(
        self, items: Iterable[Item], what: str, total: int | None = None
    ) -> Iterator[Item]:
        """The items; a person at a terminal sees them counted where it takes a while.

        `total` is how many there will be, where they are still being made.
        """
        if total is None:
            items = list(items)
            total = len(items)
        watched = is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"
        begin = time.monotonic()
        try:
            for number, item in enumerate(items):
                if watched and time.monotonic() - begin > PATIENCE:
                    write(sys.stderr, f"{CLEAR}{number} of {total} {what}")
                yield item
        finally:
            if watched and time.monotonic() - begin > PATIENCE:
                write(sys.stderr, CLEAR)

    def show(
        self,
        found: Iterable[Diagnostic],
        format: str = "text",  # noqa: A002 - the word that users see
        *,
        err: bool = False,
        summary: Mapping[str, Any] | None = None,
    ) -> None:
        """Write findings to standard output, or to standard error."""
        from generator.reporters import render  # noqa: PLC0415

        stream = sys.stderr if err else sys.stdout
        entries = list(found)
        texts = self._sources(entries)
        colour = self.colour(stream)
        write(stream, render(format, entries, texts, colour=colour, summary=summary))

    def colour(self, stream: TextIO) -> bool:
        """Whether colours are wanted on a stream."""
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
            return True
        return is_terminal(stream) and os.environ.get("TERM") != "dumb"

    def _sources(self, entries: Iterable[Diagnostic]) -> dict[str, str]:
        """The texts that findings point into, read again from the files."""
        spans = [span for entry in entries for span in _spans(entry)]
        paths = sorted({span.path for span in spans} - self.texts.keys())
        read = {path: text for path in paths if (text := _text(Path(path))) is not None}
        return {**read, **self.texts}

    # --- standard input ---

    def stdin(self) -> IO[bytes]:
        """Standard input, which can be read once; raises `Unusable` where `-` stands twice."""
        if self.heard:
            from generator.project import Unusable  # noqa: PLC0415 - `--help` needs no project

            raise Unusable("`-` stands for two inputs", "name a file for one of them")
        self.heard = True
        return sys.stdin.buffer

    def read_stdin(self, path: str) -> bytes:
        """Standard input to its end; its text is kept for messages under the path."""
        raw = self.stdin().read()
        self.texts[path] = raw.decode("utf-8", "replace")
        return raw


def _spans(entry: Diagnostic) -> list[Any]:
    return [entry.span, *(note.span for note in entry.notes if note.span is not None)]


def _text(path: Path) -> str | None:
    try:
        if path.is_file() and path.stat().st_size <= LONGEST_SOURCE:
            return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return None  # the finding says what is wrong with the file
    return None


def is_terminal(stream: TextIO) -> bool:
    """Whether a person sits at the other end of a stream."""
    return bool(getattr(stream, "isatty", lambda: False)())


def write(stream: TextIO, text: str) -> None:
    """Write and flush; a reader that has gone away (`| head`) is not an error."""
    try:
        stream.write(text)
        stream.flush()
    except OSError as problem:
        give_up(stream, problem)


def give_up(stream: TextIO, problem: OSError) -> None:
    """Let a stream lead nowhere; raises `Unusable` if the machine refuses what is written."""
    discard(stream)
    if stream is not sys.stderr and problem.errno not in {errno.EPIPE, errno.EINVAL}:
        # Windows says EINVAL of a reader that has gone away.
        from generator.project import Unusable  # noqa: PLC0415 - `--help` needs no project

        said = (problem.strerror or str(problem)).lower()
        raise Unusable(f"the output cannot be written: {said}", "write it elsewhere") from problem


def discard(stream: TextIO) -> None:
    """Let a stream whose reader has gone away lead nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


# --- arguments that several commands take ---------------------------------------


def paths_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """`[PATHS]...`: mappings or folders of mappings."""
    return click.argument("paths", nargs=-1, type=click.Path(), shell_complete=_complete_paths)(
        command
    )


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--format`, as the parameter `format_`."""
    from generator.reporters import formats  # noqa: PLC0415

    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats()),
        default="text",
        help="How findings are printed.",
    )(command)


def _complete_paths(
    ctx: click.Context,  # noqa: ARG001 - click's interface
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[CompletionItem]:
    """Folders and YAML files that begin so."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415

    start = Path(incomplete)
    folder = start if incomplete.endswith(("/", os.sep)) or not incomplete else start.parent
    entries = sorted(folder.iterdir()) if folder.is_dir() else []
    names = [
        f"{entry}/" if entry.is_dir() else str(entry)
        for entry in entries
        if entry.is_dir() or entry.suffix in {".yaml", ".yml"}
    ]
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def complete_provider(
    ctx: click.Context,  # noqa: ARG001 - click's interface
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[CompletionItem]:
    """The names of the providers."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415

    from generator import providers  # noqa: PLC0415
    from generator.project import find_project  # noqa: PLC0415

    names = providers.names(find_project().root)
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]
