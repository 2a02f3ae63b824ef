"""What is searched for: a question in search form, and the wordings that documents have for its plain speech."""

from __future__ import annotations

from dataclasses import dataclass

from index.analysis import analyse
from rag.ranking.necessity import necessity

# A wording may be another thing than what was asked, so that it counts for less than the question's own words.
WORDING_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class Query:
    """`search` is the question in search form, `wordings` are others for parts of it, parted by blanks."""

    search: str
    wordings: str = ""

    def weights(self) -> dict[str, float]:
        """How much each token matters, 0..1, those of the question first."""
        own = {token: necessity(token) for token in analyse(self.search)}
        added = {token: WORDING_SHARE * necessity(token) for token in analyse(self.wordings)}
        return own | {token: weight for token, weight in added.items() if token not in own}
