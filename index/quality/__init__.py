"""Quality of a page: spun, cut off, or a near-copy of another; a badge and a reason, never a silent drop."""

from __future__ import annotations

from index.cleaning.spun import is_spun, spun_score
from index.quality.copies import alike_pairs, are_elsewhere, clusters, duplicates, matches
from index.quality.findings import quality_findings
from index.quality.signatures import likeness, signature
from index.quality.truncation import find_truncation, is_truncated

__all__ = [
    "alike_pairs", "are_elsewhere", "clusters", "duplicates", "find_truncation", "is_spun", "is_truncated", "likeness", "matches",
    "quality_findings", "signature", "spun_score",
]  # fmt: skip
