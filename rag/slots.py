"""What a follow-up puts in the place of a word of the question before: another level, another rank, the other city, an item."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.normalise import search_form
from index.places import find_places, is_within

# Words that may stand for one another in the same question (市级 → 区级, 技师 → 高级技师), each group from low to high.
SIBLINGS: tuple[tuple[str, ...], ...] = (
    ("镇级", "乡级", "县级", "区级", "市级", "省级", "国家级", "全国"),
    ("学徒工", "初级工", "中级工", "高级工", "高级技师", "特级技师", "首席技师", "技师"),
    ("一等奖", "二等奖", "三等奖"),
    ("金奖", "银奖", "铜奖"),
    ("大国工匠", "省级工匠", "市级工匠"),
    ("男职工", "女职工", "青年职工", "农民工"),
    ("男性", "女性"),
    ("男工", "女工"),
    ("男生", "女生"),
    ("男子", "女子"),
    ("男孩", "女孩"),
    ("男员工", "女员工"),
    ("中专生", "大专生", "专科生", "本科生", "硕士", "博士"),
    ("近期", "中期", "远期", "长期"),
    ("初赛", "复赛", "半决赛", "决赛"),
    ("冠军", "亚军", "季军"),
    ("领投", "跟投"),
)
# 「男的呢」 after 女性 says enough with one sign.
_SEXES = frozenset("男女")
SHORTEST_NAME = 2
_BODY = re.compile(
    r"^[\u4e00-\u9fff]{2,12}?(?:银行|公司|集团|医院|学院|大学|学校|中学|工厂|[^工]厂|局|基金会|协会|商会)(?=[的在给为搞办从拿])"
)
_LEVEL = re.compile(r"(?:[副正]?[厅处科股]|国家|[部省市区县乡镇校院厂村])级")
_LEVEL_SAID = re.compile(rf"{_LEVEL.pattern}(?!技师|别)")
# 「上一届呢」 after 第十五届.
_NEIGHBOUR = re.compile(r"(?P<way>上|前|下|后)一?(?P<sort>[届批期次])")
_NUMBERED = re.compile(r"第(?P<number>[1-9]\d?|[一二三四五六七八九]?十?[一二三四五六七八九十])(?P<sort>[届批期次])")
_ANOTHER = re.compile(r"(?:另外?一?|其他|别的)个?(?:城市|市|地方|地区|省|县|区)")
_THAN_LAST = re.compile(
    r"比(?:上|前|刚才)(?:一|面|边)?(?:那|这)?(?:个|的)?(?:城市|市|地方|地区|省)?(?P<way>多|少|高|低)(?:了|出)?(?:多少|几[个家名人项]?)"
)
# 「比盐城多吗」「白银的高还是低」: the last question's place beside the one named now.
_THAN_PLACE = re.compile(
    r"[跟和与]?比?(?P<way>多|少|高|低|大|小)(?:吗|么|不多|还是[多少高低大小]|多少|几[个家名]?|一点吗)[？?。]*"
)
# 「最早的是哪个」 after 「哪些城市有工匠日」.
_FIRST = re.compile(
    r"(?P<most>最[早先多少高低大小])的?(?:是|有)?(?:谁|哪[个家座里儿]?)(?:城市|市|省|地方)?[？?。呢]*"
    r"|(?:谁|哪[个家座]?(?:城市|市|省|地方)?)(?:的)?(?P<best>最[早先多少高低大小])[？?。呢]*"
)
_WHICH_PLACES = re.compile(r"哪[些几](?:个)?(?P<sort>城市|地方|地区|省份|省|市|企业|公司)(?:都|也)?")
_BEFORE_WAY = re.compile(r"^的?(?:更|会|要)?")
_ORDINAL = re.compile(r"第(?P<number>[1-9]|10|[一二三四五六七八九十])(?P<unit>[个条项点种步类])")
_DIGITS = "一二三四五六七八九十"
_ITEM = re.compile(r"[^、；;，,。！？!?：:【】\n]{2,30}")
# A list that an answer tells: at least three items between the same signs.
_LIST = re.compile(
    r"(?:[^、。！？!?：:【】\n]{2,30}、){2,12}[^、。，,；;！!？?【】\n]{2,30}"
    r"|(?:[^；;。！？!?【】\n]{2,80}[；;]){2,12}[^；;。！？!?【】\n]{2,80}"
)
_LAST_JOINED = re.compile(r"(?<=[\u4e00-\u9fff])(?:和|及|以及)(?=[\u4e00-\u9fff]{2,})")


def sibling(slot: str, previous: str) -> str:
    """The earlier question with a word of a slot's kind changed for it (「区级的呢」); "" when there is none to change."""
    said = slot.removesuffix("的")
    for group in SIBLINGS:
        standing = next((word for word in sorted(group, key=len, reverse=True) if word in previous), "")
        # 「首席呢」 after 技师 is 首席技师: the slot leaves out what it shares with the word that stands there.
        wanted = said if said in group else next((word for word in group if _shortened(said, word, standing)), "")
        if wanted and standing and wanted not in previous:
            return previous.replace(standing, wanted, 1)
    # 「股级的呢」 after 副科级: any other level takes the place of the only one that was named.
    named = _LEVEL_SAID.findall(previous)
    changed = len(named) == 1 and named[0] != said and _LEVEL.fullmatch(said)
    return previous.replace(named[0], said, 1) if changed else ""


