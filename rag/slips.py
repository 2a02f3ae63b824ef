"""Slips of typing and of pinyin in a question, mended to a term of the field only where the library bears it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from operator import contains

from index.normalise import normalise
from index.places import find_places
from rag.no_words import SHORT, Cut, is_lookalike, is_no_word, makes_no_word
from rag.pinyin import sounds
from rag.surnames import SURNAMES
from rag.terms import Rarity, pairs_of
from rag.types import Slip
from rag.watched import SHORTEST_SPELLED, Watched, watched

# A longer text is a pasted one: what it is about is said in it more than once, and right at least once.
LONGEST_MENDED = 160
MOST_SLIPS = 4
# The telling pairs of a wrong string must be so many times rarer than the rarest of the term: the longer the term, the more
# is right beside them; a senseless end of one (工匠学圆) needs no proof. In a library of usual size 2,000 means: nowhere.
RARER = {2: 2000, 3: 2000, 4: 20, 5: 5, 6: 2}
# A character that looks like the right one stands in documents by the same slip (株州).
RARER_ALIKE = 20
# So much of a term is right that even a wrong pair that is a word (双同道) is a slip.
SURE = 5
_LETTERS = re.compile(f"[a-z]{{{SHORTEST_SPELLED},40}}")
_SPACED_LETTERS = re.compile("[a-z]{2,20}(?: [a-z]{2,20}){1,5}")


@dataclass(frozen=True, slots=True)
class Found:
    """A wrong string at [start, end) of a search form and the term that it stands for."""

    start: int
    end: int
    term: str


def mend(text: str, rarity: Rarity) -> tuple[str, tuple[Slip, ...]]:
    """The text with its slips put right, and the slips; the text itself, and none, when nothing is surely wrong.

    A string is wrong when it sounds like a term, or is a term with a character left out, typed twice or misplaced, while the
    pairs of characters that make the difference stand (nearly) nowhere in the library and those of the term do.
    """
    if len(text) > LONGEST_MENDED:
        return text, ()
    form = normalise(text)
    slips: list[Slip] = []
    pieces: list[str] = []
    at = 0
    for found in _slips(form.text, rarity)[:MOST_SLIPS]:
        span = form.span(found.start, found.end)
        pieces += [text[at : span.start], found.term]
        slips.append(Slip(text[span.start : span.end], found.term))
        at = span.end
    return ("".join([*pieces, text[at:]]), tuple(slips)) if slips else (text, ())


def _slips(form: str, rarity: Rarity) -> list[Found]:
    """The slips of a search form in their order, none overlapping another; the longest term wins."""
    table = watched()
    likely = list(_candidates(form, table))
    if likely:
        cut = Cut.of(form)
        likely = [
            each
            for each in likely
            if is_no_word(cut, form[each.start : each.end], each.start, each.term)
            and not _is_a_name(form, each)
            and _is_borne_out(form, each, rarity, cut)
        ]
    likely += _in_letters(form, table, rarity)
    kept: list[Found] = []
    for each in sorted(
        likely, key=lambda one: (one.start - one.end, -_standing(one.term, rarity), one.start, one.term)
    ):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda one: one.start)


def _candidates(form: str, table: Watched) -> Iterator[Found]:
    """The places where something sounds or looks like a term and is none."""
    known = sounds()
    heard = [known.get(sign, ()) for sign in form]
    for at in range(len(form) - 1):
        for pair in product(heard[at], heard[at + 1]):
            for sounded, term in table.by_sound.get(pair, ()):
                end = at + len(term)
                if form[at:end] not in table.terms and _sounds_like(heard[at:end], sounded):
                    yield Found(at, end, term)
        for wrong, term in table.by_shape.get(form[at : at + 2], ()):
            if form.startswith(wrong, at):
                yield Found(at, at + len(wrong), term)


def _sounds_like(heard: Sequence[tuple[str, ...]], sounded: tuple[str, ...]) -> bool:
    """Whether what is heard may be the syllables of a term."""
    return len(heard) == len(sounded) and all(map(contains, heard, sounded))


def _is_a_name(form: str, found: Found) -> bool:
    """Whether what sounds like a city is the name of a village or of a person (晨阳村 or 王晨阳 beside 沈阳)."""
    if not find_places(found.term):
        return False
    return form[found.end : found.end + 1] in {"村", "镇", "乡", "屯"} or (
        found.start > 0 and form[found.start - 1] in SURNAMES
    )


def _is_borne_out(form: str, found: Found, rarity: Rarity, cut: Cut) -> bool:
    """Whether the library knows the term, and not the pairs in which the wrong string differs from it.

    Of a longer term one such pair will do, as long as no other is a word (首席计师 beside 会计师, but not 工商认定); so it will of
    characters that make no words at all (农名工).
    """
    import rjieba

    wrong, term = form[found.start : found.end], found.term
    is_senseless = len(wrong) > SHORT and makes_no_word(cut, wrong, found.start, term)
    pairs = _telling_pairs(wrong, term, len(wrong) // (2 if is_senseless else 3))
    standing = _standing(term, rarity)
    if not pairs or not standing:
        return False
    if is_senseless and len(pairs) == 1:
        return True
    rarer = RARER_ALIKE if len(wrong) == 2 and is_lookalike(wrong, term) else RARER[min(len(term), max(RARER))]
    seen = [pair for pair in pairs if rarity.document_frequency(pair) * rarer > standing]
    if not seen:
        return True
    if len(wrong) <= SHORT and (len(wrong) < SHORT or not cut.is_loose(found.start, found.end)):
        return False
    return len(seen) < len(pairs) and (len(wrong) >= SURE or not any(rjieba.has_word(pair) for pair in seen))


def _telling_pairs(wrong: str, term: str, most: int) -> list[str]:
    """The pairs of the wrong string that show it to be wrong; none when more than `most` characters of it differ.

    Two wrong characters side by side may be a word (技能登记认定), so only pairs with a right one tell.
    """
    if len(wrong) != len(term) or sorted(wrong) == sorted(term):
        right = set(pairs_of(term))
        return [pair for pair in pairs_of(wrong) if pair not in right]
    wrongs = [mine != theirs for mine, theirs in zip(wrong, term, strict=True)]
    if sum(wrongs) > max(1, most):
        return []
    return [wrong[at : at + 2] for at in range(len(wrong) - 1) if wrongs[at] != wrongs[at + 1]]


def _standing(term: str, rarity: Rarity) -> int:
    """In how many passages the rarest pair of a term stands."""
    return min(rarity.document_frequency(pair) for pair in pairs_of(term))


def _in_letters(form: str, table: Watched, rarity: Rarity) -> Iterator[Found]:
    """Terms that are written in pinyin (gonghui), where the library has one such term and not the letters."""
    for pattern in (_SPACED_LETTERS, _LETTERS):
        for run in pattern.finditer(form):
            known = any(rarity.document_frequency(word) for word in run[0].split())
            terms = () if known else table.by_letters.get(run[0].replace(" ", ""), ())
            standing = [term for term in terms if _standing(term, rarity) > 0]
            if len(standing) == 1:
                yield Found(run.start(), run.end(), standing[0])
