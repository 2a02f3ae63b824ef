"""What a question asks for, told by its wording, and what texts hold that could be it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.remembering import Remembered
from rag.surnames import SURNAMES

Column = NDArray[np.float64]

# Ways of asking, in the search form; a question may have several.
_ASKS: dict[str, re.Pattern[str]] = {
    "when": re.compile(
        r"[什啥]么?时[候间]?|何时|几时|哪[1一]?[年天日月]|几[月号]|何年|年份|时间|多会儿|日期|时候|哪几天|多久"
    ),
    "many": re.compile(r"多少|几(?!乎)|多[大高长远久重深宽快]|比例|数量|多数|金额"),
    "who": re.compile(r"谁|哪[几1-9]?位|何人|[什啥]么?人|哪[1一]?[个名]人|人物|叫什么|作者"),
    "where": re.compile(
        r"哪里|哪儿|哪块|啥地方|何处|何地|什么地方|在哪|位于|哪[1一]?[个座]?(?:国|省|市|县|城|地|州|区|岛|洲)|地点"
    ),
    "body": re.compile(
        r"哪[1一]?[个家所些支]?(?:公司|单位|部门|机构|学校|大学|学院|企业|组织|球队|队)|什么(?:公司|单位|机构|学校|大学)"
    ),
    "why": re.compile(r"为什么|为啥|凭啥|凭什么|理由|出于|图啥|为何|原因|缘故|因何|怎么会|何以|因为什么|因什么"),
    "how": re.compile(r"怎么|怎样|如何|什么样|啥样|方式|方法|办法|途径|咋|步骤|流程|手续|靠[什啥]|措施|举措"),
    "which": re.compile(r"哪[1一]?[个种项部首条本款场次届类座]"),
    "list": re.compile(r"哪些|哪几|哪[2-9]|分别|有什么|包括|包含"),
    "name": re.compile(r"名字|名称|叫做|称为|称号|称作|简称|别名|又名|外号|名叫|本名|全名|全称|英文名"),
    "what": re.compile(r"什么(?!时|地|人)|啥"),
    "meaning": re.compile(r"什么意思|是什么[?？]?$|什么是|含义|定义|指什么|指的是"),
    "judged": re.compile(
        r"评价|态度|影响|作用|意义|特点|特色|特征|结果|目的|看法|情况|内容|关系|用途|优点|缺点|背景|"
        r"[有干]啥用|干嘛|干啥|用来|好处"
    ),
    "whether": re.compile(r"吗[?？]?$|是否|是不是|有没有|能否|能不能|对不对|[要会可]不[要会可]|算不算|还是"),
    "hour": re.compile(r"几点|钟点|几时|时间段|时段"),
    "age": re.compile(r"多大(?:年[纪龄]|岁数|了)|几岁|年龄|岁数|年纪"),
    "theme": re.compile(r"主题|口号|标语|题目|书名|剧名|课题"),
    "money": re.compile(r"多少钱|几[块元]|[块元]钱|金额|多少[万亿]?元|价格|多少费|费用|收费|投资"),
    "by": re.compile(r"主持|主办|承办|牵头|[谁家]办|举办的|组织的|主讲|负责"),
    "won": re.compile(r"冠军|第[1一]|[1一]等奖|头名|夺|获奖|得奖|称号|荣誉"),
    "contact": re.compile(r"电话|号码|热线|网址|邮箱|怎么联系|小程序|公众号"),
}

_FIGURE, _HAN_FIGURE = re.compile(r"\d+(?:\.\d+)?"), "一二两三四五六七八九十百千万亿"

# Signs in a text of what may answer, in the search form.
_SIGNS: dict[str, re.Pattern[str]] = {
    "year": re.compile(r"\d{3,4}年"),
    "day": re.compile(r"\d{1,2}[月日]"),
    "time": re.compile(r"[时世]期|世纪|年代|当[年时日]|去年|今年|年[初底末]|[上下]半年"),
    "figure": re.compile(r"\d"),
    "counted": re.compile(r"\d(?:余|多)?(?:万|亿)?[个名家人位种项次所座条部届场户支本首只台辆票岁枚篇集对类艘件]"),
    "measured": re.compile(r"\d(?:余|多)?(?:万|亿)?(?:米|公|千|平方|英|吨|克|升|元|美|欧|日元|度|小时|分|秒|海里|吋)"),
    "share": re.compile(r"\d%|分之|倍"),
    "work": re.compile(r"《"),
    "quoted": re.compile(r"[“\"「]"),
    "bracket": re.compile(r"\("),
    "latin": re.compile(r"[A-Za-z]{2,}"),
    "listed": re.compile(r"、"),
    "person": re.compile(
        r"先生|女士|导演|演员|总统|主席|教授|将军|皇帝|国王|作家|歌手|教练|总理|院长|校长|市长|部长|队长|[·•]"
    ),
    "place": re.compile(r"位于|位在|坐落|附近|[省市县区镇乡村州岛路街][,，。的、)]|境内|出生于|来自"),
    "body": re.compile(r"公司|集团|大学|学院|学校|协会|委员会|组织|部门|机构|政府|法院|银行|俱乐部|球队|中学|医院"),
    "cause": re.compile(r"因为|由于|因此|所以|因而|原因|导致|为了|以致|致使|因[\u4e00-\u9fff]{2,12}(?:而|,|，)|使得"),
    "manner": re.compile(r"通过|采用|采取|利用|使用|以[\u4e00-\u9fff]{2,10}方式|方法|经由|依靠"),
    "means": re.compile(r"是指|指的是|即|意思|意为|意指|称为|叫做|又称|又名|简称|名为|称作|命名"),
    "is": re.compile(r"是|为(?!了)"),
    "judged": re.compile(r"认为|评价|被誉|著名|最[大高多好早]|影响|重要|主要|特点|特色"),
    "denied": re.compile(r"不|没|未|无"),
    "asked": re.compile(r"[?？]"),
    "hour": re.compile(r"\d{1,2}[时点]|\d{1,2}:\d{2}"),
    "age": re.compile(r"\d周?岁"),
    "named": re.compile(
        rf"(?:[长席记任员师授者匠模人表士家手军生民]|先进|同志|由)[{SURNAMES}][\u4e00-\u9fff]{{1,2}}"
        r"(?=[、,，。;；:：()“”\"\s和与及等在为的主出参率带介宣代作致说告表担当任获夺就从是]|$)"
    ),
    "byline": re.compile(r"记者|通讯员|[\s)）]摄|供图|来源[:：]|编辑|责编|[讯电][\s(（]|原标题|www|http"),
    "by": re.compile(
        r"由[^,，。;；\n]{2,30}(?:主办|承办|牵头|主持|组织|举办|发起|主讲|授课|带来|担任|负责)|主持|主办|承办|协办"
    ),
    "money": re.compile(r"\d[多余]?[万亿]?(?:元|块)"),
    "said": re.compile(r"说[:：,，。]|表示|介绍|告诉"),
    "contact": re.compile(r"\d{7,}|\d{3,4}-\d{3,}|@|小程序|公众号"),
    "aim": re.compile(r"旨在|目的|以便|从而|进一步|为(?:更好|切实|深入|全面)"),
    "may": re.compile(r"可以|可凭|不得|必须|须|无需|免[费除征]|不用|应当|允许|禁止"),
    "numbered": re.compile(r"[1-9一二三四五六]是|[①②③④❶❷❸❹]|首先|其次|其[1一2二]"),
    "won": re.compile(r"冠军|[1-3一二三]等奖|第[1-3一二三]名|摘得|夺得|荣获|授予|金奖"),
    "leans": re.compile(r"^(?:其|该|它|他|她|此|这|那|并|同时|另|而|但|然而|因此|所以|后来|之后|随后)"),
}
ASKS, SIGNS = tuple(_ASKS), tuple(_SIGNS)
# What comes after a way of asking is the sort of thing asked for (多少人, 哪所大学, 什么职务).
_SORT = re.compile(
    r"(?:什么|哪[1一]?[个位家所座种项部首条本款场次届类支些名]?|多少|几|何种|啥)(?P<sort>[\u4e00-\u9fff]{1,4})"
)
_NO_SORT = re.compile(r"^[是的了在有会被对到用来时样和与为]")


def asks(search: str) -> Column:
    """Which ways of asking a question has, a 0 or 1 each, in the order of `ASKS`."""
    return np.array([float(bool(pattern.search(search))) for pattern in _ASKS.values()])


def sort_of(search: str) -> str:
    """The sort of thing asked for, at most four characters (职务), "" where the question names none."""
    found = _SORT.search(search)
    return "" if found is None or _NO_SORT.match(found["sort"]) else found["sort"]


# The sentences of a passage are looked at again for each part of a question.
_signs: Remembered[str, Column] = Remembered(4096)


def signs(texts: Sequence[str]) -> Column:
    """How many signs of each kind stand in each text, at most three, (texts, SIGNS)."""
    known = _signs.of(texts, lambda missing: zip(missing, _counted_signs(missing), strict=True))
    return np.stack([known[text] for text in texts]) if texts else np.zeros((0, len(_SIGNS)))


def _counted_signs(texts: Sequence[str]) -> Column:
    found = np.zeros((len(texts), len(_SIGNS)))
    # Each text ends with a line break, which no sign reaches over, so that none depends on the texts beside it.
    joined, ends = "".join(f"{text}\n" for text in texts), np.cumsum([len(text) + 1 for text in texts])
    for number, (name, pattern) in enumerate(_SIGNS.items()):
        if name == "leans":
            found[:, number] = [float(bool(pattern.match(text))) for text in texts]
            continue
        at = np.array([match.start() for match in pattern.finditer(joined)], dtype=np.int64)
        found[:, number] = np.bincount(np.searchsorted(ends, at, side="right"), minlength=len(texts))[: len(texts)]
    return np.minimum(found, 3.0)


# How many things are asked for (哪5样, 3位专家叫什么), and the longest row of things that a text names.
_ASKED_ITEMS = re.compile(
    r"(?:哪|这|的|是|成|为|分|有)?(?<!\d)([2-9])(?:大|种|样|类|项|个|位|名|条|点|座|家|方面|件|步|处|款|支|所)"
)
_ASKS_MANY = re.compile(r"哪|什么|啥|叫|分别|谁")
_ITEM = r"[^、,，。;；:：和与及]{1,24}"
_ROW = re.compile(rf"{_ITEM}(?:、{_ITEM})*(?:、|和|与|及|以及){_ITEM}")
_BETWEEN = re.compile(r"、|和|与|以及|及")


def items(search: str, texts: Sequence[str]) -> dict[str, Column]:
    """The longest row of things in each text, and how far its length is from the number of things asked for."""
    asked = _ASKED_ITEMS.search(search) if _ASKS_MANY.search(search) else None
    rows = np.array([float(min(9, _longest_row(text))) for text in texts])
    wanted = float(asked[1]) if asked else 0.0
    return {
        "items": rows,
        "items_asked": np.full(len(texts), wanted),
        "items_off": np.abs(rows - wanted) if wanted else np.full(len(texts), -1.0),
    }


@lru_cache(maxsize=4096)
def _longest_row(text: str) -> int:
    if "、" not in text and "和" not in text:
        return 0
    return max((len(_BETWEEN.findall(row[0])) + 1 for row in _ROW.finditer(text)), default=0)


def new_figures(search: str, texts: Sequence[str]) -> Column:
    """How many figures of each text the question does not name itself, at most three."""
    known = set(_FIGURE.findall(search))
    return np.array([float(min(3, sum(f not in known for f in _figures_of(text)))) for text in texts])


@lru_cache(maxsize=4096)
def _figures_of(text: str) -> tuple[str, ...]:
    return tuple(_FIGURE.findall(text))
