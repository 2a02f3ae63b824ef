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


SHARES = "互助保障给付中，住院占81%，重大疾病占15%，意外伤害占4%。报名费比上年低三成。"


@pytest.mark.parametrize(
    ("sentence", "is_true"),
    [
        ("互助保障给付中，住院占比最高，占81%。", True),
        ("互助保障给付中，重大疾病占比最高，占15%。", False),
        ("互助保障给付中，住院占比最低，占81%。", False),
        ("报名费比上年低三成。", True),
        ("报名费降到了上年的三成。", False),
    ],
)
def test_the_greatest_of_a_row_may_be_called_so_and_a_part_is_no_difference(sentence: str, is_true: bool) -> None:
    assert (verify_sentence(sentence, [make_evidence(SHARES)]).verdict == "supported") is is_true
