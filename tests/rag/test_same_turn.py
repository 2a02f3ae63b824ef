"""The sentence that answered the question before is known by what it told."""

import pytest

from rag.question import understand
from rag.same_document import of_this_turn
from rag.same_turn import told_before
from rag.types import Turn

HISTORY = [Turn("user", "常州那家锻造厂的标兵是谁？"), Turn("assistant", "是四十五岁的吴建德。")]


@pytest.mark.parametrize(
    ("sentence", "before"),
    [
        ("45岁的吴建德在锻造厂干了半辈子。", True),
        ("吴建德45岁时带出了3个徒弟。", False),
        ("厂里去年评了5名标兵。", False),
    ],
)
def test_a_sentence_that_told_the_last_answer_and_nothing_now_asked(sentence: str, before: bool) -> None:
    question = understand("他带出了几个徒弟？", HISTORY)
    assert told_before(question, sentence) is before
    own = of_this_turn(question)
    assert own is not None and told_before(own, sentence) is before


def test_nothing_was_told_before_a_first_question() -> None:
    assert not told_before(understand("常州那家锻造厂的标兵是谁？"), "45岁的吴建德是标兵。")
