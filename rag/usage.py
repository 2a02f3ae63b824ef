"""What one answer of a language model takes: tokens asked and written, and their price where it is known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of the question with its evidence and of the reply; `is_estimate` says that they were counted here.

    `cost` is in the currency of the prices given, None where there are none.
    """

    asked: int
    written: int
    cost: float | None
    is_estimate: bool


@dataclass
class Meter:
    """Runs while a model writes: what it was told, what came, and what the server says it took, if it does."""

    told: str = ""
    heard: str = ""
    reported: tuple[int, int] | None = None

    def usage(self, price_asked: float | None, price_written: float | None) -> Usage | None:
        """The tokens so far, with prices for a million of them; None when nothing was asked."""
        from index.tokens import count_tokens

        if not self.told:
            return None
        asked, written = self.reported or (count_tokens(self.told), count_tokens(self.heard))
        cost = None
        if price_asked is not None and price_written is not None:
            cost = (asked * price_asked + written * price_written) / 1_000_000
        return Usage(asked, written, cost, self.reported is None)
