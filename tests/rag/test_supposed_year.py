"""A question that supposes a year is told the other year where what is done is surely told of it."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from rag.chain import AnswerChain, make_chain
from rag.premises import OTHER_YEAR

MADE = [
    made_document("《码头工人休假办法》由雅安市总工会于2019年5月印发，共有12条。", "雅安市"),
    made_document("雅安市的码头在2021年换了新吊机，码头工人学了三个月。", "雅安市"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerChain]:
    with made_library(tmp_path_factory.mktemp("made") / "index", MADE) as library:
        yield make_chain(library)


@pytest.mark.parametrize("year", ["2018", "2021"])
def test_a_wrong_year_is_put_right(made: AnswerChain, year: str) -> None:
    answer = made.invoke({"question": f"雅安的码头工人休假办法是{year}年印发的吗？"})
    assert answer.text.startswith(OTHER_YEAR)
    assert "2019年5月印发" in answer.text


def test_a_right_year_is_told_as_it_stands(made: AnswerChain) -> None:
    answer = made.invoke({"question": "雅安的码头工人休假办法是2019年印发的吗？"})
    assert OTHER_YEAR not in answer.text
    assert "2019年5月印发" in answer.text


def test_nothing_is_told_of_another_thing_s_year(made: AnswerChain) -> None:
    assert OTHER_YEAR not in made.invoke({"question": "雅安的电影院是2018年盖的吗？"}).text
