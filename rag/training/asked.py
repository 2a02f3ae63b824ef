"""The questions that the ranker learns from: the fifth of each set that the held-out embedding model never saw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.training.questions import is_held_out, written
from index.training.texts import records

_MOST = 600
_KEY = 60
# Sets whose answers are the texts themselves: lawyers' answers, and policy or security news.
_OWN_TEXTS = {"llama": ("lawyer_llama",), "ncp": ("ncp_policy", "security_mrc")}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the records (ids of corpus lines) that answer it, in one of the libraries."""

    question: str
    records: frozenset[str]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions over the library in the folder `library` of the working folder."""

    name: str
    library: str
    asked: tuple[Asked, ...]


def question_sets(shared: Path) -> Iterator[QuestionSet]:
    """All sets, none with a question that is measured."""
    data = shared / "data"
    stard = [r for r in records(data / "stard" / "qa.jsonl") if r["split"] == "train" and is_held_out(r["id"])]
    yield _set("stard", "stard", ((r["question"], r["passage_ids"]) for r in stard))
    for name, library in (("law", "stard"), ("news", "crud"), ("domain", "domain")):
        own = ((question, [text_id]) for text_id, question in written(name) if is_held_out(text_id))
        yield _set(name, library, own)
    cmrc = [r for r in records(data / "cmrc2018" / "qa.jsonl") if r["split"] == "train"]
    kept = [r for r in cmrc if is_held_out(r["passage_id"])]
    yield _set("cmrc", "cmrc", ((r["question"], [r["passage_id"]]) for r in kept[::2]))
    cail = [r for r in records(data / "cail2019" / "qa.jsonl") if r["split"] == "dev" and not r["is_impossible"]]
    yield _set("cail", "cail", ((r["question"], [r["passage_id"]]) for r in cail[::8]))
    for name, sources in _OWN_TEXTS.items():
        rows = [r for r in records(data / "train" / "pairs.jsonl.gz") if r["source"] in sources]
        ids = text_ids(name, rows)
        own = ((r["a"], [ids[r["b"]]]) for r in rows if is_held_out(r["b"][:_KEY]))
        yield _set(name, name, own)


def text_ids(name: str, rows: list[dict[str, Any]]) -> dict[str, str]:
    """The id of each different answer text of a set whose answers are the library."""
    return {text: f"{name}_{number}" for number, text in enumerate(dict.fromkeys(row["b"] for row in rows))}


def own_texts(shared: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The libraries that are made of answers: their name, and text by id."""
    for name, sources in _OWN_TEXTS.items():
        rows = [r for r in records(shared / "data" / "train" / "pairs.jsonl.gz") if r["source"] in sources]
        yield name, {text_id: text for text, text_id in text_ids(name, rows).items()}


def _set(name: str, library: str, asked: Iterator[tuple[str, list[str]]]) -> QuestionSet:
    every = [Asked(question.strip(), frozenset(ids)) for question, ids in asked if question.strip()]
    # Sets count alike, whatever their size; every n-th question keeps all kinds.
    step = -(-len(every) // _MOST) or 1
    return QuestionSet(name, library, tuple(every[::step]))
