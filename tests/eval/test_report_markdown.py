"""The report as Markdown: what it says, and that text from outside stays text in it."""

import pytest

from eval.reports.markdown import inert, report_markdown
from eval.reports.view import ReportView
from tests.fakes.report_view import PAYLOAD, empty_view, example_view, hostile_view, refusing_view


def rendered(text: str) -> str:
    """HTML by a CommonMark reader that lets raw HTML through, as the least careful of them do."""
    reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark", {"html": True}).enable("table")
    return str(reader.render(text))


def section(text: str, title: str) -> str:
    return text.split(f"\n## {title}\n")[1].split("\n## ", maxsplit=1)[0]


def test_it_says_first_what_was_run_and_how_it_went() -> None:
    text = report_markdown(example_view())
    assert text.startswith(
        "# 样例资料库 · 测试半\n\n评测报告 · 2026年11月27日 21:40\n\n- 数据集：sample_test.jsonl，300 题"
    )
    assert "| 答对率 | 86.7% | 81.7–90.5% | 240 | 越高越好 |" in section(text, "主要结果")
    assert "| 错数率 ↓ | 4.2% | 2.3–7.6% | 240 | 越低越好 |" in section(text, "主要结果")
    assert "**最弱的一处**：「追问」题的「前 5 段召回」是 43.8%" in section(text, "主要结果")
    assert "- 第 12 题的证据在索引中找不到，按零分计。" in section(text, "主要结果")


def test_every_measure_stands_with_its_definition_and_every_type_has_a_row() -> None:
    view = example_view()
    text = report_markdown(view)
    for line in view.measures:
        assert f"| {inert(line.definition)} |" in section(text, "全部指标")
    rows = section(text, "分题型看").strip().splitlines()
    assert len(rows) == 2 + len(view.types) + 1
    assert rows[-1].startswith("| 全体 | 300 | 86.7% |")
    assert "当前门限 0.42：回答了 87.0% 的题" in section(text, "门限与拒答")
    assert "| 前 64 字 | 79.2% |" in section(text, "长度与用时")
    assert "用时：p50 " in section(text, "长度与用时")


def test_a_worst_question_is_whole() -> None:
    view = example_view()
    each = next(each for each in view.worst if each.history and each.quotes and each.evidence)
    card = section(report_markdown(view), "最差的题").split(f"### {each.id} ")[1].split("\n### ")[0]
    for part in (
        each.question,
        *each.history,
        each.answer,
        each.quotes[0].quote,
        each.expected,
        *each.evidence,
        *each.faults,
    ):
        assert inert(part) in card
    assert "命中证据" in card


def test_tables_keep_their_columns_and_hostile_text_stays_text() -> None:
    html = rendered(report_markdown(hostile_view()))
    assert "<img" not in html
    assert "<script" not in html
    assert "&lt;/script&gt;&lt;img src=x" in html
    assert html.count("<table>") == rendered(report_markdown(example_view())).count("<table>") + 1


@pytest.mark.parametrize(
    "text",
    [
        *(
            PAYLOAD,
            "a | b",
            "**粗** _斜_ `码`",
            "![图](http://evil.example/x.png)",
            "[点](javascript:alert(1))",
            "# 题\n\n- 列\n> 引",
        ),
        *(
            "行一\r\n行二\u2028行三",
            "<b>x</b> &amp; &#60;",
            "~~删~~ $$x$$ www.evil.example a@evil.example",
            "尾巴\\",
            "甲|乙\\|丙",
        ),
    ],
)
def test_what_a_reader_sees_is_what_was_written(text: str) -> None:
    html = rendered(f"| 头 |\n| --- |\n| {inert(text)} |\n")
    assert html.count("<td>") == 1
    cell = html.split("<td>")[1].split("</td>")[0]
    assert "<" not in cell
    seen = cell.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    assert seen == " ".join(text.split())


def test_links_are_not_made_of_addresses() -> None:
    written = inert("见 https://evil.example/x 和 WWW.evil.example 或 mail@evil.example，MRR@10 不变")
    assert "://" not in written
    assert "WWW." not in written
    assert "mail@" not in written
    assert "MRR@10" in written


@pytest.mark.parametrize("view", [empty_view(), refusing_view()], ids=["empty", "refusing"])
def test_what_cannot_be_counted_is_said(view: ReportView) -> None:
    text = report_markdown(view)
    assert "没有用时的记录。" in text
    assert "没有风险与覆盖曲线。" in text
    assert "None" not in text
    assert "nan" not in text
