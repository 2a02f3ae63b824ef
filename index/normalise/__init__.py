"""The one search form of a text and its map back: simplified, half-width, lower case, numerals as digits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.normalise.characters import fold, simplify
from index.normalise.edits import Draft
from index.normalise.pinyin import pinyin_edits
from index.normalise.spun import spun_edits
from index.numerals import Edit, number_edits
from index.types import SearchForm, Span

__all__ = ["normalise", "normalise_marks", "search_form"]

# Signs that no reader sees: zero-width blanks, soft hyphens, direction marks, variation selectors.
_UNSEEN = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
# Blanks count only between two of these; next to any other Han character or Chinese sign they are layout. A Han numeral keeps
# its blanks, because 「第十 二十家」 is two numbers.
_WIDE = "\u2e80-\u303f\u3100-\u9fff\uf900-\ufaff\U00020000-\U0003ffff，；：？！"
_NUMERALS = "〇零一二三四五六七八九十百千万亿两"
_BLANKS = re.compile(rf"(?<=(?![{_NUMERALS}])[{_WIDE}]) +| +(?=(?![{_NUMERALS}])[{_WIDE}])|(?<= ) +|^ +| +$")
_UNSEEN_SIGNS = re.compile(f"[{_UNSEEN}]+")
# `,` and `:` belong to a number only between two digits (1,020 and 10:30); elsewhere they part clauses.
_LONE_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_LONE_COLON = re.compile(r"(?<!\d):|:(?!\d)")
_COMPOUND = {"㎡": "平方米", "㎞": "公里", "㎏": "公斤", "㎝": "厘米"}
_COMPOUND_SIGN = re.compile(f"[{''.join(_COMPOUND)}]")
_ROUNDS = 4


def normalise(text: str, spun: bool = False) -> SearchForm:
    """The search form of a whole text; `spun` also puts back the plain words of synonym-spun text.

    The same expression gives the same form in a question and in a document, and normalising a search form changes nothing.
    """
    return _normalise(Draft.of(text), spun)


def normalise_marks(text: str, marks: Sequence[Span], spun: bool = False) -> SearchForm:
    """The search form of the parts of a text that count, joined; its offsets are those of `text`.

    A word that noise had cut in two is whole again: 蚌埠小樹屋市 without 小樹屋 reads 蚌埠市.
    """
    return _normalise(Draft.of(text, marks), spun)


def search_form(text: str, spun: bool = False) -> str:
    """The search form's text alone."""
    return normalise(text, spun).text


def _normalise(draft: Draft, spun: bool) -> SearchForm:
    # A change can make room for another (a blank that only now stands next to a Han character), so the steps run until nothing
    # changes; most texts are done after the second look, which finds nothing to do.
    for _ in range(_ROUNDS):
        before = draft.text
        _fold(draft)
        if spun:
            draft.apply(spun_edits(draft.text))
        draft.apply(number_edits(draft.text))
        if draft.text == before:
            break
    return draft.search_form()


def _fold(draft: Draft) -> None:
    draft.translate(fold)
    draft.apply(_removals(_UNSEEN_SIGNS, draft.text))
    draft.apply([(found.start(), found.end(), _COMPOUND[found[0]]) for found in _COMPOUND_SIGN.finditer(draft.text)])
    draft.apply(pinyin_edits(draft.text))
    draft.translate(lambda text: _LONE_COLON.sub("：", _LONE_COMMA.sub("，", text)))
    draft.apply(_removals(_BLANKS, draft.text))
    draft.translate(simplify)


def _removals(pattern: re.Pattern[str], text: str) -> list[Edit]:
    return [(found.start(), found.end(), "") for found in pattern.finditer(text)]
