"""Which files could not be read, and why, kept beside the generations of an index until they are read or gone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence, Set
from pathlib import Path

from index.steps import Unread

FAILURES_FILE = "failures.json"
_MOST_REASONS = 5


def failures(index: Path) -> dict[str, str]:
    """The path of every file, or line of one, that gave no document when it was last read, with the reason."""
    try:
        found: dict[str, str] = json.loads((index / FAILURES_FILE).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        # The list is a courtesy: a damaged one is begun again with the next reading.
        return {}
    return found


def note_failures(index: Path, unread: Iterable[Unread], read: Set[str], keep_others: bool) -> None:
    """Notes what could not be read now, and forgets what was read, and what is no longer there."""
    known = failures(index) if keep_others else {}
    kept = {path: reason for path, reason in known.items() if path not in read and Path(path).exists()}
    told: dict[str, list[str]] = {}
    for one in unread:
        told.setdefault(one.path, []).append(one.reason)
    kept |= {path: _together(reasons) for path, reasons in told.items()}
    if kept == known and (index / FAILURES_FILE).exists() == bool(known):
        return
    beside = index / f"{FAILURES_FILE}.new"
    beside.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8", errors="backslashreplace")
    beside.replace(index / FAILURES_FILE)


def _together(reasons: Sequence[str]) -> str:
    """The reasons of one file as one line: a damaged corpus has one for each of its lines."""
    more = f"另有 {len(reasons) - _MOST_REASONS} 处。" if len(reasons) > _MOST_REASONS else ""
    return "".join(reasons[:_MOST_REASONS]) + more
