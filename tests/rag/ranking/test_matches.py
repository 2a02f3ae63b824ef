"""Places of tokens in texts, against an oracle that looks for one token at a time."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.ranking.grams import Grams, grams_of
from rag.ranking.matches import Matches, find
from rag.ranking.query import Query

ENDS = "。!?;\n！？；"
BLOCK = 40
letters = st.sampled_from("工匠学院市1025.aAbB家%İΣ\u0130𠀀𠀁\x00\ud800 。；?\n")
texts = st.text(letters, max_size=60) | st.text(max_size=20) | st.text(letters, min_size=80, max_size=200)


def made(question: str) -> Grams:
    return grams_of(Query(question), lambda token: 1.0)


def naive(tokens: Sequence[str], texts: Sequence[str]) -> list[tuple[int, int, int]]:
    """(place, number of the token, text) of every match, in the order of `find`."""
    joined = "\n".join(texts)
    joined = joined.lower() if len(joined.lower()) == len(joined) else joined
    found = []
    for number, token in enumerate(tokens):
        at = 0
        while at <= len(joined) - len(token):
            is_here = joined[at : at + len(token)] == token
            if is_here:
                found.append((at, len(token) != 2, number))
            # Only tokens of two characters may overlap themselves.
            at += len(token) if is_here and len(token) != 2 else 1
    return [(at, number, owner(at, texts)) for at, _, number in sorted(found)]


def owner(at: int, texts: Sequence[str]) -> int:
    for number, text in enumerate(texts):
        at -= len(text) + 1
        if at < 0:
            return number
    raise AssertionError("a place lies behind all texts")


def triples(matches: Matches) -> list[tuple[int, int, int]]:
    return list(zip(matches.place.tolist(), matches.gram.tolist(), matches.text.tolist(), strict=True))


@given(question=st.text(letters, max_size=20), searched=st.lists(texts, min_size=1, max_size=5))
@example(question="工匠工匠", searched=["工匠工匠工", "工", "匠工匠"])
@example(question="aaa aa a", searched=["aaaaa", "AAa"])
@example(question="10家", searched=["1010家", "2010"])
@example(question="𠀀𠀁", searched=["\x00\x01𠀀𠀁", "𠀀", "𠀁"])
@example(question="ai", searched=["AI", "İAI", "ai"])
@example(question="工匠", searched=["工", "匠", ""])
def test_the_matches_are_those_of_looking_for_each_token(question: str, searched: list[str]) -> None:
    grams = made(question)
    matches = find(grams, searched, [0] * len(searched))
    assert triples(matches) == naive(grams.tokens, searched)


@given(question=st.text(letters, max_size=12), searched=st.lists(texts, min_size=1, max_size=4))
def test_sentences_and_blocks_are_those_of_counting(question: str, searched: list[str]) -> None:
    matches = find(made(question), searched, [0] * len(searched))
    joined = "\n".join(searched)
    places, owners = matches.place.tolist(), matches.text.tolist()
    assert matches.sentence.tolist() == [sum(mark in ENDS for mark in joined[:at]) for at in places]
    inside = [(at - int(matches.starts[text])) // BLOCK for at, text in zip(places, owners, strict=True)]
    seen = list(zip(matches.block.tolist(), owners, inside, strict=True))
    for block, text, number in seen:
        for other, other_text, other_number in seen:
            if text == other_text:
                assert block - other == number - other_number
            else:
                # Neighbouring blocks are looked at together, which may not join two texts.
                assert abs(block - other) > 1


@given(searched=st.lists(texts, min_size=1, max_size=5), data=st.data())
def test_texts_begin_after_the_line_break_of_the_one_before(searched: list[str], data: st.DataObject) -> None:
    bodies = [data.draw(st.integers(0, len(text))) for text in searched]
    matches = find(made("工匠"), searched, bodies)
    joined = "\n".join(searched)
    assert matches.lengths.tolist() == [len(text) for text in searched]
    for start, body, text, before in zip(
        matches.starts.tolist(), matches.bodies.tolist(), searched, bodies, strict=True
    ):
        assert joined[start : start + len(text)] == text
        assert body - start == before


def test_letters_match_whatever_their_size_unless_one_would_grow() -> None:
    grams = made("ai")
    assert find(grams, ["AI", "Ai ai"], [0, 0]).place.tolist() == [0, 3, 6]
    # This letter is two when it is small: the texts stay as they are, and so do the places.
    assert len("İ".lower()) == 2
    assert find(grams, ["İ AI", "Ai ai"], [0, 0]).place.tolist() == [8]


@pytest.mark.parametrize("question", ["", "？！", "工匠学院"])
def test_nothing_asked_or_nothing_there_matches_nothing(question: str) -> None:
    for searched in ([""], ["", ""], ["无关。"], ["工"]):
        matches = find(made(question), searched, [0] * len(searched))
        assert triples(matches) == []
        assert len(matches.lengths) == len(searched)
