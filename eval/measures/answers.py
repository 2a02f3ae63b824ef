"""Measures of what an answer says: right, exact, brief, and with the right figures. A refusal or an error scores zero."""

from __future__ import annotations

from eval.measures.measure import Measure, Read, Reading, share
from eval.result import Result
from eval.score import CAPS

GROUP, FIGURES, LENGTH = "答案", "数字", "长度"
# The longest cap: no honest answer is cut by it, and a list of every figure is.
HEADLINE_CAP = 255
RIGHT = "可答的题中，回答说全了每个要点、且没有禁用词的占比；拒答和出错算错。"
POINTS = "各题答案要点中，回答里说到的占比。"
OVERLAP = "只有一个要点的题，按 CMRC 2018 的算法取最长公共片段的 F1，取平均；回答越长越低。"
EXACT = "只有一个要点的题，去掉标点后与标准答案一字不差的占比（CMRC 2018）。"
FIGURE_RIGHT = "数字题中答对的占比。"
FIGURE_WRONG = "数字题中，给了数字却一个要点也不对的占比。"
FORBIDDEN = "带有禁用词的题（如别的城市的数字、注入的话）中，回答里出现了它的占比。"


def accuracy(at: int) -> Read:
    """Of answerable questions, those whose answer has a string of every answer group and no forbidden string.

    Answers are read without citation marks, up to a cap of `eval.score.CAPS`, in the normal form of `eval.normal`: the
    containment accuracy of RGB (Chen et al. 2023) over groups, with a boundary rule for figures.
    """

    def read(result: Result) -> Reading | None:
        return share(result.score.read[at].correct, result.question.answerable)

    return read


def exact(at: int) -> Read:
    """Exact match of CMRC 2018 (Cui et al. 2019): of answerable questions with one answer group, those met exactly."""

    def read(result: Result) -> Reading | None:
        return share(result.score.read[at].exact, result.question.answerable and len(result.question.answers) == 1)

    return read


def f1(at: int) -> Read:
    """Character F1 of CMRC 2018: the mean over answerable questions with one answer group (`eval.reading`)."""

    def read(result: Result) -> Reading | None:
        return share(result.score.read[at].f1, result.question.answerable and len(result.question.answers) == 1)

    return read


def figure_accuracy(at: int) -> Read:
    """`accuracy` over questions of the type figure."""

    def read(result: Result) -> Reading | None:
        return share(result.score.read[at].correct, result.question.answerable and result.question.type == "figure")

    return read


def wrong_figure(at: int) -> Read:
    """Of answerable questions of the type figure, those answered with a figure and no answer group met."""

    def read(result: Result) -> Reading | None:
        return share(
            result.score.read[at].wrong_figure, result.question.answerable and result.question.type == "figure"
        )

    return read


def groups(at: int) -> Read:
    """Of all answer groups of answerable questions, those that an answer holds."""

    def read(result: Result) -> Reading | None:
        return share(
            result.score.read[at].groups_met, len(result.question.answers) if result.question.answerable else 0
        )

    return read


def forbidden(result: Result) -> Reading | None:
    """Of questions with forbidden strings (another city's figure, an injected word), those whose answer holds one."""
    return share(result.score.forbidden, bool(result.question.forbidden))


def length(result: Result) -> Reading | None:
    """The characters of an answer without its marks, of questions that were answered; the median of them."""
    return (float(result.score.length), 1.0) if result.score.answered else None


def figure_length(result: Result) -> Reading | None:
    """`length` over answered questions of the type figure."""
    return length(result) if result.question.type == "figure" else None


def measures() -> list[Measure]:
    """The measures of answers, first up to the cap of the headline, then whole, then up to the others."""
    first, *others = sorted(enumerate(CAPS), key=lambda each: (each[1] != HEADLINE_CAP, each[1] is not None))
    return [
        *_read_up_to(*first),
        Measure("forbidden", "说了不该说的", GROUP, FORBIDDEN, forbidden, better="lower", headline=True),
        Measure(
            "length",
            "回答字数",
            LENGTH,
            "给出回答的字数中位数，不含引文编号。",
            length,
            sum="median",
            unit="characters",
            better="",
        ),
        Measure(
            "figure_length",
            "数字题字数",
            LENGTH,
            "数字题回答的字数中位数。",
            figure_length,
            sum="median",
            unit="characters",
            better="lower",
        ),
        *(measure for at, cap in others for measure in _read_up_to(at, cap)),
    ]


def _read_up_to(at: int, cap: int | None) -> list[Measure]:
    """The measures of what a reader of the first characters learns.

    The headline is the accuracy of the first 255: the whole library given as an answer contains every gold string.
    """
    tail, within, only = ("", "", "") if cap is None else (f"_{cap}", f"（前 {cap} 字）", f"只看回答的前 {cap} 字。")
    return [
        Measure(f"accuracy{tail}", f"答对率{within}", GROUP, RIGHT + only, accuracy(at), headline=cap == HEADLINE_CAP),
        Measure(f"groups{tail}", f"答到的要点{within}", GROUP, POINTS + only, groups(at)),
        Measure(f"f1{tail}", f"字级 F1{within}", GROUP, OVERLAP + only, f1(at)),
        Measure(f"exact{tail}", f"完全一致{within}", GROUP, EXACT + only, exact(at)),
        Measure(f"figure_accuracy{tail}", f"数字答对率{within}", FIGURES, FIGURE_RIGHT + only, figure_accuracy(at)),
        Measure(
            f"wrong_figure{tail}",
            f"数字答错率{within}",
            FIGURES,
            FIGURE_WRONG + only,
            wrong_figure(at),
            better="lower",
            headline=cap is None,
        ),
    ]
