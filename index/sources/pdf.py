"""PDF files, by pypdfium2 only: other readers turn common characters into Kangxi radicals."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from index.errors import EmptySourceError, SourceError
from index.sources.columns import PrintedLine
from index.sources.ocr import Engine, installed_engine, missing_engine, rendered_lines
from index.sources.page import Page
from index.sources.pdf_layer import is_scanned, layer_lines
from index.sources.printed import join_pages

PAGES_MOST = 10_000
SECONDS_MOST = 60.0
# Reading characters from pictures takes seconds a page.
SCAN_SECONDS_MOST = 1_800.0
NAMED_PAGES = 12
LAID_OUT = re.compile(r"\w")


def read_pdf(data: bytes, name: str, engine: Engine | None = None) -> Page:
    """The page of a `.pdf` file: lines broken by the page width are joined, page numbers are kept and voted out.

    Pages that are pictures go to `engine`, or to the installed one; `Page.pages` holds where each printed page begins.

    Raises:
        EmptySourceError: the document has no page.
        SourceError: the file is damaged, needs a password, is too long, or is a scan and no character recognition is installed.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "加了密码" if locked else "已损坏或不是 PDF"
        raise SourceError(f"文件 {name} {reason}；请去掉密码或重新导出后重试。") from error
    try:
        with closing(document):
            pages = list(_pages(document, name, engine))
    except pypdfium2.PdfiumError as error:
        raise SourceError(f"文件 {name} 的页面无法读取；请重新导出后重试。") from error
    if not pages:
        raise EmptySourceError(f"文件 {name} 没有页面；请换一个有内容的 PDF。")
    printed = join_pages([lines for lines, _ in pages])
    if not LAID_OUT.search(printed.text):
        if engine is None and installed_engine() is None:
            raise missing_engine(f"文件 {name} 是扫描件，没有文字层，而本机未安装文字识别（OCR）")
        raise EmptySourceError(f"文件 {name} 的 {len(pages)} 页里没有文字；请换一个有内容的 PDF。")
    unread = [str(number) for number, (_, is_missed) in enumerate(pages, start=1) if is_missed]
    return Page(text=printed.text, noise=printed.noise, pages=printed.pages, remarks=_told_unread(unread))


def _told_unread(pages: Sequence[str]) -> tuple[str, ...]:
    """The line that names pages which are pictures, when nothing here can read them."""
    if not pages:
        return ()
    named = "、".join(pages[:NAMED_PAGES]) + (" 等" if len(pages) > NAMED_PAGES else "")
    return (f'第 {named} 页是图片，本机未安装文字识别，没有读出；请执行 pip install "changai[ocr]" 后重新导入。',)


def _pages(document: Any, name: str, engine: Engine | None) -> Iterator[tuple[list[PrintedLine], bool]]:
    """The lines of each page, and whether it is a picture that nothing here can read; one page is in memory at a time."""
    count = len(document)
    if count > PAGES_MOST:
        raise SourceError(f"文件 {name} 有 {count} 页，超过上限 {PAGES_MOST} 页；请拆分后重试。")
    start = time.monotonic()
    in_pictures = 0.0
    for number in range(count):
        if time.monotonic() - start - in_pictures > SECONDS_MOST or in_pictures > SCAN_SECONDS_MOST:
            raise SourceError(f"文件 {name} 共 {count} 页，读到第 {number} 页时已超出时间上限；请拆分后重试。")
        with closing(document[number]) as page:
            lines = layer_lines(page)
            is_picture = is_scanned(page, sum(len(line.text) for line in lines))
            engine = engine or (installed_engine() if is_picture else None)
            if is_picture and engine is not None:
                begun = time.monotonic()
                lines = rendered_lines(page, engine, f"{name} 第 {number + 1} 页") or lines
                in_pictures += time.monotonic() - begun
            yield lines, is_picture and engine is None
