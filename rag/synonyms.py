"""Words that a writer may exchange without saying anything else, and words that state nothing of the matter."""

from __future__ import annotations

from functools import cache

from rag.lexicon import data_lines
from rag.wording import words

SYNONYMS = "synonyms.txt"
LIGHT_WORDS = "light_words.txt"
ANAPHORS = "anaphors.txt"


def say_the_same(word: str, other: str) -> bool:
    """Whether a writer may put one for the other; a 了 at the end says nothing."""
    word, other = (each.removesuffix("了").removeprefix("能") for each in (word, other))
    return word == other or any({word, other} <= group for group, _ in _groups())


@cache
def same_as(word: str) -> frozenset[str]:
    """Every word that may be read for this one, itself left out."""
    return frozenset().union(*(group for group, is_read in _groups() if is_read and word in group)) - {word}


@cache
def light_words() -> frozenset[str]:
    """The words that state nothing of the matter."""
    return frozenset(word for line in data_lines(LIGHT_WORDS) for word in line.split())


@cache
def anaphors() -> frozenset[str]:
    """The words in which a body that was named before is spoken of again."""
    return frozenset(word for line in data_lines(ANAPHORS) for word in line.split())


@cache
def _groups() -> tuple[tuple[frozenset[str], bool], ...]:
    """The groups, each with whether its words may be read as one another."""
    lines = data_lines(SYNONYMS)
    return tuple((frozenset(line.removeprefix("~").split()), not line.startswith("~")) for line in lines)


def without_light_words(text: str) -> str:
    """A text with 的 for each word that states nothing of the matter, so that its neighbours stay apart."""
    return "".join("的" if text[start:end] in light_words() else text[start:end] for start, end, _ in words(text))


def is_light(word: str) -> bool:
    """Whether a word states nothing of the matter, or is put together of such words (已向, 总金额)."""
    return not word or any(
        word[:length] in light_words() and is_light(word[length:]) for length in range(1, len(word) + 1)
    )
