"""Near-copies among the documents of an index: every one stays and stays citable, the first of them counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

from index.prepare import Signature
from index.quality import clusters, matches


@dataclass(frozen=True, slots=True)
class Signed:
    """A document by its id, its place in the order, the places it is about, and its signature."""

    id: str
    position: int
    places: str


def copies_of_all(documents: Sequence[Signed], signatures: Signature) -> dict[str, str]:
    """The near-copies among all documents: the id of each to the id of the one that counts for it.

    The same words about another place are no copy: each place keeps its own row of a table.
    """
    found: dict[str, str] = {}
    if len(documents) < 2:
        return found
    for group in clusters(signatures):
        _elect([documents[row] for row in group], found)
    return found


def copies_after(
    known: Mapping[str, str],
    gone: Set[str],
    new: Set[str],
    ids: Sequence[str],
    signatures: Signature,
    describe: Callable[[str], Signed],
) -> dict[str, str]:
    """The near-copies when some documents have gone and others come; `ids` are those there now, a row of signatures each.

    Only what has to do with the new ones, and with copies of what has gone, is compared anew, and described by `describe`.
    """
    kept = {copy: leader for copy, leader in known.items() if copy not in gone and leader not in gone}
    orphans = {copy for copy, leader in known.items() if leader in gone and copy not in gone}
    asked = [row for row, document_id in enumerate(ids) if document_id in new or document_id in orphans]
    if not asked:
        return kept
    for number, other in matches(signatures[asked], signatures):
        pair = (ids[asked[int(number)]], ids[int(other)])
        if pair[0] != pair[1]:
            # A match brings the document that its other side stands for.
            group = {*pair, *(kept[one] for one in pair if one in kept)}
            _elect([describe(one) for one in sorted(group)], kept)
    return kept


def _elect(group: Iterable[Signed], found: dict[str, str]) -> None:
    """Notes the first document of each place of a group as the one that counts for the others."""
    first: dict[str, Signed] = {}
    for document in sorted(group, key=lambda one: one.position):
        leader = first.setdefault(document.places, document)
        if leader is not document and found.get(leader.id) != document.id:
            found[document.id] = found.get(leader.id, leader.id)


def joined(signatures: Sequence[Signature]) -> Signature:
    """The signatures of several parts as one matrix (n, m) uint32."""
    wide = [one for one in signatures if len(one)]
    return np.concatenate(wide) if wide else np.zeros((0, 1), dtype=np.uint32)
