"""Questions offered beside a refusal: few, in the documents' words, and answered when they are asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from index.measures import matrix
from index.measures.corrections import Correction, add_correction, quote_digest
from rag.chain import AnswerChain, make_chain
from rag.question import understand
from rag.retriever import passages
from rag.suggest import MOST, question_of, suggestions

DOCUMENTS = [
    made_document("## 学院\n\n常州市建成工匠学院31家。\n\n## 制度\n\n常州市推行揭榜挂帅，攻克技术难题52项。", "常州市"),
    made_document("## 平台\n\n白银市建成技能大师工作室6个。\n\n## 竞赛\n\n白银市举办技能竞赛88场。", "白银市"),
    made_document("## 学院\n\n徐州市建成工匠学院14家。\n\n## 学堂\n\n徐州市建成职工学堂17家。", "徐州市"),
    made_document("## 学院\n\n盐城市建成工匠学院25家。", "盐城市"),
    made_document("## 做法\n\n芜湖市办起求学圆梦班，招收学员260人。蚌埠市推行网上练兵，上线课程900门。", name="综述"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("suggest") / "index", DOCUMENTS) as opened:
        yield opened


@pytest.fixture(scope="module")
def chain(library: Library) -> AnswerChain:
    return make_chain(library)


@pytest.mark.parametrize(
    "question",
    ["常州市的飞机场有几条跑道？", "绵阳市有多少家工匠学院？", "白银市有多少家工匠学院？", "红烧肉怎么做？", "你好"],
)
def test_what_is_offered_beside_a_refusal_is_answered(chain: AnswerChain, question: str) -> None:
    refusal = chain.invoke({"question": question})
    assert refusal.refused
    assert 0 < len(refusal.suggestions) <= MOST
    assert len(set(refusal.suggestions)) == len(refusal.suggestions)
    for text in refusal.suggestions:
        answer = chain.invoke({"question": text})
        assert not answer.refused
        assert answer.citations


def test_an_answer_offers_nothing(chain: AnswerChain) -> None:
    assert chain.invoke({"question": "常州市有多少家工匠学院？"}).suggestions == ()


def offered(library: Library, text: str) -> tuple[str, ...]:
    question = understand(text)
    return suggestions(library, question, passages(library, question, 16))


def test_the_asked_measure_elsewhere_comes_first(library: Library) -> None:
    given = offered(library, "白银市有多少家工匠学院？")
    assert set(given) == {f"{city}有多少家工匠学院？" for city in ("常州市", "徐州市", "盐城市")}


def test_the_same_province_comes_before_others(library: Library) -> None:
    assert offered(library, "定西市建了几个技能大师工作室？")[0] == "白银市有多少个技能大师工作室？"


def test_what_is_told_of_the_place_is_offered_where_no_measure_is_asked(library: Library) -> None:
    given = offered(library, "白银市的机场有几条跑道？")
    assert given
    assert all(text.startswith("白银市") for text in given)


def test_the_question_itself_is_never_offered(library: Library) -> None:
    assert "常州市有多少家工匠学院？" not in offered(library, "常州市有多少家工匠学院？")


def test_a_library_without_measures_offers_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("nothing") / "index"
    with made_library(folder, [made_document("今天食堂做了红豆汤，味道不错。", name="汤")]) as opened:
        assert offered(opened, "白银市有多少家工匠学院？") == ()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        # Asked by the measure's own name, in the unit of the figure.
        ("白银市建成工匠学院12所。", "白银市有多少所工匠学院？"),
        # Asked by the document's own name for it; persons are not counted.
        ("白银市开展了技能比武，3000人参加。", "白银市在技能比武方面有什么做法？"),
        # What is only planned has no answer yet.
        ("白银市计划建设工匠学院12所。", ""),
    ],
)
def test_a_cell_is_asked_for_in_the_words_of_its_document(
    tmp_path_factory: pytest.TempPathFactory, text: str, asked: str
) -> None:
    folder = tmp_path_factory.mktemp("words") / "index"
    with made_library(folder, [made_document(text, "白银市")]) as opened:
        assert {question_of(opened, cell) for cell in matrix(opened)} == {asked}


MORE = [
    made_document("## 学历\n\n绵阳市有260名职工参加求学圆梦行动。\n\n## 竞赛\n\n绵阳市举办技能竞赛31场。", "绵阳市"),
    made_document("## 认定\n\n新余市有12家企业开展职业技能等级认定。\n\n## 站点\n\n新余市建成工会驿站45家。", "新余市"),
    made_document("## 概况\n\n遵义市的山很多，路很长。", "遵义市"),
]


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("others") / "index", MORE) as opened:
        yield opened


def test_only_what_a_measure_word_counts_is_counted(others: Library) -> None:
    asked = {question_of(others, cell) for cell in matrix(others)}
    assert "绵阳市有多少场技能竞赛？" in asked
    assert "新余市有多少家工会驿站？" in asked
    assert not any("名求学圆梦" in text or "家职业技能等级认定" in text for text in asked)


def test_what_documents_call_the_plain_word_is_offered(others: Library) -> None:
    assert offered(others, "遵义市哪里能歇脚？")[0] == "新余市有多少家工会驿站？"


def test_what_is_nearest_to_the_question_comes_before_what_is_told_most(others: Library) -> None:
    assert "技能竞赛" in offered(others, "遵义市的书法竞赛是谁办的？")[0]


def test_who_was_wronged_is_offered_nothing_that_only_stands_near(others: Library) -> None:
    assert offered(others, "公司把我辞退了怎么办？") == ()


def test_what_staff_reject_is_offered_no_more(tmp_path: Path) -> None:
    with made_library(tmp_path / "index", DOCUMENTS[:2]) as library:
        refused = understand("常州市的飞机场有几条跑道？")
        offered = suggestions(library, refused, ())
        cell = next(each for each in matrix(library) if each.place == "常州市" and "工匠学院" in each.best.quote)
        wording = question_of(library, cell)
        assert wording in offered
        digest = quote_digest(cell.best.quote)
        add_correction(library.settings.folder, Correction("常州市", cell.measure, "reject", "查无此事", digest))
        assert wording not in suggestions(library, refused, ())
