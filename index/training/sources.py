"""What training draws from: fixed pairs of texts, and passages of which a sentence should find what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.training.bags import Bags, Cutter, Tokens, encode

# A text is one bag a cutter: its words, its pairs.
Text = tuple[Tokens, ...]

# How many tokens of each kind a text keeps; more are cut to a window at a random place.
_LONGEST = (240, 480)
_KEPT_SENTENCE = 0.1
_FIRST_SENTENCE = 0.2
_AROUND = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """Text i of `left` should find text i of `right` and none of `others`; equal numbers in `group` are no negatives."""

    left: list[Text]
    right: list[Text]
    others: list[Text]
    group: NDArray[np.int64]


@dataclass(slots=True)
class Pairs:
    """Fixed pairs: `left[k][i]` goes with `right[k][group[i]]`, k being the kind of token.

    `rivals` holds, for each pair, numbers of texts of `corpus` that look right and are not; empty until they were sought.
    """

    name: str
    weight: float
    texts: tuple[list[str], list[str]]
    left: tuple[Bags, ...]
    right: tuple[Bags, ...]
    group: NDArray[np.int64]
    rivals: NDArray[np.int32] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int32))
    corpus: tuple[Bags, ...] = ()

    @classmethod
    def of(cls, name: str, weight: float, pairs: Sequence[tuple[str, str]], cutters: Sequence[Cutter]) -> Pairs:
        """The pairs as tokens; a right text that comes again is kept once."""
        numbers: dict[str, int] = {}
        group = np.array([numbers.setdefault(right, len(numbers)) for _, right in pairs], dtype=np.int64)
        left, right = [one for one, _ in pairs], list(numbers)
        return cls(
            name,
            weight,
            (left, right),
            tuple(encode(cutter, left) for cutter in cutters),
            tuple(encode(cutter, right) for cutter in cutters),
            group,
        )

    def draw(self, count: int, random: np.random.Generator) -> Drawn:
        """So many different pairs, or all where there are fewer."""
        chosen = random.choice(len(self.group), min(count, len(self.group)), replace=False)
        others = []
        if len(self.rivals):
            picked = self.rivals[chosen, random.integers(0, self.rivals.shape[1], len(chosen))]
            others = [_window([bags[int(one)] for bags in self.corpus], random) for one in picked]
        return Drawn(
            [_window([bags[int(one)] for bags in self.left], random) for one in chosen],
            [_window([bags[int(self.group[one])] for bags in self.right], random) for one in chosen],
            others,
            self.group[chosen],
        )


@dataclass(slots=True)
class Passages:
    """Texts as sentences: those of passage p are `first[p]` to `first[p + 1]` − 1."""

    name: str
    weight: float
    sentences: tuple[Bags, ...]
    first: NDArray[np.int64]

    @classmethod
    def of(cls, name: str, weight: float, passages: Sequence[Sequence[str]], cutters: Sequence[Cutter]) -> Passages:
        """Passages, of two sentences or more each, as tokens."""
        first = np.zeros(len(passages) + 1, dtype=np.int64)
        np.cumsum([len(passage) for passage in passages], out=first[1:])
        flat = [sentence for passage in passages for sentence in passage]
        return cls(name, weight, tuple(encode(cutter, flat) for cutter in cutters), first)

    def draw(self, count: int, random: np.random.Generator) -> Drawn:
        """A sentence, or a piece of a long one, of so many different passages, and the sentences around it."""
        chosen = random.choice(len(self.first) - 1, min(count, len(self.first) - 1), replace=False)
        drawn = [self._sentence(int(one), random) for one in chosen]
        return Drawn([left for left, _ in drawn], [right for _, right in drawn], [], chosen.astype(np.int64))

    def _sentence(self, passage: int, random: np.random.Generator) -> tuple[Text, Text]:
        low, high = int(self.first[passage]), int(self.first[passage + 1])
        # The first sentence of an article sums it up, so it is drawn more often than its share.
        at = low if random.random() < _FIRST_SENTENCE else int(random.integers(low, high))
        before, after = max(low, at - _AROUND), min(high, at + 1 + _AROUND)
        if random.random() < _KEPT_SENTENCE:
            around = [bags.run(before, after) for bags in self.sentences]
        else:
            around = [np.concatenate([bags.run(before, at), bags.run(at + 1, after)]) for bags in self.sentences]
        return _window([bags[at] for bags in self.sentences], random), _window(around, random)


def _window(bags: Sequence[Tokens], random: np.random.Generator) -> Text:
    """At most the longest run of each kind of token, all kinds from about the same place of the text."""
    where = float(random.random())
    cut = []
    for bag, longest in zip(bags, _LONGEST[: len(bags)], strict=True):
        start = int(where * max(0, len(bag) - longest + 1))
        cut.append(bag[start : start + longest])
    return tuple(cut)
