"""Which questions the span reader does not learn from, so that what is fitted to its words sees it as it will be: unprepared."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence

# Files of our own questions. Of the first every third document is held out: the second look and the judge of refusals are
# fitted to what the reader says of these.
CRUD_FILE = "asked_crud_train.jsonl"
OWN_FILES = {CRUD_FILE: 3, "asked_train.jsonl": 12, "asked_briefs_train.jsonl": 12}
_SHARE = 12


def is_held_out(passage: str, file: str = "") -> bool:
    """Whether a passage, by its id, is held out: a twelfth, of our own questions' documents in `file` as said above."""
    return zlib.crc32(passage.encode()) % OWN_FILES.get(file, _SHARE) == 0


def nearest(questions: Sequence[str], texts: Mapping[str, str]) -> list[str]:
    """The name of the text that shares most with each question: for a near miss the one that it was asked of, as good as always."""
    pairs = {name: _pairs(text) for name, text in texts.items()}
    spread = Counter(pair for each in pairs.values() for pair in each)

    def shared(question: str, name: str) -> float:
        return sum(1 / spread[pair] for pair in _pairs(question) & pairs[name])

    return [max(pairs, key=lambda name: shared(question, name)) for question in questions]


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
