"""The spans of passages that may answer a question, found by a small network without torch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from index.threads import one_thread
from rag.span.features import match_features
from rag.span.network import Asked, Scores, Side
from rag.span.tokens import Tokens
from rag.span.weights import Weights, read_weights

# As in training: a longer passage is read in windows that overlap, of a longer question only the beginning.
WINDOW = 512
_STEP = 384
_ASKED = 60
_ASKED_CHARACTERS = 200
_AT_ONCE = 8
_MOST_ASKED, _MOST_CUT = 16, 64


@dataclass(frozen=True, slots=True)
class Span:
    """passage[start:end], and the chance (0 … 1) that this very span is the answer, were it the only passage."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The best spans of a passage, best first, none over another; and the chance that the passage does not answer."""

    spans: tuple[Span, ...]
    none: float


@dataclass(frozen=True, slots=True)
class _Window:
    passage: int
    tokens: Tokens
    features: NDArray[np.float32]
    first: int
    past: int


def spans(question: str, passages: Sequence[str], most: int = 5) -> list[Found]:
    """What each passage says in answer, by the shipped reader; its file is read at the first call.

    Raises ModelError when that file is damaged.
    """
    return shipped().spans(question, passages, most)


@cache
def shipped() -> Reader:
    """The reader that is shipped."""
    one_thread()
    return Reader(read_weights())


class Reader:
    """A reader with the given weights."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        # The parts of a question are looked for in the same passages, and a question in several of them.
        self._asked = lru_cache(maxsize=_MOST_ASKED)(self._question)
        self._cut = lru_cache(maxsize=_MOST_CUT)(weights.cutter.cut)

    def spans(self, question: str, passages: Sequence[str], most: int = 5) -> list[Found]:
        """What each passage says in answer, at most `most` spans of each.

        Any text is taken; a question or a passage without a sign gives no span.
        """
        asked, read = self._asked(question[:_ASKED_CHARACTERS])
        if read is None:
            return [Found((), 1.0) for _ in passages]
        windows = [window for number, text in enumerate(passages) for window in self._windows(asked, number, text)]
        # Windows of about one length are read together, so that little is read in vain.
        windows.sort(key=lambda window: window.past - window.first)
        spans_of: list[list[Span]] = [[] for _ in passages]
        none = [1.0] * len(passages)
        for at in range(0, len(windows), _AT_ONCE):
            block = windows[at : at + _AT_ONCE]
            parts = [(window.tokens, window.features, window.first, window.past) for window in block]
            scores = self._weights.network.scores(read, _side(self._weights, parts))
            for row, window in enumerate(block):
                best, without = _best(scores, row, window, most)
                spans_of[window.passage] += best
                none[window.passage] = min(none[window.passage], without)
        return [Found(tuple(_apart(every, most)), without) for every, without in zip(spans_of, none, strict=True)]

    def _question(self, text: str) -> tuple[Tokens, Asked | None]:
        """The tokens of a question and, where it has any, what the network reads of it."""
        asked = self._weights.cutter.cut(text)
        if not len(asked):
            return asked, None
        return asked, self._weights.network.asked(_side(self._weights, [(asked, None, 0, _ASKED)]))

    def _windows(self, asked: Tokens, number: int, text: str) -> Iterator[_Window]:
        tokens = self._cut(text)
        features = match_features(asked, tokens, self._weights.rarity)
        for first in range(0, max(len(tokens) - WINDOW + _STEP, 1), _STEP):
            if first < len(tokens):
                yield _Window(number, tokens, features, first, min(first + WINDOW, len(tokens)))


def _side(weights: Weights, parts: Sequence[tuple[Tokens, NDArray[np.float32] | None, int, int]]) -> Side:
    """The vectors of the tokens first … past of each part, padded with zeros; a question has no features."""
    sizes = [min(past, len(tokens)) - first for tokens, _, first, past in parts]
    dimension, own, kind = weights.table.shape[1], weights.own.shape[1], weights.own_kinds.shape[1]
    extra = 0 if parts[0][1] is None else parts[0][1].shape[1]
    words = np.zeros((len(parts), max(sizes), dimension + 2 * own), dtype=np.float32)
    rest = np.zeros((len(parts), max(sizes), own + kind + extra), dtype=np.float32)
    held = np.zeros((len(parts), max(sizes)), dtype=np.float32)
    for row, ((tokens, features, first, _), size) in enumerate(zip(parts, sizes, strict=True)):
        part = slice(first, first + size)
        numbers = tokens.words[part]
        words[row, :size, :dimension] = weights.table[numbers] * weights.table_factors
        words[row, :size, dimension : dimension + own] = weights.own[tokens.first[part]]
        words[row, :size, dimension + own :] = weights.own[tokens.last[part]]
        rest[row, :size, :own] = weights.own_common[weights.common[numbers]]
        rest[row, :size, own : own + kind] = weights.own_kinds[tokens.kinds[part]]
        if features is not None:
            rest[row, :size, own + kind :] = features[part]
        held[row, :size] = 1
    return Side(words, rest, held)


def _best(scores: Scores, row: int, window: _Window, most: int) -> tuple[list[Span], float]:
    """The best spans of a window with their chances, some of which overlap; and the chance of none."""
    table = scores.spans[row].ravel()
    top = max(float(table.max()), float(scores.none[row]))
    total = float(np.exp(table - top).sum()) + float(np.exp(scores.none[row] - top))
    wanted = min(len(table), 8 * most)
    places = np.argpartition(-table, wanted - 1)[:wanted]
    longest = scores.spans.shape[2]
    found = []
    for place in places[np.argsort(-table[places], kind="stable")].tolist():
        first = window.first + place // longest
        last = first + place % longest
        if last < window.past:
            chance = float(np.exp(table[place] - top)) / total
            found.append(Span(int(window.tokens.starts[first]), int(window.tokens.ends[last]), chance))
    return found, float(np.exp(scores.none[row] - top)) / total


def _apart(every: list[Span], most: int) -> Iterator[Span]:
    """The spans from the best on, without those that overlap a better one."""
    kept: list[Span] = []
    for span in sorted(every, key=lambda span: (-span.score, span.start, span.end)):
        if len(kept) < most and all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
            yield span
