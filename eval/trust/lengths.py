"""Whether mere length tells true pairs from false ones: `python -m eval.trust.lengths [PAIRS…]`.

Writers of pairs make true sentences longer than false ones. Where this table is far from 0.5, anything learned from the
pairs must be kept from seeing the length, or what grows with it, and would otherwise pass a false sentence for being long.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from eval.reports.terminal import aligned
from eval.trust.measures import auroc
from eval.trust.verifier import CORPUS, PAIRS, Pair, load_corpus, load_pairs
from index.errors import ChangaiError
from rag.reading import read_text
from rag.wording import CLAUSE_STOPS, pieces

HEADER = ("句对文件", "字数：真句", "假句", "字数 AUROC", "分句 AUROC", "数字 AUROC")


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints one row a file; 1 on a user's error."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.trust.lengths", description="仅凭句子长短能否分出句对的真假（0.5 为不能）"
    )
    parser.add_argument("pairs", nargs="*", type=Path, default=[PAIRS], help="句对文件（.jsonl）")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="句对引用的资料文件夹")
    given = parser.parse_args(arguments)
    try:
        corpus = load_corpus(given.corpus)
        table = [row(path.stem, load_pairs(path, corpus)) for path in given.pairs]
    except ChangaiError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{aligned([HEADER, *table])}\n")
    return 0


def row(name: str, pairs: Sequence[Pair]) -> tuple[str, ...]:
    """The mean lengths of true and false sentences, and how well each reading that knows no meaning parts them."""
    true = [each for each in pairs if each.label == "supported"]
    false = [each for each in pairs if each.label != "supported"]
    means = [sum(map(_characters, each)) / max(len(each), 1) for each in (true, false)]
    parted = [
        auroc(np.array([*map(reading, true)], np.float64), np.array([*map(reading, false)], np.float64))
        for reading in (_characters, _clauses, _figures)
    ]
    return (name, *(f"{mean:.1f}" for mean in means), *(f"{each:.2f}" for each in parted))


def _characters(pair: Pair) -> float:
    return len(pair.sentence)


def _clauses(pair: Pair) -> float:
    return len(pieces(read_text(pair.sentence).plain, CLAUSE_STOPS))


def _figures(pair: Pair) -> float:
    return len(read_text(pair.sentence).figures)


if __name__ == "__main__":
    sys.exit(main())
