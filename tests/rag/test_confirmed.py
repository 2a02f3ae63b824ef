"""A figure that a question only wants confirmed is told with what newer sources say, or with what the sources say instead."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from rag.chain import AnswerChain, make_chain
from rag.confirmed import NONE_OF_THEM, PLANNED, STALE, for_the_figure
from rag.premises import OTHER_FIGURE
from rag.question import understand

MADE = [
    made_document(
        "泸州市的劳模工作室一年比一年多：2016年新命名12家，总数为60家；到2020年底，总数增加到95家。", "泸州市"
    ),
    made_document("2020年底，绵阳市有技术工人31万人。到2023年3月，绵阳市有技术工人36万人。", "绵阳市"),
    made_document("2018年提出，用6年左右评选遂宁工匠5000名。到2023年，遂宁市共评选遂宁工匠900名。", "遂宁市"),
    made_document("内江市的示范车间有80家。内江市签了合同的示范车间有30家。", "内江市"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerChain]:
    with made_library(tmp_path_factory.mktemp("made") / "index", MADE) as library:
        yield make_chain(library)


@pytest.mark.parametrize(
    ("question", "year", "told"),
    [
        ("听说泸州劳模工作室有60家，现在还是吗？", "2016", "95家"),
        ("绵阳技术工人还是31万人吗？", "2020", "36万人"),
        ("绵阳的技术工人有31万人对吧？", "2020", "36万人"),
    ],
)
def test_an_older_figure_is_said_to_be_so(made: AnswerChain, question: str, year: str, told: str) -> None:
    answer = made.invoke({"question": question})
    assert answer.text.startswith(STALE.format(year=year))
    assert told in answer.text


def test_the_newest_figure_is_confirmed(made: AnswerChain) -> None:
    answer = made.invoke({"question": "绵阳的技术工人有36万人对吧？"})
    assert answer.text.startswith("到2023年3月")


def test_a_target_is_not_told_as_reached(made: AnswerChain) -> None:
    answer = made.invoke({"question": "遂宁工匠已经评选了5000名了，是不是？"})
    assert answer.text.startswith(PLANNED)
    assert "900名" in answer.text


def test_of_several_figures_the_close_one_is_told_and_else_all_of_them(made: AnswerChain) -> None:
    close = made.invoke({"question": "内江的示范车间有82家是吗？"}).text
    assert close.startswith(OTHER_FIGURE)
    assert "80家" in close and "30家" not in close
    far = made.invoke({"question": "内江的示范车间有200家是吗？"}).text
    assert far.startswith(NONE_OF_THEM)
    assert "80家" in far and "30家" in far


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("听说泸州劳模工作室有60家，现在还是吗？", "泸州劳模工作室有多少家？"),
        ("绵阳技术工人还是31万人吗？", "绵阳技术工人是多少人？"),
        ("绵阳技术工人有多少人？", None),
        ("2020年绵阳技术工人有31万人吗？", None),
        ("绵阳技术工人是31万人还是36万人？", None),
        ("这是第3届比武吧？", None),
    ],
)
def test_the_plain_question_for_a_figure(question: str, plain: str | None) -> None:
    asked = for_the_figure(understand(question))
    assert (asked[0].standalone if asked else None) == plain
