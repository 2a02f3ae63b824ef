"""A query weighs the tokens of the question by necessity and those of other wordings by a part of it."""

from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyse
from rag.ranking.necessity import necessity
from rag.ranking.query import WORDING_SHARE, Query

words = st.text(alphabet="工匠学院补助多少家个10.5a İΣ𠀀。", max_size=12)


def test_the_words_of_the_question_weigh_more_than_other_wordings() -> None:
    weights = Query("补助多少", "补助 津贴").weights()
    assert list(weights) == ["补助", "助多", "多少", "津贴"]
    assert weights["补助"] == necessity("补助")
    assert weights["多少"] == necessity("多少")
    assert weights["津贴"] == WORDING_SHARE * necessity("津贴")


def test_a_question_of_no_token_has_no_weight() -> None:
    assert Query("？ ！").weights() == Query("").weights() == {}


@given(search=words, wordings=words)
def test_every_token_of_what_the_keyword_leg_is_asked_has_a_weight(search: str, wordings: str) -> None:
    weights = Query(search, wordings).weights()
    assert set(weights) == set(analyse(f"{search} {wordings}"))
    assert all(0 <= weight <= 1 for weight in weights.values())
    assert all(weights[token] == necessity(token) for token in analyse(search))
