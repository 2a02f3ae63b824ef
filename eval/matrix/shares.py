"""How the measures of a matrix are printed: shares with what they are of, and kinds of faults by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator


def share(part: int, whole: int) -> str:
    """A share with what it is of."""
    return f"{part / whole:.4f} ({part}/{whole})" if whole else "- (0/0)"


def shares(right: int, found: int, met: int, wanted: int, figures: tuple[int, int, int]) -> Iterator[str]:
    """Precision and recall of cells, and of `figures`: the right ones, those told, those wanted."""
    yield f"cell precision   {share(right, found)}"
    yield f"cell recall      {share(met, wanted)}"
    yield f"figure accuracy  {share(figures[0], figures[1])}"
    yield f"figures found    {share(figures[0], figures[2])}"


def by_kind(kinds: Iterable[str]) -> Iterator[str]:
    """How many faults of each kind there are, the most frequent first."""
    for kind, count in Counter(kinds).most_common():
        yield f"{kind:<22} {count}"
