"""For whom it holds: a sentence may not widen those who get or may do something, nor give one what another one gets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.reading import Reading
from rag.wording import CLAUSE_STOPS, SENTENCE_STOPS, bigrams, pieces

_GIVEN = "一次性|免费|予|奖励|补助|补贴|发放|提供|资助|报销|减免"
_ALLOWED = "可以|可(?![能持靠观见行爱])|享受|有权|应当|不得|必须|须|晋升"
_WHO = (
    re.compile(rf"(?:^|[\u3400-\u9fff])[对给为向](?P<who>[^对给为向]{{3,40}}?)(?={_GIVEN})"),
    re.compile(rf"(?P<who>[^的]{{3,40}}的[^的]{{2,6}}?)(?={_ALLOWED})"),
)
# So much of what is given must be told before it is asked for whom, and so much of whom must be told then.
_TOLD = 0.5
_NAMED = 0.7
_FIGURE = re.compile(r"\d[\d.]*")
# A time or a state before a duty bounds it (孕期不得安排夜班).
_WHILE = re.compile(
    r"(?P<time>[\u3400-\u9fff]{1,3}(?:期间|期|时|后|前|内))(?P<duty>(?:不得|应当|必须|须|可以)[\u3400-\u9fff]{4})"
)
_EACH = re.compile(r"(?P<who>[^，,。；;]{2,40}?)分别(?:负责|是|为|由|获得?|达到?|有)?(?P<what>[^，,。；;]{2,40})")
_BOUND = re.compile(
    r"(?P<figure>\d[\d.]*)(?:个月|周岁|[元人年岁天月名个家级]|人次)?[及或]?(?:以上|以下|以内)的?(?P<group>[\"“]?[\u3400-\u9fff]{2,6})"
)
_AND = re.compile("[、和与及]")


def recipient_problems(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line for a group that the sentence names more widely than the evidence, or that gets what another one gets."""
    said = bigrams(sentence)
    clauses = [piece for reading in readings for piece in pieces(reading.counted.plain, CLAUSE_STOPS)]
    if dropped := _threshold(sentence, clauses):
        return [f"漏掉了条件「{dropped}」"]
    for clause in clauses:
        for match in _WHILE.finditer(clause):
            if match["duty"] in sentence and match["time"][-2:] not in sentence:
                return [f"漏掉了条件「{match['time']}」"]
    named = [who for clause in clauses for who, what in _groups(clause) if _is_told(what, sentence)]
    for who in named:
        group, _, head = who.rpartition("的")
        if (
            group
            and bigrams(head)
            and not bigrams(head) & said
            and len(bigrams(group) & said) >= _NAMED * len(bigrams(group))
        ):
            return [f"引文中得到的是「{head}」"]
    wide = [who for who in named if who[-2:] in sentence and _is_widened(who, said)]
    # Where two groups get the like, the one that is named wholly is meant.
    if wide and len(wide) == len(named):
        return [f"漏掉了对象的条件「{wide[0][:16]}」"]
    return _crossed(sentence, readings)


def _is_told(what: str, sentence: str) -> bool:
    """Whether the sentence tells what is given, with its first figure where it has one."""
    given, figures = bigrams(what), _FIGURE.findall(what)[:1]
    return bool(given) and len(given & bigrams(sentence)) >= _TOLD * len(given) and all(f in sentence for f in figures)


def _is_widened(who: str, said: frozenset[str]) -> bool:
    """Whether a group is named in part: not at all means that it stands in what came before."""
    named = bigrams(who)
    if not 0 < len(named & said) < len(named):
        return False
    bounds = [bigrams(each) for each in who.split("的")[:-1]]
    return len(named & said) < _NAMED * len(named) or any(len(each & said) < 0.5 * len(each) for each in bounds if each)


def _threshold(sentence: str, clauses: list[str]) -> str:
    """The bound of a group (10万元以上的成果, 100人以上企业) that the sentence leaves out while it names the group."""
    said = bigrams(sentence)
    for clause in clauses:
        for match in _BOUND.finditer(clause):
            rest = bigrams(clause[: match.start()]) | bigrams(clause[match.end() :])
            told = len(rest & said) >= _TOLD * len(rest) if rest else match["group"] in sentence and _counts(match[0])
            named = match["group"][:2] in sentence or (match["group"][2:4] or "-") in sentence
            if told and named and match["figure"] not in sentence:
                return match[0]
    return ""


def _counts(bound: str) -> bool:
    """Whether a bound is of a group; 5万元以下罚款 is a sum."""
    return "元" not in bound


def _groups(clause: str) -> Iterator[tuple[str, str]]:
    for pattern in _WHO:
        if match := pattern.search(clause):
            yield match["who"], clause[match.end() :]


def _crossed(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line where 甲、乙分别负责培训和兑现, and the sentence says that 甲 does what 乙 does."""
    for reading in readings:
        for unit in pieces(reading.counted.plain, SENTENCE_STOPS):
            for match in _EACH.finditer(unit):
                who, what = _AND.split(match["who"]), _AND.split(match["what"])
                if len(who) != len(what) or len(who) < 2:
                    continue
                for clause in pieces(sentence, CLAUSE_STOPS):
                    for at, name in enumerate(who):
                        others = [each for i, each in enumerate(what) if i != at and each in clause]
                        alone = name in clause and not any(each in clause for each in who if each != name)
                        if alone and others and what[at] not in clause:
                            return [f"引文中「{others[0]}」的不是「{name}」"]
    return []
