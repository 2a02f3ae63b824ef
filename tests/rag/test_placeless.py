"""A question without a place: whose answer it is, where else the same thing is told, and what a refusal asks back."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.placeless import ASK, asked_back, others_that_tell, places_that_tell
from rag.question import understand
from rag.refuse import WORDING, wording
from rag.retriever import passages
from rag.terms import weigh

DOCUMENTS = [
    made_document("常州市总工会给考取技师证书的职工发放奖励2000元。", "常州市"),
    made_document("白银市总工会给考取技师证书的职工发放奖励1500元。", "白银市"),
    made_document("徐州市的青禾农机公司建成职工食堂3个。", "徐州市"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("placeless") / "index", DOCUMENTS) as opened:
        yield opened


@pytest.fixture(scope="module")
def chain(library: Library) -> AnswerChain:
    return make_chain(library)


def test_the_other_place_that_answers_as_well_is_named_beside_the_one_that_is_told(chain: AnswerChain) -> None:
    told = chain.invoke({"question": "考取技师证书的职工奖励多少元？"})
    assert not told.refused
    first, other = ("常州市", "白银市") if "2000元" in told.text else ("白银市", "常州市")
    assert first in told.text
    assert f"这里说的是{first}的情况" in told.notice and f"还有：{other}。" in told.notice


def test_who_names_the_place_is_told_of_no_other(chain: AnswerChain) -> None:
    told = chain.invoke({"question": "常州市考取技师证书的职工奖励多少元？"})
    assert "2000元" in told.text and "白银" not in told.text + told.notice


@pytest.mark.parametrize("text", ["全国考取技师证书的职工奖励多少元？", "哪些城市给考取技师证书的职工发放奖励？"])
def test_a_question_of_all_places_is_of_no_single_one(library: Library, text: str) -> None:
    question = understand(text, rarity=library)
    assert not places_that_tell(question, passages(library, question, 10), library)


def test_a_refusal_offers_the_same_question_of_the_places_that_tell_of_it(library: Library) -> None:
    question = understand("考取技师证书的职工奖励多少元？", rarity=library)
    places = places_that_tell(question, passages(library, question, 10), library)
    assert set(places) == {"常州市", "白银市"}
    back, offered = asked_back(question, places)
    assert all(place in back for place in places)
    assert offered == tuple(f"{place}考取技师证书的职工奖励多少元？" for place in places)
    assert wording(question, "no_content", "", back) == back


def test_where_no_place_is_sure_only_what_somebody_asks_for_himself_is_asked_back() -> None:
    assert asked_back(understand("工人考证有没有补贴？"), []) == (ASK, ())
    assert asked_back(understand("首批一共评出多少个项目？"), []) == ("", ())
    assert asked_back(understand("白银市工人考证有没有补贴？"), []) == ("", ())
    assert ASK.startswith(WORDING["no_content"])


def test_nothing_told_has_no_others(library: Library) -> None:
    question = understand("考取技师证书的职工奖励多少元？", rarity=library)
    assert others_that_tell(question, weigh(question, library), [], [], [], library) == ""
