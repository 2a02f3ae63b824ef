"""A word in the place of another one, new to the evidence or taken from elsewhere in it."""

import pytest

from rag.synonyms import say_the_same
from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

PILOT = "甲区是全市唯一的综合试点地区，乙区做项目试点。区总工会与30家企业结成互助关系，项目小组获奖5000元。"


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("甲区是全市唯一的综合试点地区。", "supported"),
        ("甲区是全市唯一的项目试点地区。", "unsupported"),
        ("区总工会已与30家企业建立互助关系。", "supported"),
        ("区总工会已与30家企业解除互助关系。", "unsupported"),
    ],
)
def test_a_word_in_the_place_of_another_is_seen(sentence: str, verdict: str) -> None:
    assert verify_sentence(sentence, [make_evidence(PILOT)]).verdict == verdict


def test_synonyms_are_the_same_both_ways_and_with_a_finished_ending() -> None:
    assert say_the_same("建立", "结成")
    assert say_the_same("举办了", "举行")
    assert say_the_same("印发了", "印发")
    assert not say_the_same("建立", "解除")
    assert not say_the_same("批准", "驳回")
