"""What of a question a text leaves unsaid, against what can be counted by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.question import understand
from rag.refusing.missing import focus, letters_missing, longest_said, numbers_missing, said_share
from rag.types import Question


def asked(search: str, runs: tuple[str, ...] = ()) -> Question:
    """A question of which only the search form and the runs matter."""
    return Question(text=search, standalone=search, search=search, kind="figure", runs=runs)


@pytest.mark.parametrize(
    ("question", "before", "after"),
    [
        ("常州市有多少家工匠学院?", "常州市有", "家工匠学院"),
        ("山西出的举措,第7条讲什么?", "第7条讲", ""),
        ("谁牵头?", "", "牵头"),
        ("常州的工匠学院", "常州的工匠学院"[-6:], ""),
    ],
)
def test_the_focus_is_what_stands_beside_the_words_of_asking(question: str, before: str, after: str) -> None:
    assert focus(asked(question)) == (before, after)


def test_the_share_of_a_stretch_is_counted_in_telling_pairs() -> None:
    assert said_share("工匠学院", "建成工匠学院5家") == 1.0
    assert said_share("工匠学院", "技师学院") == pytest.approx(1 / 3)
    assert said_share("", "技师学院") == 1.0


def test_letters_are_missing_where_the_text_has_them_nowhere() -> None:
    assert letters_missing(asked("", ("女职工",)), "职工5人") == 1.0
    assert letters_missing(asked("", ("职工",)), "职工5人") == 0.0


def test_numbers_and_ordinals_are_looked_for_and_years_are_not() -> None:
    assert numbers_missing(asked("2021年第9届大赛的36项"), "第8届大赛有36项") == (1.0, 1.0)


def test_a_stretch_counts_when_three_characters_stand_together() -> None:
    assert longest_said(("技能大师工作室",), "技能大师的工作室") == 1.0
    assert longest_said(("技能大师工作室",), "创新工作室") == pytest.approx(3 / 7)
    assert longest_said((), "创新工作室") == 1.0


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_shares(question: str, form: str) -> None:
    understood = understand(question)
    before, after = focus(understood)
    assert 0.0 <= said_share(before, form) <= 1.0
    assert 0.0 <= said_share(after, form) <= 1.0
    assert 0.0 <= longest_said(understood.runs, form) <= 1.0
    assert letters_missing(understood, form) >= 0.0


@given(st.text(alphabet="工匠学院技能大师", min_size=1, max_size=12), st.text(alphabet="工匠学院技能大师", max_size=20))
def test_a_text_that_says_more_leaves_no_more_unsaid(run: str, form: str) -> None:
    assert longest_said((run,), form + run) == 1.0
    assert letters_missing(asked("", (run,)), form + run) == 0.0
