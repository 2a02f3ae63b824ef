"""What one change of an index did to its documents, counted as it goes."""

from __future__ import annotations

from dataclasses import dataclass

from index.types import BuildReport


@dataclass
class Tally:
    """How many documents came, were put in place of older ones, went, moved, or were there already."""

    added: int = 0
    replaced: int = 0
    removed: int = 0
    moved: int = 0
    unchanged: int = 0

    def report(self) -> BuildReport:
        """The counts as a report that does not know yet what stands in the index."""
        return BuildReport(0, 0, self.added, self.replaced, self.removed, self.unchanged, self.moved)
