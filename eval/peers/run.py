"""One system's one repeat: prepare, ingest, search, and what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.peers.process import PeerFailedError, PeerProcess
from eval.peers.system import Job, Track

# A system that needs longer for one step than this does not belong in a comparison that people repeat.
LIMIT_SECONDS = 600.0
WARM = 5

Hits = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Material:
    """The files that every system is handed, and how many documents they hold."""

    documents: Path
    chunks: Path
    count: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What one repeat of one system gave; `error` is empty unless it failed.

    `seconds` is the time to ingest, `milliseconds` the time of each question, `peak_mb` the process's highest memory.
    """

    about: str = ""
    versions: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    passages: int = 0
    hits: Hits = ()
    milliseconds: tuple[float, ...] = ()
    peak_mb: float = 0.0
    error: str = ""


def measure_once(
    command: Sequence[str], material: Material, track: Track, setting: int, questions: Sequence[str]
) -> Measured:
    """Runs a system in a process of its own over the questions; a failure is a result, not an end."""
    with TemporaryDirectory(prefix="changai-peers-") as folder:
        job = Job(track, str(material.documents), folder, str(material.chunks), setting)
        try:
            with PeerProcess(command, LIMIT_SECONDS) as process:
                ready = process.ask("prepare", job=job.as_json())
                built = process.ask("ingest")
                found = process.ask("search", queries=list(questions), warm=WARM)
        except PeerFailedError as error:
            return Measured(error=str(error))
        return Measured(
            about=str(ready["about"]),
            versions=tuple(sorted(dict(ready["versions"]).items())),
            seconds=float(built["seconds"]),
            passages=int(built["passages"]),
            hits=tuple(tuple(map(str, each)) for each in found["hits"]),
            milliseconds=tuple(map(float, found["milliseconds"])),
            peak_mb=float(found["peak_mb"]),
        )


def probe_defaults(command: Sequence[str]) -> str:
    """What happens when the library's tutorial model is loaded without a network: the error, or that it worked."""
    try:
        with PeerProcess(command, LIMIT_SECONDS) as process:
            return f"可离线运行（{process.ask('probe')['tried']}）"
    except PeerFailedError as error:
        return str(error)
