"""What asks for a way is told when the answer has none."""

import pytest

from rag.procedure import NO_WAY_TOLD, asks_way, without_way
from rag.question import understand


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("怎样才能当上青岛大工匠？", True),
        ("农民工想提升学历怎么申请？", True),
        ("技能等级认定的流程是什么？", True),
        ("白银怎么推动产改？", False),
        ("常州为什么办工匠学院？", False),
        ("常州有几家工匠学院？", False),
    ],
)
def test_only_what_one_does_oneself_needs_a_way(text: str, way: bool) -> None:
    assert asks_way(understand(text)) is way


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ("青岛市每年命名大工匠10名，每名奖励8万元。", True),
        ("参评者要在一线岗位工作满15年，由单位推荐。", False),
        ("在竞赛中得奖的选手可以晋升技师。", False),
        ("白银市支持十家企业开展认定。", True),
        ("", False),
    ],
)
def test_an_answer_without_a_way_says_so(told: str, missing: bool) -> None:
    assert without_way(understand("怎样才能当上青岛大工匠？"), told) == (NO_WAY_TOLD if missing else "")
