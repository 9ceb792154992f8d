"""A client of the real YAML language server, as an editor is one."""

from __future__ import annotations

import json
import queue
import subprocess
import threading

PATIENCE = 60
SETTINGS = {
    "yaml": {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True},
    "http": {},
    "[yaml]": {},
}


class Editor:
    """One editor with one folder; `open` a file, then ask."""

    def __init__(self, program, folder):
        self.process = subprocess.Popen(
            ["node", str(program), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.answers = {}
        self.published = {}
        self.arrived = queue.Queue()
        self.number = 0
        threading.Thread(target=self.read, daemon=True).start()
        capabilities = {
            "textDocument": {
                "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                "hover": {"contentFormat": ["markdown"]},
            },
            "workspace": {"configuration": True},
        }
        root = folder.as_uri()
        self.ask(
            "initialize",
            processId=None,
            rootUri=root,
            capabilities=capabilities,
            workspaceFolders=[{"uri": root, "name": "project"}],
        )
        self.tell("initialized")

    def read(self):
        stream = self.process.stdout
        while True:
            size = 0
            while (line := stream.readline()).strip():
                if line.lower().startswith(b"content-length:"):
                    size = int(line.split(b":")[1])
            if not size:
                return
            self.take(json.loads(stream.read(size)))

    def take(self, message):
        if message.get("method") == "workspace/configuration":
            told = [SETTINGS.get(item.get("section"), {}) for item in message["params"]["items"]]
            self.send({"id": message["id"], "result": told})
        elif "id" in message and "method" in message:
            self.send({"id": message["id"], "result": None})
        else:
            self.arrived.put(message)

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def tell(self, method, **params):
        self.send({"method": method, "params": params})

    def ask(self, method, **params):
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        while self.number not in self.answers:
            self.wait()
        answer = self.answers.pop(self.number)
        assert "error" not in answer, answer
        return answer["result"]

    def wait(self):
        message = self.arrived.get(timeout=PATIENCE)
        if message.get("method") == "textDocument/publishDiagnostics":
            told = message["params"]
            self.published[told["uri"]] = told["diagnostics"]
        elif "id" in message:
            self.answers[message["id"]] = message

    def open(self, path, text):
        """Show a text as the content of a file; its problems, as soon as they are known."""
        path.write_text(text, encoding="utf-8")
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        while path.as_uri() not in self.published:
            self.wait()
        return self.published[path.as_uri()]

    def at(self, method, path, line, character):
        """What the server says about a place, both counted from 0."""
        return self.ask(
            f"textDocument/{method}",
            textDocument={"uri": path.as_uri()},
            position={"line": line, "character": character},
        )

    def close(self):
        self.process.kill()
        self.process.wait()
