"""Encodings, structure and metadata of plain text as real files show them; all sentences are our own."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceError
from index.sources.authors import find_author
from index.sources.dates import completed_date, iso_date
from index.sources.document_number import find_number
from index.sources.encoding import decode
from index.sources.headings import find_headings
from index.sources.length import MOST_CHARACTERS, refuse_too_long
from index.sources.metadata import find_published, find_source, find_title
from index.sources.plain import read_plain
from tests.index.pages import REPORT, TRADITIONAL

PARAGRAPHS = REPORT.strip().split("\n")


def test_a_file_of_two_encodings_is_read_line_by_line() -> None:
    parts = ((REPORT, "gb18030"), (REPORT, "utf-8"), ("网站首页 联通 工会\n", "gb18030"), (REPORT, "utf-8"))
    assert decode(b"".join(text.encode(encoding) for text, encoding in parts), "杂.txt") == "".join(
        text for text, _ in parts
    )
    mixed = TRADITIONAL.encode("big5") + b"<br>" + TRADITIONAL.encode()
    assert decode(mixed, "雜.txt") == f"{TRADITIONAL}<br>{TRADITIONAL}"


@given(st.integers(0, len(REPORT.encode()) - 1), st.sampled_from(["utf-8", "gb18030"]))
def test_one_damaged_byte_costs_a_few_characters_and_not_the_file(at: int, encoding: str) -> None:
    data = bytearray((REPORT * 3).encode(encoding))
    data[at] = 0xFF
    text = decode(bytes(data), "损.txt")
    assert text.endswith(REPORT[-20:])
    assert sum(paragraph in text for paragraph in PARAGRAPHS) == 3


@pytest.mark.parametrize("unit", [b"\xff<", b"\xb0\xa1<\xe4\xb8\x80<", b"\xb0\xa1\n", b"\x81"])
def test_hostile_bytes_are_told_in_time(unit: bytes) -> None:
    start = time.process_time()
    try:
        assert decode(unit * 200_000, "怪.txt")
    except SourceError as error:
        assert "怪.txt" in str(error)
    assert time.process_time() - start < 3


LISTS = (
    "The fitters of the plant met on Friday and compared their drawings. " * 5,
    "".join(f"{n},{n * 7},{n * 3}\n" for n in range(200)),
    "冶炼、钣金、淬火、镗铣、焊缝、轧辊\n" * 20,
)


@given(st.sampled_from(LISTS), st.floats(0, 0.99), st.sampled_from(["utf-8", "gb18030"]))
def test_text_without_frequent_characters_is_no_binary_for_one_damaged_byte(
    text: str, where: float, encoding: str
) -> None:
    data = bytearray(text.encode(encoding))
    data[int(where * len(data))] = 0xFF
    read = decode(bytes(data), "损.txt")
    assert "\ufffd" in read
    assert read.endswith(text[-5:]) or read.startswith(text[:5])
    assert abs(len(read) - len(text)) <= 3


def test_a_list_that_breaks_off_in_a_character_keeps_the_rest() -> None:
    text = "窦淼\n綦骏\n" * 3
    assert decode(text.encode() + "垚".encode()[:2], "断.txt") == f"{text}\ufffd"


@given(st.binary(min_size=200, max_size=600))
def test_random_high_bytes_stay_refused(data: bytes) -> None:
    if len(set(data)) < 60:
        return
    with pytest.raises(SourceError):
        decode(bytes(byte | 0x80 for byte in data), "乱.txt")


@pytest.mark.parametrize(
    ("text", "encoding"), [("기계를 고치는 사람들의 이야기 ", "euc-kr"), ("機械をなおすひとたちのはなし", "euc-jp")]
)
def test_other_languages_are_not_read_as_chinese(text: str, encoding: str) -> None:
    with pytest.raises(SourceError):
        decode((text * 20).encode(encoding), "外.txt")


def test_a_text_beyond_the_limit_is_refused_in_one_line() -> None:
    refuse_too_long("一" * MOST_CHARACTERS, "书.txt")
    with pytest.raises(SourceError, match=r"^文件 书\.txt 的正文有 3000001 字，超过上限 300 万字；请拆分后重试。$"):
        refuse_too_long("一" * (MOST_CHARACTERS + 1), "书.txt")


def test_text_that_breaks_off_in_a_character_is_kept() -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert decode((REPORT + "完").encode(encoding)[:-1], "断.txt").startswith(REPORT.rstrip())


def test_a_law_has_its_divisions_and_the_numbers_of_its_articles() -> None:
    law = (
        f"第一编 总则\n第一章 一般规定\n第一节 范围\n第一条　{PARAGRAPHS[0]}\n第二条之一 {PARAGRAPHS[1]}\n"
        f"第一条生产线投产，工人{PARAGRAPHS[2]}\n"
    )
    headings = find_headings(law)
    assert [(heading.level, heading.text) for heading in headings] == [
        *((1, "第一编 总则"), (2, "第一章 一般规定"), (3, "第一节 范围"), (4, "第一条"), (4, "第二条之一"))
    ]
    assert all(law[heading.start : heading.end] == heading.text for heading in headings)
    chapters = find_headings(law.replace("第一编 总则\n", ""))
    assert [heading.level for heading in chapters] == [1, 2, 4, 4]


def test_a_numbered_point_is_a_heading_only_where_it_is_short_and_alone() -> None:
    body = PARAGRAPHS[1]
    text = f"{body}\n1.把讲台搬进车间\n{body}\n2.{body}\n3.办班，\n{body}\n"
    assert [(heading.level, heading.text) for heading in find_headings(text)] == [(4, "1.把讲台搬进车间")]


def test_the_header_row_of_a_markdown_table_is_a_heading_and_its_rule_is_noise() -> None:
    table = "## 进度\n\n| 城市 | 产业学院 |\n|:---|---:|\n| 甲市 | 3家 |\n| 乙市 | 5家 |\n"
    page = read_plain((REPORT + table).encode(), "表.md")
    assert [page.text[vote.start : vote.end] for vote in page.noise] == ["|:---|---:|"]
    assert [(heading.level, heading.text) for heading in find_headings(page.text, page.noise)] == [
        *((2, "进度"), (6, "| 城市 | 产业学院 |"))
    ]


def test_a_rule_below_prose_is_no_table() -> None:
    page = read_plain(f"甲市的事\n---\n{REPORT}".encode(), "线.md")
    assert page.noise == ()
    assert find_headings(page.text) == ()


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("二〇二一年十月二十二日", "2021-10-22"),
        ("二○二四年元月三十一日", "2024-01-31"),
        ("二零一九年十二月十日", "2019-12-10"),
        ("一九九八年四月廿五日", "1998-04-25"),
        ("２０２１年１０月２２日", "2021-10-22"),
        ("2021-10-22T10:17:00+08:00", "2021-10-22"),
        ("2021.10.22", "2021-10-22"),
        ("二〇二一年二月三十日", None),
    ],
)
def test_dates_in_every_writing_become_iso(written: str, iso: str | None) -> None:
    assert iso_date(written) == iso


def test_a_date_without_its_year_takes_the_only_one_that_the_page_names() -> None:
    assert completed_date("10月22日 10:17", "甲市2021年工作") == "2021-10-22"
    assert completed_date("10月22日", "2021年比2020年") is None
    assert completed_date("2月30日", "2021年") is None
    assert find_published(f"甲市2021年产改见成效\n发布时间：10月22日 10:17\n{REPORT}") == "2021-10-22"
    assert find_published(f"甲市产改见成效\n10月22日，会议开了。\n{REPORT}2021年\n") is None


@pytest.mark.parametrize(
    ("tail", "iso"),
    [
        ("甲市总工会\n二〇二一年十月二十二日", "2021-10-22"),
        ("（此件公开发布）\n甲市总工会办公室　　　　2021年10月22日印发", "2021-10-22"),
        ("这项办法到2021年10月22日为止。", None),
    ],
)
def test_the_day_below_a_signature_is_the_date(tail: str, iso: str | None) -> None:
    assert find_published("关于办法的通知\n" + REPORT + tail) == iso


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("甲市产改见成效\n作者：王一 来源：甲报\n" + REPORT, "王一"),
        ("甲市产改见成效\n本报记者 郑 一 通讯员 白家二\n" + REPORT, "郑一、白家二"),
        ("甲报-乙网记者康一 通讯员白家二\n" + REPORT, "康一、白家二"),
        ("本报讯（记者王一李二）昨天，" + REPORT, "王一、李二"),
        (REPORT * 4 + "（甲省工人日報記者 夏一）", "夏一"),
        ("甲市产改见成效\n文/王一 图/李二\n" + REPORT, "王一"),
        ("甲市产改见成效\n本报记者 买买提·艾力\n" + REPORT, "买买提·艾力"),
        ("甲市产改见成效\n作者：甲市总工会\n" + REPORT, "甲市总工会"),
        ("记者从甲市总工会了解到，办班的事已经定下。" + REPORT, ""),
        ("记者在车间看到，老师傅正在讲课。" + REPORT, ""),
        ("甲市产改见成效\n责任编辑：王一\n" + REPORT, ""),
    ],
)
def test_authors_are_read_from_bylines_and_never_from_prose(text: str, author: str) -> None:
    assert find_author(text) == author


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("甲市总工会文件\n总工发〔2018〕12号\n关于办法的通知\n", "总工发〔2018〕12号"),
        ("苏政办发［２０２１］３号　　签发人：王一\n", "苏政办发〔2021〕3号"),
        ("甲市产改见成效\n文　号：国发﹝2018﹞第11号 主题词：工会\n", "国发〔2018〕11号"),
        ("关于印发办法的通知（甲工发【2020】7号）\n", "甲工发〔2020〕7号"),
        ("甲工發(2020)7號\n", "甲工发〔2020〕7号"),
        ("转发上级办法的通知（甲工发【2020】7号）\n", ""),
        ("根据总工发〔2018〕12号文件，我们办了三个班。\n", ""),
        ("甲市按照《办法》（甲政发〔2019〕4号）的要求，开了班。\n", ""),
    ],
)
def test_only_the_number_that_is_the_documents_own_counts(text: str, number: str) -> None:
    assert find_number(text + REPORT) == number


SIGNS = st.sampled_from(
    [*"年月日〔〕（()）:：|-—#*记者作者文号来源发布时间 \n\t20211一二、。<>&;", "记者", "第一条", "|---|"]
)


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=200), st.lists(SIGNS, max_size=120).map("".join)))
def test_any_text_has_its_metadata_read_without_a_fall(text: str) -> None:
    headings = find_headings(text)
    assert all(text[heading.start : heading.end] == heading.text for heading in headings)
    assert [heading.start for heading in headings] == sorted(heading.start for heading in headings)
    assert find_title(text, ())
    for found in (find_source(text), find_author(text), find_number(text)):
        assert "\n" not in found
    iso = find_published(text)
    assert iso is None or len(iso) == 10


@pytest.mark.parametrize(
    "text",
    [
        "来源：" * 20_000,
        "（记者" * 20_000,
        "2021年" * 20_000,
        "|---" * 20_000,
        " \n" * 40_000 + "甲",
        "第一条 甲\n" * 20_000,
        "# 甲" + " " * 60_000 + "#" * 60_000 + "乙",
        "标题" + "-" * 60_000 + "甲",
        "（" + " " * 60_000 + "记者" + " " * 60_000 + "甲",
        "【〔（2021" * 9_000,
    ],
)
def test_hostile_text_takes_time_in_proportion(text: str) -> None:
    start = time.process_time()
    find_headings(text)
    find_title(text, ())
    find_published(text)
    find_source(text)
    find_author(text)
    find_number(text)
    assert time.process_time() - start < 3
