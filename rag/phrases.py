"""Phrases of a table of plain words in a question: the longest that stand there as words of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from rag.lexicon import plain_speech

Table = Callable[[], Mapping[str, tuple[str, ...]]]


def phrases_in(form: str, table: Table = plain_speech) -> list[str]:
    """Phrases of the table in a search form, in their order, each once; single characters are none.

    A phrase that the dictionary knows counts where it stands between words (增加薪酬 does not say 加薪), one that it does
    not know where at least one of its ends does; neither counts inside a longer one (师傅带徒弟 is not also 徒弟).
    """
    import rjieba

    found: dict[str, None] = {}
    seams: frozenset[int] = frozenset()
    covered = 0
    for at in range(len(form) - 1):
        for phrase in _by_start(table).get(form[at : at + 2], ()):
            end = at + len(phrase)
            if end <= covered or not form.startswith(phrase, at):
                continue
            seams = seams or _seams(rjieba.cut(form, False))
            if (at in seams) + (end in seams) > rjieba.has_word(phrase):
                found.setdefault(phrase)
                covered = end
                break
    return list(found)


@cache
def _by_start(table: Table) -> dict[str, tuple[str, ...]]:
    """The phrases of the table by their first two characters, the longest first."""
    found: dict[str, list[str]] = {}
    for phrase in table():
        if len(phrase) > 1:
            found.setdefault(phrase[:2], []).append(phrase)
    return {start: tuple(sorted(phrases, key=lambda each: (-len(each), each))) for start, phrases in found.items()}


def _seams(words: Sequence[str]) -> frozenset[int]:
    """Where a text of these words begins, ends and may be parted."""
    at, seams = 0, [0]
    for word in words:
        at += len(word)
        seams.append(at)
    return frozenset(seams)
