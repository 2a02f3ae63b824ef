"""Answers of several places or years in one, with what their figures come to."""

from collections.abc import Iterator

import pytest
from evidence import make_evidence
from fakes.library import made_document, made_library

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.comparing import one_side, year_by_year
from rag.draft import Draft
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


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("2022年全市工匠学院达31家，比2014年增加了20家。", False),
        ("全市工匠学院2014年有11家，2022年有31家。", True),
        ("2022年全市工匠学院达31家，较2014年的11家多了不少。", True),
    ],
)
def test_a_year_that_is_only_compared_with_is_not_told(said: str, told: bool) -> None:
    drafts = [("2014", Draft()), ("2022", Draft())]
    for _, draft in drafts:
        draft.write(said, (make_evidence(said),))
    asked = understand("白银市2014年和2022年各有多少家工匠学院？")
    assert (year_by_year(asked, drafts) is not None) == told


def test_no_difference_is_reckoned_where_it_was_not_asked(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "南京和吉安的市级工匠学院各有几家？"})
    assert "相差" not in answer.text and "更多" not in answer.text


DOCUMENTS = [
    made_document("芜湖市总工会给重点创新工作室各补助6万元。", "芜湖市"),
    made_document("蚌埠市对重点支持的创新工作室，每家给予9万元。", "蚌埠市"),
    made_document("宿州市五年里技能人才增加30万人。", "宿州市"),
    made_document("马鞍山市的技能人才有45万人。", "马鞍山市"),
    made_document("扬州市和泰州市的总工会合办了焊接比赛，参赛选手180人。", "扬州市"),
    made_document("泰州市举办焊接比赛26场。", "泰州市"),
    made_document("徐州市学徒培训补贴按每人每年4000元发放。", "徐州市"),
    made_document("淮安市学徒培训补贴按每人每年不低于3000元发放。", "淮安市"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerChain]:
    with made_library(tmp_path_factory.mktemp("comparing") / "index", DOCUMENTS) as opened:
        yield make_chain(opened)


def test_a_side_in_other_words_is_vouched_for_by_the_other(made: AnswerChain) -> None:
    answer = made.invoke({"question": "芜湖和蚌埠给创新工作室的补助谁高？"})
    assert "蚌埠市更高：9万元，芜湖市6万元，相差3万元" in answer.text
    assert answer.unanswered == ()


def test_an_increase_gets_no_verdict(made: AnswerChain) -> None:
    answer = made.invoke({"question": "宿州和马鞍山的技能人才谁多？"})
    assert answer.text.startswith("宿州市的数字是新增数，不是总数，两边不能直接比较。")


def test_a_lower_bound_gets_no_difference(made: AnswerChain) -> None:
    answer = made.invoke({"question": "徐州和淮安的学徒培训补贴哪个高？"})
    assert "徐州市更高：4000元；淮安市写的是不低于3000元" in answer.text
    assert "相差" not in answer.text


def test_which_came_first_is_asked_as_a_day_of_each() -> None:
    asked = understand("扬州和泰州哪个工匠节早？")
    assert [one_side(asked, place).standalone for place in asked.places] == [
        "扬州工匠节是什么时候？",
        "泰州工匠节是什么时候？",
    ]


def test_what_two_places_did_together_is_told_once(made: AnswerChain) -> None:
    answer = made.invoke({"question": "扬州和泰州合办过什么焊接比赛？"})
    assert answer.text.count("合办了焊接比赛") == 1 and "26场" not in answer.text
    assert answer.table is None or {row[0] for row in answer.table.rows} <= {"扬州市", "泰州市"}
