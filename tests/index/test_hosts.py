"""Hosts: no address of the inner network is reached unasked, however it is written, and no other name is trusted."""

import ipaddress
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.sources.address import AddressError, Limits, fetch
from index.sources.hosts import is_public
from tests.index.site_pages import PAGE, QUICK, SMALL, Site, answer, moved

LOOPBACK = ["127.0.0.1/32"]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate that it signed itself, for localhost, in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is absent: pages over TLS stay unchecked")
    folder = tmp_path_factory.mktemp("certificate")
    words = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run(
        [*words.split(), "-keyout", folder / "key.pem", "-out", folder / "one.pem"], check=True, capture_output=True
    )
    both = folder / "both.pem"
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "one.pem").read_bytes())
    return both


@pytest.fixture
def site() -> Iterator[Site]:
    one = Site()
    yield one
    one.close()


def test_a_redirect_to_a_private_address_is_refused_and_never_asked(site: Site) -> None:
    inner = Site("127.0.0.2")
    inner.pages["/secret"] = answer(b"secret")
    site.pages["/go"] = moved(f"{inner.url}/secret")
    with pytest.raises(AddressError, match=r"127\.0\.0\.2，已拒绝"):
        fetch(f"{site.url}/go", SMALL, allow_private=LOOPBACK)
    assert len(site.requests) == 1 and not inner.requests
    assert fetch(f"{site.url}/go", SMALL, allow_private=["127.0.0.0/8"]).data == b"secret"
    inner.close()


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "127.0.0.1.",
        "１２７.0.0.1",
        "127。0。0。1",
    ],
)
def test_every_way_to_write_this_machine_is_refused_and_reaches_no_server(site: Site, host: str) -> None:
    with pytest.raises(AddressError):
        fetch(f"http://{host}:{site.port}/", SMALL)
    assert not site.requests


@pytest.mark.parametrize(
    "address",
    [
        *("10.0.0.1", "172.16.9.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255"),
        *("0.0.0.0", "198.18.0.1", "240.0.0.1", "::", "::1", "fe80::1", "fc00::1", "ff02::1", "fec0::1"),
        *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "::10.0.0.1", "2001:db8::1"),
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    ],
)
def test_no_inner_address_is_public_in_any_dress(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "223.5.5.5", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_a_name_is_resolved_once_so_that_it_cannot_point_elsewhere_later(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner, asked = Site("127.0.0.2"), []
    inner.pages["/"] = site.pages["/"] = answer()

    def rebinding(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if len(asked) == 1 else "127.0.0.2", port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    fetch(f"http://rebinding.example:{site.port}/", SMALL, allow_private=LOOPBACK)
    assert asked == ["rebinding.example"] and len(site.requests) == 1 and not inner.requests
    assert f"Host: rebinding.example:{site.port}\r\n" in site.requests[0]
    with pytest.raises(AddressError, match="已拒绝"):
        fetch(f"http://rebinding.example:{site.port}/", SMALL, allow_private=LOOPBACK)
    inner.close()


def test_a_resolver_that_hangs_ends_with_the_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def hanging(*_: object, **__: object) -> list[object]:
        release.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hanging)
    with pytest.raises(AddressError, match="超时"):
        fetch("http://slow.example/", Limits(whole=0.2))
    release.set()


def test_an_unknown_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(AddressError, match=r"找不到网址的主机 no-such\.example"):
        fetch("http://no-such.example/")


def test_proxies_of_the_environment_are_not_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Site("127.0.0.2")
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    site.pages["/"] = answer()
    assert fetch(site.url + "/", SMALL, allow_private=True).data == PAGE and not proxy.requests
    proxy.close()


def test_a_closed_port_and_a_plain_server_asked_for_tls_are_told(site: Site) -> None:
    site.close()
    with pytest.raises(AddressError, match="没有开放这个端口"):
        fetch(f"{site.url}/", QUICK, allow_private=True)
    plain = Site()
    plain.pages["/"] = answer()
    with pytest.raises(AddressError, match=r"安全连接|超时|中断"):
        fetch(plain.url.replace("http:", "https:"), QUICK, allow_private=True)
    plain.close()


def test_a_page_over_tls_comes_only_from_a_server_whose_certificate_is_trusted(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(certificate=certificate)
    site.pages["/a.html"] = answer()
    url = f"https://localhost:{site.port}/a.html"
    with pytest.raises(AddressError, match="证书不可信"):
        fetch(url, SMALL, allow_private=True)
    assert not any(site.requests)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert fetch(url, SMALL, allow_private=True).data == PAGE
    # The same certificate does not speak for another name of the same machine.
    with pytest.raises(AddressError, match="证书不可信"):
        fetch(f"https://127.0.0.1:{site.port}/a.html", SMALL, allow_private=True)
    site.close()
