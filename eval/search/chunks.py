"""Sizes of chunks, and what their search texts carry: `python -m eval.search.chunks SHARED LIBRARIES MODEL`.

The documents of each index are cut anew in memory for every size and every name of `carried.CARRYING`. The ranker is trained
anew for each by cross-validation over the training questions, so that none is judged by weights fitted to another.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path

import numpy as np

from eval.reports.terminal import aligned
from eval.retrieval import require_ir_measures
from eval.search.carried import CARRYING, SHIPPED
from eval.search.cut_outcome import LEGS, MEASURES, Outcome, outcome
from eval.search.cut_sets import Asked, dev_set, training_sets
from eval.search.recut import Cut
from eval.statistics import difference
from index.chunking import chunk_document
from index.embedding import load_embedder
from index.errors import ChangaiError
from index.settings import Settings

SIZES = (120, 200, 300, 450, 600)
SETS = ("cmrc", "news", "domain")
SHIPPED_SIZE = Settings().chunk_tokens
_COLUMNS = tuple(f"{leg} {measure}" for leg in LEGS for measure in MEASURES)
HEADER = ("词元", "带上", "段数", *_COLUMNS, "证据@5")
_JUDGED = "whole ndcg_10"


def cut(sets: Sequence[Asked], tokens: int) -> dict[str, list[Cut]]:
    """The documents of every set in chunks of at most so many tokens."""
    settings = Settings(chunk_tokens=tokens)
    return {asked.name: [(one, chunk_document(one, settings)) for one in asked.documents] for asked in sets}


def line(tokens: int, name: str, found: Outcome) -> list[str]:
    """A line of the table: the mean of each measure over the sets, each counting alike."""
    means = [np.mean([np.mean(of_set) for of_set in found.values[column].values()]) for column in _COLUMNS]
    proof = f"{np.mean(found.proof):.3f}" if found.proof else "–"
    return [str(tokens), name, str(found.chunks), *(f"{mean:.3f}" for mean in means), proof]


def compared(found: Mapping[tuple[int, str], Outcome], shipped: Outcome) -> list[Sequence[str]]:
    """For each cut what nDCG@10 of the whole gains over the shipped cut, all questions alike, with its interval."""
    rows: list[Sequence[str]] = [("词元", "带上", "nDCG@10 之差", "95% 区间", "p")]
    before = [(value, 1.0) for value in chain.from_iterable(shipped.values[_JUDGED].values())]
    for (tokens, name), one in found.items():
        after = [(value, 1.0) for value in chain.from_iterable(one.values[_JUDGED].values())]
        gain = difference("share", before, after)
        if gain is not None and one is not shipped:
            told = (f"{gain.value:+.3f}", f"{gain.low:+.3f} 至 {gain.high:+.3f}", f"{gain.p:.3f}")
            rows.append((str(tokens), name, *told))
    return rows


def main(words: Sequence[str] | None = None) -> int:
    """Prints a line a cut as soon as it is measured, then what each gains over the shipped one."""
    parser = argparse.ArgumentParser(prog="python -m eval.search.chunks", description="分块长度与检索形式的比较")
    parser.add_argument("shared", type=Path, metavar="数据目录")
    parser.add_argument("libraries", type=Path, metavar="索引们的目录")
    parser.add_argument("model", metavar="没有见过这些题的向量模型")
    parser.add_argument("--sets", nargs="*", default=SETS, metavar="训练题集")
    parser.add_argument("--dev", nargs=2, action="append", type=Path, default=[], metavar=("索引", "题库"))
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="词元数")
    parser.add_argument("--carrying", nargs="+", choices=CARRYING, default=tuple(CARRYING), metavar="带上")
    parser.add_argument("--most", type=int, default=300, metavar="N", help="每套最多几道题")
    parser.add_argument("--out", type=Path, metavar="文件", help="另存每道题的成绩（JSON）")
    given = parser.parse_args(words)
    try:
        require_ir_measures()
        sets = [*training_sets(given.shared, given.libraries, given.sets, given.most)]
        sets += [dev_set(index, dataset) for index, dataset in given.dev]
        embedder = load_embedder(given.model)
    except ChangaiError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    found: dict[tuple[int, str], Outcome] = {}
    sys.stdout.write(f"{aligned([HEADER])}\n")
    for tokens in given.sizes:
        cuts = cut(sets, tokens)
        for name in given.carrying:
            found[tokens, name] = outcome(cuts, sets, name, embedder)
            sys.stdout.write(f"{'  '.join(line(tokens, name, found[tokens, name]))}\n")
            sys.stdout.flush()
            if given.out:
                kept = [{"tokens": size, "carrying": of, **asdict(one)} for (size, of), one in found.items()]
                given.out.write_text(json.dumps(kept), encoding="utf-8")
    shipped = found.get((SHIPPED_SIZE, SHIPPED))
    if shipped is not None:
        sys.stdout.write(f"{aligned(compared(found, shipped))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
