"""A sentence that counts what came anew, or dates another year, is told on to the sum or the year that is asked for."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from rag.chain import AnswerChain, make_chain

TEXT = (
    "镇江市的职工创新工作室年年增加：2018年新命名12家，总数为64家；到2022年初，总数增加到91家。\n\n"
    "镇江市总工会给职工创新工作室授牌。\n"
)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerChain]:
    with made_library(tmp_path_factory.mktemp("totals") / "index", [made_document(TEXT, "镇江市")]) as opened:
        yield make_chain(opened)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("镇江2018年有多少家创新工作室？", "总数为64家"),
        ("镇江2022年有多少家创新工作室？", "到2022年初，总数增加到91家"),
    ],
)
def test_the_sum_of_the_asked_year_is_told(chain: AnswerChain, question: str, told: str) -> None:
    assert told in chain.invoke({"question": question}).text


def test_what_came_anew_is_told_alone_where_that_is_asked(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "镇江2018年新命名了多少家创新工作室？"})
    assert "新命名12家" in answer.text
    assert "91家" not in answer.text


def test_a_year_that_no_sentence_has_is_not_answered_by_another(chain: AnswerChain) -> None:
    assert chain.invoke({"question": "镇江2020年有多少家创新工作室？"}).refused
