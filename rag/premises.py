"""What a question takes for granted and the documents say otherwise: a name of another place, another figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.library import Library
from index.normalise import search_form
from index.places import ancestors, find_places, is_within, narrowest
from rag.extract import Extract, attributed
from rag.figures import Figure, find_figures
from rag.lexicon import stop_words
from rag.lines import lines
from rag.names import person_spans
from rag.quoted import quoted_names
from rag.terms import pairs_of
from rag.types import Kind, Passage, Question

# A name that stands in more passages than this is no name of one place's own.
MOST_PASSAGES = 12
SHORTEST_NAME = 3
# So many figures together tell one event as a name does.
LEAST_FIGURES = 2
_PERSON_TAGS = frozenset(["nr", "nrt", "nrfg"])
_NAME_TAGS = _PERSON_TAGS | {"nz", "nt"}
# A long name of one event: 首届大国工匠创新交流大会.
_EVENT = re.compile(r"[\u4e00-\u9fff0-9]{6,}(?:大会|大赛|论坛|比武|竞赛|展览会|博览会|夏令营|发布会)")
_CONFIRMS = re.compile(r"吗|吧|是不是|对不对|属实|没记错|是真的|怎么[才只就]|为什么|为啥|怎么反而")
OTHER_PLACE = "资料里的“{name}”是{place}的，没有说{asked}有。"
OTHER_WHERE = "资料写的是{place}，不是{asked}："
OF_A_PART = "资料里的数字是{part}的，不是整个{asked}的："
_SHORTEST_THING = 3
# So many characters before a figure are read for what it counts.
READ_BEFORE = 24
_COUNTING = re.compile(r"(?:已经|已|累计|共|一共|总共|有|为|是|达到?|了){1,3}$")
_BEFORE = re.compile(r"(?P<name>[\u4e00-\u9fff]{4})(?:已经|已|累计|共|一共|总共|有|为|是|达到?|了){0,3}$")
# 由18家增加到766家: the figure that was left behind is none of what there is.
_LEFT_BEHIND = re.compile(r"[由从](?:原来的?)?$")
_THING = re.compile(r"[\u4e00-\u9fff]{3,12}")
_TAG = re.compile(r"[对是]?吧[？?]|属实|没记错|这样吗|是真的|对吗|对不对")
# What is only said to be confirmed (是2020年的吧) may be wrong itself.
_ASSUMED = re.compile(r"吧[，,？?。]|吧$|对吗|对不对|是不是|没错吧|是吗[？?]?$")
_YEAR = re.compile(r"(?:19|20)\d{2}年")
OTHER_YEAR = "问题里的年份与资料不同，资料写的是："
UNSAID_YEAR = "资料没有写{asked}年，写的是："
OTHER_PART = "问题里说的是{asked}，资料写的是："
OTHER_FIGURE = "问题里的数字与资料不同，资料写的是："
ONLY_PLANNED = "资料写的是计划或目标，没有说已经做到："
_DONE = re.compile(r"已经|都.{0,12}了|全.{0,8}[完了]|[完成]了|实现了|真的")
_PLANNED = re.compile(r"计划|目标|规划|拟|打算|力争|预计|再正式|将(?!近|士)|提出[,，]?(?:要|到\d{4}年|用\d)")


def without_places(question: Question) -> Question:
    """The same question asked of no place, to see whose the thing is that it names."""
    return replace(question, places=(), unknown_places=())


def assumed(question: Question) -> list[str]:
    """What a question that only wants to be confirmed may have wrong, by value.

    A year; and of places one within the other (山东那次…是济南办的吧) the narrower one.
    """
    if not _ASSUMED.search(question.search):
        return []
    found = list(question.years) if len(question.years) == 1 else []
    inner = [
        each for each in question.places if any(each != wide and is_within(each, wide) for wide in question.places)
    ]
    return found + (inner if len(narrowest(list(question.places))) == 1 else [])


def instead_of(value: str, told: str) -> str:
    """The line before what holds instead of a year or a place that was taken for granted; "" where it is told after all."""
    if value in told:
        return ""
    if not value.isdigit():
        return OTHER_PART.format(asked=value)
    return OTHER_YEAR if _YEAR.search(told) else UNSAID_YEAR.format(asked=value)


def asked_openly(question: Question) -> Question:
    """What this turn itself asks, as a question that may be answered by no: 「都建成了吧？」 may be told of the plan."""
    kind: Kind = "yesno" if _TAG.search(question.search) else question.kind
    return replace(question, kind=kind, search=search_form(question.asked or question.standalone))


def name_of_another_place(
    question: Question, found: Sequence[Extract], own: Sequence[Passage], library: Library
) -> tuple[str, str]:
    """The name in the question that the best extract tells of another place, with that place; ("", "") when there is none.

    A name is quoted in the question, or stands in so few passages that it is somebody's own; no passage of the place that
    was asked about (`own`) may hold it.
    """
    if not found or not (question.places or question.unknown_places):
        return "", ""
    told = [each for each in found if each.line.passage.document.id == found[0].line.passage.document.id]
    held = _said_of(question.places, own)
    for each in told:
        places = narrowest(list(each.places))
        elsewhere = [place for place in places if place != "全国" and not _near(place, question.places)]
        if not places or len(elsewhere) != len(places):
            continue
        for name in [*_names(question, each.line.search, library), *_told_figures(question, each.line.search)]:
            if not any(name in text for text in held):
                return quoted_names(question.standalone).get(name, name), elsewhere[-1]
    return "", ""


def _said_of(places: Sequence[str], own: Sequence[Passage]) -> list[str]:
    """The sentences of passages, in the search form, that are said of any of the places, or of none."""
    return [
        line.search for passage in own for line in lines(passage) if not line.places or attributed(line.places, places)
    ]


def _given_figures(question: Question) -> list[Figure]:
    """The figures of a question that are no bare years, where it gives several; else []. 一个人 and 一年 tell no event."""
    given = [
        each
        for each in find_figures(question.search)
        if len(each.text) > 1 and each.low > 1 and each.text not in question.years
    ]
    return given if len(given) >= LEAST_FIGURES else []


def _told_figures(question: Question, line: str) -> list[str]:
    """The largest figure of a question that gives two or more, all of which stand in a line; [] where one does not."""
    given, told = _given_figures(question), find_figures(line)
    if not given or not all(any(one.same_value(each) for one in told) for each in given):
        return []
    return [max(given, key=lambda each: each.low).text]


def may_name(question: Question, library: Library) -> bool:
    """Whether the question holds any characters that only few passages do, without which it names nobody's own thing."""
    pairs = {pair for text in (*quoted_names(question.standalone), *question.runs) for pair in pairs_of(text)}
    return any(0 < library.document_frequency(pair) <= MOST_PASSAGES for pair in pairs)


