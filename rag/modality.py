"""Whether a sentence tells a plan as done, a part as the whole, or a consequence without its condition."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise

from rag.dates import Date
from rag.origins import origins
from rag.reading import Reading, Source, Text
from rag.synonyms import without_light_words
from rag.wording import CLAUSE_STOPS, SENTENCE_STOPS, bigrams, bounds, pieces, words

# 将 is a plan before a verb of doing or a time, and the object's marker elsewhere (将…纳入); 争取 may mean obtained.
_MODAL = re.compile(
    r"(?<![虚模草])拟(?![定订态合人稿制])|"
    r"(?<![\"”》』动])计划(?=[\u3400-\u9fff\d])(?![的数书单项内外指期生经是为中和与等总完编共])|"
    r"将(?=[建投开实有达于在对进继全成会逐力到启推为免给把与被按获得由从每]|来)(?!用[于来])|力争|争取(?=[到在实完达建培用使让\d])|预计|有望|即将|马上|"
    r"目标(?:是|为|：|:)|规划目标|(?<![主重需只首纲摘简必])要(?=达到|在\d(?!\d*个?(?:小时|天|月|日|分钟|工作日|年)内|\d?月\d+日)|占|超过|提高|实现|完成|建成|培养|培育|新增)|"
    r"提出[,，:：]?(?=到|用\d|今后|未来|在?20\d\d年(?:[至到—-]|底))|(?:今后|未来)\d+年|"
    r"打算|有意(?=[\u3400-\u9fff])|准备(?=[\u3400-\u9fff])(?![了好金就工充的])|"
    r"(?:按照?|根据|依照)[^,，。;；]{0,12}(?:计划|规划|目标)(?=[,，])|"
    r"(?:安排|下达|制定)了?(?=[^,，。;；]{0,16}\d[^,，。;；]{0,10}计划)|"
    r"计划(?=[和与同跟][\u3400-\u9fff\d]+(?:一起|共同|联合|合作))|"
    r"(?:还|仍|也)要(?=[\u3400-\u9fff])(?![求点素闻])|"
    r"建议|(?:鼓励|探索)(?=[\u3400-\u9fff])"
)
# A sentence may say of a plan that it shall be.
_SHALL = re.compile(
    r"(?<![主重需只首纲摘简必不])要(?![求点素闻])|(?:发展|培养|培训|建设)计划|计划(?:为|是|数)|[可能](?=[得获领拿享])"
)
_UNTIL = re.compile(r"到(?P<y>20[2-9]\d)年(?:(?P<m>\d{1,2})月)?(?P<end>年?[底末])?")
# What went from one year to another is not to come.
_SINCE = re.compile(r"[从由自](?:19|20)\d\d年")
_DONE_NOW = re.compile(r"已|了(?=[，,。\d]|$)")
_DEMAND = re.compile(
    r"要求[，,:]?|应当|必须|务必|底前|推荐(?=[参申]|为)|参评|申报|准予|提出(?=20|每)|将由|再推|可优先|期满无异议"
)
_DONE = re.compile(r"已|目前|现有|截至|截止")
_DONE_BEHIND = re.compile(r"已|达到?|累计|建成|共有|现有")
_DONE_NEXT = re.compile(r"已|累计|现有|共[有计命评建办培选]")
_REACH = 16
# So far behind it a word of planning governs.
_GOVERNED = 40
_FEW = 4
_CONDITION = re.compile(
    r"^(?:如果|如(?![下上何此同])|若|倘若|只有|除非|一旦|凡)|^[^是]*的$|^对(?=[^的]{6,}的)[^是\d]*$"
)
# How much of a condition a sentence must repeat that tells what follows from it.
_KEPT = 0.5
_NUMBER = re.compile(r"\d[\d.]*")
# A condition of two parts is kept when something of both is told.
_AND_ALSO = re.compile("并且?|且")
_LIMITER = re.compile("疑似|大部分|部分|大多数|多数|少数|个别|原则上|(?<![\u3400-\u9fff])有的")


def modality_problems(text: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line when a plan is told as done, a part as the whole, or the other way round."""
    sentence = text.plain
    published = _published(readings)
    plain_texts = [reading.counted.plain for reading in readings]
    is_bounded = any(_LIMITER.search(text) for text in plain_texts)
    is_planned = any(_plans(reading.counted.plain, reading.published) for reading in readings)
    found = origins(sentence, readings) if is_bounded or is_planned else {}
    problems = []
    if not _plans(sentence, published) and not (is_planned and _SHALL.search(sentence)):
        # A deed alone says what is planned (印发); of other words it takes two.
        deeds = {start for start, end, kind in words(sentence) if end - start > 1 and _is_deed(sentence, end, kind)}
        planned = [
            plans[0]
            for at, sources in found.items()
            if all(plans := [_plan_before(s.reading.counted.plain, s.at, s.reading.published) for s in sources])
            for _ in range(1 + (at in deeds))
        ]
        planned += [word for word in _planned_figures(text, readings) for _ in range(2)]
        if len(planned) >= 2:
            problems.append(f"引文说的是「{planned[0]}」，句子说成了事实")
        elif _DONE_NOW.search(sentence) and all(_is_demanded(sentence, reading) for reading in readings):
            problems.append("引文说的是要求，句子说成了事实")
    elif is_planned:
        problems += _added_plan(sentence, published, found)
    elif not is_planned and _plans(sentence, published):
        problems.append("句子说的是计划或目标，引文不是")
    for at, sources in found.items():
        limits = [_limit_before(s.reading.counted.plain, s.at) for s in sources]
        if all(limits) and not _limit_before(sentence, at) and limits[0] not in sentence:
            problems.append(f"漏掉了引文中的「{limits[0]}」")
    problems += [f"漏掉了条件「{condition[:16]}」" for reading in readings for condition in _dropped(sentence, reading)]
    return list(dict.fromkeys(problems))


