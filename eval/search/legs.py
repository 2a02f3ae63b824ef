"""Each way of finding passages by itself, over the same questions: `python -m eval.search.legs --index DIR SET…`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from eval.dataset import load_dataset
from eval.estimate import Estimate
from eval.gold import Shelf
from eval.reply import Found
from eval.reports.terminal import aligned
from eval.retrieval import DEPTH, documents_found, require_ir_measures
from eval.search.asked import has_proof
from eval.statistics import estimate
from index.errors import ChangaiError, DatasetError
from index.lexical import alike
from index.library import Library
from index.settings import Settings
from rag.question import understand
from rag.ranking.query import Query
from rag.retriever import by_document, query_of, ranked

# What a way of finding gives for a question: ids of chunks, best first.
Way = Callable[[Library, str], Sequence[str]]
CHUNKS = 400
RRF = 60
MEASURES = {"hit_1": "hit@1", "hit_5": "hit@5", "hit_10": "hit@10", "recall_100": "recall@100"}
HEADER = ("做法", "题数", *MEASURES.values())


def _words_alike(library: Library, words: str) -> Sequence[str]:
    return [hit.chunk_id for hit in library.keyword_hits(understand(words).search, CHUNKS, alike)]


def _words_weighed(library: Library, words: str) -> Sequence[str]:
    weights = Query(understand(words).search).weights()
    return [hit.chunk_id for hit in library.keyword_hits(understand(words).search, CHUNKS, weights.__getitem__)]


def _words_and_wordings(library: Library, words: str) -> Sequence[str]:
    query = query_of(understand(words))
    weights = query.weights()
    found = library.keyword_hits(f"{query.search} {query.wordings}", CHUNKS, weights.__getitem__)
    return [hit.chunk_id for hit in found]


def _vectors(library: Library, words: str) -> Sequence[str]:
    return [hit.chunk_id for hit in library.vector_hits(understand(words).search, CHUNKS)]


def _plain_fusion(library: Library, words: str) -> Sequence[str]:
    """Reciprocal ranks of both legs with the usual constant (Cormack et al., 2009)."""
    scores: dict[str, float] = {}
    for leg in (_words_alike(library, words), _vectors(library, words)):
        for rank, chunk_id in enumerate(leg, start=1):
            scores[chunk_id] = scores.get(chunk_id, 0.0) + 1 / (RRF + rank)
    return sorted(scores, key=lambda chunk_id: (-scores[chunk_id], chunk_id))


def _whole(library: Library, words: str) -> Sequence[str]:
    found = ranked(library, understand(words, rarity=library), CHUNKS, guard=False)
    return [each.candidate.chunk_id for each in by_document(found)]


WAYS: Mapping[str, Way] = {
    "关键词（双字 BM25）": _words_alike,
    "关键词，按必要性加权": _words_weighed,
    "关键词，加权并补行话": _words_and_wordings,
    "向量": _vectors,
    "两路倒数排名融合": _plain_fusion,
    "全部（含排序器）": _whole,
}


def documents_of(library: Library, chunk_ids: Sequence[str]) -> list[Found]:
    """The first hundred documents that the chunks are of, each by its best chunk."""
    first: dict[str, str] = {}
    for chunk_id in chunk_ids:
        first.setdefault(chunk_id.rpartition("#")[0], chunk_id)
    chunks = library.chunks(list(first.values())[:DEPTH])
    return [Found(chunk.document_id, chunk.start, chunk.end) for chunk in chunks]


def measured(library: Library, datasets: Sequence[Path]) -> list[tuple[str, list[Estimate]]]:
    """For each way the four measures with their intervals; DatasetError when no question has evidence."""
    shelf = Shelf(library.documents())
    asked = [(each, shelf.locate(each)) for each in load_dataset(*datasets) if has_proof(each)]
    if not asked:
        raise DatasetError("题库里没有一道既有证据又不带上文的题，无法评测检索；请换一个题库。")
    rows = []
    for name, way in WAYS.items():
        found = documents_found([(gold, documents_of(library, way(library, each.question))) for each, gold in asked])
        rows.append((name, [estimate("share", [(one[measure], 1.0) for one in found]) for measure in MEASURES]))
    return rows


def _told(one: Estimate) -> str:
    return f"{one.value or 0.0:.3f} [{one.low or 0.0:.3f}–{one.high or 0.0:.3f}]"


def main(words: Sequence[str] | None = None) -> int:
    """Prints one line a way of finding, each measure with its 95 % interval."""
    parser = argparse.ArgumentParser(prog="python -m eval.search.legs", description="各种检索做法分别的成绩")
    parser.add_argument("datasets", nargs="+", type=Path, metavar="题库", help="题库文件，可以有多个")
    parser.add_argument("--index", type=Path, required=True, metavar="目录", help="索引目录")
    given = parser.parse_args(words)
    try:
        require_ir_measures()
        with Library.open(Settings.from_environment(os.environ, given.index)) as library:
            rows = measured(library, given.datasets)
    except ChangaiError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    lines = [(name, str(found[0].of), *map(_told, found)) for name, found in rows]
    sys.stdout.write(aligned([HEADER, *lines]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
