"""Gaps in news: what was taken out of one sentence stands in another, at the place that is said."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.span.tokens import Cutter
from rag.training.span.clozes import Gap, Gaps

WORDS = (
    "海河大桥",
    "陈立群",
    "钢箱梁",
    "焊接",
    "工程师",
    "工地",
    "工期",
    "通车",
    "桥面",
    "铺装",
    "拱肋",
    "吊装",
    "今年",
    "的",
    "在",
)
TEXT = (
    "海河大桥的总工程师陈立群介绍，钢箱梁焊接用了126天，工期比计划短。桥面铺装已经完成，拱肋吊装也在昨天结束，工地上剩下的人不多。"
    "记者在工地看到，为了钢箱梁焊接不出差错，海河大桥工程师陈立群守了126天。海河大桥今年10月通车，两岸的人不必再绕远路，桥面铺装用的是新料。"
)
SILENT_SHARE = 0.25


def gaps(text: str, seed: int = 1) -> list[Gap]:
    cutter = Cutter(WORDS, "".join(sorted(set(TEXT))))
    return list(Gaps(cutter, np.full(cutter.size, 0.6, dtype=np.float32), seed).of(text))


def test_a_gap_asks_for_what_another_sentence_says() -> None:
    told = {(gap.question, gap.passage[gap.start : gap.end]) for seed in range(30) for gap in gaps(TEXT, seed)}
    assert any("陈立群" in answer for _, answer in told)
    assert any(answer.startswith("126") and ("多少" in question or "几" in question) for question, answer in told)


def test_the_answer_stands_in_the_passage_and_not_in_the_question() -> None:
    made = [gap for seed in range(30) for gap in gaps(TEXT, seed) if gap.start >= 0]
    assert made
    for gap in made:
        answer = gap.passage[gap.start : gap.end]
        assert answer
        assert answer in TEXT
        assert answer not in gap.question


def test_the_asking_sentence_is_taken_out_of_the_passage() -> None:
    for gap in (gap for seed in range(30) for gap in gaps(TEXT, seed)):
        assert len(gap.passage) < len(TEXT)
        assert Counter(gap.passage) <= Counter(TEXT)


def test_now_and_then_nothing_in_the_passage_answers() -> None:
    made = [gap for seed in range(200) for gap in gaps(TEXT, seed)]
    silent = [gap for gap in made if gap.start < 0]
    assert 0 < len(silent) < SILENT_SHARE * len(made)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*WORDS, "12", "2023年", "，", "。", "x"]), min_size=60, max_size=200), st.integers(0, 9)
)
def test_whatever_the_text_an_answer_is_where_it_is_said_to_be(words: list[str], seed: int) -> None:
    text = "".join(words)
    for gap in gaps(text, seed):
        assert (gap.start, gap.end) == (-1, -1) or gap.passage[gap.start : gap.end].strip()
        assert gap.question.endswith("？")
