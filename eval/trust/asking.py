"""Gold questions put to the whole system, and what became of each: answered or refused, how sure, right or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from eval.dataset import load_dataset
from eval.normal import groups_met
from index.library import Library
from index.settings import Settings
from rag.chain import make_chain


@dataclass(frozen=True, slots=True)
class Trial:
    """One question with its outcome; `kind` is what a near miss swaps, by its id, else the type of the question."""

    id: str
    kind: str
    answerable: bool
    refused: bool
    right: bool
    confidence: float


def trials(index: Path, datasets: list[Path], error_rate: float | None = None) -> list[Trial]:
    """Every question of the sets, asked of one index; `error_rate` takes the place of the usual one."""
    settings = Settings(folder=index) if error_rate is None else Settings(folder=index, error_rate=error_rate)
    found = []
    with Library.open(settings) as library:
        chain = make_chain(library)
        for gold in load_dataset(*datasets):
            history = [{"role": turn.role, "content": turn.content} for turn in gold.history]
            answer = chain.invoke({"question": gold.question, "history": history})
            right = (
                gold.answerable and not answer.refused and groups_met(answer.text, gold.answers) == len(gold.answers)
            )
            found.append(
                Trial(gold.id, _kind(gold.id, gold.type), gold.answerable, answer.refused, right, answer.confidence)
            )
    return found


def _kind(name: str, kind: str) -> str:
    """The last part of the id of a near miss (nearmiss-pairs-dev-014-year), the type of any other question."""
    parts = name.split("-")
    return re.sub(r"\d+$", "", parts[4]) if len(parts) == 5 else kind
