"""Programs that run away, many times each: is each stopped in time, and nothing else hurt?

`python tests/sandbox/runaway.py 50` prints the table; a row that breaks a promise ends with 1.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from test_hostile import BAD, ENDLESS, FLOOD, GREEDY, TOLD, TRACK, children, guarded

from generator.sandbox.runtime import Job, Runtime

DEADLINE = 2.0
SLACK = 0.5
GREED = {"bad-request", "timeout"}  # which of the two comes first is the machine's business
PROGRAMS = {
    "synchronous loop": (ENDLESS["loop"], {"timeout"}),
    "promise loop": (ENDLESS["promises"], {"timeout"}),
    "catastrophic pattern": (ENDLESS["regular expression"], {"timeout"}),
    "memory bomb": (GREEDY["heap"], GREED),
    "typed-array bomb": (GREEDY["typed arrays"], GREED),
    "deep recursion": (GREEDY["recursion"], {"bad-request"}),
    "log flood": (FLOOD, {"delivered"}),
    "BigInt result": (TOLD["BigInt"][0], {"bad-request"}),
    "lone-surrogate result": (TOLD["broken text"][0], {"delivered"}),
}


def once(body):
    """The outcome and the seconds of the bad event; a good event must run before and after."""
    job = Job(code=guarded(body), kind="insert")
    with Runtime(deadline=DEADLINE) as runtime:
        (before,) = runtime.run(job, [TRACK])
        began = time.monotonic()
        (bad,) = runtime.run(job, [BAD])
        seconds = time.monotonic() - began
        (after,) = runtime.run(job, [TRACK])
    assert (before["outcome"], after["outcome"]) == ("delivered", "delivered")
    return bad["outcome"], seconds


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    broken = False
    print(f"{times} times each, deadline {DEADLINE:g} s and {SLACK:g} s of grace")
    print(f"{'program':24}{'outcomes':28}{'slowest':>9}{'late':>6}{'left':>6}")
    for name, (body, wanted) in PROGRAMS.items():
        ran = [once(body) for _ in range(times)]
        outcomes = Counter(outcome for outcome, _ in ran)
        slowest = max(seconds for _, seconds in ran)
        late = sum(seconds > DEADLINE + SLACK for _, seconds in ran)
        left = len(children())
        told = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items())
        print(f"{name:24}{told:28}{slowest:7.2f} s{late:6}{left:6}", flush=True)
        broken = broken or bool(late or left or set(outcomes) - wanted)
    sys.exit(broken)


if __name__ == "__main__":
    main()
