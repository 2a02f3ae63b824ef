"""Refusing: a calibrated confidence, the reason that is true of this question, and the wording for each reason."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.library import Library
from index.measures import measures
from index.places import is_within
from rag.extract import Extract, around
from rag.lexicon import domain_words
from rag.runs import governing_years
from rag.terms import Asked, coverage, mass_said, pairs_of, rarest_said, weakest
from rag.types import Question, Reason
from rag.wanted import defined, shapeless
from rag.which import asks_for_absence

WORDING: dict[Reason, str] = {
    "no_content": "资料库中没有相关内容，不能回答这个问题。",
    "unknown_place": "资料库中没有该城市的资料，不能回答这个问题。",
    "place_silent": "该城市的资料没有提到这件事，不能回答这个问题。",
    "off_topic": "这个问题不在产业工人队伍建设改革的资料范围内，资料库中没有相关内容。",
    "out_of_dates": "资料库中没有说明这个时间的情况，不能回答这个问题。",
    "private": "这个问题涉及个人隐私信息，资料库不提供此类内容。",
}
GREETING = "您好！我可以回答产业工人队伍建设改革（产改）方面的问题，回答都附有资料原文。"
ASK_MORE = "您想了解{place}的哪一方面？资料库里有这个地方的资料，请说得具体一些。"
_GREETING = re.compile(
    r"^(?:(?:你好|您好|hi|hello|嗨|早|早上好|下午好|晚上好|在吗|在不在|谢谢|多谢|感谢|再见|你是谁|嗯|好的)"
    r"(?:你|您|了|啊|呀|吗|哦)*[\s,.!?~。！？，、]*)+$",
    re.I,
)
_PRIVATE = re.compile(
    r"手机号|手机号码|身份证号|家庭住址|家庭地址|住在哪|住哪|银行卡|微信号|私人电话|个人电话|家里电话|联系电话|联系方式|电话号码|电话是多少|电话多少|的电话(?!会)|的生日|生日是|哪天(?:过)?生日"
)
_SOMEBODY = re.compile(
    r"(?:同事|邻居|朋友|老乡|亲戚|工友|班长|领导|隔壁)(?!们|小组|班子|干部).{0,8}(?:工资|收入|奖金|挣多少|住|电话(?!会)|身份证|多大)"
)
_LOCAL = re.compile(r"[\u4e00-\u9fff]{2}(?:镇|街道)")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
_SPAN = re.compile(r"[2-9两几]年[来间里]|[2-9]年(?:期间|累计)")
_OFFICE = re.compile(
    r"(?:联系|找)(?:到)?(?:\w{0,4})工会|工会的?(?:联系|电话|地址)|热线|咨询电话|举报电话|投诉电话|服务电话|办公电话"
)
# Weights of the confidence: a logistic over readings of the extracts, fitted on the dev halves of the project's own
# question sets and on the same questions asked of news that do not answer them (`changai eval calibrate`, with the
# arguments in eval/RESULTS.md). The threshold is a point of the same curve: about one answerable question in fifty refused.
BIAS = -3.51
WEIGHTS = {
    "covered": 1.46,
    "spoken": 1.79,
    "lost": -0.46,
    "fitting": 1.35,
    "likeness": 1.6,
    "rarest": 1.28,
    "mass": 2.35,
    "unshaped": 1.21,
    "shapeless": -2.06,
    "year_missed": -5.08,
}
# A question without a place or a word of the field is answered only where the words themselves say this share of it.
STRANGE_SPOKEN = 0.6
THRESHOLD = 0.45
# Where one place has the answer, the same question of the place beside it is met with less.
BESIDE = 0.35


@dataclass(frozen=True, slots=True)
class Readings:
    """What the confidence is computed from, each in 0..1.

    `covered`: the question, by the extracts and what stands around them; `spoken`: by the extracts alone; `lost`: the
    heaviest term that is missing; `fitting`: the shape that the kind wants; `likeness`: cosine of question and extract;
    `rarest`: the rarest character pairs of the question that are there; `mass`: the weight of the terms that are there;
    `unshaped`: the kind wants no shape; `shapeless`: a figure, date, role or definition was asked and none is there;
    `year_missed`: a year was asked and is not there.
    """

    covered: float = 0.0
    spoken: float = 0.0
    lost: float = 1.0
    fitting: float = 0.0
    likeness: float = 0.0
    rarest: float = 0.0
    mass: float = 0.0
    unshaped: float = 0.0
    shapeless: float = 1.0
    year_missed: float = 0.0

    @property
    def confidence(self) -> float:
        """The chance that the extracts answer the question, in 0..1."""
        logit = BIAS + sum(weight * getattr(self, name) for name, weight in WEIGHTS.items())
        return 1 / (1 + math.exp(-logit))


def readings(question: Question, terms: Asked, extracts: Sequence[Extract], library: Library) -> Readings:
    """The readings of an answer's extracts taken together."""
    if not extracts:
        return Readings(year_missed=float(bool(question.years)))
    best = extracts[0]
    form = " ".join(extract.search for extract in extracts)
    known = " ".join([around(best.line), best.line.before, best.line.search, best.line.passage.chunk.search_text])
    lost, _ = weakest(terms, f"{form} {known}")
    vectors = library.embedder.embed([question.search, form])
    return Readings(
        covered=coverage(terms, form, [(known, 0.8)]),
        spoken=coverage(terms, form),
        lost=lost,
        fitting=best.fitting,
        likeness=max(0.0, float(vectors[0] @ vectors[1])),
        mass=mass_said(terms, f"{form} {known}"),
        rarest=rarest_said(terms, f"{form} {known}"),
        unshaped=float(question.kind in {"how", "yesno", "other"} and not defined(question)),
        shapeless=float(shapeless(question, best.fitting)),
        year_missed=float(_misses_year(question, best)),
    )


