"""Measures of the orders of candidates, worked out by hand."""

import numpy as np

from rag.training.gathering import Read
from rag.training.judging import told


def made(keyword: list[float], likeness: list[float], right: list[bool], documents: str, wanted: int = 1) -> Read:
    readings = {"keyword": np.array(keyword), "likeness": np.array(likeness)}
    return Read(readings, np.array(right), tuple(documents), wanted)


def shares(text: str) -> dict[str, tuple[float, ...]]:
    lines = [line.strip().split(": ") for line in text.splitlines()[1:]]
    return {name: tuple(float(part.split()[1]) for part in rest.split(", ")) for name, rest in lines}


def test_hits_and_recall_by_hand() -> None:
    reads = [
        made([1.0, 0.5, 0.0], [0.1, 0.9, 0.2], [True, False, False], "abc"),
        # Of two wanted documents one is no candidate; two passages of one document count as one.
        made([0.2, 0.9, 1.0], [0.9, 0.1, 0.2], [True, False, False], "abb", wanted=2),
    ]
    text = told("law", reads, [np.array([3.0, 2, 1]), np.array([1.0, 2, 3])], [])
    assert text.splitlines()[0] == "law, 2 questions"
    found = shares(text)
    assert found["keywords"] == (0.5, 1.0, 0.75)
    assert found["vectors"] == (0.5, 1.0, 0.75)
    assert found["ranker"] == (0.5, 1.0, 0.75)
    assert "ranker of other sets" not in found


def test_the_first_ten_are_documents_and_not_passages() -> None:
    names = "aaaaabcdefghijk"
    right = [name == "j" for name in names]
    falling = np.arange(len(names), 0, -1).astype(float)
    one = made(falling.tolist(), falling.tolist(), right, names)
    assert shares(told("x", [one], [falling], [falling[::-1]]))["ranker"] == (0.0, 1.0, 1.0)
    right = [name == "k" for name in names]
    one = made(falling.tolist(), falling.tolist(), right, names)
    found = shares(told("x", [one], [falling], [falling[::-1]]))
    assert found["ranker"] == (0.0, 0.0, 1.0)
    assert found["ranker of other sets"] == (1.0, 1.0, 1.0)


def test_plain_fusion_adds_what_both_legs_say_and_nothing_for_what_a_leg_did_not_find() -> None:
    # a is first of one leg alone; b is second of both: 1/61 is less than 2/62.
    one = made([1.0, 0.5, 0.0], [0.0, 0.5, 1.0], [False, True, False], "abc")
    assert shares(told("x", [one], [np.zeros(3)], []))["plain fusion"] == (1.0, 1.0, 1.0)
