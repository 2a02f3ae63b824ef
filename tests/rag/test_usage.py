"""Tokens and prices of a reply."""

import pytest

from rag.usage import Meter


def test_what_the_server_says_counts_and_is_priced_by_the_million() -> None:
    usage = Meter("问", "答", (1_000_000, 500_000)).usage(2.0, 8.0)
    assert usage is not None
    assert (usage.asked, usage.written, usage.is_estimate) == (1_000_000, 500_000, False)
    assert usage.cost == pytest.approx(2.0 + 4.0)


def test_without_its_word_the_shipped_encoding_counts_and_nothing_asked_is_nothing() -> None:
    usage = Meter("白银市建成产业学院15所。", "15所").usage(None, None)
    assert usage is not None
    assert usage.is_estimate
    assert usage.asked > usage.written > 0
    assert usage.cost is None
    assert Meter().usage(1.0, 1.0) is None
