"""The shipped choosers on a small library: which sentence, and which clause of it."""

from collections.abc import Iterator

import numpy as np
import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.choosing.chooser import chances, crossed, read
from rag.choosing.clauses import clause_chances
from rag.choosing.models import choosers
from rag.extract import extract, likeliest
from rag.lines import Line, lines
from rag.question import understand
from rag.ranking.grams import Grams
from rag.retriever import passages
from rag.terms import weigh
from rag.types import Question

TEXTS = {
    "盐城市": "盐城市的工匠学院建在开发区。学院于2019年5月挂牌，首任院长是李明，现有教师26人。学员来自三十家企业。",
    "徐州市": "徐州市举办职工运动会。运动会设篮球、乒乓球两个项目。",
}
ASKED = "盐城市的工匠学院是什么时候挂牌的？"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = [made_document(text, place) for place, text in TEXTS.items()]
    with made_library(tmp_path_factory.mktemp("chooser") / "index", documents) as opened:
        yield opened


def stood(library: Library, text: str) -> tuple[Question, Grams, list[Line]]:
    question = understand(text)
    found = passages(library, question, 16)
    return question, weigh(question, library).grams, [line for passage in found for line in lines(passage)]


def test_the_sentence_that_answers_has_the_best_chance(library: Library) -> None:
    question, grams, every = stood(library, ASKED)
    found = chances(question, grams, every)
    assert found.shape == (len(every),)
    assert ((found > 0) & (found < 1)).all()
    assert "2019年5月" in every[int(found.argmax())].text


def test_what_nothing_answers_has_a_smaller_chance(library: Library) -> None:
    answered, unanswered = (chances(*stood(library, text)).max() for text in (ASKED, "红烧肉要放几勺糖？"))
    assert unanswered < answered


def test_the_clause_that_answers_has_the_best_chance(library: Library) -> None:
    question, grams, every = stood(library, ASKED)
    (line,) = [each for each in every if "挂牌" in each.text]
    (found,) = clause_chances(question, grams, [line])
    assert [clause.text for clause in line.clauses][int(np.argmax(found))] == "学院于2019年5月挂牌，"


def test_clauses_say_the_same_alone_as_among_other_sentences(library: Library) -> None:
    question, grams, every = stood(library, ASKED)
    together = clause_chances(question, grams, every)
    assert [len(each) for each in together] == [len(line.clauses) for line in every]
    for line, found in zip(every, together, strict=True):
        assert clause_chances(question, grams, [line])[0] == pytest.approx(found, abs=1e-6)


def test_an_extract_carries_the_chance_of_its_sentence(library: Library) -> None:
    question = understand(ASKED)
    terms, found = weigh(question, library), passages(library, question, 16)
    every = [line for passage in found for line in lines(passage)]
    best = extract(question, terms, found)[0]
    at = next(number for number, line in enumerate(every) if line.text == best.line.text)
    assert best.chance == pytest.approx(float(chances(question, terms.grams, every)[at]))
    assert [each.score for each in likeliest(question, terms, found)] == sorted(
        (each.score for each in likeliest(question, terms, found)), reverse=True
    )


def test_nothing_to_read_has_no_chances(library: Library) -> None:
    question, grams, _ = stood(library, ASKED)
    assert chances(question, grams, []).shape == (0,)
    assert clause_chances(question, grams, []) == []


def test_the_forests_ask_for_readings_that_are_there(library: Library) -> None:
    question, grams, every = stood(library, ASKED)
    forms = [line.search for line in every]
    known = read(question, grams, every) | crossed(choosers().crossing.scores(question.search, forms))
    assert set(choosers().sentences.names) <= set(known)
    assert set(choosers().clauses.names) <= set(known)
