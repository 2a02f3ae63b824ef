"""What a which-places question asks to be given to whom (工匠 the 奖金, 创新工作室 the 补助), and the sum that a sentence tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.counted import spoken
from rag.types import Question, Term

GRANTS = ("奖励", "奖金", "补助", "补贴", "津贴", "资助", "给予", "激励金", "扶持")
_ASKED = re.compile(r"奖金|奖励|补助|补贴|津贴|资助|激励金|(?:[奖补发给][的了]?|奖励的)钱|奖[的了]?多少|补[的了]?多少")
_GIVEN = re.compile(r"奖励|奖金|补助|补贴|津贴|资助|给予|激励|扶持|奖\d|补\d")
# Without a sum, only these name a grant: 激励 and 给予 are said of honours and spirits too.
_GRANT = r"奖励|奖金|补助|补贴|津贴|资助|激励金"
# Who may be given something, by the last characters of the name.
_RECEIVER = (
    r"工匠|高级工|技师|技工|工人|职工|员工|学徒|劳模|人才|师傅|冠军|选手"
    r"|工作室|联盟|基地|企业|学院|学校|中心|驿站|站点|平台|项目|成果|单位"
)
_RECEIVERS = re.compile(_RECEIVER)
# 职工 and 企业 are so common that a sentence names them beside any grant.
_NAMED = re.compile(r"(?:工匠|高级工|技师|技工|学徒|劳模|师傅|冠军|工作室|联盟|基地|中心|驿站|站点)$")
# What is set aside, won or brought in is no grant to one.
_TOTAL = re.compile(r"总额|合计|累计|共计|总计|基金|投入|拿出|筹集|安排|争取|效益|价值|节约|创收|贷款|授信")
_SUM = re.compile(r"(?P<figure>\d+(?:\.\d+)?(?:万|亿)?)(?:余|多)?(?P<more>万|亿)?元")
_CLAUSE = re.compile(r"[，,。;；!！?？]")
# 工匠孵化基地 and 工匠学院 are no craftsmen.
_COMPOUND = r"(?!孵化|培育|培养|基地|学院|工作室|创新|精神|协会|联盟|学堂|日|之家|大赛|竞赛|服务|文化)"


@dataclass(frozen=True, slots=True)
class Granted:
    """Who is asked to get something, in the search form."""

    receiver: str

    def terms(self, question: Question) -> tuple[Term, ...]:
        """What a passage must speak of: the receiver, and a grant by any of its names."""
        named = next((term for term in question.terms if term.text == self.receiver), Term(self.receiver))
        return named, Term(GRANTS[0], GRANTS[1:])

    def told(self, form: str) -> tuple[str, str] | None:
        """The largest sum that a sentence says one gets, with its unit, ("", "") for a grant without a sum; None without any."""
        # 首席技师 is another rung than 技师.
        whom = rf"(?<!首席)(?<!高级)(?<!特级){re.escape(self.receiver)}{_COMPOUND}"
        meant = re.compile(whom)
        unsummed = re.compile(rf"(?:[给对向为].{{0,12}}{whom}.{{0,10}}(?:{_GRANT}))|(?:{_GRANT})[^，,]{{0,6}}{whom}")
        said = False
        best: str | None = None
        for clause in _CLAUSE.split(form):
            others = {other for other in _RECEIVERS.findall(clause) if other not in self.receiver}
            own = bool(meant.search(clause))
            said = own or (said and not others)
            if not said or not _GIVEN.search(clause) or _TOTAL.search(clause):
                continue
            sums = [found["figure"] + (found["more"] or "") for found in _SUM.finditer(clause)]
            if sums or (not others and unsummed.search(clause)):
                best = max([*sums, *([best] if best else [])], key=_value, default="")
        return (spoken(best), "元" if best else "") if best is not None else None

    def others(self, terms: tuple[Term, ...]) -> tuple[Term, ...]:
        """The terms that are neither the receiver nor a grant."""
        return tuple(
            term
            for term in terms
            if term.text not in self.receiver and self.receiver not in term.text and not _ASKED.search(f"{term.text}钱")
        )


def granted(question: Question) -> Granted | None:
    """Who gets what a question asks for; None where it asks for no grant, or names none who might get one."""
    form = question.search
    asked = _ASKED.search(form)
    if not asked:
        return None
    named = [term.text for term in question.terms if _NAMED.search(term.text) and term.text in form]
    # The longest is named most narrowly: 创新工作室 before 工作室; of 职工创新工作室 and 职工 the one that gets it.
    receiver = max(named, key=len, default="")
    return Granted(receiver) if receiver else None


def _value(figure: str) -> float:
    sizes = {"万": 10**4, "亿": 10**8}
    return float(figure.rstrip("万亿") or 0) * sizes.get(figure[-1:], 1)
