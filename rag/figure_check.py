"""Whether the figures and dates of a sentence stand in its evidence, with their units, qualifiers and objects."""

from __future__ import annotations

import re
from decimal import Decimal

from rag.dates import Date, find_document_numbers, is_dated
from rag.figures import Figure, find_worded_numbers
from rag.reading import Reading, Text, related
from rag.wording import CLAUSE_STOPS, SENTENCE_STOPS, bigrams, bounds

_YEARS = re.compile(r"((?:19|20)\d{2})年?[-~至到]{1,2}((?:19|20)\d{2})年")
# Words that stand before any figure of a report tell none of them from another.
_SCOPES = frozenset({"全国", "全省", "全市", "全县", "全区", "累计", "截至"})
_SEPARATOR = re.compile(r"[、和及与]")


def figure_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each figure of the sentence that the evidence does not bear out."""
    problems = [problem for figure in sentence.figures if (problem := _figure_problem(figure, sentence, readings))]
    known = "\n".join(reading.counted.plain for reading in readings)
    rows = [row for reading in readings for row in _rows(reading.counted)]
    for row in _rows(sentence):
        if not any(row == other[at : at + len(row)] for other in rows for at in range(len(other))):
            problems.append(f"并列的数字「{'、'.join(f'{value:f}' for value in row)}」与引文的顺序不同")
    return problems + [
        f"数字「{word}」在引文中找不到" for word in find_worded_numbers(sentence.plain) if word not in known
    ]


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
    own = rival = -1
    wanted = _words_around(date, sentence)
    for reading in readings:
        for other in reading.counted.dates:
            same_kind = (other.month is None, other.day is None) == (date.month is None, date.day is None)
            likeness = len(wanted & _words_around(other, reading.counted))
            if is_dated(date, [other]) or (date.month, date.day) == (other.month, other.day) != (None, None):
                own = max(own, likeness)
            elif same_kind:
                rival = max(rival, likeness)
    # A date from outside the counted text must not stand where that text has another one.
    return rival > own if own >= 0 else rival >= 3


def _words_around(date: Date, text: Text) -> set[str]:
    """The content bigrams after a date up to the next one in its sentence, and those before it in its clause."""
    start, _ = bounds(text.plain, date.start, CLAUSE_STOPS)
    _, end = bounds(text.plain, date.start, SENTENCE_STOPS)
    start = max([start, *(d.end for d in text.dates if d.end <= date.start)])
    end = min([end, *(d.start for d in text.dates if d.start > date.start)])
    return bigrams(text.plain[start : date.start]) | bigrams(text.plain[date.end : end])


def _figure_problem(figure: Figure, sentence: Text, readings: tuple[Reading, ...]) -> str | None:
    own: list[tuple[tuple[int, int], Reading, Figure]] = []
    rivals: list[tuple[Text, Figure]] = []
    rival = (0, 0)
    place = sentence.place_before(figure.start)
    for reading in readings:
        for other in reading.counted.figures if reading.may_speak_of(place) else ():
            fits = figure.fits_unit(other, reading.counted.plain)
            if fits and figure.same_value(other):
                own.append((_likeness(figure, sentence, other, reading.counted), reading, other))
            elif fits:
                rival = max(rival, _likeness(figure, sentence, other, reading.counted))
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
    if lost := (other.qualifiers - figure.qualifiers - change) | (other.clause_qualifiers - figure.clause_qualifiers):
        return f"数字「{figure.text}」漏掉了限定词「{'、'.join(sorted(lost))}」"
    if gained := (figure.qualifiers - other.qualifiers - change) | (figure.clause_qualifiers - other.clause_qualifiers):
        return f"数字「{figure.text}」多出了引文没有的限定词「{'、'.join(sorted(gained))}」"
    if len((figure.qualifiers | other.qualifiers) & change) == 2:
        return f"数字「{figure.text}」混淆了「增加」与「增至」"
    return None


def _likeness(figure: Figure, text: Text, other: Figure, other_text: Text) -> tuple[int, int]:
    """How much the surroundings of two figures share: bigrams, two points each for year and place; then what precedes."""
    shared = len(_surroundings(figure, text) & _surroundings(other, other_text))
    year, other_year = _year_before(figure, text), _year_before(other, other_text)
    place, other_place = text.place_before(figure.start), other_text.place_before(other.start)
    shared += 2 * (year is not None and year == other_year) + 2 * (place is not None and place == other_place)
    return shared, len(_lead(figure, text) & _lead(other, other_text))


def _lead(figure: Figure, text: Text) -> set[str]:
    """The content between the figure and the one before it in its sentence (「低级别的，按租金的」50%)."""
    start, _ = bounds(text.plain, figure.start, SENTENCE_STOPS)
    return bigrams(text.plain[max([start, *(f.end for f in text.figures if f.end <= figure.start)]) : figure.start])


def _segment(figure: Figure, text: Text) -> tuple[int, int]:
    """The part of the figure's clause that is its own: neighbours separated by 、 or 和 keep theirs."""
    start, end = bounds(text.plain, figure.start, CLAUSE_STOPS)
    for other in text.figures:
        if start <= other.start < figure.start:
            gap = _SEPARATOR.search(text.plain, other.end, figure.start)
            start = gap.end() if gap else other.end
        elif figure.start < other.start < end:
            gap = _SEPARATOR.search(text.plain, figure.end, other.start)
            end = gap.start() if gap else other.start
    return start, max(end, figure.end)


