import socket

import pytest

from index.errors import ServerError
from web.server import open_port


def test_a_port_in_use_is_one_line_with_its_remedy() -> None:
    with open_port("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServerError) as told:
            open_port("127.0.0.1", port)
    assert f"端口 {port} 已被别的程序占用" in str(told.value)
    assert "--port" in str(told.value) and "\n" not in str(told.value)


def test_a_freed_port_can_be_taken_again() -> None:
    with open_port("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
    with open_port("127.0.0.1", port) as second:
        assert second.getsockname()[1] == port


def test_the_port_is_held_from_the_moment_it_is_taken() -> None:
    with open_port("127.0.0.1", 0) as held, socket.create_connection(held.getsockname(), timeout=5) as caller:
        assert caller.getpeername() == held.getsockname()


@pytest.mark.parametrize(
    ("host", "port", "told"),
    [
        ("127.0.0.1", -1, "端口 -1"),
        ("127.0.0.1", 65536, "端口 65536"),
        ("not a host", 0, "--host"),
        ("192.0.2.1", 0, "--host"),
    ],
)
def test_what_cannot_be_taken_is_told(host: str, port: int, told: str) -> None:
    with pytest.raises(ServerError, match=told):
        open_port(host, port)
