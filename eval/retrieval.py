"""Retrieval measured by gold evidence: which documents are found (through ir-measures), and how early each proof is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from typing import NamedTuple

from eval.gold import Gold
from eval.reply import Found
from index.errors import MissingPackageError

DEPTH = 100
PASSAGE_CUTOFFS = (1, 5, 10, 20)
# Measures over documents, by their names in ir-measures (MacAvaney et al. 2022): Success is hit@k, R recall@k, RR MRR@k.
DOCUMENT_MEASURES: Mapping[str, str] = {
    "hit_1": "Success@1",
    "hit_5": "Success@5",
    "hit_10": "Success@10",
    "recall_1": "R@1",
    "recall_5": "R@5",
    "recall_10": "R@10",
    "recall_100": "R@100",
    "mrr_10": "RR@10",
    "ndcg_10": "nDCG@10",
}


class Item(NamedTuple):
    """What is to be found: documents of which any one gives a piece of proof, and its grade."""

    documents: frozenset[str]
    grade: int


def require_ir_measures() -> None:
    """MissingPackageError when ir-measures is not installed, before a run has cost any time."""
    if find_spec("ir_measures") is None:
        raise MissingPackageError("评测需要 ir-measures，当前环境没有安装；请先运行 make setup。")


def first_ranks(gold: Gold, passages: Sequence[Found]) -> tuple[int | None, ...]:
    """For each piece of proof the rank, from 1, of the first passage that overlaps it; None when none does."""
    return tuple(
        next(
            (
                rank
                for rank, passage in enumerate(passages, start=1)
                if unit.overlaps(passage.document, passage.start, passage.end)
            ),
            None,
        )
        for unit in gold.units
    )


def judgements(gold: Gold) -> list[Item]:
    """The relevant items of a question; several pieces of one document are one item with the highest grade.

    Evidence that the library does not hold is an item that no document is.
    """
    items: dict[frozenset[str], int] = {}
    missing = []
    for unit in gold.units:
        documents = frozenset(place.document_id for place in unit.alternatives)
        if documents:
            items[documents] = max(items.get(documents, 0), unit.relevance)
        else:
            missing.append(Item(documents, unit.relevance))
    return [*(Item(documents, grade) for documents, grade in items.items()), *missing]


def ranking(items: Sequence[Item], hits: Sequence[Found]) -> dict[str, float]:
    """The run of one question for ir-measures: names of items at the ranks of the documents that meet them.

    Each document counts once, at its best rank. A document that meets no item, or one that is met already (another
    copy of the same proof), is not relevant at its rank.
    """
    run: dict[str, float] = {}
    ahead = 0
    for rank, document in enumerate(list(dict.fromkeys(hit.document for hit in hits))[:DEPTH], start=1):
        meets = [f"item {at}" for at, item in enumerate(items) if document in item.documents]
        new = [name for name in meets if name not in run]
        for order, name in enumerate(new):
            # A document that meets several items at once meets the later ones just behind its own rank.
            run[name] = -(rank + order / 100)
        ahead += max(len(new) - 1, 0)
        if not new and ahead:
            # An item that met its document behind another one took up a rank of its own, which is given back here.
            ahead -= 1
        elif not new:
            run[f"rank {rank}"] = -float(rank)
    return run


def documents_found(questions: Iterable[tuple[Gold, Sequence[Found]]]) -> list[dict[str, float]]:
    """`DOCUMENT_MEASURES` of each question, in order; without hits all are zero.

    nDCG has the grade as its gain and log2 of the rank as its discount (Järvelin and Kekäläinen 2002).
    """
    from ir_measures import iter_calc, parse_measure

    measures = {str(parse_measure(name)): key for key, name in DOCUMENT_MEASURES.items()}
    qrels: dict[str, dict[str, int]] = {}
    runs: dict[str, dict[str, float]] = {}
    for at, (gold, hits) in enumerate(questions):
        items = judgements(gold)
        qrels[str(at)] = {f"item {number}": grade for number, grade in enumerate(item.grade for item in items)}
        # A question without a single hit keeps its place in the run, or a library might leave it out of its result.
        runs[str(at)] = ranking(items, hits) or {"nothing": 0.0}
    found = [dict.fromkeys(DOCUMENT_MEASURES, 0.0) for _ in qrels]
    if not qrels:
        return found
    for result in iter_calc([parse_measure(name) for name in DOCUMENT_MEASURES.values()], qrels, runs):
        found[int(result.query_id)][measures[str(result.measure)]] = float(result.value)
    return found
