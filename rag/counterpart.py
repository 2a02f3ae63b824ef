"""What a word of a follow-up takes the place of in the question before it: a time, an ordinal, a bound, a thing of its kind."""

from __future__ import annotations

import re

from index.places import find_places
from rag.subject import placeless, subject

_NUMBER = r"(?:\d+|[一二两三四五六七八九十百]+)"
# A time that a question speaks of; 2年期 and 3年级 are no times.
TIME = re.compile(
    rf"(?:(?:19|20)\d{{2}}年(?!期|级)|(?:[今去前明后当同]|上一|前一)年(?!级)|[上下]半年|第?[一二三四1-4]季度"
    rf"|(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})(?:[、和至到-]\d{{1,2}})?月(?:份|底|末|初|中旬|上旬|下旬)?(?:\d{{1,2}}[日号])?"
    rf"|{_NUMBER}个?(?:周|星期|天|月|年|日|小时)(?:之|以)?[前后]|(?:现在|目前|如今|当前|眼下|最近|当时|今天|昨天|本月|上个?月|下个?月|上周|本周)"
    rf"|周末|平时|平日|平常(?:日子|时候)?|工作日|节假日|双休日|[上下]午|早上|晚上|中午|白天|夜[里间]|疫情(?:之|以)?[前后]|(?:之|以)前|过去)(?:[底末初]|前期|同期)?"
)
_TIMES = re.compile(rf"到?(?P<time>(?:{TIME.pattern})+)的?")
_TIMES_SAID = re.compile(rf"(?:{TIME.pattern})+")
_DIGITS = "0123456789一二三四五六七八九十"
_DIGIT = f"[{_DIGITS}]{{1,3}}"
_UNIT = "(?:[个条项点种步类站块招件部讲款场天章节组次轮批期队届]|方面|部分|环节|阶段)"
_ORDINAL = re.compile(rf"(?:第{_DIGIT}|最后一){_UNIT}?")
# A bound of age or size: 百岁以上, 90岁往上.
_BOUND = re.compile(
    rf"(?:{_NUMBER}(?:到|至|-|~))?{_NUMBER}(?P<unit>岁|年级|平方米|平米|万元|元|人|公里|吨|亩)(?:及?以[上下内]|往[上下]|以[上下]的?|出头)?"
)
_TOWARDS = re.compile(r"(?P<way>[对向给跟])(?P<whom>[^，。？的对向给跟]{2,8})的")
# The last character of a word that tells its kind, so that two words that share it may stand for one another.
_KINDS = frozenset(
    "组赛期投级岁届类种款项站区县市省员工生师费险金奖条号率量层段季班队厂店院校馆线局会课科系部厅处委办行业职岗证税贷车"
)
_MODIFIERS = ("n", "v", "b", "a", "j", "d", "t", "f", "s", "x", "z", "e")
_NO_MODIFIERS = frozenset(
    ["的", "里", "中", "上", "下", "内", "是", "有", "在", "和", "与", "被", "给", "，", "要", "交", "谁"]
)
_INSIDE = re.compile(r"(?:里面|里|中|内|期间|时(?![薪间长速装代期候])|的|，)")
_WHETHER = re.compile(
    r"(?:(?P<verb>[管算包收罚给补查抓])不(?P=verb)|(?P<twice>包括|支持|允许|覆盖|打击)不(?P=twice))(?P<object>[^，。？?]{1,12})[？?]?$"
)
_ASKS_AT_END = re.compile(r"(?:多少|几|谁|什么|啥|哪|怎|如何|咋|多[大长高久])[^，。？?]{0,5}[？?]?$")
_ASKS = re.compile(r"(?:是|叫|讲的?|说的?|指的?)?(?:多少|几|谁|什么|啥|哪|怎|如何|咋|何)")
_NO_ITEM = re.compile(
    r"^(?:要是|如果|万一|假如|为什么|为啥|怎么|平均|每|各|其中|具体|一共|总共|那|这|该|它|他|她)|[这那]"
)
# Tags of the words of a bare name.
_OF_NAMES = frozenset("nbajtxzesfli")
SHORTEST_NAME = 2
MOST_LONGER = 2


def exchanged(slot: str, previous: str) -> str:
    """The question before with a slot in the place of its time, its ordinal or its bound; "" where the two share none."""
    return _other_time(slot, previous) or _other_ordinal(slot, previous) or _other_bound(slot, previous)


def of_its_kind(slot: str, previous: str) -> str:
    """The question before with a slot in the place of a word that ends alike or of what it asks about; "" where neither is told."""
    if _NO_ITEM.search(slot):
        return ""
    return (
        _towards(slot, previous)
        or _beginning_alike(slot.removesuffix("的"), previous)
        or ending_alike(slot.removesuffix("的"), previous)
        or _other_object(slot, previous)
        or _instead_of_subject(slot, previous)
    )


def at_another_time(current: str, previous: str) -> str:
    """「那两周前差多少」 asked of the last question with its time exchanged, not added; "" where either tells no time."""
    told, said = _TIMES.match(current), _TIMES_SAID.search(previous)
    rest = current[told.end() :].rstrip("？?。 ") if told else ""
    if told is None or said is None or not rest or not placeless(previous[: said.start()]):
        return ""
    behind = previous[said.end() :] if rest in previous[said.end() :] else rest
    return f"{previous[: said.start()]}{told['time']}{behind.rstrip('？?。 ')}？"


