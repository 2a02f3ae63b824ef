"""Provinces and great cities by their one-character names: 沪苏浙皖, 川渝两地, 在京举行, 来沪务工."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from index.places.gazetteer import Name

LETTERS = {
    "京": "北京市", "津": "天津市", "冀": "河北省", "晋": "山西省", "辽": "辽宁省", "吉": "吉林省", "黑": "黑龙江省", "沪": "上海市",
    "苏": "江苏省", "浙": "浙江省", "皖": "安徽省", "闽": "福建省", "赣": "江西省", "鲁": "山东省", "豫": "河南省", "鄂": "湖北省",
    "湘": "湖南省", "粤": "广东省", "桂": "广西壮族自治区", "琼": "海南省", "渝": "重庆市", "川": "四川省", "黔": "贵州省",
    "滇": "云南省", "陕": "陕西省", "甘": "甘肃省", "青": "青海省", "宁": "宁夏回族自治区", "深": "深圳市", "蓉": "成都市", "穗": "广州市",
}  # fmt: skip
# In a row of letters 江 is 江苏 (江浙沪); alone it is a river.
_ROW_ONLY = {"江": "江苏省"}
# 加深粤桂协作 is no word of 深圳.
_ROW = re.compile(f"(?:(?<!加)深|[{''.join(LETTERS).replace('深', '')}江]){{2,}}")
# Behind a row of two, so that no name of a person or a railway passes for one (王沪宁, 京广线).
_AFTER_TWO = re.compile("[两二2][地省市]|协作|合作|各地|交界|等地|双城")
# Names of regions, which are more than their letters say (京津冀 is a plan), of the stock exchanges, and whole names.
_REGIONS = re.compile("京津冀|津冀|鄂豫皖|沪深|青川|浙江|江苏|青海")
_PREPOSITIONS = "在来赴驻抵返"
_MET = "京沪渝粤浙皖闽赣鄂湘桂琼黔滇陕鲁豫津深蓉穗"
_ALONE = re.compile(
    f"(?<=[{_PREPOSITIONS}])([{_MET}])"
    "(?=召开|举行|举办|开幕|闭幕|开赛|揭晓|启动|揭牌|发布|务工|就业|企业|央企|工会|人员|参会|调研|考察|投资|创业|籍|的)"
)


def letter_signs() -> list[str]:
    """What every text that `letters_in` finds something in holds: two letters in a row, or one behind its preposition."""
    letters = [*LETTERS, *_ROW_ONLY]
    rows = [a + b for a in letters for b in letters if a != b and not _REGIONS.search(a + b) and a + b != "辽宁"]
    return rows + [a + b for a in _PREPOSITIONS for b in _MET]


def letters_in(text: str) -> Iterator[tuple[int, int, Name]]:
    """The one-character names that stand in a text in search form, each as (start, end, name), in no order."""
    for row in _ROW.finditer(text):
        if _is_row(text, row):
            for at in range(row.start(), row.end()):
                yield at, at + 1, _name(text[at])
    for alone in _ALONE.finditer(text):
        yield *alone.span(1), _name(alone[1])


def _is_row(text: str, row: re.Match[str]) -> bool:
    letters = row[0]
    if len(set(letters)) < len(letters) or _REGIONS.search(letters):
        return False
    return len(letters) > 2 or _AFTER_TWO.match(text, row.end()) is not None


@lru_cache(maxsize=64)
def _name(letter: str) -> Name:
    place = LETTERS.get(letter) or _ROW_ONLY[letter]
    return Name(letter, (place,), is_weak=False, is_short=True)
