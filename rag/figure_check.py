"""Whether the figures and dates of a sentence stand in its evidence, with their units, qualifiers and objects."""

from __future__ import annotations

import re
from decimal import Decimal

from rag.dates import Date, find_document_numbers, is_dated
from rag.figures import Figure, find_worded_numbers
from rag.labels import Likeness, lead, likeness, longest_common, segment, surroundings
from rag.qualifiers import lost_and_gained
from rag.reading import Reading, Text, related
from rag.wording import CLAUSE_STOPS, SENTENCE_STOPS, bigrams, bounds

_YEARS = re.compile(r"((?:19|20)\d{2})年?[-~至到]{1,2}((?:19|20)\d{2})年")
# Words that stand before any figure of a report tell none of them from another.
_NEAR = 40
_SCOPES = frozenset({"全国", "全省", "全市", "全县", "全区", "累计", "截至"})


def figure_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each figure of the sentence that the evidence does not bear out."""
    problems = [
        problem
        for figure in sentence.figures
        if not _is_article(figure, sentence) and (problem := _figure_problem(figure, sentence, readings))
    ]
    known = "\n".join(reading.counted.plain for reading in readings)
    rows = [row for reading in readings for row in _rows(reading.counted)]
    for row in _rows(sentence):
        if not any(row == other[at : at + len(row)] for other in rows for at in range(len(other))):
            problems.append(f"并列的数字「{'、'.join(f'{value:f}' for value in row)}」与引文的顺序不同")
    return problems + [
        f"数字「{word}」在引文中找不到" for word in find_worded_numbers(sentence.plain) if word not in known
    ]


def _is_article(figure: Figure, text: Text) -> bool:
    """Whether 一 only brings in what follows with its own figure (一支33人的队伍)."""
    return figure.low == 1 and figure.high is None and text.plain[figure.end : figure.end + 1].isdigit()


def _rows(text: Text) -> list[tuple[Decimal, ...]]:
    """The figures that follow one another with nothing but 、 between (200元、400元、600元), whose order says whose they are."""
    rows: list[list[Figure]] = []
    for figure in text.figures:
        if rows and text.plain[rows[-1][-1].end : figure.start] in {"、", "和", "及"}:
            rows[-1].append(figure)
        else:
            rows.append([figure])
    return [tuple(figure.low for figure in row) for row in rows if len(row) > 1]


def date_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each date and document number that neither text nor context nor metadata holds, or that is another's."""
    known = [date for reading in readings for date in reading.dates]
    problems = []
    for date in sentence.dates:
        written = sentence.plain[date.start : date.end]
        if not is_dated(date, known):
            problems.append(f"日期「{written}」在引文及其文档中找不到")
        elif _is_of_another(date, sentence, readings):
            problems.append(f"日期「{written}」在引文中说的是另一件事")
    whole = "\n".join(text.plain for reading in readings for text in (reading.counted, reading.around))
    spans = set(_YEARS.findall(whole))
    problems += [f"时段「{a}—{b}年」在引文中找不到" for a, b in _YEARS.findall(sentence.plain) if (a, b) not in spans]
    numbers = find_document_numbers(whole)
    for who, number in find_document_numbers(sentence.plain):
        if not any(number == other and (not who or who[-2:] == issuer[-2:]) for issuer, other in numbers):
            problems.append(f"文号「{who[-4:]}〔{number.replace('-', '〕')}号」在引文中找不到")
    return problems


def _is_of_another(date: Date, sentence: Text, readings: tuple[Reading, ...]) -> bool:
    """Whether another date of the same kind fits the words around this one better than any place where it stands."""
    own = rival = (-1, -1)
    for reading in readings:
        for other in reading.counted.dates:
            same_kind = (other.month is None, other.day is None) == (date.month is None, date.day is None)
            likeness = _likeness_of_dates(date, sentence, other, reading.counted)
            if is_dated(date, [other]) or (date.month, date.day) == (other.month, other.day) != (None, None):
                own = max(own, likeness)
            elif same_kind:
                rival = max(rival, likeness)
    # A date from outside the counted text must not stand where that text has another one.
    return rival > own if own[0] >= 0 else rival[1] >= 3


def _likeness_of_dates(date: Date, text: Text, other: Date, other_text: Text) -> tuple[int, int]:
    """The longest run that stands right behind both dates, and how many words around them are the same."""
    behind = longest_common(_behind(date, text), _behind(other, other_text))
    return behind, len(_words_around(date, text) & _words_around(other, other_text))


def _behind(date: Date, text: Text) -> str:
    end = min([date.end + _NEAR, *(each.start for each in text.dates if each.start > date.start)])
    return text.plain[date.end : end].lstrip("底末初,，")


