"""Refusing: a calibrated confidence, the reason that is true of this question, and the wording for each reason."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.library import Library
from index.places import is_within
from rag.terms import WeighedTerm, coverage, weakest
from rag.extract import Extract, around
from rag.lexicon import domain_words
from rag.types import Question, Reason

WORDING: dict[Reason, str] = {
    "no_content": "资料库中没有相关内容，不能回答这个问题。",
    "unknown_place": "资料库中没有该城市的资料，不能回答这个问题。",
    "place_silent": "该城市的资料没有提到这件事，不能回答这个问题。",
    "off_topic": "这个问题不在产业工人队伍建设改革的资料范围内，资料库中没有相关内容。",
    "out_of_dates": "资料库中没有这个时间的资料，不能回答这个问题。",
    "private": "这个问题涉及个人隐私信息，资料库不提供此类内容。",
}
GREETING = "您好！我可以回答产业工人队伍建设改革（产改）方面的问题，回答都附有资料原文。"
_GREETING = re.compile(
    r"^(?:你好|您好|hi|hello|嗨|在吗|谢谢|多谢|感谢|再见|早上好|下午好|晚上好)[\s,.!?~。！？，]*$", re.I
)
_PRIVATE = re.compile(
    r"手机号|手机号码|身份证|家庭住址|家庭地址|住在哪|住哪|银行卡|微信号|私人电话|个人电话|家里电话|联系电话|联系方式|电话号码|电话是多少|电话多少|的电话|婚姻|生日|年龄多大|多大年纪"
)
_OFFICE = re.compile(r"热线|咨询电话|举报电话|投诉电话|服务电话|办公电话")
# Weights of the confidence: a logistic over four readings of the best extract, fitted on the dev halves of the
# project's own question sets (command: changai eval calibrate). The threshold is the point chosen on the same curve.
BIAS = -4.2
ON_COVERED = 6.0
ON_LOST = -3.0
ON_FIT = 1.4
ON_YEAR = -2.5
THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Readings:
    """What the confidence is computed from: terms covered, the heaviest term lost, fit of the shape, a year missed."""

    covered: float
    lost: float
    fitting: float
    year_missed: float

    @property
    def confidence(self) -> float:
        """The chance that the extract answers the question, in 0..1."""
        logit = (
            BIAS + ON_COVERED * self.covered + ON_LOST * self.lost + ON_FIT * self.fitting + ON_YEAR * self.year_missed
        )
        return 1 / (1 + math.exp(-logit))


def readings(question: Question, terms: tuple[WeighedTerm, ...], extracts: Sequence[Extract]) -> Readings:
    """The readings of an answer's extracts taken together."""
    if not extracts:
        return Readings(0.0, 1.0, 0.0, float(bool(question.years)))
    best = extracts[0]
    form = " ".join(extract.search for extract in extracts)
    known = " ".join([around(best.line), best.line.before, best.line.search, best.line.passage.chunk.search_text])
    lost, _ = weakest(terms, f"{form} {known}")
    document = best.line.passage.document
    dated = f"{form} {known} {document.published or ''}"
    missed = bool(question.years) and not any(year in dated for year in question.years)
    return Readings(coverage(terms, form, known, 0.8), lost, best.fitting, float(missed))


def at_the_door(question: Question, library: Library) -> Reason | None:
    """Reasons that need no search: a greeting, private matters, a place that the library does not hold."""
    if is_greeting(question.text):
        return "off_topic"
    if _PRIVATE.search(question.search) and not _OFFICE.search(question.search):
        return "private"
    if question.places and not any(_held(place, library) for place in question.places):
        return "unknown_place"
    if question.unknown_places and not question.places:
        return "unknown_place"
    return None


def is_greeting(text: str) -> bool:
    """Whether the text only greets or thanks."""
    return bool(_GREETING.match(text.strip()))


def _held(place: str, library: Library) -> bool:
    return any(is_within(held, place) or is_within(place, held) for held in library.place_names())


def after_search(question: Question, missed_year: bool, library: Library) -> Reason:
    """The reason for a question whose best extract is not good enough."""
    newest = library.newest()
    if question.years and (missed_year or (newest and all(year > newest[:4] for year in question.years))):
        return "out_of_dates"
    if not any(word in question.search for word in domain_words()):
        return "off_topic"
    return "place_silent" if question.places else "no_content"
