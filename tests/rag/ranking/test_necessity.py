"""The table of necessities, and what is thought of tokens that are not in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyse
from rag.ranking.necessity import ASKED, TABLE, USUAL, necessity

LINES = TABLE.read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES[1:]]


def test_the_table_has_one_head_and_two_columns_in_the_order_of_tokens() -> None:
    assert LINES[0].startswith("# ")
    assert len(ROWS) > 5_000
    assert {len(row) for row in ROWS} == {2}
    tokens = [token for token, _ in ROWS]
    assert tokens == sorted(set(tokens))


def test_every_share_is_a_chance_of_two_places_that_tells_something() -> None:
    shares = [float(share) for _, share in ROWS]
    assert all(share == f"{float(share):.2f}" for _, share in ROWS)
    assert all(0 <= share <= 1 for share in shares)
    # A share within .08 of the mean was left out; two places round both.
    assert all(abs(share - USUAL) > 0.065 for share in shares)


def test_every_token_is_one_that_a_question_can_have() -> None:
    strange = [token for token, _ in ROWS if token not in analyse(token) and token not in analyse(f"{token}家")]
    assert strange == []


@pytest.mark.parametrize("token", ["什么", "怎么", "么办", "哪些", "多少", "是否", "能不", "谁可"])
def test_words_of_asking_are_hardly_needed(token: str) -> None:
    assert necessity(token) < 0.35


@pytest.mark.parametrize("token", ["劳动", "仲裁", "机关", "土地", "合同", "技术"])
def test_names_of_things_are_needed(token: str) -> None:
    assert necessity(token) > 0.65


def test_an_unknown_token_is_usual_and_one_of_asking_is_not() -> None:
    known = {token for token, _ in ROWS}
    assert not known & {"魑魅", "魑吗", "啥魑"}
    assert necessity("魑魅") == USUAL
    assert necessity("魑吗") == necessity("啥魑") == ASKED < USUAL


@given(st.text())
def test_any_text_has_a_chance(token: str) -> None:
    assert 0 <= necessity(token) <= 1
