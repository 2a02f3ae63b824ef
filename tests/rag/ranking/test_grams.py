"""The tokens of a question with their places and weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ranking.grams import grams_of
from rag.ranking.necessity import necessity
from rag.ranking.query import WORDING_SHARE, Query


def test_places_are_where_a_token_stands_first() -> None:
    grams = grams_of(Query("学院有10家学院", "学堂"), lambda token: 1.0)
    assert grams.tokens == ("学院", "院有", "10", "10家", "家学", "学堂")
    # Other wordings stand behind the question, after a blank.
    assert grams.places.tolist() == [0, 1, 3, 3, 5, 9]


def test_weight_is_rarity_by_necessity() -> None:
    grams = grams_of(Query("工匠", "技师"), {"工匠": 3.0, "技师": 5.0}.__getitem__)
    assert grams.rarity.tolist() == [3.0, 5.0]
    assert grams.weight.tolist() == pytest.approx([3 * necessity("工匠"), 5 * WORDING_SHARE * necessity("技师")])


def test_letters_are_small_and_places_those_of_the_small_form() -> None:
    grams = grams_of(Query("AI和BIM"), lambda token: 1.0)
    assert grams.tokens == ("ai", "和", "bim")
    assert grams.places.tolist() == [0, 2, 3]


@given(st.text(alphabet="工匠学院10.aA市İ𠀀𠀁\ud800。 ", max_size=30))
def test_pairs_and_others_share_out_the_tokens(search: str) -> None:
    grams = grams_of(Query(search), lambda token: 1.0)
    pairs = grams.pairs
    assert sorted([*pairs.numbers.tolist(), *(number for number, _ in grams.others)]) == list(range(len(grams)))
    assert {token for _, token in grams.others} == {token for token in grams.tokens if len(token) != 2}
    read = [chr(int(key) >> 32) + chr(int(key) & 0xFFFF_FFFF) for key in pairs.keys]
    assert read == [grams.tokens[number] for number in pairs.numbers]
    assert np.all(pairs.keys[1:] > pairs.keys[:-1])
    assert all(pairs.begins[ord(token[0]) % len(pairs.begins)] for token in read)


def test_a_question_of_no_token_has_no_grams() -> None:
    grams = grams_of(Query("？"), lambda token: 1.0)
    assert len(grams) == len(grams.pairs.keys) == len(grams.others) == 0
    assert not grams.pairs.begins.any()
