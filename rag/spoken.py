"""Ways of asking that belong to speech alone, put as they are written: 给几多钱, 有钱拿没, 管不管, and where the speaker is."""

from __future__ import annotations

import re

from rag.places_of_speaker import placed_first

_END = r"(?=[？?！!。，,；;\s]|$)"
_LAST = r"(?=[？?！!。\s]*$)"
# What is won earns a prize, all else that is paid is a subsidy.
_WON = re.compile(r"工匠|劳模|状元|能手|标兵|先进|冠军|名次|获奖|比赛|竞赛|大赛|比武|创新|发明|成果|建议|点子")
_MONEY_AT_ALL = re.compile(
    rf"(?:有没有|有没得|有得?|给不给|发不发|能拿到?|能领到?)钱(?:拿|领|发|得)?(?:没有|没得|没|不|吗|么|嘛)?{_LAST}"
)
# Each pattern with what is written for it; the order counts, as a later one reads what an earlier one wrote.
_WRITTEN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"几多", "多少"),
        (r"(?<=[读念考办评搞学])个(?=[\u4e00-\u9fff]{2})", ""),
        (r"(?:几|多少)[十百千万]{0,2}(?:[块个]钱|块" + _END + ")", "多少钱"),
        (rf"(?:(?<![很好更太最还])多|好多)钱{_LAST}", "多少钱"),
        # 工匠奖 is no prize of that name; after whom it is given to (每人奖多少) it is read as it is.
        (rf"(?<![获得拿中领评颁发大人个家名位项次能会给可都再各])奖多少(?:钱)?{_END}", "奖励多少钱"),
        (rf"(?<=有)([^，,。？?不没]{{2,10}})(?:没得|没){_LAST}", r"\1没有"),
        (rf"([管给发补算包])不\1{_LAST}", r"\1吗"),
        (r"((?:初|中|高)级工|技师)证(?![书明件])", r"\1"),
        # 学门手艺 learns a trade as 学手艺 does, and whoever asks where to 报 a class enrols in it, wants nothing paid back.
        (r"(?<=学)(?:[1一]?[门个样项]|点儿?|些)(?=手艺|技术|技能|真?本事)", ""),
        (rf"(?:班|课|课程)(?:能|可以|可|好)报{_END}", "培训班可以报名"),
        (
            rf"([学考训赛班课][^，。？?费钱]{{0,12}}(?:哪里?|哪儿|哪个地方|啥地方|怎么|咋个?|如何))(?:能|可以|去)?报{_END}",
            r"\1报名",
        ),
        # The year in which somebody came to his work is not the year of what he asks.
        (
            r"(?<=[我俺咱们人])(?:是|从|打|自)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:份)?(?:就|开始|起)?"
            r"(?=[在进到来][^，,。？?]{2,16}(?:上班|干活|打工|工作|做工|干的?|厂|公司)[^，,。？?]{0,2}[，,])",
            "",
        ),
    )
)


def as_written(text: str) -> str:
    """The message with what only speech says so in the words of writing; one that says nothing so is left as it is."""
    text = _MONEY_AT_ALL.sub("有没有奖励" if _WON.search(text) else "有没有补贴", text)
    for pattern, written in _WRITTEN:
        text = pattern.sub(written, text)
    return placed_first(text)
