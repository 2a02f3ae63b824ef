"""Measures of citations, judged by gold evidence: the idea of ALCE (Gao et al. 2023) with gold spans in place of a model."""

from __future__ import annotations

from collections.abc import Callable

from eval.measures.measure import Measure, Read, Reading, share
from eval.result import Result
from eval.score import CitedScore

GROUP = "引文"


def _proved(result: Result) -> bool:
    """Whether the question asks for an answer and names its evidence."""
    return result.question.answerable and bool(result.question.evidence)


def _of_citations(holds: Callable[[CitedScore], bool]) -> Read:
    def read(result: Result) -> Reading | None:
        """The mean, over answers to questions that name their evidence, of the share of an answer's citations that hold.

        Each answer counts the same, as in ALCE: a table with a hundred quotes is one answer.
        """
        cited = result.score.citations if _proved(result) else ()
        return (sum(holds(each) for each in cited) / len(cited), 1.0) if cited else None

    return read


def verbatim(result: Result) -> Reading | None:
    """Of all citations, those whose quote is the text of the library's document at their span, each mark within it."""
    cited = result.score.citations
    return share(sum(each.verbatim for each in cited), len(cited))


def recall(result: Result) -> Reading | None:
    """The mean, over questions that name their evidence, of the share of its pieces that a citation overlaps.

    A refused question has cited none. Spans that each meet every answer group are alternatives and one piece
    (`eval.gold`); a verbatim copy is as good.
    """
    pieces = len(result.gold.units) if _proved(result) else 0
    return (result.score.units_cited / pieces, 1.0) if pieces else None


def characters(result: Result) -> Reading | None:
    """The mean, over answers to questions that name their evidence, of the share of what it quotes that is gold evidence.

    Counted in characters of the citations' marks: copying whole passages pays here.
    """
    cited = result.score.citations if _proved(result) else ()
    marked = sum(each.marked for each in cited)
    return (sum(each.marked_gold for each in cited) / marked, 1.0) if marked else None


def supported(result: Result) -> Reading | None:
    """Of all citations, those that the system's own verifier calls supported: reported beside, never the headline."""
    cited = result.score.citations
    return share(sum(each.supported for each in cited), len(cited))


def statements_cited(result: Result) -> Reading | None:
    """Of the sentences of answers that give no table, those that carry a mark of a citation that is there."""
    return share(result.score.statements_cited, result.score.statements)


def measures() -> list[Measure]:
    """The measures of citations."""
    right, on_gold = _of_citations(lambda each: each.right), _of_citations(lambda each: each.on_gold)
    figures, document = (
        _of_citations(lambda each: each.figures_kept),
        _of_citations(lambda each: each.in_gold_document),
    )
    return [
        Measure("verbatim", "逐字相符", GROUP, "引文与资料原文逐字相同的占比。", verbatim, headline=True, promise=True),
        Measure(
            "citation_precision",
            "引文准确",
            GROUP,
            "一个回答的引文中，逐字相符、落在标准证据上、且所支撑的句子没有引文之外的数字的占比，逐题平均（以标准证据为准，不用本系统的核对器）。",
            right,
            headline=True,
        ),
        Measure(
            "citation_recall",
            "证据引到",
            GROUP,
            "一道题的标准证据中被引文引到的占比，逐题平均；拒答的题算没引到。",
            recall,
            headline=True,
        ),
        Measure("on_gold", "引在证据上", GROUP, "引文与标准证据（或它的逐字重复）有重叠的占比，逐题平均。", on_gold),
        Measure("figures_kept", "数字有据", GROUP, "引文所支撑的句子里，数字都见于引文的占比，逐题平均。", figures),
        Measure("right_document", "引对文件", GROUP, "引文所在的文件含有标准证据的占比，逐题平均。", document),
        Measure(
            "citation_characters",
            "引文不冗余",
            GROUP,
            "一个回答所引的字中，落在标准证据里的占比，逐题平均；整段照抄会拉低。",
            characters,
            headline=True,
        ),
        Measure(
            "statements_cited", "句句有引文", GROUP, "不含表格的回答中，带有引文编号的句子占比。", statements_cited
        ),
        Measure("supported", "自带核对器判定", GROUP, "系统自己的核对器判为有据的引文占比，仅供对照。", supported),
    ]
