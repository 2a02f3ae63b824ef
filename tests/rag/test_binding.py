"""Who did it: a body, a person, a rank or a place of the evidence does not do what another one does."""

import pytest

from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

OFFICES = "县总工会、县财政局印发帮扶办法。办法由县财政局牵头起草，县总工会参与修改，资金由企业按季申领。"
FIRMS = "甲山机械公司和乙水纺织公司设立培训中心，对30个工种开展评价。丙林化工公司用积分办法鼓励职工学艺。"
FAIRS = "首届技能节设6个工种。第二届技能节在县体育馆举行，评出金牌选手9名。"
GRADES = "对新招的技师比照本科、高级技师比照硕士的标准，发放租房补贴。"
PEOPLE = "周大川从技校毕业后当焊工。刘文海介绍了改造经过。会议要求各车间整理记录。"


@pytest.mark.parametrize(
    ("sentence", "text", "verdict"),
    [
        ("办法由县财政局牵头起草。", OFFICES, "supported"),
        ("办法由县总工会牵头起草。", OFFICES, "unsupported"),
        ("县财政局参与修改。", OFFICES, "unsupported"),
        ("资金由企业按季申领。", OFFICES, "supported"),
        ("资金由职工按季申领。", OFFICES, "unsupported"),
        ("甲山机械公司和乙水纺织公司对30个工种开展评价。", FIRMS, "supported"),
        ("丙林化工公司对30个工种开展评价。", FIRMS, "unsupported"),
        ("甲山机械公司用积分办法鼓励职工学艺。", FIRMS, "unsupported"),
        ("白银市用积分办法鼓励职工学艺。", FIRMS, "unsupported"),
        ("第二届技能节评出金牌选手9名。", FAIRS, "supported"),
        ("首届技能节评出金牌选手9名。", FAIRS, "unsupported"),
        ("对新招的高级技师比照硕士的标准发放租房补贴。", GRADES, "supported"),
        ("对新招的技师比照硕士的标准发放租房补贴。", GRADES, "unsupported"),
        ("周大川从技校毕业后当焊工。", PEOPLE, "supported"),
        ("李大川从技校毕业后当焊工。", PEOPLE, "unsupported"),
        ("刘文海要求各车间整理记录。", PEOPLE, "unsupported"),
    ],
)
def test_what_one_did_is_not_told_of_another(sentence: str, text: str, verdict: str) -> None:
    assert verify_sentence(sentence, [make_evidence(text)]).verdict == verdict


def test_the_order_of_a_list_is_free() -> None:
    evidence = make_evidence("全市建成12个名师工作室、7个工匠学院和30个创新工作室，其中名师工作室带徒400人。")
    assert verify_sentence("全市建成7个工匠学院、30个创新工作室和12个名师工作室。", [evidence]).verdict == "supported"


def test_a_place_does_not_do_what_another_place_does() -> None:
    evidence = make_evidence("2020年，甘肃省布置“1+6”试点，白银市是其中的综合试点。")
    assert verify_sentence("甘肃省2020年布置“1+6”试点。", [evidence]).verdict == "supported"
    assert verify_sentence("白银市2020年布置“1+6”试点。", [evidence]).verdict == "unsupported"
