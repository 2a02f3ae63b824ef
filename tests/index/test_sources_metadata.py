import pytest

from index.cleaning import find_noise
from index.sources.headings import find_headings
from index.sources.metadata import find_published, find_source, find_title, tidy_title
from tests.index.pages import REPORT


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("甲市产改见成效 - 工会 - 甲市新闻网\n\n甲市产改见成效\n\n", "甲市产改见成效"),
        ("您当前的位置：首页 > 要闻\n甲市产改见成效\n发布时间：2024-04-01 阅读量：12\n", "甲市产改见成效"),
        ("来源：甲报\n记者 王一 李二\n甲市产改见成效\n", "甲市产改见成效"),
        ("原标题：甲市产改见成效\n", "甲市产改见成效"),
        ("**甲市产改见成效**\n", "甲市产改见成效"),
        ("甲市：小步快走——产改这一年\n", "甲市：小步快走——产改这一年"),
    ],
)
def test_the_title_is_the_first_line_that_is_one(head: str, title: str) -> None:
    text = head + REPORT
    assert find_title(text, find_noise(text)) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("原标题：甲市产改见成效甲市产改见成效近日，甲市开了会，" + REPORT, "甲市产改见成效"),
        ("原标题：甲市为职工办实事本报讯（记者王一）8月1日，" + REPORT, "甲市为职工办实事"),
        ("近日，甲市总工会开办了新的培训班。" + REPORT, "近日，甲市总工会开办了新的培训班"),
        ("？", "？"),
    ],
)
def test_a_page_of_one_line_has_a_title(text: str, title: str) -> None:
    assert find_title(text.replace("\n", ""), ()) == title


def test_a_dash_inside_a_title_is_no_site_name() -> None:
    assert tidy_title("从“试点”到“示范”——甲市产改一年记") == "从“试点”到“示范”——甲市产改一年记"


@pytest.mark.parametrize(
    ("head", "source", "published"),
    [
        ("来源：甲市日报客户端 2021-10-22 10:17\n", "甲市日报客户端", "2021-10-22"),
        ("来源:甲市日报\n2021-10-22 10:17\n", "甲市日报", "2021-10-22"),
        ("发布时间:2024-04-01 阅读量:\n", "", "2024-04-01"),
        ("發布時間：2024年4月1日　來源：乙報\n", "乙報", "2024-04-01"),
        ("信息来源：甲市总工会 发布日期：2023/5/6 浏览次数：3\n", "甲市总工会", "2023-05-06"),
        ("2023年05月06日 星期六\n", "", "2023-05-06"),
        ("文章来源：甲网作者：王一\n", "甲网", None),
        ("2023年，甲市有了新办法，这一年办了三个班。\n", "", None),
    ],
)
def test_source_and_date_are_read_from_the_lines_below_the_title(head: str, source: str, published: str | None) -> None:
    text = "甲市产改见成效\n" + head + REPORT
    assert (find_source(text), find_published(text)) == (source, published)


def test_the_paper_of_the_reporter_at_the_end_is_the_source() -> None:
    assert find_source("甲市产改见成效\n" + REPORT + "(甲省工人日報記者 王一)") == "甲省工人日報"
    assert find_source("甲市产改见成效\n本报记者 王一\n" + REPORT) == ""


def test_headings_of_every_form_are_found_at_their_place() -> None:
    body = REPORT.split("\n")[0]
    titles = ["# 总题", "## 培训", "**补贴的办法**", "一、机制", "（二）人才", "第三章 保障", "以点带面 种好试验田"]
    others = ["记者 王一 李二", "- 一项任务清单", "(图片由甲报提供)"]
    text = "\n\n".join(line for title in titles + others for line in (title, body))
    headings = find_headings(text)
    assert [heading.text for heading in headings] == [
        *("总题", "培训", "补贴的办法", "一、机制", "（二）人才", "第三章 保障", "以点带面 种好试验田")
    ]
    assert all(text[heading.start : heading.end] == heading.text for heading in headings)


def test_a_line_broken_in_mid_sentence_is_no_heading() -> None:
    text = "甲市总工会为基层配齐了设备，并建设\n\n面向全体职工的移动网站，推\n\n" + "出了许多办法，方便了职工。" * 5
    assert find_headings(text) == ()


def test_the_line_over_a_second_headline_stands_above_it() -> None:
    text = f"# 总题\n\n{REPORT}\n乙公司把五项任务落到实处\n\n## 三型队伍\n\n{REPORT}"
    assert [(heading.level, heading.text) for heading in find_headings(text)] == [
        *((1, "总题"), (1, "乙公司把五项任务落到实处"), (2, "三型队伍"))
    ]
