"""A real HTTP server on loopback that can behave as badly as servers do."""

from __future__ import annotations

import contextlib
import gzip
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers by the site's scripts; `raw` writes bytes as they are."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        """Answer one request."""
        self.site.asked.append(Asked(self.path, dict(self.headers.items())))
        script = self.site.scripts.get(self.path.partition("?")[0])
        # A client that hangs up is what many of these scripts are for.
        with contextlib.suppress(ConnectionError):
            if script is None:
                self.answer(404, b"no such page")
            else:
                script(self)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A whole, correct answer; header names with _ for -."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def raw(self, data: bytes) -> None:
        """Bytes on the wire; the connection closes after the script."""
        self.close_connection = True
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@dataclass
class Asked:
    """A request as it came."""

    path: str
    headers: dict[str, str]


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Hang-ups are expected here."""


@dataclass
class Site:
    """What the server serves, and what it was asked."""

    port: int
    scripts: dict[str, Script] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    leaving: threading.Event = field(default_factory=threading.Event)
    """Set when the server stops: endless scripts wait on it."""

    @property
    def host(self) -> str:
        """host:port, as for allow_private."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        """The address of a path here."""
        return f"http://{self.host}{path}"

    def serve(self, path: str, body: bytes, *, kind: str = "application/rss+xml", zipped: bool = False) -> None:
        """Serve `body` with an ETag, answering 304 to who has it."""
        tag = '"' + sha256(body).hexdigest()[:16] + '"'
        sent = gzip.compress(body) if zipped else body

        def script(handler: Handler) -> None:
            if handler.headers.get("If-None-Match") == tag:
                handler.answer(304, ETag=tag)
            elif zipped:
                handler.answer(200, sent, ETag=tag, Content_Type=kind, Content_Encoding="gzip")
            else:
                handler.answer(200, sent, ETag=tag, Content_Type=kind)

        self.scripts[path] = script

    def dated(self, path: str, body: bytes, modified: datetime) -> None:
        """Serve `body` with Last-Modified only."""
        stamp = format_datetime(modified, usegmt=True)

        def script(handler: Handler) -> None:
            if handler.headers.get("If-Modified-Since") == stamp:
                handler.answer(304)
            else:
                handler.answer(200, body, Last_Modified=stamp)

        self.scripts[path] = script

    def fails(self, path: str, status: int, body: bytes = b"", **headers: str) -> None:
        """Always answer with this status."""
        self.scripts[path] = lambda handler: handler.answer(status, body, **headers)

    def redirects(self, path: str, target: str, status: int = 302) -> None:
        """Redirect to `target`."""
        self.fails(path, status, b"moved", Location=target)

    def raw(self, path: str, data: bytes) -> None:
        """Answer with these bytes and hang up."""
        self.scripts[path] = lambda handler: handler.raw(data)

    def endless(self, path: str, head: bytes, chunk: bytes, pause: float) -> None:
        """After `head`, `chunk` again and again with a pause in seconds, until the server stops."""

        def script(handler: Handler) -> None:
            handler.raw(head)
            while not self.leaving.wait(pause) if pause else not self.leaving.is_set():
                handler.raw(chunk)

        self.scripts[path] = script


@contextlib.contextmanager
def serving() -> Iterator[Site]:
    """A site on a free loopback port."""
    bound = type("Bound", (Handler,), {})
    server = _Quiet(("127.0.0.1", 0), bound)
    site = Site(server.server_address[1])
    bound.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.leaving.set()
        server.shutdown()
        server.server_close()
        thread.join()
