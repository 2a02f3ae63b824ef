"""How well copies are found: `python -m eval.documents.copies [--shared DIR]`.

The copies are made while measuring, from the briefs and (with `--shared`) from domain news; nothing of those is stored.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.documents.altering import containment, dressed, edited, shingles
from eval.documents.planting import HOME, bases
from eval.documents.rivals import Rival, Text, brief_rivals, event_rivals, law_rivals
from eval.documents.swaps import read_swaps, swap, words_of
from eval.json_lines import json_lines
from index.types import Document

NEWS_COPIED, SHORTEST, SPUN_RATE = 150, 300, 0.15
# Two originals that share this much of the smaller one are copies in truth, whatever the collection calls them.
TRUE_COPY = 0.5

Kinds = Mapping[str, Callable[[str, random.Random], str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Found and planted copies per kind, rivals wrongly paired per kind, and pairs between other originals.

    `false` holds every pair wrongly called copies, the rivals first; `true` counts real copies among the originals.
    """

    found: Mapping[str, tuple[int, int]]
    rivals: Mapping[str, tuple[int, int]]
    false: tuple[tuple[str, str], ...]
    true: int


def kinds() -> Kinds:
    """Kind of copy to what makes it from a text."""
    import opencc

    traditional = opencc.OpenCC("s2t").convert
    swaps = {**read_swaps(HOME / "swaps_dev.tsv"), **read_swaps(HOME / "swaps_test.tsv")}

    def spun(text: str, chance: random.Random) -> str:
        pieces = words_of(text)
        known = sum(1 for piece in pieces if piece in swaps) / max(1, len(pieces))
        return swap(pieces, swaps, min(SPUN_RATE, known), chance).text

    return {
        "exact": lambda text, chance: text,
        "edited 5%": lambda text, chance: edited(text, 0.05, chance),
        "edited 15%": lambda text, chance: edited(text, 0.15, chance),
        "edited 30%": lambda text, chance: edited(text, 0.30, chance),
        "traditional": lambda text, chance: traditional(text),
        "spun 15%": spun,
        "boilerplate": dressed,
    }


def news(shared: Path) -> list[Text]:
    """The domain news."""
    lines = json_lines(shared / "corpus" / "domain_news.jsonl", "资料")
    return [Text(str(fields["id"]), str(fields["text"])) for _, fields in lines]


def planted(originals: Sequence[Text], made: Kinds) -> Iterator[tuple[str, Text, str]]:
    """Kind, copy and the id of its original, for every original and kind."""
    for original in originals:
        for kind, make in made.items():
            name = f"{original.id}::{kind}"
            yield kind, Text(name, make(original.text, random.Random(name))), original.id


def as_documents(texts: Sequence[Text]) -> list[Document]:
    """The texts as the way in makes documents of them; origin is the id of the text."""
    from index.sources.page import Page
    from index.sources.read import make_document

    return [make_document(Page(text=each.text), each.id, each.id, "", "") for each in texts]


def measure(shared: Path | None) -> Outcome:
    """Plants the copies beside all originals and rivals, asks for duplicates once, and compares."""
    briefs = [Text(base.name, base.text) for base in bases()[1]]
    others = news(shared) if shared else []
    long = [text for text in others if len(text.text) >= SHORTEST]
    copied = [*briefs, *random.Random("news").sample(long, min(NEWS_COPIED, len(long)))]
    rivals = [*brief_rivals(), *(law_rivals(shared) if shared else ()), *event_rivals(long)]
    copies = list(planted(copied, kinds()))
    texts = {text.id: text for text in [*briefs, *others, *(copy for _, copy, _ in copies)]}
    texts.update({text.id: text for rival in rivals for text in (rival.one, rival.other)})
    return judged(texts, copies, rivals)


def judged(texts: Mapping[str, Text], copies: Sequence[tuple[str, Text, str]], rivals: Sequence[Rival]) -> Outcome:
    """The outcome of `duplicates` over the texts, told by the ids of the texts."""
    from index.quality import duplicates

    documents = as_documents(list(texts.values()))
    names = {document.id: document.origin for document in documents}
    paired = {names[one]: {names[other] for other in others} for one, others in duplicates(documents).items()}
    found: Counter[str] = Counter()
    for kind, copy, original in copies:
        found[kind] += original in paired.get(copy.id, ())
    fallen = [rival for rival in rivals if rival.other.id in paired.get(rival.one.id, ())]
    wrong = Counter(rival.kind for rival in fallen)
    asked = {frozenset((rival.one.id, rival.other.id)) for rival in rivals}
    home = {copy.id: original for _, copy, original in copies}
    pairs = {
        tuple(sorted((home.get(one, one), home.get(other, other))))
        for one, others in paired.items()
        for other in others
    }
    apart = sorted((one, other) for one, other in pairs if one != other and frozenset((one, other)) not in asked)
    false = tuple(pair for pair in apart if not _true_copies(texts, *pair))
    counted, opposed = Counter(kind for kind, _, _ in copies), Counter(rival.kind for rival in rivals)
    return Outcome(
        found={kind: (found[kind], number) for kind, number in counted.items()},
        rivals={kind: (wrong[kind], number) for kind, number in opposed.items()},
        false=(*((rival.one.id, rival.other.id) for rival in fallen), *false),
        true=len(apart) - len(false),
    )


def _true_copies(texts: Mapping[str, Text], one: str, other: str) -> bool:
    return containment(shingles(texts[one].text), shingles(texts[other].text)) >= TRUE_COPY


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="重复文档的召回和误判")
    parser.add_argument("--shared", type=Path, metavar="目录", help="共享资料目录，内有 corpus/；给出时加入新闻和法规")
    begun = time.perf_counter()
    outcome = measure(parser.parse_args(arguments).shared)
    write = sys.stdout.write
    write("种类\t找到/植入\n")
    for kind, (found, number) in outcome.found.items():
        write(f"{kind}\t{found}/{number}\n")
    write("不是重复的难例\t误判/对数\n")
    for kind, (wrong, number) in outcome.rivals.items():
        write(f"{kind}\t{wrong}/{number}\n")
    between = len(outcome.false) - sum(wrong for wrong, _ in outcome.rivals.values())
    write(f"其他原文之间\t误判 {between} 对，确为重复 {outcome.true} 对\n")
    for one, other in outcome.false:
        write(f"误判\t{one}\t{other}\n")
    write(f"用时 {time.perf_counter() - begun:.1f} 秒\n")


if __name__ == "__main__":
    main()
