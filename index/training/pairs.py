"""The training pairs: two texts that should lie near each other, and passages to draw such pairs from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from index.training.texts import plain, records, titled

Pair = tuple[str, str]

# Labels are 0/1 in AFQMC and LCQMC, 0..2 in qbqtc, 0..5 in STS-B; unlabelled sources hold true pairs only.
_LEAST_LABEL = {"AFQMC": 1.0, "LCQMC": 1.0, "qbqtc": 1.0, "STS-B": 4.0}
_ONLY_LETTERS = re.compile(r"\W+")
_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;\n]*")
_SHORTEST_SENTENCE = 8
_STARD_REPEATS = 6


def held_out(data: Path) -> frozenset[str]:
    """The letters of every question that is measured only, so that no training pair may repeat one."""
    measured = [
        *(r for r in records(data / "stard" / "qa.jsonl") if r["split"] != "train"),
        *(r for r in records(data / "cmrc2018" / "qa.jsonl") if r["split"] != "train"),
        *records(data / "crud" / "qa_dev.jsonl"),
    ]
    return frozenset(_letters(record["question"]) for record in measured)


def pairs(data: Path) -> Iterator[Pair]:
    """All fixed pairs in plain form, none of which repeats a held-out question."""
    forbidden = held_out(data)
    for first, second in _all_pairs(data):
        one, other = plain(first), plain(second)
        if one and other and _letters(one) not in forbidden and _letters(other) not in forbidden:
            yield one, other


def passages(data: Path) -> Iterator[list[str]]:
    """Articles and statutes in plain form, as lists of two sentences or more."""
    for path in (
        data / "crud" / "passages.jsonl.gz",
        data / "train" / "news_titles.jsonl.gz",
        data / "train" / "law_articles.jsonl.gz",
    ):
        for record in records(path):
            found = sentences(plain(record["text"]))
            if len(found) >= 2:
                yield found


def sentences(text: str) -> list[str]:
    """The sentences of a plain text; a fragment too short to say anything joins the sentence after it."""
    found: list[str] = []
    waiting = ""
    for match in _SENTENCE.finditer(text):
        waiting += match.group()
        if len(waiting) >= _SHORTEST_SENTENCE:
            found.append(waiting)
            waiting = ""
    if waiting and found:
        found[-1] += waiting
    return found


def _all_pairs(data: Path) -> Iterator[Pair]:
    train = data / "train"
    for record in records(train / "pairs.jsonl.gz"):
        if float(record.get("label", 9)) >= _LEAST_LABEL.get(record["source"], 0.0):
            yield record["a"], record["b"]
    for record in records(train / "news_titles.jsonl.gz"):
        yield record["title"], record["text"]
    for number, record in enumerate(records(train / "law_articles.jsonl.gz")):
        # One article in four: all articles of a law answer its name alike; more would be false negatives.
        if number % 4 == 0:
            yield f"{record['law']} {record['chapter']}", record["text"]
    yield from _questions(data / "cmrc2018", "passages.jsonl", 1)
    yield from _questions(data / "stard", "corpus.jsonl.gz", _STARD_REPEATS)


def _questions(folder: Path, corpus: str, repeats: int) -> Iterator[Pair]:
    found = {record["id"]: titled(record) for record in records(folder / corpus)}
    for record in records(folder / "qa.jsonl"):
        if record["split"] == "train":
            for passage in record.get("passage_ids") or [record["passage_id"]]:
                for _ in range(repeats):
                    yield record["question"], found[passage]


def _letters(text: str) -> str:
    return _ONLY_LETTERS.sub("", plain(text).lower())
