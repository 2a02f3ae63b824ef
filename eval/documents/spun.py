"""How well spun texts are told: `python -m eval.documents.spun --split dev|test [--shared DIR]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.documents.planting import HALVES, HOME, Planted, read_half
from eval.json_lines import json_lines, read_text

BASELINE = HOME / "baseline.json"
CORPORA = ("domain_news", "core_laws", "domain_laws")


@dataclass(frozen=True, slots=True)
class Cell:
    """Texts of one kind and how many of them were held for spun, with the ids of those that surprise."""

    kind: str
    script: str
    texts: int
    flagged: int
    surprising: tuple[str, ...]


def planted_cells(rows: Sequence[Planted]) -> list[Cell]:
    """A cell for every rate and script of the rows; surprising are missed copies and honest texts that were flagged."""
    from index.quality import is_spun

    groups: dict[tuple[float, str], list[tuple[Planted, bool]]] = {}
    for row in rows:
        groups.setdefault((row.rate, row.script), []).append((row, is_spun(row.text)))
    return [
        Cell(
            kind=f"{rate:.0%}" if rate else "honest",
            script=script,
            texts=len(judged),
            flagged=sum(told for _, told in judged),
            surprising=tuple(row.id for row, told in judged if told != row.spun),
        )
        for (rate, script), judged in sorted(groups.items())
    ]


def corpus_cells(shared: Path) -> Iterator[Cell]:
    """A cell for each corpus of the shared folder and for the seeds, with the ids of the texts held for spun."""
    corpus = shared / "corpus"
    for name in CORPORA:
        lines = json_lines(corpus / f"{name}.jsonl", "资料")
        yield _corpus_cell(name, ((str(fields["id"]), str(fields["text"])) for _, fields in lines))
    seeds = sorted((corpus / "seeds").glob("*.txt"))
    yield _corpus_cell("seeds", ((path.stem, read_text(path, "种子")) for path in seeds))


def _corpus_cell(name: str, texts: Iterable[tuple[str, str]]) -> Cell:
    from index.quality import is_spun

    judged = [(identifier, is_spun(text)) for identifier, text in texts]
    found = tuple(identifier for identifier, told in judged if told)
    return Cell(name, "—", len(judged), len(found), found)


def scores(cells: Sequence[Cell]) -> dict[str, int]:
    """The four counts that a baseline keeps: planted copies and found ones, honest texts and false alarms."""
    honest = [cell for cell in cells if cell.kind == "honest"]
    planted = [cell for cell in cells if cell.kind != "honest"]
    return {
        "planted": sum(cell.texts for cell in planted),
        "found": sum(cell.flagged for cell in planted),
        "honest": sum(cell.texts for cell in honest),
        "false_alarms": sum(cell.flagged for cell in honest),
    }


def table(cells: Iterable[Cell]) -> str:
    """The cells as lines: kind, script, flagged of texts."""
    rows = ["种类\t字体\t判为洗稿/篇数"]
    rows += [f"{cell.kind}\t{cell.script}\t{cell.flagged}/{cell.texts}" for cell in cells]
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables; with --regenerate writes the counts of dev as the new baseline."""
    parser = argparse.ArgumentParser(description="洗稿判别的召回和误报")
    parser.add_argument("--split", choices=HALVES, default="dev", help="题库的哪一半（test 只用于报告）")
    parser.add_argument("--shared", type=Path, metavar="目录", help="共享资料目录，内有 corpus/；给出时另测误报")
    parser.add_argument("--regenerate", action="store_true", help="用 dev 的结果更新基线")
    options = parser.parse_args(arguments)
    cells = planted_cells(read_half(options.split))
    write = sys.stdout.write
    write(f"{table(cells)}\n")
    counts = scores(cells)
    write(f"召回 {counts['found']}/{counts['planted']}，误报 {counts['false_alarms']}/{counts['honest']}\n")
    # The rows of the other half are named nowhere, so that nothing is tuned by them.
    if options.split == "dev":
        for cell in cells:
            for identifier in cell.surprising:
                write(f"{'误报' if cell.kind == 'honest' else '漏判'}\t{identifier}\n")
    if options.shared:
        found = list(corpus_cells(options.shared))
        write(f"{table(found)}\n")
        for cell in found:
            for identifier in cell.surprising:
                write(f"{cell.kind}\t{identifier}\n")
    if options.regenerate and options.split == "dev":
        BASELINE.write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
