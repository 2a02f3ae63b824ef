"""The measures of a run, each with its exact definition; a missing result scores zero, it is never left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from eval.result import Result
from eval.retrieval import CUTOFFS, found_within
from eval.score import CAPS


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share as its two counts; its value is 0 when there was nothing to count."""

    met: int
    of: int

    @property
    def value(self) -> float:
        """The share met, between 0 and 1."""
        return self.met / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures over some questions of a run.

    Over answerable questions, a refusal or an error scoring zero:
    - `accuracy`: questions whose answer text, without citation marks, contains a string of every answer group in the
      normal form of `eval.normal` (the containment accuracy of RGB, Chen et al. 2023, over groups).
    - `accuracy_within`: the same over the first 64, 130 and 255 characters, because containment rewards length.
    - `groups`: answer groups met by an answer that was given.
    - `answerable_refused`: questions that were refused.
    - `wrong_figure`: of questions of the type `figure`, those answered with a figure and no group met.
    Over the citations of all answers:
    - `verbatim`: citations whose quote is the text at their span, each mark within it.
    Over the citations given to answerable questions that name gold evidence:
    - `citation_precision`: citations that overlap gold evidence, or a verbatim copy of it in the same document (the
      idea of ALCE, Gao et al. 2023, judged by gold spans in place of a model).
    - `right_document`: citations in a document that holds gold evidence.
    - `citation_characters`: characters of the citations' marks that lie in gold evidence; copying whole passages pays here.
    Over the pieces of gold evidence (alternatives are one piece, `eval.gold`):
    - `citation_recall`: pieces that a citation overlaps.
    - `evidence_recall`: by k, pieces that one of the retriever's first k passages overlaps.
    Over all questions:
    - `refusal_precision`: of refused questions, those that are unanswerable; `refusal_recall`: of unanswerable
      questions, those refused; `refusal_reason`: of unanswerable questions that name a reason, those refused for it.
    - `length`, `figure_length`: median characters of the answers given, to all questions and to those of type `figure`;
      None when none was given. `p50_ms`, `p95_ms`: time of an answer by nearest rank, errors included.
    """

    questions: int
    errors: int
    accuracy: Ratio
    accuracy_within: Mapping[int, Ratio]
    groups: Ratio
    answerable_refused: Ratio
    wrong_figure: Ratio
    verbatim: Ratio
    citation_precision: Ratio
    right_document: Ratio
    citation_characters: Ratio
    citation_recall: Ratio
    evidence_recall: Mapping[int, Ratio]
    refusal_precision: Ratio
    refusal_recall: Ratio
    refusal_reason: Ratio
    length: float | None
    figure_length: float | None
    p50_ms: float
    p95_ms: float


def measure(results: Sequence[Result]) -> Measures:
    """The measures over these results, in one pass of counts; definitions at `Measures`."""
    answerable = [each for each in results if not each.question.unanswerable]
    unanswerable = [each for each in results if each.question.unanswerable]
    proved = [each for each in answerable if each.question.evidence]
    refused = [each for each in results if each.score.refused]
    figures = [each for each in answerable if each.question.type == "figure"]
    pieces = sum(len(each.gold.units) for each in proved)
    cited = sum(each.score.citations for each in proved)
    found = found_within([rank for each in proved for rank in each.ranks])
    reasoned = sum(each.question.reason is not None for each in unanswerable)
    times = sorted(each.elapsed_ms for each in results)
    return Measures(
        questions=len(results),
        errors=sum(bool(each.error) for each in results),
        accuracy=Ratio(sum(each.score.correct for each in answerable), len(answerable)),
        accuracy_within={
            cap: Ratio(sum(each.score.correct_within[at] for each in answerable), len(answerable))
            for at, cap in enumerate(CAPS)
        },
        groups=Ratio(
            sum(each.score.groups_met for each in answerable), sum(len(each.question.answers) for each in answerable)
        ),
        answerable_refused=Ratio(sum(each.score.refused for each in answerable), len(answerable)),
        wrong_figure=Ratio(sum(each.score.wrong_figure for each in figures), len(figures)),
        verbatim=Ratio(sum(each.score.verbatim for each in results), sum(each.score.citations for each in results)),
        citation_precision=Ratio(sum(each.score.on_gold for each in proved), cited),
        right_document=Ratio(sum(each.score.in_gold_document for each in proved), cited),
        citation_characters=Ratio(
            sum(each.score.gold_characters for each in proved), sum(each.score.cited_characters for each in proved)
        ),
        citation_recall=Ratio(sum(each.score.units_cited for each in proved), pieces),
        evidence_recall={k: Ratio(found[k], pieces) for k in CUTOFFS},
        refusal_precision=Ratio(sum(each.question.unanswerable for each in refused), len(refused)),
        refusal_recall=Ratio(sum(each.score.refused for each in unanswerable), len(unanswerable)),
        refusal_reason=Ratio(sum(each.score.reason_right for each in unanswerable), reasoned),
        length=_median(each.score.length for each in results if each.score.answered),
        figure_length=_median(each.score.length for each in figures if each.score.answered),
        p50_ms=nearest_rank(times, 0.50),
        p95_ms=nearest_rank(times, 0.95),
    )


def nearest_rank(ordered: Sequence[float], share: float) -> float:
    """The smallest of the ordered values that at least this share of them does not exceed; 0 when there is none."""
    return ordered[max(ceil(share * len(ordered)), 1) - 1] if ordered else 0.0


def _median(lengths: Iterable[int]) -> float | None:
    found = list(lengths)
    return float(median(found)) if found else None