def doubtful(question: Question, own: Sequence[Passage], told: str) -> bool:
    """Whether what is told leaves out a name, a person or the figures by which the question tells what it is about."""
    return misses_name(question, own) or misses_figures(question, told) or misses_person(question, told) or not told


def misses_name(question: Question, own: Sequence[Passage]) -> bool:
    """Whether a name that the question quotes stands in none of the passages."""
    return any(
        not any(name in passage.chunk.search_text for passage in own) for name in quoted_names(question.standalone)
    )


def misses_figures(question: Question, told: str) -> bool:
    """Whether a question that gives two or more figures was answered by words that hold none of them."""
    given, said = _given_figures(question), find_figures(search_form(told))
    return bool(given) and not any(one.same_value(each) for one in said for each in given)


def misses_person(question: Question, told: str) -> bool:
    """Whether a question that names a place and a person was answered by words that do not hold the person's name."""
    form = question.search
    return bool(question.places) and any(form[start:end] not in told for start, end in person_spans(form))


def corrected_place(question: Question, name: str, place: str, told: str) -> str:
    """The line that says whose the name is; a person or a figure only tells that it was elsewhere, where what is told names it."""
    asked = _places_asked(question)
    if name in quoted_names(question.standalone).values():
        return OTHER_PLACE.format(name=name, place=_with_city(place), asked=asked)
    # Where the article alone is of a place, nothing is said of where somebody is from.
    if not any(is_within(each.full_name, place) for each in find_places(told, [place])):
        return other_part(question)
    return OTHER_WHERE.format(place=_with_city(place), asked=asked)


def other_part(question: Question) -> str:
    """The line before what is told of no place that the question names."""
    return OTHER_PART.format(asked=_places_asked(question))


def _places_asked(question: Question) -> str:
    return "、".join([*narrowest(list(question.places)), *question.unknown_places])


def correction(question: Question, sentence: str) -> str:
    """The line before a sentence that does not confirm what the question takes for granted; "" where nothing speaks against it."""
    if not _CONFIRMS.search(question.search):
        return ""
    if _DONE.search(question.search) and _PLANNED.search(sentence) and not _PLANNED.search(question.search):
        return ONLY_PLANNED
    return OTHER_FIGURE if other_figure(question, sentence) else ""


