"""What a question for the most counts, and which sentences tell a number of it."""

from __future__ import annotations

import pytest

from index.normalise import search_form
from rag.counted import counted
from rag.question import understand


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("哪个省高技能人才最多", "高技能人才"),
        ("高技能人才最多的是哪个省？", "高技能人才"),
        ("哪个城市的技能人才总量最大", "技能人才"),
        ("哪个地方工会驿站最少", "工会驿站"),
    ],
)
def test_the_thing_that_is_counted_is_read_from_the_question(question: str, thing: str) -> None:
    found = counted(understand(question))
    assert found is not None
    assert found.thing == thing


def test_a_question_without_an_extreme_counts_nothing() -> None:
    assert counted(understand("哪些省有高技能人才")) is None


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("甲省技能人才达200万人，其中高技能人才62.5万人", ("62.5万", "人")),
        ("甲省有80余万名高技能人才", ("80万", "名")),
        ("高技能人才占技能人才的34%", None),
        ("高技能人才培训基地73个", None),
        ("一年里培训高技能人才3万人次", None),
        ("新增高技能人才2.4万人", None),
        ("试点覆盖高技能人才4万人", None),
        ("联盟帮助6万名高技能人才再提升", None),
        ("来听课的和受益的高技能人才有900人", None),
        ("服务中心说，全市高技能人才有8万人", ("8万", "人")),
    ],
)
def test_only_a_number_of_the_thing_itself_is_told(sentence: str, figure: tuple[str, str] | None) -> None:
    found = counted(understand("哪个省高技能人才最多"))
    assert found is not None
    assert found.told(search_form(sentence)) == figure


def test_the_number_of_the_narrower_group_is_not_that_of_the_wider_one() -> None:
    found = counted(understand("哪个省技能人才最多"))
    assert found is not None
    assert found.told(search_form("高技能人才62.5万人")) is None
