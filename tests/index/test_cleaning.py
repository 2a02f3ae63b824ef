import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.cleaning import find_noise
from index.cleaning.merge import merge_noise
from index.types import Noise
from tests.index.pages import REPORT

PARAGRAPHS = REPORT.strip().split("\n")


def marked(text: str) -> list[tuple[str, str]]:
    return [(text[vote.start : vote.end], vote.reason) for vote in find_noise(text)]


def kept(text: str) -> str:
    parts, at = [], 0
    for vote in find_noise(text):
        parts.append(text[at : vote.start])
        at = vote.end
    return "".join([*parts, text[at:]])


SHELL_LINES = [
    ("您当前的位置：首页 > 产改工作 > 他山之石", "导航菜单"),
    ("首页 内容详情", "导航菜单"),
    ("首页 > 新闻 > 要闻", "导航菜单"),
    ("甲网 > 工会频道 > 正文", "导航菜单"),
    ("上一篇：乙市开了会", "导航菜单"),
    ("打开微信扫一扫", "分享栏"),
    ("扫码关注", "分享栏"),
    ("分享到：微信 微博 QQ空间", "分享栏"),
    ("【打印】【关闭】", "分享栏"),
    ("字体：大 中 小", "分享栏"),
    ("责任编辑：王一", "责任编辑"),
    ("（编辑：李二 校对：张三）", "责任编辑"),
    ("Copyright © 2008-2023 甲网", "版权与备案"),
    ("版权所有 甲市总工会 甲ICP备12345678号", "版权与备案"),
    ("违法和不良信息举报电话：010-00000000", "版权与备案"),
    ("(本版照片由本报记者 王一 摄)", "图片署名"),
    ("相关阅读", "相关链接"),
]


@pytest.mark.parametrize(("line", "reason"), SHELL_LINES)
def test_a_line_of_the_shell_is_voted_out_whole(line: str, reason: str) -> None:
    text = f"甲市产改见成效\n{line}\n{REPORT}"
    assert marked(text) == [(line, reason)]


@pytest.mark.parametrize(
    "line",
    [
        "分享经验 补齐短板",
        "更多新业态劳动者加入工会",
        "关闭落后产能",
        "编辑部里的技术能手",
        "手机里的“职工书屋”",
        "首页展示一线工人，是这家网站今年的变化。",
        "甲市设立了举报电话，及时受理工人的投诉。",
        "未经许可的机构，不得从事职业中介活动。",
        "记者 王一 李二",
        "来源：甲市日报 2023-05-06",
        "一、抓好培训",
    ],
)
def test_a_line_of_the_article_stays(line: str) -> None:
    assert marked(f"甲市产改见成效\n{line}\n{REPORT}") == []


def test_the_lists_behind_the_editor_are_the_tail() -> None:
    tail = "责任编辑：王一\n\n媒体矩阵\n • 甲网客户端\n • 甲网微博号\n\n马上体验\n×"
    text = f"甲市产改见成效\n{REPORT}{tail}"
    assert kept(text).strip(" •\n") == f"甲市产改见成效\n{REPORT}".strip()
    assert {reason for _, reason in marked(text)} == {"责任编辑", "相关链接", "页尾"}


def test_an_editor_line_between_two_reports_does_not_take_the_second() -> None:
    text = f"甲市产改见成效\n{PARAGRAPHS[0]}\n责任编辑：王一\n乙市也动起来\n{PARAGRAPHS[1]}"
    assert marked(text) == [("责任编辑：王一", "责任编辑")]


def test_the_menu_between_the_window_title_and_the_title_goes() -> None:
    text = f"甲市产改见成效 - 工会 - 甲网\n\n甲网娱乐\n\n甲市产改见成效\n\n{REPORT}"
    assert marked(text) == [("甲网娱乐", "导航菜单")]


RESIDUE = [
    ("阅读量：1,024次", "阅读计数"),
    ("浏览次数: 88", "阅读计数"),
    ("[db:版面标题1]", "模板残留"),
    ("||||||", "模板残留"),
    ("&nbsp;", "网页代码"),
    ("</p>", "网页代码"),
    ('<span style="color:red">', "网页代码"),
    ("?/p>", "网页代码"),
    ("（图片由通讯员提供）", "图片署名"),
]


@pytest.mark.parametrize(("residue", "reason"), RESIDUE)
def test_residue_inside_a_line_is_voted_out_alone(residue: str, reason: str) -> None:
    text = f"甲市产改见成效\n{PARAGRAPHS[0]}{residue}{PARAGRAPHS[1]}"
    assert (residue, reason) in marked(text)
    assert kept(text) == text.replace(residue, "")


def test_the_calls_behind_the_last_sentence_go() -> None:
    text = PARAGRAPHS[0] + "返回搜狐，查看更多责任编辑："
    assert kept(text) == PARAGRAPHS[0]


def broken(text: str, width: int) -> str:
    return "\n\n".join(text[at : at + width] for at in range(0, len(text), width))


