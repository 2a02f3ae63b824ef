"""Pairs of a plain gold question and its paraphrase, read from the shipped sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from eval.dataset import GoldQuestion, Half, load_dataset
from index.errors import DatasetError

DATA = Path(__file__).resolve().parents[1] / "data"


class Pair(NamedTuple):
    """A plain question and the same question in another person's words."""

    plain: GoldQuestion
    paraphrase: GoldQuestion


def shipped_pairs(half: Half) -> tuple[Pair, ...]:
    """The pairs of one half, over the sample briefs and over the seed pages; test is run only to be reported."""
    plain = load_dataset(DATA / f"sample_{half}.jsonl", DATA / f"seeds_{half}.jsonl")
    return paired(plain, load_dataset(DATA / f"paraphrases_{half}.jsonl"))


def paired(plain: Sequence[GoldQuestion], paraphrases: Sequence[GoldQuestion]) -> tuple[Pair, ...]:
    """Each paraphrase with the question that it names.

    Raises DatasetError when it names none of them, or when the gold of the two differs.
    """
    by_id: Mapping[str, GoldQuestion] = {question.id: question for question in plain}
    pairs = []
    for each in paraphrases:
        original = by_id.get(each.of)
        if original is None:
            raise DatasetError(f"换说法的题 {each.id} 的字段 of 是「{each.of}」，原题库里没有这道题；请改正编号。")
        if replace(each, id=original.id, question=original.question, of="") != original:
            raise DatasetError(f"换说法的题 {each.id} 与原题 {original.id} 的答案或证据不同；请照原题重新抄录。")
        pairs.append(Pair(original, each))
    return tuple(pairs)
