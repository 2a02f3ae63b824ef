"""Which further sentence joins the best one where either may be the answer."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.choosing.extracts import Extract
from rag.choosing.joining import joined
from rag.extract import likeliest
from rag.question import understand
from rag.retriever import passages
from rag.terms import Asked, weigh
from rag.types import Question

TEXTS = ("夜校由纺织厂退休技师授课。木工班设在旧车间。剪纸班每周两次课。", "图书馆周末开放。")
ASKED = "夜校的老师是谁？"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = [made_document(text, "南通市") for text in TEXTS]
    with made_library(tmp_path_factory.mktemp("joining") / "index", documents) as opened:
        yield opened


def ranked(library: Library, asked: str, *chances: float) -> tuple[Question, Asked, list[Extract]]:
    question = understand(asked)
    terms = weigh(question, library)
    found = likeliest(question, terms, passages(library, question, 8))
    by_text = {each.text: each for each in found}
    best = next(each for text, each in by_text.items() if "授课" in text)
    other = replace(best, start=best.end, search="木工班设在旧车间。", covered=0.1, score=best.score / 2)
    return (
        question,
        terms,
        [replace(each, chance=chance, weighed=chance) for each, chance in zip((best, other), chances, strict=True)],
    )


def test_a_rival_joins_where_neither_is_sure(library: Library) -> None:
    assert len(joined(*ranked(library, ASKED, 0.4, 0.3))) == 2


@pytest.mark.parametrize(("best", "other"), [(0.9, 0.4), (0.5, 0.02)])
def test_a_sure_sentence_stays_alone_and_so_does_one_without_a_rival(
    library: Library, best: float, other: float
) -> None:
    assert len(joined(*ranked(library, ASKED, best, other))) == 1


def test_a_figure_has_no_rival(library: Library) -> None:
    assert len(joined(*ranked(library, "夜校的授课技师有几名？", 0.4, 0.3))) == 1
