"""Systems whose worth is known beforehand get the scores that they deserve."""

from dataclasses import replace

import pytest

from tests.fakes.bench import (
    QUESTIONS,
    Copying,
    Failing,
    FirstSentence,
    Forging,
    Grudging,
    Knowing,
    Refusing,
    Swapping,
    Unsure,
    results,
    value,
)


def test_a_system_that_knows_gets_everything() -> None:
    found = results(Knowing())
    for key in ("accuracy", "accuracy_64", "groups", "figure_accuracy", "verbatim", "citation_precision", "hit_1"):
        assert value(key, found) == (1.0, 4), key
    assert value("citation_recall", found) == value("citation_characters", found) == (1.0, 4)
    assert (
        value("refusal_recall", found)
        == value("refusal_precision", found)
        == value("refusal_reason", found)
        == (1.0, 1)
    )
    assert value("refused_wrongly", found) == value("wrong_figure", found) == (0.0, 4)
    assert value("risk_area", found) == pytest.approx((1 / 25, 5))


def test_a_system_that_always_refuses_gets_nothing_but_its_refusals() -> None:
    found = results(Refusing())
    for key in ("accuracy", "citation_recall", "f1", "wrong_figure"):
        assert value(key, found) == (0.0, 4), key
    assert value("citation_precision", found) is None
    assert value("refusal_recall", found) == (1.0, 1)
    assert value("refusal_precision", found) == (0.2, 5)
    assert value("refused_wrongly", found) == (1.0, 4)
    assert value("risk_area", found) == (1.0, 5)


def test_a_system_that_copies_whole_pages_pays_in_length_in_characters_and_in_refusals() -> None:
    found, honest = results(Copying()), results(Knowing())
    assert value("accuracy", found) == (1.0, 4)
    for key, most in (("f1", 0.4), ("citation_characters", 0.3)):
        read = value(key, found)
        assert read is not None and read[0] < most, key
    longer, shorter = value("figure_length", found), value("figure_length", honest)
    assert longer is not None and shorter is not None and longer[0] > 3 * shorter[0]
    assert value("refusal_recall", found) == (0.0, 1)


def test_a_system_that_swaps_digits_beside_true_quotes_loses_its_figures_and_its_citations() -> None:
    found = results(Swapping())
    assert value("verbatim", found) == value("on_gold", found) == (1.0, 4)
    assert value("figures_kept", found) == value("citation_precision", found) == (0.0, 4)
    assert value("accuracy", found) == value("figure_accuracy", found) == (0.0, 4)
    assert value("wrong_figure", found) == (1.0, 4)


def test_a_system_that_forges_its_quotes_loses_them_all() -> None:
    found = results(Forging())
    for key in ("verbatim", "citation_precision", "citation_recall", "on_gold"):
        assert value(key, found) == (0.0, 4), key
    assert value("wrong_figure", found) == (1.0, 4)


def test_a_system_that_gives_the_first_sentence_is_verbatim_and_wrong() -> None:
    found = results(FirstSentence())
    assert value("verbatim", found) == value("right_document", found) == (1.0, 4)
    for key in ("accuracy", "citation_precision", "citation_recall", "wrong_figure"):
        assert value(key, found) == (0.0, 4), key


def test_one_bad_question_is_an_error_and_scores_zero() -> None:
    found = results(Failing())
    assert [each.reply.error for each in found] == ["", "RuntimeError：坏了", "", "", ""]
    assert value("accuracy", found) == (0.75, 4)
    assert value("errors", found) == (0.2, 5)
    assert value("citation_recall", found) == (0.75, 4)
    worse, whole = value("risk_area", found), value("risk_area", results(Knowing()))
    assert worse is not None and whole is not None and worse[1] == whole[1] and worse[0] > whole[0]


def test_a_question_without_a_line_is_an_error_not_an_exception_from_the_count() -> None:
    from eval.judging import judge
    from tests.fakes.bench import SHELF

    found = judge(QUESTIONS, {"q0": Knowing().reply(QUESTIONS[0])}, SHELF)
    assert value("accuracy", found) == (0.25, 4)
    assert value("errors", found) == (0.8, 5)
    assert value("refusal_recall", found) == (0.0, 1)
    assert value("hit_1", found) == (0.25, 4)


def test_a_system_without_confidence_has_its_rate_of_wrong_replies_for_a_risk() -> None:
    found = results(Unsure())
    assert value("risk_area", found) == (0.2, 5)


def test_a_refusal_may_not_say_what_is_forbidden_nor_quote_what_is_not_there() -> None:
    questions = [replace(each, forbidden=("35家",)) for each in QUESTIONS[:1]]
    found = results(Grudging(), questions)
    assert value("forbidden", found) == (1.0, 1)
    assert value("verbatim", found) == (0.0, 1)
    assert value("accuracy", found) == (0.0, 1)
