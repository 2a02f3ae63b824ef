"""Bytes to text: the encoding is decided by evidence, never by a guess that loses characters."""

from __future__ import annotations

import codecs
import re

from index.errors import EmptySourceError, SourceError, UnknownFormatError
from index.sources.frequent import share_of_frequent
from index.sources.piecewise import decode_piecewise

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC = (
    (b"%PDF-", "PDF 文件"),
    (b"PK\x03\x04", "压缩包或 Office 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"\x7fELF", "程序文件"),
    (b"\x1f\x8b", "压缩包"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"SQLite format 3\x00", "数据库文件"),
)
COMMON_SHARE = 0.30
# Above it a text is of one encoding throughout; prose has about 0.63, and a tenth in a foreign encoding costs more than that.
CLEAR_SHARE = 0.75
# In a long text one sign in a hundred may be damaged. Of a text in GB18030 nearly all is in the small GB2312, of random
# bytes less than half; so few signs as this tell nothing.
SIGNS_A_DAMAGE = 100
COMMONLY_KNOWN = 0.9
LEAST_WIDE = 40
# GB2312 is sorted by sound, and a third of Chinese is behind this lead byte; Korean and Japanese have hardly anything there.
EARLY = bytes(range(0xC9))
LEAST_LATE = 0.1
ASCII = bytes(range(0x80))
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _refuse_magic(data: bytes, name: str) -> None:
    for magic, kind in MAGIC:
        if data.startswith(magic):
            raise UnknownFormatError(f"文件 {name} 的内容是{kind}，不是文本；请改回正确的扩展名或转换后重试。")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _marked(data: bytes, encoding: str) -> str | None:
    """The text behind a byte order mark; a file that breaks off, or holds a few foreign bytes, keeps all the rest."""
    text = _try(data, encoding)
    if text is not None:
        return text
    if encoding == "utf-8":
        return decode_piecewise(data)
    text = data.decode(encoding, "replace")
    return text if text.count("\ufffd") * 100 <= len(text) + 99 else None


def _plausible(text: str) -> bool:
    """Whether control characters are as rare as in any text file."""
    return len(CONTROL.findall(text)) * 200 <= len(text)


def _best(data: bytes, encodings: tuple[str, ...], is_narrow: bool) -> str | None:
    scored = [
        (share_of_frequent(text), -order, text)
        for order, encoding in enumerate(encodings)
        if (text := _try(data, encoding)) is not None and _plausible(text)
    ]
    share, _, text = max(scored) if scored else (0.0, 0, None)
    pieced = decode_piecewise(data) if is_narrow and share < CLEAR_SHARE else None
    if pieced is not None and _plausible(pieced) and share_of_frequent(pieced) > share + 0.03:
        share, text = share_of_frequent(pieced), pieced
    if text is None:
        return None
    # Few characters give a weak share, so a short text (a title alone) passes with one frequent character.
    return text if share >= COMMON_SHARE or (len(text) < 12 and share > 0) else None


def _forgiven(data: bytes) -> str | None:
    """The text of bytes that are UTF-8 or GB18030 but for isolated damage or a last character that breaks off.

    Here the bytes themselves are the evidence, so texts without frequent characters (lists of names, English) pass.
    """
    try:
        text, used = codecs.utf_8_decode(data, "strict", False)
        if used < len(data) and text.strip():
            return f"{text}\ufffd"
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        if text.count("\ufffd") * SIGNS_A_DAMAGE <= len(text):
            return text
    text = data.decode("gb18030", "replace")
    wide = len(text) - len(text.encode("ascii", "ignore"))
    leads = text.encode("gb2312", "ignore").translate(None, ASCII)[::2]
    is_sound = text.count("\ufffd") * SIGNS_A_DAMAGE <= len(text)
    is_chinese = len(leads) >= COMMONLY_KNOWN * wide and len(leads.translate(None, EARLY)) >= LEAST_LATE * wide
    return text if is_sound and is_chinese and wide >= LEAST_WIDE else None


def decode(data: bytes, name: str, declared: str = "") -> str:
    """The text of `data` without BOM, line ends untouched.

    Order: BOM; UTF-8, strictly; the `declared` encoding (an html meta tag); else GB18030, Big5 and UTF-16 without BOM
    compete by the share of frequent Chinese characters. A file of several encodings is decoded piece by piece, and
    isolated foreign bytes become U+FFFD.

    Raises:
        EmptySourceError: there is no text at all.
        UnknownFormatError: the bytes are not text.
        SourceError: the bytes break off or fit none of the encodings.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptySourceError(f"文件 {name} 是空的，没有文字；请换一个有内容的文件。")
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _marked(data[len(mark) :], encoding)
            if text is None:
                raise SourceError(f"文件 {name} 标明是 {encoding} 编码，但内容有损坏；请另存为 UTF-8 后重试。")
            return _checked(text, name)
    _refuse_magic(data, name)
    text = _try(data, "utf-8")
    if text is None or not _plausible(text):
        hinted = (declared,) if declared and _known(declared) else ()
        wide = ("utf-16-le", "utf-16-be") if len(data) % 2 == 0 and len(data) >= 8 else ()
        narrow = ("gb18030", "big5hkscs") if text is None else ()
        is_narrow = text is None
        text = _best(data, hinted + narrow + wide, is_narrow) or (_forgiven(data) if is_narrow else None)
    if text is None:
        raise UnknownFormatError(
            f"文件 {name} 不是可识别的文本（可能是二进制文件改了扩展名）；请另存为 UTF-8 文本后重试。"
        )
    return _checked(text, name)


def well_formed(text: str) -> str:
    """The text with half surrogates, which no library takes, as U+FFFD; JSON can hold them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding)._is_text_encoding
    except (LookupError, ValueError):
        return False


def _checked(text: str, name: str) -> str:
    if not _plausible(text):
        raise UnknownFormatError(f"文件 {name} 含有大量控制字符，不像文本；请换成文本文件后重试。")
    if not text.strip().strip("\x00\ufeff"):
        raise EmptySourceError(f"文件 {name} 是空的，没有文字；请换一个有内容的文件。")
    return text
