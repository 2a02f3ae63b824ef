"""What a reader keeps of a messy file: characters of real text and of noise, before and after its cleaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from eval.documents.alignment import aligned, folded
from eval.documents.messy_gold import EITHER, TEXT, MessyFile

# The search form drops readings in brackets even where no span marks them, so they have a row of their own.
PINYIN = "pinyin"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a system extracted from a file, and the [start, end) ranges of it that it took for noise.

    `searched` is the text as its search sees it, where that differs; it decides what became of readings in brackets.
    """

    text: str
    noise: tuple[tuple[int, int], ...] = ()
    searched: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """Characters under a label: in the gold, extracted, and kept after cleaning."""

    total: int = 0
    extracted: int = 0
    kept: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.total + other.total, self.extracted + other.extracted, self.kept + other.kept)

    @property
    def kept_share(self) -> float | None:
        """The share that is kept; None where the gold has none."""
        return self.kept / self.total if self.total else None

    @property
    def gone_share(self) -> float | None:
        """The share that is not kept, be it marked or never extracted; None where the gold has none."""
        return 1 - self.kept / self.total if self.total else None

    def before(self) -> Count:
        """The count as it would be without cleaning."""
        return Count(self.total, self.extracted, self.extracted)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a count for every label, and the unseen strings that came out, before and after."""

    file: MessyFile
    counts: Mapping[str, Count]
    leaked_before: tuple[str, ...]
    leaked: tuple[str, ...]
    lost: tuple[str, ...] = field(default=())
    left: tuple[tuple[str, str], ...] = field(default=())

    @property
    def text(self) -> Count:
        """The count of real text."""
        return self.counts.get(TEXT, Count())

    @property
    def noise(self) -> Count:
        """The count of noise, readings in brackets aside."""
        return noise_of(self.counts)


def judged(file: MessyFile, reading: Reading) -> Outcome:
    """What a reading keeps of a file.

    A gold character counts as extracted when a character of the extracted text answers it, and as kept when that one is
    outside the marked noise. `lost` holds stretches of real text that are not kept, `left` those of noise that are.
    """
    pieces = [(piece.label, folded(piece.text)[0]) for piece in file.pieces]
    gold = "".join(letters for _, letters in pieces)
    labels = [label for label, letters in pieces for _ in letters]
    ends = list(accumulate(len(letters) for _, letters in pieces))
    text, origins = folded(reading.text)
    marked = _marked(len(reading.text), reading.noise)
    answers = aligned(gold, text, ends)
    extracted = [other >= 0 for other in answers]
    kept = [other >= 0 and not marked[origins[other]] for other in answers]
    if reading.searched is not None:
        seen = aligned(gold, folded(reading.searched)[0], ends)
        pairs = zip(kept, seen, labels, strict=True)
        kept = [keep and (label != PINYIN or other >= 0) for keep, other, label in pairs]
    counts: dict[str, Count] = {}
    for label, out, keep in zip(labels, extracted, kept, strict=True):
        counts[label] = counts.get(label, Count()) + Count(1, out, keep)
    shown = "".join(letter for letter, origin in zip(text, origins, strict=True) if not marked[origin])
    return Outcome(
        file,
        counts,
        tuple(each for each in file.never if folded(each)[0] in text),
        tuple(each for each in file.never if folded(each)[0] in shown),
        tuple(each for label, each in _stretches(gold, labels, [not keep for keep in kept]) if label == TEXT),
        tuple((label, each) for label, each in _stretches(gold, labels, kept) if label not in (TEXT, EITHER)),
    )


def totals(outcomes: Iterable[Outcome]) -> dict[str, Count]:
    """The counts of many files under every label."""
    found: dict[str, Count] = {}
    for outcome in outcomes:
        for label, count in outcome.counts.items():
            found[label] = found.get(label, Count()) + count
    return found


def noise_of(counts: Mapping[str, Count]) -> Count:
    """The count of all noise among counts by label, readings in brackets aside."""
    return sum((count for label, count in counts.items() if label not in (TEXT, EITHER, PINYIN)), Count())


def mean(shares: Sequence[float | None]) -> float | None:
    """The mean of the shares that there are; None where there is none."""
    there = [share for share in shares if share is not None]
    return sum(there) / len(there) if there else None


def _marked(size: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    flags = bytearray(size)
    for start, end in spans:
        flags[start:end] = b"\1" * (min(end, size) - start)
    return flags


def _stretches(gold: str, labels: Sequence[str], wanted: Sequence[bool]) -> list[tuple[str, str]]:
    """The runs of wanted characters under one label."""
    found: list[tuple[str, str]] = []
    running = False
    for letter, label, want in zip(gold, labels, wanted, strict=True):
        if want and running and found[-1][0] == label:
            found[-1] = (label, found[-1][1] + letter)
        elif want:
            found.append((label, letter))
        running = want
    return found
