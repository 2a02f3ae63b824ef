"""Synonyms that rewriting tools put for ordinary words, each weighed by how rarely honest texts have it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).parent.parent / "data"
SYNONYMS, FREQUENCIES = DATA / "spun_synonyms.tsv", DATA / "spun_frequencies.tsv"
# One of this many spun texts has a given synonym; what is below the base is said by honest texts as well.
_SHARE_OF_SPUN = 0.03
_BASE = 2.3
# One word may be the subject of a text, so that by itself, and however often it stands, it must not suffice.
_MOST_OF_ONE, _MOST_REPEATED = 4.0, 1.75
# A text shorter than this many signs is judged as if it had so many, so that one odd word condemns no short notice.
_SHORTEST = 500
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class OddWords:
    """How much the rare synonyms of a text weigh per 500 signs, how many places they take, the weightiest of them."""

    weight: float
    places: int
    examples: tuple[str, ...]


@lru_cache(maxsize=1)
def synonyms() -> tuple[str, ...]:
    """Every synonym of the data file, two signs each, in the order of their codes."""
    lines = SYNONYMS.read_text(encoding="utf-8").splitlines()
    words = {word for line in lines if not line.startswith("#") for word in line.split("\t")[1].split()}
    return tuple(sorted(words))


@lru_cache(maxsize=1)
def _keys() -> NDArray[np.uint32]:
    return np.array([ord(word[0]) << 16 | ord(word[1]) for word in synonyms()], dtype=np.uint32)


@lru_cache(maxsize=1)
def _weights() -> NDArray[np.float64]:
    """How much likelier each synonym is in a spun text, as a logarithm above the base; 0 for those that anybody writes."""
    rows = (line.split("\t") for line in FREQUENCIES.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    share = {word: int(often) / 1e6 for word, often in rows}
    honest = np.array([share[word] for word in synonyms()])
    found: NDArray[np.float64] = np.clip(np.log((honest + _SHARE_OF_SPUN) / honest) - _BASE, 0, _MOST_OF_ONE)
    return found


def synonyms_in(text: str) -> NDArray[np.int64]:
    """The numbers of the synonyms at every place of a simplified text where one stands."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    # Signs beyond the first plane are shifted out of the key and would pass for others.
    codes = np.where(codes < 1 << 16, codes, 0)
    pairs = codes[:-1] << np.uint32(16) | codes[1:]
    keys = _keys()
    places = np.minimum(np.searchsorted(keys, pairs), len(keys) - 1)
    found: NDArray[np.int64] = places[keys[places] == pairs]
    return found


def find_odd_words(text: str) -> OddWords:
    """The rare synonyms of a simplified text; a word that comes back weighs a little more, not as often as it stands."""
    numbers, often = np.unique(synonyms_in(text), return_counts=True)
    weights = _weights()[numbers]
    counted = weights > 0
    total = float((weights * np.minimum(1 + np.log(often) / 2, _MOST_REPEATED)).sum())
    order = np.argsort(-weights, kind="stable")[:_SHOWN].tolist()
    examples = tuple(synonyms()[numbers[at]] for at in order if weights[at] > 0)
    return OddWords(total / max(len(text) / _SHORTEST, 1.0), int(often[counted].sum()), examples)


def shares_of(texts: Iterable[str], length: int = 700) -> dict[str, float]:
    """In which share of honest texts, reckoned as `length` signs long, each synonym stands; none is taken to be never met."""
    having = np.ones(len(synonyms()))
    signs = 0
    for text in texts:
        signs += len(text)
        having[np.unique(synonyms_in(text))] += 1
    shares = having * length / max(signs, length)
    return dict(zip(synonyms(), shares.tolist(), strict=True))
