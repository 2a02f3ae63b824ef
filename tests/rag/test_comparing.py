"""Answers of several places or years in one, with what their figures come to."""

import pytest

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.comparing import one_side
from rag.question import understand


@pytest.fixture(scope="module")
def chain(sample_library: Library) -> AnswerChain:
    return make_chain(sample_library)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("徐州和吉安的产改试点企业，哪个市多？", ["徐州的产改试点企业有多少？", "吉安的产改试点企业有多少？"]),
        ("白银和宁夏，哪边的大师工作室更多？", ["白银，大师工作室有多少？", "宁夏，大师工作室有多少？"]),
        ("山西和宁夏的目标差多少名？", ["山西的目标有多少名？", "宁夏的目标有多少名？"]),
        ("宁波比柳州多几家工作室？", ["宁波有几家工作室？", "柳州有几家工作室？"]),
    ],
)
def test_a_comparison_is_asked_of_each_side_alone(question: str, expected: list[str]) -> None:
    asked = understand(question)
    assert [one_side(asked, place).standalone for place in asked.places] == expected


def test_the_larger_figure_and_the_difference_are_told(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "南京和吉安的市级工匠学院谁多，多几家？"})
    lead, _, said = answer.text.partition("\n")
    assert lead == "南京市更多：28家，吉安市4家，相差24家（按原文数字算出）。"
    assert "28家" in said and "4家" in said and "【1】" in said and "【2】" in said


def test_figures_of_different_years_are_said_to_be_so(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "白银和宁夏，哪边的技能大师工作室更多？"})
    assert "宁夏回族自治区更多：89个，白银市6个，相差83个" in answer.text
    assert "年份不同" in answer.text


def test_two_years_of_one_place_are_compared(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "盐城的产改试点镇街2022年比2021年多多少个？"})
    assert answer.text.startswith("2022年更多：119个，2021年9个，相差110个")
    assert answer.table is not None
    assert {row[0] for row in answer.table.rows} == {"2021年", "2022年"}


def test_no_difference_is_reckoned_where_it_was_not_asked(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "南京和吉安的市级工匠学院各有几家？"})
    assert "相差" not in answer.text and "更多" not in answer.text
