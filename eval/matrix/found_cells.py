"""The matrix of a library as the gold sees it: counties and enterprises in the row of their city, some documents only."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from index.library import Library
from index.measures import MatrixEvidence, measures
from index.measures.cells import cells_of, weight
from index.measures.evidence_file import Shown
from index.measures.filters import city_of
from index.places import is_enterprise, places, province_of


@dataclass
class FoundCell:
    """A city or province with a measure, and the evidence for it: the name of a document and what was found there.

    What enterprises do is a cell of its own.
    """

    place: str
    measure: str
    is_enterprise: bool
    evidence: list[tuple[str, MatrixEvidence]] = field(default_factory=list)
    is_named_enterprise: bool = True

    @property
    def state(self) -> str:
        """Adopted when some evidence tells of something done."""
        return "adopted" if any(one.modality == "done" for _, one in self.evidence) else "uncertain"

    @property
    def figure(self) -> MatrixEvidence | None:
        """The evidence whose figure is shown: that of the place itself before those of its counties and enterprises."""
        told = [one for _, one in self.evidence if one.figure and (one.modality == "done") == (self.state == "adopted")]
        nearest = min((_FOLDED[one.level] for one in told), default=0)
        return max((one for one in told if _FOLDED[one.level] == nearest), key=weight, default=None)


_FOLDED = {"country": 0, "province": 0, "city": 0, "county": 1, "enterprise": 2}


def found_cells(library: Library, names: Collection[str], shown: Iterable[Shown] | None = None) -> list[FoundCell]:
    """The cells that rest on the documents with these names (the base name of a file or the id of a record).

    They are made of the evidence of the library, or of what is `shown` in its place.
    """
    cells: dict[tuple[str, str, bool], FoundCell] = {}
    known = {one.id: one.record or one.file for one in library.held()}
    evidence = library.evidence([one.name for one in measures()]) if shown is None else shown
    for found in cells_of(evidence, measures(), {}):
        read = [(known[one.document_id], one) for one in found.evidence if known[one.document_id] in names]
        place = row_of(found.place)
        if read and place:
            cell = cells.setdefault(
                (place, found.measure, found.is_enterprise), FoundCell(place, found.measure, found.is_enterprise)
            )
            cell.evidence += read
            # A named enterprise is a place of its own here; the gold has it in its city's row, where the text says so.
            cell.is_named_enterprise &= is_enterprise(found.place)
    return list(cells.values())


def row_of(place: str) -> str:
    """The city of a place, else the province; "" for a nationwide body."""
    known = places().get(place)
    if known is not None and known.level == "province":
        return place
    return city_of(place) or province_of(place)