def _shortened(said: str, word: str, standing: str) -> bool:
    """Whether `said` is a word of a group less an ending that it shares with the one standing there."""
    ending = word.removeprefix(said)
    told = len(said) > 1 or said in _SEXES
    return told and ending not in {"", word} and standing.endswith(ending)


def other_time(slot: str, previous: str) -> str:
    """「上一届呢」 after a question of the 15th asks of the 14th; "" for other slots.

    A year is not reckoned: documents tell of the one before theirs as 去年.
    """
    found = _NEIGHBOUR.fullmatch(slot.removesuffix("的"))
    if found is None:
        return ""
    step = -1 if found["way"] in "上前" else 1
    counted = next((each for each in _NUMBERED.finditer(previous) if each["sort"] == found["sort"]), None)
    told = number(counted["number"]) + step if counted else 0
    if counted is None or told < 1:
        return ""
    written = _written(told) if counted["number"][0] in _DIGITS else str(told)
    return f"{previous[: counted.start()]}第{written}{found['sort']}{previous[counted.end() :]}"


def number(written: str) -> int:
    """A number below a hundred, written in figures or in Chinese."""
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (_DIGITS.index(tens) + 1 if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) + 1 if ones else 0)


def _written(count: int) -> str:
    """A number below a hundred in Chinese."""
    tens, ones = divmod(count, 10)
    return f"{_DIGITS[tens - 1] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones - 1] if ones else ''}"


def other_body(slot: str, previous: str) -> str:
    """「江苏某某呢」 after a question of 南京银行的…: a body whose name begins with a place takes the place of the first name.

    "" where the slot is a bare place, or the last question does not begin with the name of a body.
    """
    named, body = find_places(slot), _BODY.match(previous)
    if not named or named[0].start or len(slot) - named[0].end < SHORTEST_NAME or body is None:
        return ""
    return "" if "的" in slot or find_places(body[0]) else f"{slot}{previous[body.end() :]}"


def another_place(current: str, earlier: Sequence[str]) -> str:
    """「那另一个市呢」 with the place of an earlier turn that the last one did not ask about; "" where there is none."""
    pointer = _ANOTHER.search(current)
    if pointer is None or not earlier:
        return ""
    last = {mention.full_name for mention in find_places(earlier[-1])}
    for question in reversed(earlier[:-1]):
        for mention in find_places(question):
            if not any(is_within(mention.full_name, place) or is_within(place, mention.full_name) for place in last):
                name = question[mention.start : mention.end]
                return current[: pointer.start()] + name + current[pointer.end() :]
    return ""


def beside_last(current: str, earlier: Sequence[str]) -> str:
    """「比上一个多多少」: the last question asked of its place and of the place before it; "" for anything else."""
    asked = _THAN_LAST.search(current)
    if asked is None or len(earlier) < 2:
        return ""
    here, before = find_places(earlier[-1]), find_places(earlier[-2])
    if not here or not before or here[0].full_name == before[0].full_name:
        return ""
    last, name = earlier[-1], earlier[-2][before[0].start : before[0].end]
    rest = last[here[0].end :].rstrip("？?。 ")
    return f"{last[: here[0].start]}{last[here[0].start : here[0].end]}和{name}{rest}，谁{asked['way']}，相差多少？"


def beside_place(current: str, previous: str) -> str:
    """「比盐城多吗」 and 「白银的高还是低」: the last question asked of its place and of the one named; "" for anything else."""
    named, before = find_places(current), find_places(previous)
    if len(named) != 1 or len(before) != 1 or current[: named[0].start] not in {"", "比", "跟", "和", "与"}:
        return ""
    behind = current[named[0].end :]
    gone = _BEFORE_WAY.match(behind)
    asked = _THAN_PLACE.fullmatch(behind, gone.end() if gone else 0)
    if asked is None or named[0].full_name == before[0].full_name:
        return ""
    name = current[named[0].start : named[0].end]
    head, rest = previous[: before[0].end], previous[before[0].end :].rstrip("？?。 ")
    return f"{head}和{name}{rest}，谁{'少' if asked['way'] in '少低小' else '多'}？"


def first_of(current: str, previous: str) -> str:
    """「最早的是哪个」 asked of the places of the last question (哪个城市最早有工匠日); "" for anything else."""
    first, which = _FIRST.fullmatch(current), _WHICH_PLACES.search(previous)
    if first is None or which is None:
        return ""
    most = first["most"] or first["best"]
    rest = re.split(r"[，,。？?]", previous[which.end() :])[0]
    asked = f"{most}{rest}" if most in {"最早", "最先"} else f"{rest}{most}"
    return f"{previous[: which.start()]}哪个{which['sort']}{asked}？"


def listed_item(current: str, answered: str) -> str:
    """「第二条具体怎么做」 with the item itself, where the answer before told a list; "" where it did not.

    Only the words of the item are taken, to search for: what is said of it comes from the documents.
    """
    asked = _ORDINAL.search(current)
    told = max((found[0] for found in _LIST.finditer(answered)), key=len, default="")
    if asked is None or not told:
        return ""
    at = _DIGITS.index(asked["number"]) + 1 if asked["number"] in _DIGITS else int(asked["number"])
    signs = "；" if "；" in told or ";" in told else "、"
    items = [item.strip() for item in re.split("[；;]" if signs == "；" else "、", told)]
    items = [*items[:-1], *_LAST_JOINED.split(items[-1], maxsplit=1)] if signs == "、" else items
    if at > len(items):
        return ""
    item = _ITEM.search(items[at - 1])
    return f"{current[: asked.start()]}{item[0]}{current[asked.end() :]}" if item and search_form(item[0]) else ""
