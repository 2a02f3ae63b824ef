"""How well near misses are told from answerable questions: `python -m eval.trust.nearmiss --pair INDEX SET …`.

With `--given INDEX FILE --split SPLIT` also questions that are asked of their own text alone (CAIL). Test halves are run
only to be reported.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from eval.reports.terminal import aligned
from eval.trust.asking import Trial, trials
from eval.trust.gathering import given_rows
from eval.trust.measures import Numbers, auroc, bootstrapped, refused_at
from eval.trust.sets import given_questions
from index.errors import ChangaiError
from index.library import Library
from index.settings import Settings
from rag.refusing.judge import judge

HEADER = ("题", "可答", "不可答", "AUROC", "误拒3%时拒了", "拒了", "误拒")
WRONGLY = 0.03


def row(name: str, found: Sequence[Trial]) -> tuple[str, ...]:
    """One line of the table: how the confidence parts the two sides, and what the set threshold does."""
    yes = np.array([each.confidence for each in found if each.answerable])
    no = np.array([each.confidence for each in found if not each.answerable])
    refused, wrongly = (_share([each.refused for each in found if each.answerable is side]) for side in (False, True))
    parted = _parted(yes, no)
    return name, str(len(yes)), str(len(no)), *parted, f"{refused:.3f}", f"{wrongly:.3f}"


def _share(refused: Sequence[bool]) -> float:
    return sum(refused) / len(refused) if refused else math.nan


def _parted(yes: Numbers, no: Numbers) -> tuple[str, str]:
    if not len(yes) or not len(no):
        return "—", "—"
    at = bootstrapped(lambda one, other: refused_at(one, other, WRONGLY), yes, no)
    return str(bootstrapped(auroc, yes, no)), str(at)


def by_kind(found: Sequence[Trial]) -> list[tuple[str, ...]]:
    """Each kind of unanswerable question against all answerable ones."""
    yes = [each for each in found if each.answerable]
    kinds = dict.fromkeys(each.kind for each in found if not each.answerable)
    return [row(f"  {kind}", [*yes, *(t for t in found if not t.answerable and t.kind == kind)]) for kind in kinds]


def given_trials(index: Path, path: Path, split: str, most: int) -> list[Trial]:
    """Questions asked of their own text alone, judged as the system judges."""
    settings = Settings(folder=index)
    with Library.open(settings) as library:
        rows = list(given_rows(library, given_questions(path, split)[:most], path.stem))
    least = judge().threshold(settings.error_rate)
    chances = [judge().chance(each.readings) for each in rows]
    return [
        Trial(each.id, "", each.answerable, chance < least, each.right, chance)
        for each, chance in zip(rows, chances, strict=True)
    ]


def main() -> int:
    """Prints the table; 1 when an index or a set cannot be read."""
    parser = argparse.ArgumentParser(description="Near misses told from answerable questions.")
    parser.add_argument("--pair", nargs=2, action="append", default=[], metavar=("INDEX", "SET"))
    parser.add_argument("--given", nargs=2, metavar=("INDEX", "FILE"))
    parser.add_argument("--split", default="dev")
    parser.add_argument("--most", type=int, default=10_000)
    options = parser.parse_args()
    lines: list[tuple[str, ...]] = []
    every: list[Trial] = []
    try:
        for index, dataset in options.pair:
            found = trials(Path(index), [Path(dataset)])
            every += found
            lines += [row(Path(dataset).stem, found), *by_kind(found)]
        if len(options.pair) > 1:
            lines += [row("全部", every), *by_kind(every)]
        if options.given:
            index, path = map(Path, options.given)
            lines.append(
                row(f"{path.parent.name} {options.split}", given_trials(index, path, options.split, options.most))
            )
    except ChangaiError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(aligned([HEADER, *lines]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
