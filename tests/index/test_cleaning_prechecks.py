"""Cheap looks that prove there is nothing to do must never change what is found."""

import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.cleaning.grams import code_points, frequent_han_pairs, repeats_window, window_hashes
from index.cleaning.holes import HOLES, WEAK
from index.cleaning.notices import NOTICES
from index.cleaning.residue import RESIDUES
from index.cleaning.signs import Gate
from index.cleaning.spam import LEAST_COUNT, LONGEST, SCATTER, _frequent_strings
from index.cleaning.words import cut_word, is_word, words
from tests.index.pages import REPORT
from tests.index.shell_lines import ABOVE, BELOW, INSIDE, TEXT

PIECES = [*ABOVE, *BELOW, *INSIDE, *TEXT, "聚集了余家企业", "达%", "xx市", "，", "。", "\n", "　", " "]
SMALL = st.text(alphabet="甲乙丙工业 a\n。", max_size=60)


@pytest.mark.parametrize("gate", [RESIDUES, NOTICES, HOLES, WEAK])
@settings(max_examples=120, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=8))
def test_a_gate_lets_every_match_through(gate: Gate, pieces: list[str]) -> None:
    text = "".join(pieces)
    all_matches = [
        (found.start(), found.end(), kind.reason)
        for kind in gate.kinds
        for found in kind.pattern.finditer(text)
        if found.group()
    ]
    assert list(gate.matches(text)) == all_matches


@pytest.mark.parametrize("piece", [*ABOVE, *BELOW, *INSIDE, *TEXT])
def test_every_known_piece_passes_its_gates(piece: str) -> None:
    for gate in (RESIDUES, NOTICES, HOLES):
        matched = {kind.reason for kind in gate.kinds if any(found.group() for found in kind.pattern.finditer(piece))}
        assert {reason for _, _, reason in gate.matches(piece)} == matched


@given(st.text(alphabet="甲乙丙\U0001f6f5", max_size=80), st.integers(1, 30))
def test_windows_have_the_hash_of_the_polynomial(text: str, width: int) -> None:
    hashes = window_hashes(code_points(text), width)
    expected = []
    for at in range(len(text) - width + 1):
        value = 0
        for sign in text[at : at + width]:
            value = (value * 1_000_003 + ord(sign)) % 2**64
        expected.append(value)
    assert hashes.tolist() == expected


@given(st.text(alphabet="甲乙", max_size=90), st.integers(1, 8))
def test_a_window_that_comes_again_is_never_missed(text: str, width: int) -> None:
    windows = [text[at : at + width] for at in range(len(text) - width + 1)]
    if len(set(windows)) < len(windows):
        assert repeats_window(text, width)


def test_a_text_without_repeats_is_passed_over() -> None:
    assert not repeats_window("".join(chr(0x4E00 + number) for number in range(500)), 24)


@given(SMALL)
def test_frequent_pairs_are_all_among_the_positions(text: str) -> None:
    pairs = Counter(text[at : at + 2] for at in range(len(text) - 1))
    places = frequent_han_pairs(text, 3)
    assert places == sorted(set(places))
    for at in range(len(text) - 1):
        if re.fullmatch("[一-鿿]{2}", text[at : at + 2]) and pairs[text[at : at + 2]] >= 3:
            assert at in places


@settings(deadline=None)
@given(st.text(alphabet="甲乙丙工业a。", max_size=80))
def test_frequent_strings_are_those_that_counting_all_finds(text: str) -> None:
    expected: dict[str, list[int]] = {}
    for size in range(2, LONGEST + 1):
        for string in {text[at : at + size] for at in range(len(text) - size + 1)}:
            places = [at for at in range(len(text)) if text.startswith(string, at)]
            hits = [hit.start() for hit in re.finditer(string, text)]
            before = {text[at - 1 : at] for at in hits}
            behind = {text[at + size : at + size + 1] for at in hits}
            is_scattered = min(len(before), len(behind)) >= SCATTER * len(hits)
            if re.fullmatch("[一-鿿]+", string) and len(places) >= LEAST_COUNT and is_scattered and not is_word(string):
                expected[string] = hits
    assert _frequent_strings(text) == expected


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*REPORT, "企", "业", "小", "树", "屋", "运", "动", "，"]), min_size=3, max_size=12),
    st.data(),
)
def test_the_look_before_cutting_changes_no_answer(signs: list[str], data: st.DataObject) -> None:
    text = "".join(signs)
    start = data.draw(st.integers(1, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text) - 1))
    before, after = words(text[max(0, start - 5) : start])[-1], words(text[end : end + 5])[0]
    whole = words(text[max(0, start - 5) : end + 5])
    fits = max(len(before), len(after)) <= 3 and min(len(before), len(after)) == 1
    expected = before + after if fits and before in whole and after in whole and is_word(before + after) else ""
    assert cut_word(text, start, end) == expected


def test_hashes_of_an_empty_text_are_empty() -> None:
    assert np.array_equal(window_hashes(code_points(""), 24), np.array([], dtype=np.uint64))
