"""Retrieval measures: equal to a slow reference on random runs, and to cases worked by hand."""

from collections.abc import Sequence
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gold import Gold, Place, Unit
from eval.reply import Found
from eval.retrieval import DOCUMENT_MEASURES, documents_found, first_ranks, judgements, ranking
from index.types import Span

HERE = (Span(0, 10),)


def gold(*units: Sequence[str], grades: Sequence[int] = ()) -> Gold:
    """Pieces of proof, each given by the documents of which any one holds it."""
    given = grades or [1] * len(units)
    return Gold(
        tuple(
            Unit(tuple(Place(name, HERE) for name in names), grade) for names, grade in zip(units, given, strict=True)
        )
    )


def hits(names: Sequence[str]) -> list[Found]:
    return [Found(name, 0, 10) for name in names]


def reference(names: Sequence[str], graded: dict[str, int]) -> dict[str, float]:
    """The measures of one question from their definitions alone."""
    gains = [graded.get(name, 0) for name in names]

    def dcg(values: Sequence[int]) -> float:
        return sum(gain / log2(rank + 1) for rank, gain in enumerate(values[:10], start=1))

    first = next((rank for rank, gain in enumerate(gains[:10], start=1) if gain), 0)
    found = {f"hit_{k}": float(any(gains[:k])) for k in (1, 5, 10)}
    found |= {f"recall_{k}": sum(gain > 0 for gain in gains[:k]) / len(graded) for k in (1, 5, 10, 100)}
    ideal = dcg(sorted(graded.values(), reverse=True))
    return found | {"mrr_10": 1 / first if first else 0.0, "ndcg_10": dcg(gains) / ideal}


NAMES = [f"d{number}" for number in range(30)]


@given(
    st.lists(st.sampled_from(NAMES), unique=True, max_size=30),
    st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3), min_size=1, max_size=6),
)
def test_every_measure_is_that_of_a_reference(names: list[str], graded: dict[str, int]) -> None:
    asked = gold(*([name] for name in graded), grades=list(graded.values()))
    (found,) = documents_found([(asked, hits(names))])
    assert found == pytest.approx(reference(names, graded), abs=1e-6)
    assert found.keys() == DOCUMENT_MEASURES.keys()


def test_a_hundred_ranks_are_read_and_no_more() -> None:
    far = [f"x{number}" for number in range(99)]
    (inside,) = documents_found([(gold(["d"]), hits([*far, "d"]))])
    (outside,) = documents_found([(gold(["d"]), hits([*far, "y", "d"]))])
    assert (inside["recall_100"], outside["recall_100"]) == (1.0, 0.0)


def test_questions_keep_their_order_and_one_without_hits_scores_zero() -> None:
    found = documents_found([(gold(["a"]), hits(["a"])), (gold(["b"]), []), (gold(["c"]), hits(["x", "c"]))])
    assert [each["hit_1"] for each in found] == [1.0, 0.0, 0.0]
    assert [each["mrr_10"] for each in found] == [1.0, 0.0, 0.5]
    assert documents_found([]) == []


def test_a_document_counts_once_at_its_best_rank() -> None:
    (found,) = documents_found([(gold(["a"], ["b"]), hits(["a", "a", "a", "b"]))])
    assert (found["recall_5"], found["hit_1"]) == (1.0, 1.0)
    assert found["ndcg_10"] == pytest.approx(1.0)


def test_either_of_two_documents_is_proof_and_the_second_earns_nothing_more() -> None:
    asked = gold(["a", "copy"], ["b"])
    assert len(judgements(asked)) == 2
    (found,) = documents_found([(asked, hits(["copy", "a", "b"]))])
    assert found["recall_1"] == 0.5
    assert found["ndcg_10"] == pytest.approx((1 + 1 / log2(4)) / (1 + 1 / log2(3)))


def test_several_pieces_of_one_document_are_one_item_with_the_highest_grade() -> None:
    assert judgements(gold(["a"], ["a"], ["b"], grades=[1, 3, 2])) == [(frozenset("a"), 3), (frozenset("b"), 2)]


def test_evidence_that_the_library_lacks_can_be_met_by_nothing() -> None:
    (found,) = documents_found([(gold([], [], ["a"]), hits(["a", "", "b"]))])
    assert found["recall_100"] == pytest.approx(1 / 3)


def test_a_document_that_meets_two_items_pushes_no_other_out() -> None:
    asked = gold(["a", "b"], ["a", "c"], ["z"])
    (found,) = documents_found([(asked, hits(["a", *(f"x{number}" for number in range(8)), "z"]))])
    assert found["recall_10"] == 1.0


def test_a_document_that_meets_two_items_meets_both_at_its_rank() -> None:
    run = ranking(judgements(gold(["a", "b"], ["a", "c"])), hits(["x", "a", "b"]))
    assert sorted(run, key=lambda name: -run[name]) == ["rank 1", "item 0", "item 1"]


def test_ranks_of_passages_are_those_of_the_first_that_overlaps() -> None:
    asked = Gold((Unit((Place("a", (Span(5, 8), Span(20, 23))),)), Unit((Place("b", (Span(0, 3),)),))))
    passages = [Found("a", 0, 5), Found("a", 8, 20), Found("a", 22, 30), Found("b", 3, 9)]
    assert first_ranks(asked, passages) == (3, None)
