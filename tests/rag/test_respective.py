"""Two rows, of names and of figures, say whose each figure is."""

import pytest

from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

ROWS = "对通过考评的首席技师、特级技师、普通技师，分别奖励9000元、7000元、5000元。"


@pytest.mark.parametrize(
    ("sentence", "is_true"),
    [
        ("首席技师奖励9000元。", True),
        ("普通技师的奖励为5000元。", True),
        ("首席技师奖励9000元，特级技师7000元，普通技师5000元。", True),
        ("特级技师奖励9000元。", False),
        ("首席技师奖励5000元。", False),
    ],
)
def test_a_figure_is_told_of_the_name_at_its_place_in_the_row(sentence: str, is_true: bool) -> None:
    verdict = verify_sentence(sentence, [make_evidence(ROWS, title="奖励办法", places=())]).verdict
    assert (verdict == "supported") is is_true
