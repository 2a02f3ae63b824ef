"""Who did it: whether a body or a rank of the sentence is the one of which the evidence tells what the sentence tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from rag.labels import longest_common
from rag.names import CUT, person_spans
from rag.reading import Reading, Text
from rag.synonyms import anaphors
from rag.wording import CLAUSE_STOPS, SENTENCE_STOPS, bigrams, bounds, piece_spans, spans_of, words

_KINDS = (
    "公司|集团|学院|大学|学校|学堂|技校|职校|中专|中学|小学|党校|职教中心|医院|银行|总工会|工会(?![员费])|委员会|办公室|小组|政府|党委|国资委|发改委|国务院|"
    "兵团|工作室|协会|联合会|商会|组织部|宣传部|教育部|财政部|人社部|人社厅|人社局|教育局|财政局|保障局|研究院|中心|基地|园区|工作站"
)
_KIND = re.compile(rf"(?:{_KINDS})+")
_ENTERPRISE = re.compile(r"(?:公司|集团|厂|矿)$")
_RANK = re.compile(r"首[届批期]|第\d+[届批期]")
# What follows in a list is told of another one.
_NEXT = re.compile("[、和与及]")
# Words of doing that names are made of (创新工作室, 协调小组).
_DOING = frozenset({"创新", "协调", "服务", "实训", "培训", "研究", "发展", "管理", "建设", "指导", "活动"})
_BY = re.compile(r"(?<![自理缘])由(?![于此\d])([\u3400-\u9fff]{4,24})")
# When something was done may stand before or behind who did it.
_WHEN = re.compile(r"^[,，]?在?(?:\d{4}年)?(?:\d+月)?(?:\d+日)?[,，]?")
# A name stands before its kind in so many words at most.
_WORDS_OF_NAME = 4
# A text that names more is a list, and no order of names tells anything in it.
_MOST_NAMES = 24
_JOINED = frozenset("和与、及")
# Behind these stands who did it.
_PASSIVE = ("由", "被")
_PRONOUNS = frozenset("它他她其此")
_GENERIC = frozenset({"总工会", "工会", "公司", "集团", "学院", "工作室", "中心", "基地", "园区", "小组", "学校"})
# So many pairs of characters must speak for another one.
_CLEAR = 3
# So much of who does it must be the same: 市总工会 and 基层工会 have half in common.
_PART_OF_NAME = 0.5


@dataclass(frozen=True, slots=True)
class _Name:
    """A body, a rank or a place at [start, end) of a text."""

    start: int
    end: int
    text: str
    kind: str = "body"


def binding_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each body or rank of which the evidence tells something else, while it tells this of another one."""
    units = [unit for reading in readings for unit in _units(reading)]
    around = "\n".join(reading.around.plain for reading in readings)
    mine = list({name.text: name for name in reversed(_names(sentence.plain))}.values())[:_MOST_NAMES]
    places = frozenset().union(*(bigrams(sentence.plain[m.start : m.end]) for m in sentence.places))
    problems = []
    for start, end in piece_spans(sentence.plain, CLAUSE_STOPS):
        for name in mine:
            if not start <= name.start < end:
                continue
            told = bigrams(sentence.plain[start : name.start]) | bigrams(sentence.plain[name.end : end])
            told -= frozenset().union(*(bigrams(each.text) for each in mine), places)
            best = max(units, key=lambda unit: (len(told & unit.content), name.text in unit.text), default=None)
            if best is None or not told & best.content:
                continue
            # 市总工会 may be told as 株洲市总工会, and a body that was named before as 集团.
            if any(_is_short_for(each, name) for each in best.names) or _goes_on(name, best.text):
                continue
            if name.text not in best.text:
                if name.text not in around and _is_of_another(name, told, best, units):
                    problems.append(f"引文中这件事说的不是「{name.text}」")
            elif _is_told_of_neighbour(name, sentence.plain[name.end : end], told, best):
                problems.append(f"引文中这件事说的不是「{name.text}」")
    return (
        problems[:1]
        or _agent_problems(sentence.plain, units)
        or _narrower(sentence.plain, units)
        or _place_problems(sentence, readings)
        or _nameless(sentence, mine, units)
    )


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence of the evidence: its text, its content, the names in it, and whether it says itself of whom it speaks."""

    text: str
    content: frozenset[str]
    names: tuple[_Name, ...]
    has_subject: bool


def _units(reading: Reading) -> list[_Unit]:
    text = reading.counted.plain
    found = []
    for start, end in piece_spans(text, SENTENCE_STOPS):
        piece = text[start:end]
        names = tuple(_names(piece)[:_MOST_NAMES])
        placed = any(start <= each.start < end for each in reading.counted.places)
        # 「企业每月…」 goes on about the one that was named before.
        goes_on = piece.startswith(tuple(anaphors()))
        begins_with_noun = any(kind[0] == "n" for _, _, kind in words(piece)[:1])
        found.append(_Unit(piece, bigrams(piece), names, not goes_on and (bool(names) or placed or begins_with_noun)))
    return found


def _names(text: str) -> list[_Name]:
    """The bodies of a text with the words of their names, and its ranks (首届, 第2届)."""
    found = [_Name(match.start(), match.end(), match[0], "rank") for match in _RANK.finditer(text)]
    row = words(text)
    for match in _KIND.finditer(text):
        first = next(at for at, word in enumerate(row) if word[1] > match.start())
        start = min(row[first][0], match.start())
        steps = 0
        while first and steps < _WORDS_OF_NAME and _is_of_name(text, row[first - 1]):
            first, steps = first - 1, steps + 1
            start = row[first][0]
        # A word that leads up to a name (期满后由) may be cut together with it.
        name = text[start : match.end()]
        name = name if "有限" in name else CUT.sub("", name)
        if name in _GENERIC:
            # A made-up name is no word of the dictionary; at the beginning of a clause it is all that stands there.
            begin, _ = bounds(text, match.start(), CLAUSE_STOPS)
            name = text[begin : match.end()] if match.start() - begin <= _WORDS_OF_NAME else name
        if name not in _GENERIC and len(name) > 2:
            found.append(_Name(match.end() - len(name), match.end(), name))
    found += [_Name(start, end, text[start:end], "person") for start, end in person_spans(text)]
    return sorted(found, key=lambda name: name.start)


def _is_of_name(text: str, word: tuple[int, int, str]) -> bool:
    start, end, kind = word
    word_text = text[start:end]
    if word_text in _DOING:
        return True
    return kind[0] in "njb" and not (kind == "ns" and word_text[-1] in "省市县区州") and word_text != "企业"


def _is_short_for(name: _Name, full: _Name) -> bool:
    return len(name.text) > 3 and len(name.text) < len(full.text) and full.text.endswith(name.text)


def _goes_on(name: _Name, unit: str) -> bool:
    """Whether a sentence speaks first of 集团 where a body that ends so was named."""
    return any(unit.startswith(each) and name.text.endswith(each) for each in anaphors())


def _is_of_another(name: _Name, told: frozenset[str], best: _Unit, units: list[_Unit]) -> bool:
    """Whether the sentence that tells it names somebody itself, so that the name of another sentence is not meant."""
    at = units.index(best)
    if not any(name.text in unit.text for unit in units):
        return False
    # Next to a sentence without a person or a rank, that of another sentence may be meant.
    if name.kind == "rank" and not any(each.kind == name.kind for each in best.names):
        return False
    # 「该公司…」 and a sentence that names nobody go on about whom the sentence before was about.
    while at and not units[at].has_subject:
        at -= 1
        if name.text in units[at].text:
            return False
    return True


def _is_told_of_neighbour(name: _Name, behind: str, told: frozenset[str], unit: _Unit) -> bool:
    """Whether within one sentence of the evidence the words behind the name stand behind another name of its kind."""
    rivals = [
        each
        for each in unit.names
        if each.kind == name.kind and name.text not in each.text and each.text not in name.text
    ]
    if behind.startswith(_PASSIVE):
        return False
    own = max(
        (_run(behind, unit.text[at + len(name.text) :]) for at in islice(spans_of(name.text, unit.text), _MOST_NAMES)),
        default=0,
    )
    other = max((_run(behind, unit.text[each.end :]) for each in rivals), default=0)
    # 「主办」 alone tells 甲主办 from 乙承办.
    if other >= own + _CLEAR + 1 or (not own and 1 < other == len(behind.rstrip(CLAUSE_STOPS))):
        return True
    # Of whom a sentence speaks first, all of it may tell.
    if own or not rivals or any(unit.text.startswith(name.text, each.start) for each in _first(name.kind, unit)):
        return False
    told = told & bigrams(_NEXT.split(behind)[0])
    mine = frozenset().union(
        *(_region(at, at + len(name.text), unit) for at in islice(spans_of(name.text, unit.text), _MOST_NAMES))
    )
    theirs = max((len(told & _region(each.start, each.end, unit)) for each in rivals), default=0)
    return theirs >= _CLEAR + len(told & mine)


def _first(kind: str, unit: _Unit) -> list[_Name]:
    """The first name of a kind in a sentence, and those that 和 or 、 joins to it."""
    names = [each for each in unit.names if each.kind == kind]
    found = names[:1]
    for each in names[1:]:
        if unit.text[found[-1].end : each.start] not in _JOINED:
            break
        found.append(each)
    return found


def _run(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count] not in CLAUSE_STOPS:
        count += 1
    return count


def _agent_problems(sentence: str, units: list[_Unit]) -> list[str]:
    """One line where the evidence says by whom (由企业公示), and the sentence names another."""
    for phrase in _BY.findall(sentence):
        fits, others = False, list[str]()
        for theirs in (each for unit in units for each in _BY.findall(unit.text)):
            end, other_end = _shared_act(phrase, theirs)
            if not (end and other_end) or theirs[0] in _PRONOUNS:
                continue
            common = longest_common(phrase[:end], theirs[:other_end])
            fits = fits or common > _PART_OF_NAME * min(end, other_end)
            others.append(theirs[:other_end])
        if others and not fits:
            return [f"引文说的是由「{others[0]}」"]
    return []


def _shared_act(one: str, other: str) -> tuple[int, int]:
    """Where in both phrases the first word of doing stands that they share; (0, 0) if none does."""
    acts = {other[start:end]: start for start, end, kind in reversed(words(other)) if kind[0] == "v"}
    return next(((start, acts[one[start:end]]) for start, end, _ in words(one) if one[start:end] in acts), (0, 0))


def _narrower(sentence: str, units: list[_Unit]) -> list[str]:
    """One line where 技师 is told what the evidence tells of 高级技师, or the other way round."""
    for unit in units:
        nouns = {unit.text[start:end] for start, end, kind in words(unit.text) if kind[0] == "n" and end - start > 1}
        for narrow, wide in ((a, b) for a in nouns for b in nouns if a != b and a.endswith(b)):
            for name, rival in ((narrow, wide), (wide, narrow)):
                own = _runs(name, name, narrow, sentence, unit.text)
                other = _runs(name, rival, narrow, sentence, unit.text)
                if other >= max(_CLEAR + 1, own + 2):
                    return [f"引文说的是「{rival}」，不是「{name}」"]
    return []


def _runs(name: str, rival: str, narrow: str, sentence: str, text: str) -> int:
    """The longest run that stands right behind a name in the sentence and behind a name, or its rival, in the text."""
    behind = [sentence[at + len(name) :] for at in _alone(name, narrow, sentence)]
    return max(
        (_run(one, text[at + len(rival) :]) for one in behind for at in _alone(rival, narrow, text)),
        default=0,
    )


def _alone(name: str, narrow: str, text: str) -> list[int]:
    """Where a name stands without being the end of the narrower one."""
    if name == narrow:
        return list(spans_of(name, text))
    return [at for at in spans_of(name, text) if not text.endswith(narrow, 0, at + len(name))]


def _place_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line where the words right behind a place stand behind another place in the evidence and not behind this one."""
    for mention in sentence.places:
        behind = _WHEN.sub("", sentence.plain[mention.end :])
        own = other = 0
        for reading in readings:
            for each in reading.counted.places:
                run = _run(behind, _WHEN.sub("", reading.counted.plain[each.end :]))
                if each.name == mention.name:
                    own = max(own, run)
                elif each.name not in {named.name for named in sentence.places}:
                    other = max(other, run)
        if other >= own + _CLEAR + 1 and any(m.name == mention.name for r in readings for m in r.counted.places):
            return [f"引文中这件事说的不是「{mention.name}」"]
    return []


def _region(start: int, end: int, unit: _Unit) -> frozenset[str]:
    """What a sentence says of a name: the words behind it up to the next name, and those before it back to the last one."""
    after = min((each.start for each in unit.names if each.start >= end), default=len(unit.text))
    before = max((each.end for each in unit.names if each.end <= start), default=0)
    return bigrams(unit.text[end:after]) | bigrams(unit.text[before:start])


def _nameless(sentence: Text, mine: list[_Name], units: list[_Unit]) -> list[str]:
    """What the evidence tells of an enterprise by name and the sentence of the place alone."""
    if mine or not sentence.places or not units:
        return []
    told = bigrams(sentence.plain)
    best = max(units, key=lambda unit: len(told & unit.content))
    for name in best.names[:1]:
        behind = bigrams(best.text[name.end :])
        if _ENTERPRISE.search(name.text) and len(told & behind) >= 2 * _CLEAR and name.text not in sentence.plain:
            return [f"引文说的是「{name.text}」，不是整个地方"]
    return []
