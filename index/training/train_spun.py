"""Counts how rarely honest texts have the words of rewriting tools: `python -m index.training.train_spun SHARED`.

Writes `index/data/spun_frequencies.tsv`. The domain news, over which false alarms are measured, is not counted.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from index.cleaning.synonyms import FREQUENCIES, shares_of

# News is counted to a third, which is twenty million signs; every twentieth article is kept out for measuring.
_ONE_OF, _KEPT_OUT = 3, 20


def news(shared: Path) -> Iterator[str]:
    """The articles that are counted."""
    with (shared / "corpus" / "domain_news.jsonl").open(encoding="utf-8") as lines:
        domain = frozenset(json.loads(line)["id"] for line in lines)
    for number, fields in enumerate(_rows(shared / "data" / "crud" / "passages.jsonl.gz")):
        if number % _ONE_OF == 0 and number % _KEPT_OUT and fields["id"] not in domain:
            yield fields["text"]


def laws(shared: Path) -> Iterator[str]:
    """The articles of laws that are counted."""
    return (fields["text"] for fields in _rows(shared / "data" / "train" / "law_articles.jsonl.gz"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Counts and writes the file."""
    parser = argparse.ArgumentParser(description="统计改写用词在平常文章里的比例")
    parser.add_argument("shared", type=Path, metavar="目录", help="共享资料目录，内有 corpus/ 和 data/")
    shared = parser.parse_args(arguments).shared
    shares = shares_of(chain(news(shared), laws(shared)))
    rows = [f"{word}\t{max(1, round(share * 1e6))}" for word, share in shares.items()]
    FREQUENCIES.write_text("\n".join(["# 词\t每百万篇平常文章里有它的篇数", *rows]) + "\n", encoding="utf-8")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    main()