def other_figure(question: Question, sentence: str) -> bool:
    """Whether the question takes a figure for granted and the sentence tells another one in the same unit instead."""
    form, said = search_form(question.asked), search_form(sentence)
    told = [
        each
        for each in find_figures(said)
        if not _LEFT_BEHIND.search(said[max(0, each.start - READ_BEFORE) : each.start])
    ]
    for asked in find_figures(form):
        counted = _counting(form, asked, said, told)
        if counted:
            return not any(each.same_value(asked) for each in counted)
        alike = [each for each in told if each.unit == asked.unit and asked.unit]
        if alike and not any(each.same_value(asked) for each in told):
            return True
    return False


def of_a_part(question: Question, places: Sequence[str]) -> str:
    """The line before a figure of a part where the question takes it for that of the whole place; "" where it is none."""
    wanted, about = narrowest(list(question.places)), narrowest(list(places))
    if (
        not _CONFIRMS.search(question.search)
        or len(wanted) != 1
        or len(about) != 1
        or not find_figures(question.search)
    ):
        return ""
    apart = about[0] != wanted[0] and is_within(about[0], wanted[0])
    return OF_A_PART.format(part=about[0], asked=wanted[0]) if apart else ""


def _counting(form: str, asked: Figure, said: str, told: Sequence[Figure]) -> list[Figure]:
    """The figures of a sentence that count the very thing that one of the question counts, by the words beside them."""
    before = _BEFORE.search(form[max(0, asked.start - READ_BEFORE) : asked.start])
    if before:
        ahead = [
            (each, _COUNTING.sub("", said[max(0, each.start - READ_BEFORE) : each.start]))
            for each in told
            if each.unit == asked.unit
        ]
        named = [each for each, words in ahead if words.endswith(before["name"])]
        if named:
            return named
    thing = _THING.match(form, asked.end)
    name = re.split(r"[吗吧么对是了的]", thing[0])[0] if thing else ""
    if len(name) < _SHORTEST_THING:
        return []
    return [each for each in told if each.unit == asked.unit and said.startswith(name, each.end)]


def _with_city(place: str) -> str:
    """A county with the name of its city before it (无锡市惠山区)."""
    above = ancestors(place)[:1]
    return f"{above[0]}{place}" if above and not place.startswith(above[0]) and above[0].endswith("市") else place


def _near(place: str, wanted: Sequence[str]) -> bool:
    return any(is_within(place, other) or is_within(other, place) for other in wanted)


def _names(question: Question, line: str, library: Library) -> list[str]:
    """Names of the question that stand in a line: the quoted ones, then proper names that few passages hold."""
    stretches = [each for run in question.runs for each in shared(run, line, SHORTEST_NAME)]
    proper = [name for each in stretches for name in [*proper_names(each), *_EVENT.findall(each)]]
    return [
        name
        for name in [*quoted_names(question.standalone), *proper]
        if name in line and 0 < min(library.document_frequency(pair) for pair in pairs_of(name)) <= MOST_PASSAGES
    ]


def shared(run: str, line: str, shortest: int) -> list[str]:
    """The longest stretches of a run that stand in a line, in order, none of fewer characters than `shortest`."""
    found, at = [], 0
    while at < len(run):
        end = at + 1
        while end <= len(run) and run[at:end] in line:
            end += 1
        if end - at > shortest:
            found.append(run[at : end - 1])
        at = max(at + 1, end - 1)
    return found


def proper_names(text: str) -> list[str]:
    """Persons, and what the dictionary does not know: characters in a row that are no word, with what follows (贝力特机械)."""
    import rjieba

    found, unknown, singles, at = [], 0, 0, 0
    for word, tag in rjieba.tag(text):
        at += len(word)
        # Longer words that the dictionary takes for persons (申请专利) are none, unless they are of another tongue.
        if tag in _PERSON_TAGS and (len(word) == SHORTEST_NAME or (len(word) > SHORTEST_NAME and "·" in word)):
            found.append(word)
        single = len(word) == 1 and word not in stop_words() and not word.isdigit()
        unknown, singles = (unknown + len(word), singles + single) if single or tag in _NAME_TAGS else (0, 0)
        if singles and unknown >= SHORTEST_NAME:
            found.append(text[at - unknown :])
            unknown, singles = 0, 0
    return found
