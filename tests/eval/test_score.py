"""One answer judged: right, verbatim, on gold, and true to its figures, each on cases worked by hand."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.dataset import GoldEvidence, GoldQuestion
from eval.gold import Shelf
from eval.normal import groups_met, has_figure, holds, normal, without_markers
from eval.score import CAPS, Score, capped, score
from index.types import Document, Span

TEXT = "甲市建成产业学院12家。培训职工3000人。各县跟进。甲市建成产业学院12家。当年，产业学院达到12家，覆盖全市。"
FIRST = Span(0, 11)
COPY = Span(TEXT.index("甲市", 5), TEXT.index("。当年"))


def document(text: str = TEXT, identity: str = "d1", **more: Any) -> Document:
    given: dict[str, Any] = {"title": "甲市", "source": "", "published": None, "origin": "", "record": ""}
    return Document(id=identity, text=text, file=f"{identity}.txt", sha256="ab", **(given | more))


SHELF = Shelf([document(), document("乙市培训职工3000人。", "d2")])
FIGURE = GoldQuestion(
    "q1", "甲市有多少家产业学院？", "figure", (("12家", "12所"),), (GoldEvidence("d1.txt", sha256="ab", span=FIRST),)
)
NEVER = GoldQuestion("q2", "火星市有几家？", "unanswerable", unanswerable=True, reason="unknown_place")


def cite(span: Span, identity: str = "d1", text: str = TEXT, **more: Any) -> dict[str, Any]:
    quoted = {"document_id": identity, "start": span.start, "end": span.end, "quote": text[span.start : span.end]}
    return {"number": 1, **quoted, "marks": [[span.start, span.end]]} | more


def reply(text: str, *citations: dict[str, Any], **more: Any) -> dict[str, Any]:
    whole = {"answer": text, "refused": False, "reason": None, "confidence": 0.9, "raw_text": text, "table": None}
    return whole | {"citations": list(citations)} | more


def earned(question: GoldQuestion, answer: dict[str, Any] | None) -> Score:
    return score(question, SHELF.locate(question), answer, SHELF)


@pytest.mark.parametrize(
    ("text", "wanted", "met"),
    [
        ("共119个", "9个", False),
        ("共11个", "1个", False),
        ("共 9 个", "9个", True),
        ("增长3.5%", "5%", False),
        ("共12.5家", "12", False),
        ("共12家", "12", True),
        ("建成十二家", "12家", True),
        ("建成２,０００家", "2000家", True),
        ("2021-10-22 10:17", "2210", False),
        ("2021-10-22 10:17", "2021-10-22", True),
        ("2021-10-22 10:17", "10:17", True),
        ("首批12、20家", "1220家", False),
        ("常州市總工會", "常州市总工会", True),
        ("《改革 方案》。", "改革方案", True),
        ("投入1.5万元", "15000元", True),
        ("任何话", "。。", False),
    ],
)
def test_an_answer_string_counts_only_as_the_same_words_and_the_same_figure(text: str, wanted: str, met: bool) -> None:
    assert (groups_met(text, [[wanted]]) == 1) is met


def test_every_group_counts_once_by_any_of_its_strings() -> None:
    assert groups_met("钳工、焊工", [["钳工", "焊工"], ["砌筑工"], ["焊接", "焊工"]]) == 2


def test_marks_are_taken_out_without_joining_figures() -> None:
    assert without_markers("12家【1】，3人［12］。[2]") == "12家，3人。"
    assert groups_met(without_markers("共12【1】【2】3人"), [["123人"]]) == 0
    assert without_markers("国发[2020]5号") == "国发[2020]5号"


@pytest.mark.parametrize(("text", "told"), [("三家", True), ("12%", True), ("一些企业", False), ("", False)])
def test_a_figure_is_seen_in_any_script(text: str, told: bool) -> None:
    assert has_figure(text) is told


@given(st.text(alphabet="0123456789.,、 -家个", max_size=12), st.text(alphabet="123", min_size=1, max_size=3))
def test_a_figure_is_met_by_that_figure_only(around: str, figure: str) -> None:
    assert holds(normal(f"{around}家{figure}个"), figure)
    parts = normal(f"{around}{figure}7").replace("家", "|").replace("个", "|").split("|")
    assert holds("|".join(parts), figure) == (figure in parts)


def test_a_right_answer_with_its_proof_earns_everything() -> None:
    found = earned(FIGURE, reply("甲市建成产业学院12家。【1】", cite(FIRST, verdict="supported")))
    assert (found.answered, found.refused, found.forbidden, found.length) == (True, False, False, 12)
    assert all(read.correct and read.groups_met == 1 and not read.wrong_figure for read in found.read)
    (cited,) = found.citations
    assert cited.right and cited.supported and cited.in_gold_document
    assert (cited.marked, cited.marked_gold, found.units_cited) == (11, 11, 1)
    assert (found.statements, found.statements_cited) == (1, 1)


def test_touching_the_gold_span_is_not_overlapping_it() -> None:
    (beside,) = earned(FIGURE, reply("12家", cite(Span(FIRST.end, FIRST.end + 4)))).citations
    assert (beside.on_gold, beside.in_gold_document) == (False, True)
    (elsewhere,) = earned(FIGURE, reply("12家", cite(Span(0, 4), "d2", "乙市培训"))).citations
    assert (elsewhere.verbatim, elsewhere.on_gold, elsewhere.in_gold_document) == (True, False, False)


def test_a_verbatim_copy_of_a_gold_span_is_gold() -> None:
    (cited,) = earned(FIGURE, reply("12家", cite(COPY))).citations
    assert cited.on_gold and cited.marked_gold == len(COPY)


@pytest.mark.parametrize(
    "altered",
    [
        {"quote": "甲市建成产业学院21家"},
        {"quote": "甲市建成产业学院12家 "},
        {"end": 10},
        {"start": -1},
        {"start": 11, "quote": ""},
        {"end": 9999},
        {"document_id": "d9"},
        {"marks": [[0, 12]]},
        {"marks": [[5, 5]]},
    ],
)
def test_a_citation_is_verbatim_only_to_the_letter(altered: dict[str, Any]) -> None:
    assert earned(FIGURE, reply("12家", cite(FIRST))).citations[0].verbatim
    assert not earned(FIGURE, reply("12家", cite(FIRST) | altered)).citations[0].verbatim


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("建成21家。", True), ("建成12家。", False), ("建成一些。", False), ("建成廿一家、三所。", True)],
)
def test_a_wrong_figure_is_a_figure_given_in_place_of_the_right_one(text: str, wrong: bool) -> None:
    assert earned(FIGURE, reply(text)).whole.wrong_figure is wrong
    assert not earned(replace(FIGURE, type="worker"), reply(text)).whole.wrong_figure


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("建成12家。【1】", [True]),
        ("建成21家。【1】", [False]),
        ("建成12家，培训3000人。【1】【2】", [True, True]),
        ("建成12家。【1】培训3001人。【2】", [True, False]),
        ("建成12家，培训3000人。【1】", [False, True]),
        ("建成12家。【1】培训3000人。", [True, True]),
        ("建成12家。【1】培训3001人。", [False, False]),
        ("建成12家。【1】培训3001人。【9】", [False, False]),
        ("建成12家，培训3000人。", [True, True]),
        ("建成12家，培训3001人。", [False, False]),
    ],
)
def test_a_sentence_may_have_the_figures_of_its_own_citations_only(answer: str, kept: list[bool]) -> None:
    both = [cite(FIRST), cite(Span(12, 21), number=2)]
    found = earned(FIGURE, reply(answer, *both[: len(kept)])).citations
    assert [each.figures_kept for each in found] == kept


def test_a_citation_that_no_sentence_carries_is_not_right() -> None:
    first, second = earned(FIGURE, reply("建成12家。【1】", cite(FIRST), cite(COPY, number=2))).citations
    assert first.right and second.on_gold and not second.right
    (alone,) = earned(FIGURE, reply("建成12家。", cite(FIRST))).citations
    assert alone.right


def test_one_place_counts_once_however_often_it_is_cited() -> None:
    nine = [cite(FIRST, number=number) for number in range(1, 10)]
    assert len(earned(FIGURE, reply("12家。【1】", *nine)).citations) == 1


def test_a_letter_on_gold_proves_nothing_and_a_clause_does() -> None:
    for length, on_gold in ((1, False), (5, False), (6, True)):
        span = Span(FIRST.start, FIRST.start + length)
        found = earned(FIGURE, reply("12家", cite(span)))
        assert (found.citations[0].on_gold, found.units_cited) == (on_gold, int(on_gold))


def test_a_quote_without_marks_counts_whole() -> None:
    (cited,) = earned(FIGURE, reply("12家", cite(Span(0, len(TEXT)), marks=[]))).citations
    assert cited.marked == len(TEXT) and cited.marked_gold == 2 * len(FIRST)


def test_a_quote_that_cuts_a_figure_keeps_none() -> None:
    cut = Span(0, TEXT.index("2家"))
    (cited,) = earned(FIGURE, reply("建成1家。", cite(cut))).citations
    assert cited.verbatim and not cited.figures_kept


def test_a_forbidden_string_spoils_a_right_answer() -> None:
    question = replace(FIGURE, forbidden=("35家",))
    assert earned(question, reply("12家")).whole.correct
    spoiled = earned(question, reply("甲市12家，乙市35家"))
    assert spoiled.forbidden and not spoiled.whole.correct and spoiled.whole.groups_met == 1
    assert earned(question, reply("甲市12家，乙市135家")).whole.correct


def test_a_cap_never_leaves_the_head_of_a_figure() -> None:
    assert capped("共2000名", 2) == "共"
    assert capped("共20名", 3) == "共20"
    assert capped("共1.5万人", 2) == "共"
    assert capped("共1.5万人", 4) == "共"
    assert capped("共二十五家", 3) == "共"
    assert capped("共1.5万人", 5) == "共1.5万"
    late = earned(FIGURE, reply("甲" * 100 + "12家"))
    assert [read.correct for read in late.read] == [False, True, True, True]
    assert len(late.read) == len(CAPS)


def test_what_failed_or_was_refused_earns_nothing() -> None:
    assert earned(FIGURE, None) == Score()
    refusal = reply("没有。", refused=True, reason="unknown_place")
    assert earned(NEVER, refusal) == Score(refused=True, reason_right=True)
    assert earned(NEVER, refusal | {"reason": "no_content"}) == Score(refused=True)
    assert earned(FIGURE, refusal) == Score(refused=True)
    assert not earned(NEVER, reply("12家")).whole.correct


def test_a_sentence_without_a_mark_is_counted_as_uncited_but_for_tables() -> None:
    answer = reply("甲市不错。甲市建成产业学院12家。【1】", cite(FIRST))
    assert (earned(FIGURE, answer).statements, earned(FIGURE, answer).statements_cited) == (2, 1)
    outside = answer | {"answer": "甲市建成产业学院12家。【7】"}
    assert (earned(FIGURE, outside).statements, earned(FIGURE, outside).statements_cited) == (1, 0)
    tabled = answer | {"table": {"columns": ["地区"], "rows": [["甲市"]]}}
    assert earned(FIGURE, tabled).statements == 0