def _is_deed(sentence: str, end: int, kind: str) -> bool:
    """Whether a word is a verb, by the dictionary or by a 了 behind it."""
    return kind == "v" or sentence[end : end + 1] == "了"


def _planned_figures(text: Text, readings: tuple[Reading, ...]) -> list[str]:
    """The word of planning before each figure of the sentence that the evidence has behind one only."""
    found = []
    for figure in text.figures:
        places = [(r, f) for r in readings for f in r.counted.figures if f.same_value(figure) and f.unit == figure.unit]
        plans = [_plan_before(r.counted.plain, f.start, r.published) for r, f in places]
        if plans and all(plans):
            found.append(plans[0])
    return found


def _added_plan(sentence: str, published: Date | None, found: dict[int, list[Source]]) -> list[str]:
    """One line where the sentence plans what the evidence tells as done, though it plans something else."""
    for _, end in _plans(sentence, published):
        _, clause_end = bounds(sentence, end - 1, CLAUSE_STOPS)
        scope = [found[at] for at in range(end, clause_end) if at in found]
        planned = [_plan_before(s.reading.counted.plain, s.at, s.reading.published) for each in scope for s in each]
        if scope and not any(planned):
            return ["句子说的是计划或目标，引文不是"]
    return []


def _is_demanded(sentence: str, reading: Reading) -> bool:
    """Whether the sentence of the evidence that says most of this one demands it and does not tell it as done."""
    said = bigrams(sentence)
    units = pieces(reading.counted.plain, SENTENCE_STOPS)
    best = max(units, key=lambda unit: len(said & bigrams(unit)), default="")
    return bool(_DEMAND.search(best)) and not _DONE_NOW.search(best)


@lru_cache(maxsize=1024)
def _plans(text: str, published: Date | None) -> tuple[tuple[int, int], ...]:
    """Where a text has words of planning; 到2025年 is one where the document was not written later than that."""
    found = [match.span() for match in _MODAL.finditer(text)]
    found += [until.span() for until in _UNTIL.finditer(text) if _is_ahead(until, text, published)]
    found += _to_come(text)
    return tuple(sorted(set(found)))


