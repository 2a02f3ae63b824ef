"""Lay questions whose answers by lawyers cite articles that are in the corpus of statutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from index.training.texts import plain, records

_TITLE = re.compile(r"^(.*?)\s*(第\d{1,4}条)")
_CITED = re.compile(r"《([^》]{2,40})》(?:[(（][^)）]*[)）])?的?((?:第\d{1,4}条[、和及]?)+)")
_ARTICLE = re.compile(r"第\d{1,4}条")
_IN_BRACKETS = re.compile(r"[(（][^)）]*[)）]")


def cited(data: Path) -> Iterator[tuple[str, str]]:
    """Pairs of a question in plain form and the id of an article that its answer cites, each article of a law once."""
    known: dict[tuple[str, str], str] = {}
    for record in records(data / "stard" / "corpus.jsonl.gz"):
        if title := _TITLE.match(plain(record["title"])):
            known.setdefault((_short(title[1]), title[2]), record["id"])
    for record in records(data / "train" / "pairs.jsonl.gz"):
        if record["source"] != "lawyer_llama":
            continue
        named = [
            (_short(law), article)
            for law, articles in _CITED.findall(plain(record["b"]))
            for article in _ARTICLE.findall(articles)
        ]
        for key in dict.fromkeys(named):
            if key in known:
                yield plain(record["a"]), known[key]


def _short(law: str) -> str:
    return _IN_BRACKETS.sub("", law.strip("《》 ").replace("中华人民共和国", ""))
