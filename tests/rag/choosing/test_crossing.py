"""Crossed words on a table small enough to be worked out by hand."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.choosing.crossing import Crossing, asking_tokens, key_of, telling_tokens

TELLING = tuple(sorted(("年", "0年", "担任"), key=key_of))
WEIGHTS = np.zeros((3, 3), dtype=np.int8)
WEIGHTS[0, TELLING.index("担任")] = 2
WEIGHTS[1, TELLING.index("年")] = 10
WEIGHTS[2, TELLING.index("担任")] = 20
TABLE = Crossing(("何时", "职务"), TELLING, WEIGHTS, 0.5)


def test_the_weights_of_the_pairs_are_added_and_scaled() -> None:
    found = TABLE.scores("何时建成", ["1998年", "担任主席", "无关"])
    # 年 answers 何时 with 10; 担任 counts 2 whatever is asked; all is halved.
    assert found.tolist() == [5.0, 1.0, 0.0]
    assert TABLE.scores("什么职务", ["1998年", "担任主席", "无关"]).tolist() == [0.0, 11.0, 0.0]


def test_a_token_counts_once_a_text_and_not_over_its_end() -> None:
    assert TABLE.scores("何时", ["1998年、1999年", "担", "任"]).tolist() == [5.0, 0.0, 0.0]


def test_what_the_question_says_itself_tells_nothing() -> None:
    assert TABLE.scores("担任什么职务", ["担任主席"]).tolist() == [0.0]


def test_tokens_by_hand() -> None:
    assert asking_tokens("第12号?") == {"^第", "第0", "00", "0号", "号$", "^第0", "第00", "00号", "0号$"}
    assert telling_tokens("A1") == {"a", "0", "a0"}


def test_a_saved_table_is_read_as_it_was(tmp_path: Path) -> None:
    TABLE.save(tmp_path / "table.npz")
    again = Crossing.load(tmp_path / "table.npz")
    assert (again.asking, again.telling, again.scale) == (TABLE.asking, TABLE.telling, TABLE.scale)
    assert np.array_equal(again.weights, TABLE.weights)


def test_a_damaged_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "table.npz").write_text("这不是表", encoding="utf-8")
    with pytest.raises(ValueError):
        Crossing.load(tmp_path / "table.npz")


@given(
    st.text(), st.lists(st.text(alphabet=st.sampled_from("年担任19\n\U00020000\ud800何时"), max_size=12), max_size=5)
)
@settings(deadline=None)
def test_a_text_scores_the_same_alone_as_among_others(question: str, texts: list[str]) -> None:
    together = TABLE.scores(question, texts)
    assert together.tolist() == [TABLE.scores(question, [text])[0] for text in texts]


@given(st.lists(st.text(alphabet="年担任0岁主1"), max_size=5), st.sampled_from(["何时", "职务", "何年担任"]))
def test_a_text_scores_the_same_alone_and_beside_others(texts: list[str], question: str) -> None:
    alone = [Crossing(("何时", "职务"), TELLING, WEIGHTS, 0.5).scores(question, [text])[0] for text in texts]
    assert TABLE.scores(question, texts).tolist() == alone
