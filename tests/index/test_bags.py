"""Words by the longest match and overlapping pairs, each against a loop that anybody can read."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.pair_bags import PairBags
from index.word_bags import Bags, WordBags

WORDS = ("工", "人", "工人", "工会", "工人日报", "报", "abc", "ab", "12", "𠮷", "i")
SINGLES = "%12ab〇人会工报龥㐀"
PAIRS = ("工人", "人工", "工会", "ab", "12", "2人", "工工", "〇〇", "㐀龥")
# Letters with long small forms, half surrogates, signs beyond 16 bits and the letters of the lists.
LETTERS = st.text(
    st.sampled_from([*"工人会报日ABCabc12%〇㐀龥 ,。\n\0İIßK𠮷𡃁", "\ud800", "\udc00", "\ufffd", "~"]), max_size=40
)
TEXTS = st.lists(LETTERS | st.text(max_size=20), max_size=6)


def bags_of(found: Bags) -> list[list[int]]:
    tokens, starts = found
    assert (tokens.dtype, starts.dtype) == (np.int32, np.int64)
    assert (starts[0], starts[-1]) == (0, len(tokens))
    return [tokens[start:end].tolist() for start, end in pairwise(starts)]


def words_by_hand(words: Sequence[str], text: str) -> list[int]:
    """From left to right, the longest word that begins here; without one, one character further."""
    lowered, at, found = text.lower(), 0, []
    while at < len(lowered):
        word = max((word for word in words if lowered.startswith(word, at)), key=len, default="")
        if word:
            found.append(words.index(word))
        at += len(word) or 1
    return found


def counts(letter: str) -> bool:
    return (
        "\u4e00" <= letter <= "\u9fff"
        or "\u3400" <= letter <= "\u4dbf"
        or "0" <= letter <= "9"
        or "a" <= letter <= "z"
        or letter in "〇%"
    )


def pairs_by_hand(singles: Sequence[str], pairs: Sequence[str], text: str) -> list[int]:
    """At every place its character, then the pair that begins there."""
    numbers = {token: number for number, token in enumerate([*singles, *pairs])}
    lowered, found = text.lower(), []
    for at, letter in enumerate(lowered):
        if counts(letter):
            pair = lowered[at : at + 2]
            tokens = [letter, *([pair] if len(pair) == 2 and counts(pair[1]) else [])]
            found += [numbers[token] for token in tokens if token in numbers]
    return found


def pair_list(singles: str, pairs: Sequence[str]) -> PairBags:
    keys = [ord(pair[0]) << 16 | ord(pair[1]) for pair in pairs]
    return PairBags(np.array(sorted(map(ord, singles)), dtype=np.uint16), np.array(sorted(keys), dtype=np.uint32))


def test_words_cut_by_eye() -> None:
    words = WordBags(WORDS)
    assert len(words) == len(WORDS)
    cut = bags_of(words.bags(["工人日报工会", "", "工人日 Abcd", "没有,日"]))
    assert [[WORDS[number] for number in bag] for bag in cut] == [["工人日报", "工会"], [], ["工人", "abc"], []]


def test_pairs_found_by_eye() -> None:
    pairs = pair_list(SINGLES, PAIRS)
    names = [*sorted(SINGLES), *sorted(PAIRS)]
    assert len(pairs) == len(names)
    found = bags_of(pairs.bags(["工人,工会", "", "2人AB", "工"]))
    assert [[names[number] for number in bag] for bag in found] == [
        ["工", "工人", "人", "工", "工会", "会"],
        [],
        ["2", "2人", "人", "a", "ab", "b"],
        ["工"],
    ]


@given(texts=TEXTS)
def test_words_are_those_of_the_loop(texts: list[str]) -> None:
    # Whoever calls hands in whole text: half a surrogate cannot be looked up.
    whole = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
    assert bags_of(WordBags(WORDS).bags(whole)) == [words_by_hand(WORDS, text) for text in whole]


@given(texts=TEXTS)
def test_pairs_are_those_of_the_loop(texts: list[str]) -> None:
    expected = [pairs_by_hand(sorted(SINGLES), sorted(PAIRS), text) for text in texts]
    assert bags_of(pair_list(SINGLES, PAIRS).bags(texts)) == expected


@given(texts=TEXTS, singles=st.sets(st.sampled_from(SINGLES)), pairs=st.sets(st.sampled_from(PAIRS)))
def test_any_list_will_do_even_an_empty_one(texts: list[str], singles: set[str], pairs: set[str]) -> None:
    expected = [pairs_by_hand(sorted(singles), sorted(pairs), text) for text in texts]
    assert bags_of(pair_list("".join(singles), list(pairs)).bags(texts)) == expected


def test_no_pair_reaches_from_one_text_into_the_next() -> None:
    pairs = pair_list("", ["工人"])
    assert bags_of(pairs.bags(["工", "人", "工人"])) == [[], [], [0]]
    assert bags_of(pairs.bags(["工\0人", "工 人", "工、人"])) == [[], [], []]


def test_a_letter_whose_small_form_is_two_moves_no_border() -> None:
    pairs = pair_list("工人i", ["工人"])
    assert len("İ".lower()) == 2
    assert bags_of(pairs.bags(["İİ工", "人", "工人İ"])) == [[0, 0, 2], [1], [2, 3, 1, 0]]


def test_a_sign_beyond_sixteen_bits_is_not_taken_for_another() -> None:
    # Its lower sixteen bits are those of 工.
    alias = chr(0x20000 + ord("工"))
    assert bags_of(pair_list("工", ["工工"]).bags([alias, f"工{alias}工"])) == [[], [0, 0]]


@pytest.mark.parametrize("cutter", [WordBags(WORDS), pair_list(SINGLES, PAIRS)], ids=["words", "pairs"])
def test_no_texts_give_no_bags(cutter: WordBags | PairBags) -> None:
    assert bags_of(cutter.bags([])) == []
