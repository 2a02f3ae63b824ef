"""Questions that nobody asked: a sentence of an article with a word taken out that another sentence of it says too.

Learning from such gaps first helps most where real questions are few (Dhingra et al., "Simple and effective
semi-supervised question answering", 2018; Ram et al., "Few-shot question answering by pretraining span selection", 2021).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.span.tokens import Cutter, Tokens

_RARE, _RARE_ENOUGH_TO_ASK = 0.35, 0.45
_NUMERAL_KINDS = frozenset((0, 1, 5))
_YEAR_KIND, _UNIT_KIND, _PLACE_KIND = 1, 6, 8
_SIGN_KIND = 4
# A gap needs two words beside it that the other sentence says too, else nothing tells that the two speak of one thing.
_BESIDE = 2
_LONGEST_GAP = 12
_AROUND = 14
_A_TEXT = 3
_LEFT_OUT = 0.12
_SILENT = 0.12
_LIGHT = frozenset("的了在是和与及等也就对为将从到向于以把被由让有个这那其该并而但或又还")
_ASKED = {
    "figure": ("多少", "多少", "几"),
    "year": ("哪年", "什么时候", "哪一年"),
    "place": ("哪里", "哪个地方", "什么地方"),
    "thing": ("什么", "什么", "谁", "哪个", "哪家"),
}
_CLOSED = "。！？；!?;\n"


@dataclass(frozen=True, slots=True)
class Gap:
    """A question, the rest of the text without the sentence it was made of, and where in it the answer stands.

    `start` and `end` are −1 where every sentence with the answer was taken out.
    """

    question: str
    passage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Run:
    """The same `size` tokens at two places of a text, of which the first becomes the gap."""

    asked: int
    told: int
    size: int


class Gaps:
    """Gaps of texts, at most three of each; which ones is drawn by chance."""

    def __init__(self, cutter: Cutter, rarity: NDArray[np.float32], seed: int) -> None:
        self._cutter, self._rarity = cutter, rarity
        self._chance = np.random.default_rng(seed)

    def of_all(self, texts: Iterable[str]) -> Iterator[Gap]:
        """The gaps of every text in order."""
        for text in texts:
            yield from self.of(text)

    def of(self, text: str) -> Iterator[Gap]:
        """The gaps of one text, whose answer stands in the rest of it."""
        tokens = self._cutter.cut(text)
        if len(tokens) < 60:
            return
        runs = self._runs(tokens)
        taken: set[int] = set()
        for place in self._chance.permutation(len(runs)):
            run = runs[place]
            sentence = int(tokens.sentences[run.asked])
            if len(taken) < _A_TEXT and sentence not in taken:
                taken.add(sentence)
                yield self._gap(text, tokens, run)

    def _runs(self, tokens: Tokens) -> list[_Run]:
        """Runs of tokens that two sentences say which share other rare words as well."""
        rare = self._rarity[tokens.words]
        # A sign cannot be asked for, and one character of a list is hardly ever an answer.
        telling = (rare > _RARE) & (tokens.kinds != _SIGN_KIND)
        places: dict[str, list[int]] = defaultdict(list)
        for at in np.flatnonzero(telling):
            places[tokens.plain[tokens.starts[at] : tokens.ends[at]]].append(int(at))
        said: dict[int, set[str]] = defaultdict(set)
        for word, every in places.items():
            for place in every:
                said[int(tokens.sentences[place])].add(word)
        found = {}
        for every in places.values():
            if not 2 <= len(every) <= 6 or rare[every[0]] < _RARE_ENOUGH_TO_ASK:
                continue
            for asked in every:
                for told in every:
                    run = self._widened(tokens, asked, told)
                    if run and self._beside(tokens, run, said) >= _BESIDE:
                        found[run.asked, run.told, run.size] = run
        return self._best(list(found.values()), tokens, said)

    def _best(self, runs: list[_Run], tokens: Tokens, said: dict[int, set[str]]) -> list[_Run]:
        """Of the places that tell what one gap asks for only the one whose sentence shares most with it."""
        best: dict[tuple[int, int], tuple[int, _Run]] = {}
        for run in runs:
            beside = self._beside(tokens, run, said)
            key = run.asked, run.size
            if key not in best or best[key][0] < beside:
                best[key] = beside, run
        return [run for _, run in best.values()]

    def _widened(self, tokens: Tokens, asked: int, told: int) -> _Run | None:
        """The longest run of the same tokens around two places in two sentences, without light words at its ends."""
        one, other = int(tokens.sentences[asked]), int(tokens.sentences[told])
        if one == other:
            return None

        def same(step: int) -> bool:
            a, b = asked + step, told + step
            if not (0 <= a < len(tokens) and 0 <= b < len(tokens)) or tokens.kinds[a] == _SIGN_KIND:
                return False
            inside = tokens.sentences[a] == one and tokens.sentences[b] == other
            return bool(inside) and self._word(tokens, a) == self._word(tokens, b)

        low, high = 0, 0
        while same(low - 1) and high - low < _LONGEST_GAP:
            low -= 1
        while same(high + 1) and high - low < _LONGEST_GAP:
            high += 1
        while low < high and self._word(tokens, asked + low) in _LIGHT:
            low += 1
        while high > low and self._word(tokens, asked + high) in _LIGHT:
            high -= 1
        size = high - low + 1
        length = int(tokens.ends[asked + high] - tokens.starts[asked + low])
        fits = size < _LONGEST_GAP and (length >= 2 or tokens.kinds[asked] in _NUMERAL_KINDS)
        return _Run(asked + low, told + low, size) if fits else None

    def _word(self, tokens: Tokens, at: int) -> str:
        return tokens.plain[tokens.starts[at] : tokens.ends[at]]

    def _beside(self, tokens: Tokens, run: _Run, said: dict[int, set[str]]) -> int:
        gap = {self._word(tokens, at) for at in range(run.asked, run.asked + run.size)}
        both = said[int(tokens.sentences[run.asked])] & said[int(tokens.sentences[run.told])]
        return len(both - gap)

    def _gap(self, text: str, tokens: Tokens, run: _Run) -> Gap:
        sentence = np.flatnonzero(tokens.sentences == tokens.sentences[run.asked])
        low, high = int(tokens.starts[sentence[0]]), int(tokens.ends[sentence[-1]])
        shift = high - low if tokens.starts[run.told] >= high else 0
        start, end = int(tokens.starts[run.told]), int(tokens.ends[run.told + run.size - 1])
        question = self._question(tokens, run, sentence)
        if self._chance.random() < _SILENT:
            return Gap(question, _without(text, tokens, tokens.plain[start:end]), -1, -1)
        return Gap(question, text[:low] + text[high:], start - shift, end - shift)

    def _question(self, tokens: Tokens, run: _Run, sentence: NDArray[np.int64]) -> str:
        """The words around the gap, some left out, with an asking word in its place."""
        past = run.asked + run.size
        before = list(range(max(int(sentence[0]), run.asked - _AROUND), run.asked))
        after = list(range(past, min(int(sentence[-1]) + 1, past + _AROUND)))
        kept = [[at for at in part if self._chance.random() > _LEFT_OUT] for part in (before, after)]
        words = [[tokens.plain[tokens.starts[at] : tokens.ends[at]] for at in part] for part in kept]
        asked = _ASKED[_wanted(tokens, run)]
        word = asked[self._chance.integers(len(asked))]
        if self._chance.random() < 0.3:
            # Real questions put the asking word last as often as in the middle.
            return "".join(words[0] + words[1]).strip(_CLOSED + "，、") + "是" + word + "？"
        return "".join([*words[0], word, *words[1]]).strip(_CLOSED + "，、") + "？"


def _without(text: str, tokens: Tokens, answer: str) -> str:
    """The text without the sentences that hold the answer."""
    sentences = [np.flatnonzero(tokens.sentences == number) for number in range(int(tokens.sentences[-1]) + 1)]
    bounds = [(int(tokens.starts[each[0]]), int(tokens.ends[each[-1]])) for each in sentences if len(each)]
    return "".join(text[low:high] for low, high in bounds if answer not in tokens.plain[low:high])


def _wanted(tokens: Tokens, run: _Run) -> str:
    kinds = tokens.kinds[run.asked : run.asked + run.size]
    if kinds[0] == _YEAR_KIND or "月" in tokens.plain[tokens.starts[run.asked] : tokens.ends[run.asked + run.size - 1]]:
        return "year"
    if kinds[0] in _NUMERAL_KINDS:
        return "figure"
    return "place" if kinds[-1] == _PLACE_KIND else "thing"
