"""Short texts written for the matrix by people who did not know the extractor: as a gold, as a library, and what goes wrong there.

`python -m eval.matrix.snippets [--errors N]` builds a library of `matrix_snippets_train.jsonl` and prints what the extractor
finds in it, kind by kind.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.json_lines import json_lines
from eval.matrix.found_cells import row_of
from eval.matrix.gold_cells import DATA, Gold, GoldCell, GoldProof, ReadDocument
from eval.matrix.shares import by_kind, shares
from index.build import build
from index.errors import ChangaiError, DatasetError
from index.library import Library
from index.measures import measures
from index.measures.evidence import Evidence
from index.measures.evidence_file import Shown
from index.measures.figures import value_of
from index.settings import Settings

SNIPPETS = DATA / "matrix_snippets_train.jsonl"
_WHAT = "举措短文"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text of a sentence or two with the cells that it shows, most often one or none."""

    id: str
    title: str
    text: str
    cells: tuple[GoldCell, ...]


def read_snippets(path: Path = SNIPPETS) -> list[Snippet]:
    """The snippets of a file; DatasetError with the line that is not in its form."""
    return [_snippet(where, row) for where, row in json_lines(path, _WHAT)]


def _snippet(where: str, row: Mapping[str, Any]) -> Snippet:
    try:
        cells = tuple(_cell(where, row, cell) for cell in row["cells"])
        return Snippet(row["id"], row["title"], row["text"], cells)
    except KeyError as error:
        raise DatasetError(f"{where}：缺少 {error}；请照 eval/data/README.md 改正。") from error


def _cell(where: str, row: Mapping[str, Any], cell: Mapping[str, Any]) -> GoldCell:
    start = row["text"].find(cell["begin"])
    end = row["text"].find(cell["end"], max(0, start))
    if start < 0 or end < 0:
        raise DatasetError(f"{where}：原文里没有「{cell['begin']}…{cell['end']}」；请照 eval/data/README.md 改正。")
    proof = GoldProof(
        document=row["id"],
        start=start,
        end=end + len(cell["end"]),
        state=cell["state"],
        level=cell["level"],
        figure=cell["figure"],
        unit=cell["unit"],
        year=cell["year"],
    )
    return GoldCell(cell["place"], cell["measure"], cell["state"], cell["level"], (proof,))


def gold_of(snippets: Sequence[Snippet]) -> Gold:
    """The gold of snippets: a place and a measure that two of them show are one cell, adopted where either is."""
    told: dict[tuple[str, str, bool], list[GoldCell]] = {}
    for cell in (cell for one in snippets for cell in one.cells):
        told.setdefault((cell.place, cell.measure, cell.is_enterprise), []).append(cell)
    cells = [_joined(same) for same in told.values()]
    return Gold(tuple(cells), tuple(ReadDocument(one.id, False) for one in snippets))


def _joined(cells: Sequence[GoldCell]) -> GoldCell:
    leading = next((one for one in cells if one.state == "adopted"), cells[0])
    proofs = tuple(proof for one in cells for proof in one.evidence)
    return GoldCell(leading.place, leading.measure, leading.state, leading.level, proofs)


