"""What a change of words does to a measure, with its interval, as lines of a table."""

from __future__ import annotations

from collections.abc import Sequence

from eval.reports.terminal import aligned
from eval.retrieval import DOCUMENT_MEASURES
from eval.search.asked import Asked
from eval.statistics import Difference, difference

HEADER = ("指标", "说法", "题数", "原来", "之后", "差", "95% 区间", "p")


def shift(asked: Sequence[Asked], measure: str, before: str, after: str) -> Difference:
    """What asking the same questions in the form `after` adds to a measure of `DOCUMENT_MEASURES`, paired by question.

    `asked` must not be empty.
    """
    readings = [[(each.found[form][measure], 1.0) for each in asked] for form in (before, after)]
    found = difference("share", *readings)
    if found is None:
        raise ValueError("nothing was asked")
    return found


def shift_table(asked: Sequence[Asked], measures: Sequence[str], before: str, afters: Sequence[str]) -> str:
    """A line for each measure and each form of words that is set against the form `before`."""
    rows: list[Sequence[str]] = [HEADER]
    for measure in measures:
        for after in afters:
            found = shift(asked, measure, before, after)
            figures = (f"{found.before:.3f}", f"{found.after:.3f}", f"{found.value:+.3f}")
            interval = f"{found.low:+.3f} 至 {found.high:+.3f}"
            rows.append((name_of(measure), f"{before} → {after}", str(found.of), *figures, interval, f"{found.p:.3f}"))
    return aligned(rows)


def name_of(measure: str) -> str:
    """The name of a document measure as a reader knows it: hit@1, nDCG@10."""
    kind, depth = measure.split("_")
    return f"hit@{depth}" if kind == "hit" else DOCUMENT_MEASURES[measure]