def _surroundings(figure: Figure, text: Text) -> set[str]:
    start, end = _segment(figure, text)
    right = bigrams(text.plain[figure.end : end])
    found = bigrams(text.plain[start : figure.start]) | right | _said_of_list(figure, text)
    if len(found) < 3 and not right:
        # 「共300名」 says too little alone: what it counts stands before it in the sentence, after the last figure.
        sentence_start, _ = bounds(text.plain, figure.start, SENTENCE_STOPS)
        before = max((f.end for f in text.figures if f.end <= figure.start), default=sentence_start)
        found |= bigrams(text.plain[max(sentence_start, before) : start])
    return found


def _said_of_list(figure: Figure, text: Text) -> set[str]:
    """What is said once of all figures of a list: around 「初级工1000元、高级工2000元」, its beginning and its end."""
    start, end = bounds(text.plain, figure.start, CLAUSE_STOPS)
    row = [f for f in text.figures if start <= f.start < end and f.unit == figure.unit]
    if len(row) < 2 or not bigrams(text.plain[_segment(row[-1], text)[0] : row[-1].start]):
        return set()
    # The last characters before the first figure are its own label.
    return bigrams(text.plain[start : max(start, row[0].start - 4)]) | bigrams(text.plain[row[-1].end : end])


def _has_label_of(rivals: list[tuple[Text, Figure]], figure: Figure, text: Text, own: Figure, own_text: Text) -> bool:
    """Whether the words right before the figure stand before a rival and nowhere around its own occurrence (高技能人才)."""
    start, _ = _segment(figure, text)
    label = bigrams(text.plain[max(start, figure.start - 8) : figure.start])
    mine = _surroundings(own, own_text) | _lead(own, own_text)
    shared = (_surroundings(figure, text) & mine) - _SCOPES
    return any(
        (label - mine) & bigrams(t.plain[max(_segment(r, t)[0], r.start - 8) : r.start])
        and shared <= _surroundings(r, t)
        for t, r in rivals
    )


def _same_object(figure: Figure, text: Text, other: Figure, other_text: Text) -> bool:
    """False when the noun behind the figure differs and stands behind another figure of the same unit."""
    noun, other_noun = _noun(figure, text), _noun(other, other_text)
    if not noun or not other_noun or noun & other_noun:
        return True
    rivals = (f for f in other_text.figures if f is not other and f.unit == other.unit)
    return not any(noun & _noun(rival, other_text) for rival in rivals)


def _noun(figure: Figure, text: Text) -> set[str]:
    _, end = _segment(figure, text)
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
