"""Whether the threshold keeps the wanted rate of errors, type by type: `python -m eval.trust.conformal --pair INDEX SET …`.

An error is a question without an answer in the library that is answered all the same. Prints the rate that every type of
unanswerable question has at the set threshold with its interval, and the curve of risk against coverage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from eval.dataset import load_dataset
from eval.reports.terminal import aligned
from eval.statistics import wilson
from eval.trust.asking import Trial, trials
from eval.trust.measures import risk_coverage
from index.errors import ChangaiError
from index.settings import ERROR_RATE

HEADER = ("题型", "不可答", "答了", "错误率", "95% 区间", "不超过")
CURVE_HEADER = ("覆盖", "阈值", "风险")
COVERAGES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def kept(found: Sequence[Trial], reasons: dict[str, str], rate: float) -> list[tuple[str, ...]]:
    """A line for every reason or kind of unanswerable question, and one for all: the error and whether `rate` may hold."""
    groups: dict[str, list[bool]] = {}
    for each in found:
        if not each.answerable:
            for name in ("全部", reasons.get(each.id, each.kind)):
                groups.setdefault(name, []).append(not each.refused)
    lines: list[tuple[str, ...]] = []
    for name, errors in groups.items():
        share = sum(errors) / len(errors)
        low, high = wilson(share, len(errors))
        told = "是" if low <= rate else "否"
        lines.append((name, str(len(errors)), str(sum(errors)), f"{share:.3f}", f"{low:.3f}–{high:.3f}", told))
    return lines


def curve(found: Sequence[Trial]) -> list[tuple[str, ...]]:
    """The risk at each tenth of coverage: of the surest answers so many, the share that is wrong."""
    confidence = np.array([each.confidence for each in found])
    right = np.array([each.right for each in found], dtype=np.bool_)
    points = risk_coverage(confidence, right)
    lines: list[tuple[str, ...]] = []
    for coverage in COVERAGES:
        at, _, risk = next(point for point in points if point[1] >= coverage - 1e-9)
        lines.append((f"{coverage:.0%}", f"{at:.3f}", f"{risk:.3f}"))
    return lines


def main() -> int:
    """Prints both tables; 1 when an index or a set cannot be read."""
    parser = argparse.ArgumentParser(description="The wanted rate of errors, type by type.")
    parser.add_argument("--pair", nargs=2, action="append", required=True, metavar=("INDEX", "SET"))
    parser.add_argument("--error-rate", type=float, default=ERROR_RATE)
    options = parser.parse_args()
    try:
        found: list[Trial] = []
        reasons: dict[str, str] = {}
        for index, dataset in options.pair:
            found += trials(Path(index), [Path(dataset)], options.error_rate)
            reasons |= {gold.id: gold.reason for gold in load_dataset(Path(dataset)) if gold.reason}
    except ChangaiError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    told = [aligned([HEADER, *kept(found, reasons, options.error_rate)]), "", aligned([CURVE_HEADER, *curve(found)])]
    sys.stdout.write("\n".join(told) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
