"""Train the shipped embedding model: `python -m index.training.train_embedding SHARED OUT [--held-out]`.

Three lessons: the words alone, the characters and pairs alone, each from random directions; then both in one space. Seeded.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.training.bags import Cutter, encode
from index.training.folder import write_folder
from index.training.joining import joined
from index.training.learning import Course, Table, learn
from index.training.reading import Reading, Source
from index.training.rivals import seek
from index.training.sources import Pairs
from index.training.start import random_directions
from index.training.texts import plain, records, texts, titled
from index.training.vocabulary import Counts, pair_bags, word_bags

SEED = 20211022
WORDS = 44_000
PAIRS = 70_000
DIMENSION = 256
ALONE = (Course(2_000, 0.02, (0,), SEED), Course(2_000, 0.02, (1,), SEED + 1))
TOGETHER = Course(1_200, 0.006, (0, 1), SEED + 2)


def counted(data: Path) -> Iterator[str]:
    """What the lists are counted from: every second headline, every third article and every third statute."""
    sources = [
        texts(data / "train" / "news_titles.jsonl.gz", 2),
        texts(data / "train" / "law_articles.jsonl.gz", 3),
        texts(data / "crud" / "passages.jsonl.gz", 3),
        (record[side] for record in records(data / "train" / "pairs.jsonl.gz") for side in "ab"),
    ]
    return (plain(text) for text in itertools.chain(*sources))


def sample(data: Path) -> list[str]:
    """The texts whose directions the joined space keeps."""
    return [
        *itertools.islice(texts(data / "crud" / "passages.jsonl.gz", 40), 2_000),
        *itertools.islice(texts(data / "stard" / "corpus.jsonl.gz", 20), 3_000),
        *(titled(record) for record in itertools.islice(records(data / "cmrc2018" / "passages.jsonl"), 2_000)),
        *(record["a"] for record in itertools.islice(records(data / "train" / "pairs.jsonl.gz"), 0, None, 20)),
    ]


def lessons(reading: Reading, sources: Sequence[Source], cutters: Sequence[Cutter], data: Path) -> list[Table]:
    """The two tables after all three lessons."""
    alone = []
    for kind, course in enumerate(ALONE):
        start = random_directions(sources, kind, len(cutters[kind]), DIMENSION, SEED)
        alone += learn(sources, [start], course)
        if kind == 0:
            # What the words alone get wrong is what the other lessons must not.
            for source in sources:
                if isinstance(source, Pairs) and (corpus := reading.corpus(source.name)):
                    seek(source, corpus, alone, cutters)
    texts_kept = [plain(text) for text in sample(data)]
    start_together = joined(alone, [encode(cutter, texts_kept) for cutter in cutters])
    # Vectors of length 1 hide how long the rows are; the rate of learning does not.
    scale = float(np.mean([np.abs(table).mean() for table in alone]) / np.abs(start_together[0]).mean())
    return learn(sources, [table * np.float32(scale) for table in start_together], TOGETHER)


def main() -> None:
    """Count the lists, read, learn, and write the model folder."""
    parser = argparse.ArgumentParser(description="Train the shipped embedding model.")
    parser.add_argument("shared", type=Path, help="the folder that holds data/ and corpus/")
    parser.add_argument("out", type=Path, help="the model folder to write")
    parser.add_argument(
        "--held-out", action="store_true", help="leave out the fifth of the questions that the ranker learns from"
    )
    options = parser.parse_args()
    data = options.shared / "data"
    counts = Counts(counted(data))
    words, pairs = word_bags(counts, WORDS), pair_bags(counts, PAIRS)
    reading = Reading(options.shared, (words, pairs), options.held_out)
    sources = reading.sources()
    for source in sources:
        size = len(source.group) if isinstance(source, Pairs) else len(source.first) - 1
        print(f"{source.name}: {size}", flush=True)
    write_folder(options.out, words, pairs, lessons(reading, sources, (words, pairs), data))


if __name__ == "__main__":
    main()
