"""Quality of a page: spun, cut off, or a near copy of another; a badge and a reason, never a silent drop."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from index.cleaning import find_noise
from index.cleaning.spun import is_spun, spun_score
from index.normalise.characters import simplify
from index.types import Document, Noise

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing

__all__ = ["duplicates", "is_spun", "is_truncated", "spun_score"]

LAST_FRAGMENT = re.compile(r"[^。！？!?…；;.：:～~）)】\]]{2,}$(?<![”’」』》\"'])")
CREDIT = re.compile(
    r"来源|來源|作者|记者|記者|撰稿|通讯员|编辑|編輯|校对|供图|摄|攝|原标题|责编|出品|采写|联系|电话|https?|www|附件|[/@]|\d{4}年"
)
CLAUSES = re.compile(r"[，,、]|[一-鿿](?:的|了|在|和|把|将|为|与)[一-鿿]")
LEAST_LENGTH = 400
LEAST_FRAGMENT = 12
SHINGLE = 5
BANDS = 24
ROWS = 4
LIKENESS = 0.8


def is_truncated(text: str, noise: Sequence[Noise] | None = None) -> bool:
    """Whether a text of over 400 characters breaks off in mid-sentence once noise is set aside.

    `noise` is what cleaning found already; it is found here where it is not given. A repeated passage counts as text here:
    a page that breaks off while it repeats itself is cut, too.
    """
    votes = find_noise(text) if noise is None else noise
    end = len(text)
    for vote in sorted(votes, reverse=True):
        if not text[vote.end : end].strip() and vote.reason != "重复段落":
            end = vote.start
    kept = text[:end].rstrip()
    line = kept[kept.rfind("\n") + 1 :].strip()
    fragment = LAST_FRAGMENT.search(line)
    if len(kept) <= LEAST_LENGTH or fragment is None or CREDIT.search(fragment[0]):
        return False
    before = kept[: len(kept) - len(line)].rstrip()
    # A last line without a full stop may be a signature, a date or a list entry; prose is what goes on from an open
    # clause, breaks off behind a comma, or has clauses of its own.
    goes_on = fragment[0] == line and before[-1:] in set("，、,；;")
    breaks_off = fragment[0][-1] in "，、,"
    return goes_on or breaks_off or (len(fragment[0]) >= LEAST_FRAGMENT and bool(CLAUSES.search(fragment[0])))


def duplicates(documents: Iterable[Document]) -> dict[str, list[str]]:
    """Document id to the ids of its near copies, both ways; documents without one are absent.

    Two documents are copies when the Jaccard likeness of their sets of 5-character shingles (simplified, noise, blanks and
    punctuation left out) is at least 0.8; candidate pairs come from banded MinHash.
    """
    import numpy as np

    ids: list[str] = []
    sets: list[np.typing.NDArray[np.uint64]] = []
    generator = np.random.default_rng(20170619)
    factors = generator.integers(1, 1 << 32, size=BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    pairs: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        shingles = _shingles(_essence(document))
        if not len(shingles):
            continue
        index = len(ids)
        ids.append(document.id)
        sets.append(shingles)
        signature = _signature(shingles, factors)
        candidates = set()
        for band in range(BANDS):
            key = (band, signature[band * ROWS : (band + 1) * ROWS].tobytes())
            candidates.update(buckets[key])
            buckets[key].append(index)
        for other in candidates:
            common = len(np.intersect1d(sets[other], shingles, assume_unique=True))
            if common >= LIKENESS * (len(sets[other]) + len(shingles) - common):
                pairs[ids[other]].add(ids[index])
                pairs[ids[index]].add(ids[other])
    return {identifier: sorted(others) for identifier, others in pairs.items()}


def _essence(document: Document) -> str:
    """The visible letters and characters of a document, in simplified form."""
    parts = []
    at = 0
    for vote in document.noise:
        parts.append(document.text[at : vote.start])
        at = vote.end
    parts.append(document.text[at:])
    return re.sub(r"\W+", "", simplify("".join(parts)))


def _shingles(text: str) -> np.typing.NDArray[np.uint64]:
    """The distinct hashes of the 5-character windows of a text, sorted, uint64."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    if len(codes) == 0:
        return codes
    width = min(SHINGLE, len(codes))
    hashes = np.zeros(len(codes) - width + 1, dtype=np.uint64)
    for offset in range(width):
        hashes = hashes * np.uint64(1_000_003) + codes[offset : offset + len(hashes)]
    return np.unique(hashes)


def _signature(
    shingles: np.typing.NDArray[np.uint64], factors: np.typing.NDArray[np.uint64]
) -> np.typing.NDArray[np.uint64]:
    """The MinHash of a set: the least value of each of the multiplied and mixed hashes."""
    import numpy as np

    mixed = (shingles ^ (shingles >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    least = [(mixed * factor >> np.uint64(16)).min() for factor in factors]
    return np.array(least, dtype=np.uint64)
