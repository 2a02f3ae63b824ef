"""What each group of readings is worth: `python -m rag.training.leaving_out SHARED LIBRARIES HELD_OUT_MODEL`.

Trains the ranker by cross-validation without one group at a time and prints the mean over all sets, and by how much the
share of first places differs from the whole ranker's, with a 95 % interval.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.training.judging import each_found
from rag.training.train_ranker import Sets, collected, crossed

GROUPS = {
    "nothing": (),
    "vectors": ("likeness", "likeness_behind", "likeness_rank", "ranks", "document_likeness", "best_likeness"),
    "BM25": ("bm25", "bm25_needed", "bm25_flat", "keyword", "words_behind", "words_rank", "ranks", "document_words"),
    "coverage": ("covered", "covered_passage", "covered_context", "covered_behind", "dearest", "dearest_four"),
    "BM25 and coverage": (
        *("bm25", "bm25_needed", "bm25_flat", "keyword", "words_behind", "words_rank", "ranks", "document_words"),
        *("covered", "covered_passage", "covered_context", "covered_behind", "dearest", "dearest_four"),
        *("document_covered", "best_covered"),
    ),
    "sentence, window and runs": ("sentence", "sentence_behind", "window", "run", "run_share"),
    "the document around": ("document_words", "document_likeness", "document_covered", "siblings"),
    "the question alone": ("tokens", "weight", "mean_weight", "rarest", "best_likeness", "best_covered"),
    "length": ("length",),
}
_RESAMPLES = 1_000
# For each set what `each_found` gives, (questions, 3).
Outcomes = Mapping[str, NDArray[np.float64]]


def outcomes(sets: Sets, names: tuple[str, ...]) -> Outcomes:
    """hit@1, hit@10 and recall@100 of every question by a ranker over the named readings that never saw it."""
    scores = crossed(sets, names)
    return {name: each_found(reads, scores[name]) for name, reads in sets.items()}


def mean(found: Outcomes) -> NDArray[np.float64]:
    """The mean over the sets, each counting alike, (3,)."""
    each: NDArray[np.float64] = np.mean([one.mean(axis=0) for one in found.values()], axis=0)
    return each


def gain(before: Outcomes, after: Outcomes) -> tuple[float, float, float]:
    """What hit@1 gains from `before` to `after`, the mean over the sets, and the ends of a paired bootstrap interval."""
    rng = np.random.default_rng(0)
    drawn = np.zeros(_RESAMPLES)
    value = 0.0
    for name, first in before.items():
        change = after[name][:, 0] - first[:, 0]
        value += float(change.mean()) / len(before)
        drawn += change[rng.integers(0, len(change), (_RESAMPLES, len(change)))].mean(axis=1) / len(before)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return value, float(low), float(high)


def main() -> None:
    """Prints a line a group."""
    parser = argparse.ArgumentParser(description="What each group of readings is worth.")
    parser.add_argument("shared", type=Path)
    parser.add_argument("libraries", type=Path)
    parser.add_argument("model")
    options = parser.parse_args()
    tell(collected(options.shared, options.libraries, options.model))


def tell(sets: Sets) -> None:
    """Prints a line a group."""
    every = tuple(next(iter(sets.values()))[0].readings)
    whole = outcomes(sets, every)
    for group, left_out in GROUPS.items():
        found = outcomes(sets, tuple(name for name in every if name not in left_out)) if left_out else whole
        first, ten, hundred = mean(found)
        change, low, high = gain(whole, found)
        line = f"without {group}: hit@1 {first:.3f} ({change:+.3f} [{low:+.3f}, {high:+.3f}])"
        print(f"{line}, hit@10 {ten:.3f}, recall@100 {hundred:.3f}", flush=True)


if __name__ == "__main__":
    main()
