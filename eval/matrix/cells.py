"""The matrix of a library against the gold matrix: precision, recall, figures, and a table of what went wrong.

`python -m eval.matrix.cells --index DIR [--gold matrix_gold|matrix_more|matrix_read] [--half dev] [--errors N]`; the index holds the
documents that were read: for matrix_gold the five seed pages and the domain news.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.matrix.found_cells import FoundCell, found_cells
from eval.matrix.gold_cells import GOLDS, LEARNED, LEARNED_HALF, Gold, GoldCell, learned_half, read_gold
from eval.matrix.shares import by_kind, share, shares
from index.errors import ChangaiError
from index.library import Library
from index.measures.evidence_file import Shown
from index.measures.figures import value_of
from index.settings import Settings


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as the gold has it: its kind, the cell, and the words or the proof that it rests on."""

    kind: str
    place: str
    measure: str
    proof: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a comparison counted; `optional` cells are of documents that never name their place."""

    found: int
    right: int
    wanted: int
    met: int
    figures: int
    figures_right: int
    figures_wanted: int
    quotes: int
    verbatim: int
    faults: tuple[Fault, ...]

    def lines(self, most: int) -> Iterator[str]:
        """The measures, then the faults by kind, at most `most` of them one by one."""
        figures = self.figures_right, self.figures, self.figures_wanted
        yield from shares(self.right, self.found, self.met, self.wanted, figures)
        yield f"quote verbatim   {share(self.verbatim, self.quotes)}"
        yield from by_kind(fault.kind for fault in self.faults)
        for fault in self.faults[:most]:
            yield f"{fault.kind}\t{fault.place}\t{fault.measure}\t{fault.proof}"


def compare(library: Library, gold: Gold, shown: Iterable[Shown] | None = None) -> Outcome:
    """The cells of a library over the documents that were read, against the gold; `shown` is evidence to take for its own.

    A cell is a place, a measure and whether it is an enterprise's, and is right when its state agrees. A figure is right when a proof of
    the cell has it. A gold cell that rests only on documents which never name their place need not be found.
    """
    wanted = {_key(cell): cell for cell in gold.cells}
    every = {_key(cell): cell for cell in found_cells(library, {one.name for one in gold.documents}, shown)}
    found = {key: cell for key, cell in every.items() if key in wanted or not cell.is_named_enterprise}
    unplaced = {one.name for one in gold.documents if one.is_unplaced}
    needed = [
        key for key, cell in wanted.items() if key in found or not all(p.document in unplaced for p in cell.evidence)
    ]
    agreeing = {key for key, cell in found.items() if key in wanted and cell.state == wanted[key].state}
    figures = [(found[key], wanted[key]) for key in agreeing]
    told = [(cell, figure) for cell, _ in figures for figure in [_figure(cell)] if figure]
    right = [cell for (cell, figure) in told if figure in _figures(wanted[_key(cell)])]
    quotes = [(name, one) for cell in found.values() for name, one in cell.evidence]
    texts = {one.record or one.file: one.id for one in library.held()}
    verbatim = sum(library.document(texts[name]).text[one.start : one.end] == one.quote for name, one in quotes)
    wrong_figures = [cell for cell, figure in told if figure not in _figures(wanted[_key(cell)])]
    return Outcome(
        found=len(found),
        right=len(agreeing),
        wanted=len(needed),
        met=len(agreeing & set(needed)),
        figures=len(told),
        figures_right=len(right),
        figures_wanted=sum(bool(_figures(cell)) for _, cell in figures),
        quotes=len(quotes),
        verbatim=verbatim,
        faults=(
            *_faults(found, wanted, needed),
            *(_figure_fault(cell, wanted[_key(cell)]) for cell in wrong_figures),
        ),
    )


_Key = tuple[str, str, bool]


def _key(cell: FoundCell | GoldCell) -> _Key:
    return cell.place, cell.measure, cell.is_enterprise


def _other(key: _Key) -> _Key:
    return key[0], key[1], not key[2]


def _figure(cell: FoundCell) -> float | None:
    shown = cell.figure
    return _value(shown.figure, shown.unit) if shown else None


def _figures(cell: GoldCell) -> set[float]:
    values = (_value(one.figure, one.unit) for one in cell.evidence if one.figure)
    return {value for value in values if value is not None}


def _value(figure: str, unit: str) -> float | None:
    """The number of a figure; a unit may hold its 万."""
    lead = unit[:1] if unit[:1] in ("万", "亿") else ""
    return value_of(figure + lead)


def _faults(found: dict[_Key, FoundCell], wanted: dict[_Key, GoldCell], needed: Sequence[_Key]) -> Iterator[Fault]:
    for key, cell in found.items():
        if key not in wanted:
            kind = (
                ("enterprise" if cell.is_enterprise else "not enterprise")
                if _other(key) in wanted
                else "not in the gold"
            )
            yield _fault(kind, cell)
        elif cell.state != wanted[key].state:
            yield _fault(f"{cell.state}, not {wanted[key].state}", cell)
    for key in needed:
        if key not in found:
            proof = "; ".join(f"{one.document} {one.start}-{one.end}" for one in wanted[key].evidence[:2])
            yield Fault("missed", key[0], key[1], f"{'enterprise ' if key[2] else ''}{proof}")


def _figure_fault(cell: FoundCell, gold: GoldCell) -> Fault:
    told = [f"{one.figure}{one.unit} {one.quote} [{name}]" for name, one in cell.evidence if one.figure]
    right = [f"{one.figure}{one.unit}" for one in gold.evidence if one.figure]
    proof = f"{' / '.join(right) or '没有数字'} ← {' | '.join(told[:3])}"
    return Fault("wrong figure", cell.place, cell.measure, " ".join(proof.split()))


def _fault(kind: str, cell: FoundCell) -> Fault:
    words = [
        f"{one.modality} {one.level} {one.figure}{one.unit} {one.quote} [{name}]" for name, one in cell.evidence[:3]
    ]
    return Fault(kind, cell.place, cell.measure, " ".join(" | ".join(words).split()))


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the comparison; 1 with one clear line where it cannot be made."""
    parser = argparse.ArgumentParser(prog="python -m eval.matrix.cells", description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--gold", choices=(*GOLDS, LEARNED), default=GOLDS[0])
    parser.add_argument("--half", choices=("dev", "test", LEARNED_HALF), help="default: what may be learned from")
    parser.add_argument("--errors", type=int, default=40, help="how many faults to list")
    given = parser.parse_args(argv)
    try:
        with Library.open(Settings(folder=given.index)) as library:
            outcome = compare(library, read_gold(given.gold, given.half or learned_half(given.gold)))
            sys.stdout.write("".join(f"{line}\n" for line in outcome.lines(given.errors)))
    except ChangaiError as error:
        sys.stderr.write(f"错误：{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
