"""The arithmetic of a comparison, by hand: marks, medians with their range, ratios, and the turning order."""

import pytest

from eval.peers.marks import Mark, marks
from eval.peers.outcome import against, outcome
from eval.peers.pieces import BIGRAM_EXPRESSION, pieces, sentences
from eval.peers.report import Tried
from eval.peers.run import Measured
from eval.peers.schedule import OURS, Entry, entries, rotated
from eval.peers.spread import Spread, ratio, spread
from eval.peers.system import Setting
from eval.peers.tuning import with_best


def test_marks_of_worked_lists() -> None:
    found = [["a", "b"], ["b", "c", "a"], [], [*"bcdefghijk", "a"]]
    gold = [("a",)] * 4
    assert marks(found, gold) == [
        Mark(1.0, 1.0, 1.0),
        Mark(0.0, pytest.approx(1 / 3), 1.0),
        Mark(0.0, 0.0, 0.0),
        # The eleventh place does not count.
        Mark(0.0, 0.0, 0.0),
    ]


def test_two_gold_documents_share_the_recall() -> None:
    assert marks([["x", "a"]], [("a", "b")]) == [Mark(0.0, 0.5, 0.5)]


def test_spread_is_median_and_range_without_failed_repeats() -> None:
    assert spread([4.0, 1.0, 2.0]) == Spread(2.0, 1.0, 4.0)
    assert spread([4.0, None, 2.0]) == Spread(3.0, 2.0, 4.0)
    assert spread([None]) == Spread()


def test_ratio_is_taken_repeat_by_repeat() -> None:
    # The third repeat was three times as slow for both: the ratio does not notice.
    assert ratio([10.0, 20.0, 30.0], [5.0, 10.0, 15.0]) == Spread(2.0, 2.0, 2.0)
    assert ratio([10.0, 20.0, 90.0], [10.0, 10.0, 10.0]) == Spread(2.0, 1.0, 9.0)
    assert ratio([10.0, None, 9.0], [5.0, 10.0, 0.0]) == Spread(2.0, 2.0, 2.0)


def ran(
    seconds: float, milliseconds: tuple[float, ...], hits: tuple[tuple[str, ...], ...], peak: float = 100.0
) -> Measured:
    return Measured("", (), seconds, 1, hits, milliseconds, peak)


OURS_RUNS = [
    ran(10.0, (1.0, 2.0, 30.0), (("a",), ("b",), ("c",)), 200.0),
    ran(20.0, (4.0, 6.0), (("a",), ("b",)), 200.0),
]
THEIRS_RUNS = [
    ran(5.0, (3.0, 3.0, 90.0), (("a",), ("x",), ("x",)), 300.0),
    ran(5.0, (5.0, 5.0), (("a",), ("y",)), 300.0),
]
GOLD = [("a",), ("b",), ("c",)]


def test_an_outcome_sums_its_repeats() -> None:
    ours = outcome(Entry(OURS, "stock"), OURS_RUNS, GOLD, 100)
    assert ours.rates() == [10.0, 5.0]
    # The third question was asked in the first repeat only, so that its time is in neither median.
    assert ours.latencies() == [1.5, 5.0]
    assert (ours.mean("hit"), ours.repeats_agree()) == (1.0, True)


def test_a_comparison_is_paired() -> None:
    ours = outcome(Entry(OURS, "stock"), OURS_RUNS, GOLD, 100)
    theirs = outcome(Entry("txtai", "chinese"), THEIRS_RUNS, GOLD, 100)
    found = against(theirs, ours)
    assert found.rate == Spread(3.0, 2.0, 4.0)
    assert found.latency == Spread(1.5, 1.0, 2.0)
    assert found.memory == Spread(1.5, 1.5, 1.5)
    assert found.hit is not None
    assert found.hit.value == pytest.approx(1 / 3 - 1)
    assert not theirs.repeats_agree()


def test_a_system_that_failed_gets_zeros_not_a_gap() -> None:
    failed = outcome(Entry("txtai", "stock"), [Measured(error="坏了")], GOLD, 100)
    assert (failed.error, failed.mean("hit"), len(failed.marks)) == ("坏了", 0.0, 3)
    assert spread(failed.rates()) == Spread()


def test_every_repeat_holds_everything_and_begins_elsewhere() -> None:
    planned = entries()
    orders = [rotated(planned, repeat, 5) for repeat in range(5)]
    assert all(sorted(order) == sorted(planned) for order in orders)
    assert len({order[0] for order in orders}) == 5
    assert rotated([1, 2, 3], 0, 1) == [1, 2, 3]


def test_ours_runs_once_a_repeat_and_our_vectors_only_where_vectors_are_compared() -> None:
    assert [entry.system for entry in entries(("stock", "chinese"), ("txtai",))] == [OURS, "txtai", "txtai"]
    assert Entry("changai-vectors", "injected") in entries()


def test_the_first_of_the_best_settings_is_taken() -> None:
    tried = [Tried("txtai", Setting(size, 0.5), score) for size, score in ((1, 0.4), (2, 0.6), (3, None), (4, 0.6))]
    assert [each.chosen for each in with_best(tried)] == [False, True, False, False]
    assert not any(each.chosen for each in with_best([Tried("txtai", Setting(1, 0.5), None)]))


def test_sentences_rejoin_and_pieces_keep_to_their_size() -> None:
    text = "甲市有三家。\n\n乙市有五家！丙市？丁市没有；后来有了\n"
    assert "".join(sentences(text)) == text
    assert pieces(text, 12) == ["甲市有三家。\n\n", "乙市有五家！丙市？", "丁市没有；后来有了\n"]
    assert pieces("。。。", 2) == ["。。。"]
    assert pieces(" \n ", 5) == []


def test_the_expression_gives_overlapping_pairs_that_no_sign_parts() -> None:
    import re

    assert re.findall(BIGRAM_EXPRESSION, "产业工，人") == ["产业", "业工"]