@pytest.mark.parametrize("width", [11, 17, 40])
def test_paragraphs_repeated_with_other_line_breaks_are_voted_out(width: int) -> None:
    body = "\n\n".join(PARAGRAPHS)
    text = "甲市产改见成效\n\n" + body + "\n\n" + broken("".join(PARAGRAPHS), width)
    (vote,) = find_noise(text)
    assert vote.reason == "重复段落"
    assert text[: vote.start].strip() == ("甲市产改见成效\n\n" + body).strip()
    assert vote.end == len(text)


def test_a_copy_that_breaks_off_is_a_copy() -> None:
    text = f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1][:38]}"
    (vote,) = find_noise(text)
    assert text[vote.start :].startswith(PARAGRAPHS[0])
    assert vote.end == len(text)


def test_a_shared_half_sentence_is_no_copy() -> None:
    shared = "把大学习的课堂搬到基层一线和班组站所，引导职工听党话跟党走，"
    assert marked(f"甲公司{shared}办了三期班。\n\n乙公司{shared}办了五期班，人数更多。") == []


OFFICIAL = (
    "甲市總工會展開技巧比賽，推進財產工人步隊扶植改造，企{0}業員工踴躍報名，單{0}元聯動推動任務，相干擔任人作了先容。"
    "全市鼎力成長技工教導，運{0}動舉行了三次，一線財產工人晉陞了技巧程度，個人工作教導的軌制也樹立起來，經由過程考核的有百人。"
)


def test_a_name_that_cuts_words_is_found_without_a_list() -> None:
    text = OFFICIAL.format("青鸞居")
    assert [part for part, reason in marked(text) if reason == "插入的广告词"] == ["青鸞居"] * 3
    assert kept(text) == OFFICIAL.format("")


def test_a_known_name_is_found_once_and_with_its_linking_word() -> None:
    text = "甲市：匠到九宮格會議室心筑夢，改革再出發\n" + REPORT
    assert marked(text) == [("到九宮格會議室", "插入的广告词")]


@pytest.mark.parametrize("phrase", ["技能人才", "一线工人", "甲市总工会", "农信社", "劳动行政"])
def test_a_phrase_that_is_only_frequent_stays(phrase: str) -> None:
    text = f"要关心{phrase}的成长，各地{phrase}部门都要重视{phrase}工作，让{phrase}人员有盼头，把{phrase}队伍建好。"
    assert marked(text) == []


STORY = "「錯過了？」婉兒震驚又擔心的看著她，眼淚掉了下來。"


def test_a_story_in_a_spun_page_is_voted_out() -> None:
    first, second = OFFICIAL.format("青鸞居").split("全市")
    text = first + STORY + "全市" + second
    assert (STORY, "混入的小说句子") in marked(text)


def test_the_same_story_in_an_honest_page_stays() -> None:
    assert marked(PARAGRAPHS[0] + STORY + PARAGRAPHS[1]) == []


def test_a_story_spliced_into_a_word_leaves_the_word() -> None:
    text = OFFICIAL.format("青鸞居") + "我市和徐女兒的臉色蒼白，她忍不住哭了起來。州兩地的企業工會展開了比賽。"
    assert "我市和徐州兩地" in kept(text)


@given(st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60), st.sampled_from("甲乙")), max_size=12))
def test_merged_votes_cover_the_same_characters_once(votes: list[tuple[int, int, str]]) -> None:
    merged = merge_noise([Noise(*vote) for vote in votes], 50)
    covered = {at for start, end, _ in votes for at in range(max(start, 0), min(end, 50))}
    assert [at for vote in merged for at in range(vote.start, vote.end)] == sorted(covered)


PIECES = (
    [line for line, _ in SHELL_LINES]
    + [part for part, _ in RESIDUE]
    + [*PARAGRAPHS, OFFICIAL.format("小樹屋"), STORY, "\n", "\r\n", " "]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=14))
def test_votes_are_in_bounds_sorted_and_disjoint(pieces: list[str]) -> None:
    text = "".join(pieces)
    at = 0
    for vote in find_noise(text):
        assert at <= vote.start < vote.end <= len(text)
        assert vote.reason
        at = vote.end


def test_honest_articles_lose_no_sentence(shared: Path) -> None:
    votes: dict[str, int] = {}
    total = 0
    for name in ("domain_news", "core_laws"):
        for line in (shared / "corpus" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            total += len(text)
            for vote in find_noise(text):
                votes[vote.reason] = votes.get(vote.reason, 0) + vote.end - vote.start
    assert not {"混入的小说句子", "插入的广告词"} & set(votes)
    assert sum(votes.values()) < 0.015 * total


def test_the_spun_seed_keeps_its_text_and_loses_what_was_put_in(shared: Path) -> None:
    text = next((shared / "corpus" / "seeds").glob("002_*")).read_text(encoding="utf-8")
    rest = kept(text)
    assert "小樹屋" not in rest
    assert "九宮格會議室" not in rest
    assert sum(reason == "混入的小说句子" for _, reason in marked(text)) == 5
    assert "徐州地區附近" in rest
    assert len(rest) > 0.94 * len(text)


def test_the_repeating_seed_keeps_each_paragraph_once(shared: Path) -> None:
    text = next((shared / "corpus" / "seeds").glob("001_*")).read_text(encoding="utf-8")
    rest = kept(text)
    assert rest.count("——实施素质工程。") == rest.count("——实施暖心工程。") == 1
    assert 0.6 < len(rest) / len(text) < 0.66
