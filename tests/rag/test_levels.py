"""市级以上 and the like bound a thing, and stay with it."""

import pytest

from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

ROOMS = "全市建成名师工作室80家，其中国家级的有5家。县级以上工人活动中心有14处。"


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("白银市建成名师工作室80家。", "supported"),
        ("白银市建成国家级名师工作室80家。", "unsupported"),
        ("县级以上工人活动中心有14处。", "supported"),
        ("白银市县级以上的工人活动中心有14处。", "supported"),
        ("白银市有工人活动中心14处。", "unsupported"),
    ],
)
def test_a_level_is_neither_dropped_nor_added(sentence: str, verdict: str) -> None:
    assert verify_sentence(sentence, [make_evidence(ROOMS)]).verdict == verdict


def test_a_thing_named_with_and_without_its_level_may_go_without() -> None:
    evidence = make_evidence("省级职工书屋有9家。职工书屋共借书3000册。")
    assert verify_sentence("职工书屋共借书3000册。", [evidence]).verdict == "supported"
