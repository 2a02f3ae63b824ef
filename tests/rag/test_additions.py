"""A verb may be told by another one; a thing that the evidence does not have may not be added."""

import pytest

from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

CLASS = "县总工会与职教中心共建电商培训班，聘请8名主播授课，320名返乡职工参加。学员结业后由县就业局推荐岗位。"


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("县总工会联手职教中心办起电商培训班，请来8名主播授课，吸引了320名返乡职工。", "supported"),
        ("县总工会与职教中心共建电商培训班，配备8名主播和直播设备。", "partly"),
        ("320名返乡职工参加电商培训班，领到误工补贴。", "partly"),
    ],
)
def test_verbs_are_free_and_things_are_not(sentence: str, verdict: str) -> None:
    evidence = make_evidence(CLASS, title="返乡职工学电商")
    assert verify_sentence(sentence, [evidence]).verdict == verdict


PAID = "白银市总工会向一线职工发放补贴200万元，奖励优秀班组30个，帮助困难职工追回工资80万元。"


@pytest.mark.parametrize(
    ("sentence", "is_true"),
    [
        ("白银市总工会给一线职工发了200万元补贴。", True),
        ("白银市总工会帮困难职工讨回80万元工资。", True),
        ("白银市总工会处罚班组30个。", False),
        ("白银市总工会扣发一线职工补贴200万元。", False),
        ("白银市总工会拒绝向一线职工发放补贴200万元。", False),
    ],
)
def test_a_deed_that_undoes_or_harms_is_not_free(sentence: str, is_true: bool) -> None:
    assert (verify_sentence(sentence, [make_evidence(PAID)]).verdict == "supported") is is_true
