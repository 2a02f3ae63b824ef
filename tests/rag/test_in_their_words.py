"""A question in words of the mouth that finds nothing is asked once more in the written words of what it found."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.in_their_words import in_their_words, reworded
from rag.lexicon import mouth_words
from rag.phrases import phrases_in
from rag.question import understand
from rag.retriever import passages

DOCUMENTS = [
    made_document("## 传承\n\n2023年，绵阳市促成师徒结对210对。\n\n## 学院\n\n绵阳市建成工匠学院6家。", "绵阳市"),
    made_document("## 传承\n\n新余市办了一场拜师大会，48名青工拜师。", "新余市"),
    made_document("## 人才\n\n遵义市的技能人才有31万人。", "遵义市"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("their_words") / "index", DOCUMENTS) as opened:
        yield opened


@pytest.fixture(scope="module")
def chain(library: Library) -> AnswerChain:
    return make_chain(library)


def said(library: Library, text: str) -> str:
    question = understand(text)
    return in_their_words(question, passages(library, question, 16))


def test_the_written_word_of_the_passages_is_taken(library: Library) -> None:
    assert said(library, "绵阳市拜师有多少对？") == "绵阳市师徒结对有多少对？"


def test_a_word_that_the_passages_have_stays(library: Library) -> None:
    assert said(library, "新余市有多少人拜师？") == ""


def test_a_question_in_written_words_is_asked_once(library: Library) -> None:
    assert said(library, "绵阳市有多少家工匠学院？") == ""
    question = understand("绵阳市有多少家工匠学院？")
    assert reworded(question, passages(library, question, 16)) is None


def test_words_that_are_only_near_are_not_exchanged(library: Library) -> None:
    assert said(library, "遵义市的高技能人才有多少人？") == ""
    assert said(library, "绵阳市有多少家职工学堂？") == ""


def test_the_answer_comes_in_the_end(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "绵阳市拜师有多少对？"})
    assert not answer.refused
    assert "210对" in answer.text
    assert answer.question.text == "绵阳市拜师有多少对？"


def test_no_word_of_the_mouth_is_also_a_written_word_for_another() -> None:
    written = {word for wordings in mouth_words().values() for word in wordings}
    assert not written & mouth_words().keys()


def test_every_word_of_the_mouth_is_found_where_it_is_asked_with() -> None:
    for word in ("拜师", "医保互助", "歇脚的地方", "考星级"):
        assert phrases_in(f"绵阳有没有{word}？", mouth_words) == [word]
