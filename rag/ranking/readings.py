"""What is read of every candidate passage before the forest weighs it: one row a passage, one column a reading."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.ranking.grams import Grams
from rag.ranking.matches import Matches

Column = NDArray[np.float64]

# How far the first ranks are told apart: the tenth counts half of the first.
_RANK_SOFTNESS = 10
_MOST_SIBLINGS = 10


@dataclass(frozen=True, slots=True)
class Legs:
    """What the two legs say of C candidates.

    `keyword` is the score of the keyword leg, 0 where it did not find the passage; `likeness` the cosine of the vectors;
    `document` numbers the documents that the candidates are of, from 0.
    """

    keyword: Column
    likeness: Column
    document: NDArray[np.int64]


def readings(grams: Grams, matches: Matches, legs: Legs) -> dict[str, Column]:
    """The readings by name, each of shape (C,)."""
    count = len(matches.lengths)
    said = _said(grams, matches, count)
    found: dict[str, Column] = {}
    found |= _words(grams, matches, said)
    found |= _together(grams, matches, count)
    found |= _legs(legs, found)
    found |= _document(grams, said, legs, found)
    found |= _question(grams, legs, found, count)
    return found


@dataclass(frozen=True, slots=True)
class _Said:
    """How often each token stands in each candidate, and in its passage alone; both (C, G)."""

    times: NDArray[np.float64]
    in_passage: NDArray[np.float64]


def _said(grams: Grams, matches: Matches, count: int) -> _Said:
    cell = matches.text * len(grams) + matches.gram
    below = matches.place >= matches.bodies[matches.text]
    shape = (count, len(grams))
    size = count * len(grams)
    times = np.bincount(cell, minlength=size).reshape(shape).astype(np.float64)
    return _Said(times, np.bincount(cell[below], minlength=size).reshape(shape).astype(np.float64))


def _words(grams: Grams, matches: Matches, said: _Said) -> dict[str, Column]:
    """Shares of the question that the passage says, and BM25 in shares of what it could be at most."""
    weight, whole = grams.weight, _whole(grams.weight)
    has = said.times > 0
    dearest = np.argsort(-weight, kind="stable")
    first, four = dearest[:1], dearest[:4]
    # A passage is long or short beside the other candidates.
    length = matches.lengths[:, None] / max(float(matches.lengths.mean()), 1.0)
    long = said.times * 2.2 / (said.times + 1.2 * (0.25 + 0.75 * length))
    short = said.times * 1.6 / (said.times + 0.6 * (0.7 + 0.3 * length))
    return {
        "bm25": long @ grams.rarity / _whole(grams.rarity),
        "bm25_needed": long @ weight / whole,
        "bm25_flat": short @ weight / whole,
        "covered": has @ weight / whole,
        "covered_passage": (said.in_passage > 0) @ weight / whole,
        "covered_context": (said.times > said.in_passage) @ weight / whole,
        "dearest": has[:, first] @ weight[first] / _whole(weight[first]),
        "dearest_four": has[:, four] @ weight[four] / _whole(weight[four]),
        "length": np.log1p(matches.lengths.astype(np.float64)),
    }


def _together(grams: Grams, matches: Matches, count: int) -> dict[str, Column]:
    """How much of the question stands in one sentence, within 80 characters, and in one unbroken run."""
    weight, whole = grams.weight, _whole(grams.weight)
    block = np.concatenate([matches.block, matches.block - 1])
    text, gram = np.tile(matches.text, 2), np.tile(matches.gram, 2)
    run = _runs(grams, matches, count)
    return {
        "sentence": _best_group(matches.sentence, matches.gram, matches.text, weight, count) / whole,
        "window": _best_group(block, gram, text, weight, count) / whole,
        "run": run[0],
        "run_share": run[1] / whole,
    }


def _best_group(
    group: NDArray[np.int64], gram: NDArray[np.int64], text: NDArray[np.int64], weight: Column, count: int
) -> Column:
    """For each text, the greatest weight of distinct tokens that one group of its matches holds."""
    best = np.zeros(count)
    if not len(group):
        return best
    low = int(group.min())
    keys, at = np.unique((group - low) * len(weight) + gram, return_index=True)
    groups, owner = np.unique(keys // len(weight), return_inverse=True)
    held = np.bincount(owner, weights=weight[keys % len(weight)])
    of = np.zeros(len(groups), dtype=np.int64)
    of[owner] = text[at]
    np.maximum.at(best, of, held)
    return best


def _runs(grams: Grams, matches: Matches, count: int) -> tuple[Column, Column]:
    """The longest stretch of the question that stands unbroken in each text, in tokens, and the greatest in weight."""
    longest, heaviest = np.zeros(count), np.zeros(count)
    if not len(matches.place):
        return longest, heaviest
    shift = matches.place - grams.places[matches.gram]
    order = np.lexsort((matches.place, shift))
    shift, place = shift[order], matches.place[order]
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = (shift[1:] != shift[:-1]) | (place[1:] - place[:-1] != 1)
    run = np.cumsum(begins) - 1
    text = matches.text[order][begins]
    np.maximum.at(longest, text, np.bincount(run).astype(np.float64))
    np.maximum.at(heaviest, text, np.bincount(run, weights=grams.weight[matches.gram[order]]))
    return longest, heaviest


def _legs(legs: Legs, found: dict[str, Column]) -> dict[str, Column]:
    near, needed = legs.likeness, found["bm25_needed"]
    by_likeness, by_words = _rank_share(near), _rank_share(needed)
    best = legs.keyword.max(initial=0.0)
    return {
        "likeness": near,
        "likeness_behind": near - near.max(),
        "likeness_rank": by_likeness,
        "keyword": legs.keyword / best if best else legs.keyword,
        "words_behind": needed - needed.max(),
        "words_rank": by_words,
        "ranks": by_likeness + by_words,
        "covered_behind": found["covered"] - found["covered"].max(),
        "sentence_behind": found["sentence"] - found["sentence"].max(),
    }


def _document(grams: Grams, said: _Said, legs: Legs, found: dict[str, Column]) -> dict[str, Column]:
    """What all candidates of the same document say together."""
    of = legs.document
    many = int(of.max()) + 1
    words, near = np.zeros(many), np.full(many, -1.0)
    np.maximum.at(words, of, found["bm25_needed"])
    np.maximum.at(near, of, legs.likeness)
    held = np.zeros((many, len(grams)))
    np.maximum.at(held, of, (said.times > 0).astype(np.float64))
    return {
        "document_words": words[of],
        "document_likeness": near[of],
        "document_covered": (held @ grams.weight / _whole(grams.weight))[of],
        "siblings": np.minimum(np.bincount(of, minlength=many), _MOST_SIBLINGS).astype(np.float64)[of],
    }


def _question(grams: Grams, legs: Legs, found: dict[str, Column], count: int) -> dict[str, Column]:
    """Readings of the question alone, by which a forest learns when to trust which leg."""
    weight = grams.weight
    alone = {
        "tokens": float(len(grams)),
        "weight": float(weight.sum()),
        "mean_weight": float(weight.mean()) if len(grams) else 0.0,
        "rarest": float(grams.rarity.max(initial=0.0)),
        "best_likeness": float(legs.likeness.max()),
        "best_covered": float(found["covered"].max()),
    }
    return {name: np.full(count, value) for name, value in alone.items()}


def _rank_share(values: Column) -> Column:
    """1 / (10 + rank), the best value having rank 0 and equals sharing the better rank."""
    rank = np.searchsorted(np.sort(-values), -values)
    shared: Column = 1.0 / (_RANK_SOFTNESS + rank)
    return shared


def _whole(weight: Column) -> float:
    return float(weight.sum()) or 1.0
