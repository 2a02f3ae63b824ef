"""The documents and questions of a comparison: as many distractors as keep the plain baseline from saturating."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.bigram import BigramBM25
from eval.json_lines import json_lines
from eval.peers.marks import Gold, marks
from index.errors import DatasetError

# The band in which the baseline's hit@1 leaves room to be better and worse.
BAND = (0.70, 0.90)
STEPS = (500, 1000, 2000, 3000, 4000, 6000, 8000, 12000, 16000, 24000, 32000, 48000, 64000)
LONG = 1000
CORPUS_NAMES = ("passages.jsonl.gz", "passages.jsonl")
QUESTIONS_NAME = "qa_dev.jsonl"


@dataclass(frozen=True, slots=True)
class Article:
    """One document of the corpus."""

    id: str
    title: str
    text: str

    def whole(self) -> str:
        """Title and text as one, which is what every system is handed."""
        return "\n".join(filter(None, (self.title, self.text)))


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with the documents that answer it."""

    id: str
    question: str
    gold: Gold


@dataclass(frozen=True, slots=True)
class Pool:
    """What every system gets; `baseline` is bigram BM25's hit@1 over `articles`, `whole` whether all the corpus is used.

    `sample` are other questions, with their documents in the pool, on which settings are chosen.
    """

    articles: tuple[Article, ...]
    questions: tuple[Asked, ...]
    sample: tuple[Asked, ...]
    baseline: float
    whole: bool

    @property
    def long(self) -> int:
        """How many articles have more than `LONG` characters."""
        return sum(len(article.text) > LONG for article in self.articles)

    @property
    def in_band(self) -> bool:
        """Whether the baseline stands in the band."""
        return BAND[0] <= self.baseline <= BAND[1]


def read_corpus(folder: Path) -> tuple[tuple[Article, ...], tuple[Asked, ...]]:
    """The articles and the self-contained questions of a folder in the form of the CRUD data.

    Raises DatasetError when the folder holds no such data.
    """
    corpus = next((folder / name for name in CORPUS_NAMES if (folder / name).is_file()), None)
    if corpus is None or not (folder / QUESTIONS_NAME).is_file():
        raise DatasetError(
            f"文件夹 {folder} 里没有 {CORPUS_NAMES[0]} 和 {QUESTIONS_NAME}；请用 --data 指向存有同行对比语料的文件夹。"
        )
    articles = tuple(
        Article(str(each["id"]), str(each.get("title") or ""), str(each["text"]))
        for _, each in json_lines(corpus, "语料")
    )
    known = {article.id for article in articles}
    asked = [
        _asked(each) for _, each in json_lines(folder / QUESTIONS_NAME, "题库") if each.get("self_contained", True)
    ]
    return articles, tuple(each for each in asked if each.gold and set(each.gold) <= known)


def choose_pool(
    articles: Sequence[Article],
    asked: Sequence[Asked],
    questions: int,
    sample: int,
    cap: int,
    steps: Sequence[int] = STEPS,
) -> Pool:
    """The smallest pool, in steps, over which the baseline's hit@1 is at most the band's upper end.

    The questions are those with one gold document, in the order of a digest of their ids; the sample is taken from all
    the others. Every pool holds their documents, then the longest articles (over 1,000 characters), then the rest in the
    order of a digest: larger pools contain the smaller ones. No pool is larger than `cap`, gold documents apart.
    """
    ordered = sorted(asked, key=lambda each: _digest(each.id))
    chosen = tuple([each for each in ordered if len(each.gold) == 1][:questions])
    if not chosen:
        raise DatasetError("题库里没有只对应一篇资料的问题，无法比较；请换一份题库。")
    taken = {each.id for each in chosen}
    rest = tuple([each for each in ordered if each.id not in taken][:sample])
    needed = {gold for each in (*chosen, *rest) for gold in each.gold}
    order = sorted(articles, key=lambda each: (each.id not in needed, len(each.text) <= LONG, _digest(each.id)))
    for size in _sizes(steps, len(needed), min(cap, len(order))):
        pool = tuple(order[:size])
        baseline = baseline_hit(pool, chosen)
        if baseline <= BAND[1]:
            break
    return Pool(pool, chosen, rest, baseline, len(pool) == len(order))


def baseline_hit(pool: Sequence[Article], questions: Sequence[Asked]) -> float:
    """Hit@1 of bigram BM25 over whole documents."""
    index = BigramBM25([article.whole() for article in pool])
    found = index.search_many([each.question for each in questions], 1)
    hits = [[pool[at].id for at, _ in each] for each in found]
    return sum(mark.hit for mark in marks(hits, [each.gold for each in questions])) / len(questions)


def _sizes(steps: Iterable[int], needed: int, cap: int) -> list[int]:
    """The pool sizes to try, rising: never below what the questions need, never above the cap beyond that."""
    return sorted({min(max(step, needed), max(cap, needed)) for step in steps})


def _asked(each: Mapping[str, Any]) -> Asked:
    return Asked(str(each["id"]), str(each["question"]), tuple(map(str, each.get("passage_ids") or ())))


def _digest(identifier: str) -> str:
    return hashlib.sha256(identifier.encode("utf-8")).hexdigest()
