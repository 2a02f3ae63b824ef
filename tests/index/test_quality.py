import time
from pathlib import Path

import pytest

from index.quality import duplicates, find_truncation, is_spun, is_truncated, quality_findings, spun_score
from index.sources.page import Page
from index.sources.read import make_document, read_paths
from index.types import Document
from tests.index.pages import REPORT
from tests.index.test_cleaning import OFFICIAL

LONG = "".join(REPORT.replace("甲市", f"{name}市").replace("一千", f"{name}千") for name in "一二三四")


def document(name: str, text: str) -> Document:
    return make_document(Page(text=text), name, f"{name}.txt", "", "0" * 64)


def test_spun_text_is_known_and_says_why() -> None:
    score, reasons = spun_score(OFFICIAL.format("小樹屋"))
    assert is_spun(OFFICIAL.format("小樹屋"))
    assert 0.4 <= score < 1
    assert any("同义替换" in reason for reason in reasons)
    assert any("小树屋" in reason for reason in reasons)


@pytest.mark.parametrize("text", ["", "。", REPORT, "运动会上比赛结合了举办方法，休息时间普遍增加，治理水平进步。" * 5])
def test_ordinary_words_are_no_evidence(text: str) -> None:
    assert spun_score(text) == (0.0, ())


def test_one_slip_in_a_long_page_is_no_spinning() -> None:
    assert not is_spun(REPORT * 10 + "有关的担任人来了，担任人说好，担任人走了。")


def test_pinyin_in_brackets_is_evidence() -> None:
    text = "甲市的產(chǎn)業(yè)工人隊(duì)伍建設(shè)在加快，技能(néng)人才越來(lái)越多。"
    assert is_spun(text)
    assert "夹注拼音" in spun_score(text)[1][0]


@pytest.mark.parametrize(
    ("end", "cut"),
    [
        ("", False),
        ("市里还要把这些办法用到更多的企业里去，让", True),
        ("市里还要建设新的学院，", True),
        ("（甲市日报记者 王一）", False),
        ("甲市总工会", False),
        ("2023年5月6日", False),
        ("来源：甲市日报，作者王一", False),
        ("他说：“我们要把本领教给更多的年轻人。”", False),
        ("责任编辑：王一", False),
    ],
)
def test_a_text_that_breaks_off_is_known(end: str, cut: bool) -> None:
    assert is_truncated(LONG + end) is cut


def test_a_cut_text_says_where() -> None:
    text = LONG + "市里还要把这些办法用到更多的企业里去，让"
    assert find_truncation(text) == "正文写到“法用到更多的企业里去，让”就断了，后面的内容缺失"
    assert quality_findings(text, ()) == (("truncated", find_truncation(text)),)
    assert find_truncation(LONG) == "" and quality_findings(LONG, ()) == ()


def test_a_long_line_without_a_stop_takes_little_time() -> None:
    start = time.perf_counter()
    for line in ("甲" * 300_000 + "。", "甲" * 300_000, "，" * 300_000, "甲，" * 150_000 + "乙"):
        find_truncation(line, ())
    assert time.perf_counter() - start < 1


def test_a_short_text_without_a_stop_is_no_cut_text() -> None:
    assert not is_truncated("甲市产改见成效，工人得实惠，让")


def test_a_page_that_breaks_off_while_it_repeats_itself_is_cut() -> None:
    assert is_truncated(LONG + "\n" + LONG[:200] + "甲市把产业工人的培训放在改革的"[:12])


def test_copies_are_found_both_ways_and_others_are_not() -> None:
    same = document("a", LONG)
    near = document("b", LONG.replace("四千元", "五千元", 1) + "（记者 王一）")
    other = document("c", OFFICIAL.format(""))
    assert duplicates([same, near, other, document("d", "短")]) == {same.id: [near.id], near.id: [same.id]}


def test_traditional_copies_and_noise_do_not_hide_a_copy() -> None:
    plain = document("a", "甲市的工会为职工办了一件又一件的实事，大家都说好，今年还要再办五件。")
    copy = document("b", "甲市的工會為職工辦了一件又一件的實事，\n大家都說好，今年還要再辦五件。\n责任编辑：王一")
    assert duplicates([plain, copy])


def test_no_honest_page_is_called_spun_and_copies_are_found_fast(shared: Path) -> None:
    documents = [item for item in read_paths([shared / "corpus" / "domain_news.jsonl"]) if isinstance(item, Document)]
    laws = [item for item in read_paths([shared / "corpus" / "core_laws.jsonl"]) if isinstance(item, Document)]
    assert len(documents) == 1007
    assert [item.record for item in documents + laws if "spun" in item.quality] == []
    assert sum("truncated" in item.quality for item in documents) <= 10
    start = time.perf_counter()
    pairs = duplicates(documents)
    assert time.perf_counter() - start < 6  # 3 s on an idle machine; twice that where other work shares it
    assert len(pairs) > 50


def test_the_seeds_get_their_badges(shared: Path) -> None:
    documents = [item for item in read_paths([shared / "corpus" / "seeds"]) if isinstance(item, Document)]
    assert [item.quality for item in documents] == [(), ("truncated",), ("spun",), (), ()]
    assert [item.published for item in documents] == ["2021-10-22", None, None, "2024-04-01", "2022-11-29"]
    assert documents[0].source == "工人日报客户端"
    assert documents[2].source == "安徽工人日報"
    assert "會議室" not in documents[2].title
