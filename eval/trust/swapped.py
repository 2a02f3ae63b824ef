"""Near misses made from questions that a text answers: one thing of the question is swapped for what the text does not say."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rag.types import Question, Term

_YEAR = re.compile(r"((?:19|20)\d{2})年")
_MANY = re.compile(r"(?:多少|几)(?P<unit>名|个|家|位|人|项|所|条|座|场|次)?")
_ORDINAL = re.compile(r"第([一二三四五六七八九十]|\d+)([届批期次条])|首([届批])")
_GRADE = re.compile(r"特级|高级|中级|初级|首席|国家级|省级|市级|区级|县级|乡镇级")
_GRADES = (("特级", "高级", "中级", "初级", "首席"), ("国家级", "省级", "市级", "区级", "县级", "村级"))
_SUBSETS = (
    *("女职工", "女的", "农民工", "民营企业", "外资企业", "国有企业", "青年", "退休人员", "残疾人", "少数民族"),
    *("党员", "大学生", "省级的", "区级的", "中小企业", "退役军人", "骑手", "高级技师", "博士"),
)
_ADDED = ("女", "省级", "外资", "民营", "青年", "退休", "村级", "国家级", "临时", "兼职", "海外", "高级")
_ROLES = ("负责人", "主任", "院长", "主席", "组长", "董事长", "主讲人", "冠军", "牵头单位", "设计师", "评委", "记者")
_DOINGS = ("取消", "停办", "撤销", "废止", "关停", "追回", "推迟", "投诉", "处罚", "修订", "退出", "拍卖")
_OTHER_FIGURES = (
    *(
        "一共花了多少钱",
        "占地多少平方米",
        "平均年龄多大",
        "有多少名老师",
        "收到多少份申请",
        "发了多少奖金",
        "一年开几次会",
    ),
    *("有多少人报名", "合格率是多少", "一共有多少页", "每月工资多少", "有多少台设备", "经费是多少", "有多少人中途退出"),
)
_HEAD = re.compile(
    r"^(?P<head>.{2,24}?)(?:一共|总共|共|已|已经|在|是|有|为|被|里|的)*(?:多少|几|哪|谁|什么|怎|如何|何时)"
)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A question made from another one, and what was swapped in it."""

    question: str
    kind: str


def near_misses(
    question: Question, said: str, own: Sequence[str], foreign: Sequence[str], chance: random.Random
) -> list[NearMiss]:
    """One near miss of every kind that the question's form allows; what is put in is nowhere in `said`.

    `own` are terms of the same document that the answering sentence does not hold, `foreign` those of other questions.
    """
    text = question.text
    made: list[tuple[str, str | None]] = [
        ("year", _other_year(text, said, chance)),
        ("ordinal", _other_ordinal(text, said, chance)),
        ("grade", _other_grade(text, said, chance)),
        ("subset", _subset(text, said, chance)),
        ("added", _added(text, said, chance)),
        ("role", _headed(text, lambda head: f"{head}的{_unsaid(_ROLES, said, chance)}是谁？")),
        ("doing", _headed(text, lambda head: f"{head}是哪年{_unsaid(_DOINGS, said, chance)}的？")),
        ("figure", _headed(text, lambda head: f"{head}{chance.choice(_OTHER_FIGURES)}？")),
        ("entity", _other_term(question, own, chance)),
        ("object", _other_term(question, [term for term in foreign if term not in said], chance)),
    ]
    return [NearMiss(asked, kind) for kind, asked in made if asked and asked != text]


def _unsaid(words: Sequence[str], said: str, chance: random.Random) -> str:
    free = [word for word in words if word not in said]
    return chance.choice(free or list(words))


def _other_year(text: str, said: str, chance: random.Random) -> str | None:
    found = _YEAR.search(text)
    years = [str(year) for year in range(2008, 2027) if str(year) not in said and str(year) not in text]
    if not years:
        return None
    year = chance.choice(years)
    if found:
        return text[: found.start(1)] + year + text[found.end(1) :]
    many = _MANY.search(text)
    at = max((m.end() for m in re.finditer(r"[市省区县州会]", text[: many.start()])), default=0) if many else 0
    return f"{text[:at]}{year}年{text[at:]}" if many and at else None


def _other_ordinal(text: str, said: str, chance: random.Random) -> str | None:
    found = _ORDINAL.search(text)
    if not found:
        return None
    unit = found[2] or found[3]
    others = [number for number in "二三四五六七八九" if f"第{number}{unit}" not in said + text]
    return f"{text[: found.start()]}第{chance.choice(others)}{unit}{text[found.end() :]}" if others else None


def _other_grade(text: str, said: str, chance: random.Random) -> str | None:
    found = _GRADE.search(text)
    if not found:
        return None
    group = next((grades for grades in _GRADES if found[0] in grades), _GRADES[1])
    after = text[found.end() : found.end() + 2]
    others = [grade for grade in group if grade != found[0] and grade + after not in said]
    return text[: found.start()] + chance.choice(others) + text[found.end() :] if others else None


def _subset(text: str, said: str, chance: random.Random) -> str | None:
    """A part asked of the whole: 「…有多少家企业」 becomes 「…的企业里，女职工有多少人」."""
    found = _MANY.search(text)
    if not found or found.start() < 4:
        return None
    part = _unsaid(_SUBSETS, said, chance)
    whole = text[: found.start()].rstrip("有共是的一总在了")
    thing = text[found.end() :].rstrip("？?。")
    unit = found["unit"] or "人"
    form = chance.choice(("{whole}的{thing}里，{part}有多少{unit}？", "{whole}的{thing}中{part}占几{unit}？"))
    return form.format(whole=whole, thing=thing[:10], part=part, unit=unit) if thing else None


def _added(text: str, said: str, chance: random.Random) -> str | None:
    found = _MANY.search(text)
    thing = text[found.end() : found.end() + 2] if found else ""
    if not found or not re.fullmatch(r"[\u4e00-\u9fff]{2}", thing):
        return None
    words = [word for word in _ADDED if word + thing not in said]
    return text[: found.end()] + chance.choice(words) + text[found.end() :] if words else None


def _headed(text: str, make: Callable[[str], str]) -> str | None:
    found = _HEAD.match(text)
    return make(found["head"]) if found else None


def _other_term(question: Question, terms: Sequence[str], chance: random.Random) -> str | None:
    places = [term.text for term in _swappable(question)]
    if not places or not terms:
        return None
    swapped = chance.choice(places)
    like = [term for term in terms if abs(len(term) - len(swapped)) <= 1 and term not in question.text]
    return question.text.replace(swapped, chance.choice(like), 1) if like else None


def _swappable(question: Question) -> Iterator[Term]:
    """The things of the question that stand in it as typed."""
    return (term for term in question.terms if term.weight >= 0.7 and len(term.text) > 1 and term.text in question.text)
