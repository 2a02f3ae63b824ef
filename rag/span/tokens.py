"""A text as the span reader sees it: words of a list, runs of digits and Latin letters, and single signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

# Numbers of tokens that no list of words holds follow the words in this order, then one for each of SIGNS.
NUMBER, YEAR, LATIN, OTHER = range(4)
SIGNS = "。！？；，、：“”‘’《》（）【】()[]…—·-!?;,:.\"'%/~+<>「」"
CLASSES = 12
_RUN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[a-z]+")
_YEAR = re.compile(r"[12][0-9]{3}")
_UNITS = frozenset("年月日时分秒岁元万亿千百个名位家人次项种件米里吨克斤倍成届号期条度座所")
_NUMERALS = frozenset("〇零一二两三四五六七八九十百千万亿几数")
_PLACES = frozenset("省市县区镇乡村州国路街岛山河湖港")
_STOPS = frozenset("。！？；!?;\n")
# One sign for one, so that places stay what they are: Latin letters small, full width narrow.
_FOLDED = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_FOLDED |= {0xFEE0 + code: code for code in (*range(ord("0"), ord("9") + 1), *range(ord("a"), ord("z") + 1), 37)}
_FOLDED |= {0xFEE0 + code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_FOLDED |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text; all arrays have one entry a token.

    `plain` is the folded text, as long as the text itself; `starts` and `ends` are places in it. `words` are numbers of the
    list, `first` and `last` numbers of characters, `kinds` are classes below CLASSES, `sentences` counts sentences from 0.
    """

    plain: str
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    words: NDArray[np.int32]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    kinds: NDArray[np.int32]
    sentences: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.starts)


class Cutter:
    """Cuts texts by a list of words, the longest word that begins where the last one ended."""

    def __init__(self, words: Sequence[str], characters: str) -> None:
        self.words = tuple(words)
        # Number 0 stands for every character that is not listed.
        self._characters = {character: number for number, character in enumerate(characters, 1)}
        self._signs = {sign: len(self.words) + OTHER + 1 + number for number, sign in enumerate(SIGNS)}

    @property
    def size(self) -> int:
        """How many different numbers of words there are."""
        return len(self.words) + OTHER + 1 + len(SIGNS)

    def folded(self, text: str) -> str:
        """The text with small Latin letters and narrow figures, as long as before."""
        return text.translate(_FOLDED)

    def cut(self, text: str) -> Tokens:
        """The tokens of a text in order, without white space; any text is taken."""
        plain = self.folded(text)
        pieces = self._pieces(plain)
        get = self._characters.get
        stops, sentence = [], 0
        for _, start, _ in pieces:
            stops.append(sentence)
            sentence += plain[start] in _STOPS
        return Tokens(
            plain,
            np.array([start for _, start, _ in pieces], dtype=np.int32),
            np.array([end for _, _, end in pieces], dtype=np.int32),
            np.array([word for word, _, _ in pieces], dtype=np.int32),
            np.array([get(plain[start], 0) for _, start, _ in pieces], dtype=np.int32),
            np.array([get(plain[end - 1], 0) for _, _, end in pieces], dtype=np.int32),
            np.array([self._kind(word, plain, start, end) for word, start, end in pieces], dtype=np.int32),
            np.array(stops, dtype=np.int32),
        )

    def _pieces(self, plain: str) -> list[tuple[int, int, int]]:
        """Number of the word, start and end of each token."""
        runs = [(self._run(match[0]), match.start(), match.end()) for match in _RUN.finditer(plain)]
        # Runs are blanked, so that no word of the list begins or ends inside one.
        blanked = _RUN.sub(lambda match: "\0" * len(match[0]), plain)
        known = self._automaton.find_matches_as_indexes(blanked)
        pieces = sorted([*runs, *known], key=lambda piece: piece[1])
        filled, at = [], 0
        for word, start, end in [*pieces, (0, len(plain), len(plain))]:
            filled += [(self._sign(plain[i]), i, i + 1) for i in range(at, start) if not plain[i].isspace()]
            if end > start:
                filled.append((word, start, end))
            at = end
        return filled

    def _sign(self, sign: str) -> int:
        return self._signs.get(sign, len(self.words) + OTHER)

    def _run(self, run: str) -> int:
        kind = LATIN if run[0] > "9" else YEAR if _YEAR.fullmatch(run) else NUMBER
        return len(self.words) + kind

    def _kind(self, word: int, plain: str, start: int, end: int) -> int:
        special = word - len(self.words)
        if special >= 0:
            return min(special, OTHER + 1)
        if end - start == 1:
            sign = plain[start]
            return 5 if sign in _NUMERALS else 6 if sign in _UNITS else 7
        if all(sign in _NUMERALS for sign in plain[start:end]):
            return 5
        if plain[end - 1] in _PLACES:
            return 8
        return 9 if plain[end - 1] in _UNITS else 10 if end - start == 2 else 11

    @cached_property
    def _automaton(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick, MatchKind

        return AhoCorasick(self.words, matchkind=MatchKind.LeftmostLongest)
