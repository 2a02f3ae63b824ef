"""Measures of retrieval by document (definitions in `eval.retrieval`, computed by ir-measures) and by piece of proof."""

from __future__ import annotations

from eval.measures.measure import Measure, Read, Reading
from eval.result import Result
from eval.retrieval import DOCUMENT_MEASURES, PASSAGE_CUTOFFS

GROUP = "检索"
_NAMES = {
    "hit": ("命中@{}", "前 {} 份文件里至少有一份含证据的题的占比。"),
    "recall": ("召回@{}", "前 {} 份文件里找到的含证据文件占应找到的比例，逐题平均。"),
    "mrr": ("MRR@{}", "第一份含证据的文件名次的倒数，前 {} 名之外算 0，逐题平均。"),
    "ndcg": ("nDCG@{}", "前 {} 份文件按名次折扣的得分与理想排列之比，逐题平均。"),
}
_HEADLINES = ("hit_1", "recall_100", "ndcg_10")


def document_measure(key: str) -> Read:
    """The mean of one of `DOCUMENT_MEASURES` over answerable questions with evidence; a question without hits is zero."""

    def read(result: Result) -> Reading | None:
        if result.found is None or not result.gold.units:
            return None
        return result.found[key], 1.0

    return read


def evidence_within(cutoff: int) -> Read:
    """The mean, over questions with evidence, of the share of its pieces that one of the first k passages overlaps."""

    def read(result: Result) -> Reading | None:
        if not result.ranks:
            return None
        return sum(rank is not None and rank <= cutoff for rank in result.ranks) / len(result.ranks), 1.0

    return read


def measures() -> list[Measure]:
    """The measures of retrieval."""
    found = []
    for key in DOCUMENT_MEASURES:
        kind, depth = key.split("_")
        name, definition = (text.format(depth) for text in _NAMES[kind])
        found.append(Measure(key, name, GROUP, definition, document_measure(key), headline=key in _HEADLINES))
    for cutoff in PASSAGE_CUTOFFS:
        definition = f"前 {cutoff} 个段落里找到的标准证据占比，逐题平均。"
        found.append(Measure(f"evidence_{cutoff}", f"证据@{cutoff}", GROUP, definition, evidence_within(cutoff)))
    return found
