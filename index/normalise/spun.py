"""Plain words for the synonyms that text spinners put in: 財產工人步隊 is read as 产业工人队伍."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from index.numerals import Edit

TERMS = Path(__file__).parent.parent / "data" / "spun_terms.tsv"


def spun_edits(text: str) -> list[Edit]:
    """The replacements of spun terms by plain ones, the longest term first; the text is in simplified characters."""
    terms = spun_terms()
    return [(found.start(), found.end(), terms[found[0]]) for found in _pattern().finditer(text)]


@lru_cache(maxsize=1)
def spun_terms() -> dict[str, str]:
    """Spun form to plain form, from `index/data/spun_terms.tsv` (two columns; lines that start with # are comments)."""
    lines = TERMS.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(term) for term in sorted(spun_terms(), key=len, reverse=True)))
