"""Lines and pieces of shells as they stand around articles, and lines of articles that look like them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.cleaning import find_noise
from tests.index.pages import REPORT
from tests.index.shell_lines import ABOVE, BELOW, INSIDE, TEXT

TITLE = "丑市把技师请上讲台"
PARAGRAPHS = REPORT.strip().split("\n")


def kept(text: str, piece: str, at: int) -> str:
    """The letters and figures of a piece, which stands at `at`, that no vote covers."""
    covered = {place for vote in find_noise(text) for place in range(vote.start, vote.end)}
    return "".join(sign for place, sign in enumerate(piece, at) if sign.isalnum() and place not in covered)


@pytest.mark.parametrize("shell", ABOVE)
def test_the_shell_above_an_article_goes(shell: str) -> None:
    text = f"{TITLE}\n{shell}\n{TITLE}\n{REPORT}"
    assert kept(text, shell, len(TITLE) + 1) == ""
    assert kept(text, REPORT, text.index(REPORT)) == "".join(sign for sign in REPORT if sign.isalnum())


@pytest.mark.parametrize("shell", BELOW)
def test_the_shell_below_an_article_goes(shell: str) -> None:
    text = f"{TITLE}\n{REPORT}{shell}"
    assert kept(text, shell, len(text) - len(shell)) == ""
    assert kept(text, REPORT, text.index(REPORT)) == "".join(sign for sign in REPORT if sign.isalnum())


@pytest.mark.parametrize("piece", INSIDE)
def test_residue_between_two_sentences_goes_alone(piece: str) -> None:
    text = f"{TITLE}\n{PARAGRAPHS[0]}{piece}{PARAGRAPHS[1]}\n{PARAGRAPHS[2]}"
    at = len(TITLE) + 1 + len(PARAGRAPHS[0])
    assert kept(text, piece, at) == ""
    for paragraph in PARAGRAPHS:
        assert kept(text, paragraph, text.index(paragraph)) == "".join(sign for sign in paragraph if sign.isalnum())


@pytest.mark.parametrize("line", TEXT)
def test_a_line_of_the_article_stays_wherever_it_stands(line: str) -> None:
    whole = "".join(sign for sign in line if sign.isalnum())
    for before, behind in (
        (f"{TITLE}\n{PARAGRAPHS[0]}\n", f"\n{PARAGRAPHS[1]}\n{PARAGRAPHS[2]}"),
        (f"{TITLE}\n{REPORT}", "\n"),
        (f"{TITLE}\n", f"\n{REPORT}"),
        (f"{TITLE}\n{REPORT}", "\n责任编辑：王五\n"),
    ):
        assert kept(before + line + behind, line, len(before)) == whole


def test_counties_that_a_colon_announces_are_text() -> None:
    text = f"{TITLE}\n{REPORT}下列县区已经建立工匠学院：\n子区 丑区 寅县 卯市 辰县\n"
    assert find_noise(text) == ()


def test_the_same_counties_below_the_text_are_links() -> None:
    counties = "子区 丑区 寅县 卯市 辰县"
    text = f"{TITLE}\n{REPORT}{counties}\n"
    assert [text[vote.start : vote.end] for vote in find_noise(text)] == [counties]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(TEXT), unique=True, max_size=12))
def test_lines_of_articles_stay_in_any_company(lines: list[str]) -> None:
    text = "\n".join([TITLE, PARAGRAPHS[0], *lines, PARAGRAPHS[1], PARAGRAPHS[2]])
    assert find_noise(text) == ()


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from([*ABOVE, *BELOW, *INSIDE, *TEXT, REPORT, "\n"]), st.text(max_size=6)), max_size=14
    )
)
def test_votes_are_sorted_disjoint_and_inside(pieces: list[str]) -> None:
    text = "".join(pieces)
    at = 0
    for vote in find_noise(text):
        assert at <= vote.start < vote.end <= len(text)
        at = vote.end


@given(st.text(alphabet=st.characters(), max_size=80))
def test_any_string_is_survived(text: str) -> None:
    assert all(vote.end <= len(text) for vote in find_noise(text))
