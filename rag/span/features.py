"""What a token of a passage has in common with a question, counted without any network."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rag.span.tokens import Tokens

FEATURES = 14
# The reading of how much of the question is said within twenty tokens.
AROUND = 6
_LONGEST = 10
_NEAR = (6, 20)


def match_features(question: Tokens, passage: Tokens, rarity: NDArray[np.float32]) -> NDArray[np.float32]:
    """Readings between 0 and 1, shape (tokens of the passage, FEATURES).

    `rarity` is the inverse document frequency of each number of a word, scaled to 0 … 1.
    """
    size = len(passage)
    found = np.zeros((size, FEATURES), dtype=np.float32)
    if not size:
        return found
    rare = rarity[passage.words]
    asked_words = {question.plain[a:b] for a, b in zip(question.starts, question.ends, strict=True)}
    said = [passage.plain[a:b] for a, b in zip(passage.starts, passage.ends, strict=True)]
    shared = np.array([word in asked_words for word in said])
    longest = _common(question.plain, passage)
    found[:, 0] = shared
    found[:, 1] = _share_of_characters(question, passage)
    found[:, 2] = np.minimum(longest, _LONGEST) / _LONGEST
    found[:, 3] = longest >= 2
    found[:, 4] = rare
    weight = np.where(shared | (longest >= 2), rare, 0).astype(np.float32)
    asked = max(float(rarity[question.words].sum()), 1e-3)
    for column, width in enumerate(_NEAR, 5):
        found[:, column] = np.minimum(_around(weight, width) / asked, 1)
    sentences = _per_sentence(question, passage, weight, asked)
    found[:, 7:10] = sentences[passage.sentences]
    found[:, 10] = 1 / (1 + passage.sentences)
    found[:, 11:14] = _inside(passage)
    return found


def _common(question: str, passage: Tokens) -> NDArray[np.int32]:
    """The length of the longest run of characters around each token that the question has too, at most _LONGEST."""
    plain = passage.plain
    grams = [{question[i : i + n] for i in range(len(question) - n + 1)} for n in range(1, _LONGEST + 1)]
    best = np.zeros(len(plain) + 1, dtype=np.int32)
    at = 0
    # A run may begin before the end of the last one, so every place is tried; each try is at most _LONGEST look-ups.
    while at < len(plain):
        length = 0
        while length < _LONGEST and at + length < len(plain) and plain[at : at + length + 1] in grams[length]:
            length += 1
        if length:
            window = best[at : at + length]
            np.maximum(window, length, out=window)
        at += 1
    return np.asarray(best[passage.starts], dtype=np.int32)


def _share_of_characters(question: Tokens, passage: Tokens) -> NDArray[np.float32]:
    known = set(question.plain)
    held = np.zeros(len(passage.plain) + 1, dtype=np.float32)
    held[1:] = np.cumsum([sign in known for sign in passage.plain])
    lengths = np.maximum(passage.ends - passage.starts, 1)
    return np.asarray((held[passage.ends] - held[passage.starts]) / lengths, dtype=np.float32)


def _around(weight: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    total = np.concatenate([np.zeros(1), np.cumsum(weight, dtype=np.float64)])
    places = np.arange(len(weight))
    high, low = np.minimum(places + width + 1, len(weight)), np.maximum(places - width, 0)
    return np.asarray(total[high] - total[low], dtype=np.float32)


def _per_sentence(question: Tokens, passage: Tokens, weight: NDArray[np.float32], asked: float) -> NDArray[np.float32]:
    """Of each sentence: the share of the question that it says, that share over the best one's, whether it is the best."""
    count = int(passage.sentences[-1]) + 1
    # A word said twice in a sentence counts once.
    key = passage.sentences.astype(np.int64) * (1 << 32) + passage.words
    _, once = np.unique(key, return_index=True)
    share = np.bincount(passage.sentences[once], weights=weight[once], minlength=count) / asked
    best = max(float(share.max()), 1e-6)
    found = np.zeros((count, 3), dtype=np.float32)
    found[:, 0] = np.minimum(share, 1)
    found[:, 1] = share / best
    found[:, 2] = share >= best
    return found


def _inside(passage: Tokens) -> NDArray[np.float32]:
    """Whether each token stands inside title marks, quotation marks or brackets."""
    found = np.zeros((len(passage), 3), dtype=np.float32)
    signs = np.array([passage.plain[start] for start in passage.starts])
    for column, (opening, closing) in enumerate((("《", "》"), ("“「", "”」"), ("（(", "）)"))):
        steps = np.isin(signs, list(opening)).astype(np.int32) - np.isin(signs, list(closing))
        found[:, column] = np.cumsum(steps) > 0
    return found
