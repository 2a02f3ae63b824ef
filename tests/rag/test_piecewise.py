"""Each asked thing of a question is told, in the order asked, once where one sentence tells both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build
from index.library import Library
from index.settings import Settings
from rag.chain import AnswerChain, make_chain

SCENE = {
    "夜校": (
        "红星机械厂夜校开班",
        "红星机械厂夜校上周开班。开班仪式上，厂工会主席王海涛致辞，欢迎新学员。随后，副厂长李秀兰为夜校授旗。"
        "夜校今年计划办36期，预计招收学员1200名。学员结业后可以参加技能等级认定。",
    ),
    "比武": (
        "红星机械厂举行技能比武",
        "红星机械厂日前举行技能比武。焊工赵国强获得金奖，奖金5000元；钳工孙玉梅获得银奖，奖金3000元。"
        "比武共有18支队伍参加，参赛职工260余人。",
    ),
}


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerChain]:
    folder: Path = tmp_path_factory.mktemp("scene")
    for name, (title, text) in SCENE.items():
        (folder / f"{name}.txt").write_text(f"{title}\n{text}\n", encoding="utf-8")
    settings = Settings(folder=folder / "index")
    build(settings, sorted(folder.glob("*.txt")))
    with Library.open(settings) as library:
        yield make_chain(library)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("红星机械厂夜校开班仪式上谁致的辞，谁授的旗？", ["王海涛", "李秀兰"]),
        ("红星机械厂夜校今年计划办多少期，招收多少学员？", ["36期", "1200名"]),
        ("红星机械厂技能比武，赵国强和孙玉梅各得了多少奖金？", ["5000元", "3000元"]),
        ("红星机械厂技能比武有几支队伍、多少职工参赛？", ["18支", "260余人"]),
    ],
)
def test_both_asked_things_are_told_in_order(chain: AnswerChain, question: str, told: list[str]) -> None:
    answer = chain.invoke({"question": question})
    places = [answer.text.find(each) for each in told]
    assert -1 not in places and places == sorted(places)


def test_a_part_without_an_answer_is_left_open(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "红星机械厂夜校今年计划办多少期，食堂一天卖多少份饭？"})
    assert "36期" in answer.text
    assert any("食堂" in part for part in answer.unanswered)


def test_the_larger_of_two_named_things_is_said(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "红星机械厂技能比武，赵国强和孙玉梅谁的奖金多，各多少元？"})
    assert "5000元" in answer.text and "3000元" in answer.text
