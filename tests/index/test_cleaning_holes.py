import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cleaning import find_holes
from tests.index.pages import REPORT
from tests.index.shell_lines import TEXT

HOLED = [
    "园区里聚集了余家企业。",
    "技能人才的占比达%。",
    "建会率提高到％，走在全省前面。",
    "xx市的做法很有特点。",
    "某某市把补贴发到了人。",
    "**县和***区一起办班。",
    "李**说，这笔钱帮了大忙。",
    "工会投入×万元修建书屋。",
    "全市培训了人次。",
    "建成家职工书屋。",
    "甲乙集团等家企业签了合同。",
    "他在第届全国技能大赛上夺冠。",
    "年以来，全市一直在办班。",
    "市里印发了《》，提出新的目标。",
    "每月补贴元，直接打到卡上。",
    "到年月底，名单全部公布。",
]
WHOLE = [
    "园区里聚集了三百余家企业。",
    "其余人员都参加了培训，业余时间也有课。",
    "技能人才的占比达35%，比上年提高三个百分点。",
    "二○○八年建厂，二〇二五年改制。",
    "产值突破万亿元，职工超过万人。",
    "近年来，从去年底到今年初，每年都有新课。",
    "**把补贴发到人**",
    "第一届、第2批、第三季度的名单已经公布。",
    "知名企业和报名职工各有一份名册。",
    "合格率≥95%，误差±0.5%。",
    "这家企业有 140 余家供应商，自 2017 年以来没有换过。",
    "每人每月五百元，元旦前发放。",
]


@pytest.mark.parametrize("sentence", HOLED)
def test_a_sentence_without_its_figure_or_name_is_found(sentence: str) -> None:
    text = f"{REPORT}{sentence}\n{REPORT}"
    (hole,) = find_holes(text)
    assert text[hole.start : hole.end] == sentence


@pytest.mark.parametrize("sentence", WHOLE)
def test_a_whole_sentence_is_none(sentence: str) -> None:
    assert find_holes(f"{REPORT}{sentence}\n{REPORT}") == []


def test_only_the_holed_sentence_of_a_paragraph_is_meant() -> None:
    text = "甲市的办法很实在。全市聚集了余家企业。工人都说好。"
    assert [text[hole.start : hole.end] for hole in find_holes(text)] == ["全市聚集了余家企业。"]


def test_what_may_be_natural_counts_beside_a_sure_hole_only() -> None:
    doubtful = "奖励一辆价值万元的汽车。"
    assert find_holes(doubtful) == []
    assert len(find_holes(doubtful + "聚集了余家企业。")) == 2


def test_lines_of_articles_have_none() -> None:
    assert [line for line in TEXT if find_holes(line)] == []


@given(st.text(max_size=60) | st.lists(st.sampled_from([*HOLED, *WHOLE, "\ud800", "**", "%"])).map("".join))
def test_holes_are_sorted_disjoint_and_inside(text: str) -> None:
    at = 0
    for hole in find_holes(text):
        assert at <= hole.start < hole.end <= len(text)
        at = hole.end


def test_honest_articles_have_next_to_none(shared: Path) -> None:
    lines = (shared / "corpus" / "domain_news.jsonl").read_text(encoding="utf-8").splitlines()
    holed = [line for line in lines if find_holes(json.loads(line)["text"])]
    assert len(holed) <= 0.005 * len(lines)
