"""Everything that a finished run leaves beside its answers: scores, and the report in three forms."""

from __future__ import annotations

import json
from collections.abc import Callable

from eval.compose import compose
from eval.folder import REPORT_JSON, REPORT_MARKDOWN, REPORT_PAGE, SCORES, RunFolder
from eval.measures.measure import Measure
from eval.reports.markdown import report_markdown
from eval.reports.view import ReportView, view_json
from eval.runner import Finished
from eval.scores import score_lines
from index.errors import MissingPackageError


def publish(run: Finished, folder: RunFolder, say: Callable[[str], None], beside: Measure | None = None) -> ReportView:
    """Writes the files and gives the view that the reports show; `beside` is a measure that is no headline.

    The page needs a package of the extra `eval`; without it the rest is written, and one line says how to get it.
    """
    summary, record = run.summary, run.record
    view = compose(summary, record, run.shelf, beside)
    folder.write_lines(SCORES, score_lines(summary.run))
    folder.write(REPORT_MARKDOWN, report_markdown(view))
    try:
        from eval.reports.page import report_page

        folder.write(REPORT_PAGE, report_page(view))
    except MissingPackageError as error:
        say(f"没有写出网页报告：{error}")
    # The report as JSON comes last: where it stands, the run is whole.
    folder.write(REPORT_JSON, json.dumps(view_json(view), ensure_ascii=False) + "\n")
    return view
