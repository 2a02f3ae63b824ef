"""Finding by both legs, ranking by chance and guarding by place, over thirty cities that share every word but figures."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.library import made_document, made_library
from hypothesis import given, settings
from hypothesis import strategies as st

from index.build import remove
from index.library import Library
from index.normalise import search_form
from index.settings import Settings
from rag.chain import make_chain
from rag.passage_retriever import PassageRetriever
from rag.question import understand
from rag.ranking.query import Query
from rag.ranking.ranker import chances
from rag.retriever import (
    DEPTH,
    SPUN_SHARE,
    Ranked,
    by_document,
    found,
    loaded,
    passages,
    query_of,
    ranked,
)

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


def places_of(library: Library, each: Ranked) -> tuple[str, ...]:
    return library.document(each.candidate.document_id).places


def test_the_same_sentence_in_two_cities_stays_two_hits(tmp_path_factory: pytest.TempPathFactory) -> None:
    documents = [made_document(SAME, city, title="产改简报") for city in ("常州市", "白银市")]
    with made_library(tmp_path_factory.mktemp("same") / "index", documents) as library:
        assert set(found(library, Query(search_form(SAME)), 10)) == {"doc-常州市#0", "doc-白银市#0"}
        best = passages(library, understand("普惠培训职工满意吗？"), 10)
        assert sorted(passage.chunk.id for passage in best) == ["doc-常州市#0", "doc-白银市#0"]
        assert len({passage.document.text[passage.chunk.start : passage.chunk.end] for passage in best}) == 1


@given(asked=cities, other=cities)
@settings(deadline=None, max_examples=40)
def test_a_passage_of_another_city_never_appears(library: Library, asked: str, other: str) -> None:
    # The other city's own figure is asked, so that its passage is the best match by words.
    best = passages(library, understand(f"{asked}建成工匠学院{FIGURES[other]}家吗？"), len(CITIES))
    assert [passage.document.places for passage in best] == [(asked,)]


@given(asked=cities)
@settings(deadline=None, max_examples=20)
def test_every_city_is_answered_with_its_own_figure(library: Library, asked: str) -> None:
    answer = make_chain(library).invoke({"question": f"{asked}有多少家工匠学院？"})
    assert f"{FIGURES[asked]}家" in answer.text
    assert {citation.places for citation in answer.citations} == {(asked,)}


def test_of_two_asked_cities_both_appear_and_no_third(library: Library) -> None:
    best = passages(library, understand("台州和泰州的工匠学院各有多少家？"), len(CITIES))
    assert {passage.document.places for passage in best} == {("台州市",), ("泰州市",)}


def test_a_province_holds_its_cities_and_no_others(library: Library) -> None:
    best = passages(library, understand("甘肃省的工匠学院有多少家？"), len(CITIES))
    assert {passage.document.places for passage in best} == {("白银市",), ("兰州市",)}


def test_without_the_guard_every_city_is_found(library: Library) -> None:
    every = ranked(library, understand("常州市有多少家工匠学院？"), DEPTH, guard=False)
    assert {places_of(library, each)[0] for each in every} == set(CITIES)
    assert places_of(library, every[0]) == ("常州市",)


def test_a_passage_is_attributed_by_its_own_words_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    document = made_document("## 南通市\n\n建成工匠学院12家。\n\n## 苏州市\n\n建成工匠学院17家。", name="综述")
    with made_library(tmp_path_factory.mktemp("sections") / "index", [document]) as library:
        best = passages(library, understand("苏州市有多少家工匠学院？"), 10)
        assert [document.text[each.chunk.start : each.chunk.end].split()[-1] for each in best] == ["建成工匠学院17家。"]


def test_best_first_and_ties_by_chunk_id(library: Library) -> None:
    every = ranked(library, understand("工匠学院有多少家？"), DEPTH, guard=False)
    assert len(every) == len(CITIES)
    keys = [(-each.score, each.candidate.chunk_id) for each in every]
    assert keys == sorted(keys)
    assert all(0 <= each.score <= 1 for each in every)


def test_copies_are_ranked_alike_twice_and_equals_by_their_ids(tmp_path_factory: pytest.TempPathFactory) -> None:
    # So many copies that some of them have the same chance.
    documents = [made_document(SAME, name=f"{number:02}", title="产改简报") for number in range(40)]
    with made_library(tmp_path_factory.mktemp("ties") / "index", documents) as library:
        question = understand("普惠培训职工满意吗？")
        every = ranked(library, question, DEPTH, guard=False)
        assert len({each.score for each in every}) < len(every) == 40
        keys = [(-each.score, each.candidate.chunk_id) for each in every]
        assert keys == sorted(keys)
        assert ranked(library, question, DEPTH, guard=False) == every


def test_a_spun_copy_stands_below_the_honest_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    spun, honest = (made_document(SAME, "常州市", name=name, title="产改简报") for name in ("a", "b"))
    documents = [replace(spun, quality=("spun",)), honest]
    with made_library(tmp_path_factory.mktemp("spun") / "index", documents) as library:
        question = understand("普惠培训职工满意吗？")
        first, second = ranked(library, question, DEPTH, guard=True)
        assert [first.candidate.document_id, second.candidate.document_id] == ["doc-b", "doc-a"]
        both = library.candidates(["doc-a#0", "doc-b#0"])
        query = query_of(question)
        chance_of_spun, chance = chances(library, query, both, found(library, query, DEPTH))
        assert (second.score, first.score) == (SPUN_SHARE * chance_of_spun, chance)


def test_the_keyword_score_comes_with_what_it_found_and_nothing_with_the_rest(library: Library) -> None:
    scores = found(library, Query(search_form("泰州市工匠学院20家")), 5)
    by_words = {hit.chunk_id: hit.score for hit in library.keyword_hits("泰州市工匠学院20家", 5)}
    by_vector = {hit.chunk_id for hit in library.vector_hits("泰州市工匠学院20家", 5)}
    assert set(scores) == set(by_words) | by_vector
    assert {chunk_id for chunk_id, score in scores.items() if score > 0} == set(by_words)
    assert all(score >= 0 for score in scores.values())


def test_the_wordings_of_documents_find_what_plain_speech_does_not_name(library: Library) -> None:
    without, added = Query(search_form("发证")), Query(search_form("发证"), search_form("工匠学院"))
    assert not any(found(library, without, DEPTH).values())
    assert all(found(library, added, DEPTH).values())


def test_the_query_has_the_other_wordings_of_the_terms() -> None:
    question = understand("打工的能去哪里学技术？")
    wordings = [other for term in question.terms for other in term.alternatives]
    assert wordings
    assert query_of(question) == Query(question.search, " ".join(wordings))


def test_each_document_comes_once_by_its_best_passage(tmp_path_factory: pytest.TempPathFactory) -> None:
    sections = "\n\n".join(f"## 第{n}节\n\n建成工匠学院{n}家，分布在第{n}片区。" for n in range(1, 6))
    documents = [made_document(sections, "常州市"), made_document(SAME, "白银市")]
    with made_library(tmp_path_factory.mktemp("once") / "index", documents) as library:
        every = ranked(library, understand("工匠学院第4片区"), DEPTH, guard=False)
        best = by_document(every)
        assert len(every) > len(best) == 2
        assert best[0] is every[0]
        for each in best:
            of_document = [one for one in every if one.candidate.document_id == each.candidate.document_id]
            assert each is of_document[0]


def test_loaded_passages_are_the_ranked_ones_with_their_scores(library: Library) -> None:
    every = ranked(library, understand("工匠学院有多少家？"), DEPTH, guard=False)[:5]
    best = loaded(library, every)
    assert [(one.chunk.id, one.document.id, one.score) for one in best] == [
        (each.candidate.chunk_id, each.candidate.document_id, each.score) for each in every
    ]
    assert loaded(library, []) == []


def test_a_question_without_any_known_word_is_no_error(library: Library) -> None:
    assert all(0 <= passage.score <= 1 for passage in passages(library, understand("？？"), 5))
    assert passages(library, understand(""), 0) == []


def test_where_nothing_is_attributed_to_the_place_nothing_is_found(library: Library) -> None:
    assert passages(library, understand("绵阳市有多少家工匠学院？"), 10) == []


def test_an_emptied_library_finds_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("empty") / "index"
    made_library(folder, [made_document(SAME, "常州市")]).close()
    remove(Settings(folder=folder), ["doc-常州市"])
    with Library.open(Settings(folder=folder)) as library:
        question = understand("工匠学院有多少家？")
        assert found(library, query_of(question), DEPTH) == {}
        assert ranked(library, question, DEPTH, guard=False) == passages(library, question, 5) == []
        assert PassageRetriever(library=library).invoke("工匠学院有多少家？") == []


def test_langchain_gets_the_verbatim_passage_with_its_offsets(library: Library) -> None:
    best = PassageRetriever(library=library, top=3).invoke("惠州市有多少家工匠学院？")
    assert [document.metadata["places"] for document in best] == [["惠州市"]]
    metadata = best[0].metadata
    whole = library.document(metadata["document_id"]).text
    assert best[0].page_content == whole[metadata["start"] : metadata["end"]]
    assert f"{FIGURES['惠州市']}家" in best[0].page_content
    assert 0 <= metadata["score"] <= 1


@pytest.mark.parametrize("count", [2, 3, 6, 12])
@pytest.mark.parametrize("text", ["普惠培训职工满意吗？", "红烧肉怎么做？"])
def test_a_spun_copy_stands_last_among_many(tmp_path: Path, count: int, text: str) -> None:
    documents = [made_document(SAME, name=f"{n:02}", title="产改简报") for n in range(count)]
    documents[0] = replace(documents[0], quality=("spun",))
    with made_library(tmp_path / "index", documents) as library:
        every = ranked(library, understand(text), DEPTH, guard=False)
        assert every[-1].candidate.document_id == "doc-00"


def test_the_same_words_are_guarded_to_each_place_that_is_asked(library: Library) -> None:
    question = understand("开展普惠培训多少场？")
    anywhere = [each.chunk.id for each in passages(library, question, 40)]
    for city in ("常州市", "宿州市", "苏州市"):
        own = passages(library, replace(question, places=(city,)), 40)
        assert own and all(city in (*each.chunk.places, *each.document.places) for each in own)
    assert [each.chunk.id for each in passages(library, question, 40)] == anywhere
