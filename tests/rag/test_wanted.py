"""The shape that each kind of answer must have."""

import pytest

from rag.question import understand
from rag.wanted import defined, figures, fit, shapeless


def fitting(question: str, text: str) -> float:
    return fit(understand(question), text)


@pytest.mark.parametrize("unit", ["家", "个", "户"])
def test_one_measure_word_may_be_answered_by_another_of_its_group(unit: str) -> None:
    question = understand("常州市有多少家试点企业？")
    assert unit in question.units
    assert figures(f"选出试点企业57{unit}", question.units, question.counted) == 1
    assert fit(question, f"选出试点企业57{unit}") >= 0.6


def test_the_very_measure_word_then_its_group_then_any_figure_then_none() -> None:
    question = "常州市有多少家试点企业？"
    scores = [
        fitting(question, text)
        for text in ("选出试点企业57家", "选出试点企业57户", "试点企业培训57人次", "选出一批试点企业")
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4
    assert scores[-1] == 0.0


def test_a_figure_counts_only_beside_what_it_counts() -> None:
    question = understand("建成了多少个产业集群？")
    assert question.counted == "产业集群"
    far = "建成工作站24个，为企业解决难题提供服务并面向全市职工开展技术交流和技能培训，同时推动产业集群发展"
    assert figures("建成24个产业集群", question.units, question.counted) == 1
    assert figures(far, question.units, question.counted) == 0
    assert figures(far, question.units) == 1
    assert fit(question, "建成24个产业集群") > fit(question, far)


@pytest.mark.parametrize("text", ["1.5万人", "1万多人", "300余人", "20人"])
def test_loose_figures_are_figures(text: str) -> None:
    assert figures(f"培训职工{text}", ("人",)) == 1


def test_a_year_is_no_count() -> None:
    assert figures("2022年12月3日揭牌", ()) == 0
    assert fitting("常州市有多少家试点企业？", "2022年选出试点企业") == 0.0


def test_two_figures_asked_at_once_want_two() -> None:
    question = "常州市的工匠学院和产业学院各有多少家？"
    assert fitting(question, "工匠学院31家、产业学院8家") > fitting(question, "工匠学院31家")


@pytest.mark.parametrize("text", ["2022年5月揭牌", "5月揭牌", "去年年底揭牌", "2022-05-03揭牌"])
def test_a_date_is_a_date(text: str) -> None:
    assert fitting("工匠学院什么时候揭牌？", text) == 1.0


def test_without_a_date_a_date_question_has_no_shape() -> None:
    question = understand("工匠学院什么时候揭牌？")
    assert shapeless(question, fit(question, "工匠学院隆重揭牌"))
    assert not shapeless(question, fit(question, "工匠学院5月揭牌"))


def test_a_person_in_a_role_wants_that_role() -> None:
    question = understand("工匠学院的院长是谁？")
    assert shapeless(question, fit(question, "工匠学院由市总工会建设"))
    assert fit(question, "院长由市总工会主席担任") == 1.0


def test_a_body_fits_an_entity_question_better_than_none() -> None:
    question = "产改由哪个单位牵头？"
    assert fitting(question, "由市总工会牵头") > fitting(question, "稳步推进")


def test_a_definition_is_wanted_where_a_word_is_asked() -> None:
    question = understand("什么是揭榜挂帅")
    assert defined(question) == "揭榜挂帅"
    assert fit(question, "揭榜挂帅是指把难题张榜公布") == 1.0
    assert shapeless(question, fit(question, "推行揭榜挂帅"))
    assert defined(understand("常州市有多少家试点企业？")) == ""


def test_a_longer_list_fits_a_list_question_better() -> None:
    question = "四大工程包括什么？"
    scores = [fitting(question, text) for text in ("提升工程", "提升工程、培育工程", "一、二、三、四、五、六、七")]
    assert scores[0] < scores[1] < scores[2] == 1.0


def test_other_kinds_have_no_shape_to_miss() -> None:
    question = understand("常州怎么支持青年租房？")
    assert fit(question, "稳步推进") == fit(question, "2022年发放补贴3万元")
    assert not shapeless(question, 0.0)


def test_a_question_mark_is_no_part_of_what_is_defined() -> None:
    assert defined(understand("什么是揭榜挂帅？")) == "揭榜挂帅"


@pytest.mark.parametrize("thing", ["工匠学院", "劳模创新工作室"])
def test_a_thing_named_after_people_is_not_counted_in_people(thing: str) -> None:
    assert understand(f"白银市有多少个{thing}？").units[0] == "个"
