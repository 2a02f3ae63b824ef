"""The parts of a MIME message, each with what its headers say, read so that no header can cost more than its length."""

from __future__ import annotations

import email
import email.policy
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import EmailMessage

from index.errors import SourceError
from index.sources.encoding import decode

# The parser goes through these headers character by character and copies the rest each time.
STRUCTURE = re.compile(rb"^content-[a-z-]{1,40}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*", re.IGNORECASE | re.MULTILINE)
LONGEST_STRUCTURE = 8_192
LONGEST_HEADER = 16_384
MOST_PARTS = 10_000
RAW_NAME = re.compile(r'name\s{0,9}=\s{0,9}(?:"([^"]*)|([^";\s]+))', re.IGNORECASE)
# GB2312 as mail programs declare it holds characters of GB18030.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "gb_2312-80": "gb18030"}
# Whatever a hostile header makes the parser stumble over, the message is one that cannot be read.
DAMAGE = (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError)
AS_SENT = email.policy.default.clone(refold_source="none", cte_type="8bit")


@dataclass(frozen=True, slots=True)
class Part:
    """One part that holds no others: its type (`text/html`), file name or "", its bytes and declared charset.

    `attached` says whether it is a file beside the text: named as an attachment, a letter, or neither text nor a picture.
    """

    kind: str
    file_name: str
    content: bytes
    charset: str
    attached: bool

    def text(self, name: str) -> str:
        """The part as text, "" where it is blank.

        Raises:
            SourceError: as `decode`.
        """
        blank = not self.content.strip(b"\x00 \t\r\n")
        return "" if blank else decode(self.content, name, self.charset).replace("\r\n", "\n")

    @property
    def suffix(self) -> str:
        """The usual file name extension for its type, or ""."""
        return ".eml" if self.kind == "message/rfc822" else mimetypes.guess_extension(self.kind) or ""


def parse_message(data: bytes, name: str) -> EmailMessage:
    """The message behind the bytes.

    Raises:
        SourceError: a header of the structure is longer than `LONGEST_STRUCTURE`, there are more lines that could part
            two parts than `MOST_PARTS`, or the parser gave up.
    """
    if data.count(b"\n--") > MOST_PARTS:
        raise _too_many(name)
    if any(len(found.group()) > LONGEST_STRUCTURE for found in STRUCTURE.finditer(data)):
        raise SourceError(f"邮件 {name} 的信头过长，可能有问题；请用邮件软件打开并另存后重试。")
    try:
        return email.message_from_bytes(data, policy=email.policy.default)
    except DAMAGE as error:
        raise _damaged(name) from error


def leaves(message: EmailMessage, name: str) -> Iterator[Part]:
    """The parts of a message that hold no others, in order; a letter inside it is one part and is not entered.

    Raises:
        SourceError: more than `MOST_PARTS`, or a part that the parser cannot take apart.
    """
    waiting = [message]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        try:
            inner = part.get_payload()
            if isinstance(inner, list) and part.get_content_maintype() == "multipart":
                waiting += reversed([child for child in inner if isinstance(child, EmailMessage)])
                continue
            leaf = _leaf(part, inner)
        except DAMAGE as error:
            raise _damaged(name) from error
        yield leaf
    raise _too_many(name)


def header(message: EmailMessage, name: str) -> str:
    """A header in plain characters on one line: encoded words decoded, raw GB18030 bytes too; "" where there is none.

    It is taken as it was sent, since the library's own parser takes time out of proportion to a header's length.
    """
    return unworded(_raw(message, name))


def unworded(raw: str) -> str:
    """The text of a raw header value: encoded words (=?gb2312?B?…?=) and bytes beyond ASCII as characters."""
    raw = re.sub(r"[\r\n]+[ \t]*", " ", raw[:LONGEST_HEADER]).strip()
    try:
        chunks = decode_header(raw)
    except (HeaderParseError, ValueError):
        chunks = [(raw, None)]
    return " ".join("".join(_chunk(content, charset) for content, charset in chunks).split())


def _chunk(content: bytes | str, charset: str | None) -> str:
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogateescape")
    declared = (charset or "ascii").lower()
    for encoding in (WIDER.get(declared, declared), "utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except (LookupError, ValueError):
            continue
    return content.decode("gb18030", "replace")


def _raw(message: EmailMessage, name: str) -> str:
    return next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")


def _leaf(part: EmailMessage, inner: object) -> Part:
    kind = part.get_content_type()
    file_name = _file_name(part)
    if isinstance(inner, list):
        letters = [child for child in inner if isinstance(child, EmailMessage)]
        content = b"\n".join(letter.as_bytes(policy=AS_SENT) for letter in letters)
        subject = header(letters[0], "Subject")[:80] if letters else ""
        # Its subject tells more than a number; a stroke in it is no folder.
        file_name = file_name or (f"{subject.replace('/', '／')}.eml" if subject else "")
    else:
        decoded = part.get_payload(decode=True)
        content = decoded if isinstance(decoded, bytes) else b""
    stated = _raw(part, "content-disposition").partition(";")[0].strip().lower() == "attachment"
    shown = kind in {"text/plain", "text/html"} or (kind.startswith("image/") and not stated)
    attached = stated or kind.startswith("message/") or (bool(file_name) and not shown)
    return Part(kind, file_name, content, part.get_content_charset() or "", attached)


def _file_name(part: EmailMessage) -> str:
    """The name of an attachment, also where a Chinese mail program wrote raw bytes or encoded words into it."""
    for name in ("content-disposition", "content-type"):
        raw = _raw(part, name)
        if not raw.isascii() and (found := RAW_NAME.search(raw)):
            return unworded(found.group(1) or found.group(2) or "")
    return unworded(part.get_filename() or "")


def _damaged(name: str) -> SourceError:
    return SourceError(f"邮件 {name} 已损坏；请用邮件软件打开并另存后重试。")


def _too_many(name: str) -> SourceError:
    return SourceError(f"邮件 {name} 的组成部分超过 {MOST_PARTS} 个，可能有问题；请用邮件软件打开并另存后重试。")
