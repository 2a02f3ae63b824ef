"""Exact match and F1 as CMRC 2018 publishes them, on cases worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.reading import character_f1, exact_match, longest_common_run, segments

LETTERS = st.text(alphabet="甲乙丙a1。，", max_size=9)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("甲市，建成！", ["甲", "市", "建", "成"]),
        ("共12家", ["共", "12", "家"]),
        ("3.5%", ["3.5", "%"]),
        ("5G基站和C919", ["5g", "基", "站", "和", "c919"]),
        ("甲…乙", ["甲", "…", "乙"]),
        ("1,024人", ["1,024", "人"]),
        ("GDP 增长 5 个点", ["gdp", "增", "长", "5", "个", "点"]),
        ("《产改》方案", ["产", "改", "方", "案"]),
    ],
)
def test_segments_are_characters_words_and_figures(text: str, wanted: list[str]) -> None:
    assert list(segments(text)) == wanted


@pytest.mark.parametrize(
    ("prediction", "references", "exact", "f1"),
    [
        ("1963年", ["1963年"], 1.0, 1.0),
        ("1963年。", ["《1963年》"], 1.0, 1.0),
        ("1963", ["1963年"], 0.0, 2 * 1.0 * 0.5 / 1.5),
        # The common run is 被任为主教 (5 of 7 and of 5 segments): P 5/7, R 1.
        ("他被任为主教了", ["被任为主教"], 0.0, 2 * (5 / 7) / (5 / 7 + 1)),
        # Common characters in another order are no common run: the longest is one segment of three.
        ("丙乙甲", ["甲乙丙"], 0.0, 1 / 3),
        ("甲市", ["乙镇", "甲县", "甲市区"], 0.0, 2 * 1.0 * (2 / 3) / (5 / 3)),
        ("", ["甲"], 0.0, 0.0),
        ("甲", [], 0.0, 0.0),
    ],
)
def test_worked_cases(prediction: str, references: list[str], exact: float, f1: float) -> None:
    assert exact_match(prediction, references) == exact
    assert character_f1(prediction, references) == pytest.approx(f1)


@given(LETTERS, LETTERS)
def test_the_common_run_is_the_longest_slice_of_one_that_stands_in_the_other(one: str, other: str) -> None:
    slices = {one[start:end] for start in range(len(one)) for end in range(start, len(one) + 1)} | {""}
    assert longest_common_run(one, other) == max(len(each) for each in slices if each in other)


@given(LETTERS, LETTERS)
def test_f1_is_symmetric_between_0_and_1_and_1_for_an_exact_match(one: str, other: str) -> None:
    found = character_f1(one, [other])
    assert 0.0 <= found <= 1.0
    assert found == pytest.approx(character_f1(other, [one]))
    if exact_match(one, [other]) and segments(one) and segments(one) == segments(other):
        assert found == 1.0
