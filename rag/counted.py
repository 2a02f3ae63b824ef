"""What a question for the most or the least counts (高技能人才 of 「哪个省高技能人才最多」), and the figure of it in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.types import Question

_ASKING = re.compile(
    r"谁的?|哪(?:[个些几座]|1个)?(?:省份|省区市|省区|省|城市|地市|市|地方|地区|区县|县|里|家企业|企业|家)?的?|全国|目前|现在|是|里面|当中|中"
)
_COUNTED = re.compile(r"(?P<thing>[\u4e00-\u9fff]{2,12}?)的?(?:数量|总量|总数|人数|规模|数目|数)?最[多大少小]")
_PEOPLE = re.compile(r"(?:人才|工人|职工|劳模|工匠|技师|党员|会员|学徒|农民工|人员|学员|技工|工程师)$")
# Whom something only reaches, trains or helps, and a narrower sort of them, is not how many there are.
_REACHED = re.compile(
    r"(?:覆盖|涉及|惠及|服务|帮助|资助|奖励|动员|组织|吸引|吸纳|训练|培训|培育|培养|选派|带动|参训|参赛|引导|助力|支持|面向|优秀|新增|招收|招录|选拔)(?:了|全市|全省|各类|优秀|各级|广大)*$"
    r"|(?:听讲|参加|参与|参训|受益|受训|获奖|受助|接受[\u4e00-\u9fff]{0,6})的$|入[选围]者?(?:为|是|有)?$"
)
_NUMBER = r"(?P<number>\d+(?:\.\d+)?(?:万|亿)?)(?:余|多)?(?P<more>万|亿)?(?:余|多)?"
_UNITS_OF_PEOPLE = "人(?!次)|名|位"
_UNITS_OF_THINGS = "家|个|所|处|座|项|支|份|对|场|件|栋|条"
# A name of something else may not stand between the thing and its figure; what grows or has a share is another figure.
_BETWEEN = r"(?:[^\d,，。;；:：、%增长占比]|累计|总量|总数){0,8}"


@dataclass(frozen=True, slots=True)
class Counted:
    """The thing that is counted and the measure words that it takes."""

    thing: str
    units: str

    def told(self, form: str) -> tuple[str, str] | None:
        """The figure and unit in which a search form tells how many of the thing there are; None where it does not."""
        thing = re.escape(self.thing)
        # 高技能人才 is not what 技能人才 asks for, and who was trained or came anew is not how many there are.
        whole = rf"(?<![高级])(?<!培训)(?<!新增)(?<!引进)(?<!输送){thing}(?!培训|培养|基地|评价|工程|队伍建设)"
        for pattern in (
            rf"{whole}{_BETWEEN}{_NUMBER}(?P<unit>{self.units})",
            rf"{_NUMBER}(?P<unit>{self.units})(?:的)?{whole}",
        ):
            found = next(
                (each for each in re.finditer(pattern, form) if not _REACHED.search(form[: each.start()])), None
            )
            if found:
                return spoken(found["number"] + (found["more"] or "")), found["unit"]
        return None


def counted(question: Question) -> Counted | None:
    """What a question for the most or the least counts; None where it names no thing with a number."""
    found = _COUNTED.search(_ASKING.sub("", question.search))
    if not found:
        return None
    return Counted(found["thing"], _UNITS_OF_PEOPLE if _PEOPLE.search(found["thing"]) else _UNITS_OF_THINGS)


def spoken(figure: str) -> str:
    """A figure as people write it: 141.1万 for 1411000."""
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if figure.isdigit() and int(figure) >= size and not int(figure) % (size // 10**4):
            return f"{int(figure) / size:g}{name}"
    return figure
