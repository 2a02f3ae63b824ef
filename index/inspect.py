"""`changai inspect FILE`: what was read from a file, what of it was taken for noise, and why."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from index.cleaning import find_holes
from index.inspection import InspectedDocument, Inspection, MarkedPart, Share
from index.inspection_lines import inspection_lines
from index.naming import path_text
from index.sources.read import read_paths
from index.types import Document

__all__ = ["Inspection", "inspect", "inspect_document", "inspection_lines"]

MOST_DOCUMENTS = 20
HOLE = "数字或名称被删去，不作整句引用"
LABELS = {"spun": "疑似改写（伪原创）", "duplicate": "与另一篇重复", "truncated": "文末不完整"}


def inspect(path: Path, most: int = MOST_DOCUMENTS) -> Inspection:
    """The first `most` documents of a file, with every reason; the others are counted.

    Raises:
        MissingPathError: when there is no such path.
    """
    documents: list[InspectedDocument] = []
    skipped: list[str] = []
    left_out = 0
    for read in read_paths([path]):
        if not isinstance(read, Document):
            skipped.append(read.reason)
        elif len(documents) < most:
            documents.append(inspect_document(read))
        else:
            left_out += 1
    is_folder = path.is_dir()
    return Inspection(
        name=path_text(Path(path.name or str(path))),
        format="文件夹" if is_folder else path.suffix.lower().lstrip(".") or "无扩展名",
        size=0 if is_folder else path.stat().st_size,
        documents=tuple(documents),
        skipped=tuple(skipped),
        left_out=left_out,
    )


def inspect_document(document: Document) -> InspectedDocument:
    """The record of one document."""
    text = document.text
    noise = tuple(MarkedPart(each.start, each.end, each.reason, text[each.start : each.end]) for each in document.noise)
    characters = _visible(text)
    given = dict(document.reasons)
    return InspectedDocument(
        title=document.title,
        source=document.source,
        published=document.published,
        author=document.author,
        number=document.number,
        level=document.level,
        places=document.places,
        file=document.file,
        record=document.record,
        headings=len(document.headings),
        pages=len(document.pages),
        characters=characters,
        kept=characters - sum(_visible(part.text) for part in noise),
        quality=tuple((code, given.get(code) or LABELS.get(code, code)) for code in document.quality),
        noise=noise,
        holes=tuple(MarkedPart(hole.start, hole.end, HOLE, text[hole.start : hole.end]) for hole in find_holes(text)),
        shares=_shares(noise, characters),
        text=text,
    )


def _visible(text: str) -> int:
    return len("".join(text.split()))


def _shares(noise: tuple[MarkedPart, ...], characters: int) -> tuple[Share, ...]:
    """One share a reason, the largest first."""
    counts: dict[str, list[int]] = defaultdict(list)
    for part in noise:
        counts[part.reason].append(_visible(part.text))
    shares = [
        Share(reason, len(sizes), sum(sizes), round(sum(sizes) / max(characters, 1), 4))
        for reason, sizes in counts.items()
    ]
    return tuple(sorted(shares, key=lambda share: (-share.characters, share.reason)))
