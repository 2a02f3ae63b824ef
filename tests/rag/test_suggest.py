"""Questions offered beside a refusal: few, tried, and answered when they are asked."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.question import understand
from rag.retriever import passages
from rag.suggest import MOST, TRIES, suggestions

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


def offered(library: Library, text: str, answers: bool) -> tuple[tuple[str, ...], list[str]]:
    tried: list[str] = []

    def answered(text: str) -> bool:
        tried.append(text)
        return answers

    question = understand(text)
    return suggestions(library, question, passages(library, question, 16), answered), tried


def test_only_what_was_tried_with_success_is_offered(library: Library) -> None:
    given, tried = offered(library, "白银市有多少家工匠学院？", answers=False)
    assert given == ()
    assert 0 < len(tried) <= TRIES
    given, tried = offered(library, "白银市有多少家工匠学院？", answers=True)
    assert given == tuple(tried)
    assert len(given) == MOST


def test_the_asked_measure_elsewhere_comes_first(library: Library) -> None:
    given, _ = offered(library, "白银市有多少家工匠学院？", answers=True)
    assert set(given) == {f"{city}有多少家工匠学院？" for city in ("常州市", "徐州市", "盐城市")}


def test_the_question_itself_is_never_offered(library: Library) -> None:
    given, tried = offered(library, "常州市有多少家工匠学院？", answers=True)
    assert "常州市有多少家工匠学院？" not in {*given, *tried}


def test_of_a_place_that_is_held_its_own_measures_are_offered(library: Library) -> None:
    given, _ = offered(library, "白银市的飞机场有几条跑道？", answers=True)
    assert any(text.startswith("白银市") for text in given)


def test_a_measure_is_not_tried_for_a_city_that_only_shares_a_passage_with_it(library: Library) -> None:
    _, tried = offered(library, "蚌埠市招收多少学员？", answers=True)
    assert tried
    assert not any(text.startswith("蚌埠市") and "求学圆梦" in text for text in tried)
