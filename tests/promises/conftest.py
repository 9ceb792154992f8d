"""The example function in the embedded V8: one child for all tests of a worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.compiler import compile_file
from generator.diagnostics import Report
from generator.project import find_project
from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job, Runtime

ROOT = Path(__file__).parents[2]
KEY = "CANARY-0123456789"


@pytest.fixture(scope="session")
def runtime():
    with Runtime() as running:
        yield running


@pytest.fixture(scope="session")
def compiled():
    """The generated file of an example mapping by name."""

    def compile_example(name):
        report = Report()
        output = compile_file(ROOT / "mappings" / f"{name}.yaml", find_project(ROOT), report)
        assert output is not None, list(report)
        return output

    return compile_example


@pytest.fixture(scope="session")
def run(runtime, compiled):
    """Run events through an example mapping; the results of `segfn run`."""

    def run_example(events, *rules, mapping="novu-guide", settings=None, answer=None, **more):
        job = Job(
            code=compiled(mapping).text,
            settings={"apiKey": KEY} if settings is None else settings,
            rules=tuple(rule(told) for told in rules),
            together=answer is not None,
            **more,
        )
        return list(runtime.run(job, events, answer))

    return run_example
