"""What a long message asks at last, behind the story that it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

ASKS = re.compile(
    r"多少|(?<![好十])(?<!前(?=几[天年]))几(?![十百千万])|谁|什么|哪|啥|怎|如何|咋|多[大长高久远]|吗|是不是|有没有|能不能|([\u4e00-\u9fff])不\1"
)
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
# 「我开货车的,…有没有算上我们这号人」: who is pointed at is what the speaker said that he does.
_SUCH_AS_US = re.compile(r"(?:像|跟)?(?:我们?|俺们?|咱们?)这(?:号|种|样|帮|些|类|行|拨|批|伙)(?:的?人|儿)?的?")
_TRADE = re.compile(r"(?:开|跑|送|扫|当|做|干|搞|种|养|卖|修|教|绑|拉|带|烧|焊)[\u4e00-\u9fff]{1,5}?(?=的?[，,。]|的$)")
# 「这种宫有几家」 of a story that told of a 文化宫.
_POINTED = re.compile(r"[这那][种个些](?P<thing>[\u4e00-\u9fff])(?=(?:有|是|一共|总共|能|要|共|多|几|在|到))")
# A shorter end is read with the clause before it.
SHORTEST_END = 10
# 「我就想问一句」 and 「我好奇」 before what is asked.
_WONDERS = re.compile(
    r"^(?:请问(?:一下)?|(?:我们?|俺们?|咱们?)?(?:就|只|也|还|很|真|挺|特别?)*"
    r"(?:(?:想|要)(?:打听打听|打听|问问|问|知道|了解|请教|咨询)|好奇|纳闷)(?:一下|一句|一声|[下句您你说])*)[，,：:]?"
)


def is_story(text: str) -> bool:
    """Whether a message is so long that what it asks is only its end."""
    return _is_story(text, _CLAUSE.findall(text))


def last_asked(text: str) -> str:
    """The last clause of a story that asks, with what follows it; the text itself where it is no story, or none asks."""
    clauses = _CLAUSE.findall(text)
    at = next((at for at in range(len(clauses) - 1, 0, -1) if ASKS.search(clauses[at])), 0)
    return "".join(clauses[at:]) if at and _is_story(text, clauses) else text


def end_of_story(text: str) -> str:
    """The last clauses of a long message, from the one that asks; "" for a message that tells nothing before it."""
    clauses = _CLAUSE.findall(text)
    if not _is_story(text, clauses):
        return _without_speaker(clauses)
    at = next((at for at in range(len(clauses) - 1, 0, -1) if ASKS.search(clauses[at])), 0)
    end = _with_name(_WONDERS.sub("", "".join(clauses[at:])), "".join(clauses[:at]))
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
    if len(clauses) < 2 or not _OF_HIMSELF.match(clauses[0]) or ASKS.search(clauses[0]):
        return ""
    trade = _TRADE.search(clauses[0])
    asked = "".join(clauses[1:])
    asked = _SUCH_AS_US.sub(f"{trade[0]}的人", asked, count=1) if trade else asked
    return asked if len(asked) >= LEAST_ASKED else ""
