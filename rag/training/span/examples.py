"""The questions that the span reader learns from, as tokens: CMRC's training half, CAIL's development half, our own over news."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.training.texts import records
from rag.span.features import match_features
from rag.span.tokens import Cutter, Tokens
from rag.training.libraries import SAMPLE
from rag.training.span.clozes import Gaps
from rag.training.span.held_out import CRUD_FILE, OWN_FILES, is_held_out, nearest
from rag.training.span.rivals import Rivals

_WINDOW = 512
_ASKED = 60
_SHORTEST_REST = 120
_LONGEST_OWN = 40
# Two texts that begin alike are one text.
_HEAD = 60
# How often a question is learned from once more over its passage without the answer's sentence.
_WITHOUT = 0.5
READING, COURT, COURT_NONE, WITHOUT, RIVAL, OWN, MISSED, GAP = range(8)
# Our own questions are few, and what people will ask is like them.
_OWN_TIMES = 2


@dataclass(frozen=True, slots=True)
class Example:
    """`asked` (4, q) and `passage` (4, p) hold words, first and last characters and kinds; `features` (p, FEATURES).

    `first` and `last` are the answer's first and last token, −1 when the passage does not answer.
    """

    kind: int
    asked: NDArray[np.int32]
    passage: NDArray[np.int32]
    features: NDArray[np.float16]
    first: int
    last: int
    held_out: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that its own text answers."""

    question: str
    answer: str
    own: str
    held_out: bool


@dataclass(frozen=True, slots=True)
class _Set:
    folder: str
    split: str
    kind: int


_SETS = (_Set("cmrc2018", "train", READING), _Set("cail2019", "dev", COURT))


