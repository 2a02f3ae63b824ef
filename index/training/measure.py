"""Measure a model, or else the shipped one: `python -m index.training.measure SHARED [MODEL]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder, load_embedder
from index.training.texts import plain, records, titled

# A question and the ids of its right texts.
Asked = tuple[str, list[str]]

_DEPTH = 100


def found(embedder: Embedder, questions: Sequence[str], corpus: Sequence[str]) -> NDArray[np.int64]:
    """The positions of the best 100 texts for each question, best first. Shape (questions, 100)."""
    texts = embedder.embed([plain(text) for text in corpus])
    asked = embedder.embed([plain(text) for text in questions])
    scores = asked @ texts.T
    best = np.argpartition(-scores, _DEPTH, axis=1)[:, :_DEPTH]
    order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
    return np.take_along_axis(best, order, axis=1)


def measures(embedder: Embedder, questions: Sequence[Asked], corpus: dict[str, str]) -> dict[str, float]:
    """Mean recall at 10 and 100; the share of questions with a right text among the first 1, 10 and 100."""
    ids = list(corpus)
    ranked = found(embedder, [question for question, _ in questions], list(corpus.values()))
    wanted = [rights for _, rights in questions]
    right = np.array([np.isin([ids[place] for place in row], ones) for row, ones in zip(ranked, wanted, strict=True)])
    result = {f"hit@{depth}": float(right[:, :depth].any(axis=1).mean()) for depth in (1, 10, 100)}
    sizes = np.array([len(ones) for ones in wanted])
    for depth in (10, 100):
        result[f"recall@{depth}"] = float((right[:, :depth].sum(axis=1) / sizes).mean())
    return result


def task(data: Path, name: str) -> tuple[list[Asked], dict[str, str]]:
    """The questions, and the texts by id, of `stard` (its dev split) or `crud`."""
    corpus_file, questions_file, split = {
        "stard": ("corpus.jsonl.gz", "qa.jsonl", "dev"),
        "crud": ("passages.jsonl.gz", "qa_dev.jsonl", None),
    }[name]
    corpus = {record["id"]: titled(record) for record in records(data / name / corpus_file)}
    asked = [
        (record["question"], record["passage_ids"])
        for record in records(data / name / questions_file)
        if split is None or record["split"] == split
    ]
    return asked, corpus


def main() -> None:
    """Print one line a measure."""
    data = Path(sys.argv[1]) / "data"
    embedder = load_embedder(sys.argv[2] if len(sys.argv) > 2 else None)
    for name in ("stard", "crud"):
        questions, corpus = task(data, name)
        for measure, value in measures(embedder, questions, corpus).items():
            print(f"{name} {measure} {value:.4f} ({len(questions)} questions, {len(corpus)} texts)")


if __name__ == "__main__":
    main()
