"""All that the embedding model learns from, by name, with the share of a batch that each source has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from index.training.bags import Cutter
from index.training.citing import cited
from index.training.pairs import letters, measured, sentences
from index.training.questions import answered, is_held_out
from index.training.sources import Pairs, Passages
from index.training.texts import plain, records, titled

Pair = tuple[str, str]
Source = Pairs | Passages

# Labels are 0/1 in AFQMC and LCQMC, 0..2 in qbqtc, 0..5 in STS-B; SimCLUE holds true pairs only.
_PARAPHRASES = {"AFQMC": 1.0, "LCQMC": 1.0, "qbqtc": 1.0, "STS-B": 4.0, "simclue": 0.0}
_ANSWERS = frozenset({"ncp_policy", "security_mrc"})
_KEY = 60


class Reading:
    """The sources of one folder of data, without a question that is measured; with `held_out`, without the ranker's."""

    def __init__(self, shared: Path, cutters: Sequence[Cutter], held_out: bool) -> None:
        self._data = shared / "data"
        self._shared = shared
        self._cutters = cutters
        self._held_out = held_out
        self._forbidden = measured(self._data, held_out)

    def sources(self) -> list[Source]:
        """Everything, as tokens."""
        return [
            self._pairs("law questions", 4, self._law_questions()),
            self._pairs("law answers", 2, self._law_answers()),
            self._passages("laws", 3, "train/law_articles.jsonl.gz"),
            self._passages("statutes", 2, "stard/corpus.jsonl.gz"),
            self._pairs("law titles", 1, self._law_titles()),
            self._passages("news", 4, "crud/passages.jsonl.gz"),
            self._passages("television", 1, "train/news_titles.jsonl.gz", title=False),
            self._pairs("headlines", 1, self._headlines()),
            self._pairs("news questions", 1.5, answered("news", self._shared, self._held_out)),
            self._pairs("domain questions", 0.5, answered("domain", self._shared, self._held_out)),
            self._pairs("encyclopedia", 1, self._encyclopedia()),
            self._pairs("paraphrases", 2, self._paraphrases()),
            self._pairs("answers", 0.6, self._answers()),
        ]

    def corpus(self, name: str) -> list[str]:
        """The texts in which rivals of a source's right texts are sought; none for a source without rivals."""
        path = {"law questions": "stard/corpus.jsonl.gz", "encyclopedia": "cmrc2018/passages.jsonl"}.get(name)
        if path is None and name == "news questions":
            return [plain(record["text"])[:400] for record in records(self._data / "crud" / "passages.jsonl.gz")]
        return [plain(titled(record)) for record in records(self._data / path)] if path else []

    def _pairs(self, name: str, weight: float, pairs: Iterator[Pair]) -> Pairs:
        kept = [
            (one, other)
            for one, other in pairs
            if one and other and letters(one) not in self._forbidden and letters(other) not in self._forbidden
        ]
        return Pairs.of(name, weight, kept, self._cutters)

    def _passages(self, name: str, weight: float, path: str, title: bool = True) -> Passages:
        texts = (titled(record) if title else record["text"] for record in records(self._data / path))
        cut = (sentences(plain(text)) for text in texts)
        return Passages.of(name, weight, [found for found in cut if len(found) >= 2], self._cutters)

    def _is_out(self, key: str) -> bool:
        return self._held_out and is_held_out(key)

    def _stard(self) -> Iterator[dict[str, Any]]:
        for record in records(self._data / "stard" / "qa.jsonl"):
            if record["split"] == "train" and not self._is_out(record["id"]):
                yield record

    def _law_questions(self) -> Iterator[Pair]:
        texts = {record["id"]: plain(titled(record)) for record in records(self._data / "stard" / "corpus.jsonl.gz")}
        for record in self._stard():
            for text_id in record["passage_ids"]:
                # Those of the set and our own are surer than what a lawyer's answer happens to cite.
                yield from [(plain(record["question"]), texts[text_id])] * 2
        for pair in answered("law", self._shared, self._held_out):
            yield from [pair] * 2
        for question, text_id in cited(self._data):
            yield question, texts[text_id]

    def _law_answers(self) -> Iterator[Pair]:
        for record in self._pair_records({"lawyer_llama"}):
            yield plain(record["a"]), plain(record["b"])
        for record in self._stard():
            for answer in record["answers"]:
                if isinstance(answer, str):
                    yield plain(record["question"]), plain(answer)

    def _law_titles(self) -> Iterator[Pair]:
        for number, record in enumerate(records(self._data / "train" / "law_articles.jsonl.gz")):
            # One article in four: all articles of a law answer its name alike; more would be false negatives.
            if number % 4 == 0:
                yield plain(f"{record['law']} {record['chapter']}"), plain(record["text"])

    def _headlines(self) -> Iterator[Pair]:
        for record in records(self._data / "train" / "news_titles.jsonl.gz"):
            yield plain(record["title"]), plain(record["text"])

    def _encyclopedia(self) -> Iterator[Pair]:
        folder = self._data / "cmrc2018"
        texts = {record["id"]: plain(titled(record)) for record in records(folder / "passages.jsonl")}
        for record in records(folder / "qa.jsonl"):
            if record["split"] == "train" and not self._is_out(record["passage_id"]):
                yield plain(record["question"]), texts[record["passage_id"]]

    def _paraphrases(self) -> Iterator[Pair]:
        for record in self._pair_records(set(_PARAPHRASES)):
            if float(record.get("label", 9)) >= _PARAPHRASES[record["source"]]:
                yield plain(record["a"]), plain(record["b"])

    def _answers(self) -> Iterator[Pair]:
        for record in self._pair_records(set(_ANSWERS)):
            yield plain(record["a"]), plain(record["b"])

    def _pair_records(self, sources: set[str]) -> Iterator[dict[str, Any]]:
        for record in records(self._data / "train" / "pairs.jsonl.gz"):
            is_out = record["source"] not in _PARAPHRASES and self._is_out(record["b"][:_KEY])
            if record["source"] in sources and not is_out:
                yield record
