"""An inspection as lines that a person reads in a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from index.inspection import InspectedDocument, Inspection, MarkedPart, Share

# A document is no friend: signs that steer a terminal or turn the direction of writing are shown as one mark.
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
HEAD_SHOWN = 40
TAIL_SHOWN = 16
TAKEN = "－"
HOLED = "？"
KEPT = "　"
RULE = "─" * 30


def inspection_lines(inspection: Inspection, full: bool = False) -> list[str]:
    """The report: a header, then one section a document; long paragraphs are shortened unless `full`."""
    return [_safe(line) for line in _report(inspection, full)]


def _report(inspection: Inspection, full: bool) -> Iterator[str]:
    size = f"，{inspection.size:,} 字节" if inspection.size else ""
    yield f"{inspection.name}：{inspection.format} 格式{size}，读出 {len(inspection.documents) + inspection.left_out} 篇文档"
    for reason in inspection.skipped:
        yield f"未读：{reason}"
    for number, document in enumerate(inspection.documents, start=1):
        yield ""
        yield from _section(document, number if len(inspection.documents) > 1 else 0, full)
    if inspection.left_out:
        yield ""
        yield f"另有 {inspection.left_out} 篇没有列出。"


def _section(document: InspectedDocument, number: int, full: bool) -> Iterator[str]:
    yield RULE
    yield f"第 {number} 篇：{document.title}" if number else document.title
    yield from (f"　{name}：{value}" for name, value in _facts(document) if value)
    for code, reason in document.quality:
        yield f"　质量提示：{reason}（{code}）"
    if document.holes:
        yield f"　质量提示：有 {len(document.holes)} 句的数字或名称被删去，不作整句引用"
    yield RULE
    yield f"正文（行首「{TAKEN}」为当作噪声的行，「{HOLED}」为有缺失的句子，〔－原因：……〕为行内的噪声）"
    yield from _text_lines(document, full)
    yield RULE
    yield from _table(document)


def _facts(document: InspectedDocument) -> list[tuple[str, str]]:
    return [
        ("来源", document.source),
        ("日期", document.published or ""),
        ("作者", document.author),
        ("文号", document.number),
        ("层级", document.level),
        ("地点", "、".join(document.places)),
        ("文件", document.file),
        ("记录", document.record),
        ("标题数", str(document.headings) if document.headings else ""),
        ("页数", str(document.pages) if document.pages else ""),
    ]


def _text_lines(document: InspectedDocument, full: bool) -> Iterator[str]:
    """Every line that is not blank, once, with its mark."""
    start = first = 0
    ends = [(end.start(), end.end()) for end in LINE_END.finditer(document.text)]
    for stop, following in [*ends, (len(document.text), len(document.text))]:
        while first < len(document.noise) and document.noise[first].end <= start:
            first += 1
        if document.text[start:stop].strip():
            yield _line(document, start, stop, first, full)
        start = following


def _line(document: InspectedDocument, start: int, stop: int, first: int, full: bool) -> str:
    """One line of the text, [start, stop), of which noise number `first` is the first that may touch it."""
    pieces: list[tuple[str, str]] = []
    at = start
    for part in _touching(document.noise, first, start, stop):
        pieces.append(("", document.text[at : max(at, part.start)]))
        pieces.append((part.reason, document.text[max(start, part.start) : min(stop, part.end)]))
        at = min(stop, part.end)
    pieces.append(("", document.text[at:stop]))
    if not any(text.strip() for reason, text in pieces if not reason):
        reasons = "、".join(dict.fromkeys(reason for reason, text in pieces if reason and text.strip()))
        return f"{TAKEN}「{reasons}」{_shortened(document.text[start:stop].strip(), full)}"
    is_holed = any(hole.start < stop and start < hole.end for hole in document.holes)
    shown = (
        f"〔{TAKEN}{reason}：{_shortened(text, full)}〕" if reason else _shortened(text, full)
        for reason, text in pieces
    )
    return (HOLED if is_holed else KEPT) + "".join(shown).strip()


def _touching(noise: Sequence[MarkedPart], first: int, start: int, stop: int) -> Iterator[MarkedPart]:
    for number in range(first, len(noise)):
        if noise[number].start >= stop:
            return
        if noise[number].end > start:
            yield noise[number]


def _shortened(text: str, full: bool) -> str:
    if full or len(text) <= HEAD_SHOWN + TAIL_SHOWN + 10:
        return text
    return f"{text[:HEAD_SHOWN]}……（略 {len(text) - HEAD_SHOWN - TAIL_SHOWN} 字）……{text[-TAIL_SHOWN:]}"


def _table(document: InspectedDocument) -> Iterator[str]:
    """What was taken, a line a reason, and what is left."""
    taken = document.characters - document.kept
    share = taken / max(document.characters, 1)
    yield f"合计 {document.characters} 字：保留 {document.kept} 字，当作噪声 {taken} 字（{share:.1%}）"
    if document.shares:
        yield _row("原因", "处", "字", "占比")
        yield from (_share_row(each) for each in document.shares)


def _share_row(share: Share) -> str:
    return _row(share.reason, str(share.parts), str(share.characters), f"{share.share:.1%}")


def _row(reason: str, parts: str, characters: str, share: str) -> str:
    return f"　{_padded(reason, 18)}{_padded(parts, 6, left=False)}{_padded(characters, 8, left=False)}{_padded(share, 8, left=False)}"


def _padded(text: str, width: int, left: bool = True) -> str:
    """The text with blanks to `width` columns, a Chinese character being two."""
    blanks = " " * max(0, width - sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text))
    return text + blanks if left else blanks + text


def _safe(line: str) -> str:
    return STEERING.sub("\ufffd", line).replace("\n", " ")
