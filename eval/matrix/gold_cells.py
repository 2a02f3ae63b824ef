"""The gold matrix: cells read out of documents by a person, with the places of their proof."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.json_lines import json_lines, read_text
from index.errors import DatasetError

WHAT = "举措金标"
DATA = Path(__file__).parent.parent / "data"
# The golds that were read: the seed pages with the domain news, and other articles of the same collection.
GOLDS = ("matrix_gold", "matrix_more")
# The gold of general news, all of it to be learned from.
LEARNED, LEARNED_HALF = "matrix_read", "train"


@dataclass(frozen=True, slots=True)
class GoldProof:
    """A span of a document's text that proves a cell: how it is meant, and the figure that it tells ("" for none)."""

    document: str
    start: int
    end: int
    state: str
    level: str
    figure: str
    unit: str
    year: str


@dataclass(frozen=True, slots=True)
class GoldCell:
    """A city or province with a measure as a reader found it; the deeds of its counties and enterprises are in its row."""

    place: str
    measure: str
    state: str
    level: str
    evidence: tuple[GoldProof, ...]

    @property
    def is_enterprise(self) -> bool:
        """Whether nobody but an enterprise does it."""
        return self.level == "enterprise"


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document that was read for the gold; `is_unplaced` where it tells of a place that it never names."""

    name: str
    is_unplaced: bool


@dataclass(frozen=True, slots=True)
class Gold:
    """The half of a gold: its cells, and the documents that were read for them."""

    cells: tuple[GoldCell, ...]
    documents: tuple[ReadDocument, ...]


def learned_half(name: str) -> str:
    """The half of a gold that may be learned from and tuned on."""
    return LEARNED_HALF if name == LEARNED else "dev"


def read_gold(name: str, half: str) -> Gold:
    """A half of one of `GOLDS`; DatasetError when a file is not in its form."""
    cells = read_cells(DATA / f"{name}_{half}.jsonl")
    return Gold(tuple(cells), tuple(read_documents(DATA / f"{name}_documents.json", half)))


def read_cells(path: Path) -> list[GoldCell]:
    """The cells of a file; DatasetError with the line that is not in its form."""
    return [_cell(where, row) for where, row in json_lines(path, WHAT)]


def read_documents(path: Path, half: str) -> list[ReadDocument]:
    """The documents of a half that were read; DatasetError when the file is not in its form."""
    try:
        listed = json.loads(read_text(path, WHAT))
        return [ReadDocument(one["document"], bool(one.get("unplaced"))) for one in listed if one["half"] == half]
    except (ValueError, KeyError, TypeError) as error:
        raise DatasetError(f"{WHAT} {path.name} 不是文件清单；请照 eval/data/README.md 改正。") from error


def _cell(where: str, row: Mapping[str, Any]) -> GoldCell:
    try:
        proofs = tuple(_proof(one) for one in row["evidence"])
        return GoldCell(row["place"], row["measure"], row["state"], row["level"], proofs)
    except (KeyError, TypeError) as error:
        raise DatasetError(f"{where}：缺少 {error}；请照 eval/data/README.md 改正。") from error


def _proof(one: Mapping[str, Any]) -> GoldProof:
    return GoldProof(
        document=one["document"],
        start=one["start"],
        end=one["end"],
        state=one["state"],
        level=one["level"],
        figure=one.get("figure", ""),
        unit=one.get("unit", ""),
        year=one.get("year", ""),
    )
