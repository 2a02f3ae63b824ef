"""What a comparison found, as one value and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.peers.outcome import Outcome, against
from eval.peers.pool import Pool
from eval.peers.schedule import OURS
from eval.peers.spread import spread
from eval.peers.system import Setting, Track


@dataclass(frozen=True, slots=True)
class Tried:
    """One setting of one library on the sample: its MRR@10 (None when it failed) and whether it was taken."""

    system: str
    setting: Setting
    score: float | None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class PeersReport:
    """The outcomes with the circumstances under which they were found."""

    pool: Pool
    tracks: tuple[Track, ...]
    repeats: int
    outcomes: tuple[Outcome, ...]
    machine: str
    probes: tuple[tuple[str, str], ...] = ()
    tuning: tuple[Tried, ...] = ()
    tuning_documents: int = 0

    @property
    def ours(self) -> Outcome:
        """Our own system's outcome, which every ratio refers to."""
        return next(each for each in self.outcomes if each.entry.system == OURS)

    def rows(self, track: Track) -> list[Outcome]:
        """The outcomes of a track, ours first."""
        others = [each for each in self.outcomes if each.entry.track == track and each.entry.system != OURS]
        return [self.ours, *others]

    def as_json(self) -> dict[str, Any]:
        """Everything measured, the single repeats included, without any text of the documents."""
        return {
            "documents": len(self.pool.articles),
            "documents_over_1000": self.pool.long,
            "questions": len(self.pool.questions),
            "whole_corpus": self.pool.whole,
            "bigram_bm25_hit_at_1": self.pool.baseline,
            "repeats": self.repeats,
            "machine": self.machine,
            "tracks": {track: [_row(each, self.ours) for each in self.rows(track)] for track in self.tracks},
            "offline": dict(self.probes),
            "tuning": [asdict(each) for each in self.tuning],
        }


def _row(each: Outcome, ours: Outcome) -> dict[str, Any]:
    other = against(each, ours)
    return {
        "system": each.entry.system,
        "about": each.first.about,
        "versions": dict(each.first.versions),
        "error": each.error,
        "passages": each.first.passages,
        "hit_at_1": each.mean("hit"),
        "mrr_at_10": each.mean("reciprocal"),
        "recall_at_10": each.mean("recall"),
        "documents_per_second": _measured(each.rates()),
        "query_p50_ms": _measured(each.latencies()),
        "peak_mb": _measured(each.memories()),
        "ratio_to_ours": {
            "documents_per_second": asdict(other.rate),
            "query_p50_ms": asdict(other.latency),
            "peak_mb": asdict(other.memory),
        },
        "hit_at_1_difference": None if other.hit is None else asdict(other.hit),
        "repeats_agree": each.repeats_agree(),
    }


def _measured(values: Sequence[float | None]) -> dict[str, Any]:
    return {**asdict(spread(values)), "repeats": list(values)}
