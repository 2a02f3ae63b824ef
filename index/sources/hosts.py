"""Hosts of the web: a name resolved once, its addresses checked, and a connection to an address that was checked."""

from __future__ import annotations

import io
import ipaddress
import socket
import threading
import time
from collections.abc import Sequence

from index.errors import AddressError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# A gateway of an IPv6 network forwards these to the IPv4 address in their last four bytes (NAT64, RFC 6052).
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class Deadline:
    """A moment that a whole fetch must end by."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """The seconds left, at most `most`; TimeoutError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left if most is None else min(left, most)


class TimedSocket(io.RawIOBase):
    """The reading side of a socket: each wait ends with the deadline, so that a slow trickle cannot outlast it."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection = connection
        self._deadline = deadline

    def readable(self) -> bool:
        """True: this is a reading side."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Bytes as they come; 0 at the end. Raises TimeoutError at the deadline."""
        self._connection.settimeout(self._deadline.left())
        return self._connection.recv_into(buffer)

    def makefile(self, mode: str) -> io.BufferedReader:
        """A buffered reader, as `http.client.HTTPResponse` asks a socket for one."""
        return io.BufferedReader(self)


def is_public(address: Address) -> bool:
    """Whether an address is one of the open Internet, and so is every IPv4 address that it stands for."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _TRANSLATED:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        tunnelled = [each for each in (address.sixtofour, *(address.teredo or ())) if each is not None]
        if address.is_site_local or not all(is_public(each) for each in tunnelled):
            return False
    closed = address.is_private or address.is_loopback or address.is_link_local or address.is_reserved
    return address.is_global and not (closed or address.is_multicast or address.is_unspecified)


def allowed_addresses(host: str, port: int, allow_private: bool | Sequence[str], deadline: Deadline) -> list[Address]:
    """The addresses of a host that may be connected to, in the order of the resolver.

    `allow_private` admits every address, or those of the networks named (10.1.0.0/16) beside the public ones.

    Raises:
        AddressError: the name is unknown, or none of its addresses may be reached.
        TimeoutError: the resolver did not answer by the deadline.
    """
    found = _resolved(host, port, deadline)
    networks = [] if isinstance(allow_private, bool) else [_network(each) for each in allow_private]
    allowed = [
        each
        for each in found
        if allow_private is True or is_public(each) or any(_unmapped(each) in network for network in networks)
    ]
    if not allowed:
        raise AddressError(f"网址的主机 {host} 指向内部地址 {found[0]}，已拒绝；确需读取内部网页时请允许内部地址。")
    return allowed


def connected(host: str, addresses: Sequence[Address], port: int, secure: bool, wait: float) -> socket.socket:
    """A socket to the first of the checked addresses that answers within `wait` seconds; with TLS where `secure`.

    The name is never resolved again, so it cannot point elsewhere by then. Proxies of the environment are not asked.

    Raises:
        OSError: none answered; that of the last one tried, or of the TLS handshake.
    """
    end = Deadline(wait)
    failure: OSError = ConnectionError("no address")
    for address in addresses:
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        plain = socket.socket(family, socket.SOCK_STREAM)
        try:
            plain.settimeout(end.left())
            plain.connect((str(address), port))
            plain.settimeout(end.left())
            return _secured(plain, host) if secure else plain
        except OSError as error:
            plain.close()
            failure = error
    raise failure


def _secured(plain: socket.socket, host: str) -> socket.socket:
    import ssl

    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def _resolved(host: str, port: int, deadline: Deadline) -> list[Address]:
    """Asks the resolver in a thread of its own, because it knows no time limit; the thread ends with the program."""
    wait = deadline.left()
    answers: list[list[Address] | OSError | UnicodeError] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            # An IPv6 scope (%eth0) names a network card of this machine; it is not part of the address.
            answers.append(list(dict.fromkeys(ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows)))
        except (OSError, UnicodeError) as error:
            answers.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(wait)
    if not answers:
        raise TimeoutError
    answer = answers[0]
    if isinstance(answer, Exception) or not answer:
        raise AddressError(f"找不到网址的主机 {host}；请检查网址是否写对、网络是否连通。")
    return answer


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise AddressError(f"允许的内部网段「{text}」写法不对；应形如 10.1.0.0/16。") from error


def _unmapped(address: Address) -> Address:
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address
