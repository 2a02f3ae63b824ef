"""A question that only wants to be confirmed is told what the documents say instead of what it supposes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build
from index.library import Library
from index.settings import Settings
from rag.chain import AnswerChain, make_chain
from rag.question import understand
from rag.supposed import asked_again, asked_where, only_confirms

NEWS = {
    "扬州技能赛": "“瘦湖杯”焊接技能赛上周在扬州市举行，36名选手参加了比赛。\n赛后扬州市总工会给选手发了奖牌。\n",
    "惠化中学": "7月22日，盐城市的工友给惠化中学送去300套床垫。\n惠化中学的学生住进了新宿舍。\n",
    "镇江夜校": "镇江市总工会办了夜校，教职工唱歌和画画。\n夜校每周开课两次。\n",
    "徐州大会": "徐州市总工会昨天召开大会。\n焊工钱炼夫在会上宣读倡议书，号召工友比技能。\n",
    "泰州驿站": "泰州市建成工会驿站120家，工友可以喝水歇脚。\n驿站全天开门。\n",
    "镇江驿站": "镇江市建成工会驿站85家，工友可以热饭充电。\n驿站早上六点开门。\n",
}


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerChain]:
    folder = tmp_path_factory.mktemp("supposed")
    files: list[Path] = []
    for title, text in NEWS.items():
        files.append(folder / f"{title}.txt")
        files[-1].write_text(f"{title}\n{text}", encoding="utf-8")
    settings = Settings(folder=folder / "index")
    build(settings, files)
    with Library.open(settings) as library:
        yield make_chain(library)


@pytest.mark.parametrize(
    ("question", "lead", "fact"),
    [
        ("瘦湖杯焊接技能赛是在镇江办的吧？", "资料写的是扬州市，不是镇江市：", "扬州市举行"),
        ("惠化中学的床垫是泰州市送的吧？", "资料写的是盐城市，不是泰州市：", "盐城市的工友"),
    ],
)
def test_the_place_that_is_supposed_is_put_right(chain: AnswerChain, question: str, lead: str, fact: str) -> None:
    answer = chain.invoke({"question": question})
    assert answer.text.startswith(lead)
    assert fact in answer.text
    assert answer.citations


def test_the_place_of_an_article_is_not_where_its_people_are_from(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "焊工钱炼夫是镇江人吧？"})
    assert "资料写的是徐州市" not in answer.text


def test_what_several_places_have_is_not_told_of_another_place(chain: AnswerChain) -> None:
    assert chain.invoke({"question": "扬州市有工会驿站吧？"}).refused
    assert chain.invoke({"question": "盐城市的工会驿站有90家吧？"}).refused


@pytest.mark.parametrize(
    ("question", "confirms"),
    [
        ("夜校是在镇江办的吧？", True),
        ("夜校是镇江办的，每周开课三次？", True),
        ("镇江的夜校每周开课几次？", False),
        ("镇江的夜校是谁办的？", False),
        ("镇江 夜校", False),
    ],
)
def test_only_a_statement_wants_to_be_confirmed(question: str, confirms: bool) -> None:
    assert only_confirms(understand(question)) == confirms


def test_a_figure_is_asked_for_where_one_is_supposed() -> None:
    asked = [each.standalone for each in asked_again(understand("张小满被罚了300元吧？"))]
    assert asked == ["张小满被罚了多少元？"]


def test_who_a_person_is_is_asked_where_a_post_is_supposed() -> None:
    asked = [each.standalone for each in asked_again(understand("王海涛是甲校校长吧？"))]
    assert "王海涛是谁？" in asked


@pytest.mark.parametrize(
    ("question", "asked", "supposed"),
    [
        ("王海涛的拜师会是在甲校礼堂办的吗？", "王海涛的拜师会是在哪里办的？", "甲校礼堂"),
        ("王海涛去年在岗吗？", "", ""),
        ("王海涛办了拜师会吧？", "", ""),
    ],
)
def test_where_something_was_is_asked_where_a_house_is_supposed(question: str, asked: str, supposed: str) -> None:
    again, place = asked_where(understand(question))
    assert (again.standalone if again else "", place) == (asked, supposed)
