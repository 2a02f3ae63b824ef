"""What a question takes for granted is corrected, with the quote that says otherwise."""

from pathlib import Path

import pytest

from index.build import build
from index.library import Library
from index.settings import Settings
from rag import premises
from rag.chain import AnswerChain, make_chain
from rag.premises import OF_A_PART, ONLY_PLANNED, OTHER_FIGURE, corrected_place, correction, may_name, of_a_part
from rag.question import understand
from rag.quoted import places_in_names


@pytest.fixture(scope="module")
def chain(sample_library: Library) -> AnswerChain:
    return make_chain(sample_library)


@pytest.mark.parametrize(
    ("question", "lead", "figure"),
    [
        ("芜湖的“临港工匠”评了多少人？", "资料里的“临港工匠”是上海市临港新片区的，没有说芜湖市有。", "74人"),
        ("广州的“就业阿福”智能助手受益了多少人？", "资料里的“就业阿福”是福州市的，没有说广州市有。", "2.4万人"),
    ],
)
def test_a_name_of_another_place_is_said_to_be_so(chain: AnswerChain, question: str, lead: str, figure: str) -> None:
    answer = chain.invoke({"question": question})
    assert answer.text.startswith(lead)
    assert figure in answer.text
    assert answer.citations


def test_a_person_of_another_place_is_told_with_the_place(tmp_path: Path) -> None:
    said = "盐城市总工会副主席赵国梁因公车私用被通报批评。\n扬州市总工会干部因虚报开支被立案。\n"
    (tmp_path / "通报.txt").write_text(f"各地通报一批典型问题\n{said}", encoding="utf-8")
    settings = Settings(folder=tmp_path / "index")
    build(settings, [tmp_path / "通报.txt"])
    with Library.open(settings) as library:
        answer = make_chain(library).invoke({"question": "扬州市总工会副主席赵国梁是不是被通报批评了？"})
    assert answer.text.startswith("资料写的是盐城市，不是扬州市：")
    assert "赵国梁" in answer.text


@pytest.mark.parametrize(
    ("question", "told", "misses"),
    [
        ("是6小时内堵住了80万元的吧？", "分行办了一场讲座。", True),
        ("是6小时内堵住了80万元的吧？", "6小时内堵截80万元。", False),
        ("奖了多少人？", "分行办了一场讲座。", False),
    ],
)
def test_an_answer_without_any_of_several_given_figures_misses_them(question: str, told: str, misses: bool) -> None:
    assert premises.misses_figures(understand(question), told) == misses


def test_a_measure_that_many_places_have_is_no_name(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "青岛建了多少家工会驿站？"})
    assert answer.refused
    assert answer.reason == "place_silent"


@pytest.mark.parametrize(
    ("question", "may"), [("广州的“就业阿福”智能助手受益了多少人？", True), ("青岛的工会职工有多少人？", False)]
)
def test_only_a_question_with_rare_characters_may_name_somebodys_own_thing(
    sample_library: Library, question: str, may: bool
) -> None:
    assert may_name(understand(question), sample_library) == may


def test_a_wrong_figure_is_said_to_be_so(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "青岛给每名大工匠奖励10万元，对吗？"})
    assert answer.text.startswith(OTHER_FIGURE)
    assert "8万元" in answer.text


@pytest.mark.parametrize(
    ("question", "sentence", "wrong"),
    [
        ("青岛每名奖励10万元，对吗？", "每名奖励8万元。", True),
        ("青岛每名奖励8万元，对吗？", "每名奖励8万元。", False),
        ("青岛每名奖励10万元的标准是哪年定的？", "每名奖励8万元。", False),
        ("白银有6个工作室，都是国家级的吧？", "白银建成6个工作室，国家级4所。", False),
        ("南京有三百名工匠了吧？", "南京有工匠200名。", True),
        ("白银有45个院士专家工作站吗？", "白银有24个院士专家工作站、45个创新工作室。", True),
        ("白银有24个院士专家工作站吗？", "白银有24个院士专家工作站、45个创新工作室。", False),
        ("株洲有湖湘工匠176人吗？", "株洲有株洲工匠176名、湖湘工匠22人。", True),
        ("徐州试点企业有18家吗？", "徐州试点企业由18家增加到766家。", True),
        ("徐州试点企业有766家吗？", "徐州试点企业由18家增加到766家。", False),
    ],
)
def test_only_a_figure_that_is_taken_for_granted_can_be_wrong(question: str, sentence: str, wrong: bool) -> None:
    assert correction(understand(question), sentence) == (OTHER_FIGURE if wrong else "")


def test_the_figure_of_an_enterprise_is_not_its_city_s(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "包头市取得专利367项对吗？"})
    assert answer.text.startswith(OF_A_PART.format(part="北重集团", asked="包头市"))
    assert of_a_part(understand("白银市有6个工作室吗？"), ["白银市"]) == ""


def test_a_plan_is_said_not_to_be_done(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "求学圆梦行动都已经资助了300万产业工人了吧？"})
    assert answer.text.startswith(ONLY_PLANNED)
    assert "2030年" in answer.text
    assert correction(understand("计划建100家吗？"), "计划建100家。") == ""
    assert correction(understand("已经评了700名了吧？"), "2020年提出，用4年评选能手700名。") == ONLY_PLANNED


def test_a_place_is_told_as_the_truth_only_by_words_that_name_it() -> None:
    asked = understand("张三丰是镇江人吧？")
    assert corrected_place(asked, "张三丰", "徐州市", "张三丰在徐州出生。") == "资料写的是徐州市，不是镇江市："
    assert "徐州" not in corrected_place(asked, "张三丰", "徐州市", "张三丰宣读了倡议书。")


def test_places_in_quoted_names_are_no_places_of_the_question() -> None:
    assert places_in_names("南京的“惠山工匠”有几个？") == frozenset({"惠山区"})
    assert places_in_names("“惠山工匠”有几个？") == frozenset()
    assert understand("南京的“惠山工匠”有几个？").places == ("南京市",)


def test_a_year_that_is_taken_for_granted_is_put_right(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "白银市的24个院士专家工作站是1998年建成的吧？"})
    assert not answer.refused and "1998年" in answer.text.split("：")[0]


def test_only_what_is_to_be_confirmed_is_taken_for_granted() -> None:
    assert premises.assumed(understand("这个公司是2020年才开的吧？")) == ["2020"]
    assert premises.assumed(understand("这个公司2020年开了多少家店？")) == []


@pytest.mark.parametrize(
    ("told", "lead"),
    [("公司2014年成立", premises.OTHER_YEAR), ("公司在2020年成立", ""), ("公司成立了", "资料没有写2020年，写的是：")],
)
def test_the_line_before_what_holds_says_no_more_than_is_known(told: str, lead: str) -> None:
    assert premises.instead_of("2020", told) == lead


def test_one_person_and_one_year_tell_no_event() -> None:
    assert not premises.misses_figures(understand("白银市搞学徒制，一个人一年补多少？"), "每人每年6000元。")
    assert premises.misses_figures(understand("白银市培训了300人、发了20万元的是哪一次？"), "每人每年6000元。")


def test_a_long_word_of_the_dictionary_is_no_person() -> None:
    assert premises.proper_names("申请专利") == []
    assert premises.proper_names("王建国") == ["王建国"]
