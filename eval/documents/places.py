"""Places measured against the gold: which ones a passage names, which it is about, and a document's level and places.

Run as `python -m eval.documents.places --split dev --shared DIR`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.documents.place_gold import (
    FOLDER,
    NEWS,
    SEEDS,
    SPLITS,
    GoldDocument,
    GoldPassage,
    gold_documents,
    gold_passages,
    require_same_texts,
    shared_texts,
)
from eval.documents.tally import Tally, share
from index.errors import ChangaiError
from index.types import Document

BASELINE = FOLDER / "baseline.json"
MENTIONS, ABOUT, PLACES = "mentions", "about", "document_places"
TITLES = {MENTIONS: "提到的地点", ABOUT: "说的是哪里", PLACES: "文档的地点"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One set that is not as it should be: the names that are wrong and those that were missed."""

    id: str
    what: str
    hard: str
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(slots=True)
class Measured:
    """The outcome of one half: tallies by measure, by (measure, hard kind), levels right of all, enterprises, faults."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    hard: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    levels: int = 0
    documents: int = 0
    enterprises: tuple[int, int] = (0, 0)
    faults: list[Fault] = field(default_factory=list)

    @property
    def level_accuracy(self) -> float:
        """The share of the documents whose level is one of the right ones."""
        return share(self.levels, self.documents)

    def figures(self) -> dict[str, float]:
        """The figures that a baseline holds, by name."""
        found = {
            f"{name}_{kind}": round(getattr(self.tallies[name], kind), 4)
            for name in TITLES
            for kind in ("precision", "recall")
        }
        return {**found, "level_accuracy": round(self.level_accuracy, 4)}


def judged(
    found: Iterable[str], gold: frozenset[str], either: frozenset[str], implied: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The wrong and the missed names of one set, sorted; `either` and `implied` ones are no error and no merit."""
    names = set(found)
    return tuple(sorted(names - gold - either - implied)), tuple(sorted(gold - names))


def measure_passage(measured: Measured, gold: GoldPassage, passage: str, places: Sequence[str]) -> None:
    """Judges what the place room says of one passage of a document with these places.

    A mention inside the name of a company or a school counts as none, as in the gold. Enterprises are not judged as
    places. What a place named lies in is implied by it; of what a passage is about, only the city of a county.
    """
    from index.places import find_places, passage_places

    named = {mention.full_name for mention in find_places(passage, around=places) if not mention.is_incidental}
    attributed = passage_places(places, passage)
    for what, found, wanted, implied in (
        (MENTIONS, named, gold.mentions, _wider(gold.mentions | gold.either)),
        (ABOUT, attributed, gold.about, _cities(gold.about | gold.either)),
    ):
        _count(measured, gold.id, what, gold.hard, judged(_divisions(found), wanted, gold.either, implied), len(wanted))
    if gold.enterprise:
        right, asked = measured.enterprises
        measured.enterprises = (right + (gold.enterprise in attributed), asked + 1)


def measure_document(measured: Measured, gold: GoldDocument, document: Document) -> None:
    """Judges the level and the places of one document."""
    measured.documents += 1
    measured.levels += document.level in gold.levels
    if document.level not in gold.levels:
        measured.faults.append(Fault(gold.document, "级别", "", (document.level or "无",), gold.levels))
    sets = judged(_divisions(document.places), gold.places, gold.either, _cities(gold.places | gold.either))
    _count(measured, gold.document, PLACES, "", sets, len(gold.places))


def measure(split: str, shared: Path) -> Measured:
    """All measures over one half; the documents are built by the index's own readers from the files below `shared`."""
    texts = shared_texts(shared)
    passages, gold = gold_passages(split), gold_documents(split)
    require_same_texts([*passages, *gold], texts)
    wanted = {each.document for each in passages} | {each.document for each in gold}
    documents = _documents(shared, wanted)
    measured = Measured()
    for passage in passages:
        text = texts[passage.document][passage.start : passage.end]
        measure_passage(measured, passage, text, documents[passage.document].places)
    for each in gold:
        measure_document(measured, each, documents[each.document])
    return measured


def table(measured: Measured) -> str:
    """The figures of one half as lines to read, in Chinese."""
    lines = [f"{'':<10}\t精确率\t召回率\tF1\t全对\t个数"]
    lines += [_line(TITLES[name], measured.tallies[name]) for name in TITLES]
    lines.append(f"文档级别正确 {measured.levels}/{measured.documents}（{measured.level_accuracy:.3f}）")
    right, asked = measured.enterprises
    lines.append(f"企业自身的事归到该企业 {right}/{asked}（不计入地点）")
    for what in (MENTIONS, ABOUT):
        lines.append(f"—— {TITLES[what]}，按难点 ——")
        lines += [_line(kind or "一般", tally) for (each, kind), tally in sorted(measured.hard.items()) if each == what]
    return "\n".join(lines)


def _documents(shared: Path, wanted: set[str]) -> dict[str, Document]:
    from index.sources.read import Skipped, read_paths

    found = {
        each.record or each.file: each
        for each in read_paths([shared / "corpus" / SEEDS, shared / "corpus" / NEWS])
        if not isinstance(each, Skipped) and (each.record or each.file) in wanted
    }
    if lost := wanted - found.keys():
        raise ChangaiError(f"有 {len(lost)} 份文档没有读出来，例如 {min(lost)}；请检查共享资料。")
    return found


def _count(
    measured: Measured, name: str, what: str, hard: str, sets: tuple[tuple[str, ...], tuple[str, ...]], wanted: int
) -> None:
    wrong, missed = sets
    for tally in (measured.tallies[what], measured.hard[what, hard]):
        tally.add(wanted - len(missed), len(wrong), len(missed))
    if wrong or missed:
        measured.faults.append(Fault(name, TITLES[what], hard, wrong, missed))


def _divisions(names: Iterable[str]) -> set[str]:
    from index.places import is_enterprise

    return {name for name in names if not is_enterprise(name)}


def _wider(names: Iterable[str]) -> frozenset[str]:
    from index.places import ancestors

    return frozenset(wider for name in names for wider in ancestors(name))


def _cities(names: Iterable[str]) -> frozenset[str]:
    from index.places import places

    known = places()
    counties = [known[name] for name in names if name in known and known[name].level == "county"]
    return frozenset(county.parent for county in counties if county.parent)


def _line(title: str, tally: Tally) -> str:
    figures = "\t".join(f"{each:.3f}" for each in (tally.precision, tally.recall, tally.f1, tally.exact_share))
    return f"{title:<10}\t{figures}\t{tally.sets}"


def main(words: Sequence[str] | None = None) -> int:
    """Prints the measures of one half; faults by id for dev only, for nothing may be learnt from the test half."""
    parser = argparse.ArgumentParser(prog="python -m eval.documents.places", description="地点识别与归属的评测")
    parser.add_argument("--split", choices=SPLITS, default="dev", help="题库的哪一半（test 只用于报告）")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), metavar="目录", help="共享资料目录")
    parser.add_argument("--regenerate", action="store_true", help="把 dev 的数字写成新的基线")
    given = parser.parse_args(words)
    try:
        measured = measure(given.split, given.shared)
    except ChangaiError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(table(measured) + "\n")
    if given.split == "dev":
        for fault in measured.faults:
            wrong, missed = "、".join(fault.wrong) or "无", "、".join(fault.missed) or "无"
            sys.stdout.write(f"{fault.id}\t{fault.what}\t{fault.hard}\t多出：{wrong}\t应有：{missed}\n")
        if given.regenerate:
            BASELINE.write_text(json.dumps(measured.figures(), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
