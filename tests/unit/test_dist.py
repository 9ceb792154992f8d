"""Writing: the old file or the new, never anything else; and what is never written."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import dist
from generator.diagnostics import Report

OLD = f"{dist.HEADER} from a. Old.\n"
NEW = f"{dist.HEADER} from a. New.\n" + "x" * 100_000 + "\n"
CALLS = ("open", "write", "fsync", "close", "chmod", "replace", "mkdir")

# Stops the program, or lets the machine refuse, at the n-th call that touches the disk.
SHIM = """
import errno, os, signal, sys
from pathlib import Path

count = 0

def shim(step, act):
    for name in CALLS:
        setattr(os, name, wrapped(getattr(os, name), step, act))

def wrapped(real, step, act):
    def call(*args, **options):
        global count
        count += 1
        if count == step:
            act(real, args)
        return real(*args, **options)
    return call

def die(real, args):
    if real.__name__ == "write":
        real(args[0], bytes(args[1])[:10])
    os.kill(os.getpid(), signal.SIGKILL)

from generator import dist
from generator.diagnostics import Report

step = int(sys.argv[1])
root = Path(sys.argv[2])
files = {root / name: sys.argv[3] + "x" * 100_000 for name in sys.argv[4:]}
shim(step, die)
dist.write_all(files, root, Report())
print(count)
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "dist").mkdir()
    return tmp_path


def write(project, files, *, force=False):
    """Write, and say what came of it: the states, or the findings."""
    report = Report()
    written = dist.write_all(files, project, report, force=force)
    if written is None:
        return [(entry.code.slug, entry.message) for entry in report]
    assert not report.found
    return [(file.path.name, file.state, file.size) for file in written]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class Refusal:
    """Lets the machine refuse the n-th call that touches the disk, counting them."""

    def __init__(self, monkeypatch, step, number, only=CALLS):
        self.count = 0
        for name in only:
            monkeypatch.setattr(os, name, self.wrapped(getattr(os, name), step, number))

    def wrapped(self, real, step, number):
        def call(*args, **options):
            self.count += 1
            if self.count == step:
                if real.__name__ == "write":
                    real(args[0], bytes(args[1])[:10])  # half of it got through
                raise OSError(number, os.strerror(number))
            return real(*args, **options)

        return call


# --- what is written ---------------------------------------------------------------


def test_new_updated_unchanged(project):
    target = project / "dist" / "a.js"
    assert write(project, {target: OLD}) == [("a.js", "new", len(OLD))]
    before = target.stat()
    assert write(project, {target: OLD}) == [("a.js", "unchanged", len(OLD))]
    assert target.stat().st_ino == before.st_ino
    assert write(project, {target: NEW}) == [("a.js", "updated", len(NEW))]
    assert target.read_bytes() == NEW.encode()


def test_folders_are_made(project):
    assert write(project, {project / "out" / "deep" / "a.js": OLD}) == [("a.js", "new", len(OLD))]


def test_line_ends_and_letters_stay_as_they_are(project):
    target = project / "dist" / "a.js"
    write(project, {target: f"{dist.HEADER}\r\né\n"})
    assert target.read_bytes() == f"{dist.HEADER}\r\né\n".encode()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_mode_is_kept_and_a_new_file_heeds_the_umask(project):
    kept, fresh = project / "dist" / "a.js", project / "dist" / "b.js"
    kept.write_text(OLD)
    kept.chmod(0o640)
    before = os.umask(0o027)
    try:
        write(project, {kept: NEW, fresh: NEW})
    finally:
        os.umask(before)
    assert (kept.stat().st_mode & 0o777, fresh.stat().st_mode & 0o777) == (0o640, 0o640)


# --- what goes wrong ----------------------------------------------------------------


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_whatever_step_the_machine_refuses_nothing_changes(project, monkeypatch, number):
    """Two files, one of them new in a new folder: all old or all new, and no litter."""
    old, new = project / "dist" / "a.js", project / "made" / "b.js"
    for step in range(1, 100):
        old.write_text(OLD)
        with monkeypatch.context() as patch:
            refusal = Refusal(patch, step, number)
            found = write(project, {old: NEW, new: NEW})
        if refusal.count < step:
            break
        if found and found[0][0] == "cannot-write":
            assert old.read_text() == OLD
            assert not new.parent.exists()
        else:  # only syncing a folder may fail without harm
            assert (old.read_text(), new.read_text()) == (NEW, NEW)
            new.unlink()
            new.parent.rmdir()
        assert names(old.parent) == ["a.js"]
    assert step > len(CALLS)


