"""Whether the figures and dates of a sentence stand in its evidence, with their units, qualifiers and objects."""

from __future__ import annotations

import re
from decimal import Decimal

from rag.figure_bounds import are_alike, bound_problem, is_otherwise_bound
from rag.figure_scene import same_scene
from rag.figures import Figure, find_worded_numbers
from rag.labels import Likeness, likeness, segment, start_of_change
from rag.reading import Reading, Text
from rag.reckoned import is_reckoned
from rag.respective import told_of
from rag.wording import SENTENCE_STOPS, bigrams, bounds

_QUOTED = re.compile(r"《[^》]{2,}》|\"[^\"]{2,}\"")
# So many characters in common before a figure, and so many pairs around it, tell no two figures apart.
_SLIGHT = 2


def figure_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each figure of the sentence that the evidence does not bear out."""
    problems = [
        problem
        for figure in sentence.figures
        if not (_is_named(figure, sentence, readings) or is_reckoned(figure, sentence, readings))
        and (problem := _figure_problem(figure, sentence, readings))
    ]
    known = "\n".join(reading.counted.plain for reading in readings)
    rows = [row for reading in readings for row in (*_rows(reading.counted), *_like_figures(reading.counted))]
    for row in _rows(sentence):
        if not any(row == other[at : at + len(row)] for other in rows for at in range(len(other))):
            problems.append(f"并列的数字「{'、'.join(f'{value:f}' for value in row)}」与引文的顺序不同")
    changes = {change for reading in readings for change in _changes(reading.counted)}
    problems += [
        f"数字从「{start:f}」到「{end:f}」与引文的方向相反"
        for start, end in _changes(sentence)
        if (end, start) in changes and (start, end) not in changes
    ]
    return problems + [
        f"数字「{word}」在引文中找不到" for word in find_worded_numbers(sentence.plain) if word not in known
    ]


def _is_named(figure: Figure, text: Text, readings: tuple[Reading, ...]) -> bool:
    """Whether it counts nothing: 一 brings in what has its own figure (一支33人的队伍), or a name holds it (“万名计划”)."""
    if figure.low == 1 and figure.high is None and text.plain[figure.end : figure.end + 1].isdigit():
        return True
    if figure.unit == "人" and text.plain[: figure.start].endswith("前"):
        ranks = {f.low for reading in readings for f in reading.counted.figures if f.unit == "第人"}
        if {Decimal(1), figure.low} <= ranks:
            return True
    return any(
        match.start() < figure.start and figure.end < match.end()
        for match in _QUOTED.finditer(text.plain)
        if any(match[0] in each.plain for reading in readings for each in (reading.counted, reading.around))
    )


def _rows(text: Text) -> list[tuple[Decimal, ...]]:
    """The figures that follow one another with nothing but 、 between (200元、400元、600元), whose order says whose they are."""
    rows: list[list[Figure]] = []
    for figure in text.figures:
        if rows and text.plain[rows[-1][-1].end : figure.start] in {"、", "和", "及"}:
            rows[-1].append(figure)
        else:
            rows.append([figure])
    return [tuple(figure.low for figure in row) for row in rows if len(row) > 1]


def _changes(text: Text) -> list[tuple[Decimal, Decimal]]:
    """From what figure to what figure something has changed (由5200元提高到5900元)."""
    pairs = [(start_of_change(figure, text), figure) for figure in text.figures]
    return [(start.low, end.low) for start, end in pairs if start is not end]


def _like_figures(text: Text) -> list[tuple[Decimal, ...]]:
    """The figures of one unit in each sentence, which a list may tell in one row (第一名8000元，第二名5000元)."""
    found: dict[tuple[int, str], list[Decimal]] = {}
    for figure in text.figures:
        start, _ = bounds(text.plain, figure.start, SENTENCE_STOPS)
        found.setdefault((start, figure.unit), []).append(figure.low)
    return [tuple(values) for values in found.values()]


def _figure_problem(figure: Figure, sentence: Text, readings: tuple[Reading, ...]) -> str | None:
    own, rival = _candidates(figure, sentence, readings)
    if not own:
        return f"数字「{figure.text}」在引文中找不到"
    if _is_rank(figure):
        return None
    best = max(score for score, _, _ in own)
    nearest = [(reading, other) for score, reading, other in own if score == best]
    if _is_of_another(figure, sentence, nearest, _is_better(rival, best)):
        return f"数字「{figure.text}」在引文中说的是另一件事"
    if not any(same_scene(figure, sentence, other, reading.counted) for reading, other in nearest):
        return f"数字「{figure.text}」在引文中属于另一个年份或地方"
    complaints = [bound_problem(figure, sentence, other, reading.counted) for reading, other in nearest]
    return None if None in complaints else complaints[0]


def _candidates(
    figure: Figure, sentence: Text, readings: tuple[Reading, ...]
) -> tuple[list[tuple[Likeness, Reading, Figure]], Likeness]:
    """Where the evidence has the figure, with how well it fits, and how well the best of the others fits that may be told of."""
    own: list[tuple[Likeness, Reading, Figure]] = []
    rival: Likeness = (-9, 0, 0, 0, 0)
    exact = any(o.same_value(figure) and o.unit == figure.unit for r in readings for o in r.counted.figures)
    others = [each for each in sentence.figures if not each.same_value(figure)]
    place = sentence.place_before(figure.start)
    for reading in readings:
        for other in reading.counted.figures if reading.may_speak_of(place) else ():
            if figure.fits_unit(other, reading.counted.plain) and figure.same_value(other):
                own.append((likeness(figure, sentence, other, reading.counted), reading, other))
            elif _may_be_meant(figure, sentence, other, reading.counted, exact):
                near = likeness(figure, sentence, other, reading.counted)
                # What the sentence tells elsewhere, and fits better there, is no rival here.
                if not any(
                    o.same_value(other) and likeness(o, sentence, other, reading.counted) >= near for o in others
                ):
                    rival = max(rival, near)
    return own, rival


def _may_be_meant(figure: Figure, sentence: Text, other: Figure, text: Text, exact: bool) -> bool:
    """Whether another figure may be what the words around this one are about; `exact` says that its own unit is there."""
    if exact and (is_otherwise_bound(figure, other) or other.unit == "" or (figure.unit, other.unit) == ("人", "个")):
        return False
    return figure.fits_unit(other, text.plain) or other.fits_unit(figure, sentence.plain) or are_alike(figure, other)


def _is_of_another(figure: Figure, sentence: Text, nearest: list[tuple[Reading, Figure]], is_beaten: bool) -> bool:
    """Whether the evidence tells the figure of something else: a row says so, a rival fits better, or it counts another thing."""
    given = {told_of(figure, sentence, other, reading.counted) for reading, other in nearest}
    if given == {False} or True in given:
        return True not in given
    return is_beaten or not any(_same_object(figure, sentence, other, reading.counted) for reading, other in nearest)


def _is_better(rival: Likeness, own: Likeness) -> bool:
    """Whether a rival fits clearly better: by its scene or its label, or by much of what stands around."""
    if rival[:3] != own[:3]:
        return rival > own
    return rival[3] - own[3] > _SLIGHT or (rival[3] >= own[3] and rival[4] - own[4] > _SLIGHT - 1)


def _is_rank(figure: Figure) -> bool:
    """Whether it says which one of a row (第三届), which the check of bindings knows better."""
    return figure.unit in {"第届", "第批", "第期"}


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
