"""The peers' side of the protocol: one JSON object a line comes in, one goes out, until the input ends."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any, TextIO

from eval.peers.system import Handed, Job, System

TOP = 10

Make = Callable[[Job], System]


def serve(make: Make, packages: Sequence[str], probe: Callable[[], str]) -> None:
    """Answers the requests of `eval.peers.process` on stdin until it closes.

    `make` gives the system for a job, `packages` are those whose versions count, and `probe` tries what the library's
    tutorial loads from the network and returns what it was; what it raises is reported.
    """
    answers = _own_stdout()
    desk = _Desk(make, packages, probe)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = desk.answer(request)
        # Whatever a library raises is the outcome of this request, and the other side tells it.
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {_first_line(error)}"}
        answers.write(json.dumps(reply, ensure_ascii=False) + "\n")
        answers.flush()


class _Desk:
    """Holds the system between two requests."""

    def __init__(self, make: Make, packages: Sequence[str], probe: Callable[[], str]) -> None:
        self._make, self._packages, self._probe = make, packages, probe
        self._system: System | None = None
        self._texts: list[Handed] = []

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The reply to one request: prepare, ingest, search or probe."""
        match request["do"]:
            case "prepare":
                job = Job(**request["job"])
                self._system = self._make(job)
                self._texts = _texts(job.texts_path())
                return {"about": self._system.about, "versions": _versions(self._packages)}
            case "ingest":
                begun = perf_counter()
                passages = self._ready().ingest(self._texts)
                return {"seconds": perf_counter() - begun, "passages": passages}
            case "search":
                return self._search(request["queries"], request["warm"])
            case "probe":
                return {"tried": self._probe()}
            case other:
                raise ValueError(f"unknown request {other!r}")

    def _search(self, queries: Sequence[str], warm: int) -> dict[str, Any]:
        system = self._ready()
        for query in queries[:warm]:
            system.search(query)
        hits, milliseconds = [], []
        for query in queries:
            begun = perf_counter()
            found = first_documents(system.search(query))
            milliseconds.append((perf_counter() - begun) * 1000)
            hits.append(found)
        return {"hits": hits, "milliseconds": milliseconds, "peak_mb": peak_memory()}

    def _ready(self) -> System:
        if self._system is None:
            raise ValueError("no job was prepared")
        return self._system


def first_documents(found: Sequence[str], top: int = TOP) -> list[str]:
    """The first `top` different documents, in the order of their best passages."""
    return list(dict.fromkeys(found))[:top]


def peak_memory() -> float:
    """The highest resident memory of this process so far, in MiB.

    Linux' own figure of the address space is read: `ru_maxrss` would include the parent's before this program began.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _own_stdout() -> TextIO:
    """A private copy of stdout; what libraries print goes to stderr from here on."""
    mine = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return mine


def _texts(path: Path) -> list[Handed]:
    with path.open(encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return [Handed(each["id"], "\n".join(filter(None, (each.get("title"), each["text"])))) for each in found]


def _versions(packages: Sequence[str]) -> dict[str, str]:
    found = {}
    for name in packages:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "未安装"
    return found


def _first_line(error: Exception) -> str:
    """The first line of an error that says something; some libraries begin with a row of stars."""
    return next((line.strip() for line in str(error).splitlines() if any(map(str.isalnum, line))), "")
