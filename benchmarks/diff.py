"""How long `segfn diff` takes for two mappings with 1,000 recorded events, and its memory.

    python benchmarks/diff.py

The aim is under 3 s on two cores. The whole command is measured, from start to exit.
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
ROUTES = 40


def mapping(threshold):
    routes = "".join(
        f"  Event {number}:\n"
        f"    when: properties.total >= {threshold + number}\n"
        f"    workflow:\n"
        f"      name: workflow-{number}\n"
        f"      payload:\n"
        f"        total: $.properties.total\n"
        f"        name: $.traits.name ?? $.properties.name\n"
        for number in range(ROUTES)
    )
    return f"version: 1\nname: bench\nprovider: novu\ntrack:\n{routes}"


def event(number):
    properties = {"total": number % 150, "name": f"user {number}"}
    name = f"Event {number % ROUTES}"
    return {"type": "track", "event": name, "userId": f"u{number}", "properties": properties}


def main():
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        (folder / "old.yaml").write_text(mapping(50), "utf-8")
        (folder / "new.yaml").write_text(mapping(60), "utf-8")
        lines = "".join(json.dumps(event(number)) + "\n" for number in range(EVENTS))
        (folder / "events.ndjson").write_text(lines, "utf-8")
        segfn = Path(sys.executable).with_name("segfn")
        words = [segfn, "diff", "old.yaml", "new.yaml", "--events", "events.ndjson"]
        took = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            ran = subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True)
            took.append(time.perf_counter() - begin)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(ran.stdout.splitlines()[-1])
    print(f"{ROUTES} routes, {EVENTS} recorded events: best of {ROUNDS} {min(took):.2f} s")
    print(f"largest process {used:.0f} MB")


if __name__ == "__main__":
    main()
