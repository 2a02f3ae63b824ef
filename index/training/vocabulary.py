"""The lists of the embedding model: its words and single characters, and its pairs of characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import numpy as np

from index.pair_bags import PairBags
from index.word_bags import WordBags

# Longer words are cut into their parts, so that 个体工商户 still meets a question that says 工商户.
LONGEST_WORD = 4
LONGEST_NUMBER = 4
RAREST_CHARACTER = 4
_WORD = re.compile(rf"[\u4e00-\u9fff]{{2,{LONGEST_WORD}}}|[a-z]{{2,20}}|[0-9]{{2,{LONGEST_NUMBER}}}")
_CHARACTER = re.compile(r"[\u3400-\u9fff0-9a-z%]")
_HAN = re.compile(r"[\u3400-\u9fff0-9a-z%]+")


class Counts:
    """How often each word of a dictionary, each character and each pair occurs in texts of the plain form."""

    def __init__(self, lines: Iterable[str]) -> None:
        import rjieba

        self.words: Counter[str] = Counter()
        self.characters: Counter[str] = Counter()
        self.pairs: Counter[str] = Counter()
        for line in lines:
            lowered = line.lower()
            self.words.update(rjieba.cut(lowered, False))
            self.characters.update(lowered)
            for run in _HAN.findall(lowered):
                self.pairs.update(map(str.__add__, run, run[1:]))

    def singles(self) -> list[str]:
        """The characters that are seen often enough, by code point."""
        return sorted(
            c for c, count in self.characters.items() if count >= RAREST_CHARACTER and _CHARACTER.fullmatch(c)
        )


def word_bags(counts: Counts, size: int) -> WordBags:
    """The characters, and the commonest words up to `size` entries."""
    singles = counts.singles()
    words = [word for word, _ in counts.words.most_common() if _WORD.fullmatch(word)]
    return WordBags([*singles, *words[: size - len(singles)]])


def pair_bags(counts: Counts, size: int) -> PairBags:
    """The characters, and the `size` commonest pairs."""
    pairs = sorted(ord(pair[0]) << 16 | ord(pair[1]) for pair, _ in counts.pairs.most_common(size))
    return PairBags(
        np.array([ord(single) for single in counts.singles()], dtype=np.uint16), np.array(pairs, dtype=np.uint32)
    )
