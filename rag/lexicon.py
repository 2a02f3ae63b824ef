"""Word lists of the answering room, read once from its data files: stop words, plain speech, domain words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index.normalise import search_form

DATA = Path(__file__).parent / "data"


def _lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def stop_words() -> frozenset[str]:
    """Words of a question that an answer need not repeat, in the search form and as written."""
    words = {word for line in _lines("stopwords.txt") for word in line.split()}
    return frozenset(words | {search_form(word) for word in words})


@cache
def plain_speech() -> dict[str, tuple[str, ...]]:
    """Wordings of the field by the plain word that a worker would use, all in the search form."""
    table: dict[str, tuple[str, ...]] = {}
    for line in _lines("plain_speech.tsv"):
        plain, _, terms = line.partition("\t")
        table[search_form(plain)] = tuple(search_form(term) for term in terms.split())
    return table


@cache
def domain_words() -> frozenset[str]:
    """Words that show a question to be about work, workers, unions or the reform, in the search form."""
    return frozenset(search_form(word) for line in _lines("domain_words.txt") for word in line.split())
