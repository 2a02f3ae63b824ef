"""Most and least, up and down, before and after: which of the two a clause of the evidence says of its subject."""

from __future__ import annotations

import re

from rag.reading import Reading
from rag.wording import CLAUSE_STOPS, bigrams, pieces

_POLES = (
    (re.compile("最多|最高|最大|首位|第1|领先|居首"), re.compile("最少|最低|最小|末位|倒数|垫底")),
    (
        re.compile("增加|增长|提高|提升|上升|上涨|扩大|净增|高出|(?<!不)高于|多出|增至|升至"),
        re.compile("减少|下降|降低|回落|下跌|缩小|净减|(?<!不)低于|(?<!不)少于|降至"),
    ),
    (re.compile("提前|早于"), re.compile("推迟|延后|延期|晚于")),
    (re.compile("同意|批准|接受|赞成|支持"), re.compile("拒绝|驳回|反对")),
    (re.compile("须|必须|应当|强制"), re.compile("自愿|可以|可不|无需")),
    (re.compile("本科"), re.compile("专科|高职")),
)


def extreme_problems(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line where the clause of the evidence that says most of a clause of the sentence has the opposite word."""
    clauses = [piece for reading in readings for piece in pieces(reading.counted.plain, CLAUSE_STOPS)]
    for clause in pieces(sentence, CLAUSE_STOPS):
        said = bigrams(clause)
        # A word of several clauses that fit alike is not settled by one of them.
        best = max((len(said & bigrams(each)) for each in clauses), default=0)
        fitting = [each for each in clauses if len(said & bigrams(each)) == best]
        if best < 2:
            continue
        for one, other in ((a, b) for pair in _POLES for a, b in (pair, pair[::-1])):
            found = one.search(clause)
            if found and not other.search(clause) and all(other.search(e) and not one.search(e) for e in fitting):
                return [f"引文说的与「{found[0]}」相反"]
    return []
