"""What people read of the building of a large library: costs by system, and how soon ours answers again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.documents.answering_again import Step
from eval.documents.process_tree import Cost
from eval.documents.stock_pipeline import CHUNK_OVERLAP, CHUNK_SIZE
from eval.peers.spread import Spread, ratio, spread

OURS = "changai build"
MEGABYTE = 10**6


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus on disk: how many documents it holds and how many bytes of text."""

    path: Path
    documents: int
    text_bytes: int


@dataclass(slots=True)
class Measured:
    """What a system cost: `start` with a few documents, then every repeat, and what the repeats left."""

    start: Cost
    runs: list[Cost] = field(default_factory=list)
    stored: list[int] = field(default_factory=list)
    passages: int = 0
    disk_bytes: int = 0

    @property
    def seconds(self) -> list[float]:
        """The seconds of each repeat."""
        return [run.seconds for run in self.runs]

    @property
    def further(self) -> list[float]:
        """The seconds of each repeat for the documents after the first few."""
        return [max(run.seconds - self.start.seconds, 0.0) for run in self.runs]

    @property
    def further_cpu(self) -> list[float]:
        """The CPU seconds of each repeat for the documents after the first few."""
        return [max(run.cpu_seconds - self.start.cpu_seconds, 0.0) for run in self.runs]


def lost(corpus: Corpus, found: Mapping[str, Measured]) -> list[str]:
    """The systems that stored another number of documents than the corpus holds, in some repeat."""
    return [name for name, measured in found.items() if set(measured.stored) != {corpus.documents}]


def markdown(corpus: Corpus, few: Corpus, found: Mapping[str, Measured], steps: Sequence[Step]) -> str:
    """The tables that people read; `few` is the corpus that shows what a system takes to start."""
    rest = f"除前 {few.documents} 份"
    head = (
        "系统", "秒", "份/秒", "MB/秒", "CPU 秒", f"CPU 毫秒/份（{rest}）", "峰值 MB（各进程 PSS 之和）", "磁盘 MB", "入库份数",
        "段落", f"前 {few.documents} 份用秒", "秒÷本系统", f"秒÷本系统（{rest}）",
    )  # fmt: skip
    lines = [
        f"{corpus.documents} 份资料，正文 {corpus.text_bytes / MEGABYTE:.1f} MB（UTF-8）。通用流程："
        f"RecursiveCharacterTextSplitter({CHUNK_SIZE}, {CHUNK_OVERLAP})、FAISS.from_texts、save_local，同一向量模型，没有关键词索引。",
        "",
        _line(head),
        _line(["---"] * len(head)),
    ]
    further = corpus.documents - few.documents
    lines += [_line(_cells(corpus, further, name, measured, found[OURS])) for name, measured in found.items()]
    if steps:
        lines += ["", _line(["步骤", "秒", "做到"]), _line(["---"] * 3)]
        lines += [_line([step.what, f"{step.seconds:.2f}", "是" if step.is_done else "否"]) for step in steps]
    return "\n".join(lines)


def _cells(corpus: Corpus, further: int, name: str, measured: Measured, ours: Measured) -> list[str]:
    megabytes = corpus.text_bytes / MEGABYTE
    cpu = [seconds / further * 1000 for seconds in measured.further_cpu] if further > 0 else []
    return [
        name,
        _shown(spread(measured.seconds), 1),
        _shown(spread([corpus.documents / seconds for seconds in measured.seconds]), 0),
        _shown(spread([megabytes / seconds for seconds in measured.seconds]), 2),
        _shown(spread([run.cpu_seconds for run in measured.runs]), 1),
        _shown(spread(cpu), 2),
        _shown(spread([run.peak_mb for run in measured.runs]), 0),
        f"{measured.disk_bytes / MEGABYTE:.1f}",
        "、".join(map(str, sorted(set(measured.stored)))),
        str(measured.passages),
        f"{measured.start.seconds:.1f}",
        _shown(ratio(measured.seconds, ours.seconds), 2),
        _shown(ratio(measured.further, ours.further), 2),
    ]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _shown(value: Spread, digits: int) -> str:
    """The median, with the range behind it where repeats differ."""
    if value.median is None:
        return "—"
    middle = f"{value.median:.{digits}f}"
    return middle if value.low == value.high else f"{middle}（{value.low:.{digits}f}–{value.high:.{digits}f}）"
