"""Whether a text tells of something done, planned, required of others or denied."""

from __future__ import annotations

import re
from typing import Literal

Modality = Literal["done", "planned", "required", "negated"]

_PLANNED = re.compile(
    r"(?<![模虚])拟(?!定|合|真)|计划(?=[到在于用投建新培开实打从向每三两让组设规举安今明年通选评发为推支奖征等\d])|将(?![^,。;]{1,24}(?:纳入|作为|列为|列入|定为|融入|扩大|延伸))(?=[积持陆首努重加扎分建在推开设完投新有达于进继采出实举组对通围为以全与会从按把])|力争|"
    r"争取(?!补助|资金|到)|目标(?:任务)?(?:是|为|[:：])|今后|未来|"
    r"到20\d\d年(?:底|末)?(?![^,。;]{0,24}(?:已|达到|达\d|累计|建成|共有|增加到))|下一步|接下来|即将|有望|筹建|谋划|预计"
)
_REQUIRED = re.compile(
    r"要求|应当|必须|应(?=[建设开推加积当])|须|要(?=[加进继大深积以把从坚抓做切着强注充聚结按推建完健落发注])|鼓励|倡导|号召|建议|呼吁|(?<!新)希望(?!小学|工程|职业)|"
    r"注意|叮嘱|嘱咐|提醒|务必"
)
# What a place brings others to do: no deed of its own without a result, but the deeds told behind it are.
_FURTHERED = re.compile(r"引导|支持|推动|督促|探索")
_NEGATED = re.compile(r"未(?:建|设|开|实|能|提|出)|没有|尚无|不再|取消|停止|暂未|缺乏|缺少")
# What was done, whatever else a clause says: a result, a count so far, a time that is over.
_RESULT = re.compile(
    r"已|(?<![为除])了(?!解)|累计|目前|截至|现有|共有|(?<!未)建成|先后|曾|成立|获评|荣获|被评|覆盖(?=了|率|到?\d)|惠及|投入使用|挂牌|"
    r"以来|去年|达(?=到?\d)|\d(?:余|多)?(?:家|个|名|人|场|次|项|万|期|对|所|元)"
)
# What lifts a plan told before it: a counted figure alone does not, for a plan counts too.
_LIFTS = re.compile(
    r"已|(?<![为除])了(?!解)|累计|目前|截至|现有|共有|先后|曾|获评|荣获|被评|投入使用|以来|去年|(?<!未)建成|达到|至今|实际"
)
# Behind a colon every clause is an item of the plan, whatever it sums up.
_PLAN_LIST = re.compile(r"(?:目标|任务|计划|规划)[:：]")
_DONE_SINCE = re.compile(r"已|(?<![为除])了(?!解)|截至|目前")
# What was proposed to be done within some years: 提出,用5年左右评选.
_PROPOSES = re.compile(r"提出[,，:：]?$")
_WITHIN = re.compile(r"用\d{1,2}年")
_BY_YEAR = re.compile(r"到(20\d\d)年")
# A sentence that says of those before it that they are a plan.
_CALLS_PLAN = re.compile(
    r"(?:这些|以上|上述|这几项|[都均])(?:数字|内容|指标)?[都均只仅还]?(?:是|属于)[^,，;；。]{0,10}(?:计划|规划|目标)"
)
# What somebody says shall be done, from here to the end of the sentence.
_SPEECH = re.compile(r"(?:指出|强调|勉励|表态|倡议|提出)[,，:：]?|(?<!新)希望(?!小学|工程|职业)|要求")
_SAYS = re.compile(r"(?:指出|强调|要求|勉励)[,，:：]")
_TOLD = re.compile(r"已|累计|截至|目前|先后")
_PLAN_SAYS = re.compile(
    r"《[^》]{0,40}(?:方案|意见|规划|通知|办法|计划|条例|措施)》[^。]{0,12}?(?:提出|明确|要求|规定)"
)
# News of a plan says so in its first sentences.
_LEAD = 600
_DIRECTIVE = re.compile(
    r"(?:意见|方案|通知|办法|规划|计划|条例|规定|决定|措施|纲要|细则|解释)》?(?:的?通知|全文|\([^()]{0,12}\))?$"
)


def modality(words: str) -> Modality:
    """What a clause in search form tells of, by its own words."""
    if _NEGATED.search(words):
        return "negated"
    if _PLANNED.search(words):
        return "planned"
    if (_REQUIRED.search(words) or _FURTHERED.search(words)) and not _RESULT.search(words):
        return "required"
    return "done"


def governed(
    words: str,
    before: str,
    is_directive: bool,
    is_spoken: bool = False,
    is_called_plan: bool = False,
    written: str = "",
) -> Modality:
    """What a clause tells of, given the clauses of its sentence before it and whether its document gives directions.

    With `is_spoken` it stands in what somebody says shall be done, with `is_called_plan` the next sentence calls it a plan.
    `written` is the year of its document or "": that of 到2027年 after it is a plan, that of 到2024年 before it a time gone.
    A plan or a demand that opens a sentence governs the clauses that follow it, unless they tell a result; a figure is no
    result under a plan.
    """
    own = modality(words)
    if own == "done" and (is_called_plan or _is_planned(words, before, written)):
        return "planned"
    if own != "done" or (_TOLD if is_directive else _RESULT).search(words):
        return own
    if is_spoken or _SPEECH.search(before):
        return "required"
    if _PLANNED.search(before):
        return "planned"
    if _REQUIRED.search(before) and not _RESULT.search(before):
        return "required"
    return "required" if is_directive else "done"


def _is_planned(words: str, before: str, written: str) -> bool:
    """Whether the clauses before one tell a plan, and it tells no result beyond it."""
    if _PROPOSES.search(before) and _WITHIN.match(words):
        return True
    if not any(_is_ahead(found[0], written) for found in _PLANNED.finditer(before)):
        return False
    return not (_DONE_SINCE if _PLAN_LIST.search(before) else _LIFTS).search(words)


def _is_ahead(plan: str, written: str) -> bool:
    """Whether the words of a plan are none of a time (到2024年) that was over when the document was written."""
    by = _BY_YEAR.match(plan)
    return by is None or bool(written and by[1] > written)


def calls_plan(form: str) -> bool:
    """Whether a sentence in search form says that what was told before it is a plan: 这些是当时的目标."""
    return _CALLS_PLAN.search(form) is not None


def is_speech(form: str) -> bool:
    """Whether a sentence in search form tells what somebody of standing says shall be done."""
    return _SAYS.search(form) is not None


def is_directive(title_form: str) -> bool:
    """Whether a title in search form is that of a document which says what shall be done."""
    return _DIRECTIVE.search(title_form.rstrip("。 ")) is not None


def directions_from(text: str) -> int:
    """Where news of a plan or a notice begins to tell what it says shall be done; the text's end where it is no such news."""
    found = _PLAN_SAYS.search(text, 0, _LEAD)
    return found.start() if found else len(text)
