"""A question that only wants something confirmed, asked again without what it supposes: the place, the year, a figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from index.library import Library
from index.normalise import search_form
from index.places import find_places, is_within, narrowest
from rag.draft import Draft
from rag.extract import Extract
from rag.figures import find_figures
from rag.lexicon import domain_words, watched_terms
from rag.names import person_spans
from rag.premises import (
    MOST_PASSAGES,
    OTHER_FIGURE,
    OTHER_PART,
    OTHER_WHERE,
    OTHER_YEAR,
    UNSAID_YEAR,
    correction,
    of_a_part,
    other_figure,
    shared,
    without_places,
)
from rag.question import understand
from rag.quoted import quoted_names
from rag.surnames import SURNAMES
from rag.terms import pairs_of
from rag.types import Passage, Question
from rag.wording import words

Reader = Callable[[Question], Draft]
_SHORTEST = 2
_IN = frozenset(["在", "是在"])
_WHERE_KINDS = frozenset("nsfbj")
# A name that the answer lacks may be told of in so many passages (a storm that many places speak of).
MOST_TOLD = 60
# Who wrote a report is not told of in it.
_WRITERS = re.compile(r"[(（][^)）]{0,30}[)）]|(?:记者|通讯员|摄影|编辑)[\s:：]*[\u4e00-\u9fff]{2,4}")
_NAME_KINDS = frozenset(["nr", "nrt", "nrfg", "nz", "nt", "ns"])
_TAG = re.compile(r"(?:[对是]?[吧吗么]|对不对|是不是|没错|的)[？?。]?$|[吧吗][，,]")
# What is stated with a question mark behind it (王某是甲市的，领过奖？).
_STATED = re.compile(r"[是过了在][^？?]{2,}[？?]$")
# That something was there, or somebody is from there, is said with 是 or 在 before the place.
_AT = re.compile(r"[是在]")
_WHO = re.compile(r"^(?P<who>[\u4e00-\u9fff·]{2,12}?)(?:是|当过|当上|任|做过)(?P<claim>[\u4e00-\u9fff]{2,})")
OTHER_ROLE = "问题里的说法与资料不同，资料写的是："
# What is told of another place takes the place of what is told of this one where it is so much surer.
SURER = 0.1
# What is told with a name of the question and as sure as this is not looked for elsewhere.
SURE = 0.9
_END = re.compile(r"(?:[，,]?[对是]?[吧吗么]|[，,]?(?:对不对|是不是|没错吧?|是这样吗))?[？?。]*$")
# That it is done already is supposed as well: what is told may be the plan.
_DONE = re.compile(r"已经|了$")
_ASKS = re.compile(r"多少|(?<![好十])几|哪|谁|什么|啥|怎|如何|咋|为何|多[大高久长]|有没有|能不能|可不可以")


def only_confirms(question: Question) -> bool:
    """Whether a question states something and only wants it confirmed (是在甲市办的吧)."""
    form = question.search
    return bool(_TAG.search(form) or _STATED.search(form)) and not _ASKS.search(form)


def supposes(question: Question) -> bool:
    """Whether a question that only wants to be confirmed names a place, a year or a figure, any of which may be wrong."""
    given = question.places or question.unknown_places or question.years or find_figures(question.search)
    return bool(given) and only_confirms(question)


def instead(question: Question, library: Library, read: Reader) -> Draft | None:
    """What is told of the name of a question whose place, year or figure the library does not confirm; None for nothing."""
    if not supposes(question) or not may_name(question, library):
        return None
    for asked in asked_again(question):
        draft = read(asked)
        if draft.sentences and holds_own(question, draft, library):
            text = _text(draft)
            draft.lead = lead(question, draft.extracts, text) or correction(question, text)
            return draft
        # The very figure is told of a part of the place (of one district), and surely so.
        part = of_a_part(question, draft.extracts[0].places) if draft.sentences and draft.confidence >= SURE else ""
        if part and not other_figure(question, _text(draft)):
            draft.lead = part
            return draft
    return None


def elsewhere(question: Question, draft: Draft, library: Library, read: Reader) -> Draft | None:
    """What is told of another place than supposed, where it is surer than the draft or the draft says nothing of the point."""
    if not only_confirms(question) or not may_name(question, library):
        return None
    return _where(question, draft, library, read) or _of_another_place(question, draft, library, read)


def _where(question: Question, draft: Draft, library: Library, read: Reader) -> Draft | None:
    """What is told of where something was, for a draft that does not name the place or house that was supposed."""
    asked, supposed = asked_where(question)
    if asked is None or supposed in _said(draft):
        return None
    other = read(asked)
    named = holds_own(question, other, library) or lacks_name(question, draft, other, library)
    if not named or other.confidence < SURE or not other.sentences or supposed in _said(other):
        return None
    other.lead = lead(question, other.extracts, _text(other)) or OTHER_ROLE
    return other


def _of_another_place(question: Question, draft: Draft, library: Library, read: Reader) -> Draft | None:
    """What is told of the question without its place, where it is surer than the draft or the draft lacks the name."""
    if not question.places or (draft.confidence >= SURE and holds_own(question, draft, library)):
        return None
    other = read(without_places(question))
    if not other.sentences:
        return None
    other.lead = lead(question, other.extracts, _text(other))
    named = other.confidence >= SURE and lacks_name(question, draft, other, library)
    surer = other.confidence > draft.confidence + SURER and holds_own(question, other, library)
    return other if other.lead and (named or surer) else None


def asked_where(question: Question) -> tuple[Question | None, str]:
    """The question of where something was (在甲校办的吗 → 在哪里办的), with what it supposes; None and "" for another one."""
    form = _END.sub("", question.search)
    row = words(form)
    at = next((at for at, (start, end, _) in enumerate(row) if form[start:end] in _IN), None)
    if at is None:
        return None, ""
    ends = [end for _, end, kind in takewhile(lambda each: each[2][0] in _WHERE_KINDS, row[at + 1 :])]
    begin = row[at][1]
    if not ends or ends[-1] - begin < _SHORTEST or ends[-1] == len(form):
        return None, ""
    asked = understand(f"{form[:begin]}哪里{form[ends[-1] :]}？", without=question.without)
    return replace(asked, text=question.text), form[begin : ends[-1]]


def _text(draft: Draft) -> str:
    return "".join(each.text for each in draft.sentences)


def asked_again(question: Question) -> Iterator[Question]:
    """The question without its places and years, then who its person is, then for its figure, with and without them."""
    bare = replace(without_places(question), years=()) if _placed(question) or question.years else None
    if bare is not None:
        yield bare
    if who := _WHO.match(question.search):
        named = [question.search[start:end] for start, end in person_spans(question.search)]
        if who["who"] in named or "·" in who["who"]:
            yield replace(understand(f"{who['who']}是谁？", without=question.without), text=question.text)
    counted = _for_the_figure(question)
    if counted is not None:
        yield replace(counted, places=question.places, years=question.years, text=question.text)
        if bare is not None:
            yield replace(counted, places=(), years=(), unknown_places=(), text=question.text)


def holds_own(question: Question, draft: Draft, library: Library) -> bool:
    """Whether what is told holds a name that the question gives, and no document of another place has that name."""
    if not draft.extracts:
        return False
    first = draft.extracts[0].line.passage
    for name in [*_quoted(question, first), *_names(question, _said(draft))]:
        held = [each for each in draft.passages if name in each.chunk.search_text]
        if _is_rare(name, library, MOST_PASSAGES) and all(_of_one(each, first) for each in held):
            return True
    return False


def lacks_name(question: Question, draft: Draft, other: Draft, library: Library) -> bool:
    """Whether what is told lacks every proper name of the question, one of which another draft tells of."""
    mine, theirs = _said(draft), _said(other)
    names = [name for run in question.runs for name in _named(run) if _is_rare(name, library, MOST_TOLD)]
    return any(name in theirs for name in names) and not any(name in mine for name in names)


def may_name(question: Question, library: Library) -> bool:
    """Whether the question holds characters that few passages have, without which it is about nobody's own matter."""
    texts = (*quoted_names(question.standalone), *question.runs)
    return any(_is_rare(text, library, MOST_TOLD) for text in texts)


