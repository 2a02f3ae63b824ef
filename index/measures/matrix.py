"""The matrix of a library: the cells of its evidence, with what staff corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from index.errors import SettingsError
from index.measures.cells import Cell, cells_of
from index.measures.corrections import corrected, read_corrections
from index.measures.taxonomy import Measure, measures
from index.normalise import search_form
from index.places import is_within

if TYPE_CHECKING:
    from index.library import Library


# The cells of an open library by measure: a generation never changes, and a page asks for the same ones again and again.
_cells: WeakKeyDictionary[Library, dict[Measure, tuple[Cell, ...]]] = WeakKeyDictionary()
# All of them in their order, which every refusal looks through.
_whole: WeakKeyDictionary[Library, tuple[Cell, ...]] = WeakKeyDictionary()


def matrix(library: Library, place: str = "", measure: str = "") -> tuple[Cell, ...]:
    """All cells, by place and in the order of the taxonomy; `place` keeps it and what lies within, `measure` one name.

    Raises SettingsError when the taxonomy has no such measure.
    """
    whole = None if place or measure else _whole.get(library)
    cells = whole or _ordered(library, place, measure)
    if not (place or measure):
        _whole[library] = cells
    return corrected(cells, read_corrections(library.settings.folder))


def _ordered(library: Library, place: str = "", measure: str = "") -> tuple[Cell, ...]:
    """The cells as the evidence gives them."""
    wanted = tuple(named_measures(measure) if measure else measures())
    known = _cells.setdefault(library, {})
    new = tuple(one for one in wanted if one not in known)
    if new:
        made = cells_of(library.evidence([one.name for one in new]), new, library.copies)
        known.update({one: tuple(cell for cell in made if cell.measure == one.name) for one in new})
    cells = [cell for one in wanted for cell in known[one] if not place or is_within(cell.place, place)]
    return tuple(sorted(cells, key=lambda cell: cell.place))


def named_measures(name: str) -> Sequence[Measure]:
    """The measures that a name stands for: one, or every one that has a name with this part (创新工作室)."""
    asked = search_form(name)
    wanted = [each for each in measures() if each.name == name or asked in each.aliases]
    wanted = wanted or [each for each in measures() if asked and any(asked in alias for alias in each.aliases)]
    if not wanted:
        raise SettingsError(f"没有名为「{name}」的举措；请从这些里选：{'、'.join(each.name for each in measures())}。")
    return wanted
