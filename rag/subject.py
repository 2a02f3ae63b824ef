"""What a question is about, without what it asks: the part of it that a follow-up goes on with."""

from __future__ import annotations

import re

from index.measures import measures
from index.normalise import search_form
from index.places import find_places
from rag.lexicon import stop_words

_ASKED = re.compile(
    r"是?(?:干|做)(?:什么|啥|嘛|吗)(?:活|工作)?的"
    r"|(?:是|在|从|由|叫|归)?(?:什么时候|啥时候|何时|什么时间|哪[一]?[年天月]|几月|几号|几点)"
    r"|是?第几[届次名位批期]?|(?:是|有)?多[大长久高远](?=$|[\u4e00-\u9fff？?])|百分之几|为什么|为啥|怎么样?|怎样|如何|咋"
    r"|(?:是|有|叫|由|归|(?:奖励|奖|补助|补贴|补|发放|发|给)(?=多少|几))?(?:多少|(?<![哪就好这那十])几|谁|什么|啥|哪)"
    r"(?:万元|亿元|个人|[个家名项所人条次位对场座处支台份种些里儿届元])?"
)
_WHETHER = re.compile(r"(?:有没有|有无|是否|是不是)(?:搞|办|设|开|建|做|成立)?[过了]?")
# A word that ends in one of these is a house or a site, also where the dictionary takes it for a verb (接力/站).
_HOUSES = frozenset("站馆园院校厂店室所村")
# What follows these is told as the thing itself (搞了什么活动); what is counted is only one measure of it.
_NAMED = re.compile(r"什么$|啥$|哪[个些家项]?$")
_WHY = frozenset({"为什么", "为啥"})
# A question that begins with what it asks for is about what is said of that.
_FIRST = re.compile(r"谁$|(?<!为)什么$|(?<!为)啥$|哪[个些家项位]?$")
_OF_MEASURE = re.compile(r"的(?P<thing>[\u4e00-\u9fff]{1,6})")
_CLAUSE = re.compile(r"[，,；;]")
_TAIL = re.compile(r"(?:吗|没有|(?<![什怎])么)?[？?。！!\s]+$|吗$")
# Tags of words that stand in a predicate before what is asked (累计捐了, 一共搞了), and of those that stand in a name.
_PREDICATE = frozenset(["v", "d", "ul", "uz", "ug", "ud", "p", "c", "y", "zg", "r"])
_NAME = ("n", "a", "b", "j", "l", "i", "m", "vn", "uj", "s", "f", "v", "q", "x", "eng")
_WITHOUT_SENSE = frozenset(["是", "有", "在", "叫", "能", "会", "要", "可以", "到", "让", "做", "没有"])
# Who was counted is not what the next question is about.
_PEOPLE = frozenset(["职工", "员工", "工人", "人员", "企业职工", "群众", "学生", "志愿者", "居民", "师生"])
SHORTEST_NAME = 2
_AFFIXES = frozenset(
    ["一共", "总共", "共", "到", "现在", "目前", "累计", "一起", "每年", "一年", "全部", "已经", "已", "些"]
)


def subject(question: str, counted: bool = True, whole: bool = False, of_person: bool = False) -> str:
    """What a question is about: the clauses before the one that asks, or that one up to its predicate; "" for a bare place.

    「…启动仪式，筹了多少钱」 is about the ceremony, 「…公司成立多少年了」 about the company. Where only a place stands before
    what is counted (常州有几家工匠学院), that is what it is about, unless `counted` is false. With `whole`, what was done or
    counted is kept too (甲公司什么时候推出乙 → 甲公司乙), for a question that names nothing itself; with `of_person`, the
    body that somebody went to (张某进了哪家公司) is not.
    """
    clauses = [part.strip() for part in _CLAUSE.split(_TAIL.sub("", question)) if part.strip()]
    at = next((at for at, clause in enumerate(clauses) if _ASKED.search(clause)), len(clauses))
    before = "，".join(clauses[:at])
    if at == len(clauses) or things(placeless(before)):
        return _WHETHER.sub("", before)
    asked = _ASKED.search(clauses[at])
    if asked is None:
        return before
    head, behind = clauses[at][: asked.start()], clauses[at][asked.end() :]
    if named := _OF_MEASURE.fullmatch(behind):
        # 「一次能开多久的药」 is about what is prescribed.
        return "，".join([*clauses[:at], f"{head}{'的' if head else ''}{named['thing']}"])
    if not head and _FIRST.search(asked[0]):
        return "，".join([*clauses[:at], behind]) if things(placeless(behind)) else ""
    about = _without_predicate(head)
    if (_NAMED.search(asked[0]) and not of_person) or (counted and not things(placeless(about))):
        name = "" if asked[0] in _WHY and len(_name_first(behind)) < SHORTEST_NAME else _name_first(behind)
        about = (about if things(placeless(about)) else head) + name
    elif whole and (done := _counted(behind)) and done not in about:
        about = f"{about}{done}"
    about = f"{before}，{about}" if before else about
    return about if things(placeless(about)) else ""


def placeless(text: str) -> str:
    """The text without the places that it names."""
    pieces, at = [], 0
    for mention in find_places(text):
        pieces.append(text[at : mention.start])
        at = max(at, mention.end)
    return "".join([*pieces, text[at:]])


def things(text: str) -> int:
    """How many things a text names itself."""
    import rjieba

    words = [word for word, tag in rjieba.tag(search_form(text)) if tag[:1] in {"n", "j"} and len(word) > 1]
    named = [measure for measure in measures() if measure.said_in(search_form(text))]
    return len(named) + len([word for word in words if word not in stop_words()])


def says_something(text: str) -> bool:
    """Whether a text says anything besides a way of asking, so that it brings its own predicate (一共给多少人发了)."""
    import rjieba

    said = rjieba.tag(_ASKED.sub(" ", search_form(text)))
    named = any(tag[:1] in {"n", "j"} and tag != "ns" and word not in stop_words() for word, tag in said)
    done = any(tag == "ul" and len(word) > 1 for word, tag in said)
    return named or done or any(tag[:1] == "v" and word not in _WITHOUT_SENSE for word, tag in said)


def _without_predicate(head: str) -> str:
    """The words before what is asked, less the verbs that lead to it; the words themselves where nothing else is left."""
    import rjieba

    words = list(rjieba.tag(head))
    done = False
    while (
        words
        and words[-1][0][-1] not in _HOUSES
        and (words[-1][0] in _AFFIXES or words[-1][1] in _PREDICATE or (done and words[-1][1] == "vn"))
    ):
        done = words.pop()[1] in {"ul", "ug"}
    kept = "".join(word for word, _ in words)
    return kept.removesuffix("的") if kept else head


def _name_first(behind: str) -> str:
    """The name that stands right behind an asking word (多少家试点企业, 什么进校园的行动)."""
    import rjieba

    kept = ""
    for word, tag in rjieba.tag(behind):
        if not tag.startswith(_NAME):
            break
        kept += word
    # 「是谁办的」 asks with its last word too.
    return "" if kept == "的" else kept


def _counted(behind: str) -> str:
    """What was counted or done, named behind an asking word (推出某某, 稳岗资金); "" for people, and for a bare 钱 or 水."""
    import rjieba

    named = _name_first("".join(word for word, _ in _from_name(list(rjieba.tag(behind)))))
    return "" if len(named) < SHORTEST_NAME or named in _PEOPLE or not named.isalnum() else named


def _from_name(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tagged words without the verb, the particle and the measure word that they begin with."""
    at = next((at for at, (_, tag) in enumerate(words) if tag[:1] not in {"v", "u", "q"}), len(words))
    return words[at:]
