"""Spun copies planted in texts of our own, beside honest ones: `python -m eval.documents.planting` writes both halves.

The halves share no text and no swap. Everything is drawn from seeds named after the row, so the files come out the same.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path

from eval.documents.swaps import count_words, coverage, read_swaps, swap, words_of
from eval.json_lines import bad_field, json_lines, read_text

HOME = Path(__file__).resolve().parent.parent / "data" / "spun"
BRIEFS = Path(__file__).resolve().parents[2] / "index" / "sample"
HALVES = ("dev", "test")
RATES = (0.04, 0.08, 0.15, 0.25)
# Of ten copies at one rate the last four are in traditional characters and every third has its paragraphs reordered.
COPIES, TRADITIONAL, REORDER_EVERY = 10, 4, 3
# Traditional characters alone, and with the words of Taiwan: mirrors write both.
SCRIPTS = ("s2tw", "s2twp")
HONEST_BRIEFS, HONEST_TRADITIONAL = 12, 6
# Tools rewrite reports, notices and rules of some length; nobody spins a poem or a talk in dialect.
SPUN_KINDS = ("news", "notice", "law")
FEWEST_WORDS = 120


@dataclass(frozen=True, slots=True)
class Base:
    """An honest text of our own in simplified characters."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Planted:
    """One row of a half: an honest text, or a copy of one with `rate` of its words exchanged."""

    id: str
    base: str
    title: str
    text: str
    spun: bool
    rate: float
    script: str
    reordered: bool
    swapped: int
    words: int


def bases() -> tuple[list[Base], list[Base]]:
    """The texts written for this purpose, and the listed briefs of the sample without their front matter and heading marks.

    Briefs that joined the sample later are not listed, so that what is planted stays what was measured.
    """
    own = []
    for path in sorted((HOME / "texts").glob("*.txt")):
        title, _, text = read_text(path, "文本").strip().partition("\n")
        own.append(Base(path.stem, title, text.strip()))
    briefs = []
    for name in read_text(HOME / "briefs.txt", "要点名单").split():
        path = BRIEFS / f"{name}.md"
        title, _, text = read_text(path, "要点").split("---\n", 2)[2].strip().partition("\n")
        lines = [line.lstrip("#").strip() for line in text.strip().split("\n")]
        briefs.append(Base(path.stem, title.lstrip("#").strip(), "\n".join(lines)))
    return own, briefs


def half_rows(half: str) -> Iterator[Planted]:
    """The rows of one half: the honest texts, then the planted copies by rate."""
    place = HALVES.index(half)
    own, briefs = (each[place::2] for each in bases())
    honest = [*own, *briefs[:HONEST_BRIEFS]]
    for base in honest:
        yield _row(half, base, base.text)
    mainland = [base for base in honest if _simplified(base.text)]
    for number, base in enumerate(mainland[:: len(mainland) // HONEST_TRADITIONAL][:HONEST_TRADITIONAL]):
        yield _row(half, base, base.text, script=SCRIPTS[number % 2])
    swaps = read_swaps(HOME / f"swaps_{half}.tsv")
    # Briefs that stand honest nowhere come first, then texts that also stand honest: a copy beside its original.
    pool = [*briefs[HONEST_BRIEFS:], *(base for base in own if base.name.startswith(SPUN_KINDS))]
    for rate in RATES:
        able = [base for base in pool if _able(base, swaps, rate)]
        for number, base in enumerate(islice(cycle(_turned(able, rate)), COPIES)):
            script = "" if number < COPIES - TRADITIONAL else SCRIPTS[number % 2]
            yield _copy(half, base, swaps, rate, script, number % REORDER_EVERY == REORDER_EVERY - 1)


def _able(base: Base, swaps: Mapping[str, Sequence[str]], rate: float) -> bool:
    pieces = words_of(base.text)
    return count_words(pieces) >= FEWEST_WORDS and coverage(pieces, swaps) >= rate


def _turned(able: Sequence[Base], rate: float) -> list[Base]:
    """Another order for every rate, so that the rates are not all planted in the same texts."""
    order = list(able)
    random.Random(f"order-{rate}").shuffle(order)
    return order


def _simplified(text: str) -> bool:
    import opencc

    return bool(opencc.OpenCC("t2s").convert(text) == text)


def _copy(
    half: str, base: Base, swaps: Mapping[str, Sequence[str]], rate: float, script: str, reorder: bool
) -> Planted:
    chance = random.Random(f"{half}-{base.name}-{rate}-{script}")
    paragraphs = base.text.split("\n\n")
    if reorder:
        chance.shuffle(paragraphs)
    done = swap(words_of("\n\n".join(paragraphs)), swaps, rate, chance)
    return _row(half, base, done.text, rate, script, (reorder, done.swapped, done.words))


def _row(
    half: str,
    base: Base,
    text: str,
    rate: float = 0.0,
    script: str = "",
    made: tuple[bool, int, int] = (False, 0, 0),
) -> Planted:
    import opencc

    convert = opencc.OpenCC(script).convert if script else str
    kind = f"spun{round(rate * 100):02d}" if rate else "honest"
    reordered, swapped, words = made
    return Planted(
        id=f"{half}-{kind}-{base.name}{f'-{script}' if script else ''}",
        base=base.name,
        title=convert(base.title),
        text=convert(text),
        spun=bool(rate),
        rate=rate,
        script="hant" if script or not _simplified(base.text) else "hans",
        reordered=reordered,
        swapped=swapped,
        words=words,
    )


def half_text(half: str) -> str:
    """The content of the file of one half, one JSON object a line."""
    return "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in half_rows(half))


def read_half(half: str) -> list[Planted]:
    """The stored rows of one half; DatasetError tells a line whose fields are not those of a row."""
    found = []
    for where, fields in json_lines(HOME / f"{half}.jsonl", "洗稿题库"):
        try:
            found.append(Planted(**fields))
        except TypeError as error:
            raise bad_field(where, "各栏", "、".join(Planted.__slots__), dict(fields)) from error
    return found


def main() -> None:
    """Writes both halves anew."""
    for half in HALVES:
        text = half_text(half)
        (HOME / f"{half}.jsonl").write_text(text, encoding="utf-8")
        sys.stdout.write(f"{half}.jsonl：{text.count(chr(10))} 篇\n")


if __name__ == "__main__":
    main()
