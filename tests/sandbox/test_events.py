"""Streams of events as people have them."""

# ruff: noqa: E501 - what is given and what comes back read best on one line

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from pathlib import Path

import pytest

from generator.sandbox.events import BadEvents, Events
from generator.sandbox.runner import run_blocks
from generator.sandbox.runtime import Job

CORPUS = Path(__file__).parents[1] / "data" / "events.ndjson"
ONE, TWO = {"type": "track"}, {"type": "page", "name": "é"}


def events(data):
    raw = data if isinstance(data, bytes) else data.encode()
    return Events(io.BufferedReader(io.BytesIO(raw)))


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(ONE) + "\n" + json.dumps(TWO) + "\n",
        json.dumps(ONE) + "\r\n\r\n" + json.dumps(TWO, ensure_ascii=False),
        "\ufeff\n\n" + json.dumps(ONE) + "\n   \n" + json.dumps(TWO),
        json.dumps([ONE, TWO]),
        json.dumps([ONE, TWO], indent=2),
        "\n" + json.dumps([ONE, TWO], ensure_ascii=False, indent=1),
    ],
)
@pytest.mark.parametrize("pack", [str.encode, lambda text: gzip.compress(text.encode())])
def test_ndjson_and_json_are_recognised(data, pack):
    assert [json.loads(event) for event in events(pack(data))] == [ONE, TWO]


@pytest.mark.parametrize(
    "data", [json.dumps(ONE), json.dumps(ONE, indent=2), json.dumps(ONE, indent=0)]
)
def test_one_object_is_one_event(data):
    assert [json.loads(event) for event in events(data)] == [ONE]


@pytest.mark.parametrize("data", ["", "\n\n", "[]", gzip.compress(b"", mtime=0)])
def test_nothing_is_no_event(data):
    assert list(events(data)) == []


@pytest.mark.parametrize("data", ["[{]", "{\n'a': 1}", "events: []", b"\xff\xfe{"])
def test_what_is_no_json_is_refused(data):
    with pytest.raises(BadEvents, match="it is no JSON"):
        list(events(data))


def test_lines_are_counted_past_blank_ones():
    stream = events('\n{"type": 1}\n\n\n{bad\n{"type": 2}\n\n\xe9')
    read = list(stream)
    assert read == [b'{"type": 1}', b"{bad", b'{"type": 2}', "é".encode()]
    assert [stream.line(index) for index in range(4)] == [2, 5, 6, 8]


def test_a_line_that_is_no_utf_8_does_not_stop_the_others():
    stream = events(b'{"type": 1}\n{"type": "\xff"}\n{"type": 3}')
    assert list(stream) == [b'{"type": 1}', b"no UTF-8", b'{"type": 3}']


def test_memory_does_not_grow_with_the_stream():
    line = json.dumps({"type": "track", "text": "x" * 500}).encode() + b"\n"

    class Endless(io.RawIOBase):
        left = 20_000

        def readable(self):
            return True

        def readinto(self, buffer):
            count = min(len(buffer) // len(line), self.left)
            self.left -= count
            buffer[: count * len(line)] = line * count
            return count * len(line)

    tracemalloc.start()
    number = sum(1 for _ in Events(io.BufferedReader(Endless())))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number == 20_000
    assert peak < 1_000_000


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_keep_the_order_of_the_events(jobs):
    stream = (json.dumps({"type": "track", "n": number}).encode() for number in range(2345))
    job = Job(code="function onTrack(event) { console.log(event.n) }")
    lines = [line for block in run_blocks(job, stream, jobs) for line in block.split(b"\n")]
    told = [json.loads(line) for line in lines]
    assert [one["index"] for one in told] == list(range(2345))
    assert [int(one["logs"][0]["text"]) for one in told] == list(range(2345))


def test_the_corpus_runs_to_the_same_results_with_one_child_and_with_two():
    code = """
      const forward = async (event) => {
        const body = JSON.stringify({ id: event.messageId, traits: event.traits ?? event.properties });
        await fetch("https://a.b/", { method: "POST", body });
      };
      async function onIdentify(event) { await forward(event); }
      async function onTrack(event) { await forward(event); }
    """
    runs = []
    for jobs in (1, 2):
        with CORPUS.open("rb") as file:
            runs.append(b"\n".join(run_blocks(Job(code=code), Events(file), jobs)))
    assert runs[0] == runs[1]
    outcomes = [json.loads(line)["outcome"] for line in runs[0].split(b"\n")]
    assert (len(outcomes), outcomes.count("delivered")) == (60, 51)
