"""Figures that the evidence need not write: what a row counts, what a 一 brings in, days that read like a date."""

import pytest

from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

TEAMS = "北关区、南关区代表队获二等奖，文峰区代表队获一等奖。获奖名单二十日内公布，评审组成员均来自高校。"


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("获二等奖的是北关区和南关区两支代表队。", "supported"),
        ("获二等奖的代表队有6支。", "unsupported"),
        ("文峰区的一支代表队获一等奖。", "supported"),
        ("获奖名单20天内公布。", "supported"),
        ("获奖名单30天内公布。", "unsupported"),
    ],
)
def test_a_reckoned_figure_passes_and_another_one_does_not(sentence: str, verdict: str) -> None:
    evidence = make_evidence(TEAMS, title="安阳市技能竞赛", places=("安阳市",))
    assert verify_sentence(sentence, [evidence]).verdict == verdict
