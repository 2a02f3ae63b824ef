"""The verifier against hand-labelled pairs of sentence and quote: `python -m eval.trust.verifier [PAIRS…]`."""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, get_args

from eval.json_lines import bad_field, json_lines
from eval.reports.terminal import aligned
from eval.statistics import wilson
from index.errors import ChangaiError, DatasetError
from index.places import passage_places
from index.sources.read import read_paths
from index.types import Document, Span
from rag.cite import passage_evidence
from rag.types import Evidence, Verdict
from rag.verify import Verification, of_its_places, verify_sentence

_ROOM = Path(__file__).resolve().parent.parent
PAIRS = _ROOM / "data" / "verify_pairs_dev.jsonl"
CORPUS = _ROOM.parent / "index" / "sample"
HEADER = ("类别", "真句", "误报", "假句", "漏放")


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, its evidence, what a careful reader says of them, and the kind of truth or alteration."""

    id: str
    sentence: str
    kind: str
    label: Verdict
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A pair with the verifier's word on it and the milliseconds that it took."""

    pair: Pair
    found: Verification
    ms: float

    @property
    def is_true(self) -> bool:
        """Whether the reader says that the evidence bears the sentence out."""
        return self.pair.label == "supported"

    @property
    def passed(self) -> bool:
        """Whether the verifier lets the sentence through to a person."""
        return self.found.verdict == "supported"


def load_pairs(path: Path, corpus: Mapping[str, Document]) -> list[Pair]:
    """The pairs of a `.jsonl` file over a corpus by file name; DatasetError names the line of a pair that does not hold."""
    pairs = []
    for where, row in json_lines(path, "句对"):
        if row.get("label") not in get_args(Verdict):
            raise bad_field(where, "label", "、".join(get_args(Verdict)) + " 之一", row.get("label"))
        for field in ("id", "sentence", "kind"):
            if not isinstance(row.get(field), str):
                raise bad_field(where, field, "文字", row.get(field))
        evidence = tuple(_evidence(each, corpus, where) for each in row.get("evidence", []))
        pairs.append(Pair(row["id"], row["sentence"], row["kind"], row["label"], evidence))
    return pairs


def load_corpus(folder: Path) -> dict[str, Document]:
    """The documents of a folder by file name."""
    return {each.file: each for each in read_paths([folder]) if isinstance(each, Document)}


def check(pairs: Sequence[Pair]) -> Iterator[Checked]:
    """The verifier's word on each pair, with the evidence that a draft would keep for it."""
    for pair in pairs:
        begun = time.perf_counter()
        found = verify_sentence(pair.sentence, of_its_places(pair.sentence, pair.evidence))
        yield Checked(pair, found, (time.perf_counter() - begun) * 1000)


def rows(checked: Sequence[Checked]) -> list[tuple[str, ...]]:
    """One row a kind and one for all: true sentences, false alarms, false sentences, false passes."""
    kinds: dict[str, list[Checked]] = defaultdict(list)
    for each in checked:
        kinds[each.pair.kind].append(each)
        kinds["全部"].append(each)
    return [_row(kind, kinds[kind]) for kind in sorted(kinds, key=lambda kind: (kind == "全部", kind))]


def _row(kind: str, checked: Sequence[Checked]) -> tuple[str, ...]:
    true = [each for each in checked if each.is_true]
    false = [each for each in checked if not each.is_true]
    alarms, passes = sum(not each.passed for each in true), sum(each.passed for each in false)
    return kind, str(len(true)), _share(alarms, len(true)), str(len(false)), _share(passes, len(false))


def _share(count: int, of: int) -> str:
    """A count with its share and 95 % interval; a dash where there is nothing to count among."""
    if not of:
        return "—"
    low, high = wilson(count / of, of)
    return f"{count}（{count / of:.1%}，{low:.1%}–{high:.1%}）"


def _evidence(given: Mapping[str, Any], corpus: Mapping[str, Document], where: str) -> Evidence:
    """The evidence of a row: a quote of a brief, or a text of its own with its metadata."""
    if "text" in given:
        document = Document(
            "pair",
            given["text"],
            given.get("title", ""),
            "",
            given.get("published"),
            "",
            "",
            "",
            "",
            places=tuple(given.get("places", [])),
            quality=tuple(given.get("quality", [])),
        )
        return passage_evidence(document, [Span(0, len(document.text))], [], document.places)
    document_or_none = corpus.get(given.get("document", ""))
    if document_or_none is None:
        raise DatasetError(f"{where}：资料文件夹里没有「{given.get('document')}」，请检查 --corpus。")
    start = document_or_none.text.find(given["quote"])
    if start < 0:
        raise DatasetError(f"{where}：「{given['document']}」里没有所引的原文，请修正 quote。")
    return _quoted(document_or_none, Span(start, start + len(given["quote"])))


def _quoted(document: Document, span: Span) -> Evidence:
    """A quote with its headings and its places, as the chain would cite it."""
    above = [each for each in document.headings if each.start < span.start]
    lowest: dict[int, str] = {}
    for heading in above:
        lowest = {level: text for level, text in lowest.items() if level < heading.level} | {
            heading.level: heading.text
        }
    path = tuple(lowest.values())
    places = passage_places(document.places, document.text[span.start : span.end], " ".join(path))
    return passage_evidence(document, [span], path, places)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table and every pair on which verifier and reader differ; 1 on a user's error."""
    parser = argparse.ArgumentParser(prog="python -m eval.trust.verifier", description="核对器与人工标注的句对比较")
    parser.add_argument("pairs", nargs="*", type=Path, default=[PAIRS], help="句对文件（.jsonl）")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="句对引用的资料文件夹")
    given = parser.parse_args(arguments)
    try:
        corpus = load_corpus(given.corpus)
        checked = [each for path in given.pairs for each in check(load_pairs(path, corpus))]
    except ChangaiError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for each in checked:
        if each.is_true is not each.passed:
            sys.stdout.write(f"{'误报' if each.is_true else '漏放'}\t{_told(each)}\n")
    times = sorted(each.ms for each in checked) or [0.0]
    late = times[int(0.95 * (len(times) - 1))]
    sys.stdout.write(f"{aligned([HEADER, *rows(checked)])}\n")
    sys.stdout.write(f"每句核对用时：中位 {median(times):.1f} 毫秒，95% 在 {late:.1f} 毫秒以内。\n")
    return 0


def _told(checked: Checked) -> str:
    pair = checked.pair
    return "\t".join([pair.id, pair.kind, pair.sentence, "；".join(checked.found.problems)])


if __name__ == "__main__":
    sys.exit(main())
