"""Marks joined to one text, and every character of it led back to where it stands."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.counted import CountedText, is_heading, paragraphs
from index.types import Document, Heading, Span


def document_of(text: str, title: str = "标题", headings: tuple[Heading, ...] = ()) -> Document:
    return Document("d", text, title, "", None, "d.txt", "d.txt", "", "0", headings=headings)


@st.composite
def marked_documents(draw: st.DrawFn) -> tuple[Document, tuple[Span, ...]]:
    text = draw(st.text(alphabet="产改工匠12，。\n 𠮷", min_size=1, max_size=40))
    cuts = draw(st.lists(st.integers(0, len(text)), max_size=10).map(sorted))
    pairs = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False) if start < end]
    return document_of(text), tuple(pairs)


@given(marked_documents())
def test_joined_is_the_concatenation_and_every_character_maps_to_itself(
    case: tuple[Document, tuple[Span, ...]],
) -> None:
    document, marks = case
    joined = CountedText.of(document, marks)
    places = [at for mark in marks for at in range(mark.start, mark.end)]
    assert joined.text == "".join(document.text[at] for at in places)
    for index, at in enumerate(places):
        assert joined.original(index, index + 1) == (Span(at, at + 1),)


@given(marked_documents(), st.integers(0, 50), st.integers(0, 50))
def test_a_range_maps_to_the_parts_that_spell_it(case: tuple[Document, tuple[Span, ...]], start: int, end: int) -> None:
    document, marks = case
    joined = CountedText.of(document, marks)
    parts = joined.original(start, end)
    assert "".join(document.text[part.start : part.end] for part in parts) == joined.text[start:end]
    assert all(part.start < part.end for part in parts)
    assert all(any(mark.start <= part.start and part.end <= mark.end for mark in marks) for part in parts)


def test_a_range_over_noise_comes_back_in_two_parts() -> None:
    joined = CountedText.of(document_of("建成广告三家"), [Span(0, 2), Span(4, 6)])
    assert joined.text == "建成三家"
    assert joined.original(1, 3) == (Span(1, 2), Span(4, 5))
    assert joined.original(2, 2) == ()


@given(marked_documents())
def test_paragraphs_keep_all_words_and_hold_no_line_break(case: tuple[Document, tuple[Span, ...]]) -> None:
    document, marks = case
    groups = paragraphs(document, marks)
    kept = [at for group in groups for mark in group.marks for at in range(mark.start, mark.end)]
    counted = [at for mark in marks for at in range(mark.start, mark.end)]
    assert kept == sorted(set(kept))
    assert {at for at in counted if not document.text[at].isspace()} <= set(kept) <= set(counted)
    assert not any("\n" in group.text for group in groups)
    for left, right in pairwise(groups):
        assert "\n" in document.text[left.marks[-1].end : right.marks[0].start]


def test_a_heading_and_the_title_name_and_a_sentence_says() -> None:
    text = "# 白银市产改\n## 工匠学院31家\n建成工匠学院31家。"
    at = text.index("工匠学院31家")
    document = document_of(text, "白银市产改", (Heading(at, at + 8, 2, "工匠学院31家"),))
    assert is_heading(document, at, at + 8)
    assert is_heading(document, 0, 7)
    assert not is_heading(document, text.index("建成"), len(text))


def test_a_line_break_in_mid_sentence_parts_nothing() -> None:
    text = "公司出台职工创新工作的意见，设立职工技术创新奖和大众创新奖励基金，并探索创新成果转化的网络培训和评\n\n价系统。\n另一段。"
    document = document_of(text)
    groups = paragraphs(document, [Span(0, len(text))])
    assert [group.text for group in groups] == [text[: text.index("\n")] + "价系统。", "另一段。"]


def test_a_heading_below_an_open_line_begins_anew() -> None:
    text = "公司出台职工创新工作的意见，设立职工技术创新奖和大众创新奖励基金，并探索创新成果转化\n培训体系\n建成三家。"
    at = text.index("培训体系")
    document = document_of(text, headings=(Heading(at, at + 4, 2, "培训体系"),))
    assert [group.text for group in paragraphs(document, [Span(0, len(text))])][1] == "培训体系"
