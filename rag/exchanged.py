"""Names that have changed places: 甲居首，乙次之 against 乙居首，甲次之."""

from __future__ import annotations

from itertools import combinations

from rag.reading import Reading
from rag.wording import CLAUSE_STOPS, spans_of, words

# So much of what stands behind a name tells it from another one.
_BEHIND = (2, 3, 4, 6, 8)
_MOST_NAMES = 12
_OF_NAMES = frozenset("njb")


def exchange_problems(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line where the evidence tells of each of two names what the sentence tells of the other."""
    text = "\n".join(reading.counted.plain for reading in readings)
    places = _names(sentence, text)
    for (one, at, kind), (other, other_at, other_kind) in combinations(places, 2):
        if (
            kind == other_kind
            and _is_told_of(other, one, sentence, at, text)
            and _is_told_of(one, other, sentence, other_at, text)
        ):
            return [f"引文中「{one}」与「{other}」的位置相反"]
    return []


def _names(text: str, known: str) -> list[tuple[str, int, str]]:
    """The names of a text that another one has too, each with where it stands first and its kind of word."""
    found: dict[str, tuple[int, str]] = {}
    for start, end, kind in words(text):
        # What is told of which place is asked elsewhere.
        if end - start > 1 and kind[0] in _OF_NAMES and kind != "ns" and text[start:end] in known:
            found.setdefault(text[start:end], (start, kind[0]))
    rows = [(name, at, kind) for name, (at, kind) in found.items()]
    return rows[:_MOST_NAMES]


def _is_told_of(other: str, one: str, sentence: str, at: int, text: str) -> bool:
    """Whether what stands behind one name in the sentence stands behind the other in the evidence, and nowhere behind this."""
    for length in _BEHIND:
        behind = sentence[at + len(one) : at + len(one) + length]
        if len(behind) < length or set(behind) & set(CLAUSE_STOPS):
            return False
        if other + behind in text and one + behind not in text:
            # A row of names joined by 、 has what follows in common.
            return not any(text[max(0, where - 1) : where] in {"、", "和"} for where in spans_of(other + behind, text))
    return False
