"""How characters sound, without tones, and folded so that syllables which many people type alike are one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "pinyin.tsv"
# 平舌 and 翘舌, n and l, front and back nasals are mistaken for one another by whole provinces.
_FOLDS = ((re.compile("^([zcs])h"), r"\1"), (re.compile("^l"), "n"), (re.compile("([aei])ng$"), r"\1n"))


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """The syllables of each character of the table, the usual one first."""
    usual: dict[str, str] = {}
    other: dict[str, list[str]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        syllable, first, *rest = line.split("\t")
        usual.update(dict.fromkeys(first, syllable))
        for character in "".join(rest):
            other.setdefault(character, []).append(syllable)
    return {character: (syllable, *other.get(character, ())) for character, syllable in usual.items()}


@cache
def sounds() -> dict[str, tuple[str, ...]]:
    """The folded syllables of each character, the usual one first."""
    return {
        character: tuple(dict.fromkeys(folded(syllable) for syllable in syllables))
        for character, syllables in readings().items()
    }


@cache
def syllables() -> frozenset[str]:
    """Every syllable of the table."""
    return frozenset(syllable for each in readings().values() for syllable in each)


@cache
def folded(syllable: str) -> str:
    """A syllable in the form that it shares with those that are typed for it (zheng, zhen, zeng and zen: zen)."""
    for pattern, replacement in _FOLDS:
        syllable = pattern.sub(replacement, syllable)
    return syllable


def spelled(term: str) -> str:
    """The usual reading of a term in letters, "" when a character of it is not in the table."""
    table = readings()
    syllables = [table[character][0] for character in term if character in table]
    return "".join(syllables) if len(syllables) == len(term) else ""


def sound_alike(one: str, other: str) -> bool:
    """Whether two characters have a reading in common, unfolded."""
    table = readings()
    return bool(set(table.get(one, ())) & set(table.get(other, ())))
