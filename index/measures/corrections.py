"""What staff say of cells: confirmed, rejected or amended, with a reason; kept beside the generations of an index."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from index.errors import SettingsError
from index.measures.cells import Cell, State

CORRECTIONS_FILE = "corrections.jsonl"
Action = Literal["confirm", "reject", "amend"]
ACTION_NAMES: dict[Action, str] = {"confirm": "已核实", "reject": "已否定", "amend": "已更正"}


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided about a cell, and the SHA-256 of the quote that was before them.

    `figure`, `unit`, `year` and `state` are what the cell shall tell instead where it is amended; "" leaves a value.
    """

    place: str
    measure: str
    action: Action
    reason: str
    quote_sha256: str
    level: str = "city"
    figure: str = ""
    unit: str = ""
    year: str = ""
    state: str = ""
    date: str = ""

    @property
    def key(self) -> tuple[str, str, bool]:
        """The cell that it is about."""
        return self.place, self.measure, self.level == "enterprise"


def quote_digest(quote: str) -> str:
    """The SHA-256 of a quote, by which a correction knows the words that it was made for."""
    return hashlib.sha256(quote.encode("utf-8", "backslashreplace")).hexdigest()


def read_corrections(index: Path) -> dict[tuple[str, str, bool], Correction]:
    """The last correction of every cell; SettingsError with the line that is not in its form."""
    path = index / CORRECTIONS_FILE
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"更正记录 {path} 读不出来（{error}）；请检查文件后重试。") from error
    found: dict[tuple[str, str, bool], Correction] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            one = _parsed(line, f"{path.name} 第 {number} 行")
            found[one.key] = one
    return found


def add_correction(index: Path, correction: Correction) -> None:
    """Writes a correction down for good."""
    line = json.dumps(asdict(correction), ensure_ascii=False)
    with (index / CORRECTIONS_FILE).open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def corrected(cells: Iterable[Cell], corrections: Mapping[tuple[str, str, bool], Correction]) -> tuple[Cell, ...]:
    """The cells as staff corrected them; a correction whose quote is gone is shown as outdated and changes nothing."""
    if not corrections:
        return tuple(cells)
    return tuple(_corrected(cell, corrections.get((cell.place, cell.measure, cell.is_enterprise))) for cell in cells)


def _corrected(cell: Cell, correction: Correction | None) -> Cell:
    if correction is None:
        return cell
    told = {name: str(value) for name, value in asdict(correction).items() if value}
    if correction.quote_sha256 not in {quote_digest(one.quote) for one in cell.evidence}:
        return replace(cell, correction=told | {"outdated": "依据的原文已变，这条更正不再生效"})
    return replace(
        cell,
        state=_state(cell, correction),
        figure=correction.figure or cell.figure,
        unit=correction.unit or cell.unit,
        year=correction.year or cell.year,
        correction=told,
    )


def _state(cell: Cell, correction: Correction) -> State:
    if correction.action == "amend":
        return cell.state if not correction.state else "adopted" if correction.state == "adopted" else "uncertain"
    return "adopted" if correction.action == "confirm" else "uncertain"


def benchmark_rows(cells: Iterable[Cell], sha256_of: Mapping[str, str]) -> list[dict[str, Any]]:
    """The corrected cells as rows of a benchmark (`qa.jsonl`); `sha256_of` gives the checksum of each document by its id."""
    rows: list[dict[str, Any]] = []
    for cell in cells:
        if cell.correction is None or "outdated" in cell.correction:
            continue
        best = cell.best
        row: dict[str, Any] = {"id": f"correction-{len(rows) + 1:03d}", "question": _question(cell)}
        if cell.is_rejected:
            rows.append(row | {"type": "yesno", "answers": [], "evidence": [], "unanswerable": True})
            continue
        proof = {
            "document": best.file,
            "sha256": sha256_of[best.document_id],
            "start": best.start,
            "end": best.end,
        }
        answer = [cell.figure + cell.unit] if cell.figure else [cell.measure]
        rows.append(row | {"type": "figure" if cell.figure else "yesno", "answers": [answer], "evidence": [proof]})
    return rows


def _question(cell: Cell) -> str:
    if cell.figure and not cell.is_rejected:
        return f"{cell.place}有多少{cell.unit}{cell.measure}？"
    return f"{cell.place}有没有{cell.measure}？"


def _parsed(line: str, where: str) -> Correction:
    try:
        fields = json.loads(line)
        one = Correction(**fields)
    except (ValueError, TypeError, RecursionError) as error:
        raise SettingsError(f"更正记录 {where}不是一条完整的更正；请改正或删去这一行。") from error
    texts: Sequence[object] = list(asdict(one).values())
    if one.action not in get_args(Action) or not all(isinstance(text, str) for text in texts):
        raise SettingsError(
            f"更正记录 {where}的 action 应为 {'、'.join(get_args(Action))} 之一，各项都应是文字；请改正。"
        )
    return one
