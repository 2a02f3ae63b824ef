"""What a request asks of the matrix: its filters, and a correction in its documented form."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args
from urllib.parse import urlsplit

from index.measures import ASPECTS, Cell, Measure
from index.measures.corrections import Action, Correction, quote_digest
from index.measures.export import LEVEL_NAMES, STATE_NAMES
from index.measures.figures import is_number
from index.measures.filters import Filters, kept
from index.measures.matrix import named_measures
from index.places import canonical, province_of
from web.rest import BadRequestError

NAMES = ("place", "measure", "aspect", "since", "until", "level", "state", "q")
LONGEST_NAME = 100
LONGEST_REASON = 500
FIELDS = ("place", "measure", "enterprise", "action", "reason", "digest", "figure", "unit", "year", "state")
CHANGED = "这一格依据的原文刚刚变了，请重新打开这一格，看过原文再写。"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What keeps a cell: the filters, one measure's name or a part of it ("" for all), and words that it must bear."""

    filters: Filters
    measure: str = ""
    words: tuple[str, ...] = ()

    def of(self, cells: Sequence[Cell], known: Sequence[Measure]) -> tuple[Cell, ...]:
        """The cells that are wanted, in their order; SettingsError when the taxonomy has no such measure."""
        found = kept(cells, self.filters)
        if self.measure:
            names = {one.name for one in named_measures(self.measure)}
            found = tuple(cell for cell in found if cell.measure in names)
        if self.words:
            told = {one.name: f"{one.name} {' '.join(one.aliases)}" for one in known}
            found = tuple(cell for cell in found if self._is_said(cell, told))
        return found

    def _is_said(self, cell: Cell, told: Mapping[str, str]) -> bool:
        names = f"{cell.place} {province_of(cell.place)} {told.get(cell.measure, cell.measure)}".lower()
        return all(word in names for word in self.words)


def wanted(query: Mapping[str, str]) -> Wanted:
    """The filters of an address; BadRequestError with one Chinese line for what is not one."""
    if unknown := sorted(set(query) - set(NAMES)):
        raise BadRequestError(f"不认识的条件 {unknown[0][:40]}，可用的条件是 {'、'.join(NAMES)}。")
    given = {name: query.get(name, "").strip() for name in NAMES}
    for name, value in given.items():
        if len(value) > LONGEST_NAME:
            raise BadRequestError(f"{name} 有 {len(value)} 字，请缩短到 {LONGEST_NAME} 字以内。")
    for name in ("since", "until"):
        _check_year(name, given[name])
    for name, allowed in (("aspect", ASPECTS), ("state", tuple(STATE_NAMES)), ("level", ("any", *LEVEL_NAMES))):
        if given[name] and given[name] not in allowed:
            raise BadRequestError(f"{name} 应为 {'、'.join(allowed)} 之一。")
    filters = Filters(
        place=canonical(given["place"]) if given["place"] else "",
        aspect=given["aspect"],
        since=given["since"],
        until=given["until"],
        level=given["level"] or "any",
        state=given["state"],
    )
    return Wanted(filters, given["measure"], tuple(given["q"].lower().split()))


def correction_of(raw: bytes, cells: Sequence[Cell]) -> Correction:
    """The correction that a body tells; BadRequestError with one Chinese line where it is not in the documented form."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadRequestError("请求体不是 JSON。") from error
    if not isinstance(body, dict) or set(body) - set(FIELDS):
        raise BadRequestError(f"请求体应是 JSON 对象，字段是 {'、'.join(FIELDS)}。")
    texts = {name: _text(body, name) for name in FIELDS if name != "enterprise"}
    action = next((one for one in get_args(Action) if one == texts["action"]), None)
    if action is None:
        raise BadRequestError(f"action 应为 {'、'.join(get_args(Action))} 之一。")
    if not texts["reason"]:
        raise BadRequestError("请写明理由。")
    _check_year("year", texts["year"])
    if texts["figure"] and not is_number(texts["figure"]):
        raise BadRequestError("figure 应是数字，例如 766、1.5万。")
    if texts["state"] and texts["state"] not in STATE_NAMES:
        raise BadRequestError(f"state 应为 {'、'.join(STATE_NAMES)} 之一。")
    changes = {name: texts[name] for name in ("figure", "unit", "year", "state")}
    if (action == "amend") != any(changes.values()):
        raise BadRequestError("更正要写出应有的数字、单位、年份或状态；确认和驳回不用写。")
    cell = _cell(texts, body.get("enterprise") is True, cells)
    return Correction(
        place=cell.place,
        measure=cell.measure,
        action=action,
        reason=texts["reason"],
        quote_sha256=texts["digest"],
        level=cell.level,
        date=datetime.now(UTC).date().isoformat(),
        **changes,
    )


def is_same_origin(headers: Mapping[str, str]) -> bool:
    """Whether a request was sent by a page of this very site, which no other site can pretend in a browser."""
    told = headers.get("sec-fetch-site")
    if told is not None:
        return told == "same-origin"
    # Browsers tell that only over HTTPS or to the machine itself; an origin they tell with every POST.
    origin, host = headers.get("origin"), headers.get("host")
    try:
        return bool(origin and host) and urlsplit(origin or "").netloc.lower() == (host or "").lower()
    except ValueError:
        return False


def _cell(texts: Mapping[str, str], is_enterprise: bool, cells: Sequence[Cell]) -> Cell:
    key = texts["place"], texts["measure"], is_enterprise
    cell = next((one for one in cells if (one.place, one.measure, one.is_enterprise) == key), None)
    if cell is None or texts["digest"] not in {quote_digest(one.quote) for one in cell.evidence}:
        raise BadRequestError(CHANGED)
    return cell


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise BadRequestError(f"{name} 应是文字。")
    value = " ".join(value.split())
    longest = LONGEST_REASON if name == "reason" else LONGEST_NAME
    if len(value) > longest:
        raise BadRequestError(f"{name} 有 {len(value)} 字，请缩短到 {longest} 字以内。")
    return value


def _check_year(name: str, year: str) -> None:
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise BadRequestError(f"{name} 应为四位数字的年份，例如 2021。")
