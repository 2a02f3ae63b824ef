"""Word documents (`.docx`): paragraphs, lists with their numbers, tables and notes in document order."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import groupby
from typing import Any

from index.errors import EmptySourceError, SourceError
from index.sources.package import checked_package, parse_part
from index.sources.page import Page
from index.sources.sections import Section, join_sections
from index.sources.word_body import Body
from index.sources.word_styles import read_styles

NOTES = (("/footnotes", "footnote", "注"), ("/endnotes", "endnote", "尾注"))
# What programs and shared office computers write where an author's name should stand.
NOBODY = re.compile(
    r"administrator|admin|user\d*|users|windows.{0,8}|微软.{0,4}|microsoft.{0,12}|lenovo|dell|hp|asus|acer|pc|python-docx|unknown|"
    r"author|作者|用户\d*|[^一-鿿]{16,}|.{21,}|\W*|walkinnet|雨林木风|番茄花园|深度.{0,4}|\d+",
    re.IGNORECASE | re.DOTALL,
)


def read_word(data: bytes, name: str) -> Page:
    """The page of a `.docx` file; headers and footers are left out, a table of contents is noise.

    Raises:
        EmptySourceError: the document has no text.
        SourceError: the file is damaged, locked by a password, or unpacks beyond the limits.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError(f"文件 {name} 是旧版 .doc 或加了密码；请用 Word 去掉密码并另存为 .docx 后重试。")
    document = _open(data, name)
    parts = {
        relation.reltype: relation.target_part for relation in document.part.rels.values() if not relation.is_external
    }
    body = Body(read_styles(_root(parts, "/styles", name)), _root(parts, "/numbering", name))
    found = [*body.blocks(document.element.body)]
    for kind, tag, label in NOTES:
        root = _root(parts, kind, name)
        if root is not None:
            found += body.notes(root, tag, label)
    joined = join_sections(
        Section(tuple(block for _, block in group), reason)
        for reason, group in groupby(found, key=lambda pair: pair[0])
    )
    if not joined.text:
        raise EmptySourceError(f"文件 {name} 里没有文字；请换一个有内容的文件。")
    title, author = _core(document, joined.text)
    first = next((heading.text for heading in joined.headings if heading.level == 1), "")
    return Page(joined.text, title=first or title, headings=joined.headings, noise=joined.noise, author=author)


def _open(data: bytes, name: str) -> Any:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        checked_package(data, name).close()
        document = docx.Document(io.BytesIO(data))
        if document.element.body is None:
            raise SourceError(f"文件 {name} 已损坏，没有正文；请用 Word 打开并另存后重试。")
    except (
        # The library trusts the parts that it is given, so a hostile one may break it at any attribute.
        *(zipfile.BadZipFile, OpcError, XMLSyntaxError, KeyError, ValueError, OSError, EOFError),
        *(AttributeError, TypeError, IndexError, NotImplementedError, RecursionError),
    ) as error:
        raise SourceError(f"文件 {name} 已损坏或不是 Word 文档；请用 Word 打开并另存后重试。") from error
    return document


def _root(parts: dict[str, Any], kind: str, name: str) -> Any:
    """The root of the first part whose relation ends in `kind`, or None."""
    part = next((part for relation, part in parts.items() if relation and relation.endswith(kind)), None)
    if part is None:
        return None
    parsed = getattr(part, "element", None)
    if parsed is not None:
        # The library has parsed styles and lists already, but not notes.
        return parsed
    try:
        return parse_part(part.blob)
    except SourceError as error:
        raise SourceError(f"文件 {name} 的{error}；请用 Word 打开并另存后重试。") from error


def _core(document: Any, text: str) -> tuple[str, str]:
    """Title and author of the core properties, as far as they are sensible.

    A title that does not stand at the beginning of the text is left from a template or an earlier document.
    """
    try:
        title = " ".join((document.core_properties.title or "").split())
        author = (document.core_properties.author or "").strip()
    except (AttributeError, KeyError, TypeError, ValueError):
        # Properties that cannot be read state nothing; the text does not depend on them.
        return "", ""
    opening = "".join(text[:1000].split())
    sensible = 4 <= len(title) <= 80 and "".join(title.split()) in opening
    return title if sensible else "", "" if NOBODY.fullmatch(author) else author
