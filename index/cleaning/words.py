"""Questions to the dictionary of the word segmenter."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rjieba

HAN = "一-鿿㐀-䶿"


@lru_cache(maxsize=1)
def _jieba() -> rjieba.Jieba:
    import rjieba

    return rjieba.Jieba()


@lru_cache(maxsize=65536)
def is_word(string: str) -> bool:
    """Whether the simplified `string` of two or more characters is in the dictionary."""
    return len(string) >= 2 and bool(_jieba().has_word(string))


def words(text: str) -> list[str]:
    """The words of a simplified text, by the dictionary alone."""
    return list(_jieba().cut(text, hmm=False))


def cut_word(text: str, start: int, end: int) -> str:
    """The dictionary word that `text[start:end]` cuts in two, or empty.

    The halves must stand as words of their own in the text as it is, one of them a single character: 企 and 业 in
    「企小树屋业」, but not 国务院 and 部门 in 「国务院劳动行政部门」, whose 院部 is a word by chance.
    """
    if not 0 < start < end < len(text) or not _may_join(text[max(0, start - 3) : start], text[end : end + 3]):
        return ""
    before = words(text[max(0, start - 5) : start])[-1]
    after = words(text[end : end + 5])[0]
    whole = words(text[max(0, start - 5) : end + 5])
    if len(before) > 3 or len(after) > 3 or min(len(before), len(after)) > 1:
        return ""
    return before + after if before in whole and after in whole and is_word(before + after) else ""


def _may_join(before: str, after: str) -> bool:
    """Whether a word can be made of the end of `before` and the beginning of `after`, one of them a single character."""
    last, first = before[-1], after[0]
    return (
        is_word(last + first)
        or is_word(last + after[:2])
        or is_word(last + after)
        or is_word(before[-2:] + first)
        or is_word(before + first)
    )
