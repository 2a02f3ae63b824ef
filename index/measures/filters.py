"""What a question or a command asks of the matrix beside its measure: aspect, years, level, state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.measures.cells import Cell, MatrixEvidence
from index.places import canonical, is_within, places


@dataclass(frozen=True, slots=True)
class Filters:
    """What keeps a cell; the default keeps every one.

    `place` keeps it and what lies within, `since` and `until` are years as four digits, `level` is one of `Level` or "" for
    whatever a place does itself, "any" for enterprises too.
    """

    place: str = ""
    aspect: str = ""
    since: str = ""
    until: str = ""
    level: str = "any"
    state: str = ""

    def keeps(self, cell: Cell) -> bool:
        """Whether a cell is wanted."""
        return (
            (not self.place or is_within(cell.place, self.place))
            and self.aspect in ("", cell.aspect)
            and self.state in ("", cell.state)
            and (self.level == "any" or (self.level == cell.level if self.level else not cell.is_enterprise))
            and (not (self.since or self.until) or any(map(self.is_in_years, cell.counting)))
        )

    def is_in_years(self, evidence: MatrixEvidence) -> bool:
        """Whether a quote speaks of a year that is asked for; one of an unknown year does not."""
        return bool(evidence.year) and (self.since or evidence.year) <= evidence.year <= (self.until or evidence.year)


def kept(cells: Iterable[Cell], filters: Filters) -> tuple[Cell, ...]:
    """The cells that the filters keep, in their order."""
    return tuple(cell for cell in cells if filters.keeps(cell))


def city_of(place: str) -> str:
    """The city that a place answers for: itself, the one a county lies in, a municipality for its districts; "" for a province.

    A name that the gazetteer does not hold stands for itself.
    """
    known = places()
    at = known.get(canonical(place))
    if at is None:
        return place
    while at.level not in ("city", "province"):
        above = known.get(at.parent or "")
        if above is None:
            return ""
        at = above
    return at.full_name if at.level == "city" or at.name in _MUNICIPALITIES else ""


_MUNICIPALITIES = frozenset({"北京", "天津", "上海", "重庆"})
