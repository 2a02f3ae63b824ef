"""What a batch is drawn from: pairs, and sentences that should find what stands around them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.training.bags import encode, join
from index.training.batches import batches
from index.training.sources import Drawn, Pairs, Passages, Text
from tests.index.letter_cutter import LetterCutter

LETTERS = LetterCutter("abcdefgh")
CAPITALS = LetterCutter("ABCDEFGH")
CUTTERS = (LETTERS, CAPITALS)


def read(text: Text) -> tuple[str, ...]:
    """A text of both kinds as letters again."""
    return tuple("".join(cutter.alphabet[token] for token in bag) for cutter, bag in zip(CUTTERS, text, strict=True))


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@given(texts=st.lists(st.text("abX", max_size=6), max_size=8))
def test_bags_are_the_tokens_of_each_text(texts: list[str]) -> None:
    bags = encode(LETTERS, texts)
    expected = [[LETTERS.alphabet.index(letter) for letter in text if letter != "X"] for text in texts]
    assert len(bags) == len(texts)
    assert [bags[number].tolist() for number in range(len(texts))] == expected
    assert bags.run(0, len(texts)).tolist() == [token for bag in expected for token in bag]
    if texts:
        again = join([bags[number] for number in range(len(texts))])
        np.testing.assert_array_equal(again.tokens, bags.tokens)
        np.testing.assert_array_equal(again.starts, bags.starts)


def test_more_texts_than_are_cut_at_once() -> None:
    texts = [("ab", "", "c")[number % 3] for number in range(40_003)]
    bags = encode(LETTERS, texts)
    assert [len(bags[number]) for number in (0, 1, 2, 19_999, 20_000, 20_001, 40_002)] == [2, 0, 1, 0, 1, 2, 2]
    assert len(bags) == len(texts)


def test_a_right_text_that_comes_again_is_kept_once() -> None:
    pairs = Pairs.of("甲", 2, [("a", "xA"), ("bB", "c"), ("", "xA")], CUTTERS)
    assert pairs.group.tolist() == [0, 1, 0]
    assert pairs.texts == (["a", "bB", ""], ["xA", "c"])
    assert [len(bags) for bags in (*pairs.left, *pairs.right)] == [3, 3, 2, 2]


def test_a_draw_gives_different_pairs_with_their_right_texts() -> None:
    pairs = Pairs.of("甲", 1, [("aA", "bB"), ("c", "d"), ("eE", "bB")], CUTTERS)
    expected = {("a", "A"): (("b", "B"), 0), ("c", ""): (("d", ""), 1), ("e", "E"): (("b", "B"), 0)}
    for seed in range(20):
        drawn = pairs.draw(2, rng(seed))
        lefts = [read(left) for left in drawn.left]
        assert len(set(lefts)) == 2
        for left, right, group in zip(lefts, drawn.right, drawn.group, strict=True):
            assert expected[left] == (read(right), group)
        assert drawn.others == []
    assert len(pairs.draw(99, rng()).left) == 3


def test_a_drawn_pair_brings_one_of_its_own_rivals() -> None:
    pairs = Pairs.of("甲", 1, [("a", "b"), ("c", "d")], CUTTERS)
    pairs.corpus = tuple(encode(cutter, ["eE", "f", "gG", "h"]) for cutter in CUTTERS)
    pairs.rivals = np.array([[0, 1], [2, 3]], dtype=np.int32)
    allowed = {"a": {("e", "E"), ("f", "")}, "c": {("g", "G"), ("h", "")}}
    seen = set()
    for seed in range(30):
        drawn = pairs.draw(2, rng(seed))
        assert len(drawn.others) == 2
        for left, other in zip(drawn.left, drawn.others, strict=True):
            assert read(other) in allowed[read(left)[0]]
            seen.add(read(other))
    assert len(seen) == 4


def test_long_texts_are_cut_to_the_same_place_in_both_kinds() -> None:
    # 1,000 of each kind: the window begins at about the same share of the way through.
    text = "".join("abcdefgh"[number // 125] + "ABCDEFGH"[number // 125] for number in range(1_000))
    pairs = Pairs.of("甲", 1, [(text, "a")], CUTTERS)
    begins = []
    for seed in range(40):
        small, capitals = read(pairs.draw(1, rng(seed)).left[0])
        assert (len(small), len(capitals)) == (240, 480)
        # 761 places for the one, 521 for the other.
        share = LETTERS.alphabet.index(small[0]) / 8 * 1_000 / 761
        assert abs(share - CAPITALS.alphabet.index(capitals[0]) / 8 * 1_000 / 521) < 0.26
        begins.append(small[0])
    assert len(set(begins)) > 3


def test_a_sentence_should_find_what_stands_around_it() -> None:
    sentences = ["a", "b", "c", "d", "e", "f", "g", "h"]
    passages = Passages.of("甲", 1, [sentences, ["A", "B"]], CUTTERS)
    with_itself, firsts, draws = 0, 0, 600
    for seed in range(draws):
        drawn = passages.draw(2, rng(seed))
        assert sorted(drawn.group.tolist()) == [0, 1]
        number = drawn.group.tolist().index(0)
        left, right = read(drawn.left[number])[0], read(drawn.right[number])[0]
        at = sentences.index(left)
        around = [*sentences[max(0, at - 4) : at], *sentences[at + 1 : at + 5]]
        kept = [*sentences[max(0, at - 4) : at], left, *sentences[at + 1 : at + 5]]
        assert list(right) in (around, kept)
        with_itself += list(right) == kept
        firsts += at == 0
    # One in ten keeps its sentence; the first comes in one of five beside its share of the rest.
    assert 0.05 < with_itself / draws < 0.16
    assert 0.22 < firsts / draws < 0.38


def test_batches_hold_every_source_by_its_share_and_keep_groups_apart() -> None:
    one = Pairs.of("甲", 3, [(letter, letter) for letter in "abcd"] * 50, CUTTERS)
    other = Passages.of("乙", 1, [["A", "B"]] * 200, CUTTERS)
    sizes, from_one = [], 0
    for drawn in batches([one, other], 40, 25, rng(3)):
        assert len(drawn.left) == len(drawn.right) == len(drawn.group)
        sizes.append(len(drawn.left))
        small = [bool(read(left)[0]) for left in drawn.left]
        groups = {
            kind: {int(g) for g, is_small in zip(drawn.group, small, strict=True) if is_small is kind}
            for kind in (True, False)
        }
        assert not groups[True] & groups[False]
        assert len(groups[True]) <= 4
        from_one += sum(small)
    assert sizes == [40] * 25
    assert 0.68 < from_one / sum(sizes) < 0.82


def test_the_same_seed_draws_the_same() -> None:
    source = Passages.of("甲", 1, [["a", "b", "c"], ["d", "e"]], CUTTERS)
    runs: list[list[Drawn]] = [list(batches([source], 2, 5, rng(9))) for _ in range(2)]
    for first, second in zip(*runs, strict=True):
        assert [read(text) for text in first.left] == [read(text) for text in second.left]
        assert first.group.tolist() == second.group.tolist()


@pytest.mark.parametrize("weight", [0.0])
def test_a_source_of_no_weight_is_never_drawn(weight: float) -> None:
    pairs = [Pairs.of("甲", 1, [("a", "b")], CUTTERS), Pairs.of("乙", weight, [("c", "d")], CUTTERS)]
    assert {read(left)[0] for drawn in batches(pairs, 3, 20, rng()) for left in drawn.left} == {"a"}
