"""Fetching: what a server of ill will may do ends in one clear line, within the limits."""

import gzip
import itertools
import time
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.address import AddressError, Fetched, Limits, fetch
from tests.index.site_pages import PAGE, QUICK, SMALL, Reply, Site, answer, chunked, moved, silent, trickle


@pytest.fixture
def site() -> Iterator[Site]:
    one = Site()
    yield one
    one.close()


def got(site: Site, reply: Reply, path: str = "/a.html", limits: Limits = SMALL) -> Fetched:
    site.pages[path] = reply
    return fetch(site.url + path, limits, allow_private=True)


def refusal(site: Site, reply: Reply, limits: Limits = SMALL) -> str:
    with pytest.raises(AddressError) as caught:
        got(site, reply, limits=limits)
    message = str(caught.value)
    assert "\n" not in message and len(message) < 300
    return message


def test_a_page_comes_with_its_type_and_charset(site: Site) -> None:
    page = got(site, answer(PAGE, "Content-Type: text/html; charset=GB2312"))
    assert page == Fetched(PAGE, "a.html", f"{site.url}/a.html", "text/html", "gb2312")
    assert f"Host: 127.0.0.1:{site.port}\r\n" in site.requests[0]


def test_what_the_server_does_not_declare_stays_empty(site: Site) -> None:
    page = got(site, answer())
    assert (page.type, page.charset) == ("", "")


def test_a_charset_that_does_not_exist_is_passed_on_and_harms_nothing(site: Site) -> None:
    assert got(site, answer(PAGE, "Content-Type: text/html; charset=no-such")).charset == "no-such"


@pytest.mark.parametrize(
    ("path", "headers", "name"),
    [
        ("/list.php?id=3", ["Content-Type: text/html"], "list.php.html"),
        ("/index.htm", ["Content-Type: text/html"], "index.htm"),
        ("/", ["Content-Type: text/html"], "127.0.0.1.html"),
        ("/down?f=1", ["Content-Type: application/pdf"], "down.pdf"),
        ("/%E6%96%B9%E6%A1%88.docx", ["Content-Type: application/octet-stream"], "方案.docx"),
        ("/x", ['Content-Disposition: attachment; filename="../../etc/passwd.txt"'], "passwd.txt"),
        ("/x", ["Content-Disposition: attachment; filename*=UTF-8''%E5%8A%9E%E6%B3%95.doc"], "办法.doc"),
        ("/x", ['Content-Disposition: attachment; filename="办法.doc"'], "办法.doc"),
        ("/..%2F..%2Fsecret.txt", [], "secret.txt"),
        ("/%00%0a.txt", [], "txt"),
    ],
)
def test_the_name_is_a_file_name_whose_suffix_tells_the_format(
    site: Site, path: str, headers: list[str], name: str
) -> None:
    assert got(site, answer(PAGE, *headers), path).name == name


def test_a_chinese_path_is_written_in_percent_signs(site: Site) -> None:
    site.pages["/%E4%BA%A7%E6%94%B9?q=%E5%B8%B8%E5%B7%9E"] = answer()
    assert fetch(f"{site.url}/产改?q=常州#第一段", SMALL, allow_private=True).data == PAGE


def test_a_chunked_page_is_put_together(site: Site) -> None:
    assert got(site, chunked([b"a" * 10, b"b", b"c" * 70_000])).data == b"a" * 10 + b"b" + b"c" * 70_000


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:10]) + gzip.compress(PAGE[10:]) + b"\0\0"),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE, wbits=-15)),
        ("identity", PAGE),
    ],
)
def test_a_packed_page_is_unpacked(site: Site, encoding: str, packed: bytes) -> None:
    assert got(site, answer(packed, f"Content-Encoding: {encoding}")).data == PAGE


def test_damaged_cut_and_unknown_packing_are_told(site: Site) -> None:
    packed = gzip.compress(PAGE * 50)
    assert "压缩损坏" in refusal(site, answer(packed[:-12], "Content-Encoding: gzip"))
    assert "压缩损坏" in refusal(site, answer(b"\x1f\x8b" + b"no gzip at all", "Content-Encoding: gzip"))
    assert "'br'" in refusal(site, answer(PAGE, "Content-Encoding: br"))


def test_a_gzip_bomb_stops_at_the_limit(site: Site) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < SMALL.most_bytes
    assert "超过上限" in refusal(site, answer(bomb, "Content-Encoding: gzip"))


def test_a_large_page_is_refused_by_its_declared_length_unread(site: Site) -> None:
    assert "超过上限 0.0953674 MB" in refusal(site, answer(b"", length=100_001))


@pytest.mark.parametrize(
    "reply",
    [
        chunked(itertools.repeat(b"x" * 5000)),
        trickle(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 60_000),
    ],
    ids=["chunked", "no length"],
)
def test_an_endless_page_stops_at_the_limit(site: Site, reply: Reply) -> None:
    assert "超过上限" in refusal(site, reply)