def _misses_year(question: Question, best: Extract) -> bool:
    """Whether a year was asked and the words are of another, or of none while nothing around dates them to it."""
    if not question.years:
        return False
    years = governing_years(best.line, best.start, best.search)
    if years:
        return not years & set(question.years)
    document = best.line.passage.document
    if _SPAN.search(best.search):
        # What was done over some years is not the figure of any one of them.
        return True
    # A page without a date is of the newest year that it names.
    dated = document.published or max(_ANY_YEAR.findall(document.text), default="")
    known = f"{around(best.line)} {best.line.before} {dated}"
    return not any(year in known for year in question.years)


def wording(question: Question, reason: Reason) -> str:
    """What a refusal says: a greeting is answered, a bare place name is asked about, the rest by its reason."""
    if is_greeting(question.text):
        return GREETING
    if question.places and not question.terms and reason == "place_silent":
        return ASK_MORE.format(place=question.places[0])
    return WORDING[reason]


def is_strange(question: Question, found: Readings) -> bool:
    """Whether the question is none of this field's and the words found do not say it plainly either."""
    return not question.places and not _of_the_field(question) and found.spoken < STRANGE_SPOKEN


def _of_the_field(question: Question) -> bool:
    return any(word in question.search for word in domain_words()) or any(
        measure.said_in(question.search) for measure in measures()
    )


def at_the_door(question: Question, library: Library) -> Reason | None:
    """Reasons that need no search: a greeting, private matters, a place that the library does not hold."""
    if is_greeting(question.text):
        return "off_topic"
    if _is_private(question):
        return "private"
    if question.kind == "which" and asks_for_absence(question):
        return "no_content"
    unheld = bool(question.places) and not any(_held(place, library) for place in question.places)
    unheard = not question.places and (bool(question.unknown_places) or _unheard_of(question, library))
    return "unknown_place" if unheld or unheard else None


def _is_private(question: Question) -> bool:
    if _SOMEBODY.search(question.search):
        return True
    return bool(_PRIVATE.search(question.search)) and not _OFFICE.search(question.search)


def is_greeting(text: str) -> bool:
    """Whether the text only greets or thanks."""
    return bool(_GREETING.match(text.strip()))


def _held(place: str, library: Library) -> bool:
    return any(is_within(held, place) or is_within(place, held) for held in library.place_names())


def _unheard_of(question: Question, library: Library) -> bool:
    """Whether a town or village is named that no passage speaks of, in any pair of its characters."""
    return any(
        not any(library.document_frequency(pair) for pair in pairs_of(name)) for name in _LOCAL.findall(question.search)
    )


def after_search(question: Question, missed_year: bool, library: Library) -> Reason:
    """The reason for a question whose best extract is not good enough."""
    newest = library.newest()
    if question.years and (missed_year or (newest and all(year > newest[:4] for year in question.years))):
        return "out_of_dates"
    if question.places:
        return "place_silent"
    return "no_content" if _of_the_field(question) else "off_topic"
