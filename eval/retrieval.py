"""Retrieval measured by gold evidence, through ir-measures: how early each piece of proof is found."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from eval.gold import Gold
from index.errors import MissingPackageError
from rag.types import Passage

CUTOFFS = (1, 5, 10, 20)


def require_ir_measures() -> None:
    """MissingPackageError when ir-measures is not installed, before a run has cost any time."""
    if find_spec("ir_measures") is None:
        raise MissingPackageError("评测需要 ir-measures，当前环境没有安装；请先运行 make setup。")


def first_ranks(gold: Gold, passages: Sequence[Passage]) -> tuple[int | None, ...]:
    """For each piece of proof the rank, from 1, of the first passage that overlaps it; None when none does."""
    return tuple(
        next(
            (
                rank
                for rank, passage in enumerate(passages, start=1)
                if unit.overlaps(passage.document.id, passage.chunk.start, passage.chunk.end)
            ),
            None,
        )
        for unit in gold.units
    )


def found_within(ranks: Sequence[int | None]) -> dict[int, int]:
    """For each of `CUTOFFS` how many pieces of proof a passage of the first k overlaps: evidence recall@k, unsummed.

    Each piece is a query of its own with one relevant rank, and recall@k is its Success@k as ir-measures has it; a
    piece that was not found keeps a relevant item that no run holds, and so scores zero.
    """
    if not ranks:
        return dict.fromkeys(CUTOFFS, 0)
    from ir_measures import Success, iter_calc

    depth = max(CUTOFFS)
    wanted = {str(at): {str(rank or "missing"): 1} for at, rank in enumerate(ranks)}
    ranking = {str(rank): float(-rank) for rank in range(1, depth + 1)}
    found = dict.fromkeys(CUTOFFS, 0)
    for result in iter_calc([Success @ k for k in CUTOFFS], wanted, dict.fromkeys(wanted, ranking)):
        found[result.measure["cutoff"]] += int(result.value)
    return found
