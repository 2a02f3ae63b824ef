"""A web address to the bytes behind it: bounded in time, size and redirects, never to a private address unasked."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

from index.errors import AddressError
from index.sources.hosts import Deadline, TimedSocket, allowed_addresses, connected
from index.sources.inflating import inflated

PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
MOST_LETTERS = 8192
PIECE = 64 * 1024
# Characters that a path or a query may hold as they are (RFC 3986); a written percent sign stays one.
_PLAIN = "!#$%&'()*+,/:;=?@[]~-._"
_AGENT = "Mozilla/5.0 (compatible; changai)"
_SUFFIXES = {
    "text/html": (".html", ".htm"),
    "application/xhtml+xml": (".html", ".htm", ".xhtml"),
    "text/plain": (".txt", ".text", ".md", ".csv"),
    "text/markdown": (".md", ".markdown"),
    "text/csv": (".csv",),
    "application/pdf": (".pdf",),
    "application/msword": (".doc",),
    "application/zip": (".zip",),
    "message/rfc822": (".eml", ".mhtml", ".mht"),
    "multipart/related": (".mhtml", ".mht"),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a fetch may go: seconds to connect and in all, bytes before and after unpacking, redirects."""

    connect: float = 5.0
    whole: float = 20.0
    most_bytes: int = 20 * 1024 * 1024
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood behind an address.

    `name` is a file name whose suffix tells the format, `url` where the bytes came from at last, `type` the content
    type that the server declared (text/html) or "", `charset` the one it declared or "". Both may be wrong.
    """

    data: bytes
    name: str
    url: str
    type: str
    charset: str


@dataclass(frozen=True, slots=True)
class _Target:
    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.named}{self.path}"

    @property
    def named(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def fetch(url: str, limits: Limits = Limits(), allow_private: bool | Sequence[str] = False) -> Fetched:
    """The bytes of a web page or file.

    Args:
        url: http or https; a Chinese host or path is understood.
        limits: time, size and redirects.
        allow_private: admits addresses of this machine and the inner network: all, or those of the networks named.

    Raises:
        AddressError: the address is malformed or not allowed, a limit was passed, or the server gave no document.
    """
    deadline = Deadline(limits.whole)
    target = _target(url)
    for _ in range(limits.redirects + 1):
        answer = _get(target, limits, allow_private, deadline)
        if isinstance(answer, Fetched):
            return answer
        target = _target(urljoin(target.url, answer))
    raise AddressError(f"网址 {_shown(url)} 转向超过 {limits.redirects} 次，已停止；请直接给出最终的网址。")


def _get(target: _Target, limits: Limits, allow_private: bool | Sequence[str], deadline: Deadline) -> Fetched | str:
    """The document of an address, or where the server sends us instead."""
    shown = _shown(target.url)
    try:
        addresses = allowed_addresses(target.host, target.port, allow_private, deadline)
        wait = deadline.left(limits.connect)
        with connected(target.host, addresses, target.port, target.scheme == "https", wait) as connection:
            connection.settimeout(deadline.left())
            connection.sendall(_request(target))
            answer = http.client.HTTPResponse(TimedSocket(connection, deadline), method="GET")  # type: ignore[arg-type]
            answer.begin()
            if answer.status in REDIRECTS:
                return _location(answer, shown)
            if answer.status != http.client.OK:
                raise AddressError(
                    f"网址 {shown} 返回 {answer.status}，没有给出文档；请检查网址是否有效、是否需要登录。"
                )
            data = _body(answer, limits.most_bytes, shown)
    except TimeoutError as error:
        raise AddressError(
            f"读取网址 {shown} 超时（连接限 {limits.connect:g} 秒，共限 {limits.whole:g} 秒）；请稍后重试。"
        ) from error
    except OSError as error:
        raise AddressError(f"连接网址 {shown} 失败：{_cause(error)}；请检查网址和网络后重试。") from error
    except http.client.IncompleteRead as error:
        raise AddressError(f"网址 {shown} 的内容没有传完就断开了；请稍后重试。") from error
    except http.client.HTTPException as error:
        raise AddressError(f"网址 {shown} 的回答不是正常的网页回答（{type(error).__name__}）；请检查网址。") from error
    if not data:
        raise AddressError(f"网址 {shown} 没有内容（0 字节）；请换一个网址。")
    kind = answer.headers.get_content_type() if "content-type" in answer.headers else ""
    charset = answer.headers.get_content_charset() or ""
    return Fetched(data, _name(answer, target, kind), target.url, kind, charset)


def _target(url: str) -> _Target:
    """The parts of an address after every check that needs no network."""
    text, shown = url.strip(), _shown(url)
    if len(text) > MOST_LETTERS:
        raise AddressError(f"网址 {shown} 长 {len(text)} 个字符，超过上限 {MOST_LETTERS}；请检查。")
    # Programs disagree on how to read these, and each reading may name another host.
    if "\\" in text or any(ord(letter) <= 32 or ord(letter) == 127 for letter in text):
        raise AddressError(f"网址 {shown} 里有空格、反斜杠或控制字符；请重新复制网址。")
    try:
        parts = urlsplit(text)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except ValueError as error:
        raise AddressError(f"网址 {shown} 的写法不对；应形如 https://example.com/页面。") from error
    if parts.scheme not in PORTS:
        raise AddressError(f"网址 {shown} 不是 http 或 https 网址；请换一个网址，本机文件请直接给出路径。")
    if "@" in parts.netloc:
        raise AddressError(f"网址 {shown} 里带有用户名或密码，已拒绝；请去掉 @ 前面的部分。")
    if not host or "%" in host or port == 0:
        raise AddressError(f"网址 {shown} 的写法不对；应形如 https://example.com/页面。")
    path = quote(parts.path or "/", safe=_PLAIN, errors="replace") + (
        f"?{quote(parts.query, safe=_PLAIN, errors='replace')}" if parts.query else ""
    )
    return _Target(parts.scheme, host, PORTS[parts.scheme] if port is None else port, path)


def _request(target: _Target) -> bytes:
    lines = [
        f"GET {target.path} HTTP/1.1",
        f"Host: {target.named}",
        f"User-Agent: {_AGENT}",
        "Accept: */*",
        "Accept-Encoding: gzip, deflate",
        "Accept-Language: zh-CN, zh",
        "Connection: close",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _location(answer: http.client.HTTPResponse, shown: str) -> str:
    location = _letters(answer.headers.get("Location") or "").strip()
    if not location:
        raise AddressError(f"网址 {shown} 要求转向却没有给出去处；请直接给出最终的网址。")
    # Servers write blanks as they are; one within the address is part of it.
    return location.replace(" ", "%20")


def _cause(error: OSError) -> str:
    """Why a connection failed, in Chinese."""
    import ssl

    if isinstance(error, ssl.SSLCertVerificationError):
        return "对方的安全证书不可信"
    if isinstance(error, ssl.SSLError):
        return "建立不了安全连接（TLS）"
    if isinstance(error, ConnectionRefusedError):
        return "对方没有开放这个端口"
    if isinstance(error, ConnectionError):
        return "连接被对方中断"
    return f"网络不通（错误号 {error.errno}）"


def _body(answer: http.client.HTTPResponse, most: int, shown: str) -> bytes:
    """The whole body, unpacked; refused as soon as it is known to pass the limit, before or after unpacking."""
    too_large = AddressError(f"网址 {shown} 的内容超过上限 {most / 2**20:g} MB；请下载后拆分，再加入文件。")
    if answer.length is not None and answer.length > most:
        raise too_large
    data = bytearray()
    for piece in inflated(_limited(answer, most, too_large), answer.headers.get("Content-Encoding") or "", shown):
        data += piece
        if len(data) > most:
            raise too_large
    return bytes(data)


def _limited(answer: http.client.HTTPResponse, most: int, too_large: AddressError) -> Iterator[bytes]:
    received = 0
    while piece := answer.read(PIECE):
        received += len(piece)
        if received > most:
            raise too_large
        yield piece
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)


def _name(answer: http.client.HTTPResponse, target: _Target, kind: str) -> str:
    """A file name: the one that the server gives, else the end of the path, else the host; its suffix fits the type."""
    given = _letters(answer.headers.get_filename() or "")
    last = unquote(target.path.partition("?")[0].rpartition("/")[2], errors="replace")
    name = (given or last or target.host).replace("\\", "/").rpartition("/")[2]
    name = "".join(letter for letter in name if letter.isprintable()).strip(" .")[-100:] or target.host
    suffixes = _SUFFIXES.get(kind, ())
    return name if not suffixes or name.lower().endswith(suffixes) else name + suffixes[0]


def _letters(header: str) -> str:
    """A header's text: servers write UTF-8 or GB18030 where the protocol has Latin-1."""
    try:
        raw = header.encode("latin-1")
    except UnicodeEncodeError:
        return header
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return header


def _shown(url: str) -> str:
    """An address short enough for one line of a message, without control characters and without a password."""
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    text = f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}" if mark else url
    text = "".join(letter if letter.isprintable() else "?" for letter in text)
    return text if len(text) <= 120 else text[:119] + "…"
