"""Kills writers of an index at random moments and looks at what they leave.

Run as `python -m eval.documents.kills --kills 200 [--seed S] [--index DIR]`. After every kill the index must open without a
complaint and hold exactly the documents from before the change or from after it, in both legs of search and in answers.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from eval.documents.changes import KINDS
from eval.documents.kill_rounds import Rounds, Tally
from eval.documents.shelf import MIXED

_HEAD = ("操作", "中断", "先完成", "旧状态", "新状态", "接着做", "做完", "丢失", "陈旧", "不可读", "其他")


def run_kills(kills: int, seed: int, home: Path, say: Callable[[str], None], suffixes: Sequence[str] = MIXED) -> Rounds:
    """Kills so many processes, all kinds of change in turn, in an order of chance."""
    random = Random(seed)
    rounds = Rounds(home.resolve(), random, say, suffixes)
    rounds.begin()
    waiting: list[str] = []
    while rounds.kills < kills:
        waiting = waiting or random.sample(KINDS, len(KINDS))
        rounds.round(waiting.pop())
    rounds.finish()
    return rounds


def table(rounds: Rounds) -> str:
    """One line a kind of change, the sum, and the faults."""
    rows = {kind: [getattr(tally, one.name) for one in fields(Tally)] for kind, tally in rounds.tallies.items()}
    rows["合计"] = [sum(column) for column in zip(*rows.values(), strict=True)]
    lines = ["\t".join(_HEAD), *("\t".join([kind, *map(str, row)]) for kind, row in rows.items())]
    return "\n".join([*lines, *rounds.faults])


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the kills and prints the table; 1 on any fault."""
    parser = argparse.ArgumentParser(description="随机中断索引的写入，检查留下的索引")
    parser.add_argument("--kills", type=int, default=200, metavar="次数")
    parser.add_argument("--seed", type=int, default=1, metavar="数", help="随机数种子")
    parser.add_argument("--index", type=Path, metavar="目录", help="索引和资料留在这个新目录里，默认用完即删")
    options = parser.parse_args(arguments)

    def say(line: str) -> None:
        sys.stderr.write(f"{line}\n")

    begun = time.monotonic()
    with TemporaryDirectory() as spare:
        rounds = run_kills(options.kills, options.seed, options.index or Path(spare) / "中断", say)
    sys.stdout.write(f"{table(rounds)}\n用时 {time.monotonic() - begun:.0f} 秒，{rounds.rounds} 轮\n")
    return 1 if rounds.faults else 0


if __name__ == "__main__":
    sys.exit(main())
