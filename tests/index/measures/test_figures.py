"""The figure that a clause counts a measure in, and the year that it speaks of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.measures.figures import figure_near, is_number, is_of_one_grade, value_of, year_of
from index.measures.naming import namings, unquoted
from index.normalise import normalise


def figure(text: str, measure: str) -> str:
    form = unquoted(normalise(text))
    said = namings(form.text)
    naming = next(one for one in said if one.measure.name == measure)
    found = figure_near(form, text, naming, said)
    return found.figure + found.unit


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("建成工匠学院31家", "工匠学院", "31家"),
        ("建成31家工匠学院", "工匠学院", "31家"),
        ("建成三十一家工匠学院", "工匠学院", "31家"),
        ("建成工匠学院31家、产业学院8家", "产业学院", "8家"),
        ("31家工匠学院、8家产业学院", "工匠学院", "31家"),
        ("31家工匠学院、8家产业学院", "产业学院", "8家"),
        ("累计发放培训补贴662万元", "培训补贴", "662万元"),
        ("试点企业1020余家", "产改试点企业", "1020余家"),
        ("支持十家企业自主开展职业技能等级认定", "职业技能等级认定", "10家"),
        ("建立了一个工匠学院", "工匠学院", ""),
        ("第31家工匠学院", "工匠学院", ""),
        ("服务职工31人的工匠学院", "工匠学院", ""),
        ("推行党建带工建，惠及31家", "党建带工建", ""),
        ("40家企业赴工匠学院参观", "工匠学院", ""),
        ("入选2024年度全国重点支持的100家工匠学院", "工匠学院", ""),
        ("入选省级工匠学院31家", "工匠学院", "31家"),
        ("工匠学院在五年里由18家增加到766家", "工匠学院", "766家"),
        ("工匠学院从8家发展到31家", "工匠学院", "31家"),
        ("托管班共招募40名志愿者", "子女托管", ""),
        ("托管班招收40名学员", "子女托管", "40名"),
        ("对5家不达标工匠学院限期整改", "工匠学院", ""),
        ("已在全国建成900家工匠学院", "工匠学院", ""),
        ("在全市6家工匠学院开展公开课", "工匠学院", ""),
        ("每人领到绿豆2份、凉茶1份的清凉礼包", "高温慰问", ""),
        ("推进劳动竞赛、安全竞赛、创新竞赛三个竞赛", "劳动和技能竞赛", ""),
        ("8家工匠学院的负责人上台发言", "工匠学院", ""),
        ("培训基地、工匠学院等阵地有90家", "工匠学院", ""),
        ("追回58名农民工工资60万元", "农民工工资保障", "60万元"),
    ],
)
def test_the_figure_is_the_measures_own(text: str, measure: str, expected: str) -> None:
    assert figure(text, measure) == expected


@pytest.mark.parametrize(
    ("text", "following", "is_part"),
    [
        ("省级工匠学院25家", ",市级67家", True),
        ("省级工匠学院25家、市级67家", "", True),
        ("省级工匠学院25家", ",培训职工67人", False),
        ("工匠学院25家", ",其中省级7家", False),
        ("市级以上工匠学院25家", ",其中国家级7家", False),
        ("市级工匠学院25家", ",另有县级7家", False),
    ],
)
def test_one_grade_of_several_is_no_whole(text: str, following: str, is_part: bool) -> None:
    naming = next(one for one in namings(text) if one.measure.name == "工匠学院")
    assert is_of_one_grade(text, naming, following) is is_part


@pytest.mark.parametrize(
    ("told", "expected"),
    [("766", True), ("1,020", True), ("1.5万", True), ("300余", True), ("很多", False), ("", False), ("=1+1", False)],
)
def test_a_figure_is_a_number(told: str, expected: bool) -> None:
    assert is_number(told) is expected


@pytest.mark.parametrize(
    ("told", "value"),
    [("31", 31.0), ("300余", 300.0), ("1.5万", 15000.0), ("1,020", 1020.0), ("5.62亿", 5.62e8), ("", None)],
)
def test_the_value_of_a_figure(told: str, value: float | None) -> None:
    assert value_of(told) == value


@pytest.mark.parametrize(
    ("clause", "sentence", "published", "expected"),
    [
        ("2022年建成3家", "2022年建成3家，2021年2家", "2023-05-01", "2022"),
        ("建成3家", "2021年，建成3家", "2023-05-01", "2021"),
        ("建成3家", "建成3家", "2023-05-01", "2023"),
        ("去年建成3家", "去年建成3家", "2023-05-01", "2022"),
        ("建成3家", "建成3家", None, ""),
    ],
)
def test_the_year_is_the_clauses_own_first(clause: str, sentence: str, published: str | None, expected: str) -> None:
    assert year_of(clause, sentence, published) == expected


@given(st.text(st.sampled_from("建成工匠学院三十一3.5万余家个，、和 “”"), max_size=40))
def test_a_figure_stands_in_the_text(text: str) -> None:
    form = unquoted(normalise(text))
    said = namings(form.text)
    for naming in said:
        found = figure_near(form, text, naming, said)
        assert bool(found.figure) == bool(found.unit)
        assert not found.figure or found.figure in text or found.figure.rstrip("余多") in form.text
