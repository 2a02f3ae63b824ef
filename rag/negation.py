"""Whether a sentence and its evidence say yes and no, done and planned, some and all about the same things."""

from __future__ import annotations

import re
from itertools import pairwise

from rag.reading import Reading, Source, sources_of
from rag.wording import CLAUSE_STOPS, SENTENCE_STOPS, bigrams, bounds, pieces

# Words that hold a negator's character without denying anything.
_NO_NEGATION_TEXT = (
    "不断 不仅 不但 不只 不光 不同 不少 不久 不论 不管 不低于 不超过 不少于 不高于 不小于 不大于 不足 不等 不一 不已 不愧 "
    "不忘 不凡 不懈 不得不 不能不 不可或缺 不动产 不锈钢 不限 不到 不满 不惜 不易 不便 不折不扣 源源不断 持续不断 差不多 无锡 "
    "无数 无论 无偿 无私 无人机 无疑 无不 无线 无缝 无愧 无障碍 非常 非公 非遗 非物质 非营利 非凡 非洲 非农 未来 未成年 未央 "
    "没收 埋没 没落 否则 是否 能否 可否 莫不 除非 并非易事 未雨绸缪 未满 不下"
)
_NO_NEGATION = _NO_NEGATION_TEXT.split()
_MASK = re.compile("|".join(sorted(map(re.escape, _NO_NEGATION), key=len, reverse=True)))
_NEGATOR = re.compile(
    "不得|不予|不能|不会|不可|不应|不许|不准|不再|禁止|严禁|没有|尚未|并未|从未|未能|未曾|未经|"
    "并非|并不|无法|无需|无须|拒绝|取消|停止|暂停|不|未|没|无|非|勿"
)
_SCOPE = 10
# 将 is a plan before a verb of doing or a time, and the object's marker elsewhere (将…纳入).
_MODAL = re.compile(
    r"(?<![虚模草])拟(?![定订态合人稿制])|计划(?=[到在于用投建新培开实打从向每三两\d])|"
    r"将(?=[建投开实新有达于在对进继全成会逐力到启推]|来)|力争|争取|目标(?:是|为|：|:)|预计|有望|"
    r"(?:建议|鼓励|探索)(?=[\u3400-\u9fff])|到20[2-9]\d年(?![^，。；]{0,16}(?:已|达到?|累计|建成|共有))"
)
_DONE = re.compile(r"已|目前|现有|截至|截止")
_CONDITION = re.compile(r"^(?:如果|如(?![下上何此同])|若|倘若|只有|除非|一旦|凡)|^[^是]*的$")
_LIMITER = re.compile("大部分|部分|大多数|多数|少数|个别|原则上|有的")
_UP = re.compile("提高|提升|增长|增加|上升|上涨|扩大|多出|多于")
_DOWN = re.compile("下降|降低|减少|下跌|回落|缩小|缩减|少于|比[^，。]{1,8}少")
_MAY = re.compile("可以|可(?![能持靠观见行爱])|有权")
_MUST = re.compile("应当|应(?![用急对届聘邀变征])|必须|须|不得")
_OPPOSITES = (
    "增长|下降 增加|减少 提高|降低 上升|下降 扩大|缩小 高于|低于 允许|禁止 同意|反对 同意|拒绝 成立|撤销 成立|注销 开始|结束 "
    "有偿|免费 收费|免费 必须|自愿 全部|部分 所有|部分 公开|保密 批准|驳回 合格|不合格 盈利|亏损 "
    "超额|不足 优先|限制 支持|反对 设立|取消 保留|取消 强制|自愿 以上|以下 之前|之后 以前|以后 上半年|下半年"
)


