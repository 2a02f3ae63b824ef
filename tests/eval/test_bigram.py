"""The baseline: equal to BM25 written out by hand, on random small corpora."""

import random
from collections import Counter
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.bigram import BigramBM25, bigrams


def slow(texts: list[str], query: str, k1: float, b: float) -> list[tuple[int, float]]:
    bags = [Counter(bigrams(text)) for text in texts]
    average = sum(sum(bag.values()) for bag in bags) / len(texts) if texts else 0
    found = []
    for at, bag in enumerate(bags):
        score = 0.0
        for token in bigrams(query):
            n = sum(token in other for other in bags)
            if token in bag:
                idf = log(1 + (len(texts) - n + 0.5) / (n + 0.5))
                score += idf * bag[token] / (bag[token] + k1 * (1 - b + b * sum(bag.values()) / average))
        if score > 0:
            found.append((at, score))
    return sorted(found, key=lambda each: (-round(each[1], 9), each[0]))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("产业工人", ["产业", "业工", "工人"]),
        ("甲，乙丙", ["甲", "乙丙"]),
        ("GDP增长8%", ["gd", "dp", "p增", "增长", "长8"]),
        ("a_b 。", ["a", "b"]),
        ("", []),
    ],
)
def test_tokens_are_neighbours_and_lone_characters(text: str, tokens: list[str]) -> None:
    assert list(bigrams(text)) == tokens


@pytest.mark.parametrize("seed", range(20))
def test_equals_bm25_written_out(seed: int) -> None:
    rng = random.Random(seed)

    def words(most: int) -> str:
        return "".join(rng.choice("产业工人队伍，a1 𠀀") for _ in range(rng.randrange(most)))

    texts = [words(40) for _ in range(rng.randrange(1, 30))]
    query, k1, b = words(15), rng.choice([0.9, 1.2, 2.0]), rng.choice([0.0, 0.4, 0.75, 1.0])
    expected = slow(texts, query, k1, b)
    found = BigramBM25(texts, k1, b).search(query, len(texts))
    assert [at for at, _ in found] == [at for at, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=5))
def test_any_script_is_cut_as_written_out(texts: list[str]) -> None:
    found = BigramBM25(texts).search(texts[0], len(texts))
    expected = slow(texts, texts[0], 1.2, 0.75)
    assert dict(found) == pytest.approx(dict(expected))


def test_one_token_in_one_of_two_texts_by_hand() -> None:
    # N 2, n 1: idf ln(1 + 1.5/1.5) = ln 2; f 1, |d| 1, avg 1: 1 / (1 + 1.2).
    assert BigramBM25(["工人", "企业"]).search("工人", 5) == [(0, pytest.approx(log(2) / 2.2))]


def test_a_token_asked_twice_counts_twice() -> None:
    index = BigramBM25(["工人", "企业"])
    assert index.search("工人 工人", 1)[0][1] == pytest.approx(2 * index.search("工人", 1)[0][1])


def test_ties_go_by_position_even_at_the_last_place() -> None:
    index = BigramBM25(["企业", "工人", "工人", "工人", "企业"])
    assert [at for at, _ in index.search("工人", 2)] == [1, 2]


def test_nothing_in_common_finds_nothing() -> None:
    index = BigramBM25(["工人"])
    assert index.search("企业", 3) == []
    assert index.search("", 3) == []
    assert index.search("工人", 0) == []
    assert BigramBM25([]).search("工人", 3) == []
    assert BigramBM25(["，。"]).search("工人", 3) == []


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.text(alphabet="产业工人队伍 ", max_size=20), max_size=12), st.text(alphabet="产业工人队伍", max_size=8)
)
def test_fewer_are_the_first_of_more(texts: list[str], query: str) -> None:
    index = BigramBM25(texts)
    everything = index.search(query, len(texts) + 1)
    for top in range(len(everything) + 1):
        assert index.search(query, top) == everything[:top]
    assert index.search_many([query, query], 3) == [everything[:3]] * 2
