"""What questions cost in one library: `python -m eval.search.timing INDEX QUESTIONS keyword|vector|whole…`.

Prints one JSON object with the fields of `Cost`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.search.invented import question
from index.library import Library
from index.settings import Settings

LEGS = ("keyword", "vector", "whole")
# The depth of both legs, and how many documents the whole retrieval gives.
_DEPTH, _TOP = 100, 10
_WARMING = 20


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds at half and at 95 % of the questions, by leg; seconds from nothing to the first hits; megabytes resident.

    `anonymous_mb` is memory of the process alone; `file_mb` are pages of files, which the system may take back.
    `cpu_p95` are milliseconds of the processor, which other programs that run beside hardly change.
    """

    chunks: int
    questions: int
    open_s: float
    p50: dict[str, float]
    p95: dict[str, float]
    anonymous_mb: float
    file_mb: float
    cpu_p95: dict[str, float] = field(default_factory=dict)


def measure(index: Path, questions: int, legs: Sequence[str]) -> Cost:
    """Asks so many questions through each of these of LEGS, after some that are not counted."""
    from rag.question import understand
    from rag.search import search

    begin = time.perf_counter()
    with Library.open(Settings(folder=index)) as library:
        ways: dict[str, Callable[[str], object]] = {
            "keyword": lambda form: library.keyword_hits(form, _DEPTH),
            "vector": lambda form: library.vector_hits(form, _DEPTH),
            "whole": lambda words: search(library, words, _TOP),
        }
        for name in legs:
            ways[name]("工会")
        open_s = time.perf_counter() - begin
        asked = [question(number, library.manifest.documents) for number in range(_WARMING + questions)]
        # A leg is asked in the search form; understanding the words is a part of the whole.
        forms = [understand(words).search for words in asked]
        taken = {name: _taken(ways[name], asked if name == "whole" else forms) for name in legs}
        anonymous, files = resident_mb()
        return Cost(
            chunks=library.manifest.chunks,
            questions=questions,
            open_s=round(open_s, 2),
            p50={name: round(float(np.percentile(times[:, 0], 50)), 2) for name, times in taken.items()},
            p95={name: round(float(np.percentile(times[:, 0], 95)), 2) for name, times in taken.items()},
            anonymous_mb=round(anonymous, 1),
            file_mb=round(files, 1),
            cpu_p95={name: round(float(np.percentile(times[:, 1], 95)), 2) for name, times in taken.items()},
        )


def resident_mb(rollup: Path = Path("/proc/self/smaps_rollup")) -> tuple[float, float]:
    """The resident memory of this process in megabytes (10⁶ bytes): its own, and pages of files."""
    kilobytes = {}
    for line in rollup.read_text(encoding="ascii", errors="replace").splitlines()[1:]:
        name, value, *_ = line.split()
        kilobytes[name] = int(value)
    anonymous = kilobytes["Anonymous:"]
    return anonymous * 1024 / 1e6, (kilobytes["Rss:"] - anonymous) * 1024 / 1e6


def _taken(way: Callable[[str], object], asked: Sequence[str]) -> NDArray[np.float64]:
    """The milliseconds of each question but the first few, which warm the library up, and those of the processor, (n, 2)."""
    taken = []
    for words in asked:
        begin = time.perf_counter(), time.process_time()
        way(words)
        taken.append((time.perf_counter() - begin[0], time.process_time() - begin[1]))
    return np.array(taken[_WARMING:]) * 1000


def main(words: Sequence[str]) -> int:
    """Measures the index that the first word names with as many questions as the second says, by the legs that follow."""
    sys.stdout.write(json.dumps(asdict(measure(Path(words[0]), int(words[1]), words[2:]))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
