import re
from dataclasses import replace
from html import unescape

import pytest

from index.types import Span
from rag.types import Context
from tests.fakes.chain import FIGURE, HOSTILE, cite, known_answers
from web.cards import card_html, cards_html, date_label, quote_html

BRIEF, SPUN = known_answers()[FIGURE].citations


def text_of(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


def parts(markup: str, pattern: str) -> list[str]:
    return [text_of(found) for found in re.findall(pattern, markup)]


def test_only_the_marks_are_highlighted_and_the_noise_is_grey() -> None:
    shown = quote_html(SPUN)
    assert parts(shown, r"<mark>(.*?)</mark>") == ["培訓班在市委黨校", "舉行，為期三天。"]
    (noise,) = parts(shown, r'<span class="noise">(.*?)</span>')
    assert noise == " 小屋出租，九折优惠……（略去 18 字）"


def test_a_quote_without_noise_reads_verbatim() -> None:
    assert text_of(quote_html(BRIEF)) == BRIEF.quote


@pytest.mark.parametrize(
    ("marks", "highlighted"),
    [
        ((), []),
        (((0, 3),), []),
        (((8, 12),), ["甲乙"]),
        (((11, 13), (12, 15)), ["乙丙", "丁戊"]),
        (((14, 99),), ["戊己"]),
        (((14, 15), (10, 11)), ["甲", "戊"]),
    ],
)
def test_marks_that_lie_outside_or_overlap_never_break_the_quote(
    marks: tuple[tuple[int, int], ...], highlighted: list[str]
) -> None:
    citation = replace(cite(1, "题", "甲乙丙丁戊己", ()), start=10, end=16, marks=tuple(Span(*mark) for mark in marks))
    assert parts(quote_html(citation), r"<mark>(.*?)</mark>") == highlighted
    assert text_of(quote_html(citation)) == "甲乙丙丁戊己"


@pytest.mark.parametrize(
    ("published", "label"),
    [
        ("2021-10-22", "2021年10月22日"),
        ("2021-01", "2021年1月"),
        ("2021", "2021年"),
        (None, "日期不详"),
        ("", "日期不详"),
    ],
)
def test_dates_are_said_as_people_say_them(published: str | None, label: str) -> None:
    assert date_label(published) == label


def test_a_card_tells_what_a_reader_needs() -> None:
    shown = text_of(card_html(BRIEF, 1))
    for expected in (
        "1甲市：产业工人队伍建设改革简报",
        "甲市甲市总工会2023年10月20日",
        "院校答卷。到2023年底，全市已建成产业学院12家，覆盖",
        "每家学院都配了企业导师。",
        "前面写到甲市产业学院建设",
        "据《甲市日报》2024年1月报道整理，非原文",
        "已核对",
        "甲市.txt",
    ):
        assert expected in shown
    assert "低质量" not in shown


def test_a_poor_source_says_so() -> None:
    shown = text_of(card_html(replace(SPUN, quality=("spun", "duplicate", "truncated"), verdict="partly"), 1))
    assert "部分核对低质量来源：疑似改写重复不完整" in shown
    assert "来源不详日期不详" in shown


def test_context_from_metadata_is_named_as_such() -> None:
    shown = text_of(card_html(replace(BRIEF, context=(Context("标题里的常州", 0, 0),)), 1))
    assert "文档信息标题里的常州" in shown


def test_long_surroundings_are_cut_on_the_far_side() -> None:
    shown = text_of(quote_html(BRIEF))
    long = replace(BRIEF, before="远" * 100 + "近前", after="近后" + "远" * 100)
    around = parts(card_html(long, 1), r'<span class="around">(.*?)</span>')
    assert around[0].startswith("…") and around[0].endswith("近前")
    assert around[1].startswith("近后") and around[1].endswith("…")
    assert shown in text_of(card_html(long, 1))


def test_heading_signs_of_the_source_are_not_shown_around_a_quote() -> None:
    shown = text_of(card_html(replace(BRIEF, before="# 题目\n前文。\n", after="\n## 下一节\n后文 # 不是标题"), 1))
    assert "题目 前文。" in shown and "下一节 后文 # 不是标题" in shown and "##" not in shown


def test_hostile_text_makes_no_tag_of_its_own() -> None:
    (hostile,) = known_answers()[HOSTILE].citations
    tags = {tag.lower() for tag in re.findall(r"<\s*([a-zA-Z]+)", card_html(hostile, 1))}
    assert tags == {"div", "span", "mark"}


def test_cards_follow_their_numbers() -> None:
    shown = cards_html((SPUN, BRIEF), 3)
    assert re.findall(r"cite-3-\d", shown) == ["cite-3-1", "cite-3-2"]
