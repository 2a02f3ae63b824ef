"""The chance of each candidate, by the shipped ranker and by one that is worked by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.types import Candidate
from rag.ranking.forest import from_trees
from rag.ranking.query import Query
from rag.ranking.ranker import SCORE, Ranker, chances, ranker, read

letters = st.sampled_from("工匠学院市10aA家İ𠀀\ud800 。；\n")


@dataclass(frozen=True, slots=True)
class Plain:
    """A library in which all tokens are alike rare, and a passage is near when it says the question whole."""

    def idf(self, token: str) -> float:
        return 2.0

    def likeness(self, query_search_form: str, candidates: Sequence[Candidate], /) -> list[float]:
        return [float(query_search_form in one.search_text) for one in candidates]


def candidate(number: int, text: str, document: str = "") -> Candidate:
    return Candidate(f"d{number}#0", document or f"d{number}", text, 0, (), (), "part", number)


TEXTS = ("全市建成工匠学院20家。", "学院里有工匠。", "今日多云转晴。")
CANDIDATES = [candidate(number, text) for number, text in enumerate(TEXTS)]
QUERY = Query("工匠学院有多少家", "技师学院")


def test_no_candidate_has_no_chance() -> None:
    assert chances(Plain(), QUERY, [], {}) == []


def test_a_passage_that_says_it_all_is_likelier_than_one_that_says_nothing() -> None:
    found = chances(Plain(), QUERY, CANDIDATES, {"d0#0": 9.0, "d1#0": 3.0})
    assert found[0] > found[2]
    assert found == sorted(found, reverse=True)


@given(
    question=st.text(letters, max_size=15),
    wordings=st.text(letters, max_size=6),
    texts=st.lists(st.text(letters, max_size=60), min_size=1, max_size=6),
)
@settings(deadline=None, max_examples=60)
def test_chances_lie_between_nothing_and_one_and_are_the_same_twice(
    question: str, wordings: str, texts: list[str]
) -> None:
    query, candidates = Query(question, wordings), [candidate(at, text, f"d{at // 2}") for at, text in enumerate(texts)]
    keyword = {candidates[0].chunk_id: 7.5}
    found = chances(Plain(), query, candidates, keyword)
    assert len(found) == len(texts)
    assert all(0 <= chance <= 1 for chance in found)
    assert chances(Plain(), query, candidates, keyword) == found


def test_a_question_of_no_token_is_no_error() -> None:
    assert all(0 <= chance <= 1 for chance in chances(Plain(), Query("？！"), CANDIDATES, {}))


def test_the_shipped_forest_knows_exactly_the_readings_in_their_order() -> None:
    found = read(Plain(), QUERY, CANDIDATES, {})
    assert tuple(found) == ranker().forest.names
    assert set(ranker().weights) <= {SCORE, *found}
    assert SCORE not in found


def test_the_keyword_scores_come_by_the_id_of_the_chunk_and_documents_by_theirs() -> None:
    candidates = [candidate(0, "工匠", "一"), candidate(1, "学院", "二"), candidate(2, "无关", "一")]
    found = read(Plain(), Query("工匠"), candidates, {"d1#0": 2.0, "d2#0": 4.0, "d9#0": 80.0})
    assert found["keyword"].tolist() == [0.0, 0.5, 1.0]
    assert found["likeness"].tolist() == [1.0, 0.0, 0.0]
    assert found["siblings"].tolist() == [2.0, 1.0, 2.0]


def test_the_curve_by_hand() -> None:
    tree = {
        "split_feature": 1,
        "threshold": 0.5,
        "left_child": {"leaf_value": -1.0},
        "right_child": {"leaf_value": 2.0},
    }
    made = Ranker(from_trees(("covered", "likeness"), [tree]), 0.5, {SCORE: 2.0, "covered": -3.0})
    found = made.chances({"likeness": np.array([0.5, 0.6]), "covered": np.array([0.0, 1.0]), "else": np.zeros(2)})
    # The logits are 0.5 + 2 × −1 and 0.5 + 2 × 2 − 3 × 1.
    assert found == pytest.approx([1 / (1 + np.exp(1.5)), 1 / (1 + np.exp(-1.5))])
