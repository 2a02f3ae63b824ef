"""An answer as lines for a terminal."""

from dataclasses import replace

from evidence import make_evidence

from rag.draft import Draft
from rag.plain import plain_lines
from rag.question import understand
from rag.types import Answer

QUOTE = "白银市建成工匠学院9家。"
QUESTION = understand("白银市有多少家工匠学院？")


def answered(published: str | None = "2021-10-22") -> Answer:
    draft = Draft()
    draft.write(QUOTE, [make_evidence(QUOTE, published=published)])
    return draft.answer(QUESTION, {})


def test_the_answer_comes_first_then_its_quote_with_source_date_and_place() -> None:
    assert plain_lines(answered()) == [
        f"{QUOTE[:-1]}（2021年10月资料）。【1】",
        "",
        "【1】白银市推进产业工人队伍建设改革（测试　2021-10-22　白银市）",
        f"  「{QUOTE}」",
    ]


def test_an_unknown_date_is_said_and_an_unknown_source_is_left_out() -> None:
    citation = replace(answered(None).citations[0], source="")
    told = plain_lines(replace(answered(None), citations=(citation,)))
    assert told[2].endswith("（日期不详　白银市）")


def test_the_card_of_a_brief_stands_under_its_quote() -> None:
    citation = replace(answered().citations[0], card="据《报道》整理，非原文")
    assert plain_lines(replace(answered(), citations=(citation,)))[-1] == "  据《报道》整理，非原文"


def test_notice_open_parts_and_suggestions_are_told() -> None:
    refusal = Answer(
        QUESTION,
        "没有相关内容。",
        True,
        "no_content",
        0.0,
        "",
        unanswered=("常州市的部分",),
        suggestions=("甲？", "乙？"),
        notice="来源不完整",
    )
    assert plain_lines(refusal) == [
        "没有相关内容。",
        "提示：来源不完整",
        "未能回答：常州市的部分",
        "  可以问：甲？",
        "  可以问：乙？",
    ]


def test_a_plain_refusal_is_one_line() -> None:
    assert plain_lines(Answer(QUESTION, "没有相关内容。", True, "no_content", 0.0, "")) == ["没有相关内容。"]
