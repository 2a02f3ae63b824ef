"""Plain search: documents by their best passage, nothing refused, nothing merged."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.search import search

COPY = "徐州市建成产业学院5家，参加学习的职工来自装备制造、新能源和物流行业，课程由企业与学校共同编写，学员结业后回到原来岗位继续工作。"
SECTIONS = "\n\n".join(f"## 第{n}节\n\n常州市建成工匠学院{n}家，分布在第{n}片区。" for n in range(1, 9))
DOCUMENTS = [
    made_document(SECTIONS, "常州市"),
    made_document(COPY, "徐州市"),
    made_document(COPY, "徐州市", name="徐州副本"),
    made_document("白银市建成技能大师工作室6个。", "白银市"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("search") / "index", DOCUMENTS) as opened:
        yield opened


def test_top_counts_documents_and_each_stands_once_by_its_best_passage(library: Library) -> None:
    assert len(library.chunks_of("doc-常州市")) == 8
    hits = search(library, "常州市工匠学院第7片区", 3)
    assert len({hit["document_id"] for hit in hits}) == len(hits) == 3
    assert hits[0]["document_id"] == "doc-常州市"
    assert "工匠学院7家" in hits[0]["text"]


def test_copies_are_both_found(library: Library) -> None:
    assert [document.quality for document in library.documents()].count(("duplicate",)) == 1
    assert {hit["document_id"] for hit in search(library, "产业学院", 2)} == {"doc-徐州市", "doc-徐州副本"}


@pytest.mark.parametrize("query", ["红烧肉怎么做", "张三的手机号是多少", "绵阳市有多少家工匠学院？", "你好"])
def test_nothing_is_refused(library: Library, query: str) -> None:
    assert len(search(library, query, 10)) == len(DOCUMENTS)


def test_a_city_in_the_question_ranks_and_does_not_shut_others_out(library: Library) -> None:
    hits = search(library, "白银市的工作室", 10)
    assert hits[0]["document_id"] == "doc-白银市"
    assert len(hits) == len(DOCUMENTS)


def test_ranks_scores_and_text_are_in_order_and_verbatim(library: Library) -> None:
    hits = search(library, "工匠学院", 10)
    assert [hit["rank"] for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    for hit in hits:
        assert set(hit) == {"rank", "score", "document_id", "record", "file", "title", "start", "end", "text"}
        assert library.document(hit["document_id"]).text[hit["start"] : hit["end"]] == hit["text"]


def test_a_smaller_top_is_the_beginning_of_a_larger_one(library: Library) -> None:
    assert search(library, "工匠学院", 2) == search(library, "工匠学院", 4)[:2]
    assert len(search(library, "工匠学院", 1)) == 1