def test_a_failure_says_what_and_where(project, monkeypatch):
    monkeypatch.chdir(project)
    report = Report()
    with monkeypatch.context() as patch:
        Refusal(patch, 1, errno.ENOSPC, only=["write"])
        dist.write_all({Path("dist/a.js"): NEW}, project, report)
    (entry,) = report
    assert (entry.span.path, entry.message, entry.help) == (
        "dist/a.js",
        "no space left on device",
        "free some space",
    )


def test_an_interrupt_leaves_no_litter(project, monkeypatch):
    target = project / "dist" / "a.js"
    target.write_text(OLD)

    def interrupt(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write(project, {target: NEW})
    assert (names(target.parent), target.read_text()) == (["a.js"], OLD)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_at_any_step_each_file_is_old_or_new(project):
    code = SHIM.replace("CALLS", repr(CALLS))
    new = NEW[:-100_001]
    paths = [project / "dist" / name for name in ("a.js", "b.js")]
    held = set()
    for step in range(1, 100):
        for path in paths:
            path.write_text(OLD)
        ran = subprocess.run(
            [sys.executable, "-c", code, str(step), project, new, "dist/a.js", "dist/b.js"],
            capture_output=True,
            text=True,
            check=False,
        )
        texts = tuple(path.read_text() for path in paths)
        assert set(texts) <= {OLD, new + "x" * 100_000}, step
        held.add(tuple(text == OLD for text in texts))
        if ran.returncode == 0:
            break
        assert ran.returncode == -signal.SIGKILL, ran.stderr
    assert step > 2 * len(CALLS) - 4
    assert {(True, True), (False, False)} <= held


def test_write_text_follows_no_link(project):
    precious = project / "precious"
    precious.write_text("precious")
    link = project / "link.yaml"
    link.symlink_to(precious)
    with pytest.raises(OSError, match="symbolic link"):
        dist.write_text(link, "new")
    assert (precious.read_text(), link.is_symlink()) == ("precious", True)


# --- what is refused -----------------------------------------------------------------


def test_a_foreign_file_is_refused_without_force(project):
    target, other = project / "dist" / "a.js", project / "dist" / "b.js"
    target.write_text("precious")
    assert write(project, {other: NEW, target: NEW}) == [
        ("foreign-file", "segfn did not make this file")
    ]
    assert names(target.parent) == ["a.js"]
    assert write(project, {target: NEW}, force=True) == [("a.js", "updated", len(NEW))]


def test_an_empty_file_is_nobodys(project):
    (project / "dist" / "a.js").touch()
    assert write(project, {project / "dist" / "a.js": OLD}) == [("a.js", "updated", len(OLD))]


def test_a_folder_is_never_overwritten(project):
    (project / "dist" / "a.js").mkdir()
    ((slug, _),) = write(project, {project / "dist" / "a.js": NEW}, force=True)
    assert slug == "foreign-file"


def test_links_are_refused(project, tmp_path_factory, monkeypatch):
    monkeypatch.chdir(project)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "a.js").write_text(OLD)
    (project / "link").symlink_to(elsewhere)
    (project / "dist" / "a.js").symlink_to(elsewhere / "a.js")
    (project / "dist" / "dangling.js").symlink_to(elsewhere / "nothing.js")
    files = dict.fromkeys(map(Path, ["link/a.js", "dist/a.js", "dist/dangling.js"]), NEW)
    assert write(project, files, force=True) == [
        ("symlink", "dist/a.js is a symbolic link"),
        ("symlink", "dist/dangling.js is a symbolic link"),
        ("symlink", "link is a symbolic link"),
    ]
    assert names(elsewhere) == ["a.js"]
    assert (elsewhere / "a.js").read_text() == OLD


def test_a_root_that_is_reached_over_a_link_is_fine(project):
    link = project.with_name("root-link")
    link.symlink_to(project)
    assert write(project, {link / "dist" / "a.js": OLD}) == [("a.js", "new", len(OLD))]


def test_outside_the_project_is_refused(project, monkeypatch):
    monkeypatch.chdir(project)
    outside = Path("dist/../../outside/a.js")
    ((slug, message),) = write(project, {outside: NEW}, force=True)
    assert (slug, message) == ("outside-project", "this is outside the project .")
    assert not (project.parent / "outside").exists()


