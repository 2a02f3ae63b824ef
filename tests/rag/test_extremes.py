"""Most and least, more and less: the word stands with the subject of which the evidence says it."""

import pytest

from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

TRADES = "焊工组参赛人数最多，有540人；钳工组最少，有190人。参赛人数比上届增加两成，事故下降15%。决赛推迟到11月。"


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("焊工组参赛人数最多，有540人。", "supported"),
        ("焊工组参赛人数最少。", "unsupported"),
        ("参赛人数比上届增加两成。", "supported"),
        ("参赛人数比上届减少两成。", "unsupported"),
        ("事故上升15%。", "unsupported"),
        ("决赛提前到11月。", "unsupported"),
    ],
)
def test_a_pole_is_not_turned(sentence: str, verdict: str) -> None:
    assert verify_sentence(sentence, [make_evidence(TRADES)]).verdict == verdict
