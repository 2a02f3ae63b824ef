"""The cells of a library from which questions are offered beside a refusal, grouped once by what they are looked for by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from weakref import WeakKeyDictionary

from index.library import Library
from index.measures import Cell, matrix
from index.normalise import search_form

# So many pieces of a cell's evidence, the best first, are looked at for its name.
MOST_EVIDENCE = 4


@dataclass(frozen=True)
class Cells:
    """The cells of places that staff did not reject, in the order of the matrix `of` which they are."""

    of: Sequence[Cell]
    every: Sequence[Cell]
    _texts: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def by_measure(self) -> dict[str, list[int]]:
        """The numbers of the cells of each measure."""
        return _grouped((cell.measure, number) for number, cell in enumerate(self.every))

    @cached_property
    def by_place(self) -> dict[str, list[int]]:
        """The numbers of the cells of each place."""
        return _grouped((cell.place, number) for number, cell in enumerate(self.every))

    @cached_property
    def by_document(self) -> dict[str, list[int]]:
        """The numbers of the cells that each document is evidence for."""
        stands = ({one.document_id: number for one in cell.evidence} for number, cell in enumerate(self.every))
        return _grouped(pair for each in stands for pair in each.items())

    def among(self, groups: Mapping[str, Sequence[int]], names: Iterable[str]) -> list[Cell]:
        """The cells of some of the groups, in their order."""
        return [self.every[number] for number in sorted({number for name in names for number in groups.get(name, ())})]

    def text(self, cell: Cell) -> str:
        """A cell's name and best evidence in search form."""
        key = (cell.place, cell.measure)
        if key not in self._texts:
            quotes = (one.quote for one in cell.ranked[:MOST_EVIDENCE])
            self._texts[key] = search_form(" ".join([cell.measure, *quotes]))
        return self._texts[key]


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name, number in pairs:
        found.setdefault(name, []).append(number)
    return found


# Every refusal looks through the cells; the matrix is another as soon as staff correct one of them.
_cells: WeakKeyDictionary[Library, Cells] = WeakKeyDictionary()


def offered_cells(library: Library) -> Cells:
    """The cells from which questions are offered."""
    whole, known = matrix(library), _cells.get(library)
    if known is None or known.of is not whole:
        known = Cells(whole, [cell for cell in whole if not cell.is_enterprise and not cell.is_rejected])
        _cells[library] = known
    return known
