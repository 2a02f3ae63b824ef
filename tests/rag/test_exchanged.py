"""Two names that have changed places within one statement."""

import pytest

from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

TRADES = "上半年，纺织业求助量居首，物流业次之，两者合计占七成。钳工组冠军是郝立新，车工组冠军是段明远。"


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("纺织业求助量居首，物流业次之。", "supported"),
        ("物流业求助量居首，纺织业次之，两者合计占七成。", "unsupported"),
        ("车工组冠军是郝立新，钳工组冠军是段明远。", "unsupported"),
    ],
)
def test_names_do_not_change_places(sentence: str, verdict: str) -> None:
    assert verify_sentence(sentence, [make_evidence(TRADES)]).verdict == verdict
