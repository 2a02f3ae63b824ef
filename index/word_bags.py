"""The words of a text, cut by a list: the longest word that begins where the last one ended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

# Tokens of many texts: those of text i are tokens[starts[i]:starts[i + 1]].
Bags = tuple[NDArray[np.int32], NDArray[np.int64]]


class WordBags:
    """A list of words and single characters; what is none of them is passed over."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)

    def __len__(self) -> int:
        return len(self.words)

    def bags(self, texts: Sequence[str]) -> Bags:
        """The numbers of the words of each text, in order, whatever the case of Latin letters."""
        automaton = self._automaton
        found = [[number for number, _, _ in automaton.find_matches_as_indexes(text.lower())] for text in texts]
        starts = np.zeros(len(texts) + 1, dtype=np.int64)
        np.cumsum([len(bag) for bag in found], out=starts[1:])
        tokens = np.fromiter((number for bag in found for number in bag), dtype=np.int32, count=int(starts[-1]))
        return tokens, starts

    @cached_property
    def _automaton(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick, MatchKind

        return AhoCorasick(self.words, matchkind=MatchKind.LeftmostLongest)
