"""Answers from passages of which a share says nothing to the point: `python -m eval.trust.noise INDEX FILE [--split dev]`.

After the noise robustness and negative rejection of Chen, Lin, Han and Sun, "Benchmarking large language models in
retrieval-augmented generation" (2023): ten passages are given, of which the share 1 - rate is the passages of the gold
text (or as many as it has, the one that holds the answer first), and the rest the best other passages of the library that
do not hold the answer. Right is an answer of at most 130 characters that holds one; at a rate of 1 a refusal is right.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.normal import groups_met, normal
from eval.reports.terminal import aligned
from eval.statistics import wilson
from eval.trust.judging import judged, of_document, without
from eval.trust.sets import Given, given_questions
from index.errors import ChangaiError
from index.library import Library
from index.settings import Settings
from rag.question import understand
from rag.refusing.judge import judge
from rag.types import Passage

RATES = (0.0, 0.4, 0.6, 0.8, 1.0)
GIVEN = 10
LONGEST = 130
SEED = 20211022
HEADER = ("负例占比", "题", "答对", "95% 区间", "拒答")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question at one rate; `right` is of the words whether or not they were held back."""

    rate: float
    right: bool
    refused: bool


def mixed(
    gold: Sequence[Passage], other: Sequence[Passage], rate: float, answers: Sequence[str], chance: random.Random
) -> list[Passage]:
    """Ten passages or fewer of the two kinds, in the order of their scores; the gold one that holds an answer is kept."""
    room = round((1 - rate) * GIVEN)
    first = sorted(gold, key=lambda each: (not _holds(each, answers), -each.score, each.chunk.id))[:room]
    rest = [each for each in other if not _holds(each, answers)][: round(rate * GIVEN)]
    found = [*first, *rest]
    chance.shuffle(found)
    return sorted(found, key=lambda each: -each.score)


def _holds(passage: Passage, answers: Sequence[str]) -> bool:
    text = normal(passage.document.text[passage.chunk.start : passage.chunk.end])
    return any(normal(answer) in text for answer in answers)


def outcomes(library: Library, questions: Sequence[Given], rates: Sequence[float] = RATES) -> list[Outcome]:
    """The outcomes of all questions at all rates, judged as the system judges."""
    records = {held.record: held.id for held in library.held()}
    chance, least = random.Random(SEED), judge().threshold(library.settings.error_rate)
    found = []
    for given in questions:
        if given.record not in records or not given.answers:
            continue
        question = understand(given.question, rarity=library)
        gold = of_document(library, question, records[given.record])
        other = without(library, question, {given.record})
        for rate in rates:
            said = judged(library, question, mixed(gold, other, rate, given.answers, chance))
            right = len(said.told) <= LONGEST and groups_met(said.told, (given.answers,)) > 0
            found.append(Outcome(rate, right, judge().chance(said.readings or {}) < least))
    return found


def table(found: Sequence[Outcome]) -> list[tuple[str, ...]]:
    """A line a rate: how many were answered right before any refusal, and how many were refused."""
    lines: list[tuple[str, ...]] = []
    for rate in dict.fromkeys(each.rate for each in found):
        here = [each for each in found if each.rate == rate]
        right = sum(each.right for each in here) / len(here)
        low, high = wilson(right, len(here))
        answered = sum(each.right and not each.refused for each in here) / len(here)
        refused = sum(each.refused for each in here) / len(here)
        told = f"{right:.3f}（拒答后 {answered:.3f}）"
        lines.append((f"{rate:.0%}", str(len(here)), told, f"{low:.3f}–{high:.3f}", f"{refused:.3f}"))
    return lines


def main() -> int:
    """Prints the table; 1 when the index or the file cannot be read."""
    parser = argparse.ArgumentParser(description="Answers from mixed passages.")
    parser.add_argument("index", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--split", default="")
    parser.add_argument("--most", type=int, default=10_000)
    options = parser.parse_args()
    try:
        questions = given_questions(options.file, options.split)
        chosen = random.Random(SEED).sample(questions, min(options.most, len(questions)))
        with Library.open(Settings(folder=options.index)) as library:
            found = outcomes(library, chosen)
    except ChangaiError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(aligned([HEADER, *table(found)]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
