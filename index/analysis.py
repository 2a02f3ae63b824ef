"""The tokens of the keyword leg: overlapping Han bigrams, and words and figures of other alphabets."""

from __future__ import annotations

import re

_HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# A word is a run of letters and digits outside Han; a point between two digits belongs to the figure (1.5).
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<word>(?:[^\W_{_HAN}]|(?<=\d)\.(?=\d))+)")
_UNIT = re.compile(rf"[{_HAN}%]")
# Longer runs of letters are codes that nobody types; the cut keeps the dictionary of terms small.
_LONGEST_WORD = 64


def analyse(search_text: str) -> list[str]:
    """The tokens of a text in search form, in order of appearance, none of them with a blank in it.

    A run of Han characters gives its overlapping bigrams (a run of one gives that character); a run of
    letters or digits is one lowercased token; a figure followed by a unit also gives the two joined (1020家
    → 1020, 1020家).
    """
    tokens: list[str] = []
    for run in _RUN.finditer(search_text):
        text = run.group()
        if run.lastgroup == "han":
            tokens.extend(map(str.__add__, text, text[1:]) if len(text) > 1 else [text])
            continue
        word = text.lower()[:_LONGEST_WORD]
        tokens.append(word)
        unit = _UNIT.match(search_text, run.end())
        if unit and word.replace(".", "").isdecimal():
            tokens.append(word + unit.group())
    return tokens
