"""Invented documents in Chinese characters, as many as wanted: words by Zipf's law, figures, and places such as 甲子市.

They mean nothing. They are there for the time and the memory that a library of their number takes, which depend on how
often words come back. Document n is always the same, whichever others are made.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.normalise import search_form
from index.types import Chunk, Document, Span

CHUNKS_A_DOCUMENT = 4
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
# The commonest words after the particles: what the field talks about, so that a question is understood as one of the field.
_FIELD = (
    "产业工人",
    "工会",
    "技能",
    "培训",
    "企业",
    "职工",
    "补贴",
    "劳动竞赛",
    "技能等级",
    "产业学院",
    "工匠",
    "待遇",
)
_PARTICLES = ("的", "和", "在", "了", "对", "为", "与", "等")
_UNITS = ("家", "人", "万元", "%", "项", "名", "个月")
_WORDS = 40_000
_WORDS_A_SENTENCE, _SENTENCES_A_CHUNK = (6, 18), (4, 10)


def place_of(number: int) -> str:
    """The place of document `number`; there are 120 of them."""
    return f"{_STEMS[number % 10]}{_BRANCHES[number // 10 % 12]}市"


def document(number: int) -> tuple[Document, tuple[Chunk, ...]]:
    """Document `number` with its chunks, each a line of its text."""
    dice = np.random.default_rng((number, 1))
    place = place_of(number)
    title = f"{place}{_phrase(dice, 4)}"
    lines = [_passage(dice, place) for _ in range(CHUNKS_A_DOCUMENT)]
    text = "\n".join([title, *lines])
    identifier = blake2b(str(number).encode(), digest_size=8).hexdigest()
    record = f"{number:08d}"
    made = Document(
        id=identifier,
        text=text,
        title=title,
        source="生成",
        published=f"{2015 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}",
        origin=f"/invented.jsonl#{record}",
        file="invented.jsonl",
        record=record,
        sha256=identifier,
        places=(place,),
    )
    ends = np.cumsum([len(title) + 1, *(len(line) + 1 for line in lines)]).tolist()
    spans = [Span(start, end - 1) for start, end in pairwise(ends)]
    return made, tuple(_chunk(made, ordinal, span) for ordinal, span in enumerate(spans))


def question(number: int, documents: int) -> str:
    """Question `number` about a library of so many documents: of one word up to a long complaint, in turn."""
    dice = np.random.default_rng((number, 2))
    about, chunks = document(int(dice.integers(documents)))
    told = about.text[chunks[int(dice.integers(len(chunks)))].start :].split("\n")[0]
    start = int(dice.integers(max(1, len(told) - 40)))
    words, place = told[start:], about.places[0]
    return (
        _FIELD[int(dice.integers(len(_FIELD)))],
        f"{place}{words[:4]}",
        f"{words[:12]}是多少？",
        f"{place}{about.published[:4] if about.published else ''}年{words[:8]}有哪些{_phrase(dice, 2)}？",
        f"{words[:30]}怎么办？",
        f"我在{place}的厂里干了{int(dice.integers(2, 30))}年，{told[:120]}，请问{_phrase(dice, 6)}吗？",
    )[number % 6]


def _chunk(made: Document, ordinal: int, span: Span) -> Chunk:
    context = [made.title, *made.places, made.text[span.start : span.end]]
    return Chunk(
        id=f"{made.id}#{ordinal}",
        document_id=made.id,
        ordinal=ordinal,
        start=span.start,
        end=span.end,
        marks=(span,),
        search_text="\n".join(map(search_form, context)),
        places=made.places,
    )


def _passage(dice: np.random.Generator, place: str) -> str:
    sentences = [_sentence(dice) for _ in range(int(dice.integers(*_SENTENCES_A_CHUNK)))]
    return f"{place}{''.join(sentences)}"


def _sentence(dice: np.random.Generator) -> str:
    words = _phrase(dice, int(dice.integers(*_WORDS_A_SENTENCE)))
    if dice.random() < 0.4:
        words += f"{int(dice.integers(2, 5000))}{_UNITS[int(dice.integers(len(_UNITS)))]}"
    return words + "，。。；"[int(dice.integers(4))]


def _phrase(dice: np.random.Generator, words: int) -> str:
    vocabulary, chances = _vocabulary()
    return "".join(vocabulary[at] for at in np.searchsorted(chances, dice.random(words)).tolist())


@cache
def _vocabulary() -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """The words, the commonest first, and the summed chances of them: the n-th comes 1/n as often as the first."""
    dice = np.random.default_rng(0)
    # The 3,755 everyday characters are the first level of the national standard; here, too, a few are very common.
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    characters = [character for cell in cells if (character := cell.decode("gb2312", "ignore"))]
    dice.shuffle(characters)
    summed = np.cumsum(1 / (np.arange(len(characters)) + 30))
    lengths = dice.choice([1, 2, 3, 4], size=_WORDS, p=[0.04, 0.7, 0.16, 0.1])
    picked = np.searchsorted(summed / summed[-1], dice.random(int(lengths.sum()))).tolist()
    ends = np.cumsum(lengths).tolist()
    made = ["".join(characters[at] for at in picked[start:end]) for start, end in pairwise([0, *ends])]
    words = tuple(dict.fromkeys([*_PARTICLES, *_FIELD, *made]))
    chances = np.cumsum(1 / (np.arange(len(words)) + 3))
    return words, chances / chances[-1]
