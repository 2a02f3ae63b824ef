"""The figures of the span reader, from reads that are worked by hand."""

import pytest

from eval.answers.own_spans import Own
from eval.answers.spans import Read, summary
from rag.span.reader import Found, Span

TEXT = "甲会成立于1950年。乙会有3万人。"


def read(start: int, end: int, answers: tuple[str, ...], none: float = 0.1) -> Read:
    return Read(answers, TEXT, Found((Span(start, end, 0.5),), none))


def test_exact_match_f1_and_sentence_are_means_over_the_answerable() -> None:
    # The first is right; of the second the span is 人, one of the two segments 3万人 has beside 3 and 万.
    found = summary([read(5, 10, ("1950年",)), read(15, 16, ("3万人",)), read(0, 1, (), none=0.9)])
    assert found["questions"] == 2
    assert found["exact"] == 0.5
    assert found["f1"] == pytest.approx((1 + 0.5) / 2)
    assert found["sentence"] == 1


def test_a_span_in_another_sentence_is_seen() -> None:
    assert not read(0, 2, ("3万",)).in_sentence


def test_the_chance_of_no_answer_is_judged_by_order() -> None:
    reads = [read(0, 1, ("甲",), none=0.2), read(0, 1, ("甲",), none=0.6), read(0, 1, (), none=0.5)]
    assert summary(reads)["unanswered_auroc"] == 0.5
    assert "unanswered_auroc" not in summary(reads[:2])


def test_a_passage_without_a_span_says_nothing() -> None:
    nothing = Read(("甲",), TEXT, Found((), 1.0))
    assert (nothing.said, nothing.in_sentence) == ("", False)


def test_the_best_span_must_touch_the_evidence() -> None:
    assert Own(read(5, 10, ("1950年",)), 0, 10).in_evidence
    assert not Own(read(5, 10, ("1950年",)), 11, 17).in_evidence
