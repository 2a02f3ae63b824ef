"""A run as aligned Chinese text for a terminal: measures by type, headlines with intervals, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from eval.reports.view import ReportView, WorstQuestion
from eval.reports.wording import arrowed, interval, written

# The measures that a line by type has room for.
_COLUMNS = (
    *("accuracy", "refused_wrongly", "wrong_figure", "f1", "citation_precision", "citation_recall"),
    *("cell_recall", "hit_1", "evidence_5", "refusal_recall", "length"),
)


def report_text(view: ReportView) -> str:
    """The whole report but for the single questions."""
    parts = [_by_type(view), _measures(view), _problems(view.problems)]
    return "\n\n".join(part for part in parts if part)


def worst_text(view: ReportView, limit: int) -> str:
    """The worst questions, at most `limit`: what was asked, replied and expected."""
    return "\n".join(_question(each) for each in view.worst[:limit])


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column stands left and whose others stand right; a Han character is two columns wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(_pad(cell, width, at > 0) for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    )


def _by_type(view: ReportView) -> str:
    lines = [line for line in view.measures if line.key in _COLUMNS and line.overall.value is not None]
    lines.sort(key=lambda line: _COLUMNS.index(line.key))
    rows: list[Sequence[str]] = [("题型", "题数", *(line.name for line in lines))]
    for kind in view.types:
        cells = [written(line.by_type[kind.key].value, line.unit) for line in lines]
        rows.append((kind.name, str(kind.questions), *cells))
    total = str(sum(kind.questions for kind in view.types))
    rows.append(("全部", total, *(written(line.overall.value, line.unit) for line in lines)))
    return aligned(rows)


def _measures(view: ReportView) -> str:
    rows: list[Sequence[str]] = [("指标", "值", "95% 区间", "题数")]
    for line in view.measures:
        if line.overall.value is not None:
            name = f"{'★ ' if line.headline else '   '}{arrowed(line)}"
            rows.append(
                (name, written(line.overall.value, line.unit), interval(line.overall, line.unit), str(line.overall.of))
            )
    return aligned(rows)


def _problems(problems: Sequence[str]) -> str:
    return "\n".join([f"有 {len(problems)} 处证据在索引中找不到，按零分计：", *problems[:10]]) if problems else ""


def _question(each: WorstQuestion) -> str:
    replied = f"{'［拒答］' if each.refused else ''}{each.answer}".replace("\n", " ")
    sure = "" if each.confidence is None else f"（把握 {each.confidence:.2f}）"
    return (
        f"{each.id} [{each.type_name}] {'、'.join(each.faults)}：{each.question}\n"
        f"  应为 {each.expected}\n  实为 {replied}{sure}"
    )


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, width: int, right: bool) -> str:
    blank = " " * (width - _width(text))
    return blank + text if right else text + blank
