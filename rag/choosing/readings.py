"""What is read of every text before the forest weighs it: one row a sentence (or clause), one column a reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.choosing.documents import Documents, document_readings
from rag.choosing.wants import ASKS, SIGNS, Column, asks, items, new_figures, signs, sort_of
from rag.ranking.grams import Grams
from rag.ranking.matches import Matches, find

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Texts:
    """T texts in search form, in the order in which they stand; G groups hold them (sentences of a passage).

    `group` numbers the group of each text, ascending; `around` is what a reader of a group knows beside it (title,
    headings, or the sentence before); `vectors` are the texts' embeddings (T, d), `asked` the question's (d,). `documents`
    tells where the texts stand in their documents, where they are sentences.
    """

    search: Sequence[str]
    group: Whole
    around: Sequence[str]
    vectors: NDArray[np.float32]
    asked: NDArray[np.float32]
    documents: Documents | None = None


def readings(question: str, grams: Grams, texts: Texts) -> dict[str, Column]:
    """The readings by name, each of shape (T,); `question` is in search form."""
    count, groups = len(texts.search), len(texts.around)
    above = texts.documents.above if texts.documents else ()
    every = [*texts.search, *texts.around, *above]
    matches = find(grams, every, [0] * len(every))
    times = _times(grams, matches, len(every))
    has, known = times[:count] > 0, (times[count : count + groups] > 0)[texts.group]
    found: dict[str, Column] = {}
    found |= _said(grams, texts, has, known)
    found |= _rarity(grams, texts, times[:count], has)
    found |= _unbroken(grams, matches, count)
    found |= _likeness(texts)
    found |= _standing(texts)
    found |= _beside(question, texts, matches)
    if texts.documents:
        told = times[count + groups :] > 0
        found |= document_readings(question, grams, texts.documents, has, texts.vectors, told)
    return found


def _times(grams: Grams, matches: Matches, count: int) -> Column:
    cell = matches.text * len(grams) + matches.gram
    return np.bincount(cell, minlength=count * len(grams)).reshape(count, len(grams)).astype(np.float64)


def _said(grams: Grams, texts: Texts, has: NDArray[np.bool_], known: NDArray[np.bool_]) -> dict[str, Column]:
    """Shares of the question's weight that the text says, alone and with what stands around it."""
    weight, whole = grams.weight, float(grams.weight.sum()) or 1.0
    before, after = _neighbours(texts.group, has)
    held = np.zeros((len(texts.around), len(grams)), dtype=np.bool_)
    np.logical_or.at(held, texts.group, has)
    passage = (held[texts.group] | known) @ weight / whole
    covered = has @ weight / whole
    dearest = np.argsort(-weight, kind="stable")[:4]
    share = float(weight[dearest].sum()) or 1.0
    found = {
        "covered": covered,
        "covered_known": (has | known) @ weight / whole,
        "covered_before": (has | known | before) @ weight / whole,
        "covered_after": (has | after) @ weight / whole,
        "only_here": (has & ~known & ~before) @ weight / whole,
        "before_alone": before @ weight / whole,
        "after_alone": after @ weight / whole,
        "covered_passage": passage,
        "missing_here": passage - (has | known) @ weight / whole,
        "dearest": has[:, dearest] @ weight[dearest] / share,
        "plain": has.mean(axis=1) if len(grams) else np.zeros(len(has)),
    }
    for name in ("covered", "covered_known", "covered_before"):
        found[f"{name}_behind"] = found[name] - _best_in(texts.group, found[name], len(texts.around))
        found[f"{name}_trails"] = found[name] - found[name].max(initial=0.0)
    return found


def _rarity(grams: Grams, texts: Texts, times: Column, has: NDArray[np.bool_]) -> dict[str, Column]:
    """The same shares with tokens weighed by how few texts, of all and of the same group, have them; and BM25."""
    needed = np.divide(grams.weight, grams.rarity, out=np.zeros(len(grams)), where=grams.rarity > 0)
    rare = needed * np.log1p((len(has) + 0.5) / (has.sum(axis=0) + 0.5))
    groups = len(texts.around)
    often = np.zeros((groups, len(grams)))
    np.add.at(often, texts.group, has.astype(np.float64))
    sizes = np.bincount(texts.group, minlength=groups).astype(np.float64)
    near = needed * np.log1p((sizes[:, None] + 0.5) / (often + 0.5))
    lengths = np.array([len(text) for text in texts.search], dtype=np.float64)
    saturated = times * 2.0 / (times + 1.0 * (0.5 + 0.5 * lengths / max(lengths.mean(), 1.0))[:, None])
    told = (has * near[texts.group]).sum(axis=1) / np.maximum((near * (often > 0)).sum(axis=1), 1e-9)[texts.group]
    found = {
        "rare": has @ rare / (float(rare.sum()) or 1.0),
        "told": told,
        "bm25": saturated @ rare / (float(rare.sum()) or 1.0),
        "bm25_raw": saturated @ (grams.weight) / (float(grams.weight.sum()) or 1.0),
    }
    for name in ("rare", "bm25", "told"):
        found[f"{name}_behind"] = found[name] - _best_in(texts.group, found[name], groups)
        found[f"{name}_rank"] = _rank_in(texts.group, found[name])
    found["bm25_trails"] = found["bm25"] - found["bm25"].max(initial=0.0)
    return found


