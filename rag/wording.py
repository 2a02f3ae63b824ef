"""How the verifier reads a text: one plain form, its clauses and sentences, and the bigrams of its content."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from rag.canonical import one_wording

SENTENCE_STOPS = "。！!？?\n"
CLAUSE_STOPS = SENTENCE_STOPS + "，,；;：:"
# Characters that carry grammar and little content; a bigram that touches one says nothing about what is claimed.
_GRAMMAR = frozenset("的了着过在是和与及或等也都就而且其此该之以于被把将向对由为从到至有个年月日这那们地得并共")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9+#-]*")


@lru_cache(maxsize=512)
def plain(text: str, spun: bool = False) -> str:
    """The text in its search form, line by line, so that a line break still ends a sentence."""
    from index.normalise import search_form

    form = "\n".join(search_form(line, spun) for line in text.splitlines() if line.strip())
    return one_wording(form)


@lru_cache(maxsize=512)
def words(text: str) -> tuple[tuple[int, int, str], ...]:
    """The words of a plain text as (start, end, kind of word), in order and without gaps."""
    import rjieba

    found = []
    at = 0
    for word, tag in rjieba.tag(text):
        found.append((at, at + len(word), tag))
        at += len(word)
    return tuple(found)


@lru_cache(maxsize=8192)
def bigrams(text: str) -> frozenset[str]:
    """The content bigrams of a plain text: two neighbouring Han characters without a grammar word, and Latin words."""
    # C三类 is read as c3类.
    found = {each for word in _WORD.findall(text.lower()) for each in (word, word.rstrip("0123456789"))}
    for run in _HAN.findall(text):
        found |= {run[i : i + 2] for i in range(len(run) - 1) if not _GRAMMAR & {run[i], run[i + 1]}}
    return frozenset(found)


def bounds(text: str, at: int, stops: str) -> tuple[int, int]:
    """The [start, end) of the piece between two stops that holds the character at `at`; a comma in 10,500 is no stop."""
    found = _stops(text, stops)
    nth = bisect_left(found, at)
    return found[nth - 1] + 1 if nth else 0, found[nth] if nth < len(found) else len(text)


def pieces(text: str, stops: str) -> list[str]:
    """The pieces of a text between stops, without the empty ones."""
    return [text[start:end] for start, end in piece_spans(text, stops)]


def piece_spans(text: str, stops: str) -> list[tuple[int, int]]:
    """Where the pieces of a text between stops stand, without the empty ones."""
    ends = [*_stops(text, stops), len(text)]
    starts = [0, *(at + 1 for at in ends[:-1])]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip()]


def spans_of(needle: str, text: str) -> Iterable[int]:
    """Every position at which `needle` stands in `text`."""
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


@lru_cache(maxsize=1024)
def _stops(text: str, stops: str) -> tuple[int, ...]:
    return tuple(at for at in range(len(text)) if text[at] in stops and _is_stop(text, at))


def _is_stop(text: str, at: int) -> bool:
    between_digits = 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
    return not (text[at] in ",:" and between_digits)
