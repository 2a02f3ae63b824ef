"""Near-copies among documents, from their signatures: in a whole library, and of a few new documents in an old one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from index.quality.essence import essence, shingles
from index.quality.signatures import (
    HASHES,
    LENGTH,
    LETTERS,
    are_filled_forms,
    likeness,
    pair_likeness,
    signature_of,
)  # fmt: skip
from index.types import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Two texts are copies when they share this much of their shingles. Edits of a sixth of all characters leave about 0.6, two
# reports of one event share less than a third.
LIKENESS = 0.5
# In a short text a few words make another rule of it, so the shorter of the two must reach so many letters, or they must share more.
_SHORT, _LIKENESS_OF_SHORT = (150, 90), (0.7, 0.8)
ROWS = 3
BANDS = HASHES // ROWS
# Documents that fall into one bucket are compared with their neighbours there; more than this many at a time is a form.
_NEIGHBOURS = 16

Keep = Callable[[int, int], bool]


def clusters(signatures: NDArray[np.uint32], keep: Keep | None = None) -> list[list[int]]:
    """Groups of rows of (n, 128) that are near-copies, each sorted; rows without a copy are in none.

    `keep` may refuse a pair of rows (lower, higher), for instance because the two are about different places.
    """
    return _groups([pair for pair in alike_pairs(signatures) if keep is None or keep(*pair)])


def alike_pairs(signatures: NDArray[np.uint32]) -> list[tuple[int, int]]:
    """The pairs of rows (lower, higher) of (n, 128) that are near-copies by their signatures, sorted."""
    pairs = _candidates(signatures)
    return _confirmed(signatures, pairs)


def matches(new: NDArray[np.uint32], old: NDArray[np.uint32]) -> list[tuple[int, int]]:
    """The pairs (row of `new` (k, 128), row of `old` (n, 128)) that are near-copies, sorted; for a small k."""
    import numpy as np

    found: list[tuple[int, int]] = []
    for number, row in enumerate(new):
        rows = np.flatnonzero(likeness(row, old) >= LIKENESS)
        both = np.concatenate((row[None], old[rows]))
        pairs = np.stack((np.zeros(len(rows), dtype=np.int64), np.arange(1, len(rows) + 1)), axis=1)
        found.extend((number, int(rows[other - 1])) for _, other in _confirmed(both, pairs))
    return found


def duplicates(documents: Iterable[Document]) -> dict[str, list[str]]:
    """Document id to the ids of its near-copies, both ways; documents without one are absent.

    Candidates come from the signatures; whether two are copies is decided by the shingles themselves. Documents about different
    places, and forms filled in with other figures, are no copies.
    """
    import numpy as np

    ids: list[str] = []
    places: list[tuple[str, ...]] = []
    sets: list[NDArray[np.uint64]] = []
    rows: list[NDArray[np.uint32]] = []
    for document in documents:
        codes = essence(document)
        ids.append(document.id)
        places.append(document.places)
        sets.append(np.unique(shingles(codes)))
        rows.append(signature_of(codes))
    copies: dict[str, set[str]] = {}
    for one, other in alike_pairs(np.array(rows, dtype=np.uint32).reshape(-1, LENGTH)):
        least = least_likeness(np.minimum(rows[one][LETTERS], rows[other][LETTERS]))
        if not are_elsewhere(places[one], places[other]) and _jaccard(sets[one], sets[other]) >= least:
            copies.setdefault(ids[one], set()).add(ids[other])
            copies.setdefault(ids[other], set()).add(ids[one])
    return {identifier: sorted(others) for identifier, others in copies.items()}


def are_elsewhere(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two documents about these places are about different ones; a city and its district are one place here.

    An edited or shortened copy may name the district where the original names the city.
    """
    from index.places import ancestors

    first, second = set(one), set(other)
    wider = (
        {place for name in first for place in ancestors(name)},
        {place for name in second for place in ancestors(name)},
    )
    return bool(first and second) and not (first & second or first & wider[1] or second & wider[0])


def _jaccard(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    import numpy as np

    common = len(np.intersect1d(one, other, assume_unique=True))
    return common / (len(one) + len(other) - common)


def _candidates(signatures: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Pairs of rows (n, 2), lower first, that share a band of three hashes."""
    import numpy as np

    size = len(signatures)
    filled = np.flatnonzero(signatures[:, :HASHES].any(axis=1))
    found: list[NDArray[np.int64]] = []
    for band in range(BANDS):
        words = signatures[filled, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
        keys = words[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ (words[:, 1] << np.uint64(32) | words[:, 2])
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        for distance in range(1, min(_NEIGHBOURS, len(order) - 1) + 1):
            same = np.flatnonzero(keys[distance:] == keys[:-distance])
            if not len(same):
                break
            found.append(filled[order[same]] * size + filled[order[same + distance]])
    if not found:
        return np.empty((0, 2), dtype=np.int64)
    pairs = np.unique(np.concatenate(found))
    return np.stack((pairs // size, pairs % size), axis=1)


def _confirmed(signatures: NDArray[np.uint32], pairs: NDArray[np.int64]) -> list[tuple[int, int]]:
    import numpy as np

    alike = pair_likeness(signatures, pairs)
    letters = np.minimum(signatures[pairs[:, 0], LETTERS], signatures[pairs[:, 1], LETTERS])
    kept = (alike >= least_likeness(letters)) & ~are_filled_forms(signatures, pairs, alike)
    return [(one, other) for one, other in pairs[kept].tolist()]


def least_likeness(letters: NDArray[np.uint32] | np.uint32) -> NDArray[np.float64]:
    """How much two texts must share to be copies, given the letters of the shorter one."""
    import numpy as np

    return np.select([letters < limit for limit in reversed(_SHORT)], list(reversed(_LIKENESS_OF_SHORT)), LIKENESS)


def _groups(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected groups of pairs, by their least member."""
    leader: dict[int, int] = {}

    def find(row: int) -> int:
        while leader.setdefault(row, row) != row:
            leader[row] = row = leader[leader[row]]
        return row

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        leader[high] = low
    groups: dict[int, list[int]] = {}
    for row in sorted(leader):
        groups.setdefault(find(row), []).append(row)
    return list(groups.values())
