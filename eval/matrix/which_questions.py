"""Questions for which places have a measure, made of the gold matrix, so that the wanted set of rows is exact.

`python -m eval.matrix.which_questions` writes `eval/data/which_dev.jsonl` and `which_test.jsonl` anew. The library holds the
documents of both halves, so each question wants the cells of both; questions are split by the hash of their measure's name.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from eval.matrix.gold_cells import DATA, GoldCell, read_cells, read_documents
from index.measures.filters import city_of
from index.places import places, province_of

# A province is asked about where so many of its cities have the measure.
_FEW = 2
_ASKED = ("哪些城市有{0}？", "有几个城市开展了{0}？", "{0}在哪些城市已经有了？", "开展{0}的城市有多少个？")


@dataclass(frozen=True, slots=True)
class WhichQuestion:
    """A question with the cells that make its rows."""

    text: str
    cells: tuple[GoldCell, ...]

    def row(self, number: int, half: str) -> str:
        """Its line of the file."""
        names = [[cell.place, _short(cell.place)] for cell in self.cells]
        proofs = [{"document": cell.evidence[0].document} for cell in self.cells]
        fields = {
            "id": f"which-{half}-{number:03}",
            "question": self.text,
            "type": "which",
            "answers": names,
            "evidence": list({one["document"]: one for one in proofs}.values()),
            "table": [[name] for name in names],
        }
        return json.dumps(fields, ensure_ascii=False) + "\n"


def questions(cells: Sequence[GoldCell]) -> Iterator[tuple[str, WhichQuestion]]:
    """The questions, each with the name of its measure: by measure, by province of it, and for what is only planned."""
    for at, measure in enumerate(sorted({cell.measure for cell in cells})):
        own = [cell for cell in cells if cell.measure == measure and not cell.is_enterprise]
        done = _of_cities(own, lambda cell: cell.state == "adopted")
        if done:
            yield measure, WhichQuestion(_ASKED[at % len(_ASKED)].format(measure), done)
        provinces = sorted({province_of(cell.place) for cell in done} - {""})
        for province in provinces:
            inside = tuple(cell for cell in done if province_of(cell.place) == province and cell.place != province)
            if len(inside) >= _FEW:
                yield measure, WhichQuestion(f"{_short(province)}哪些城市有{measure}？", inside)
        # A city answers for its province.
        wide = {province_of(cell.place): cell for cell in own if cell.state == "adopted" and province_of(cell.place)}
        if len(wide) >= _FEW:
            named = tuple(replace(cell, place=province) for province, cell in sorted(wide.items()))
            yield measure, WhichQuestion(f"哪些省份有{measure}？", named)


def _of_cities(cells: Sequence[GoldCell], fits: Callable[[GoldCell], bool]) -> tuple[GoldCell, ...]:
    return tuple(cell for cell in cells if fits(cell) and city_of(cell.place) == cell.place)


def _short(place: str) -> str:
    known = places().get(place)
    return known.name if known is not None else place


def gold_of_both() -> list[GoldCell]:
    """The cells of both halves, one a place, measure and doer, without those whose documents never name their place."""
    unplaced: set[str] = set()
    best: dict[tuple[str, str, bool], GoldCell] = {}
    for half in ("dev", "test"):
        unplaced |= {one.name for one in read_documents(DATA / "matrix_gold_documents.json", half) if one.is_unplaced}
        for cell in read_cells(DATA / f"matrix_gold_{half}.jsonl"):
            key = cell.place, cell.measure, cell.is_enterprise
            if all(proof.document in unplaced for proof in cell.evidence):
                continue
            if key not in best or best[key].state != "adopted":
                best[key] = cell
    return [best[key] for key in sorted(best)]


def main() -> int:
    """Writes both halves; prints how many questions each has."""
    halves: dict[str, list[WhichQuestion]] = {"dev": [], "test": []}
    for measure, question in questions(gold_of_both()):
        digit = int(hashlib.sha256(measure.encode()).hexdigest()[0], 16)
        halves["test" if digit % 2 else "dev"].append(question)
    for half, asked in halves.items():
        lines = [one.row(number, half) for number, one in enumerate(asked, 1)]
        (DATA / f"which_{half}.jsonl").write_text("".join(lines), encoding="utf-8")
        sys.stdout.write(f"which_{half}.jsonl: {len(lines)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
