"""The committed files under Node with node-fetch 2.6.0 do what they do in the embedded V8."""

from __future__ import annotations

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from generator import source
from generator.diagnostics import Report
from generator.sandbox.answers import rule
from generator.sandbox.runtime import Job

from .conftest import KEY, ROOT

EXAMPLES = sorted(
    path.name.removesuffix(".fixtures.yaml") for path in (ROOT / "mappings").glob("*.fixtures.yaml")
)
FAULTS_BEFORE = {"refused", "reset", "dns", "tls"}


class Answering(ThreadingHTTPServer):
    """Answers each event by the rules of its fixture, and remembers what was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.rules = {}
        self.seen = {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        size = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(size).decode()
        index = int(self.headers["x-event-index"])
        self.server.seen.setdefault(index, []).append(
            {
                "method": self.command,
                "url": f"https://{self.headers['x-meant-host']}{self.path}",
                "authorization": self.headers.get("authorization"),
                "content-type": self.headers.get("content-type"),
                "body_text": body or None,
            }
        )
        told = self.matching(index, f"https://{self.headers['x-meant-host']}{self.path}")
        if told["fault"] in FAULTS_BEFORE:
            self.connection.close()
            self.close_connection = True
        elif told["fault"] == "hang":
            time.sleep(6)
        else:
            self.reply(told)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = answer  # noqa: N815 - http.server asks so

    def matching(self, index, url):
        for told in self.server.rules[index]:
            fits = told["url"] is None or re.search(told["url"], url)
            if told["method"] in {None, self.command} and fits and told["times"] != 0:
                if told["times"] is not None:
                    told["times"] -= 1
                return told
        return rule({"json": {}})

    def reply(self, told):
        body = told["text"].encode()
        broken = told["fault"] in {"truncated", "hang-body"}
        self.send_response(told["status"])
        for name, value in told["headers"].items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body) + (10 if broken else 0)))
        self.end_headers()
        self.wfile.write(body)
        if told["fault"] == "hang-body":
            time.sleep(6)
        self.close_connection = broken

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    running = Answering()
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.shutdown()


def fixtures(name):
    """The single events of an example's fixtures with their rules and settings."""
    path = ROOT / "mappings" / f"{name}.fixtures.yaml"
    document = source.parse(path.read_bytes(), str(path), Report())
    told = source.to_data(document.root)
    shared = {**told.get("settings", {}), "apiKey": KEY}
    return [
        (fixture["event"], fixture.get("responses", []), {**shared, **fixture.get("settings", {})})
        for fixture in told["fixtures"]
        if "event" in fixture
    ]


@pytest.mark.node
@pytest.mark.parametrize("name", EXAMPLES)
def test_node_agrees_with_the_embedded_v8(name, server, run_node, runtime, compiled):
    code, examples = compiled(name).text, compiled(name).responses
    cases = [(event, [*rules, *examples], told) for event, rules, told in fixtures(name)]
    assert code == (ROOT / "dist" / f"{name}.js").read_text("utf-8"), "run `segfn generate`"
    for settings in {json.dumps(each): each for _, _, each in cases}.values():
        same = [case for case in cases if case[2] == settings]
        server.rules = {index: [rule(told) for told in case[1]] for index, case in enumerate(same)}
        server.seen = {}
        told = run_node(
            "segment.cjs",
            {
                "code": code,
                "settings": settings,
                "events": [event for event, _, _ in same],
                "server": f"http://127.0.0.1:{server.server_port}",
            },
        )
        for index, (event, rules, _) in enumerate(same):
            job = Job(code=code, settings=settings, rules=tuple(rule(told) for told in rules))
            (line,) = runtime.run(job, [event])
            mine = [
                {
                    "method": request["method"],
                    "url": request["url"],
                    "authorization": request["headers"].get("authorization"),
                    "content-type": request["headers"].get("content-type"),
                    "body_text": request["body_text"],
                }
                for request in line["requests"]
            ]
            if line["outcome"] != "unsupported":
                assert told[index] == {"outcome": line["outcome"], "error": line["error"]}, event
            assert told[index]["outcome"] == line["outcome"], event
            assert server.seen.get(index, []) == mine, event
