"""Numbers by first use, and the context that a citation leans on, with its offsets."""

from dataclasses import replace

from evidence import make_document, make_evidence
from hypothesis import given
from hypothesis import strategies as st

from index.types import Span
from rag.cite import SHOWN_AROUND, Numbering, passage_evidence
from rag.types import Context, Evidence


def evidence_at(
    text: str, quote: str, *heading: str, places: tuple[str, ...] = ("白银市",), title: str = "简报"
) -> Evidence:
    document = make_document(text, title=title, places=places)
    start = text.index(quote)
    return passage_evidence(document, [Span(start, start + len(quote))], heading, places)


def piece(name: str, start: int) -> Evidence:
    evidence = make_evidence("白银市建成工匠学院9家，培训职工1300人次。")
    return replace(evidence, document=replace(evidence.document, id=name), start=start)


PIECES = st.builds(piece, st.sampled_from(["甲", "乙"]), st.integers(0, 3))


@given(st.lists(PIECES, max_size=20))
def test_numbers_follow_first_use_and_never_change(pieces: list[Evidence]) -> None:
    numbering = Numbering()
    given_numbers = [numbering.number(each, "supported") for each in pieces]
    order = list(dict.fromkeys((each.document.id, each.start) for each in pieces))
    assert given_numbers == [order.index((each.document.id, each.start)) + 1 for each in pieces]
    assert [citation.number for citation in numbering.citations] == list(range(1, len(order) + 1))
    assert [(citation.document_id, citation.start) for citation in numbering.citations] == order


def test_the_same_span_with_other_marks_is_another_citation() -> None:
    whole, marked = make_evidence("建成工匠学院9家。"), make_evidence("建成工匠学院9家。", noise="工匠")
    numbering = Numbering()
    assert [numbering.number(each, "supported") for each in (whole, marked, whole)] == [1, 2, 1]


def test_a_citation_is_the_document_around_its_quote() -> None:
    text = "前" * 100 + "建成工匠学院9家。" + "后" * 10
    numbering = Numbering()
    numbering.number(evidence_at(text, "建成工匠学院9家。"), "supported")
    (citation,) = numbering.citations
    assert citation.quote == text[citation.start : citation.end] == "建成工匠学院9家。"
    assert (citation.before, citation.after) == ("前" * SHOWN_AROUND, "后" * 10)
    assert (citation.title, citation.source, citation.published, citation.file) == (
        "简报",
        "测试",
        "2021-10-22",
        "d1.txt",
    )


def test_a_citation_without_a_place_of_its_own_has_that_of_the_document() -> None:
    numbering = Numbering()
    numbering.number(replace(make_evidence("建成工匠学院9家。"), places=()), "supported")
    assert numbering.citations[0].places == ("白银市",)


def test_headings_are_context_where_they_stand_and_metadata_at_nothing() -> None:
    text = "技能培训\n建成工匠学院9家。"
    context = evidence_at(text, "建成工匠学院9家。", "技能培训", places=()).context
    assert Context("技能培训", 0, 4) in context
    assert Context("简报", 0, 0) in context


def test_the_nearest_earlier_mention_of_the_place_is_context() -> None:
    text = "白银市召开会议。白银市部署工作。建成工匠学院9家。"
    context = evidence_at(text, "建成工匠学院9家。").context
    assert Context("白银市", 8, 11) in context
    assert Context("白银市", 0, 3) not in context


def test_a_far_mention_is_found_when_none_is_near() -> None:
    text = "白银市召开会议。" + "部署工作。" * 200 + "建成工匠学院9家。"
    assert Context("白银市", 0, 3) in evidence_at(text, "建成工匠学院9家。").context


def test_a_quote_that_names_its_place_needs_no_mention() -> None:
    text = "白银市召开会议。白银市建成工匠学院9家。"
    assert [each.text for each in evidence_at(text, "白银市建成工匠学院9家。").context] == ["简报"]


def test_a_mention_behind_the_quote_is_no_context() -> None:
    context = evidence_at("建成工匠学院9家。白银市召开会议。", "建成工匠学院9家。").context
    assert [each.text for each in context] == ["简报"]


@given(st.text(alphabet="白银市常州，。\n建成", max_size=60), st.integers(0, 60))
def test_context_is_what_stands_at_its_offsets(before: str, length: int) -> None:
    text = f"技能培训\n{before}建成工匠学院9家。"
    evidence = evidence_at(text, "建成工匠学院9家。"[: max(1, length % 10)], "技能培训", places=("白银市", "常州市"))
    for context in evidence.context:
        assert (context.start, context.end) == (0, 0) or text[context.start : context.end] == context.text
