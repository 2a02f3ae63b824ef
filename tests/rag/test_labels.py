"""What a figure is about, among others of the same unit."""

import pytest

from rag.labels import longest_common
from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

STAFF = "2022年底，全市有技能人才106万人，其中高技能人才32万人。2024年，技能人才为120万人。"
ROOMS = "全市建成书屋24个、驿站6个，到2024年3月累计投入466万元。总工会给每家书屋补助2万元。"
ROUNDS = "第三届评出工匠28人，三届累计68人。"


@pytest.mark.parametrize(
    ("sentence", "text", "passes"),
    [
        ("2022年底，全市高技能人才有32万人。", STAFF, True),
        ("2022年底，全市高技能人才有106万人。", STAFF, False),
        ("2022年底，全市有技能人才120万人。", STAFF, False),
        ("2024年，全市技能人才为120万人。", STAFF, True),
        ("全市建成驿站6个、书屋24个。", ROOMS, True),
        ("全市建成驿站24个。", ROOMS, False),
        ("到2024年3月，全市累计投入466万元。", ROOMS, True),
        ("总工会给每家书屋补助466万元。", ROOMS, False),
        ("三届累计评出工匠68人。", ROUNDS, True),
        ("三届累计评出工匠28人。", ROUNDS, False),
    ],
)
def test_a_figure_keeps_what_it_counts(sentence: str, text: str, passes: bool) -> None:
    assert (verify_sentence(sentence, [make_evidence(text)]).verdict == "supported") is passes


def test_the_longest_common_run_is_found_anywhere_and_a_single_sign_is_none() -> None:
    assert longest_common("其中高技能人才", "高技能人才有") == 5
    assert longest_common("书屋", "驿站") == 0
    assert longest_common("书屋", "书院") == 0