@pytest.mark.parametrize("name", ["con.js", "NUL.js", "com1.js", "lpt9.min.js"])
def test_names_of_devices_are_refused(project, name):
    ((slug, _),) = write(project, {project / "dist" / name: NEW})
    assert slug == "reserved-name"


def test_names_that_differ_by_case_alone_are_refused(project, monkeypatch):
    monkeypatch.chdir(project)
    (project / "dist" / "Novu.js").write_text(OLD)
    assert write(project, {Path("dist/novu.js"): NEW}) == [
        ("case-collision", "dist/Novu.js has the same name but for case")
    ]
    assert write(project, {Path("new/a.js"): NEW, Path("new/A.js"): NEW}) == [
        ("case-collision", "new/a.js has the same name but for case")
    ]


def test_all_refusals_are_told_at_once(project):
    (project / "dist" / "a.js").write_text("precious")
    found = write(project, {project / "dist" / "a.js": NEW, project / "dist" / "con.js": NEW})
    assert sorted(slug for slug, _ in found) == ["foreign-file", "reserved-name"]


# --- comparing ------------------------------------------------------------------------


def test_stale_missing_and_orphan(project, monkeypatch):
    monkeypatch.chdir(project)
    out = Path("dist")
    (out / "a.js").write_text(f"{dist.HEADER}\none\ntwo\n")
    (out / "gone.js").write_text(OLD)
    (out / "foreign.js").write_text("precious")
    (out / "empty.js").touch()
    files = {out / "a.js": f"{dist.HEADER}\none\nthree\n", out / "b.js": NEW}
    report = Report()
    dist.tell(
        dist.compare(files, out), {out / "a.js": "mappings/a.yaml", out / "b.js": "b.yaml"}, report
    )
    told = [(entry.span.path, entry.span.line, entry.code.slug, entry.message) for entry in report]
    assert told == [
        ("b.yaml", 1, "missing-file", "dist/b.js is missing"),
        ("dist/a.js", 3, "stale-file", "this is not what mappings/a.yaml gives"),
        ("dist/gone.js", 1, "orphan-file", "no mapping gives this file"),
    ]
    (note,) = report.found[0].notes
    assert note.message.splitlines() == [
        "the difference:",
        "--- dist/a.js (on disk)",
        "+++ generated",
        "@@ -1,4 +1,4 @@",
        f" {dist.HEADER}",
        " one",
        "-two",
        "+three",
        " ",
    ]


def test_orphans_are_looked_for_on_request_only(project):
    (project / "dist" / "gone.js").write_text(OLD)
    assert dist.compare({}) == []
    assert dist.compare({}, project / "nothing") == []
    assert dist.compare({}, project / "dist") == [dist.Orphan(project / "dist" / "gone.js")]


def test_other_line_ends_are_named(project):
    target = project / "dist" / "a.js"
    target.write_bytes(OLD.replace("\n", "\r\n").encode())
    report = Report()
    dist.tell(dist.compare({target: OLD}), {target: "a.yaml"}, report)
    (entry,) = report
    assert "CRLF" in entry.notes[0].message
    assert ".gitattributes" in entry.help


def test_a_long_difference_is_cut(project):
    target = project / "dist" / "a.js"
    target.write_text(OLD)
    (stale,) = dist.compare({target: "\n".join(map(str, range(1000)))})
    assert stale.diff.splitlines()[-1] == "... 965 more lines"


def test_a_difference_in_a_large_file_is_found_quickly(project):
    target = project / "dist" / "a.js"
    lines = [f"line {number}" for number in range(50_000)]
    target.write_text("\n".join(lines))
    begin = time.perf_counter()
    (stale,) = dist.compare({target: "\n".join(["new", *lines[:2], "other", *lines[3:]])})
    shown = ["+new", " line 0", " line 1", "-line 2", "+other", " line 3", " line 4", " line 5"]
    assert (stale.line, stale.diff.splitlines()[3:]) == (1, shown)
    (stale,) = dist.compare({target: "\n".join(f"{line} {n % 2}" for n, line in enumerate(lines))})
    assert stale.diff == (
        "@@ -1 +1 @@\n-line 0\n-line 1\n-line 2\n+line 0 0\n+line 1 1\n+line 2 0\n"
        "... many more lines"
    )
    assert time.perf_counter() - begin < 5


def test_a_missing_end_is_a_difference(project):
    target = project / "dist" / "a.js"
    target.write_text(OLD.rstrip("\n"))
    (stale,) = dist.compare({target: OLD})
    assert (stale.line, stale.diff.splitlines()[-1]) == (2, "+")
