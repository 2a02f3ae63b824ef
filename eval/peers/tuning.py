"""Which setting a skilled user would keep: the same few for every library, tried on questions that are not measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from eval.peers.marks import marks
from eval.peers.material import write_material
from eval.peers.pool import Pool
from eval.peers.report import Tried
from eval.peers.run import measure_once
from eval.peers.schedule import NAMES, Entry
from eval.peers.system import SETTINGS

# Enough documents to tell settings apart, few enough to try every one.
SAMPLE_DOCUMENTS = 1500


def tune(
    entries: Sequence[Entry],
    command: Callable[[Entry], list[str]],
    pool: Pool,
    folder: Path,
    say: Callable[[str], None],
) -> tuple[tuple[Tried, ...], int]:
    """Every setting of every entry with its MRR@10 on the sample, the best of each marked; and how many documents."""
    if not entries or not pool.sample:
        return (), 0
    wanted = {gold for each in pool.sample for gold in each.gold}
    articles = sorted(pool.articles, key=lambda each: each.id not in wanted)[: max(SAMPLE_DOCUMENTS, len(wanted))]
    material = write_material(articles, folder, with_chunks=False)
    questions = [each.question for each in pool.sample]
    gold = [each.gold for each in pool.sample]
    found: list[Tried] = []
    for entry in entries:
        say(f"为 {NAMES[entry.system]} 试 {len(SETTINGS)} 种设置")
        tried = []
        for number, setting in enumerate(SETTINGS):
            run = measure_once(command(entry), material, "chinese", number, questions)
            values = [mark.reciprocal for mark in marks(run.hits, gold)] if not run.error else []
            tried.append(Tried(entry.system, setting, sum(values) / len(values) if values else None))
        found += with_best(tried)
    return tuple(found), len(articles)


def with_best(tried: Sequence[Tried]) -> list[Tried]:
    """The same with the highest score marked, the first of equals; nothing is marked when all failed."""
    scores = [each.score for each in tried if each.score is not None]
    best = next((at for at, each in enumerate(tried) if scores and each.score == max(scores)), None)
    return [replace(each, chosen=at == best) for at, each in enumerate(tried)]
