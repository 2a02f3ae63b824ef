"""How the span reader cuts a text."""

from hypothesis import given
from hypothesis import strategies as st

from rag.span.tokens import LATIN, NUMBER, OTHER, SIGNS, YEAR, Cutter

WORDS = ("工会", "工", "会", "产业", "产业工人", "年")
CUTTER = Cutter(WORDS, "产工会年。1")


def said(text: str) -> list[str]:
    tokens = CUTTER.cut(text)
    return [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


def test_the_longest_word_wins_and_figures_and_latin_words_stay_whole() -> None:
    text = "2021年 产业工人加入工会，涨3.5%，用Ａpp。"
    assert said(text) == [
        "2021",
        "年",
        "产业工人",
        "加",
        "入",
        "工会",
        "，",
        "涨",
        "3.5",
        "%",
        "，",
        "用",
        "Ａpp",
        "。",
    ]


def test_years_numbers_latin_words_and_signs_have_numbers_of_their_own() -> None:
    size = len(WORDS)
    tokens = CUTTER.cut("工会2021 35 abc。驫")
    special = size + OTHER + 1 + SIGNS.index("。")
    assert tokens.words.tolist() == [0, size + YEAR, size + NUMBER, size + LATIN, special, size + OTHER]


def test_characters_are_numbered_from_one_and_unknown_ones_are_zero() -> None:
    tokens = CUTTER.cut("产业工人驫")
    assert (tokens.first.tolist(), tokens.last.tolist()) == ([1, 0], [0, 0])


def test_sentences_are_counted_and_a_stop_belongs_to_the_sentence_it_ends() -> None:
    assert CUTTER.cut("工会。工！会").sentences.tolist() == [0, 0, 1, 1, 2]


@given(st.text(st.characters(), max_size=80))
def test_tokens_stand_in_order_apart_and_hold_all_but_white_space(text: str) -> None:
    tokens = CUTTER.cut(text)
    assert len(tokens.plain) == len(text)
    past = 0
    for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True):
        assert past <= start < end <= len(text)
        assert not tokens.plain[past:start].strip()
        past = end
    assert not tokens.plain[past:].strip()
    assert not len(tokens) or (tokens.words.min() >= 0 and tokens.words.max() < CUTTER.size)
