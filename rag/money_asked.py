"""What a sum is asked of (最低工资多少钱): a sum of another thing answers nothing, however well its place and its unit fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.normalise import search_form
from index.places import find_places
from rag.lexicon import mouth_words, plain_speech
from rag.types import Question

_ASKED = re.compile(
    r"(?P<before>[^，,。；;：:！!？?\n]*?)(?:(?:多少|几[百千万]?)(?:钱|元|块)(?![\u4e00-\u9fff]{2})"
    r"|(?<=[交缴补领])多少(?=[？?啊呀呢]|$))"
)
# What stands between a thing and its sum: how often, for whom, by which deed; it tells of no thing itself.
_BETWEEN = re.compile(
    r"(?:[一1每]个?(?:年|月|天|日|次|学期|小时|人|家|名|位|回|顿饭?|堂课?|单|斤|套|间房?|户)|一共|总共|累计|共计|大概|大约|最[高低多少]|平均|人均"
    r"|现在|目前|今年|去年|到底|应该|需要?|可以|能够?|要|(?<!工)会|得|是|有|了|过|到|给|发放?|奖|补[贴助]?|领取?|拿|交|缴纳?|花|付|投|掏|收"
    r"|出|报|涨|加|挣|赚|值|卖|筹|用|为|的|我们?|咱们?|俺们?|都|还|又|也|标准)$"
)
# Who gives or gets a sum is no thing that it is for.
_SIDES = re.compile(
    r"(?:企业|公司|单位|工厂|厂里?|政府|国家|公家|季度|[工协]会|老板|工人|职工|员工|个人|家属|[市省县区]里|街道|[厅局委部]|最[高低多少]|实际|能.)$"
)
_FOR_WHOM = re.compile(r"(?:给|向|对|帮|替|为|每[个名家位]|[那这]个?|[几一]个)$")
# The word before one of these tells which sum it is (生育津贴, 培训补贴).
_SUMS = re.compile(r"(?:津贴|补贴|补助|奖励|奖金|资助|经费|资金|工资|费用|保险|价格|标准)$")
# What is given goes by many names, which tell no sum from another.
_GIVEN = ("津贴", "补贴", "补助", "奖励", "奖金", "奖补", "资助", "经费", "资金", "激励", "给予", "发放")
_ENDS = frozenset("费金款价税")
# A word of so many characters may be written in two parts of two (住房补贴 as 租房的补贴).
_COMPOUND = 4


def without_the_asked(question: Question, known: str) -> bool:
    """Whether a sum is asked of a thing, and what is known of the answer, with what stands around it, never says that thing."""
    words = asked_of(search_form(question.asked or question.standalone))
    return bool(words) and not all(_is_said(word, known) for word in words)


@lru_cache(maxsize=1024)
def asked_of(form: str) -> tuple[str, ...]:
    """The words right before the sum that is asked for, in the search form; () where no thing stands there."""
    import rjieba

    found = _ASKED.search(form)
    if not found:
        return ()
    before = found["before"]
    mentions = find_places(before)
    before = before[max((each.end for each in mentions), default=0) :]
    while (shorter := _BETWEEN.sub("", before)) != before:
        before = shorter
    tagged = _joined(rjieba.tag(before))
    kept: list[str] = []
    while tagged and _is_thing(*tagged[-1]):
        kept.insert(0, tagged.pop()[0])
    # A deed is the thing itself only where nothing else is named.
    if not kept and len(tagged) == 1 and tagged[0][1] == "v" and len(tagged[0][0]) > 1:
        kept = [tagged.pop()[0]]
    if not kept or _FOR_WHOM.search("".join(word for word, _ in tagged)) or _SIDES.search(kept[-1]):
        return ()
    return tuple(kept[-2:] if _SUMS.search(kept[-1]) else kept[-1:])


def _joined(tagged: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tagged words, what ends a name of money (费) joined with the word before it (夜班费)."""
    found: list[tuple[str, str]] = []
    for word, tag in tagged:
        if word in _ENDS and found:
            found[-1] = (found[-1][0] + word, "n")
        elif word.strip():
            found.append((word, tag))
    return found


def _is_thing(word: str, tag: str) -> bool:
    return len(word) > 1 and tag[:1] in "nvjlbai" and tag not in {"ns", "v"} and word[0] not in "1一个"


def _is_said(word: str, known: str) -> bool:
    """Whether a word or another wording of it is said, or the two halves of a compound are."""
    if any(each in known for each in _wordings(word)):
        return True
    halves = (word[:2], word[2:]) if len(word) == _COMPOUND else ()
    return bool(halves) and all(any(each in known for each in _wordings(half)) for half in halves)


def _wordings(word: str) -> tuple[str, ...]:
    given = _GIVEN if word in _GIVEN else ()
    return (word, *plain_speech().get(word, ()), *mouth_words().get(word, ()), *given)
