"""Near misses that are made: one thing is swapped, and what is put in is nowhere in the text."""

import random

import pytest

from eval.trust.swapped import near_misses
from rag.question import understand

SAID = "2021年常州市首批授牌工匠学院5家,培训职工4200人次,给予高级技师补贴。"


def made(question: str, own: list[str], foreign: list[str], seed: int = 1) -> dict[str, str]:
    found = near_misses(understand(question), SAID, own, foreign, random.Random(seed))
    return {each.kind: each.question for each in found}


def test_another_year_is_one_that_the_text_does_not_name() -> None:
    asked = made("常州市2021年授牌工匠学院多少家？", [], [])["year"]
    assert asked != "常州市2021年授牌工匠学院多少家？"
    assert "2021" not in asked
    assert asked.replace(asked[3:7], "2021") == "常州市2021年授牌工匠学院多少家？"


def test_another_ordinal_and_another_grade() -> None:
    assert made("首批授牌工匠学院多少家？", [], [])["ordinal"][:2] in {f"第{n}" for n in "二三四五六七八九"}
    grade = made("常州市给高级技师补贴多少钱？", [], [])["grade"]
    assert "高级技师" not in grade and "技师补贴多少钱" in grade


def test_a_term_of_the_same_text_or_of_another_question_takes_the_place_of_one() -> None:
    found = made("常州市有多少家工匠学院？", ["基地"], ["竞赛"])
    assert found["entity"] in {"常州市有多少家基地学院？", "常州市有多少家工匠基地？"}
    assert found["object"] in {"常州市有多少家竞赛学院？", "常州市有多少家工匠竞赛？"}


def test_what_the_text_says_is_not_put_in() -> None:
    said = "".join(f"{year}年" for year in range(2008, 2027))
    assert "year" not in {m.kind for m in near_misses(understand("常州2021年几家？"), said, [], [], random.Random(1))}


@pytest.mark.parametrize("seed", range(5))
def test_the_same_chance_makes_the_same_questions_and_none_is_the_question_itself(seed: int) -> None:
    question = "常州市2021年有多少家工匠学院？"
    first, second = (made(question, ["基地"], ["竞赛"], seed) for _ in range(2))
    assert first == second
    assert question not in first.values()
