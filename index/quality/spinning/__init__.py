"""Words exchanged for synonyms, found by a small trained model: which words do not fit where they stand."""

from __future__ import annotations

from index.quality.spinning.verdict import Exchange, find_exchanged

__all__ = ["Exchange", "find_exchanged"]
