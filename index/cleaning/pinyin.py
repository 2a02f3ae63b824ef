"""Pinyin that a copy put in brackets behind its characters: 產(chǎn)業(yè)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.normalise.characters import fold
from index.normalise.pinyin import pinyin_edits
from index.types import Noise

BRACKET = re.compile(r"[(（]\s?[a-zA-Zāáǎàēéěèêīíǐìōóǒòūúǔùǖǘǚǜńňǹ\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
CAPITAL = re.compile("[A-ZＡ-Ｚ]")


def find_pinyin(text: str) -> Iterator[Noise]:
    """The brackets with what they hold, as the normal form drops them."""
    if BRACKET.search(text):
        for start, end, _ in pinyin_edits(fold(text)):
            # Folding lowers letters: an abbreviation (BOE) or a foreign name is no pinyin.
            if not CAPITAL.search(text, start, end):
                yield Noise(start, end, "夹注拼音")
