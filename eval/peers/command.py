"""`changai eval peers`: the whole comparison, from the data to the tables."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.peers.environment import prepare_environment
from eval.peers.material import write_material
from eval.peers.outcome import outcome
from eval.peers.pool import Pool, choose_pool, read_corpus
from eval.peers.repeats import Plan, run_repeats
from eval.peers.report import PeersReport, Tried
from eval.peers.run import probe_defaults
from eval.peers.schedule import PEERS, Entry, entries
from eval.peers.system import SETTINGS, TRACKS, Track
from eval.peers.table import markdown
from eval.peers.tuning import tune

Say = Callable[[str], None]
MARKDOWN_FILE, JSON_FILE = "peers.md", "peers.json"


@dataclass(frozen=True, slots=True)
class PeersOptions:
    """What to compare and where.

    `data` holds passages.jsonl(.gz) and qa_dev.jsonl, itself or in data/crud; `environment` is the peers' virtual
    environment. The first repeat asks `questions` questions, the later ones the first `timed` of them again; `cap` is the
    largest pool. `quick` is one repeat over a small pool, to see that everything runs.
    """

    data: Path
    out: Path
    environment: Path = Path(".venv-peers")
    repeats: int = 5
    questions: int = 300
    timed: int = 40
    sample: int = 100
    cap: int = 6000
    tracks: tuple[Track, ...] = TRACKS
    peers: tuple[str, ...] = PEERS
    quick: bool = False

    def effective(self) -> PeersOptions:
        """The options with `quick` carried out."""
        if not self.quick:
            return self
        return PeersOptions(
            self.data, self.out, self.environment, 1, 20, 20, 10, 60, self.tracks, self.peers, quick=True
        )


def run_peers(options: PeersOptions, say: Say) -> PeersReport:
    """Runs the comparison and writes peers.md and peers.json into `options.out`.

    A system that fails is a row that says so. Raises DatasetError without the data, MissingPackageError when the peers'
    environment cannot be made.
    """
    options = options.effective()
    pool = choose_pool(*read_corpus(_data_folder(options.data)), options.questions, options.sample, options.cap)
    say(f"资料 {len(pool.articles)} 篇，二字词 BM25 的 hit@1 为 {pool.baseline:.1%}")
    python = prepare_environment(options.environment, say) if options.peers else Path(sys.executable)
    with TemporaryDirectory(prefix="changai-peers-") as folder:
        found = _compared(options, pool, str(python.absolute()), Path(folder), say)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / MARKDOWN_FILE).write_text(markdown(found), encoding="utf-8")
    whole = json.dumps(found.as_json(), ensure_ascii=False, indent=1)
    (options.out / JSON_FILE).write_text(whole + "\n", encoding="utf-8")
    return found


def _compared(options: PeersOptions, pool: Pool, python: str, folder: Path, say: Say) -> PeersReport:
    def command(entry: Entry) -> list[str]:
        return [sys.executable if entry.is_ours else python, "-m", entry.module]

    machine = _machine()
    say("准备材料：整篇资料与我们的分块")
    material = write_material(pool.articles, folder / "pool", "injected" in options.tracks)
    planned = entries(options.tracks, options.peers)
    probes = tuple((peer, probe_defaults(command(Entry(peer, "stock")))) for peer in options.peers)
    tuned = [each for each in planned if each.track == "chinese" and not each.is_ours]
    tried, documents = tune(tuned, command, pool, folder / "sample", say)
    asked = tuple(each.question for each in pool.questions)
    runs = run_repeats(Plan(planned, command, material, _chosen(tried), asked, options.timed, options.repeats), say)
    gold = [each.gold for each in pool.questions]
    return PeersReport(
        pool=pool,
        tracks=options.tracks,
        repeats=options.repeats,
        outcomes=tuple(outcome(each, runs[each], gold, material.count) for each in planned),
        machine=machine,
        probes=probes,
        tuning=tried,
        tuning_documents=documents,
    )


def _chosen(tried: Sequence[Tried]) -> dict[str, int]:
    return {each.system: SETTINGS.index(each.setting) for each in tried if each.chosen}


def _data_folder(data: Path) -> Path:
    inside = data / "data" / "crud"
    return inside if inside.is_dir() else data


def _machine() -> str:
    load = f"，开始时负载 {os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else ""
    return f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}{load}"