def _unbroken(grams: Grams, matches: Matches, count: int) -> dict[str, Column]:
    """The longest stretch of the question that stands unbroken in each text, in tokens and in share of the weight."""
    longest, heaviest = np.zeros(count), np.zeros(count)
    inside = matches.text < count
    place, gram, text = matches.place[inside], matches.gram[inside], matches.text[inside]
    if len(place):
        shift = place - grams.places[gram]
        order = np.lexsort((place, shift))
        shift, place = shift[order], place[order]
        begins = np.ones(len(order), dtype=np.bool_)
        begins[1:] = (shift[1:] != shift[:-1]) | (place[1:] - place[:-1] != 1)
        run = np.cumsum(begins) - 1
        np.maximum.at(longest, text[order][begins], np.bincount(run).astype(np.float64))
        np.maximum.at(heaviest, text[order][begins], np.bincount(run, weights=grams.weight[gram[order]]))
    return {"run": longest, "run_share": heaviest / (float(grams.weight.sum()) or 1.0)}


def _likeness(texts: Texts) -> dict[str, Column]:
    """Cosines of the question with the text, and with the text and the one before or after it."""
    vectors, count = texts.vectors.astype(np.float64), len(texts.search)
    asked = texts.asked.astype(np.float64)
    near = vectors @ asked
    first = np.ones(count, dtype=np.bool_)
    first[1:] = texts.group[1:] != texts.group[:-1]
    both = vectors + np.where(first[:, None], 0.0, np.roll(vectors, 1, axis=0))
    joined = both @ asked / np.maximum(np.linalg.norm(both, axis=1), 1e-9)
    groups = len(texts.around)
    return {
        "near": near,
        "near_before": joined,
        "near_behind": near - _best_in(texts.group, near, groups),
        "near_before_behind": joined - _best_in(texts.group, joined, groups),
        "near_trails": near - near.max(initial=-1.0),
        "near_rank": _rank_in(texts.group, near),
        "before_near": np.where(first, 0.0, np.roll(near, 1)),
    }


def _standing(texts: Texts) -> dict[str, Column]:
    """Where the text stands in its group, and how long it is."""
    sizes = np.bincount(texts.group, minlength=len(texts.around))
    starts = np.cumsum(sizes) - sizes
    place = (np.arange(len(texts.search)) - starts[texts.group]).astype(np.float64)
    lengths = np.array([len(text) for text in texts.search], dtype=np.float64)
    return {
        "place": np.minimum(place, 12.0),
        "place_share": place / np.maximum(sizes[texts.group], 1),
        "siblings": np.minimum(sizes, 30).astype(np.float64)[texts.group],
        "length": np.log1p(lengths),
    }


def _beside(question: str, texts: Texts, matches: Matches) -> dict[str, Column]:
    """The sort of answer wanted, and what each text holds beside the question's own words."""
    count = len(texts.search)
    wanted, held = asks(question), signs(texts.search)
    own = signs([question])[0]
    lengths = np.array([max(len(text), 1) for text in texts.search], dtype=np.float64)
    inside = matches.text < count
    echoed = np.bincount(matches.text[inside], minlength=count) / lengths
    sort = sort_of(question)
    pairs = [sort[at : at + 2] for at in range(len(sort) - 1)]
    found = {f"asks_{name}": np.full(count, wanted[number]) for number, name in enumerate(ASKS)}
    found |= {f"holds_{name}": np.maximum(held[:, number] - own[number], 0) for number, name in enumerate(SIGNS)}
    return (
        found
        | items(question, texts.search)
        | {
            "echoed": echoed,
            "new_figures": new_figures(question, texts.search),
            "has_sort": np.array([float(any(pair in text for pair in pairs)) for text in texts.search]),
            "has_sort_end": np.array([float(bool(sort) and sort[-1] in text) for text in texts.search]),
            "names_sort": np.full(count, float(len(sort))),
            "asked_length": np.full(count, float(len(question))),
        }
    )


def _neighbours(group: Whole, has: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """What the text before and the one after say, none over the border of a group."""
    before, after = np.zeros_like(has), np.zeros_like(has)
    same = (group[1:] == group[:-1])[:, None]
    before[1:], after[:-1] = has[:-1] & same, has[1:] & same
    return before, after


def _best_in(group: Whole, values: Column, groups: int) -> Column:
    best = np.full(groups, -np.inf)
    np.maximum.at(best, group, values)
    return best[group]


def _rank_in(group: Whole, values: Column) -> Column:
    """How many of the same group are better, at most ten."""
    order = np.lexsort((-values, group))
    starts = np.flatnonzero(np.r_[True, group[order][1:] != group[order][:-1]])
    rank = np.empty(len(values))
    rank[order] = np.arange(len(values)) - np.repeat(starts, np.diff(np.r_[starts, len(values)]))
    return np.minimum(rank, 10.0)
