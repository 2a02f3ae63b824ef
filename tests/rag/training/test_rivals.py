"""The texts that a question is learned to be unanswered by."""

from pathlib import Path

import numpy as np
import pytest

from rag.span.tokens import Cutter
from rag.training.span.batches import Batches
from rag.training.span.examples import RIVAL, Examples
from rag.training.span.rivals import Rivals

OWN = "临江市总工会今年建了八个户外驿站，供骑手歇脚，常年开放，由社区看管。"
NEAR = "临江市总工会去年建了五个母婴室，由医院看管，今年打算再添两个。"
COPY = "临江市总工会今年建了八个户外驿站，供骑手歇脚，常年开放，由街道看管。"
TELLING = "临江市总工会的户外驿站共有八个，最大的在码头。"
FAR = "海城市的渔船昨天都回了港，风浪太大。"


def test_the_rival_is_the_nearest_text_without_the_answer_that_is_no_copy() -> None:
    found = Rivals({"copy": COPY, "far": FAR, "near": NEAR, "telling": TELLING}).of_all(
        ["临江市总工会今年建了几个驿站", "昨天回港的是什么"], ["八个", "渔船"], [OWN, FAR]
    )
    assert found == ["near", None]


def test_a_question_that_shares_nothing_has_no_rival() -> None:
    assert Rivals({"near": NEAR, "far": FAR}).of_all(["谁赢了"], ["甲队"], [OWN]) == [None]


@pytest.mark.parametrize("place", [0, 900, 1900])
def test_what_is_cut_of_a_long_text_without_an_answer_is_mostly_where_the_question_is_said(place: int) -> None:
    words = ["驿站", "几", "点", "关门"]
    cutter = Cutter((*words, "渔", "船"), "驿站几点关门渔船")
    made = Examples(Path(), cutter, np.ones(cutter.size, dtype=np.float32))
    text = "渔船" * 230
    text = text[:place] + "驿站关门" + text[place:]
    one = made.example(RIVAL, "驿站几点关门", cutter.cut(text), (-1, -1), held_out=False)
    batches = Batches([], np.zeros(cutter.size, dtype=np.int32), 1, seed=3)
    said = cutter.cut("驿站").words[0]
    seen = [said in batches.batch([one], shortened=True)[0]["words"][0].tolist() for _ in range(40)]
    assert sum(seen) >= 24
