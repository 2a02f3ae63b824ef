"""The screen of the detector: for each pair of signs how much likelier it is at an exchanged word, set so that few are missed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.quality.spinning.screen import SIZE, sign_pairs
from index.quality.spinning.tokens import Tokens

_STEP = 12.0
_LEAST_RATE, _MISSED = 0.05, 0.02


class Taught(Protocol):
    """A text with the words that were exchanged in it."""

    @property
    def tokens(self) -> Tokens:
        """Its words."""

    @property
    def exchanged(self) -> NDArray[np.bool_]:
        """Which of them were put in."""

    @property
    def rate(self) -> float:
        """The share of them."""


def screen_of(taught: Sequence[Taught]) -> NDArray[np.int8]:
    """A weight for each place of the screen; the sum over a text is above zero for all but 2 of 100 spun ones."""
    honest, odd = np.ones(SIZE), np.full(SIZE, 0.05)
    half = len(taught) // 2
    for each in taught[:half]:
        pairs, is_odd = _pairs(each)
        np.add.at(honest, pairs[~is_odd], 1)
        np.add.at(odd, pairs[is_odd], 1)
    weights = np.clip(np.log(odd / honest) - np.log(odd.sum() / honest.sum()), -3, 4)
    means = [
        weights[pairs].mean()
        for each in taught[half:]
        if each.rate > _LEAST_RATE
        for pairs in [_pairs(each)[0]]
        if len(pairs)
    ]
    limit = float(np.quantile(means, _MISSED))
    screen: NDArray[np.int8] = np.clip(np.round((weights - limit) * _STEP), -127, 127).astype(np.int8)
    return screen


def _pairs(each: Taught) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The pairs of signs of a text and which of them touch an exchanged word."""
    text = "".join(each.tokens.strings)
    lengths = np.fromiter(map(len, each.tokens.strings), np.int64, len(each.tokens))
    marks = np.repeat(each.exchanged, lengths)
    touched = marks[:-1] | marks[1:]
    is_han = np.fromiter(("一" <= sign <= "\u9fff" for sign in text), bool, len(text))
    return sign_pairs(text), touched[is_han[:-1] & is_han[1:]]
