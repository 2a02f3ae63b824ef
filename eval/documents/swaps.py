"""The words that a rewriting tool exchanges, and the exchange of a stated share of a text's words."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.json_lines import read_text
from index.errors import DatasetError

_WORD = re.compile(r"[一-鿿]{2,}")


@dataclass(frozen=True, slots=True)
class Swapped:
    """A text after the exchange: `swapped` of its `words` words of two or more characters are other words now."""

    text: str
    swapped: int
    words: int


def read_swaps(path: Path) -> dict[str, tuple[str, ...]]:
    """Plain word to the words that a tool puts in its place, from a file with two columns; `#` begins a remark."""
    found: dict[str, list[str]] = {}
    for number, line in enumerate(read_text(path, "换词表").split("\n"), start=1):
        if not line or line.startswith("#"):
            continue
        plain, tab, other = line.partition("\t")
        if not (tab and plain and other):
            raise DatasetError(f"换词表 {path.name} 第 {number} 行应为两列，实为「{line}」，请修正。")
        found.setdefault(plain, []).append(other)
    return {plain: tuple(others) for plain, others in found.items()}


def words_of(text: str) -> list[str]:
    """The text cut into words by jieba; joined they are the text again."""
    import rjieba

    return list(rjieba.cut(text))


def swap(pieces: Sequence[str], swaps: Mapping[str, Sequence[str]], rate: float, chance: random.Random) -> Swapped:
    """Exchanges `rate` of the words of two or more Chinese characters, at places drawn by `chance`.

    One plain word becomes the same other word all through a text, as the tools do it. DatasetError when the text holds
    too few words that the list knows.
    """
    words = count_words(pieces)
    wanted = round(rate * words)
    places = [place for place, piece in enumerate(pieces) if piece in swaps]
    if len(places) < wanted:
        raise DatasetError(f"应换 {wanted} 个词，但换词表只认得其中 {len(places)} 个；请换一篇或降低比例。")
    choice = {plain: chance.choice(list(others)) for plain, others in sorted(swaps.items())}
    out = list(pieces)
    for place in chance.sample(places, wanted):
        out[place] = choice[pieces[place]]
    return Swapped("".join(out), wanted, words)


def coverage(pieces: Sequence[str], swaps: Mapping[str, Sequence[str]]) -> float:
    """The share of the words of two or more Chinese characters that the list could exchange."""
    words = count_words(pieces)
    return sum(1 for piece in pieces if piece in swaps) / words if words else 0.0


def count_words(pieces: Sequence[str]) -> int:
    """How many of the pieces are words of two or more Chinese characters."""
    return sum(1 for piece in pieces if _WORD.fullmatch(piece))
