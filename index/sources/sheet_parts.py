"""What a workbook's library passes over when it reads row by row: merged cells, and formulas without a saved result."""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import join, normpath

from index.errors import SourceError
from index.sources.archive import MEGABYTE
from index.sources.numbering import attribute
from index.sources.package import checked_package, local_name, parse_part

MERGE = re.compile(rb'<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
UNSAVED = re.compile(rb"(?:</f>|<f[^<>]{0,2000}/>)\s{0,9}(?:<v\s{0,9}/>|<v></v>)?\s{0,9}</c>")
MOST_MERGES = 20_000
MOST_SCANNED = 128 * MEGABYTE


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet: its merges as (first row, first column, last row, last column) from 0, and its unsaved formulas."""

    merges: tuple[tuple[int, int, int, int], ...] = ()
    unsaved: int = 0


def sheet_parts(data: bytes, name: str, folder: str) -> dict[str, SheetPart]:
    """The sheets of a workbook by name; parts under `folder` are the sheets, which may be large.

    A sheet beyond `MOST_SCANNED` bytes is left out: its merged cells stay empty but for the first.

    Raises:
        KeyError: there is no workbook in it.
        SourceError: as `checked_package`; or several sheets name one part, so that it would be read again and again.
    """
    found: dict[str, SheetPart] = {}
    read: set[str] = set()
    with checked_package(data, name, folder) as package:
        relations = parse_part(package.read("xl/_rels/workbook.xml.rels"))
        targets = {attribute(relation, "Id"): attribute(relation, "Target") for relation in relations}
        for sheet in parse_part(package.read("xl/workbook.xml")).iter():
            if local_name(sheet) != "sheet":
                continue
            target = targets.get(attribute(sheet, "id"), "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            if path in read:
                raise SourceError(f"文件 {name} 的多个工作表指向同一部件，可能有问题；请用 Excel 打开并另存后重试。")
            read.add(path)
            if path in package.NameToInfo and package.getinfo(path).file_size <= MOST_SCANNED:
                found[attribute(sheet, "name")] = _scan(package.read(path))
    return found


def _scan(part: bytes) -> SheetPart:
    merges = (
        (int(top) - 1, _column(left), int(bottom) - 1, _column(right))
        for left, top, right, bottom in MERGE.findall(part)
    )
    return SheetPart(tuple(merges)[:MOST_MERGES], len(UNSAVED.findall(part)))


def _column(letters: bytes) -> int:
    """The column of 「AB」, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