@contextmanager
def library_of(snippets: Sequence[Snippet]) -> Iterator[Library]:
    """A library with a document for each snippet, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "snippets.jsonl"
        rows = ({"id": one.id, "title": one.title, "text": one.text} for one in snippets)
        corpus.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        settings = Settings(folder=Path(folder) / "index")
        build(settings, [corpus])
        with Library.open(settings) as library:
            yield library


@dataclass(frozen=True, slots=True)
class SnippetFault:
    """What is wrong in a snippet: the kind, the cell that it is about, and the text."""

    kind: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class SnippetOutcome:
    """Snippet by snippet: cells found, wanted and right (place, measure, doer and state), figures, and every fault."""

    found: int
    wanted: int
    right: int
    figures: int
    figures_right: int
    figures_wanted: int
    faults: tuple[SnippetFault, ...]

    def lines(self, most: int) -> Iterator[str]:
        """The measures, then the faults by kind, at most `most` of them one by one."""
        figures = self.figures_right, self.figures, self.figures_wanted
        yield from shares(self.right, self.found, self.right, self.wanted, figures)
        yield from by_kind(one.kind for one in self.faults)
        for one in self.faults[:most]:
            yield f"{one.kind}\t{one.about}\t{one.text}"


def judged(snippets: Sequence[Snippet], library: Library, shown: Iterable[Shown] | None = None) -> SnippetOutcome:
    """What is found in each snippet against its cells; `shown` is evidence to take for the library's own."""
    records = {one.id: one.record for one in library.held()}
    told: dict[str, dict[_Key, list[Evidence]]] = {}
    for one in library.evidence([each.name for each in measures()]) if shown is None else shown:
        said = one.evidence
        key = row_of(said.place), said.measure, said.level == "enterprise"
        if key[0]:
            told.setdefault(records[one.source.document_id], {}).setdefault(key, []).append(said)
    counts: Counter[str] = Counter()
    faults: list[SnippetFault] = []
    for snippet in snippets:
        _judge(snippet, told.get(snippet.id, {}), counts, faults)
    return SnippetOutcome(
        counts["found"],
        counts["wanted"],
        counts["right"],
        counts["figures"],
        counts["figures right"],
        counts["figures wanted"],
        tuple(faults),
    )


_Key = tuple[str, str, bool]


def _judge(
    snippet: Snippet, found: Mapping[_Key, list[Evidence]], counts: Counter[str], faults: list[SnippetFault]
) -> None:
    wanted = {(cell.place, cell.measure, cell.is_enterprise): cell for cell in snippet.cells}
    counts.update({"found": len(found), "wanted": len(wanted)})
    for key, cell in wanted.items():
        if key not in found:
            faults.append(SnippetFault(f"missed: {_why_missed(key, found)}", f"{key[0]} {key[1]}", snippet.text))
            continue
        state = "adopted" if any(one.modality == "done" for one in found[key]) else "uncertain"
        if state != cell.state:
            faults.append(SnippetFault(f"{state}, not {cell.state}", f"{key[0]} {key[1]}", snippet.text))
            continue
        counts["right"] += 1
        right = {value_of(one.figure + one.unit[:1]) for one in cell.evidence if one.figure}
        said = next((one for one in found[key] if one.figure), None)
        counts["figures wanted"] += bool(right)
        if said is not None:
            is_right = value_of(said.figure + said.unit[:1]) in right
            counts.update({"figures": 1, "figures right": int(is_right)})
            if not is_right:
                faults.append(
                    SnippetFault("wrong figure", f"{key[1]} {said.figure}{said.unit} not {right}", snippet.text)
                )
        elif right:
            faults.append(SnippetFault("no figure", f"{key[1]} {right}", snippet.text))
    for key in found.keys() - wanted.keys():
        faults.append(SnippetFault(f"surplus: {_why_surplus(key, wanted)}", f"{key[0]} {key[1]}", snippet.text))


def _why_missed(key: _Key, found: Mapping[_Key, list[Evidence]]) -> str:
    if (key[0], key[1], not key[2]) in found:
        return "other doer"
    return "other place" if any(each[1] == key[1] for each in found) else "measure"


def _why_surplus(key: _Key, wanted: Mapping[_Key, GoldCell]) -> str:
    if (key[0], key[1], not key[2]) in wanted:
        return "other doer"
    if any(each[1] == key[1] for each in wanted):
        return "other place"
    return "another measure too" if wanted else "shows nothing"


def main(argv: Sequence[str] | None = None) -> int:
    """Prints what is found; 1 with one clear line where it cannot be made."""
    parser = argparse.ArgumentParser(prog="python -m eval.matrix.snippets", description=__doc__)
    parser.add_argument("--snippets", type=Path, default=SNIPPETS)
    parser.add_argument("--errors", type=int, default=0, help="how many faults to list")
    given = parser.parse_args(argv)
    try:
        snippets = read_snippets(given.snippets)
        with library_of(snippets) as library:
            sys.stdout.write("".join(f"{line}\n" for line in judged(snippets, library).lines(given.errors)))
    except ChangaiError as error:
        sys.stderr.write(f"错误：{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
