"""Words put in the place of others: the same neighbours on both sides, another word between (产教融合, 产教分离)."""

from __future__ import annotations

import re

from rag.reading import Reading
from rag.wording import CLAUSE_STOPS, bigrams, spans_of

_HAN = re.compile(r"[\u3400-\u9fff]+")
# Words that a writer may exchange without saying anything else.
_SAME = tuple(
    frozenset(words.split())
    for words in (
        "举办 举行 召开 开展 组织 组织开展",
        "达 达到 为 是 有 共有 共计 合计 总计 约有",
        "出台 印发 发布 制定 制定出台",
        "参加 参与 参赛",
        "获得 取得 获 获评 荣获",
        "职工 员工 工人 产业工人",
        "企业 公司 单位 用人单位",
        "奖励 奖金 补贴 补助",
        "会同 联合 携手",
        "给予 可获 可得 获得 享受 可享 发放",
        "覆盖 涵盖 涉及",
        "目前 现在 现已 截至目前",
        "规定 要求 明确 提出",
    )
)
# One character that tells two things of a kind apart: 省财政 and 市财政, 本科 and 专科, 今年底 and 去年底.
_CONTRASTS = tuple(
    map(
        frozenset,
        ("省市县区镇国", "高中初", "本专硕博", "男女", "正副", "上下", "前后", "今去明前", "东西南北", "首末"),
    )
)
_LONGEST = 4
_SIDE = 2


def substitution_problems(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each word of the sentence that stands where the evidence has another one, and nowhere in the evidence."""
    text = "\n".join(reading.counted.plain for reading in readings)
    known = text + "\n".join(reading.around.plain for reading in readings)
    for at in range(_SIDE, len(sentence) - 1):
        left = sentence[at - _SIDE : at]
        if set(left) & set(CLAUSE_STOPS):
            continue
        for width in range(2, _LONGEST + 1):
            word, right = sentence[at : at + width], _right(sentence, at + width)
            if not _HAN.fullmatch(word) or len(word) < width or word in known or not bigrams(word):
                continue
            if other := _between(left, right, text, word):
                return [f"引文说的是「{other}」，不是「{word}」"]
    return _contrasts(sentence, known)


def _contrasts(sentence: str, known: str) -> list[str]:
    for at, sign in enumerate(sentence):
        right = sentence[at + 1 : at + 1 + _SIDE]
        if not _HAN.fullmatch(right) or len(right) < _SIDE or sign + right in known:
            continue
        for group in _CONTRASTS:
            if sign in group and any(other + right in known for other in group):
                return [f"「{sign}{right}」与引文说的不是同一级或同一类"]
    return []


def _right(text: str, at: int) -> str:
    """The two characters at `at`, or "" where a clause ends there."""
    return text[at : at + _SIDE] if text[at : at + 1] not in ("", *CLAUSE_STOPS) else ""


def _between(left: str, right: str, text: str, word: str) -> str:
    """The other word that the text has between the two neighbours; "" where it has none or one that says the same."""
    for at in spans_of(left, text):
        start = at + len(left)
        for width in range(2, _LONGEST + 1):
            other = text[start : start + width]
            if _right(text, start + width) == right and _HAN.fullmatch(other) and not set(other) & set(word):
                return "" if any({word, other} <= group for group in _SAME) else other
    return ""
