"""A web server on loopback whose pages behave as a test wants them to, well or ill."""

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from index.sources.address import Limits

PAGE = "<html><body>常州市产业工人</body></html>".encode()
QUICK = Limits(connect=2.0, whole=0.6, most_bytes=100_000)
SMALL = Limits(most_bytes=100_000)
Reply = Callable[[socket.socket, str], None]


def answer(body: bytes = PAGE, *headers: str, status: str = "200 OK", length: int | None = None) -> Reply:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return lambda connection, request: connection.sendall("\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body)


def moved(to: str, status: str = "302 Found") -> Reply:
    return answer(b"", f"Location: {to}", status=status)


def chunked(pieces: Iterator[bytes] | list[bytes], end: bool = True) -> Reply:
    def reply(connection: socket.socket, request: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for piece in pieces:
            connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
        if end:
            connection.sendall(b"0\r\n\r\n")

    return reply


def trickle(head: bytes, drop: bytes) -> Reply:
    """Sends a head, then a drop every twentieth of a second for as long as anybody listens."""

    def reply(connection: socket.socket, request: str) -> None:
        connection.sendall(head)
        while True:
            time.sleep(0.05)
            connection.sendall(drop)

    return reply


def silent(connection: socket.socket, request: str) -> None:
    time.sleep(1.5)


class Site:
    """A server on loopback whose pages are replies by path; it keeps the requests that reached it."""

    def __init__(self, host: str = "127.0.0.1", certificate: Path | None = None) -> None:
        self.pages: dict[str, Reply] = {}
        self.requests: list[str] = []
        site = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                try:
                    request = self.request.recv(65536).decode("latin-1")
                    site.requests.append(request)
                    site.pages[request.split(" ")[1]](self.request, request)
                except OSError:
                    return

        self.server = socketserver.ThreadingTCPServer((host, 0), Handler)
        self.server.daemon_threads = True
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            # The handshake waits for the first read, which happens in the thread of the request.
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.port = self.server.server_address[1]
        self.url = f"http://{host}:{self.port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
