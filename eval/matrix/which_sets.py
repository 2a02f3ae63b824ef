"""Which-places questions asked of a library: whether the rows of the answer are the wanted places, and its count their number.

`python -m eval.matrix.which_sets --index DIR [--half dev]`.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.dataset import GoldQuestion, load_dataset
from eval.matrix.gold_cells import DATA
from eval.matrix.shares import share
from index.errors import ChangaiError
from index.library import Library
from index.settings import Settings
from rag.chain import make_chain

if TYPE_CHECKING:
    from rag.types import Answer

_COUNT = re.compile(r"有依据的共(\d+)个")
_STATE, _DONE = "状态", "有依据"


@dataclass(frozen=True, slots=True)
class SetOutcome:
    """One question: the places that are missing and those too many, whether the told count is that of the rows, and how long."""

    question: GoldQuestion
    missing: frozenset[str]
    surplus: frozenset[str]
    counted: bool
    seconds: float

    @property
    def is_equal(self) -> bool:
        """Whether the places are just the wanted ones."""
        return not (self.missing or self.surplus)


def outcome(question: GoldQuestion, answer: Answer, seconds: float) -> SetOutcome:
    """What an answer got right; rows that say of themselves that they are planned or unclear claim nothing."""
    rows: Sequence[Sequence[str]] = answer.table.rows if answer.table else ()
    column = list(answer.table.columns).index(_STATE) if answer.table and _STATE in answer.table.columns else None
    told = [row[0].partition("（")[0] for row in rows if column is None or row[column].startswith(_DONE)]
    wanted = {row[0][0] for row in question.table}
    said = _COUNT.search(answer.text)
    counted = int(said[1]) == len(told) if said else not told
    return SetOutcome(question, frozenset(wanted - set(told)), frozenset(set(told) - wanted), counted, seconds)


def main(argv: Sequence[str] | None = None) -> int:
    """Prints each question whose rows are others than wanted, then the shares; 1 with one clear line on an error."""
    parser = argparse.ArgumentParser(prog="python -m eval.matrix.which_sets", description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--half", choices=("dev", "test"), default="dev")
    given = parser.parse_args(argv)
    try:
        with Library.open(Settings(folder=given.index)) as library:
            chain = make_chain(library)
            outcomes = []
            for question in load_dataset(DATA / f"which_{given.half}.jsonl"):
                begun = time.perf_counter()
                answer = chain.invoke({"question": question.question})
                outcomes.append(outcome(question, answer, time.perf_counter() - begun))
    except ChangaiError as error:
        sys.stderr.write(f"错误：{error}\n")
        return 1
    for one in outcomes:
        if not one.is_equal:
            sys.stdout.write(
                f"{one.question.question}\t缺：{'、'.join(sorted(one.missing))}\t多：{'、'.join(sorted(one.surplus))}\n"
            )
    wanted = sum(len(one.question.table) for one in outcomes)
    missing = sum(len(one.missing) for one in outcomes)
    surplus = sum(len(one.surplus) for one in outcomes)
    sys.stdout.write(f"sets equal        {share(sum(one.is_equal for one in outcomes), len(outcomes))}\n")
    sys.stdout.write(f"rows found        {share(wanted - missing, wanted)}\n")
    sys.stdout.write(f"rows right        {share(wanted - missing, wanted - missing + surplus)}\n")
    sys.stdout.write(f"count equals rows {share(sum(one.counted for one in outcomes), len(outcomes))}\n")
    slowest = max(one.seconds for one in outcomes)
    sys.stdout.write(f"slowest           {slowest * 1000:.0f} ms\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
