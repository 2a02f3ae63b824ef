"""One process that reads files and tells how each ended: `python -m eval.documents.trial` is run by the fuzzer.

Every input must end with documents or with one Chinese line that says why not; all else is a fault of the reader.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.documents.mutations import mutated
from eval.documents.valid_files import valid_files
from index.types import Document

MEGABYTE = 2**20
LONGEST_REASON = 600
# Beyond this the process gets a MemoryError instead of taking the machine down; the limit that is judged is lower.
ADDRESS_SPACE = 8 * 1024 * MEGABYTE
_CHINESE = re.compile(r"[一-鿿]")
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one input ended: documents, refused, or broken with `detail`; peak in MB.

    Seconds by the clock and of CPU are those of the longest wait for a document: a container may hold thousands.
    """

    number: int
    kind: str
    detail: str
    documents: int
    seconds: float
    cpu: float
    peak: float


class Watch:
    """The longest wait between two steps, by the clock and in CPU time."""

    def __init__(self) -> None:
        self.longest = (0.0, 0.0)
        self._last = (time.perf_counter(), _cpu())

    def step(self) -> None:
        """Ends one wait and begins the next."""
        now = (time.perf_counter(), _cpu())
        self.longest = max(self.longest, (now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now


def drawn(seeds: Sequence[bytes], suffix: str, seed: int, number: int) -> bytes:
    """The input of this number: the same bytes for the same seed, in whatever process."""
    return mutated(seeds, random.Random(f"{seed}-{suffix}-{number}"))


def judge(path: Path, number: int, alive: Callable[[int], None] = lambda number: None) -> Verdict:
    """Reads a file on the way that every document takes and judges the end; `alive` is called after every document."""
    from index.sources.read import read_paths

    watch = Watch()
    documents, reasons, faults = 0, [], []
    try:
        for found in read_paths([path]):
            watch.step()
            alive(number)
            if isinstance(found, Document):
                documents += 1
                faults += list(faults_of(found))
            else:
                reasons.append(found.reason)
                faults += list(faults_of_reason(found.reason))
    # A panic of a compiled library is no Exception, and it is what is looked for here.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        faults.append(_told(error))
    watch.step()
    if not documents and not reasons and not faults:
        faults.append("没有文档，也没有说明原因")
    kind = "broken" if faults else "documents" if documents else "refused"
    return Verdict(
        number=number,
        kind=kind,
        detail=faults[0] if faults else (_general(reasons[0], path.name) if reasons else ""),
        documents=documents,
        seconds=round(watch.longest[0], 3),
        cpu=round(watch.longest[1], 3),
        peak=round(_peak(), 1),
    )


def faults_of(document: Document) -> Iterator[str]:
    """What is wrong with a document: text that is blank or no UTF-8, spans outside the text, headings of other words."""
    text = document.text
    if not text.strip():
        yield "文档没有文字"
    for field in (text, document.title, document.source, document.origin):
        if any("\ud800" <= character <= "\udfff" for character in field):
            yield "文档里有半个字符（孤立代理项）"
    if not document.title.strip() or "\n" in document.title:
        yield "标题是空的或者有换行"
    spans = [
        *((each.start, each.end) for each in document.noise),
        *((each.start, each.end) for each in document.headings),
    ]
    if any(not 0 <= start < end <= len(text) for start, end in spans):
        yield "噪声或小标题的位置在正文以外"
    if any(text[heading.start : heading.end] != heading.text for heading in document.headings):
        yield "小标题与它的位置对不上"


def faults_of_reason(reason: str) -> Iterator[str]:
    """What is wrong with a reason: more than one line, too long, or not Chinese."""
    if len(reason.splitlines()) != 1:
        yield "原因不是一行"
    if len(reason) > LONGEST_REASON:
        yield "原因太长"
    if not _CHINESE.search(reason):
        yield "原因不是中文"


def _told(error: BaseException) -> str:
    """Type, first line, and the innermost place in our own code."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(f"{_ROOT}/index")]
    place = f"{Path(ours[-1].filename).relative_to(_ROOT)}:{ours[-1].lineno}" if ours else "?"
    return f"{type(error).__name__} @ {place}：{str(error).splitlines()[0][:120] if str(error) else ''}"


def _general(reason: str, name: str) -> str:
    """The reason without the names and figures of one file, so that like reasons can be counted."""
    return re.sub(r"\d+", "0", reason.replace(name, "□")).split("；")[0][:80]


def _cpu() -> float:
    own, below = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime


def _peak() -> float:
    # What getrusage says of this process includes the memory of the one that started it, up to the exec.
    own = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))
    below = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(int(own[1]) if own else 0, below) / 1024


def main() -> None:
    """Judges inputs `first` to `last` of a suffix, or one named file; a line when each begins and one when it ends."""
    import faulthandler

    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    if sys.argv[1] == "--file":
        _tell(judge(Path(sys.argv[2]), 0, _say))
        return
    suffix, seed, first, last, folder = sys.argv[1:]
    seeds = valid_files(suffix)
    path = Path(folder) / f"input{suffix}"
    for number in range(int(first), int(last)):
        path.write_bytes(drawn(seeds, suffix, int(seed), number))
        _say(number)
        _tell(judge(path, number))


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _tell(verdict: Verdict) -> None:
    sys.stdout.write(json.dumps(asdict(verdict), ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
