"""Taking a port and serving on it."""

from __future__ import annotations

import contextlib
import errno
import gc
import socket
from typing import TYPE_CHECKING

from index.errors import ServerError

if TYPE_CHECKING:
    from fastapi import FastAPI

GRACE_SECONDS = 3


def open_port(host: str, port: int) -> socket.socket:
    """Takes the port at once, so that a port in use is told before anything heavy loads; raises ServerError."""
    if not 0 <= port <= 65535:
        raise ServerError(f"端口 {port} 不在 0 到 65535 之间，请用 --port 换一个端口。")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except OSError as error:
        raise ServerError(f"地址 {host} 无法解析，请检查 --host，本机请用 127.0.0.1。") from error
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise ServerError(refusal(error, host, port)) from error
    return listener


def refusal(error: OSError, host: str, port: int) -> str:
    """Why the port could not be taken, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被别的程序占用，请用 --port 换一个端口（例如 --port {port + 1 if port < 65535 else 7860}）。"
    if error.errno == errno.EACCES:
        return f"没有权限使用端口 {port}，请用 --port 换一个 1024 以上的端口。"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"本机没有地址 {host}，请检查 --host，本机请用 127.0.0.1。"
    return f"无法在 {host} 的端口 {port} 上提供服务（{error.strerror}），请用 --host 或 --port 换一个。"


def run(app: FastAPI, listener: socket.socket) -> None:
    """Serves the app on a port already taken, until the process is told to stop."""
    import uvicorn

    # What is loaded by now stays: no later collection need look through it, which takes a fifth of a second.
    gc.collect()
    gc.freeze()
    # Browsers hold a heartbeat open, so a stop must not wait for them.
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=GRACE_SECONDS)
    # Ctrl-C is the ordinary way to stop a server, not a failure; uvicorn raises it again after closing.
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def shown_host(host: str) -> str:
    """The host as it is written in an address that a person on this machine can open."""
    if host in {"0.0.0.0", "::", ""}:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
