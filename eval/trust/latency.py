"""How long whole answers take: `python -m eval.trust.latency --index DIR DATASET… [--rounds N] [--offered]`.

Every question is put to the chain of a warm process, one at a time. Printed are milliseconds at half, 95 % and 99 % of the
questions, by what became of them and by stage; with `--offered` also what share of the questions that were offered beside
refusals is answered.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.dataset import GoldQuestion, load_dataset
from index.errors import ChangaiError
from index.library import Library
from index.settings import Settings
from rag.chain import AnswerChain, make_chain
from rag.types import Answer

# A first question loads the models, a which-question the matrix; neither is counted.
WARMING = ("各地工会为职工做了什么？", "哪些城市建了产业学院？", "食堂的红豆汤怎么做？")
OUTCOMES = ("answered", "table", "refused")


@dataclass(frozen=True, slots=True)
class Taken:
    """What one answer took: milliseconds in all, those of the processor, and those of its stages by name."""

    outcome: str
    elapsed: float
    processor: float
    stages: dict[str, float]
    offered: tuple[str, ...]


def outcome_of(answer: Answer) -> str:
    """What became of a question: one of OUTCOMES."""
    return "refused" if answer.refused else "table" if answer.table else "answered"


def taken(chain: AnswerChain, questions: Sequence[GoldQuestion], rounds: int) -> list[Taken]:
    """What each answer took at its fastest of some rounds, so that a program that runs beside counts once at most."""
    best: dict[str, Taken] = {}
    for _ in range(rounds):
        for gold in questions:
            one = _one(chain, gold)
            if gold.id not in best or one.elapsed < best[gold.id].elapsed:
                best[gold.id] = one
    return list(best.values())


def _one(chain: AnswerChain, gold: GoldQuestion) -> Taken:
    history = [{"role": turn.role, "content": turn.content} for turn in gold.history]
    begun, worked = time.perf_counter(), time.process_time()
    answer = chain.invoke({"question": gold.question, "history": history})
    elapsed, processor = time.perf_counter() - begun, time.process_time() - worked
    stages = {name: value for name, value in answer.timings_ms.items() if name != "total"}
    return Taken(outcome_of(answer), elapsed * 1000, processor * 1000, stages, answer.suggestions)


def table(every: Sequence[Taken]) -> str:
    """The times by outcome and by stage as a Markdown table."""
    rows = [(name, [one for one in every if name in (one.outcome, "all")]) for name in (*OUTCOMES, "all")]
    lines = ["| | n | p50 | p95 | p99 | max | processor p50 | p95 |", "|---|---|---|---|---|---|---|---|"]
    for name, some in rows:
        if some:
            lines.append(_row(name, [one.elapsed for one in some], [one.processor for one in some]))
    for stage in dict.fromkeys(stage for one in every for stage in one.stages):
        lines.append(_row(f"stage {stage}", [one.stages[stage] for one in every if stage in one.stages]))
    return "\n".join(lines)


def _row(name: str, elapsed: Sequence[float], processor: Sequence[float] = ()) -> str:
    p50, p95, p99 = np.percentile(elapsed, [50, 95, 99])
    worked = [f"{value:.1f}" for value in np.percentile(processor, [50, 95])] if processor else ["", ""]
    figures = [f"{value:.1f}" for value in (p50, p95, p99, max(elapsed))]
    return f"| {' | '.join([name, str(len(elapsed)), *figures, *worked])} |"


def share_answered(chain: AnswerChain, every: Sequence[Taken]) -> str:
    """How many questions were offered beside refusals, and what share of them is answered."""
    refusals = [one for one in every if one.outcome == "refused"]
    offered = [text for one in refusals for text in one.offered]
    refused = {text for text in set(offered) if chain.invoke({"question": text}).refused}
    answered = sum(text not in refused for text in offered)
    without = sum(not one.offered for one in refusals)
    told = "、".join(sorted(refused)) or "无"
    share = f"{answered}/{len(offered)}（{answered / len(offered):.3f}）" if offered else "0/0"
    return f"{len(refusals)} 次拒答，{without} 次没有推荐；推荐的问题能回答 {share}；不能回答的：{told}"


def main(words: Sequence[str] | None = None) -> int:
    """Measures and prints; 1 when the index or a set cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m eval.trust.latency", description="整条回答用多少毫秒")
    parser.add_argument("--index", type=Path, required=True, metavar="目录")
    parser.add_argument("datasets", type=Path, nargs="+", metavar="问题集")
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="每题问几遍，取最快的一遍")
    parser.add_argument("--offered", action="store_true", help="再问一遍拒答时推荐的问题")
    given = parser.parse_args(words)
    try:
        with Library.open(Settings(folder=given.index)) as library:
            chain = make_chain(library)
            for text in WARMING:
                chain.invoke({"question": text})
            # As the server does before it takes questions.
            gc.collect()
            gc.freeze()
            every = taken(chain, load_dataset(*given.datasets), max(1, given.rounds))
            held = library.manifest
            sys.stdout.write(
                f"{held.documents} 份资料，{held.chunks} 个段落，{len(every)} 个问题；毫秒\n\n{table(every)}\n"
            )
            if given.offered:
                sys.stdout.write(f"\n{share_answered(chain, every)}\n")
    except ChangaiError as error:
        sys.stderr.write(f"错误：{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
