"""An imitation of tools that put synonyms for words, so that their work can be learned without knowing their lists."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.quality.spinning.tables import Counts
from index.quality.spinning.tokens import NAMES, NUMBER, cut, kind_of

# How often a word is exchanged for one used alike, one with a sign in common, a rarer one of those, or an invented one.
_WAYS = (3, 2, 3, 2)
_ALIKE, _LEAST_ALIKE = 14, 0.4
_COMMONEST = 25_000
_SOME = 12


class Spinner:
    """Exchanges words of a text for others, each word for the same one all through it.

    `dictionary` holds every word that may be put in; which ones are proposed is drawn from `chance`.
    """

    def __init__(self, counts: Counts, dictionary: Sequence[str], chance: random.Random) -> None:
        self._counts, self._chance = counts, chance
        self._words = frozenset(dictionary) | frozenset(counts.strings)
        self._by_sign: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if _is_exchangeable(word):
                for sign in dict.fromkeys(word):
                    self._by_sign.setdefault(sign, []).append(word)
        both = np.concatenate((counts.before, counts.after), axis=1)
        self._directions = both / (np.linalg.norm(both, axis=1, keepdims=True) + 1e-6)
        self._ways: dict[str, list[list[str]]] = {}

    def spin(self, text: str, rate: float) -> tuple[str, NDArray[np.bool_]]:
        """The text with about `rate` of its words exchanged, and which of its characters were put in."""
        words = cut(text)
        often = Counter(words)
        kinds = sorted({word for word in words if self._is_common(word)})
        self._chance.shuffle(kinds)
        left = rate * sum("一" <= word[0] <= "鿿" for word in words)
        swaps: dict[str, str] = {}
        for word in kinds:
            if left <= 0:
                break
            if other := self._other(word):
                swaps[word] = other
                left -= often[word]
        pieces: list[str] = []
        marks: list[bool] = []
        for word in words:
            other = swaps.get(word) or self._part_exchanged(word, swaps)
            pieces.append(other or word)
            marks += [bool(other)] * len(pieces[-1])
        return "".join(pieces), np.array(marks, dtype=bool)

    def _is_common(self, word: str) -> bool:
        return self._counts.numbers.get(word, _COMMONEST) < _COMMONEST and _is_exchangeable(word)

    def _part_exchanged(self, word: str, swaps: dict[str, str]) -> str | None:
        """A longer word whose first or last two signs are exchanged: 事情室 for 工作室."""
        if len(word) in (3, 4) and self._chance.random() < 0.7:
            for part in (word[:2], word[-2:]):
                if part in swaps:
                    return word.replace(part, swaps[part], 1)
        return None

    def _other(self, word: str) -> str | None:
        if word not in self._ways:
            self._ways[word] = self._proposals(word)
        ways = self._ways[word]
        open_ways = [(weight, way) for weight, way in zip(_WAYS, ways, strict=True) if way]
        if not open_ways:
            return None
        way = self._chance.choices([way for _, way in open_ways], [weight for weight, _ in open_ways])[0]
        return self._chance.choice(way)

    def _proposals(self, word: str) -> list[list[str]]:
        number = self._counts.numbers[word]
        numbers = self._counts.numbers
        near: list[str] = []
        alike = self._directions @ self._directions[number] if number < len(self._directions) else None
        if alike is not None:
            order = np.argsort(-alike, kind="stable")[:24]
            near = [self._counts.strings[other] for other in order if alike[other] > _LEAST_ALIKE and other != number]
            near = [other for other in near if _is_exchangeable(other)][:_ALIKE]
        shared = [other for sign in dict.fromkeys(word) for other in self._by_sign.get(sign, ()) if other != word]
        rarer = [other for other in shared if numbers.get(other, self._counts.size) > 2 * number]
        shared, rarer = self._some(shared), self._some(rarer)
        return [near, shared, rarer, self._some(self._invented(word, [*near[:8], *shared[:4]]))]

    def _invented(self, word: str, others: Sequence[str]) -> list[str]:
        """Two signs of the word and of its likes that make no word: 商企 of 企业 and 商业."""
        made = [word[::-1]]
        for other in others:
            made += [word[0] + other[1], other[0] + word[1], other[0] + word[0], word[1] + other[1], other[1] + word[1]]
        return [each for each in dict.fromkeys(made) if each not in self._words and each[0] != each[1]]

    def _some(self, words: list[str]) -> list[str]:
        return self._chance.sample(words, min(_SOME, len(words)))


def _is_exchangeable(word: str) -> bool:
    return len(word) == 2 and all("一" <= sign <= "鿿" for sign in word) and kind_of(word) not in {*NAMES, NUMBER}
