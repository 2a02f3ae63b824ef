"""What is gathered for training is what the ranker reads in everyday work."""

from collections.abc import Iterator

import numpy as np
import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.question import understand
from rag.ranking.ranker import ranker, read
from rag.retriever import found, query_of
from rag.training.asked import Asked
from rag.training.gathering import HeldOut, gathered

CITIES = ("常州市", "白银市", "盐城市", "徐州市", "台州市", "泰州市", "福州市")
ASKED = Asked("白银市有多少家工匠学院？", frozenset({"白银市.md"}))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = [made_document(f"{city}建成工匠学院{20 + n}家。", city) for n, city in enumerate(CITIES)]
    with made_library(tmp_path_factory.mktemp("gathering") / "index", documents) as opened:
        yield opened


def test_with_the_model_of_the_library_all_is_seen_as_the_library_sees_it(library: Library) -> None:
    held_out = HeldOut(library, library.embedder)
    query = query_of(understand(ASKED.question))
    hits = library.vector_hits(query.search, 4)
    assert held_out.nearest(query.search, 4) == [hit.chunk_id for hit in hits]
    candidates = library.candidates([f"doc-{city}#0" for city in CITIES])
    assert held_out.likeness(query.search, candidates) == pytest.approx(
        library.likeness(query.search, candidates), abs=2e-3
    )
    assert held_out.idf("工匠") == library.idf("工匠")


def test_more_is_asked_for_than_there_is(library: Library) -> None:
    held_out = HeldOut(library, library.embedder)
    assert sorted(held_out.nearest("工匠学院", 500)) == sorted(f"doc-{city}#0" for city in CITIES)


def test_a_question_is_read_as_in_everyday_work(library: Library) -> None:
    held_out = HeldOut(library, library.embedder)
    (one,) = gathered(held_out, [ASKED])
    assert one.documents == tuple(f"{city}.md" for city in sorted(CITIES))
    assert one.right.tolist() == [city == "白银市" for city in sorted(CITIES)]
    assert one.wanted == 1
    query = query_of(understand(ASKED.question))
    keyword = found(library, query, 150)
    everyday = read(library, query, library.candidates(sorted(keyword)), keyword)
    assert tuple(one.readings) == tuple(everyday) == ranker().forest.names
    for name, column in everyday.items():
        assert np.allclose(one.readings[name], column, atol=2e-3), name
