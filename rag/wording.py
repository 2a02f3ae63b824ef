"""How the verifier reads a text: one plain form, its clauses and sentences, and the bigrams of its content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

SENTENCE_STOPS = "。！!？?\n"
CLAUSE_STOPS = SENTENCE_STOPS + "，,；;：:"
# Characters that carry grammar and little content; a bigram that touches one says nothing about what is claimed.
_GRAMMAR = frozenset("的了着过在是和与及或等也都就而且其此该之以于被把将向对由为从到至有个年月日这那们地得并共")
_HAN_DIGITS = "零一二三四五六七八九十"
_RANGE_START = re.compile(rf"(?<![{_HAN_DIGITS}百千万])[{_HAN_DIGITS}](?=[至到~-]\d)")
_TENTHS = re.compile(rf"(?<![{_HAN_DIGITS}百千万])[一二两三四五六七八九](?=成(?![为立功员果长本绩都人家就效熟分型不]))")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9+#-]*")


@lru_cache(maxsize=512)
def plain(text: str, spun: bool = False) -> str:
    """The text in its search form, line by line, so that a line break still ends a sentence."""
    from index.normalise import search_form

    form = "\n".join(search_form(line, spun) for line in text.splitlines() if line.strip())
    # 五至10家 is one range: its first end must not stay a word while its last becomes a figure.
    for pattern in (_RANGE_START, _TENTHS):
        form = pattern.sub(lambda match: str(_HAN_DIGITS.index(match[0])), form)
    return form


def bigrams(text: str) -> set[str]:
    """The content bigrams of a plain text: two neighbouring Han characters without a grammar word, and Latin words."""
    found = set(_WORD.findall(text.lower()))
    for run in _HAN.findall(text):
        found |= {run[i : i + 2] for i in range(len(run) - 1) if not _GRAMMAR & {run[i], run[i + 1]}}
    return found


def bounds(text: str, at: int, stops: str) -> tuple[int, int]:
    """The [start, end) of the piece between two stops that holds the character at `at`; a comma in 10,500 is no stop."""
    start = at
    while start > 0 and not _is_stop(text, start - 1, stops):
        start -= 1
    end = at
    while end < len(text) and not _is_stop(text, end, stops):
        end += 1
    return start, end


def pieces(text: str, stops: str) -> list[str]:
    """The pieces of a text between stops, without the empty ones."""
    return [text[start:end] for start, end in piece_spans(text, stops)]


def piece_spans(text: str, stops: str) -> list[tuple[int, int]]:
    """Where the pieces of a text between stops stand, without the empty ones."""
    found = []
    start = 0
    for at in range(len(text) + 1):
        if at == len(text) or _is_stop(text, at, stops):
            if text[start:at].strip():
                found.append((start, at))
            start = at + 1
    return found


def spans_of(needle: str, text: str) -> Iterable[int]:
    """Every position at which `needle` stands in `text`."""
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _is_stop(text: str, at: int, stops: str) -> bool:
    if text[at] not in stops:
        return False
    between_digits = 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
    return not (text[at] in ",:" and between_digits)
