"""What each group of readings is worth: `python -m rag.training.leaving_out SHARED LIBRARIES HELD_OUT_MODEL`.

Trains the ranker by cross-validation without one group at a time and prints the mean over all sets.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from rag.training.judging import measured
from rag.training.train_ranker import Sets, collected, crossed

GROUPS = {
    "nothing": (),
    "vectors": ("likeness", "likeness_behind", "likeness_rank", "ranks", "document_likeness", "best_likeness"),
    "BM25": ("bm25", "bm25_needed", "bm25_flat", "keyword", "words_behind", "words_rank", "ranks", "document_words"),
    "coverage": ("covered", "covered_passage", "covered_context", "covered_behind", "dearest", "dearest_four"),
    "sentence, window and runs": ("sentence", "sentence_behind", "window", "run", "run_share"),
    "the document around": ("document_words", "document_likeness", "document_covered", "siblings"),
    "the question alone": ("tokens", "weight", "mean_weight", "rarest", "best_likeness", "best_covered"),
    "length": ("length",),
}


def judged(sets: Sets, names: tuple[str, ...]) -> tuple[float, float, float]:
    """hit@1, hit@10 and recall@100 of a ranker over the named readings, each the mean over the sets."""
    scores = crossed(sets, names)
    each = [measured(reads, scores[name]) for name, reads in sets.items()]
    first, ten, hundred = np.mean(each, axis=0)
    return float(first), float(ten), float(hundred)


def main() -> None:
    """Prints a line a group."""
    parser = argparse.ArgumentParser(description="What each group of readings is worth.")
    parser.add_argument("shared", type=Path)
    parser.add_argument("libraries", type=Path)
    parser.add_argument("model")
    options = parser.parse_args()
    sets = collected(options.shared, options.libraries, options.model)
    every = tuple(next(iter(sets.values()))[0].readings)
    for group, left_out in GROUPS.items():
        found = judged(sets, tuple(name for name in every if name not in left_out))
        print(f"without {group}: hit@1 {found[0]:.3f}, hit@10 {found[1]:.3f}, recall@100 {found[2]:.3f}", flush=True)


if __name__ == "__main__":
    main()