class Examples:
    """Examples of every set, always the same ones for the same data."""

    def __init__(self, shared: Path, cutter: Cutter, rarity: NDArray[np.float32]) -> None:
        self._shared, self._cutter, self._rarity = shared, cutter, rarity
        self._chance = np.random.default_rng(5)

    def all(self) -> Iterator[Example]:
        """All examples; questions answered by yes or no, or whose answer is not in the passage, are left out."""
        for one in _SETS:
            folder = self._shared / "data" / one.folder
            passages = {record["id"]: record["text"] for record in records(folder / "passages.jsonl")}
            asked: list[_Asked] = []
            for record in records(folder / "qa.jsonl"):
                if record["split"] == one.split:
                    yield from self._of(record, passages, one.kind, asked)
            pool = {name: text for name, text in passages.items() if not name.startswith(("DEV", "TRIAL"))}
            yield from self._rivals(asked, pool, "")

    def own(self, questions: Path) -> Iterator[Example]:
        """Our own questions of a folder, several times each; those of which no short span is the answer are left out."""
        asked: list[_Asked] = []
        for file in OWN_FILES:
            yield from self._own_of(questions / file, asked)
        domain = {row["text"][:_HEAD] for row in records(self._shared / "corpus" / "domain_news.jsonl")}
        news = records(self._shared / "data" / "crud" / "passages.jsonl.gz")
        # The domain's articles are what the benchmark is over: none of them is learned from but by its own questions.
        pool = {row["id"]: row["text"] for row in news if row["text"][:_HEAD] not in domain}
        yield from self._rivals(asked, pool, CRUD_FILE)

    def _rivals(self, asked: list[_Asked], pool: dict[str, str], file: str) -> Iterator[Example]:
        """Each question over the text nearest to it that does not answer it; those held out over texts held out."""
        for held_out in (False, True):
            mine = [one for one in asked if one.held_out == held_out]
            texts = {name: text for name, text in pool.items() if is_held_out(name, file) == held_out}
            if not mine or not texts:
                continue
            near = Rivals(texts).of_all([o.question for o in mine], [o.answer for o in mine], [o.own for o in mine])
            for one, name in zip(mine, near, strict=True):
                if name is not None:
                    yield self.example(RIVAL, one.question, self._cutter.cut(texts[name]), (-1, -1), held_out)

    def _own_of(self, file: Path, learned: list[_Asked]) -> Iterator[Example]:
        rows = [row for row in records(file) if not row.get("history")]
        asked = [row for row in rows if not row.get("unanswerable")]
        texts = self._texts({row["evidence"][0]["document"] for row in asked})
        missed = [row["question"] for row in rows if row.get("unanswerable")]
        yield from self._missed(missed, texts, file.name)
        for row in asked:
            proof = row["evidence"][0]
            text = texts[proof["document"]]
            start, end = _answer(row["answers"], text, proof)
            tokens = self._cutter.cut(text)
            first, last = _tokens_of(tokens, start, end)
            if first <= last < first + _LONGEST_OWN:
                held_out = is_held_out(proof["document"], file.name)
                example = self.example(OWN, row["question"], tokens, (first, last), held_out)
                yield from [example] * _OWN_TIMES
                one = _Asked(row["question"], text[start:end], text, held_out)
                learned.append(one)
                yield from self._without(one, tokens, (first, last))

    def gaps(self, number: int, of: int) -> Iterator[Example]:
        """Every `of`-th text's gaps from `number` on, of news that no reading set is over; it never ends."""
        maker = Gaps(self._cutter, self._rarity, seed=number)
        data = self._shared / "data"
        files = (data / "crud" / "passages.jsonl.gz", data / "train" / "news_titles.jsonl.gz")
        while True:
            texts = (row["text"] for rows in zip_longest(*map(records, files)) for row in rows if row)
            for gap in maker.of_all(islice(texts, number, None, of)):
                tokens = self._cutter.cut(gap.passage)
                if not len(tokens):
                    continue
                place = _tokens_of(tokens, gap.start, gap.end) if gap.start >= 0 else (-1, -1)
                yield self.example(GAP, gap.question, tokens, place, held_out=False)

    def _missed(self, questions: list[str], texts: dict[str, str], file: str) -> Iterator[Example]:
        """Near misses, each over the text that it was asked of."""
        for question, name in zip(questions, nearest(questions, texts), strict=True):
            example = self.example(MISSED, question, self._cutter.cut(texts[name]), (-1, -1), is_held_out(name, file))
            yield from [example] * _OWN_TIMES

    def _texts(self, named: set[str]) -> dict[str, str]:
        """The texts of articles and briefs by id or file name."""
        found = {path.name: path.read_text(encoding="utf-8") for path in SAMPLE.glob("*.md") if path.name in named}
        for file in (
            self._shared / "data" / "crud" / "passages.jsonl.gz",
            self._shared / "corpus" / "domain_news.jsonl",
        ):
            found |= {row["id"]: row["text"] for row in records(file) if row["id"] in named}
        return found

    def _of(
        self, record: dict[str, object], passages: dict[str, str], kind: int, learned: list[_Asked]
    ) -> Iterator[Example]:
        name, question, answers = str(record["passage_id"]), str(record["question"]), record["answers"]
        text, held_out = passages[name], is_held_out(name)
        assert isinstance(answers, list)
        if record.get("is_impossible"):
            yield self.example(COURT_NONE, question, self._cutter.cut(text), (-1, -1), held_out)
            return
        answer = str(answers[0]) if answers else ""
        start = _place(text, answer, record)
        if start < 0:
            return
        tokens = self._cutter.cut(text)
        place = _tokens_of(tokens, start, start + len(answer))
        yield self.example(kind, question, tokens, place, held_out)
        if kind == READING:
            one = _Asked(question, answer, text, held_out)
            learned.append(one)
            yield from self._without(one, tokens, place)

    def _without(self, one: _Asked, tokens: Tokens, place: tuple[int, int]) -> Iterator[Example]:
        """Now and then the question over its own text without the sentence of the answer."""
        if self._chance.random() >= _WITHOUT:
            return
        first, last = tokens.sentences[place[0]], tokens.sentences[place[1]]
        said = np.flatnonzero((tokens.sentences >= first) & (tokens.sentences <= last))
        rest = one.own[: tokens.starts[said[0]]] + one.own[tokens.ends[said[-1]] :]
        if one.answer not in rest and len(rest) > _SHORTEST_REST:
            yield self.example(WITHOUT, one.question, self._cutter.cut(rest), (-1, -1), one.held_out)

    def example(self, kind: int, question: str, tokens: Tokens, place: tuple[int, int], held_out: bool) -> Example:
        """One example; `place` holds the answer's first and last token, −1 twice without one."""
        asked = self._cutter.cut(question)
        features = match_features(asked, tokens, self._rarity).astype(np.float16)
        low = 0
        if len(tokens) > _WINDOW:
            low = max(0, min(max(place[0], 0) - _WINDOW // 3, len(tokens) - _WINDOW))
        part = slice(low, low + _WINDOW)
        first, last = (place[0] - low, min(place[1] - low, _WINDOW - 1)) if place[0] >= 0 else (-1, -1)
        return Example(
            kind, _numbers(asked)[:, :_ASKED], _numbers(tokens)[:, part], features[part], first, last, held_out
        )


def _answer(groups: list[list[str]], text: str, proof: dict[str, Any]) -> tuple[int, int]:
    """Where the answer stands: its longest wording where there is one group, else all of the proof."""
    quote = proof.get("quote", "")
    start = text.find(quote) if quote else proof["start"]
    end = start + len(quote) if quote else proof["end"]
    if len(groups) == 1:
        said = [one for one in groups[0] if one in text[start:end]]
        # The longest wording is the whole answer: 近40平方米 before 40平方米.
        answer = max(said, key=len, default=text[start:end])
        start += text[start:end].find(answer)
        end = start + len(answer)
    return start, end


def _place(text: str, answer: str, record: dict[str, object]) -> int:
    """Where the answer begins: as the set says, or where it first stands; −1 where nowhere, or none is given."""
    starts = record["answer_starts"]
    if not answer or not isinstance(starts, list) or answer in ("YES", "NO"):
        return -1
    start = int(starts[0])
    return start if start >= 0 and text.startswith(answer, start) else text.find(answer)


def _tokens_of(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """The first and last token of a stretch of the text."""
    return (
        int(np.searchsorted(tokens.ends, start, "right")),
        int(np.searchsorted(tokens.starts, end, "left")) - 1,
    )


def _numbers(tokens: Tokens) -> NDArray[np.int32]:
    return np.stack([tokens.words, tokens.first, tokens.last, tokens.kinds])
