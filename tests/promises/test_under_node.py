"""The committed files under Node with node-fetch 2.6.0 do what they do in the embedded V8."""

from __future__ import annotations

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
        index = int(self.headers["x-case"])
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


def fixtures(name, compiled):
    """The single events of an example's fixtures: (code, settings, event, rules)."""
    path = ROOT / "mappings" / f"{name}.fixtures.yaml"
    document = source.parse(path.read_bytes(), str(path), Report())
    told = source.to_data(document.root)
    shared = {**told.get("settings", {}), "apiKey": KEY}
    output = compiled(name)
    assert output.text == (ROOT / "dist" / f"{name}.js").read_text("utf-8"), "run `segfn generate`"
    return [
        (
            output.text,
            {**shared, **fixture.get("settings", {})},
            fixture["event"],
            [*fixture.get("responses", []), *output.responses],
        )
        for fixture in told["fixtures"]
        if "event" in fixture
    ]


@pytest.mark.node
def test_node_agrees_with_the_embedded_v8(server, run_node, runtime, compiled):
    cases = [case for name in EXAMPLES for case in fixtures(name, compiled)]
    server.rules = {index: [rule(told) for told in case[3]] for index, case in enumerate(cases)}
    told = run_node(
        "segment.cjs",
        {
            "server": f"http://127.0.0.1:{server.server_port}",
            "cases": [
                {"code": code, "settings": settings, "event": event}
                for code, settings, event, _ in cases
            ],
            "atOnce": 8,
        },
    )
    for index, (code, settings, event, rules) in enumerate(cases):
        job = Job(code=code, settings=settings, rules=tuple(rule(told) for told in rules))
        (line,) = runtime.run(job, [event])
        assert told[index]["outcome"] == line["outcome"], event
        if line["outcome"] != "unsupported":
            assert told[index]["error"] == line["error"], event
        assert server.seen.get(index, []) == [asked(request) for request in line["requests"]], event


def asked(request):
    """What both engines must have said alike."""
    return {
        "method": request["method"],
        "url": request["url"],
        "authorization": request["headers"].get("authorization"),
        "content-type": request["headers"].get("content-type"),
        "body_text": request["body_text"],
    }
