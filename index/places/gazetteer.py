"""The gazetteer: places, the places they lie in, and the names that a text may call them by."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

Level = Literal["province", "city", "county", "enterprise"]

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Place:
    """A province, city, county or enterprise; `parent` is the full name of the place it lies in, or None."""

    name: str
    full_name: str
    level: Level
    parent: str | None


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the search form and what may bear it; `is_weak`: it counts only beside the place that it lies in."""

    text: str
    bearers: tuple[str, ...]
    is_weak: bool
    is_short: bool


@dataclass(frozen=True, slots=True)
class Guard:
    """The words around a short name that make it part of another word."""

    before: tuple[str, ...]
    after: re.Pattern[str] | None


@lru_cache(maxsize=1)
def places() -> dict[str, Place]:
    """Every place by its full name."""
    found = {}
    for row in _rows("gazetteer.tsv"):
        short = row[3].split(",")[0] if len(row) > 3 and row[3] else ""
        found[row[0]] = Place(short or row[0], row[0], cast(Level, row[1]), (row[2] if len(row) > 2 else "") or None)
    return found


@lru_cache(maxsize=1)
def names() -> dict[str, list[Name]]:
    """The names by their first two characters, the longest first."""
    strong: dict[str, set[str]] = defaultdict(set)
    weak: dict[str, set[str]] = defaultdict(set)
    full = set()
    for row in _rows("gazetteer.tsv"):
        place, level = row[0], row[1]
        strong[place].add(place)
        full.add(place)
        # 南京市鼓楼区 is also called 鼓楼区, which says where only beside its city.
        bare = place.removeprefix(row[2]) if level == "county" and len(row) > 2 else place
        if bare != place:
            weak[bare].add(place)
            full.add(bare)
        for alias in (row[3] if len(row) > 3 else "").split(","):
            strong[alias].add(place)
        for alias in (row[4] if len(row) > 4 else "").split(","):
            weak[alias].add(place)
    found: dict[str, list[Name]] = defaultdict(list)
    for text in (strong.keys() | weak.keys()) - {""}:
        bearers = strong.get(text) or weak[text]
        is_weak = text not in strong or len(bearers) > 1
        found[text[:2]].append(Name(text, tuple(sorted(bearers)), is_weak, text not in full))
    for group in found.values():
        group.sort(key=lambda name: (-len(name.text), name.text))
    return dict(found)


@lru_cache(maxsize=1)
def guards() -> dict[str, Guard]:
    """The guard of each short name that is also part of ordinary words."""
    found = {}
    for row in _rows("place_guards.tsv"):
        before = tuple(filter(None, row[1].split("|"))) if len(row) > 1 else ()
        after = [re.escape(word) for word in row[2].split("|") if word] if len(row) > 2 else []
        found[row[0]] = Guard(before, re.compile("|".join(after)) if after else None)
    return found


def ancestors(full_name: str) -> tuple[str, ...]:
    """The places that a place lies in, the nearest first."""
    known = places()
    chain: list[str] = []
    place = known.get(full_name)
    while place is not None and place.parent is not None:
        chain.append(place.parent)
        place = known.get(place.parent)
    return tuple(chain)


def _rows(file: str) -> list[list[str]]:
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
