"""Which place a clause speaks of: the whole province, a firm that only bears its name, the one city of a document."""

import pytest
from fakes.library import made_document

from index.chunking import chunk_document
from index.measures.evidence import weighed_of
from index.measures.speaking import clause_subjects, home_places
from index.settings import Settings


def places_told(text: str, *places: str) -> set[str]:
    document = made_document(text, *places)
    groups = weighed_of(document, chunk_document(document, Settings()))
    return {one.evidence.place for group in groups for one in group.found}


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("全省建成工匠学院9家", ("江苏省",)),
        ("建成全省首家工匠学院", ("大丰区",)),
        ("工匠学院数量居全省前列", ("大丰区",)),
    ],
)
def test_the_first_of_a_province_is_not_the_whole_of_it(clause: str, expected: tuple[str, ...]) -> None:
    assert clause_subjects([clause], ("大丰区",), ("大丰区",)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "江苏某某银行为骑手送清凉。",
        "江苏日报记者看到环卫工人收到的清凉物资，工会驿站为他们送上清凉。",
        "在江苏省总工会指导下，为骑手送清凉。",
    ],
)
def test_a_name_that_holds_a_province_tells_nothing_of_it(text: str) -> None:
    assert places_told(text, "盐城市") == {"盐城市"}


def test_news_of_a_province_that_names_one_city_is_about_the_city() -> None:
    document = made_document("江苏某某网讯，大丰区工会驿站为骑手送清凉。", "江苏省")
    assert home_places(document) == ("大丰区",)


@pytest.mark.parametrize(
    "text",
    [
        "江苏省总工会在盐城市开展送清凉活动。",
        "全省工会开展送清凉活动，盐城市工会驿站参加。",
        "盐城市、常州市工会开展送清凉活动。",
    ],
)
def test_news_of_the_whole_province_stays_there(text: str) -> None:
    assert home_places(made_document(text, "江苏省")) == ("江苏省",)


def test_a_document_without_a_home_goes_on_with_the_places_last_named() -> None:
    text = "大丰区总工会开了会。会上大家谈得很热烈。随后建成工匠学院3家。常州市来人学习。又建成产业学院2家。"
    document = made_document(text)
    groups = weighed_of(document, chunk_document(document, Settings()))
    told = {(one.evidence.measure, one.evidence.place) for group in groups for one in group.found}
    assert told == {("工匠学院", "大丰区"), ("产业学院", "常州市")}
