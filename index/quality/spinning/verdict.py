"""Whether so many words of a text do not fit that a program must have put them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.quality.spinning.evidence import features
from index.quality.spinning.screen import may_be_spun
from index.quality.spinning.tables import Model, load_model
from index.quality.spinning.tokens import (
    BREAK,
    FIGURE,
    FIRST_WORD,
    IDIOM,
    JOINED,
    NAMES,
    NEVER_EXCHANGED,
    Tokens,
    cut,
    tokens_of,
)

Floats = NDArray[np.float32]
FACTS = 27
# Fewer words than this are no text to judge.
LEAST_WORDS = 60
_LONGEST = 6_000
_MOST = 6.0
_RARE = 20_000
_SHARE = np.log(0.0925 / (1 - 0.0925))
_SHOWN = 2.5


@dataclass(frozen=True, slots=True)
class Exchange:
    """How sure it is (log odds) that words of a text were exchanged, how many do not fit, and the least fitting with their place."""

    odds: float
    words: int
    examples: tuple[str, ...]


def find_exchanged(text: str) -> Exchange | None:
    """What speaks for exchanged words in a simplified text; None where nothing does or the text is short."""
    text = text[:_LONGEST]
    if not may_be_spun(text):
        return None
    model = load_model()
    tokens = tokens_of(cut(text), model.counts)
    if int((tokens.numbers >= FIRST_WORD).sum()) < LEAST_WORDS:
        return None
    known = features(tokens, model)
    ratios = word_ratios(known, model)
    facts = text_facts(tokens, known, ratios)
    odds = float(model.of_text(((facts - model.means) / model.scales)[None])[0])
    return Exchange(odds, *_examples(tokens, ratios))


def word_ratios(known: Floats, model: Model) -> Floats:
    """For each word the logarithm of how much likelier it is among exchanged words than among others, within ±6."""
    found: Floats = np.clip(model.of_word(known) - np.float32(_SHARE), -_MOST, _MOST)
    return found


def text_facts(tokens: Tokens, known: Floats, ratios: Floats) -> Floats:
    """What the verdict on a whole text is drawn from, (27,)."""
    is_word = tokens.numbers >= FIRST_WORD
    numbers, kinds, ratios, known = tokens.numbers[is_word], tokens.kinds[is_word], ratios[is_word], known[is_word]
    types, first, places, often = np.unique(numbers, return_index=True, return_inverse=True, return_counts=True)
    mean = np.bincount(places, weights=ratios) / often
    gain = np.bincount(places, weights=known[:, 15]) / often
    kinds = kinds[first]
    is_name = np.isin(kinds, NAMES)
    size = max(len(types), 80)
    # An exchanged word comes back as often as the plain one did, but so does the name that a report is about.
    weight = np.where(is_name, 1.0, 1 + np.log(often))
    single = np.fromiter((len(word) == 1 for word in tokens.strings), bool, len(tokens))
    odd = -np.sort(-mean * np.sqrt(weight))[:8]
    facts = [
        *(_mixture(mean, share).sum() / size * 10 for share in (0.03, 0.06, 0.12)),
        *((_mixture(mean, share) * weight).sum() / max(weight.sum(), 80) * 10 for share in (0.03, 0.1)),
        odd.mean(),
        (kinds == JOINED).mean() * 5,
        *((mean > least).sum() / size * 10 for least in (2.5, 1.5, 3.5)),
        is_name.mean() * 5,
        known[first, 2].mean() * 5,
        ((types >= _RARE) & ~np.isin(kinds, NEVER_EXCHANGED)).mean() * 5,
        np.clip(known[:, 3], -1, 3).mean(),
        known[:, 7].mean(),
        known[:, 0].mean(),
        np.median(known[:, 3]),
        np.quantile(mean, 0.5),
        np.quantile(mean, 0.8),
        np.log(len(numbers)) - 5,
        single[is_word].mean() * 3,
        (tokens.numbers == BREAK).mean() * 3,
        (tokens.numbers == FIGURE).mean() * 5,
        gain.mean(),
        np.quantile(gain, 0.9),
        (kinds == IDIOM).mean() * 5,
        (mean * weight).max(),
    ]
    return np.array(facts, dtype=np.float32)


def _mixture(mean: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """The evidence of each word for a text of which this share of the words was exchanged."""
    found: NDArray[np.float64] = np.log(1 - share + share * np.exp(mean))
    return found


def _examples(tokens: Tokens, ratios: Floats) -> tuple[int, tuple[str, ...]]:
    """How many words do not fit, and the least fitting ones, each once, together with a neighbour."""
    order = np.argsort(-np.where(tokens.numbers >= FIRST_WORD, ratios, -_MOST), kind="stable")
    found: dict[str, str] = {}
    for at in order.tolist():
        word = tokens.strings[at]
        if ratios[at] < _SHOWN or len(found) == 3:
            break
        if len(word) > 1 and tokens.kinds[at] not in NAMES and word not in found:
            found[word] = _with_neighbour(tokens.strings, at)
    strange = {tokens.strings[at] for at in np.flatnonzero((ratios > _SHOWN) & (tokens.numbers >= FIRST_WORD)).tolist()}
    return len(strange), tuple(found.values())


def _with_neighbour(words: Sequence[str], at: int) -> str:
    after = words[at + 1] if at + 1 < len(words) else ""
    before = words[at - 1] if at else ""
    if len(after) > 1 and "一" <= after[0] <= "鿿":
        return words[at] + after
    return before + words[at] if len(before) > 1 and "一" <= before[0] <= "鿿" else words[at]
