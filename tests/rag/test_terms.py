"""Coverage of a question, worked by hand with every pair of characters equally rare."""

import pytest

from rag.terms import (
    ALTERNATIVE_CREDIT,
    PARTIAL_CREDIT,
    UNSEEN_PAIR,
    coverage,
    coverage_within,
    presence,
    surroundings,
    term_coverage,
    weakest,
    weigh,
)
from rag.types import Question, Term


class Even:
    """A library in which every token is equally rare, and those in `unseen` stand nowhere."""

    def __init__(self, *unseen: str) -> None:
        self._unseen = unseen

    def idf(self, token: str) -> float:
        return 2.0

    def document_frequency(self, token: str) -> int:
        return 0 if token in self._unseen else 5


QUESTION = Question("", "", "", "other", terms=(Term("工匠"), Term("补贴", ("补助",))))
ASKED = weigh(QUESTION, Even())


def test_a_text_that_says_both_terms_covers_the_question() -> None:
    assert coverage(ASKED, "工匠拿到补贴") == pytest.approx(1.0)


def test_another_wording_counts_a_little_less() -> None:
    assert coverage(ASKED, "工匠拿到补助") == pytest.approx((1 + ALTERNATIVE_CREDIT) / 2)


def test_what_stands_around_counts_by_its_credit() -> None:
    assert coverage(ASKED, "拿到补贴", [("工匠学院", 0.5)]) == pytest.approx(0.75)


def test_parts_of_a_long_term_count_in_part() -> None:
    assert presence(Term("大师工作室"), "劳模工作室") == pytest.approx(PARTIAL_CREDIT * 2 / 4)


def test_pairs_keep_a_name_that_the_dictionary_cuts_apart() -> None:
    asked = weigh(Question("", "", "", "other", terms=(Term("集团"),), runs=("容和集团",)), Even())
    assert coverage(asked, "容和集团") == pytest.approx(1.0)
    assert coverage(asked, "华骏集团") == pytest.approx(0.5 * 1 + 0.5 * 1 / 3)


def test_a_pair_that_stands_nowhere_weighs_little() -> None:
    asked = weigh(Question("", "", "", "other", runs=("挡车工匠",)), Even("挡车", "车工"))
    assert dict(asked.pairs) == {"挡车": 2 * UNSEEN_PAIR, "车工": 2 * UNSEEN_PAIR, "工匠": 2.0}


def test_the_weakest_term_is_named() -> None:
    assert weakest(ASKED, "工匠学院") == (pytest.approx(0.5), "补贴")
    assert weakest(ASKED, "工匠补贴") == (0.0, "")


def test_a_light_term_counts_less() -> None:
    asked = weigh(Question("", "", "", "other", terms=(Term("工匠"), Term("放进", weight=0.5))), Even())
    assert term_coverage(asked, "工匠") == pytest.approx(1 / 1.5)


def test_no_terms_cover_nothing() -> None:
    assert coverage(weigh(Question("", "", "", "other"), Even()), "工匠") == 0.0


def test_credits_found_once_give_the_coverage_that_layers_give() -> None:
    layers = [("工匠学院", 0.6), ("发补助", 0.4)]
    known = surroundings(ASKED, layers)
    for text in ("拿到补贴", "工匠", "天气", ""):
        assert coverage_within(text, known) == coverage(ASKED, text, layers)
