"""What may never be trained on, and how a text is cut into sentences to draw pairs from."""

from __future__ import annotations

import re
from pathlib import Path

from index.training.questions import is_held_out
from index.training.texts import plain, records

_ONLY_LETTERS = re.compile(r"\W+")
_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;\n]*")
_SHORTEST_SENTENCE = 8


def measured(data: Path, held_out: bool) -> frozenset[str]:
    """The letters of every question that is measured only, so that no training pair may repeat one.

    With `held_out`, also those of the train questions that are kept for the ranker.
    """
    stard = list(records(data / "stard" / "qa.jsonl"))
    kept = [
        *(r for r in stard if r["split"] != "train" or (held_out and is_held_out(r["id"]))),
        *(r for r in records(data / "cmrc2018" / "qa.jsonl") if r["split"] != "train"),
        *records(data / "crud" / "qa_dev.jsonl"),
    ]
    return frozenset(letters(record["question"]) for record in kept)


def sentences(text: str) -> list[str]:
    """The sentences of a plain text; a fragment too short to say anything joins the sentence after it."""
    found: list[str] = []
    waiting = ""
    for match in _SENTENCE.finditer(text):
        waiting += match.group()
        if len(waiting) >= _SHORTEST_SENTENCE:
            found.append(waiting)
            waiting = ""
    if waiting and found:
        found[-1] += waiting
    return found


def letters(text: str) -> str:
    """A text without signs and blanks, in small simplified letters."""
    return _ONLY_LETTERS.sub("", plain(text).lower())
