"""PDF files, by pypdfium2 only: other readers turn common characters into Kangxi radicals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.errors import EmptySourceError, SourceError
from index.sources.page import Page
from index.types import Noise

PAGE_NUMBER = re.compile(r"^\s*(?:[-—–－·]\s*)?(?:第\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*页)?(?:\s*[-—–－·])?\s*$")
SENTENCE_END = re.compile(r"[。！？!?；;：:…][”’」』）)》】\"']*$")
LIST_START = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十百\d]+[章节条编]|[•·●■◆—])"
)
FULL_LINE = 0.85
RUNNING_MOST = 50


def read_pdf(data: bytes, name: str) -> Page:
    """The page of a `.pdf` file: lines broken by the page width are joined, page numbers are kept and voted out.

    Raises:
        EmptySourceError: the document has no page.
        SourceError: the file is damaged, needs a password, or is a scan without a text layer.
    """
    pages = _page_texts(data, name)
    if not pages:
        raise EmptySourceError(f"文件 {name} 没有页面；请换一个有内容的 PDF。")
    text, noise = _join(pages)
    if not re.search(r"\w", text):
        raise SourceError(f"文件 {name} 是扫描件，没有文字层，而本机未安装文字识别（OCR）；请先转成带文字的 PDF。")
    return Page(text=text, noise=noise)


def _page_texts(data: bytes, name: str) -> list[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "加了密码" if locked else "已损坏或不是 PDF"
        raise SourceError(f"文件 {name} {reason}；请去掉密码或重新导出后重试。") from error
    try:
        texts = []
        for number in range(len(document)):
            page = document[number]
            layer = page.get_textpage()
            texts.append(layer.get_text_range())
            layer.close()
            page.close()
    except pypdfium2.PdfiumError as error:
        raise SourceError(f"文件 {name} 的页面无法读取；请重新导出后重试。") from error
    else:
        return texts
    finally:
        document.close()


def _lines(page: str) -> list[str]:
    # pdfium marks a hyphen at a line's end with U+FFFE, and pads with NUL.
    page = page.replace("\ufffe", "-").replace("\x00", "")
    return [line.strip() for line in re.split(r"\r\n|\r|\n", page) if line.strip()]


def _width(pages: Sequence[Sequence[str]]) -> int:
    """The usual length of a full line: the 90th percentile, so that headings and last lines do not count."""
    lengths = sorted(len(line) for page in pages for line in page)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _edges(lines: Sequence[str]) -> set[int]:
    """The lines where a header, a footer or a page number may stand: the first two and the last three."""
    return {index for index in (0, 1, len(lines) - 3, len(lines) - 2, len(lines) - 1) if 0 <= index < len(lines)}


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _running_lines(pages: Sequence[Sequence[str]]) -> set[str]:
    """Shapes (figures aside) that stand at the edge of at least half of the pages, and of two, and are no prose."""
    counts = Counter(shape for lines in pages for shape in {_shape(lines[index]) for index in _edges(lines)})
    return {
        shape
        for shape, count in counts.items()
        if count >= max(2, len(pages) / 2) and len(shape) <= RUNNING_MOST and not re.search(r"[，。；！？]", shape)
    }


def _joiner(line: str, following: str, width: int) -> str:
    """What stands between a line and the next: nothing where the page width broke it, else a line end."""
    if SENTENCE_END.search(line) or LIST_START.match(following) or len(line) < width * FULL_LINE:
        return "\n"
    latin = line[-1].isascii() and following[0].isascii() and line[-1].isalnum() and following[0].isalnum()
    return " " if latin else ""


def _join(pages: Sequence[str]) -> tuple[str, tuple[Noise, ...]]:
    split = [_lines(page) for page in pages]
    width = max(_width(split), 12)
    parts: list[str] = []
    noise: list[Noise] = []
    at = 0
    previous = ""
    for line, reason in _marked(split):
        # A page number or a running line cuts a sentence, so it never ends one: it stands between the lines that it parts.
        gap = _joiner(previous, line, width) if previous else ""
        if reason:
            gap = "\n" if SENTENCE_END.search(previous) else ""
        parts.append(gap + line)
        at += len(gap)
        if reason:
            noise.append(Noise(at, at + len(line), reason))
        else:
            previous = line
        at += len(line)
    return "".join(parts), tuple(noise)


def _marked(pages: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Each line with the reason to vote it out, or an empty string."""
    running = _running_lines(pages)
    for lines in pages:
        edges = _edges(lines)
        for index, line in enumerate(lines):
            if index in edges and PAGE_NUMBER.match(line):
                yield line, "页码"
            else:
                yield line, "页眉页脚" if index in edges and _shape(line) in running else ""
