"""Questions that ask how one does something, and sentences that say no way: who may, where, with what, in which steps."""

from __future__ import annotations

import re

from index.normalise import search_form
from rag.types import Question

NO_WAY_TOLD = "资料没有说具体怎么办理，只提到："
# Deeds for which a person needs a way: 怎么报名, 怎样才能当上大工匠, 如何申请补贴, 流程是什么.
_DEED = r"(?:申请|申报|报名|报考|报销|办理|办|参加|加入|入会|入党|领取?|当上|当|成为|评上|评|考|享受|拿到?|认定|登记)"
_ASKS_WAY = re.compile(
    rf"(?:怎么|怎样|如何|咋|咋样)(?:样|才|才能|能|可以|去|来|自己|给自己|[申才]?请)*{_DEED}|{_DEED}(?:的?(?:流程|手续|步骤|程序|办法|方法))"
    r"|(?:要|需要|得)(?:走|办)(?:什么|啥|哪些)(?:流程|手续|程序)"
)
_ASKS_ORIGIN = re.compile(r"怎么(?:来|评出|选出|产生)的|为什么")
# Words of a way: a step, a condition, a place to go to, a paper to bring.
_WAY = re.compile(
    r"申请|申报|报名|提交|填写|登录|扫码|小程序|网上|线上|线下|窗口|凭|持证|携带|材料|推荐|审核|评审|考核|考试|比赛|竞赛|选拔|评选|经.{1,12}(?:认定|批准|同意|推荐)"
    r"|条件|要求|满足|符合|须|必须|应当|具备|可以|即可|自愿|满\d+年|流程|程序|步骤|手续|先.{1,20}再|由.{2,14}(?:办理|受理|认定|负责|报送|评定)|按.{2,12}(?:规定|办法|标准|程序)"
    r"|参照|依据|根据|通过|直接|首次取得|获得.{0,12}的"
)

# 加班工资怎么算: what is reckoned by a rule needs a share, a base or a sum to be told.
_ASKS_RECKONING = re.compile(
    r"(?:工资|薪|钱|费|补贴|补助|津贴|补偿|赔偿|金|时间|年限|工龄|工时|假|比例|积分)[^，。？]{0,4}(?:怎么|怎样|如何|咋)(?:个)?(?:算|计算|计发|核算|折算)"
)
_RECKONED = re.compile(
    r"\d|%|百分|倍|基数|按照?[^，。]{1,16}(?:计|发|支付|算)|[乘除]以|标准为|不低于|[一二三四五六七八九十半]成"
)

# 「考证的钱给报销吗」 is answered by no sentence that speaks of no money.
_ASKS_MONEY = re.compile(r"(?:报销|给报|给补|补贴|补助|奖励|给奖|发钱|给钱|津贴|资助)[点些]?[不吗么嘛][？?]*$")
_MONEY = re.compile(r"补|奖|报销|津贴|资助|费|资金|元|薪|钱|免")


def without_money(question: Question, told: str) -> bool:
    """Whether a question ends in asking if money is given and what is told holds no word of any."""
    asked = search_form(question.asked or question.standalone)
    return bool(_ASKS_MONEY.search(asked)) and not _MONEY.search(search_form(told))


def without_reckoning(question: Question, told: str) -> bool:
    """Whether a question asks how something is reckoned and what is told holds neither a rule nor a figure."""
    asked = search_form(question.asked or question.standalone)
    return bool(_ASKS_RECKONING.search(asked)) and not _RECKONED.search(search_form(told))


def asks_way(question: Question) -> bool:
    """Whether a question asks how one does something oneself, not how a place went about it."""
    asked = search_form(question.asked or question.standalone)
    return bool(_ASKS_WAY.search(asked)) and not _ASKS_ORIGIN.search(asked)


def without_way(question: Question, told: str) -> str:
    """The line before an answer that does not say the way that the question asks for; "" where it does."""
    return NO_WAY_TOLD if asks_way(question) and told and not _WAY.search(search_form(told)) else ""
