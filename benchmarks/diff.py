"""How long `segfn diff` takes for two mappings of 1,000 events, and how much memory.

    python benchmarks/diff.py

Once every twentieth route is another, once every route; each time 1,000 recorded events run
too. The whole command is measured, from start to exit; the aim is under 3 s on two cores. The
peer is what one would do without it: `segfn run` of both versions on the recorded events, and
`diff -u` of what they send. That says nothing about people, and reaches only what was recorded.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EVENTS = 1_000
ROUNDS = 3
SEGFN = Path(sys.executable).with_name("segfn")


def mapping(changed):
    """A mapping of so many events; the conditions of every so manieth route are others."""
    routes = "".join(
        f"  Event {number}:\n"
        f"    when: properties.total >= {60 if changed and number % changed == 0 else 50}\n"
        f"    workflow:\n"
        f"      name: workflow-{number}\n"
        f"      payload:\n"
        f"        total: $.properties.total\n"
        f"        name: $.traits.name ?? $.properties.name\n"
        for number in range(EVENTS)
    )
    return f"version: 1\nname: bench\nprovider: novu\ntrack:\n{routes}"


def event(number):
    properties = {"total": number % 150, "name": f"user {number}"}
    name = f"Event {number}"
    return {"type": "track", "event": name, "userId": f"u{number}", "properties": properties}


def best(folder, *commands):
    """The seconds of the fastest round, and what it printed."""
    took = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for words in commands:
            ran = subprocess.run(
                words, cwd=folder, check=False, shell=isinstance(words, str), capture_output=True
            )
            assert ran.returncode in {0, 1}, ran.stderr
        took.append(time.perf_counter() - begin)
    return min(took), ran.stdout.decode()


def main():
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        lines = "".join(json.dumps(event(number)) + "\n" for number in range(EVENTS))
        (folder / "events.ndjson").write_text(lines, "utf-8")
        (folder / "old.yaml").write_text(mapping(0), "utf-8")
        events = ["--events", "events.ndjson"]
        for every in (20, 1):
            (folder / "new.yaml").write_text(mapping(every), "utf-8")
            took, said = best(folder, [SEGFN, "diff", "old.yaml", "new.yaml", *events])
            used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            run = f"{SEGFN} run {{}}.yaml --events events.ndjson --format ndjson > {{}}.out"
            peer, _ = best(
                folder,
                run.format("old", "old"),
                run.format("new", "new"),
                "diff -u old.out new.out",
            )
            print(said.splitlines()[-1])
            print(f"  {took:.2f} s, {took / peer:.2f} times `segfn run` twice and `diff -u`")
            print(f"  largest process {used:.0f} MB")


if __name__ == "__main__":
    main()
