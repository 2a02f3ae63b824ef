"""For whom a benefit or a duty holds: the group is named as narrowly as in the evidence."""

import pytest

from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

HELP = "市总工会为入会骑手免费提供体检。对首次申报的中小企业给予2万元补助，大型企业不予补助。"
RULES = "中途离岗的学员须退回津贴。在决赛中获得金奖的选手可以晋升技师。"
BOUND = "对创效10万元以上的革新成果，按创效额的5%奖励小组。50人以上企业还剩8家没有建会。"
TASKS = "县总工会、县人社局分别负责技能培训和政策兑现。"


@pytest.mark.parametrize(
    ("sentence", "text", "passes"),
    [
        ("市总工会为入会骑手免费提供体检。", HELP, True),
        ("市总工会为骑手免费提供体检。", HELP, False),
        ("首次申报的中小企业可获2万元补助。", HELP, True),
        ("首次申报的大型企业可获2万元补助。", HELP, False),
        ("对中小企业给予2万元补助。", HELP, False),
        ("中途离岗的学员须退回津贴。", RULES, True),
        ("学员须退回津贴。", RULES, False),
        ("参加决赛的选手可以晋升技师。", RULES, False),
        ("对创效10万元以上的革新成果，按创效额的5%奖励小组。", BOUND, True),
        ("对革新成果按创效额的5%奖励小组。", BOUND, False),
        ("没有建会的企业还剩8家。", BOUND, False),
        ("县总工会负责技能培训，县人社局负责政策兑现。", TASKS, True),
        ("县人社局负责技能培训。", TASKS, False),
    ],
)
def test_a_group_is_not_widened(sentence: str, text: str, passes: bool) -> None:
    assert (verify_sentence(sentence, [make_evidence(text)]).verdict == "supported") is passes
