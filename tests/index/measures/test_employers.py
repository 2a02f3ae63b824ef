"""The short names by which a document goes on to call an employer, and whose deed a sentence with one tells."""

import pytest
from fakes.library import made_document

from index.chunking import chunk_document
from index.measures.employers import employers_in
from index.measures.evidence import evidence_of
from index.measures.level import is_employers_own
from index.normalise import search_form
from index.settings import Settings


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("华东电网公司徐州局去年改制。", {"徐州局", "该局"}),
        ("华东电网公司徐州输电局去年改制。", {"徐州输电局", "徐州局"}),
        ("东海集团第二炼钢厂去年改制。", {"第二炼钢厂", "二厂", "该厂"}),
        ("徐州市第三人民医院去年改制。", {"三院", "市三院"}),
        ("徐州市珺嵘精密制造有限公司去年改制。", {"珺嵘", "珺嵘精密", "徐州市珺嵘精密"}),
        ("徐州市水利工程有限公司（以下简称“徐水工程”）去年改制。", {"徐水工程"}),
    ],
)
def test_a_full_name_introduces_its_short_ones(text: str, names: set[str]) -> None:
    assert names <= set(employers_in(search_form(text)).names)


@pytest.mark.parametrize(
    "text",
    [
        "徐州市教育局与东海公司合作。",
        "东海公司和徐州市教育局合作。",
        "公司职工走进徐州。",
        "徐州市水利工程有限公司去年改制。",
        "国网珺嵘供电公司在珺嵘镇。",
    ],
)
def test_a_public_body_a_place_and_a_word_are_no_names(text: str) -> None:
    assert not {"教育局", "徐州", "水利", "珺嵘"} & set(employers_in(search_form(text)).names)


def test_a_bureau_that_a_public_body_may_be_is_not_the_firms() -> None:
    assert "该局" not in employers_in(search_form("华东电网公司徐州局去年改制，徐州市教育局到场。")).names


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("徐州局推行轮岗", "某公司推行轮岗"),
        ("徐州局长讲话", "徐州局长讲话"),
        ("徐州推行轮岗", "徐州推行轮岗"),
        ("华东电网公司徐州局推行轮岗", "华东电网公司某公司推行轮岗"),
    ],
)
def test_a_short_name_is_marked_where_it_stands_as_one(text: str, marked: str) -> None:
    assert employers_in("华东电网公司徐州局去年改制。").marked(text) == marked


def test_a_document_without_employers_is_left_as_it_is() -> None:
    assert employers_in("徐州市去年改制。").marked("徐州推行轮岗") == "徐州推行轮岗"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("徐州市的某某机械公司推行轮岗", True),
        ("国网徐州供电公司推行轮岗", True),
        ("某某机械公司同时推行轮岗", True),
        ("某某硅业同某某技师学院办班", True),
        ("某某机械公司与市总工会办班", False),
        ("某某机械公司工会主席李明推行轮岗", False),
        ("记者在某某机械公司看到轮岗", False),
        ("活动邀请了某某医院义诊", False),
        ("快递小哥推行轮岗", False),
        ("徐州市推行轮岗", False),
    ],
)
def test_an_employer_that_opens_a_sentence_does_the_deed(text: str, expected: bool) -> None:
    assert is_employers_own(text, len(text)) is expected


def levels(text: str) -> dict[str, str]:
    document = made_document(text, "徐州市")
    return {one.measure: one.level for one in evidence_of(document, chunk_document(document, Settings()))}


def test_what_a_firm_does_under_its_short_name_is_not_the_citys() -> None:
    full = "华东电网公司徐州局去年改制。"
    assert levels(f"{full}徐州局推行揭榜挂帅。") == {"揭榜挂帅": "enterprise"}
    assert levels(f"{full}徐州推行揭榜挂帅。") == {"揭榜挂帅": "city"}
    assert levels(f"{full}徐州市教育局推行揭榜挂帅。") == {"揭榜挂帅": "city"}


def test_a_firms_sentence_does_not_prove_the_citys_own_deed() -> None:
    document = made_document("徐州市总工会建成工匠学院2家。徐州某某机械公司建成工匠学院1家。", "徐州市")
    found = evidence_of(document, chunk_document(document, Settings()))
    assert [(one.level, one.figure) for one in found] == [("city", "2")]
