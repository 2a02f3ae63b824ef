"""The date of a source in the words of an answer."""

import pytest

from index.library import Library
from rag.chain import make_chain
from rag.dating import as_of, asks_of_today, with_date


@pytest.mark.parametrize(
    ("sentence", "published", "told"),
    [
        ("白银市有6个工作室。", "2021-10-22", "白银市有6个工作室（2021年10月资料）。"),
        ("白银市有6个工作室。", "2021", "白银市有6个工作室（2021年资料）。"),
        ("白银市有6个工作室。", None, "白银市有6个工作室（日期不详）。"),
        ("他说“好。”", "2023-01-02", "他说“好（2023年1月资料）。”"),
        ("没有句号", "2023-01-02", "没有句号（2023年1月资料）"),
    ],
)
def test_the_month_stands_before_the_full_stop(sentence: str, published: str | None, told: str) -> None:
    assert with_date(sentence, published) == told


def test_an_answer_says_its_date_once_and_not_beside_a_year(sample_library: Library) -> None:
    chain = make_chain(sample_library)
    assert "（2021年10月资料）" in chain.invoke({"question": "白银有几个技能大师工作室？"}).text
    assert "资料）" not in chain.invoke({"question": "到2035年全国想造就多少大国工匠？"}).text


def test_the_verified_sentence_itself_has_no_date_added(sample_library: Library) -> None:
    answer = make_chain(sample_library).invoke({"question": "白银有几个技能大师工作室？"})
    assert all("资料）" not in sentence.text for sentence in answer.sentences)


def test_a_question_about_today_is_told_how_old_the_source_is(sample_library: Library) -> None:
    answer = make_chain(sample_library).invoke({"question": "白银现在有几个技能大师工作室？"})
    assert as_of("2021-10-22") in answer.notice
    assert asks_of_today("白银现在有几个") and not asks_of_today("白银有几个")