@pytest.mark.parametrize(
    "reply",
    [
        silent,
        trickle(b"", b"H"),
        trickle(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        trickle(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", b"x"),
        trickle(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["silent", "status", "headers", "body", "continue"],
)
def test_a_slow_server_cannot_outlast_the_time_limit(site: Site, reply: Reply) -> None:
    begin = time.monotonic()
    assert "超时" in refusal(site, reply, QUICK)
    assert time.monotonic() - begin < QUICK.whole + 1.0


def test_a_page_that_ends_too_early_is_refused(site: Site) -> None:
    assert "没有传完" in refusal(site, answer(PAGE, length=len(PAGE) + 7))
    assert "没有传完" in refusal(site, chunked([PAGE], end=False))


def test_a_page_longer_than_declared_ends_where_it_was_declared_to(site: Site) -> None:
    assert got(site, answer(PAGE + b"tail", length=len(PAGE))).data == PAGE


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "403 Forbidden", "204 No Content", "304 Not Modified"])
def test_a_status_that_gives_no_document_is_told(site: Site, status: str) -> None:
    assert f"返回 {status[:3]}" in refusal(site, answer(b"x", status=status))


def test_an_empty_page_and_no_web_answer_are_told(site: Site) -> None:
    assert "0 字节" in refusal(site, answer(b""))
    assert "不是正常的网页回答" in refusal(site, lambda connection, request: connection.sendall(b"SSH-2.0-x\r\n"))
    many = b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n"
    assert "不是正常的网页回答" in refusal(site, lambda connection, request: connection.sendall(many))


@pytest.mark.parametrize("status", ["301 A", "302 B", "303 C", "307 D", "308 E"])
def test_a_redirect_is_followed_and_the_last_address_told(site: Site, status: str) -> None:
    site.pages["/new%20%E9%A1%B5.html"] = answer()
    page = got(site, moved("/new 页.html", status), "/old")
    assert page.url == f"{site.url}/new%20%E9%A1%B5.html" and page.name == "new 页.html"


def test_five_redirects_are_followed_and_no_sixth(site: Site) -> None:
    for number in range(6):
        site.pages[f"/{number}"] = moved(f"/{number + 1}")
    site.pages["/6"] = answer()
    assert fetch(f"{site.url}/1", SMALL, allow_private=True).data == PAGE
    with pytest.raises(AddressError, match="转向超过 5 次"):
        fetch(f"{site.url}/0", SMALL, allow_private=True)


def test_a_redirect_in_a_circle_ends(site: Site) -> None:
    assert "转向超过 5 次" in refusal(site, moved("/a.html"))
    assert len(site.requests) == 6


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "data:text/html,x"])
def test_a_redirect_to_another_scheme_is_refused(site: Site, to: str) -> None:
    assert "不是 http 或 https" in refusal(site, moved(to))


def test_a_redirect_without_an_address_is_told(site: Site) -> None:
    assert "没有给出去处" in refusal(site, answer(b"", status="302 Found"))


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "不是 http 或 https"),
        ("file:///etc/passwd", "不是 http 或 https"),
        ("ftp://example.com/x", "不是 http 或 https"),
        ("example.com/x", "不是 http 或 https"),
        ("http://", "写法不对"),
        ("http:///x", "写法不对"),
        ("http://example.com:99999/", "写法不对"),
        ("http://example.com:0/", "写法不对"),
        ("http://[::1/", "写法不对"),
        ("http://[fe80::1%25eth0]/", "写法不对"),
        ("http://user:secret@example.com/", "用户名或密码"),
        ("http://example.com@127.0.0.1/", "用户名或密码"),
        ("http://example.com\\@127.0.0.1/", "反斜杠"),
        ("http://exa mple.com/", "空格"),
        ("http://example.com/\r\nX-Evil: 1", "控制字符"),
        ("http://example.com/" + "a" * 9000, "超过上限"),
    ],
)
def test_a_malformed_address_is_refused_with_what_to_do(url: str, told: str) -> None:
    with pytest.raises(AddressError, match=told) as caught:
        fetch(url)
    message = str(caught.value)
    assert "secret" not in message and message.isprintable() and len(message) < 250


def test_a_malformed_network_is_told() -> None:
    with pytest.raises(AddressError, match=r"网段「10\.1」写法不对"):
        fetch("http://127.0.0.1/", allow_private=["10.1"])


@given(st.text(max_size=200))
def test_any_text_as_an_address_is_refused_in_one_line(text: str) -> None:
    # No time at all: every check of the writing is made, and no name is looked up.
    for url in (text, f"http://{text}", f"https://{text}.example:{text}/", f"http://127.0.0.1/{text}?{text}#{text}"):
        with pytest.raises(AddressError) as caught:
            fetch(url, Limits(whole=0))
        assert str(caught.value).isprintable() and len(str(caught.value)) < 300
