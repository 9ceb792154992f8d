"""Files as they stand in a commit, read through git."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from generator.project import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@contextmanager
def checked_out(root: Path, ref: str, folders: Sequence[Path]) -> Iterator[Path]:
    """A temporary folder with what these folders below the root hold in a commit.

    Neither the working tree nor the index of the repository is touched.
    """
    commit = _commit(root, ref)
    inside = _git(root, "rev-parse", "--show-prefix").decode().rstrip("\n")
    top = Path(_git(root, "rev-parse", "--show-toplevel").decode().rstrip("\n"))
    wanted = [inside + folder.relative_to(root).as_posix() for folder in folders]
    listed = _git(top, "ls-tree", "-r", "-z", "--name-only", commit, "--", *wanted)
    with tempfile.TemporaryDirectory(prefix="segfn-") as home:
        there = Path(home, "tree")
        index = {"GIT_INDEX_FILE": str(Path(home, "index"))}
        _git(top, "read-tree", commit, more=index)
        prefix = f"--prefix={there.as_posix()}/"
        _git(top, "checkout-index", "-q", "-z", "--stdin", prefix, given=listed, more=index)
        yield there / inside


def _commit(root: Path, ref: str) -> str:
    """The commit that a reference means."""
    try:
        found = _git(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
        )
    except Unusable:
        if not _is_repository(root):
            raise Unusable("this is no git repository", "name two files instead") from None
        advice = "name a branch, a tag or a commit; CI may have to fetch it first"
        raise Unusable(f'git knows no commit "{ref}"', advice) from None
    return found.decode().strip()


def _is_repository(root: Path) -> bool:
    try:
        _git(root, "rev-parse", "--git-dir")
    except Unusable:
        return False
    return True


def _git(root: Path, *words: str, given: bytes = b"", more: dict[str, str] | None = None) -> bytes:
    """What git prints; raises `Unusable` with its own words where it fails."""
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", **(more or {})}
    try:
        ran = subprocess.run(  # noqa: S603 - no shell; the words are ours but for a checked one
            ["git", *words],  # noqa: S607 - the user's git
            cwd=root,
            env=environment,
            input=given,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise Unusable("--against needs git, which is not installed", "install git") from None
    if ran.returncode != 0:
        said = ran.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise Unusable(f"git cannot do it: {said}" if said else "git cannot do it")
    return ran.stdout