def _words_around(date: Date, text: Text) -> frozenset[str]:
    """The content bigrams after a date up to the next one in its sentence, and those before it in its clause."""
    start, _ = bounds(text.plain, date.start, CLAUSE_STOPS)
    _, end = bounds(text.plain, date.start, SENTENCE_STOPS)
    start = max([start, *(d.end for d in text.dates if d.end <= date.start)])
    end = min([end, *(d.start for d in text.dates if d.start > date.start)])
    return bigrams(text.plain[start : date.start]) | bigrams(text.plain[date.end : end])


def _figure_problem(figure: Figure, sentence: Text, readings: tuple[Reading, ...]) -> str | None:
    own: list[tuple[Likeness, Reading, Figure]] = []
    rivals: list[tuple[Text, Figure]] = []
    rival: Likeness = (-9, 0, 0, 0, 0)
    place = sentence.place_before(figure.start)
    for reading in readings:
        for other in reading.counted.figures if reading.may_speak_of(place) else ():
            fits = figure.fits_unit(other, reading.counted.plain)
            if fits and figure.same_value(other):
                own.append((likeness(figure, sentence, other, reading.counted), reading, other))
            elif fits or other.fits_unit(figure, sentence.plain):
                rival = max(rival, likeness(figure, sentence, other, reading.counted))
                rivals.append((reading.counted, other))
    if not own:
        return f"数字「{figure.text}」在引文中找不到"
    best = max(score for score, _, _ in own)
    nearest = [(reading, other) for score, reading, other in own if score == best]
    labelled_otherwise = all(
        _has_label_of(rivals, figure, sentence, other, reading.counted) for reading, other in nearest
    )
    if (
        rival > best
        or labelled_otherwise
        or not any(_same_object(figure, sentence, other, reading.counted) for reading, other in nearest)
    ):
        return f"数字「{figure.text}」在引文中说的是另一件事"
    if not any(_same_scene(figure, sentence, other, reading.counted) for reading, other in nearest):
        return f"数字「{figure.text}」在引文中属于另一个年份或地方"
    complaints = [_qualifier_problem(figure, other) for _, other in nearest]
    return None if None in complaints else complaints[0]


def _qualifier_problem(figure: Figure, other: Figure) -> str | None:
    change = {"增至", "增加"}
    beside = lost_and_gained(figure.qualifiers - change, other.qualifiers - change)
    in_clause = lost_and_gained(figure.clause_qualifiers, other.clause_qualifiers)
    if lost := beside[0] | in_clause[0]:
        return f"数字「{figure.text}」漏掉了限定词「{'、'.join(sorted(lost))}」"
    if gained := beside[1] | in_clause[1]:
        return f"数字「{figure.text}」多出了引文没有的限定词「{'、'.join(sorted(gained))}」"
    if len((figure.qualifiers | other.qualifiers) & change) == 2:
        return f"数字「{figure.text}」混淆了「增加」与「增至」"
    return None


def _has_label_of(rivals: list[tuple[Text, Figure]], figure: Figure, text: Text, own: Figure, own_text: Text) -> bool:
    """Whether the words right before the figure stand before a rival and nowhere around its own occurrence (高技能人才)."""
    start, _ = segment(figure, text)
    label = bigrams(text.plain[max(start, figure.start - 8) : figure.start])
    mine = surroundings(own, own_text) | lead(own, own_text)
    shared = (surroundings(figure, text) & mine) - _SCOPES
    return any(
        (label - mine - _SCOPES) & bigrams(t.plain[max(segment(r, t)[0], r.start - 8) : r.start])
        and shared <= surroundings(r, t)
        for t, r in rivals
    )


def _same_object(figure: Figure, text: Text, other: Figure, other_text: Text) -> bool:
    """False when the noun behind the figure differs and stands behind another figure of the same unit."""
    noun, other_noun = _noun(figure, text), _noun(other, other_text)
    if not noun or not other_noun or noun & other_noun:
        return True
    rivals = (f for f in other_text.figures if not f.same_value(other) and f.unit == other.unit)
    return not any(noun & _noun(rival, other_text) for rival in rivals)


def _noun(figure: Figure, text: Text) -> frozenset[str]:
    _, end = segment(figure, text)
    return bigrams(text.plain[figure.end : min(end, figure.end + 8)])


def _same_scene(figure: Figure, text: Text, other: Figure, other_text: Text) -> bool:
    """Whether the year and the place that govern the figure are among those of the other's sentence, where it has any."""
    start, end = bounds(other_text.plain, other.start, SENTENCE_STOPS)
    years = {date.year for date in other_text.dates if start <= date.start < end and date.year}
    year = _year_before(figure, text)
    if years and year is not None and year not in years:
        return False
    place = text.place_before(figure.start)
    places = [
        mention.name for mention in other_text.places if start <= mention.start < end and not mention.is_incidental
    ]
    return not places or place is None or any(related(place, name) for name in places)


def _year_before(figure: Figure, text: Text) -> int | None:
    years = [date.year for date in text.dates if date.start < figure.start and date.year]
    return years[-1] if years else None
