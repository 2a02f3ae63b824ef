"""How badly each word fits where it stands, and whether a common word with a sign in common would fit much better."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.quality.spinning.tables import CANDIDATES, Counts, Model
from index.quality.spinning.tokens import FIRST_WORD, NEVER_EXCHANGED, PERSON, Tokens

Floats = NDArray[np.float32]
FEATURES = 18
LEAST_PAIR = 5
# What is taken for the count of a word that was not counted.
_RARE = 2.0


def features(tokens: Tokens, model: Model, exchanged: NDArray[np.bool_] | None = None) -> Floats:
    """What is known of each word in its place, (n, 18).

    In training `exchanged` tells which words were put in; the pairs of the others were counted in this very text once.
    """
    counts = model.counts
    found = np.zeros((len(tokens), FEATURES), dtype=np.float32)
    if len(tokens) < 2:
        return found
    numbers = tokens.numbers
    known = numbers < counts.size
    held = np.minimum(numbers, counts.size - 1)
    often = np.where(known, counts.words[held], _RARE)
    found[:, 0] = np.log(often) / 4 - 2
    found[:, 1] = np.where(known, model.priors[held], model.prior_of_kind[tokens.kinds]) / 2
    found[:, 2] = ~known
    own = None if exchanged is None else (~(exchanged[:-1] | exchanged[1:])).astype(np.float32)
    seen = _pair_counts(numbers[:-1], numbers[1:], counts, own)
    expected = often[:-1] * often[1:] / counts.total
    fit = np.clip(np.log((seen + 1) / (expected + 1)), -6, 8) / 2
    weight = np.log(expected + 0.01) / 4
    likely = _likely(numbers, counts)
    for column, pair in ((3, fit), (5, weight), (7, likely)):
        found[1:, column], found[:-1, column + 1] = pair, pair
    found[:, 9] = _topic(numbers, counts)
    found[1:, 10], found[:-1, 11] = found[:-1, 1], found[1:, 1]
    found[:, 12] = tokens.kinds == PERSON
    found[numbers < FIRST_WORD] = 0
    _add_gains(found, tokens, counts, exchanged)
    return found


def _often(numbers: NDArray[np.int64], counts: Counts) -> Floats:
    found: Floats = np.where(
        numbers < counts.size, counts.words[np.minimum(numbers, counts.size - 1)], np.float32(_RARE)
    )
    return found


def _pair_counts(
    first: NDArray[np.int64], second: NDArray[np.int64], counts: Counts, own: Floats | None = None
) -> Floats:
    """How often two words stood side by side, less what the text itself contributed; 0 below `LEAST_PAIR`."""
    keys = first * counts.size + second
    places = np.minimum(np.searchsorted(counts.pair_keys, keys.astype(np.uint32)), len(counts.pair_keys) - 1)
    held = (counts.pair_keys[places] == keys) & (first < counts.size) & (second < counts.size)
    seen = np.where(held, counts.pairs[places], np.float32(0))
    if own is not None:
        seen = (seen - own * held).astype(np.float32)
    found: Floats = np.where(seen < LEAST_PAIR, np.float32(0), seen)
    return found


def _likely(numbers: NDArray[np.int64], counts: Counts) -> Floats:
    """How well each word stands before the next one by what both are like, also where the pair was never seen."""
    size = len(counts.before)
    held = np.minimum(numbers, size - 1)
    found: Floats = np.einsum("ij,ij->i", counts.before[held[:-1]], counts.after[held[1:]]) / np.float32(2)
    found[(numbers[:-1] >= size) | (numbers[1:] >= size)] = -0.5
    return found


def _topic(numbers: NDArray[np.int64], counts: Counts) -> Floats:
    """How near each word is to the rest of the text in meaning; 0 for the commonest words and unknown ones."""
    size = len(counts.before)
    held = np.minimum(numbers, size - 1)
    counted = (numbers < size) & (numbers > 200)
    vectors = _units((counts.before[held] + counts.after[held]) * counted[:, None])
    found: Floats = np.einsum("ij,ij->i", vectors, _units(vectors.sum(axis=0) - vectors)) * 2
    return found


def _units(vectors: Floats) -> Floats:
    found: Floats = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + np.float32(1e-6))
    return found


def _add_gains(found: Floats, tokens: Tokens, counts: Counts, exchanged: NDArray[np.bool_] | None) -> None:
    """Columns 13 to 17: how much better the best candidate fits behind the word before, before the word behind, and in both."""
    fits = np.fromiter((len(word) == 2 for word in tokens.strings), bool, len(tokens))
    fits &= (tokens.numbers >= FIRST_WORD) & ~np.isin(tokens.kinds, NEVER_EXCHANGED)
    fits[0] = fits[-1] = False
    places = np.flatnonzero(fits)
    if not len(places):
        return
    numbers = tokens.numbers
    chosen = np.stack([counts.candidates(tokens.strings[at], int(numbers[at])) for at in places.tolist()])
    own_left = own_right = None
    if exchanged is not None:
        own_left = (~(exchanged[places - 1] | exchanged[places])).astype(np.float32)
        own_right = (~(exchanged[places + 1] | exchanged[places])).astype(np.float32)
    left, right, word = numbers[places - 1], numbers[places + 1], numbers[places]
    fit_left = _association(left, word, counts, own_left)
    fit_right = _association(word, right, counts, own_right)
    is_one = chosen >= 0
    others = np.maximum(chosen, 0).astype(np.int64)
    best_left = _association(np.repeat(left, CANDIDATES), others.ravel(), counts).reshape(others.shape)
    best_right = _association(others.ravel(), np.repeat(right, CANDIDATES), counts).reshape(others.shape)
    both = np.where(is_one, best_left + best_right, np.float32(-6))
    best = both.argmax(axis=1)
    rows = np.arange(len(places))
    ratio = np.clip(np.log(_often(others[rows, best], counts) / _often(word, counts)), -5, 10) / 4
    found[places, 13] = (np.where(is_one, best_left, np.float32(-3)).max(axis=1) - fit_left) / 3
    found[places, 14] = (np.where(is_one, best_right, np.float32(-3)).max(axis=1) - fit_right) / 3
    found[places, 15] = (both[rows, best] - fit_left - fit_right) / 3
    found[places, 16] = ratio * is_one[rows, best]
    found[places, 17] = both[rows, best] / 4


def _association(
    first: NDArray[np.int64], second: NDArray[np.int64], counts: Counts, own: Floats | None = None
) -> Floats:
    expected = _often(first, counts) * _often(second, counts) / counts.total
    found: Floats = np.clip(np.log((_pair_counts(first, second, counts, own) + 0.5) / (expected + 0.5)), -3, 8)
    return found
