"""Fusing by chunk id and guarding by place, over thirty cities that share every word but their figures."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library
from hypothesis import given, settings
from hypothesis import strategies as st

from index.library import Library
from index.normalise import search_form
from rag.chain import make_chain
from rag.question import understand
from rag.retriever import PassageRetriever, fuse, passages, ranked_passages

# Names that differ by a character or by sound stand beside each other on purpose.
NAMES = (
    "常州市 白银市 盐城市 徐州市 台州市 泰州市 福州市 抚州市 苏州市 宿州市 宿迁市 南通市 南宁市 南京市 蚌埠市 芜湖市 "
    "无锡市 扬州市 杭州市 湖州市 惠州市 广州市 贵阳市 洛阳市 阳江市 江门市 中山市 珠海市 海口市 兰州市"
)
CITIES = NAMES.split()
FIGURES = {city: 20 + number for number, city in enumerate(CITIES)}
SAME = "全市开展普惠培训，职工满意。"
cities = st.sampled_from(CITIES)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = [
        made_document(f"## 基本情况\n\n全市建成工匠学院{count}家。{SAME}", city) for city, count in FIGURES.items()
    ]
    with made_library(tmp_path_factory.mktemp("cities") / "index", documents) as opened:
        yield opened


def test_the_same_sentence_in_two_cities_stays_two_hits(tmp_path_factory: pytest.TempPathFactory) -> None:
    documents = [made_document(SAME, city, title="产改简报") for city in ("常州市", "白银市")]
    with made_library(tmp_path_factory.mktemp("same") / "index", documents) as library:
        assert set(fuse(library, search_form(SAME), 10)) == {"doc-常州市#0", "doc-白银市#0"}
        found = passages(library, understand("普惠培训职工满意吗？"), 10)
        assert sorted(passage.chunk.id for passage in found) == ["doc-常州市#0", "doc-白银市#0"]
        assert len({passage.document.text[passage.chunk.start : passage.chunk.end] for passage in found}) == 1


@given(asked=cities, other=cities)
@settings(deadline=None, max_examples=40)
def test_a_passage_of_another_city_never_appears(library: Library, asked: str, other: str) -> None:
    # The other city's own figure is asked, so that its passage is the best match by words.
    found = passages(library, understand(f"{asked}建成工匠学院{FIGURES[other]}家吗？"), len(CITIES))
    assert [passage.document.places for passage in found] == [(asked,)]


@given(asked=cities)
@settings(deadline=None, max_examples=20)
def test_every_city_is_answered_with_its_own_figure(library: Library, asked: str) -> None:
    answer = make_chain(library).invoke({"question": f"{asked}有多少家工匠学院？"})
    assert f"{FIGURES[asked]}家" in answer.text
    assert {citation.places for citation in answer.citations} == {(asked,)}


def test_of_two_asked_cities_both_appear_and_no_third(library: Library) -> None:
    found = passages(library, understand("台州和泰州的工匠学院各有多少家？"), len(CITIES))
    assert {passage.document.places for passage in found} == {("台州市",), ("泰州市",)}


def test_a_province_holds_its_cities_and_no_others(library: Library) -> None:
    found = passages(library, understand("甘肃省的工匠学院有多少家？"), len(CITIES))
    assert {passage.document.places for passage in found} == {("白银市",), ("兰州市",)}


def test_without_the_guard_every_city_is_found(library: Library) -> None:
    found = ranked_passages(library, understand("常州市有多少家工匠学院？"), 100, guard=False)
    assert {passage.document.places[0] for passage in found} == set(CITIES)
    assert found[0].document.places == ("常州市",)


def test_a_passage_is_attributed_by_its_own_words_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    document = made_document("## 南通市\n\n建成工匠学院12家。\n\n## 苏州市\n\n建成工匠学院17家。", name="综述")
    with made_library(tmp_path_factory.mktemp("sections") / "index", [document]) as library:
        found = passages(library, understand("苏州市有多少家工匠学院？"), 10)
        assert [document.text[each.chunk.start : each.chunk.end].split()[-1] for each in found] == [
            "建成工匠学院17家。"
        ]


def test_best_first_and_ties_by_chunk_id(library: Library) -> None:
    found = ranked_passages(library, understand("工匠学院有多少家？"), 100, guard=False)
    assert len(found) == len(CITIES)
    keys = [(-passage.score, passage.chunk.id) for passage in found]
    assert keys == sorted(keys)


def test_the_legs_are_scored_between_nothing_and_one(library: Library) -> None:
    scores = list(fuse(library, search_form("泰州市工匠学院"), 5).values())
    assert max(legs.keyword for legs in scores) == pytest.approx(1.0)
    assert all(0.0 <= score <= 1.0 + 1e-6 for legs in scores for score in (legs.keyword, legs.vector))


def test_a_question_without_any_known_word_is_no_error(library: Library) -> None:
    assert all(passage.score >= 0 for passage in passages(library, understand("？？"), 5))
    assert passages(library, understand(""), 0) == []


def test_langchain_gets_the_verbatim_passage_with_its_offsets(library: Library) -> None:
    found = PassageRetriever(library=library, top=3).invoke("惠州市有多少家工匠学院？")
    assert [document.metadata["places"] for document in found] == [["惠州市"]]
    metadata = found[0].metadata
    whole = library.document(metadata["document_id"]).text
    assert found[0].page_content == whole[metadata["start"] : metadata["end"]]
    assert f"{FIGURES['惠州市']}家" in found[0].page_content
