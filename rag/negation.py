"""Whether a sentence and its evidence say yes and no, more and less, may and must about the same things."""

from __future__ import annotations

import re

from rag.origins import denials, origins
from rag.reading import Reading, Source
from rag.wording import CLAUSE_STOPS, bigrams, bounds, pieces

_SCOPE = 10
_NEAR = 8
_UP = re.compile(
    "提高|提升|增长|增加|上升|上涨|扩大|多出|多于|高出|(?<!不)高于|超出|(?<!占)比(?![最例重])[^，。]{1,8}[多高]"
)
_DOWN = re.compile("下降|降低|减少|下跌|回落|缩小|缩减|(?<!不)少于|(?<!不)低于|(?<!占)比(?![最例重])[^，。]{1,8}[少低]")
_MAY = re.compile("可以|可(?![能持靠观见行爱])|有权")
_MUST = re.compile("应当|应(?![用急对届聘邀变征])|必须|须|不得")
_OPPOSITES = (
    "增长|下降 增加|减少 提高|降低 上升|下降 扩大|缩小 高于|低于 允许|禁止 同意|反对 同意|拒绝 成立|撤销 成立|注销 开始|结束 "
    "建立|解除 签订|解除 结成|解除 开工|建成 开工|竣工 开工|完工 推迟|取消 延长|终止 继续|终止 暂停|注销 暂停|取消 恢复|停止 "
    "提前|推迟 申报|授予 有偿|免费 收费|免费 必须|自愿 全部|部分 所有|部分 公开|保密 批准|驳回 合格|不合格 盈利|亏损 "
    "超额|不足 优先|限制 支持|反对 设立|取消 保留|取消 强制|自愿 以上|以下 之前|之后 以前|以后 上半年|下半年"
)


def _is_denied_alike_throughout(sentence: str, readings: tuple[Reading, ...]) -> bool:
    """Whether the clause that says most of each clause with a denial denies too, whatever the words."""
    theirs = [clause for reading in readings for clause in pieces(reading.counted.plain, CLAUSE_STOPS)]
    denying = [clause for clause in pieces(sentence, CLAUSE_STOPS) if denials(clause)]
    best = [max(theirs, key=lambda each: len(bigrams(clause) & bigrams(each)), default="") for clause in denying]
    return bool(denying) and all(
        len(denials(mine)) <= len(denials(other)) for mine, other in zip(denying, best, strict=True)
    )


def negation_problems(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each denial that the sentence drops, adds or turns round, seen at the words that both texts share."""
    found = origins(sentence, readings)
    problems = []
    alike = _is_denied_alike_throughout(sentence, readings)
    for at, sources in found.items():
        # A word that is denied at once in one text must be denied near by in the other: 未参加…的给予 is not 不给予.
        for reach, within in () if alike else ((1, 8), (3, _SCOPE)):
            if _denial_before(sentence, at, reach) and not any(
                _denied(source, within) or _is_denied_alike(sentence, at, source) for source in sources
            ):
                problems.append(f"引文没有否定「{sentence[at : at + 2]}」")
        for reach, within in ((1, 8), (_SCOPE, 40)):
            words = [_denied(source, reach) for source in sources]
            if all(words) and not _denial_before(sentence, at, within):
                problems.append(f"漏掉了引文中的否定词「{words[0]}」")
    return list(dict.fromkeys(problems))[:2]


def _is_denied_alike(sentence: str, at: int, source: Source) -> bool:
    """Whether the denial before a word stands with its verb in the clause of the evidence (不得安排…夜班劳动)."""
    start, _ = bounds(sentence, at, CLAUSE_STOPS)
    text = source.reading.counted.plain
    begin, _ = bounds(text, source.at, CLAUSE_STOPS)
    phrases = [sentence[first : last + 2] for first, last in denials(sentence) if start <= first and last + 2 <= at]
    return any(phrase in text[begin : source.at] for phrase in phrases)


def _denied(source: Source, reach: int) -> str:
    return _denial_before(source.reading.counted.plain, source.at, reach)


def opposite_problems(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each word of the sentence whose opposite stands in the evidence while it does not itself."""
    text = "\n".join(reading.counted.plain for reading in readings)
    problems = []
    clauses = pieces(text, CLAUSE_STOPS)
    for clause in pieces(sentence, CLAUSE_STOPS):
        best = max(clauses, key=lambda each: len(bigrams(clause) & bigrams(each)), default="")
        for said, other in ((_MAY, _MUST), (_MUST, _MAY)):
            if (match := said.search(clause)) and not said.search(best) and other.search(best):
                problems.append(f"引文没有说「{match[0]}」")
    for said, other in ((_UP, _DOWN), (_DOWN, _UP)):
        if (match := said.search(sentence)) and not said.search(text) and other.search(text):
            problems.append(f"引文没有说「{match[0]}」")
    for pair in _OPPOSITES.split():
        for word, opposite in (pair.split("|"), pair.split("|")[::-1]):
            if word in sentence and word not in text and opposite in text and opposite not in sentence:
                problems.append(f"引文说的是「{opposite}」，不是「{word}」")
    return problems


def _denial_before(text: str, at: int, reach: int) -> str:
    """The negator that governs the word at `at`: in its clause, at most `reach` characters before it; "" if none."""
    start, _ = bounds(text, at, CLAUSE_STOPS)
    for begin, end in reversed(denials(text)):
        # What stands behind 的 is no part of what is denied before it: 未入会的骑手在保障范围内.
        # 非 denies the noun behind it alone (非工伤医疗费用).
        if text[begin:end] == "非" and at > end:
            continue
        if start <= begin and end <= at <= end + reach and (reach > _NEAR or "的" not in text[end:at]):
            return text[begin:end]
    return ""
