"""Bytes to text: the encoding is decided by evidence, never by a guess that loses characters."""

from __future__ import annotations

import codecs
import re

from index.errors import EmptySourceError, SourceError, UnknownFormatError

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
# The characters that make up about half of any Chinese prose, simplified and traditional: a wrong decoding hits them
# only by chance, a right one all the time.
FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相"
    "全表间样与关各重新线内数正心反你明看原又利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料"
    "象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任"
    "取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安"
    "場身車例真務具萬每目至達走積示議聲報斗完類八離華名確才科張信馬節話米整空元況今集溫傳土許步群廣石記需段研界拉林律叫且究觀越織裝影"
    "這為個國時來們對會發動過說產種經進著電裡現實兩體機當點從業應開還義與關線內數質氣條結解問無係軍長圖統見計別運農幾區強決戰則據處隊"
    "給門規熱領東導壓濟階術極聯認權證採轉單風帶習黨職務員勞設總級資訊，。、；：“”「」（）《》！？"
)
COMMON_SHARE = 0.30
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _refuse_magic(data: bytes, name: str) -> None:
    for magic, kind in MAGIC:
        if data.startswith(magic):
            raise UnknownFormatError(f"文件 {name} 的内容是{kind}，不是文本；请改回正确的扩展名或转换后重试。")


def _share_of_frequent(text: str) -> float:
    """The share of frequent characters among all that are not ASCII; 1.0 for pure ASCII."""
    wide = [character for character in text if character > "\x7f"]
    return sum(character in FREQUENT for character in wide) / len(wide) if wide else 1.0


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plausible(text: str) -> bool:
    """Whether control characters are as rare as in any text file."""
    return len(CONTROL.findall(text)) * 200 <= len(text)


def _best(data: bytes, encodings: tuple[str, ...]) -> str | None:
    scored = [
        (_share_of_frequent(text), -order, text)
        for order, encoding in enumerate(encodings)
        if (text := _try(data, encoding)) is not None and _plausible(text)
    ]
    if not scored:
        return None
    share, _, text = max(scored)
    # Few characters give a weak share, so a short text (a title alone) passes with one frequent character.
    return text if share >= COMMON_SHARE or (len(text) < 12 and share > 0) else None


def decode(data: bytes, name: str, declared: str = "") -> str:
    """The text of `data` without BOM, line ends untouched.

    Order: BOM; UTF-8, strictly; the `declared` encoding (an html meta tag); else GB18030, Big5 and UTF-16 without BOM
    compete by the share of frequent Chinese characters.

    Raises:
        EmptySourceError: there is no text at all.
        UnknownFormatError: the bytes are not text.
        SourceError: the bytes break off or fit none of the encodings.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptySourceError(f"文件 {name} 是空的，没有文字；请换一个有内容的文件。")
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _try(data[len(mark) :], encoding)
            if text is None:
                raise SourceError(f"文件 {name} 标明是 {encoding} 编码，但内容有损坏；请另存为 UTF-8 后重试。")
            return _checked(text, name)
    _refuse_magic(data, name)
    text = _try(data, "utf-8")
    if text is None or not _plausible(text):
        hinted = (declared,) if declared and _known(declared) else ()
        wide = ("utf-16-le", "utf-16-be") if len(data) % 2 == 0 and len(data) >= 8 else ()
        narrow = ("gb18030", "big5hkscs") if text is None else ()
        text = _best(data, hinted + narrow + wide)
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