def _said(draft: Draft) -> str:
    """What the extracts of a draft say, under the title of their document, without those who wrote it."""
    titles = [search_form(each.line.passage.document.title) for each in draft.extracts[:1]]
    return _WRITERS.sub(" ", " ".join([*titles, *(each.line.search for each in draft.extracts)]))


def _quoted(question: Question, told: Passage) -> list[str]:
    """The names that the question quotes and the document has."""
    text = search_form(told.document.text)
    return [name for name in quoted_names(question.standalone) if name in text]


def _names(question: Question, line: str) -> list[str]:
    """The stretches of the question that a line has, and that hold a proper name or that the line puts in quotation marks."""
    marked = [name for name in quoted_names(line) if name not in domain_words() | watched_terms()]
    return [
        each
        for run in question.runs
        for each in shared(run, line, _SHORTEST)
        if _named(each) or any(name in each for name in marked)
    ]


def _named(text: str) -> list[str]:
    """The proper names of a text, a surname alone with what follows (许阿姨), by the dictionary's kinds of words."""
    row = words(text)
    found = []
    for at, (start, end, kind) in enumerate(row):
        stop = row[at + 1][1] if end - start == 1 and at + 1 < len(row) else end
        if (kind in _NAME_KINDS or (end - start == 1 and text[start] in SURNAMES)) and stop - start >= _SHORTEST:
            found.append(text[start:stop])
    return found


