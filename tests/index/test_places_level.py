"""The level of a document: by number, title, source, places and first lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.places import document_level


@pytest.mark.parametrize(
    ("number", "places", "level"),
    [
        ("总工发〔2018〕12号", (), "中央"),
        ("国办发〔2021〕3号", ("江苏省",), "中央"),
        ("苏政办发〔2020〕12号", (), "省"),
        ("京政发〔2020〕1号", (), "省"),
        ("苏府〔2020〕3号", ("苏州市",), "市"),
        ("常政发〔2021〕3号", ("常州市",), "市"),
        ("深府〔2020〕1号", (), "市"),
    ],
)
def test_the_number_tells_the_level(number: str, places: tuple[str, ...], level: str) -> None:
    assert document_level("关于印发方案的通知", "", "", places, number) == level


@pytest.mark.parametrize(
    ("title", "source", "places", "level"),
    [
        ("产改要点", "常州市总工会", (), "市"),
        ("产改要点", "大丰区人社局", (), "县"),
        ("产改要点", "江苏省人民政府", (), "省"),
        ("产改要点", "中华全国总工会", (), "中央"),
        # A province's body that reports on a city, and a paper, which issues nothing.
        ("产改要点", "江苏省总工会", ("常州市",), "市"),
        ("产改要点", "工人日报客户端", ("白银市",), "市"),
        ("国务院成立河南安阳事故调查组", "", ("安阳市",), "中央"),
        ("安阳市贯彻国务院部署", "", ("安阳市",), "市"),
        ("中华人民共和国公司法", "", (), "中央"),
        ("北京市实施《中华人民共和国工会法》办法", "", ("北京市",), "省"),
        ("甲车间:送清凉", "", (), "企业"),
        ("泰州姜堰:反诈进油田", "", ("姜堰区", "中国石化"), "县"),
        ("莱钢打造新模式", "", ("莱钢公司",), "企业"),
        ("浦东新区产改", "", ("浦东新区",), "县"),
        ("上海产改", "", ("上海市",), "省"),
        ("台湾新闻", "", ("台湾省",), ""),
    ],
)
def test_title_source_and_places(title: str, source: str, places: tuple[str, ...], level: str) -> None:
    assert document_level(title, source, "", places) == level


@pytest.mark.parametrize(
    ("head", "level"),
    [
        ("区总工会慰问了一线职工,全区共有驿站", "县"),
        ("市总工会印发方案,全市推进", "市"),
        ("省总工会提出,全省新建", "省"),
        ("公司工会为职工送清凉", "企业"),
        ("人力资源社会保障部发布数据", "中央"),
        ("美国汽车工会举行罢工,英国工会声援,全市停运", ""),
        ("天气很好", ""),
    ],
)
def test_the_first_lines_tell_it_where_nothing_else_does(head: str, level: str) -> None:
    assert document_level("新闻", "", head, ()) == level


@given(st.text(), st.text(), st.text(), st.text())
def test_any_text_has_a_level_or_none(title: str, source: str, head: str, number: str) -> None:
    assert document_level(title, source, head, (), number) in {"中央", "省", "市", "县", "企业", ""}
