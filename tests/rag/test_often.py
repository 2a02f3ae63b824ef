"""How often something happens, and over what span of time it was counted."""

import pytest

from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

DESK = "市总工会聘请14名心理咨询师，每周三在驿站接待职工。三年来，驿站接待职工5200人次。"


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("市总工会聘请的14名心理咨询师每周三在驿站接待职工。", "supported"),
        ("市总工会聘请的14名心理咨询师每天在驿站接待职工。", "unsupported"),
        ("三年来，驿站共接待职工5200人次。", "supported"),
        ("去年一年，驿站接待职工5200人次。", "unsupported"),
    ],
)
def test_how_often_and_how_long_are_those_of_the_evidence(sentence: str, verdict: str) -> None:
    assert verify_sentence(sentence, [make_evidence(DESK)]).verdict == verdict
