"""Sources that do not agree are told side by side; where time moved on, the newest is told."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.conflicts import BOTH, asks_both
from rag.question import understand


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


MADE = [
    made_document(
        "泸州市的劳模工作室一年比一年多：2016年新命名12家，总数为60家；到2020年底，总数增加到95家。", "泸州市"
    ),
    made_document(
        "自贡市的试点扩大得快：2020年底，试点工厂有210家；到2022年6月，自贡市的试点工厂累计有350家。", "自贡市"
    ),
    made_document("2020年底，绵阳市有技术工人31万人。到2023年3月，绵阳市有技术工人36万人。", "绵阳市"),
    made_document(
        "广安市办有职工书吧420家。广安市的职工影院有35家。职工书吧和职工影院的数字都出自广安市连续三次受表扬的报道。",
        "广安市",
    ),
    made_document("巴中市的目标是：技师占工人的比例达到35%。巴中市的目标是：工人占居民的比例达到30%。", "巴中市"),
    made_document("2021年，达州市有技能型人才约43万人，占技能型人才的比例提高到31.5%。", "达州市"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerChain]:
    with made_library(tmp_path_factory.mktemp("made") / "index", MADE) as library:
        yield make_chain(library)


def test_a_sentence_is_told_up_to_its_newest_figure(made: AnswerChain) -> None:
    assert "95家" in made.invoke({"question": "泸州市的劳模工作室有多少家？"}).text
    assert "95家" not in made.invoke({"question": "泸州市2016年新命名的劳模工作室有多少家？"}).text


def test_the_newer_of_two_figures_in_one_sentence_is_told(made: AnswerChain) -> None:
    for question in ("自贡试点工厂有多少", "自贡的试点工厂最新有多少家？"):
        told = made.invoke({"question": question}).text
        assert "350家" in told and ("210家" not in told or "2020年底" in told)
    assert "210家" in made.invoke({"question": "2020年底自贡市有多少家试点工厂？"}).text


def test_who_asks_which_of_two_figures_gets_both_with_their_times(made: AnswerChain) -> None:
    told = made.invoke({"question": "绵阳市的技术工人是31万还是36万？"}).text
    assert "2020年底" in told and "31万人" in told and "2023年3月" in told and "36万人" in told


@pytest.mark.parametrize("asked", ["是2020年还是2023年", "是5月1日还是5月2日", "第3届还是第4届"])
def test_two_times_are_no_two_figures(asked: str) -> None:
    assert not asks_both(understand(f"绵阳市的大赛{asked}？"))


def test_where_figures_are_from_is_no_figure(made: AnswerChain) -> None:
    assert "420家" in made.invoke({"question": "广安有多少职工书吧？"}).text
    assert "出自" not in made.invoke({"question": "广安有多少职工书吧和职工影院？"}).text


def test_a_share_is_no_count(made: AnswerChain) -> None:
    assert "43万人" in made.invoke({"question": "达州市的技能型人才有多少？"}).text


def test_shares_of_two_wholes_do_not_gainsay_each_other(made: AnswerChain) -> None:
    assert BOTH not in made.invoke({"question": "巴中市的技师占比目标是多少？"}).text
