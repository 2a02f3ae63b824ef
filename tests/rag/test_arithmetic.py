"""A comparison of two figures that the evidence gives needs no word of the evidence, but it must be right."""

import pytest

from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

YEARS = "2022年，全县办夜校40期，支出经费80万元。2023年，全县办夜校55期，支出经费96万元。"


@pytest.mark.parametrize(
    ("sentence", "is_true"),
    [
        ("全县2023年支出经费96万元，高于2022年的80万元。", True),
        ("全县夜校由2022年的40期增加到2023年的55期。", True),
        ("全县2023年支出经费96万元，低于2022年的80万元。", False),
        ("全县夜校由2022年的55期减少到2023年的40期。", False),
    ],
)
def test_a_comparison_is_drawn_from_its_figures(sentence: str, is_true: bool) -> None:
    verdict = verify_sentence(sentence, [make_evidence(YEARS, title="夜校", places=(), published=None)]).verdict
    assert (verdict == "supported") is is_true
