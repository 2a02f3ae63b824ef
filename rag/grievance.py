"""A worker's wrong (wages withheld, an injury, a dismissal): what answers it must speak of it, and where else he may turn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.types import Question

HOTLINES = (
    "\n提示（非资料原文）：遇到欠薪、欠缴社保、工伤、辞退等问题，可拨打12351（工会职工服务热线）或12333"
    "（人力资源社会保障服务热线）咨询。"
)
_PAY = r"(?:工资|工钱|薪水|薪资|报酬|血汗钱|加班费|经济补偿|补偿金)"

_INSURANCE = r"(?:社保|保险|五险1?金?|公积金|医保|养老)"


@dataclass(frozen=True, slots=True)
class _Wrong:
    """How a wrong is complained of, and the words of which a sentence that helps has at least one."""

    complaint: re.Pattern[str]
    remedy: re.Pattern[str]


_WRONGS = (
    _Wrong(
        re.compile(
            rf"拖欠|欠薪|讨薪|克扣|[欠扣压拖]着?(?:了|我|我们|俺)*[^，。？；]{{0,6}}{_PAY}|(?:不|没|拒)[发给付]{_PAY}"
            rf"|{_PAY}[^，。？；]{{0,8}}(?:[拖欠扣压讨]|[没不][发给付有]|要不[到回]|发得?[晚慢]|[晚迟]发)"
            rf"|[降减砍](?:了|我|我们|俺)*{_PAY}|{_PAY}被?[降减砍]了?"
            rf"|{_PAY}[^，。？；]{{0,4}}(?:啥时候|什么时候|几号|何时|哪天)[^，。？；]{{0,3}}(?:发|给|到)"
        ),
        re.compile(
            rf"欠|讨薪|克扣|扣除|追[讨回索]|足额|支付|{_PAY}保证金|劳动报酬|加班|仲裁|争议|纠纷|监察|投诉|举报|维权|法律援助|责令|起诉|诉讼|补偿|赔偿"
        ),
    ),
    _Wrong(
        re.compile(
            r"工伤|因工[负受]伤|(?:干活|上班|工作|作业|车间|工地|机器)[^，。？；]{0,8}(?:受伤|伤了|摔|砸|压[断伤]|[断伤]了)"
        ),
        re.compile(r"伤|职业病|致残|劳动能力|事故|仲裁|争议|维权|法律援助|赔偿"),
    ),
    _Wrong(
        re.compile(r"辞退|开除|裁员|解雇|解聘|炒[了我们]*鱿鱼|(?:把|被)[^，。？；]{0,6}(?:辞|炒|裁|开)了|赶走"),
        re.compile(r"辞退|开除|裁|解雇|解聘|解除|终止|离职|辞职|补偿|赔偿|失业|仲裁|争议|维权|法律援助"),
    ),
    _Wrong(
        re.compile(
            rf"(?:(?<![交缴给买上])[不没]|[拒断漏]|少(?=[交缴]))[^，。？；不没]{{0,3}}[交缴上买][^，。？；]{{0,4}}{_INSURANCE}|{_INSURANCE}[^，。？；]{{0,6}}(?:[没不断漏]了?给?我?们?[交缴上买])"
        ),
        re.compile(rf"{_INSURANCE}|社会保险|补缴|仲裁|争议|监察|投诉|举报|维权|法律援助"),
    ),
    _Wrong(
        # 没签劳动合同的职工 is a group, and collective contracts are no one's own.
        re.compile(
            r"[不没拒][^，。？；]{0,3}签[^，。？；集专]{0,4}合同(?![的也就])|合同[^，。？；]{0,4}(?:[没不]给?我?签)"
        ),
        re.compile(r"劳动合同|书面合同|二倍|双倍|2倍|仲裁|争议|监察|投诉|举报|维权|法律援助"),
    ),
    _Wrong(
        re.compile(r"[扣收][^，。？；]{0,4}(?:押金|保证金|身份证|证件)|押金[^，。？；]{0,6}(?:不[退还给]|没[退还])"),
        re.compile(r"押金|担保|保证金|财物|扣押|证件|身份证|退还|仲裁|争议|监察|投诉|举报|维权|法律援助"),
    ),
    _Wrong(
        re.compile(
            r"(?:强迫|强制|[逼硬]着?|天天|老是?)[^，。？；]{0,4}加班|不(?:让|给|准|许)[^，。？；]{0,3}(?:休息|休假|请假|放假|休年假|辞职)"
        ),
        re.compile(r"加班|休息|休假|请假|工时|工作时间|延长|辞职|解除|仲裁|争议|监察|投诉|举报|维权|法律援助"),
    ),
)
_OTHER_WRONG = re.compile(r"加班费|劳动仲裁|维权|法律援助|打官司|请律师|告(?:老板|公司|单位|厂)")
_CLAUSE = re.compile(r"[^，,。；;！!？?\n]+[？?]?")
_ASKS = re.compile(r"[？?]$|多少|几|哪|谁|什么|啥|怎|如何|咋|吗$|呢$|能不能|有没有|是不是|管不管|可以")
_SEEKS_HELP = re.compile(
    r"怎么[办做]|咋[办整弄]|如何是好|官司|找谁|找哪|哪里?[告找]|[告讨]|投诉|举报|维权|要回|管|退|赔|违约|帮我|帮忙|帮|合法|违法"
)


def beside_the_wrong(question: Question, told: str) -> bool:
    """Whether a question complains of a wrong, and what would be told of it holds no word that belongs to one."""
    return any(not wrong.remedy.search(told) for wrong in _WRONGS if _complains(question.search, wrong.complaint))


def hotlines(question: Question) -> str:
    """The public lines that a refused question about a wrong is pointed to, marked as no part of the sources; "" for others."""
    patterns = (*(wrong.complaint for wrong in _WRONGS), _OTHER_WRONG)
    return HOTLINES if any(_complains(question.search, pattern) for pattern in patterns) else ""


def _complains(form: str, complaint: re.Pattern[str]) -> bool:
    """Whether what is asked is the complaint itself, or help after one; a wrong told on the way to something else is none."""
    asking = [clause for clause in _CLAUSE.findall(form) if _ASKS.search(clause)] or [form]
    if any(complaint.search(clause) for clause in asking):
        return True
    return bool(complaint.search(form)) and any(_SEEKS_HELP.search(clause) for clause in asking)
