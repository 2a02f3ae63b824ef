"""Two texts laid side by side: the form in which they are compared, and which character answers which."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

ANCHORS = (16, 8, 4)
MOVED, MOVED_PIECE = 8, 2


def folded(text: str) -> tuple[str, list[int]]:
    """The letters, digits and characters of a text, width and script folded, each with the offset that it came from.

    NFKC, then simplified character by character, so that a text keeps its length whatever stands beside it; blanks,
    punctuation and symbols are left out.
    """
    letters: list[str] = []
    origins: list[int] = []
    for offset, character in enumerate(text):
        for letter in _letters(character):
            letters.append(letter)
            origins.append(offset)
    return "".join(letters), origins


def aligned(left: str, right: str, ends: Collection[int] = ()) -> list[int]:
    """For every character of `left` the offset in `right` of the character that answers it, -1 where there is none.

    The order is kept first (the longest unique stretches hold the two together, as in a patience diff). What is left over and
    stands elsewhere is then found where it stands: stretches of at least `MOVED` characters, or whole pieces of at least
    `MOVED_PIECE`, as table cells are when a reader writes the header on every row; `ends` says where pieces of `left` end.
    No character of `right` answers twice.
    """
    found = [-1] * len(left)
    for start, other, size in _blocks(left, right):
        found[start : start + size] = range(other, other + size)
    _find_moved(left, right, found, sorted({0, *ends, len(left)}))
    return found


@cache
def _letters(character: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", character).casefold() if letter.isalnum())
    return _simplifier().convert(plain) if not plain.isascii() else plain


@cache
def _simplifier():  # type: ignore[no-untyped-def]  # noqa: ANN202 - OpenCC carries no types.
    from opencc import OpenCC

    return OpenCC("t2s")


def _blocks(left: str, right: str) -> Iterator[tuple[int, int, int]]:
    """Matching stretches (offset, offset, length), not in order; none crosses another."""
    waiting = [(0, len(left), 0, len(right))]
    while waiting:
        low, high, other_low, other_high = waiting.pop()
        size = _common(left[low:high], right[other_low:other_high])
        if size:
            yield low, other_low, size
            low, other_low = low + size, other_low + size
        size = _common(left[low:high][::-1], right[other_low:other_high][::-1])
        if size:
            high, other_high = high - size, other_high - size
            yield high, other_high, size
        if low == high or other_low == other_high:
            continue
        anchors = _anchors(left[low:high], right[other_low:other_high])
        if not anchors:
            # Autojunk would drop the commonest characters of a Chinese text.
            matcher = SequenceMatcher(None, left[low:high], right[other_low:other_high], autojunk=False)
            for at, other, length in matcher.get_matching_blocks():
                if length:
                    yield low + at, other_low + other, length
            continue
        # The parts before, between and after the anchors; each begins at an anchor, whose match the common start then takes.
        cuts = [(0, 0), *anchors, (high - low, other_high - other_low)]
        waiting.extend((low + a, low + b, other_low + c, other_low + d) for (a, c), (b, d) in pairwise(cuts))


def _common(left: str, right: str) -> int:
    """The length of the common start of two texts."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[:middle] == right[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _anchors(left: str, right: str) -> list[tuple[int, int]]:
    """Where stretches begin that stand once in each text, rising in both; of a run of neighbours the first alone."""
    for size in ANCHORS:
        ours, theirs = _single(left, size), _single(right, size)
        pairs = [(at, theirs[gram]) for gram, at in ours.items() if gram in theirs]
        rising = _rising(pairs)
        if rising:
            kept = set(rising)
            return [(at, other) for at, other in rising if (at - 1, other - 1) not in kept]
    return []


def _single(text: str, size: int) -> dict[str, int]:
    """The grams that stand once in a text, with their offsets, in order."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for at in range(len(text) - size + 1):
        gram = text[at : at + size]
        if found.setdefault(gram, at) != at:
            twice.add(gram)
    return {gram: at for gram, at in found.items() if gram not in twice}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises in both; the pairs rise in their first already."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, other) in enumerate(pairs):
        place = bisect_left(tails, other)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(other)
            ends.append(index)
        else:
            tails[place], ends[place] = other, index
    chain: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _find_moved(left: str, right: str, found: list[int], ends: Sequence[int]) -> None:
    taken = {other for other in found if other >= 0}
    free = "".join("\0" if at in taken else letter for at, letter in enumerate(right))
    for low, high in pairwise(ends):
        start = low
        while start < high:
            end = start
            while end < high and found[end] < 0:
                end += 1
            least = MOVED_PIECE if (start, end) == (low, high) else MOVED
            other = free.find(left[start:end]) if end - start >= least else -1
            if other >= 0:
                found[start:end] = range(other, other + end - start)
                free = free[:other] + "\0" * (end - start) + free[other + end - start :]
            start = end + 1
