"""The formats that can be imported, by the name that the command line takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.importers.beir import read_beir
from eval.importers.feedback import read_feedback
from eval.importers.options import ImportOptions
from eval.importers.passages import read_passages
from eval.importers.records import Imported
from eval.importers.rgb import read_rgb
from eval.importers.sheet import read_sheet
from eval.importers.squad import read_squad


@dataclass(frozen=True, slots=True)
class Importer:
    """A format: what it is (Chinese), how it is read, which options it uses and which files it may write."""

    about: str
    read: Callable[[Path, ImportOptions], Iterator[Imported]]
    options: frozenset[str]
    writes: tuple[str, ...] = ("qa.jsonl", "passages.jsonl")


FORMATS: dict[str, Importer] = {
    "squad": Importer("SQuAD 式阅读理解的 JSON（CMRC 2018、DRCD、CAIL 2019）", read_squad, frozenset({"limit"})),
    "beir": Importer("BEIR/MTEB 式检索集的文件夹（corpus、queries、qrels）", read_beir, frozenset({"split", "limit"})),
    "rgb": Importer(
        "RGB 式的逐行 JSON（query、answer、positive、negative）",
        read_rgb,
        frozenset({"limit", "noise_rate", "passages_per_query", "negatives_only"}),
    ),
    "passages": Importer(
        "qa.jsonl 和同一文件夹中的 passages.jsonl 或 corpus.jsonl",
        read_passages,
        frozenset({"split", "limit", "self_contained", "retrieval_only", "corpus"}),
    ),
    "sheet": Importer(
        "工作人员编写的表格（CSV、XLSX）：问题、答案、来源文件",
        read_sheet,
        frozenset({"limit", "sheet"}),
        ("qa.jsonl",),
    ),
    "feedback": Importer(
        "页面收集的反馈 feedback.jsonl（点踩）", read_feedback, frozenset({"limit"}), ("qa.jsonl", "todo.jsonl")
    ),
}
