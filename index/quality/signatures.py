"""MinHash signatures of documents: how much of the text two of them share, without looking at the text again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.quality.essence import essence, figures, shingles
from index.types import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A signature is 123 least hashes of the shingles, the number of letters, and a set of 128 bits for the figures.
HASHES = 123
LETTERS, FIGURES = 123, 124
LENGTH = 128
_BITS = 128
_SEED = 20170619
# Fewer figures than this are too few to tell a form letter from a copy.
_LEAST_FIGURES = 3
# Copies that were edited share about as many of their figures as of their words; forms filled in twice share almost none.
_SHARE_OF_FIGURES = 0.35


def signature(document: Document) -> NDArray[np.uint32]:
    """The signature of a document, (128,) uint32; zeros where it has no text besides noise."""
    return signature_of(essence(document))


def signature_of(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The signature of the letters of a text (`index.quality.essence`), (128,) uint32."""
    import numpy as np
    import rensa

    row = np.zeros(LENGTH, dtype=np.uint32)
    hashes = shingles(codes)
    if not len(hashes):
        return row
    least = rensa.RMinHash.digest_matrix_from_flat_token_hashes(hashes, [0, len(hashes)], HASHES, _SEED)
    row[:HASHES] = least.to_rows()[0]
    row[LETTERS] = len(codes)
    bits = row[FIGURES:].view(np.uint8)
    places = figures(codes) & np.uint64(127)
    np.bitwise_or.at(bits, (places >> np.uint64(3)).astype(np.intp), (1 << (places & np.uint64(7))).astype(np.uint8))
    return row


def likeness(one: NDArray[np.uint32], many: NDArray[np.uint32]) -> NDArray[np.float32]:
    """The estimated Jaccard likeness, in [0, 1], of the texts behind a signature (128,) and each of (n, 128); (n,) float32.

    A text without words is like nothing. The standard error is at most 0.045.
    """
    import numpy as np

    if not one[:HASHES].any():
        return np.zeros(len(many), dtype=np.float32)
    equal = np.zeros((len(many), LENGTH), dtype=bool)
    np.equal(many[:, :HASHES], one[:HASHES], out=equal[:, :HASHES])
    return _counted(equal).astype(np.float32) / np.float32(HASHES)


def pair_likeness(signatures: NDArray[np.uint32], pairs: NDArray[np.int64]) -> NDArray[np.float32]:
    """The estimated likeness of the pairs of rows (n, 2), (n,) float32."""
    import numpy as np

    found = np.empty(len(pairs), dtype=np.float32)
    step = 1 << 14
    for at in range(0, len(pairs), step):
        ones, others = signatures[pairs[at : at + step, 0]], signatures[pairs[at : at + step, 1]]
        equal = ones == others
        equal[:, HASHES:] = False
        found[at : at + step] = _counted(equal) / np.float32(HASHES)
    return found


def are_filled_forms(
    signatures: NDArray[np.uint32], pairs: NDArray[np.int64], alike: NDArray[np.float32]
) -> NDArray[np.bool_]:
    """Which pairs (n, 2) have the words of one form and figures of their own, given their likeness; (n,) bool."""
    import numpy as np

    ones, others = signatures[pairs[:, 0], FIGURES:], signatures[pairs[:, 1], FIGURES:]
    one_count, other_count = (np.bitwise_count(bits).sum(axis=1).astype(np.float32) for bits in (ones, others))
    # In so small a set some bits fall together by chance.
    chance = one_count * other_count / _BITS
    both = np.maximum(np.bitwise_count(ones & others).sum(axis=1) - chance, 0) / (1 - chance / _BITS)
    either = one_count + other_count - both
    least = np.minimum(one_count, other_count)
    result: NDArray[np.bool_] = (least >= _LEAST_FIGURES) & (both < _SHARE_OF_FIGURES * alike * either)
    return result


def _counted(equal: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many of the 128 flags of each row are set; eight at a time, since a byte has room for sixteen of them."""
    import numpy as np

    lanes = equal.view(np.uint64).sum(axis=1)
    counts: NDArray[np.int64] = (lanes * np.uint64(0x0101010101010101) >> np.uint64(56)).astype(np.int64)
    return counts
