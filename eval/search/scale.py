"""How time, memory and disk grow with the size of a library, over invented documents.

`python -m eval.search.scale --sizes 10000 100000 1000000 [--questions N] [--legs …] [--out DIR] [--work DIR]` prints a line a
size; with `--out` the table, its figures and a plot are written too. Each size is asked in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.search.growth import Grown, picture, plot, table
from eval.search.invented_library import write_library
from eval.search.timing import LEGS, Cost
from index.errors import ChangaiError
from index.settings import Settings

_ROOT = Path(__file__).resolve().parent.parent.parent
_FEWEST_QUESTIONS = 200


def grown_to(chunks: int, questions: int, legs: Sequence[str], work: Path | None) -> Grown:
    """Builds a library of about so many chunks below `work`, asks it, and removes it; ChangaiError when asking fails."""
    with TemporaryDirectory(prefix="scale-", dir=work) as place:
        folder = Path(place) / "index"
        begin = time.perf_counter()
        write_library(Settings(folder=folder), chunks, _told)
        seconds = time.perf_counter() - begin
        _say(f"{chunks:,} 段：建库 {seconds:.0f} 秒，开始提问")
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        return Grown(round(seconds, 1), size, asked(folder, questions, legs))


def asked(index: Path, questions: int, legs: Sequence[str]) -> Cost:
    """What questions cost in an index, measured by a fresh process; ChangaiError, with its last line, when that fails."""
    command = [sys.executable, "-m", "eval.search.timing", str(index), str(questions), *legs]
    run = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        last = (run.stderr.strip().splitlines() or ["没有留下说明"])[-1]
        raise ChangaiError(f"提问没有完成（{last}）；请单独运行 {' '.join(command[1:])} 查明原因。")
    return Cost(**json.loads(run.stdout))


def _told(done: int, total: int | None, what: str) -> None:
    # One line a tenth is enough for a person to see that it goes on.
    if total and done % max(1, total // 10) == 0:
        _say(f"{what} {done}/{total}")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def main(words: Sequence[str] | None = None) -> int:
    """Measures every size and prints the table; 1 when something failed."""
    parser = argparse.ArgumentParser(prog="python -m eval.search.scale", description="检索的时间和内存如何随资料增长")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], metavar="段落数")
    parser.add_argument("--questions", type=int, default=240, metavar="N", help=f"提问数（不少于 {_FEWEST_QUESTIONS}）")
    parser.add_argument("--legs", nargs="+", choices=LEGS, default=list(LEGS), metavar="|".join(LEGS), help="问哪几路")
    parser.add_argument("--out", type=Path, default=None, metavar="目录", help="另存表格、数据和图")
    parser.add_argument("--work", type=Path, default=None, metavar="目录", help="大文件放在这里（默认系统临时目录）")
    given = parser.parse_args(words)
    if min(given.sizes) < 1 or given.questions < _FEWEST_QUESTIONS:
        parser.error(f"段落数至少 1，提问数至少 {_FEWEST_QUESTIONS}")
    try:
        rows = [grown_to(size, given.questions, given.legs, given.work) for size in sorted(given.sizes)]
        sys.stdout.write(f"{table(rows)}\n")
        if given.out:
            given.out.mkdir(parents=True, exist_ok=True)
            (given.out / "scale.md").write_text(f"{table(rows)}\n", encoding="utf-8")
            figures = json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1)
            (given.out / "scale.json").write_text(f"{figures}\n", encoding="utf-8")
            (given.out / "scale.svg").write_text(picture(plot(rows)), encoding="utf-8")
    except ChangaiError as error:
        _say(f"错误：{error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
