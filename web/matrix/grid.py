"""The whole matrix as one compact JSON object, from which the page draws and filters; quotes are fetched on demand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from index.measures import ASPECTS, Cell, Measure
from index.measures.export import LEVEL_NAMES, MODALITY_NAMES, STATE_NAMES
from index.measures.filters import city_of
from index.places import canonical, places, province_of
from web.matrix.source import Extent

LEVELS = tuple(LEVEL_NAMES)
LAST = 1_000_000


def grid_json(cells: Sequence[Cell], known: Sequence[Measure], extent: Extent) -> dict[str, Any]:
    """The matrix by position: `cells` rows name their place and measure by their places in `places` and `measures`.

    `measures`: [name, aspect, aliases, what counts, what does not]; `places`: [name, province, level, city];
    `cells`: [place, measure, 1 for adopted, documents, figure, unit, first year, last year, level, word of the staff].
    """
    rows = sorted({cell.place for cell in cells}, key=_in_order)
    place_at = {name: number for number, name in enumerate(rows)}
    measure_at = {measure.name: number for number, measure in enumerate(known)}
    return {
        "documents": extent.documents,
        "cities": extent.cities,
        "aspects": ASPECTS,
        "names": {"levels": LEVEL_NAMES, "states": STATE_NAMES, "modalities": MODALITY_NAMES},
        "measures": [
            [one.name, ASPECTS.index(one.aspect), " ".join(one.aliases), one.counts, one.counts_not] for one in known
        ],
        "places": [[name, province_of(name), _level(name), city_of(canonical(name))] for name in rows],
        "cells": [
            [place_at[one.place], measure_at[one.measure], *_told(one)] for one in cells if one.measure in measure_at
        ],
    }


def _told(cell: Cell) -> Iterable[Any]:
    """What a square shows of its cell, and what the filters ask of it."""
    counting = cell.counting
    years = sorted(one.year for one in counting if one.year)
    done = sorted(one.year for one in counting if one.year and one.modality == "done")
    return (
        1 if cell.state == "adopted" else 0,
        len({one.document_id for one in counting}),
        cell.figure,
        cell.unit,
        done[0] if done else "",
        years[-1] if years else "",
        LEVELS.index(cell.level),
        _word(cell),
    )


def _word(cell: Cell) -> str:
    """The action of a correction that holds; "" where there is none."""
    if cell.correction is None or "outdated" in cell.correction:
        return ""
    return cell.correction["action"]


def _level(name: str) -> str:
    """The level of a row; a name that the gazetteer does not hold is taken for a city's."""
    known = places().get(canonical(name))
    return known.level if known else "city"


def _in_order(name: str) -> tuple[int, int, int, int, str]:
    """By province, then by city, a city before its counties, as the gazetteer lists them; enterprises of no place last."""
    rank = _ranks()
    place = canonical(name)
    province, city = province_of(place), city_of(place)
    # A municipality is its own city, and stands before its districts all the same.
    own_city = -1 if city in ("", province) else rank.get(city, LAST)
    return rank.get(province, LAST), own_city, place != city and bool(city), rank.get(place, LAST), name


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    return {name: number for number, name in enumerate(places())}