def at_another_number(current: str, previous: str) -> str:
    """「第四条怎么做」 asked of the last question's fourth instead of its third, with what is asked now; "" for anything else."""
    told, said = _ORDINAL.match(current), _ORDINAL.search(previous)
    rest = current[told.end() :].strip("，,？?。 ") if told else ""
    if told is None or said is None or not rest or told[0][-1] in _DIGITS or not _same_unit(told[0], said[0]):
        return ""
    asks = _ASKS.search(previous, said.end())
    about = previous[: said.start()] + told[0] + previous[said.end() : asks.start() if asks else None].rstrip("？?。 ")
    return f"{about}{'' if rest.startswith('的') else '，'}{rest}？"


def ending_alike(word: str, previous: str) -> str:
    """The question before with a word in the place of one that ends alike (失业保险 for 养老保险); "" where there is none."""
    import rjieba

    if len(word) < SHORTEST_NAME or word in previous:
        return ""
    best, found = (0, False), ""
    at, before = 0, (0, "")
    for token, tag in rjieba.tag(previous):
        start, at = at, at + len(token)
        shared = _shared_ending(word, previous[:at])
        rank = (shared, at - start == len(word))
        if shared and rank > best and (shared > 1 or word[-1] in _KINDS):
            inner = at - shared > start
            first = start if inner else at - shared
            modified = not inner and first == start and before[1].startswith(_MODIFIERS)
            first = before[0] if modified and previous[before[0] : start] not in _NO_MODIFIERS else first
            if first < at - shared or shared > 1:
                best, found = rank, _without_overlap(previous[:first], word) + word + previous[at:]
        before = (start, tag)
    return found


def _beginning_alike(word: str, previous: str) -> str:
    """「时薪同比呢」 after 时薪环比: what follows the same beginning is exchanged where it is as long and ends alike."""
    for count in range(len(word) - 1, 1, -1):
        at, rest = previous.find(word[:count]), len(word) - count
        end = at + len(word)
        if at >= 0 and rest > 1 and previous[end - 1 : end] == word[-1]:
            return previous[:at] + word + previous[end:] if word not in previous else ""
    return ""


def _other_object(slot: str, previous: str) -> str:
    """「造谣的呢」 after 「管不管欠薪」 asks whether it does the same with another thing."""
    asked = _WHETHER.search(previous)
    return f"{previous[: asked.start('object')]}{slot}？" if asked and not find_places(slot) else ""


def _without_overlap(before: str, word: str) -> str:
    """What stands before a word that is put in, less what the word begins with itself (平均时 before 时薪同比)."""
    most = min(len(before), len(word) - 1)
    shared = next((count for count in range(most, 0, -1) if before.endswith(word[:count])), 0)
    return before[: len(before) - shared]


def _other_time(slot: str, previous: str) -> str:
    told, said = _TIMES.fullmatch(slot), _TIMES_SAID.search(previous)
    return f"{previous[: said.start()]}{told['time']}{previous[said.end() :]}" if told and said else ""


def _other_ordinal(slot: str, previous: str) -> str:
    told, said = _ORDINAL.match(slot), _ORDINAL.search(previous)
    if told is None or said is None or not _same_unit(told[0], said[0]):
        return ""
    rest = slot[told.end() :].removesuffix("的")
    if rest and not previous.startswith(rest, said.end()):
        return ""
    return f"{previous[: said.start()]}{told[0]}{previous[said.end() :]}"


def _same_unit(one: str, other: str) -> bool:
    """Whether two ordinals count the same things (第二条, 第五条); 第四个 asks of anything that was counted."""
    return one[-1] == other[-1] or one.endswith("个") or other.endswith("个") or other[-1] in _DIGITS


def _other_bound(slot: str, previous: str) -> str:
    told, said = _BOUND.fullmatch(slot.removesuffix("的")), _BOUND.search(previous)
    same = told and said and told["unit"] == said["unit"] and told[0] not in previous
    return f"{previous[: said.start()]}{told[0]}{previous[said.end() :]}" if told and said and same else ""


def _towards(slot: str, previous: str) -> str:
    """「对乙国的呢」 after 「对甲国的出口」."""
    told = _TOWARDS.fullmatch(slot if slot.endswith("的") else f"{slot}的")
    said = next((each for each in _TOWARDS.finditer(previous) if told and each["way"] == told["way"]), None)
    return f"{previous[: said.start()]}{told[0]}{previous[said.end() :]}" if told and said else ""


def _shared_ending(one: str, other: str) -> int:
    """How many characters two texts end alike in, less than all of the first."""
    most = min(len(one) - 1, len(other))
    return next((count for count in range(most) if one[-count - 1] != other[-count - 1]), most)


def _instead_of_subject(slot: str, previous: str) -> str:
    """A name in the place of the last one that the question before is about, where what it asks stands at its end."""
    about = subject(previous, counted=False)
    name, asked = slot.removesuffix("的"), previous[len(about) :]
    if not about or not previous.startswith(about) or asked[:1] in "，," or not _ASKS_AT_END.search(asked):
        return ""
    start = max([0, *(each.end for each in find_places(about)), *(each.end() for each in _INSIDE.finditer(about))])
    said, told = _name_words(about[start:]), _name_words(name)
    if find_places(slot) or not told or len("".join(said)) < SHORTEST_NAME:
        return ""
    # 「管委会主任呢」 after a long name with 党工委书记 at its end takes the place of as many words.
    kept = said[: -len(told)] if len("".join(said)) > MOST_LONGER * len(name) else []
    # 「园区的呢」 after 企业岗位 leaves out 岗位.
    head = said[-1] if slot.endswith("的") and len(said) > 1 else ""
    return f"{about[:start]}{''.join(kept)}{slot if head else name}{head}{asked}"


def _name_words(text: str) -> list[str]:
    """The words of a bare name; [] for a text that says or asks something, or holds a number."""
    import rjieba

    words = rjieba.tag(text)
    return [word for word, _ in words] if all(tag[:1] in _OF_NAMES or tag == "vn" for _, tag in words) else []
