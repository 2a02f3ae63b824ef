"""Which reader answers to which ending of a file's name, loaded when the first such file is read."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePosixPath

from index.errors import UnknownFormatError
from index.sources.page import Page

Read = Callable[[bytes, str], Page]

CORPUS_SUFFIX = ".jsonl"
PLAIN = (".txt", ".md", ".markdown", ".text", ".log")
WEB = (".html", ".htm", ".xhtml", ".shtml")
PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp")
SHEETS = (".csv", ".tsv")
LETTERS = (".eml",)
SAVED_PAGES = (".mht", ".mhtml")
ZIPS = (".zip",)
PACKED = (".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz")
# What a person is told when a format is not among them, in the order in which they are likely to be met.
TOLD = (
    "txt、md、html、mht、pdf、docx、doc、wps、xlsx、xls、csv、pptx、ppt、ofd、eml、图片（png、jpg、tif 等）、zip、jsonl"
)
# Endings, and the module and function that read them; those of office files are told by `office`.
_READERS = (
    (PLAIN, "plain", "read_plain"),
    (WEB, "html", "read_html"),
    ((".pdf",), "pdf", "read_pdf"),
    (PICTURES, "ocr", "read_image"),
    (SHEETS, "sheets", "read_csv"),
    (LETTERS, "mail", "read_mail"),
    (SAVED_PAGES, "mail", "read_mhtml"),
    (PACKED, "archive", "read_packed"),
)


def suffix_of(name: str) -> str:
    """The ending of a file's name in lower case, with its point."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def reader_of(name: str) -> Read:
    """The reader for a file of this name; UnknownFormatError where there is none."""
    suffix = suffix_of(name)
    for suffixes, home, read in _READERS:
        if suffix in suffixes:
            found: Read = getattr(import_module(f"index.sources.{home}"), read)
            return found
    from index.sources.office import OFFICE_SUFFIXES, read_office

    if suffix in OFFICE_SUFFIXES:
        return read_office
    raise UnknownFormatError(f"文件 {name} 的格式不支持；可读的格式有 {TOLD}，请转换后重试。")


def is_readable(name: str) -> bool:
    """Whether some reader answers to a file of this name."""
    if suffix_of(name) in (CORPUS_SUFFIX, *ZIPS):
        return True
    try:
        reader_of(name)
    except UnknownFormatError:
        return False
    return True
