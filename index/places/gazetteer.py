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


# Stems of county names that are plain words even right behind a place: 四川南部, 洛阳老城, 河北新华书店.
_STEMS = """
南部 老城 新城 开发 新华 解放 友好 中心 红旗 前进 向阳 东风 光明 海港 港口 市中 城关 城中 城东 城西 城北 工农 郊区 文化 振兴 中原 天山
公安 江南 方正 清水 三元 资源 富裕 富民 爱民 温泉 博爱 利通 友谊 宏伟 复兴 兴业 安居 古城 灯塔 运河 延长 通道 中方 民权 同心 合作 平安
东湖 东海 太平 民乐 站前 中站 黄龙 九龙 大方 新建 政和 新兴 东方 河口 和平 大通 通海 桥东 路桥 元宝 凤凰
"""
_PLAIN_STEMS = frozenset(_STEMS.split())
_STEM = re.compile("([\u3400-\u9fff]{2,3})[市县区旗]")


@dataclass(frozen=True, slots=True)
class Place:
    """A province, city, county or enterprise; `parent` is the full name of the place it lies in, or None."""

    name: str
    full_name: str
    level: Level
    parent: str | None


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the search form and what may bear it.

    `is_weak`: it counts only where the place that it lies in is named; `is_beside`: only right behind that place (琼结 in
    西藏琼结, because alone it may be any word).
    """

    text: str
    bearers: tuple[str, ...]
    is_weak: bool
    is_short: bool
    is_beside: bool = False


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
    beside: dict[str, set[str]] = defaultdict(set)
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
        if (
            level == "county"
            and (stem := _STEM.fullmatch(bare))
            and stem[1] not in _PLAIN_STEMS
            and stem[1][-1] != "新"
        ):
            beside[stem[1]].add(place)
        for alias in (row[3] if len(row) > 3 else "").split(","):
            strong[alias].add(place)
        for alias in (row[4] if len(row) > 4 else "").split(","):
            weak[alias].add(place)
    found: dict[str, list[Name]] = defaultdict(list)
    for text in (strong.keys() | weak.keys()) - {""}:
        bearers = strong.get(text) or weak[text]
        is_weak = text not in strong or len(bearers) > 1
        found[text[:2]].append(Name(text, tuple(sorted(bearers)), is_weak, text not in full))
    for text in beside.keys() - strong.keys() - weak.keys():
        found[text[:2]].append(Name(text, tuple(sorted(beside[text])), is_weak=True, is_short=True, is_beside=True))
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
    return _chains().get(full_name, ())


@lru_cache(maxsize=1)
def _chains() -> dict[str, tuple[str, ...]]:
    known = places()
    chains = {}
    for place in known.values():
        chain: list[str] = []
        above = place.parent
        while above is not None:
            chain.append(above)
            above = known[above].parent if above in known else None
        chains[place.full_name] = tuple(chain)
    return chains


def _rows(file: str) -> list[list[str]]:
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
