"""A matter that is filed under the place around the asked one, or under none."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.nearby import around_the_place
from rag.premises import without_places
from rag.question import understand
from rag.retriever import passages

DOCUMENTS = [
    made_document("某某集团新办了常州青禾实业有限公司，注册资本15亿元。", name="工商"),
    made_document("江苏省建成关爱驿站4800个，驿站的公益课讲交通安全和急救知识。", "江苏省"),
    made_document("白银市建成关爱驿站9个。", "白银市"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("nearby") / "index", DOCUMENTS) as opened:
        yield opened


@pytest.fixture(scope="module")
def chain(library: Library) -> AnswerChain:
    return make_chain(library)


def test_a_body_that_is_called_after_its_place_is_found_where_nothing_is_filed_under_the_place(
    chain: AnswerChain,
) -> None:
    told = chain.invoke({"question": "新办的常州青禾实业公司注册资本多少？"})
    assert "15亿元" in told.text


def test_another_matter_of_the_place_stays_refused(chain: AnswerChain) -> None:
    assert chain.invoke({"question": "常州的关爱驿站有多少个？"}).refused


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        (
            "我在常州送外卖，天天跑，听站长说驿站开了公益课，公益课讲哪些知识？",
            "资料写的是江苏省的情况，没有单独写常州市：",
        ),
        ("听站长说驿站开了公益课，天天讲，常州的公益课讲哪些知识？", ""),
        ("我在常州送外卖，公益课讲哪些知识？", ""),
    ],
)
def test_only_the_place_of_a_speaker_may_be_answered_by_what_lies_around_it_and_that_is_told(
    library: Library, text: str, lead: str
) -> None:
    question = understand(text)
    open_question, own, told = around_the_place(question, passages(library, without_places(question), 10))
    assert told == lead and bool(own) == bool(lead) and not open_question.places


def test_another_place_is_never_told_instead(chain: AnswerChain) -> None:
    assert chain.invoke({"question": "兰州的关爱驿站有多少个？"}).refused


DISTRICTS = [
    made_document("连云港市海州区给首次取得高级技师的职工发放津贴8000元。", "连云港市"),
    made_document("连云港市建成职工书屋75家。", "连云港市", name="书屋"),
    made_document("苏州市所辖的常熟市办有工匠学院6所。", "苏州市"),
]


@pytest.fixture(scope="module")
def districts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerChain]:
    with made_library(tmp_path_factory.mktemp("districts") / "index", DISTRICTS) as opened:
        yield make_chain(opened)


@pytest.mark.parametrize(
    "text",
    ["连云港连云区首次取得高级技师给多少津贴？", "连云港市连云区给高级技师发放津贴吗？", "苏州吴中区工匠学院有几所？"],
)
def test_a_district_written_behind_its_city_does_not_get_what_a_sibling_has(districts: AnswerChain, text: str) -> None:
    told = districts.invoke({"question": text})
    assert (told.refused, told.reason) == (True, "unknown_place")


def test_the_very_district_is_told_of_behind_its_city(districts: AnswerChain) -> None:
    assert "8000元" in districts.invoke({"question": "连云港海州区首次取得高级技师给多少津贴？"}).text
    assert "6所" in districts.invoke({"question": "苏州常熟工匠学院有几所？"}).text


def test_what_the_city_has_is_told_openly_as_the_city_s(districts: AnswerChain) -> None:
    told = districts.invoke({"question": "连云港市连云区建成职工书屋多少家？"})
    assert "75家" in told.text
    assert told.text.startswith("资料写的是连云港市的情况，没有单独写连云区：")
