"""What an answer named that the next question points at: the one person, or the one thing."""

from __future__ import annotations

import re

from rag.subject import subject
from rag.surnames import SURNAMES

LONGEST_PERSON = 4
# Tags of names that the dictionary holds, and of words that it does not know.
_PARTICLES = frozenset({"uj", "ul", "uz", "ug", "ud", "uv"})
_NAMES = frozenset({"nr", "nrt", "x"})
LONGEST_THING = 14
_WHO = re.compile(r"谁|哪[位个名]|叫什么|叫啥|哪里人")
_WHAT = re.compile(r"(?:什么|啥|哪[个家座所款种]?)[^，。？?]{0,8}[？?]?$")
_BEFORE_THING = re.compile(r"^(?:是|叫|在|(?:[去到进]|加入|入职|考[上进])了?)")
_SIGNS = re.compile(r"[，,。；;：:！!？?、（）()“”\"《》\s]+")
# A name of another tongue, whose parts a dot joins.
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•][\u4e00-\u9fff]{1,8})+")
# 「张三等」 and 「李四出席」 end in more than the name.
_BEHIND_NAME = re.compile(
    r"(?:等人?|同志|先生|女士|教授|老师|[说讲写做办教唱拍提带送给编画建创修救捐捡养](?:出来|起来|[出过了到])?的)$"
)
_TITLES = re.compile(r"(?:经理|主任|书记|局长|院长|校长|科长|处长|部长|记者|职工|工人|师傅|代表|家)$")
_NO_NAME = re.compile(r"[的是有在了和与等人们]|公司|学校|学院")


def person(previous: str, answered: str) -> str:
    """The one person whom an answer named to a question for one; "" where it named none, several, or where the question did."""
    if not _WHO.search(previous) or _ends_in_person(subject(previous)):
        return ""
    foreign = _FOREIGN.findall(answered)
    if foreign:
        return foreign[0] if len(set(foreign)) == 1 else ""
    named = {name for part in _SIGNS.split(answered) if (name := _at_end(part))} or _tagged(answered)
    return named.pop() if len(named) == 1 else ""


def thing(previous: str, answered: str) -> str:
    """The one thing that an answer named in few words to a question for it; "" for anything longer, or for a person."""
    import rjieba

    name = _BEFORE_THING.sub("", answered.strip().strip("。！!")).strip('“”"')
    if (
        not _WHAT.search(previous)
        or not 2 <= len(name) <= LONGEST_THING
        or _SIGNS.search(name)
        or person(previous, answered)
    ):
        return ""
    words = rjieba.tag(name)
    held = all(tag[:1] not in {"r", "p", "d", "m"} and tag not in _PARTICLES for _, tag in words)
    return name if held and words[-1][1][:1] in "nsqxu" else ""


def another_person(previous: str, answered: str) -> str:
    """The one person whom an answer names beside those of the question; "" for none or several."""
    import rjieba

    names = {
        word
        for word, tag in rjieba.tag(answered)
        if tag in _NAMES and 2 <= len(word) <= LONGEST_PERSON and word[0] in SURNAMES and word not in previous
    }
    return names.pop() if len(names) == 1 else ""


def _at_end(part: str) -> str:
    """The name of a person that a piece of an answer ends in (总经理某某某), by its family name; "" for none."""
    part = _BEHIND_NAME.sub("", part)
    for length in (3, 2):
        name = part[-length:]
        if len(name) == length and _has_surname(name) and _is_person(name, part[:-length]):
            return name
    return ""


def _has_surname(name: str) -> bool:
    """Whether a name begins with a surname, by the common ones or by the dictionary."""
    import rjieba

    return name[0] in SURNAMES or rjieba.tag(name)[0] == (name[0], "nr")


def _is_person(name: str, before: str) -> bool:
    import rjieba

    words = rjieba.tag(name)
    known = len(words) == 1 and words[0][1][:2] not in {"nr", "nz", "x"}
    return not known and not _TITLES.search(name) and not _NO_NAME.search(name) and not before.endswith("·")


def _tagged(answered: str) -> set[str]:
    """The persons that the dictionary tells in an answer; a family name that it parts from the given one is joined again."""
    import rjieba

    said = "".join(word if tag == "nr" else "，" for word, tag in rjieba.tag(answered))
    return {name for name in said.split("，") if 2 <= len(name) <= LONGEST_PERSON}


def _ends_in_person(about: str) -> bool:
    """Whether what a question is about is a person by name already (给平台的某某是谁)."""
    import rjieba

    words = rjieba.tag(about)
    return bool(words) and words[-1][1] in {"nr", "nrt"} and len(words[-1][0]) > 1 and words[-1][0][0] in SURNAMES
