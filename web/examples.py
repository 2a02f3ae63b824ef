"""The questions of the first screen: of those worth showing, the ones that this library answers."""

from __future__ import annotations

from web.answerer import Answerer

SHOWN = 6
WORTH_SHOWING = (
    "白银有多少个劳模工匠创新工作室？",
    "我在蚌埠当学徒，一年最少补多少钱？",
    "哪些地方搞了产改试点企业？各有多少家？",
    "白银是怎么让企业自己评工人技能等级的？",
    "惠山工匠日定在几月几日？",
    "我想提升学历，求学圆梦行动资助了多少人？",
    "盐城三级产改试点企业有多少家？",
    "常州是怎么推进产改的？",
    "哪些地方设了工匠学院？",
    "到2035年全国想造就多少大国工匠？",
    "南京市级的工匠学院有几家？",
    "2017年的改革方案从哪几个方面做起？",
)


def examples(chain: Answerer) -> tuple[str, ...]:
    """Up to SHOWN questions, each tried on the chain, so that no example leads to a refusal."""
    answered: list[str] = []
    for question in WORTH_SHOWING:
        if len(answered) == SHOWN:
            break
        if not chain.invoke({"question": question}).refused:
            answered.append(question)
    return tuple(answered)