def _to_come(text: str) -> list[tuple[int, int]]:
    """Where 将 stands before a verb (将出台); before a noun it marks what something is done to."""
    row = words(text)
    return [
        (start, end)
        for (start, end, _), (after, after_end, kind) in pairwise(row)
        if text[start:end] == "将" and kind == "v" and after_end - after > 1
    ]


def _is_ahead(until: re.Match[str], text: str, published: Date | None) -> bool:
    """Whether 到2024年 names a time to come, by the date of the document or by the words behind it."""
    begin, _ = bounds(text, until.start(), CLAUSE_STOPS)
    if _SINCE.search(text, begin, until.start()):
        return False
    year, month = int(until["y"]), int(until["m"] or 12)
    if published is not None and published.year is not None:
        if year > published.year:
            return not _DONE_NEXT.search(text, until.end(), until.end() + _REACH)
        if year < published.year or not (until["m"] or until["end"]):
            return False
        if until["m"] and published.month is not None:
            return month > published.month
    _, end = bounds(text, until.end() - 1, CLAUSE_STOPS)
    if _DONE_BEHIND.search(text, until.end(), min(end, until.end() + _REACH) + 2):
        return False
    _, after = bounds(text, min(end + 1, len(text) - 1), CLAUSE_STOPS)
    return not _DONE_NEXT.search(text, end, min(after, end + _REACH))


def _published(readings: tuple[Reading, ...]) -> Date | None:
    """The date of the newest evidence, to which a time in the sentence is compared."""
    dates = [reading.published for reading in readings if reading.published and reading.published.year]
    return max(dates, key=lambda date: (date.year or 0, date.month or 12), default=None)


def _plan_before(text: str, at: int, published: Date | None) -> str:
    """The word of planning that governs the word at `at` in its sentence, unless 已 or 目前 stands between; "" if none."""
    start, _ = bounds(text, at, SENTENCE_STOPS)
    plans = _plans(text, published)
    nth = bisect_right(plans, (at, 0))
    for begin, end in plans[max(0, nth - _FEW) : nth][::-1]:
        if begin >= max(start, at - _GOVERNED) and end <= at:
            return "" if _DONE.search(text, end, at) else text[begin:end]
    return ""


def _limit_before(text: str, at: int) -> str:
    start, _ = bounds(text, at, CLAUSE_STOPS)
    limits = [match for match in _LIMITER.finditer(text, start, at) if match.end() + 2 >= at]
    return limits[-1][0] if limits else ""


def _is_kept(condition: str, result: str, said: frozenset[str]) -> bool:
    """Whether one case of several, with what follows from it, is what the sentence tells."""
    stated, then = bigrams(without_light_words(condition)) or bigrams(condition), bigrams(result)
    is_case = bool(_CONDITION.search(condition)) and len(then) > 1
    return is_case and len(then & said) >= 0.6 * len(then) and len(stated & said) >= 0.8 * len(stated)


def _dropped(sentence: str, reading: Reading) -> list[str]:
    """The conditions (如果…, …的) of the evidence that the sentence leaves out while it tells what follows from them."""
    said = bigrams(sentence)
    found = []
    counted = set(_NUMBER.findall(sentence))
    for unit in pieces(reading.counted.plain, SENTENCE_STOPS):
        pairs = list(pairwise(pieces(unit, CLAUSE_STOPS)))
        if any(_is_kept(condition, result, said) for condition, result in pairs):
            continue
        for condition, result in pairs:
            then = bigrams(result)
            stated = bigrams(without_light_words(condition)) or bigrams(condition)
            # Of a sentence with figures, that clause is told which has them.
            if counted and not counted & set(_NUMBER.findall(condition + result)):
                continue
            if len(then) < 2 or not _CONDITION.search(condition) or len(then & said) < 0.6 * len(then):
                continue
            if not bigrams(without_light_words(condition)) and set(_NUMBER.findall(condition)) <= counted:
                continue
            parts = [bigrams(part) for part in _AND_ALSO.split(condition)]
            if len(stated & said) < _KEPT * len(stated) or any(part and not part & said for part in parts):
                found.append(condition)
    return found