def negation_problems(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each denial that the sentence drops, adds or turns round, seen at the words that both texts share."""
    origins = _origins(sentence, readings)
    problems = []
    for at, sources in origins.items():
        # A word that is denied at once in one text must be denied near by in the other: 未参加…的给予 is not 不给予.
        for reach, within in ((1, 8), (3, _SCOPE)):
            if _denial_before(sentence, at, reach) and not any(_denied(source, within) for source in sources):
                problems.append(f"引文没有否定「{sentence[at : at + 2]}」")
        for reach, within in ((1, 8), (_SCOPE, 40)):
            words = [_denied(source, reach) for source in sources]
            if all(words) and not _denial_before(sentence, at, within):
                problems.append(f"漏掉了引文中的否定词「{words[0]}」")
    for start, end in _denials(sentence):
        _, clause_end = bounds(sentence, start, CLAUSE_STOPS)
        scope = [source for at, sources in origins.items() if end <= at < clause_end for source in sources]
        phrase = sentence[start : min(end + 2, clause_end)]
        as_it_stands = any(phrase in reading.counted.plain for reading in readings)
        if not as_it_stands and not any(_denied(source, 40) for source in scope):
            problems.append(f"引文中没有与「{sentence[start : end + 4]}」相应的否定")
    return list(dict.fromkeys(problems))[:2]


def _denied(source: Source, reach: int) -> str:
    return _denial_before(source.reading.counted.plain, source.at, reach)


def opposite_problems(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each word of the sentence whose opposite stands in the evidence while it does not itself."""
    text = "\n".join(reading.counted.plain for reading in readings)
    problems = []
    for said, other in ((_MAY, _MUST), (_MUST, _MAY), (_UP, _DOWN), (_DOWN, _UP)):
        if (match := said.search(sentence)) and not said.search(text) and other.search(text):
            problems.append(f"引文没有说「{match[0]}」")
    for pair in _OPPOSITES.split():
        for word, opposite in (pair.split("|"), pair.split("|")[::-1]):
            if word in sentence and word not in text and opposite in text and opposite not in sentence:
                problems.append(f"引文说的是「{opposite}」，不是「{word}」")
    return problems


def modality_problems(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line when a plan is told as done, a part as the whole, or the other way round."""
    origins = _origins(sentence, readings)
    problems = []
    if not _MODAL.search(sentence):
        planned = [
            words[0]
            for sources in origins.values()
            if all(words := [_plan_before(s.reading.counted.plain, s.at) for s in sources])
        ]
        if len(planned) >= 2:
            problems.append(f"引文说的是「{planned[0]}」，句子说成了事实")
    elif not any(_MODAL.search(reading.counted.plain) for reading in readings):
        problems.append("句子说的是计划或目标，引文不是")
    for at, sources in origins.items():
        limits = [_limit_before(s.reading.counted.plain, s.at) for s in sources]
        if all(limits) and not _limit_before(sentence, at) and limits[0] not in sentence:
            problems.append(f"漏掉了引文中的「{limits[0]}」")
    problems += [f"漏掉了条件「{condition[:16]}」" for reading in readings for condition in _dropped(sentence, reading)]
    return list(dict.fromkeys(problems))


def _dropped(sentence: str, reading: Reading) -> list[str]:
    """The conditions (如果…, …的) of the evidence that the sentence leaves out while it tells what follows from them."""
    said = bigrams(sentence)
    found = []
    for unit in pieces(reading.counted.plain, SENTENCE_STOPS):
        clauses = pieces(unit, CLAUSE_STOPS)
        for condition, result in pairwise(clauses):
            then = bigrams(result)
            if len(then) < 2 or not _CONDITION.search(condition) or len(then & said) < 0.6 * len(then):
                continue
            if len(bigrams(condition) & said) < 0.34 * len(bigrams(condition)):
                found.append(condition)
    return found


def _origins(sentence: str, readings: tuple[Reading, ...]) -> dict[int, list[Source]]:
    """For each content bigram of the sentence that the evidence has: where it most likely comes from."""
    denials = {at for start, end in _denials(sentence) for at in range(start - 1, end)}
    found = {}
    for at in range(len(sentence) - 1):
        if at in denials or not bigrams(sentence[at : at + 2]):
            continue
        if sources := sources_of(sentence, at, readings):
            found[at] = sources
    return found


def _denials(text: str) -> list[tuple[int, int]]:
    masked = _MASK.sub(lambda match: "〇" * len(match[0]), text)
    return [match.span() for match in _NEGATOR.finditer(masked)]


def _denial_before(text: str, at: int, reach: int) -> str:
    """The negator that governs the word at `at`: in its clause, at most `reach` characters before it; "" if none."""
    start, _ = bounds(text, at, CLAUSE_STOPS)
    for begin, end in reversed(_denials(text)):
        if start <= begin and end <= at <= end + reach:
            return text[begin:end]
    return ""


def _plan_before(text: str, at: int) -> str:
    """The word of planning that governs the word at `at` in its sentence, unless 已 or 目前 stands between; "" if none."""
    start, _ = bounds(text, at, SENTENCE_STOPS)
    # The search goes on past `at`, because what follows tells whether 到2024年 is a plan or a count so far.
    modals = [each for each in _MODAL.finditer(text, max(start, at - 40)) if each.end() <= at]
    if not modals or _DONE.search(text, modals[-1].end(), at):
        return ""
    return modals[-1][0]


def _limit_before(text: str, at: int) -> str:
    start, _ = bounds(text, at, CLAUSE_STOPS)
    limits = [match for match in _LIMITER.finditer(text, start, at) if match.end() + 2 >= at]
    return limits[-1][0] if limits else ""
