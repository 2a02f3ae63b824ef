"""Sources that do not agree are told side by side; where time moved on, the newest is told."""

import pytest

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.conflicts import BOTH


@pytest.fixture(scope="module")
def chain(sample_library: Library) -> AnswerChain:
    return make_chain(sample_library)


def test_two_reports_without_a_date_stand_side_by_side(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "海南的技能人才总量是多少，报道的说法不一样，都告诉我。"})
    assert "91万" in answer.text and "95.23万" in answer.text
    assert answer.citations


def test_the_dates_of_two_targets_are_told(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "海南的产改试点企业目标，有写300家的，有写400家的，各是什么时候提出来的？"})
    assert "2023年8月" in answer.text and "2023年12月" in answer.text


def test_the_newest_figure_is_told_and_that_there_are_older_ones(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "天津的高技能人才有多少？"})
    assert "95万人" in answer.text and "84万人" not in answer.text
    assert "2023年" in answer.notice


def test_the_year_of_the_question_decides(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "天津2023年底有多少高技能人才？"})
    assert "84万人" in answer.text and "95万人" not in answer.text
    assert BOTH not in answer.text
