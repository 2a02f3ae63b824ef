"""What is wrong with one reply, in a few Chinese words each, the gravest first."""

from __future__ import annotations

from collections.abc import Callable

from eval.result import Result

# A wrong statement is worse than a silence, so the order is that of the harm done to a reader.
FAULTS: tuple[tuple[str, Callable[[Result], bool]], ...] = (
    ("出错", lambda each: bool(each.reply.error)),
    ("该拒未拒", lambda each: each.question.unanswerable and each.score.answered),
    ("说了不该说的", lambda each: each.score.forbidden),
    ("数字答错", lambda each: each.score.whole.wrong_figure),
    ("引文不逐字", lambda each: any(not cited.verbatim for cited in each.score.citations)),
    ("数字不在引文中", lambda each: any(not cited.figures_kept for cited in each.score.citations)),
    ("答错", lambda each: each.score.answered and each.question.answerable and not each.score.whole.groups_met),
    (
        "没有答全",
        lambda each: each.question.answerable and 0 < each.score.whole.groups_met < len(each.question.answers),
    ),
    ("误拒", lambda each: each.score.refused and not each.question.unanswerable),
    ("没有引到证据", lambda each: _proved(each) and not any(cited.on_gold for cited in each.score.citations)),
    ("引文不在证据上", lambda each: _proved(each) and any(not cited.on_gold for cited in each.score.citations)),
    ("表格不全", lambda each: each.score.answered and each.score.cells.found < each.score.cells.wanted),
    ("没有找到证据", lambda each: each.ranks is not None and any(rank is None for rank in each.ranks)),
    ("拒答理由不对", lambda each: each.score.refused and bool(each.question.reason) and not each.score.reason_right),
)


def faults(result: Result) -> tuple[str, ...]:
    """The faults of a reply in the order of `FAULTS`."""
    return tuple(name for name, holds in FAULTS if holds(result))


def gravity(result: Result) -> tuple[int, int]:
    """A key that puts the worst replies first: wrong ones before right ones with a blemish, then by the gravest fault."""
    first = next((at for at, (_, holds) in enumerate(FAULTS) if holds(result)), len(FAULTS))
    return int(not result.failed), first


def _proved(result: Result) -> bool:
    return result.score.answered and bool(result.gold.units)