def _is_rare(name: str, library: Library, most: int) -> bool:
    """Whether some of a name stands in few passages; what stands in none is a way of asking or a figure."""
    return any(0 < library.document_frequency(pair) <= most for pair in pairs_of(name))


def _of_one(other: Passage, told: Passage) -> bool:
    """Whether two passages are of one document or of one place, or the other one is of none."""
    if other.document.id == told.document.id:
        return True
    mine, theirs = (narrowest([*each.document.places, *each.chunk.places]) for each in (told, other))
    return not theirs or bool(set(mine) & set(theirs))


def lead(question: Question, told: Sequence[Extract], said: str) -> str:
    """The line before what is told instead of what was supposed; "" where nothing in it speaks against the question."""
    form = search_form(said)
    asked = narrowest(list(question.places)) + list(question.unknown_places)
    missed = [place for place in asked if not _tells(place, told, form)]
    if missed:
        instead = [place for each in told[:1] for place in narrowest(list(each.places)) if place != "全国"]
        near = any(is_within(place, one) or is_within(one, place) for place in instead for one in asked)
        # Where the article alone is of a place (a meeting there at which somebody spoke), nothing is said of what was where.
        if len(instead) == 1 and _says(told[0], instead[0]) and not near and _is_where(question):
            return OTHER_WHERE.format(place=instead[0], asked="、".join(missed))
        return OTHER_PART.format(asked="、".join(missed))
    years = [year for year in question.years if year not in form]
    if years:
        return OTHER_YEAR if re.search(r"(?:19|20)\d{2}年", form) else UNSAID_YEAR.format(asked=years[0])
    if other_figure(question, said):
        return OTHER_FIGURE
    who = _WHO.match(question.search)
    return OTHER_ROLE if who and who["claim"] not in form and who["who"] in form else ""


def _says(told: Extract, place: str) -> bool:
    """Whether the sentence itself that is told names a place, or one within it."""
    return any(is_within(each.full_name, place) for each in find_places(told.line.search, [place]))


def _is_where(question: Question) -> bool:
    """Whether the place of a question is said to be where something was or somebody is from."""
    form = question.standalone
    return any(_AT.search(form[max(0, each.start - 2) : each.start]) for each in find_places(form))


def _placed(question: Question) -> bool:
    return bool(question.places or question.unknown_places)


def _tells(place: str, told: Sequence[Extract], said: str) -> bool:
    """Whether what is told names a place, or is told of it or of a place within it."""
    named = [*(each.full_name for each in find_places(said)), *(one for each in told for one in each.places)]
    return any(is_within(each, place) for each in named)


def _for_the_figure(question: Question) -> Question | None:
    """The question for the figure that it gives (罚了300万吧 → 罚了多少); None where it gives none or several."""
    form = question.search
    given = [each for each in find_figures(form) if each.text not in question.years]
    if len(given) != 1:
        return None
    figure = given[0]
    ordinal = form[max(0, figure.start - 1) : figure.start] == "第"
    digits = re.match(r"[\d.]+", form[figure.start :])
    if digits is None:
        return None
    asked = form[: figure.start] + ("几" if ordinal else "多少") + form[figure.start + digits.end() :]
    return understand(_DONE.sub("", _END.sub("", asked)) + "？", without=question.without)
