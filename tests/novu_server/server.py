"""The same Novu over loopback HTTP.

Names and certificates do not fail on loopback: refused, dns and tls show as a lost connection.
"""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from novu_server.novu import Novu


class Quiet(WSGIRequestHandler):
    """A request handler that writes no log."""

    protocol_version = "HTTP/1.1"

    def log(self, *_: Any) -> None:
        pass

    def connection_dropped(self, error: BaseException, environ: Any = None) -> None:  # noqa: ARG002
        """Let go of the socket too, which otherwise waits for a next request."""
        self.close_connection = True


class App:
    """The WSGI application around some Novus; requests take turns.

    Which of them is asked says the header `x-case`, the first where there is none.
    """

    def __init__(self, novus: Sequence[Novu]) -> None:
        self.novus = novus
        self.closing = threading.Event()
        self.failures: list[AssertionError] = []
        self._turn = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        answer = self._answer(Request(environ))
        fault = answer.get("fault")
        if "status" not in answer:
            return self._lose(environ, hangs=fault == "hang")
        response = Response(answer["text"], answer["status"], answer["headers"])
        if fault == "truncated":
            response.headers["content-length"] = str(answer["whole"])
        elif fault == "hang-body":
            response = Response(self._endless(answer["text"]), answer["status"], answer["headers"])
        return response(environ, start_response)

    def _answer(self, request: Request) -> dict[str, Any]:
        target = request.environ["REQUEST_URI"]
        novu = self.novus[int(request.headers.get("x-case", 0))]
        raw = {
            "method": request.method,
            "url": novu.base_url + target,
            "headers": dict(request.headers.items()),
            "body_text": request.get_data(as_text=True),
        }
        try:
            with self._turn:
                return novu.answer(raw)
        except AssertionError as error:
            self.failures.append(error)
            return {"status": 500, "headers": {}, "text": str(error)}

    def _lose(self, environ: dict[str, Any], *, hangs: bool) -> Any:
        """Cut the connection with a reset, at once or when the server closes."""
        if hangs:
            self.closing.wait()
        connection: socket.socket = environ["werkzeug.socket"]
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
        raise ConnectionResetError

    def _endless(self, text: str) -> Iterator[str]:
        yield text
        while not self.closing.wait(0.05):
            yield " " * 1024


@contextmanager
def serve(*novus: Novu) -> Iterator[str]:
    """Serve on a free loopback port; yields the base URL. Failed checks are raised at the end."""
    app = App(novus)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        app.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
    if app.failures:
        raise app.failures[0]
