"""Word lists of the answering room, read once from its data files: stop words, plain speech, domain words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index.errors import SettingsError
from index.normalise import search_form

DATA = Path(__file__).parent / "data"
PLAIN_SPEECH = "plain_speech.tsv"
MOUTH_WORDS = "mouth_words.tsv"


def data_lines(name: str) -> list[str]:
    """The lines of a data file of this room that are neither empty nor a comment."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def stop_words() -> frozenset[str]:
    """Words of a question that an answer need not repeat, in the search form and as written."""
    words = {word for line in data_lines("stopwords.txt") for word in line.split()}
    return frozenset(words | {search_form(word) for word in words})


@cache
def plain_speech() -> dict[str, tuple[str, ...]]:
    """Wordings of the field by the plain word that a worker would use, all in the search form; SettingsError as `_wordings`."""
    return _wordings(PLAIN_SPEECH)


@cache
def mouth_words() -> dict[str, tuple[str, ...]]:
    """Words that only speech has with the written words of the very same meaning; SettingsError as `_wordings`."""
    return _wordings(MOUTH_WORDS)


def _wordings(name: str) -> dict[str, tuple[str, ...]]:
    """A table of plain words with their wordings.

    Raises SettingsError with the line that is not in the documented form, or that tells a word a second time.
    """
    table: dict[str, tuple[str, ...]] = {}
    for line in data_lines(name):
        plain, _, terms = line.partition("\t")
        key, wordings = search_form(plain.strip()), tuple(search_form(term) for term in terms.split())
        if not key or not wordings or key in wordings or key in table:
            raise SettingsError(
                f"{name} 应为“口语、制表符、书面说法（空格分隔）”，口语不重复，也不与自己的说法相同；请改正这一行：{line}"
            )
        table[key] = wordings
    return table


@cache
def domain_words() -> frozenset[str]:
    """Words that show a question to be about work, workers, unions or the reform, in the search form."""
    return frozenset(search_form(word) for line in data_lines("domain_words.txt") for word in line.split())


@cache
def lookalikes() -> dict[str, tuple[str, ...]]:
    """Characters that are written for one another, by each of them."""
    alike: dict[str, tuple[str, ...]] = {}
    for group in data_lines("lookalikes.txt"):
        for character in group:
            others = tuple(other for other in group if other != character)
            alike[character] = tuple(dict.fromkeys((*alike.get(character, ()), *others)))
    return alike


@cache
def watched_terms() -> frozenset[str]:
    """Terms that a slip of typing is mended to, beside those of the other lists, in the search form."""
    return frozenset(search_form(word) for line in data_lines("watched_terms.txt") for word in line.split())
