"""What is told of another edition of an event than was asked about is said to be so."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from rag.chain import AnswerChain, make_chain

CONTEST = "2023年，第五届宜宾工匠焊接大赛设12个项目，640名选手参赛。"
BOTH = "第三届芜湖职工运动会有800人参加，第四届芜湖职工运动会有950人参加。"


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerChain]:
    documents = [made_document(CONTEST, "宜宾市"), made_document(BOTH, "芜湖市")]
    with made_library(tmp_path_factory.mktemp("editions") / "index", documents) as opened:
        yield make_chain(opened)


@pytest.mark.parametrize("asked", ["第六届", "第6届"])
def test_another_edition_is_named_before_what_is_told_of_it(chain: AnswerChain, asked: str) -> None:
    answer = chain.invoke({"question": f"{asked}宜宾工匠焊接大赛有多少名选手？"})
    assert answer.text.startswith(f"资料写的是第五届，没有写{asked}：")


def test_the_asked_edition_needs_no_word(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "第五届宜宾工匠焊接大赛有多少名选手？"})
    assert "640" in answer.text
    assert "没有写" not in answer.text


def test_an_edition_that_the_document_tells_of_elsewhere_is_not_denied(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "芜湖第四届职工运动会有多少人参加？"})
    assert "没有写" not in answer.text
