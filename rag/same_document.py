"""What a follow-up or the end of a long story asks, read in the document that the whole of it finds first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.question import understand
from rag.types import Passage, Question

_ASKS = re.compile(r"多少|几|谁|什么|哪|啥|怎|如何|咋|多[大长高久远]|吗|是不是|有没有|能不能")
_CLAUSE = re.compile(r"[^，。；！？,;!?]+[，。；！？,;!?]?")
# A story of so many characters and clauses before what is asked at its end.
LONG_STORY = 45
LEAST_CLAUSES = 4
# What a speaker says of himself before he asks (我在某地送外卖,…) is scenery too, however short.
_OF_HIMSELF = re.compile(
    r"^(?:我们?|俺们?|咱们?)(?:们|这边|家|[是在跟和想要]|[\u4e00-\u9fff]{0,3}(?:[是在跟和])|[\u4e00-\u9fff]{2,10}的[，,])"
    r"|^(?:跑|送|开|扫|干)[\u4e00-\u9fff]{1,6}的[，,]"
)
LEAST_ASKED = 8
# The whole of a short message is as good as its end where its answer is so sure; so unsure, what was left out is a condition.
SURE, UNLIKELY = 0.9, 0.2
# 「我开货车的,…有没有算上我们这号人」: who is pointed at is what the speaker said that he does.
_SUCH_AS_US = re.compile(r"(?:像|跟)?(?:我们?|俺们?|咱们?)这(?:号|种|样|帮|些|类|行|拨|批|伙)(?:的?人|儿)?的?")
_TRADE = re.compile(r"(?:开|跑|送|扫|当|做|干|搞|种|养|卖|修|教|绑|拉|带|烧|焊)[\u4e00-\u9fff]{1,5}?(?=的?[，,。]|的$)")
# 「这种宫有几家」 of a story that told of a 文化宫.
_POINTED = re.compile(r"[这那][种个些](?P<thing>[\u4e00-\u9fff])(?=(?:有|是|一共|总共|能|要|共|多|几|在|到))")
# A shorter end is read with the clause before it.
SHORTEST_END = 10


def of_this_turn(question: Question) -> Question | None:
    """What is asked at last, as a question by itself of the same places; None where that is all that was said, or nothing.

    The sentence that answers need not say again what the document is about: after a follow-up, one that does has most
    often answered the question before; after a story, it shares only the scenery.
    """
    asked = question.asked if question.carried else _end_of_story(question.standalone)
    if not _ASKS.search(asked):
        return None
    own = understand(asked, without=question.without)
    if not own.terms or own.kind == "which":
        return None
    return replace(own, text=question.text, places=question.places, slips=question.slips)


def of_a_short_message(question: Question) -> bool:
    """Whether what is asked at last follows a speaker's word on himself, which may hold a condition, and no long story."""
    return not question.carried and not _is_story(question.standalone, _CLAUSE.findall(question.standalone))


def whole_is_better(whole: float, own: float) -> bool:
    """Whether the answer to a short message as a whole is the better one, by the confidence of both."""
    return whole < UNLIKELY or whole >= max(SURE, own)


def of_the_first(passages: Sequence[Passage]) -> list[Passage]:
    """The passages of the document that the best one is of, in their order."""
    return [each for each in passages if each.document.id == passages[0].document.id]


def _end_of_story(text: str) -> str:
    """The last clauses of a long message, from the one that asks; "" for a message that tells nothing before it."""
    clauses = _CLAUSE.findall(text)
    if not _is_story(text, clauses):
        return _without_speaker(clauses)
    at = next((at for at in range(len(clauses) - 1, 0, -1) if _ASKS.search(clauses[at])), 0)
    end = _with_name("".join(clauses[at:]), "".join(clauses[:at]))
    return "".join(clauses[at - 1 :]) if at and len(end) < SHORTEST_END else end if at else ""


def _with_name(end: str, before: str) -> str:
    """The end of a story in which 「这种宫」 is called by its name where the story told it (文化宫)."""
    import rjieba

    pointed = _POINTED.search(end)
    if pointed is None:
        return end
    words = [word for word in rjieba.cut(before, False) if len(word) > 1]
    name = next((word for word in reversed(words) if word.endswith(pointed["thing"])), "")
    return f"{end[: pointed.start()]}{name}{end[pointed.end() :]}" if name else end


def _is_story(text: str, clauses: Sequence[str]) -> bool:
    return len(text) >= LONG_STORY and len(clauses) >= LEAST_CLAUSES


def _without_speaker(clauses: Sequence[str]) -> str:
    """A short message without the clause in which its speaker introduces himself; "" where it has none, or little is left."""
    if len(clauses) < 2 or not _OF_HIMSELF.match(clauses[0]) or _ASKS.search(clauses[0]):
        return ""
    trade = _TRADE.search(clauses[0])
    asked = "".join(clauses[1:])
    asked = _SUCH_AS_US.sub(f"{trade[0]}的人", asked, count=1) if trade else asked
    return asked if len(asked) >= LEAST_ASKED else ""
