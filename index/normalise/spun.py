"""Plain words for the synonyms that text spinners put in: 財產工人步隊 is read as 产业工人队伍."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.normalise.characters import whole_signs
from index.numerals import Edit

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

TERMS = Path(__file__).parent.parent / "data" / "spun_terms.tsv"


def spun_edits(text: str) -> list[Edit]:
    """The replacements of spun terms by plain ones, the longest term first; the text is in simplified characters."""
    plain = list(spun_terms().values())
    found = _automaton().find_matches_as_indexes(whole_signs(text))
    return [(start, end, plain[number]) for number, start, end in found]


@lru_cache(maxsize=1)
def spun_terms() -> dict[str, str]:
    """Spun form to plain form, from `index/data/spun_terms.tsv` (two columns; lines that start with # are comments)."""
    lines = TERMS.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


@lru_cache(maxsize=1)
def _automaton() -> AhoCorasick:
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(list(spun_terms()), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
